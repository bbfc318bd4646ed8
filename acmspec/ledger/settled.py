"""Which earlier lines stay as they were certified, and the settlement in which all later ones rest on that; no rule."""

from collections.abc import Callable, Collection
from dataclasses import replace
from fractions import Fraction

from acmspec.ledger.accounts import Account, Accounts
from acmspec.ledger.changes import Made, Now, is_deduction_that_waited, made, own_rule, provider_rule
from acmspec.ledger.tree import ZERO, Change, Key
from acmspec.program.agreed import Settling
from acmspec.settlement.standing import Standing, Stands
from acmspec.settlement.tree import Settlement

Settle = Callable[[Standing], Settlement]
"""The settlement in which some lines stand."""


def settled(found: Accounts, at: Now, rules: Settling, settle: Settle) -> tuple[Settlement, tuple[Change, ...]]:
    """The settlement of a closing, and what each line of a closed period was, is now, and is settled of it."""
    desk = _Desk(found, at, rules, settle)
    desk.bar_terms()
    desk.bar_limits()
    desk.hold_providers()
    return desk.settlement, desk.changes()


class _Desk:
    """What is decided, from terms to limits to all of a provider: a line that stands is no difference for what follows.

    `standing` are the lines that stand, `parts` what of their differences is settled all the same, `told` the changes
    of providers whose differences are not settled together, as they were when that was decided.
    """

    def __init__(self, found: Accounts, at: Now, rules: Settling, settle: Settle) -> None:
        self._found = found
        self._at = at
        self._rules = rules
        self._settle = settle
        self._parts: dict[Key, Fraction] = {}
        self._told: dict[Key, Change] = {}
        self._held: dict[str, str] = {}
        # Also a line that comes to the same amount stands: later numbers go on from what it rested on.
        self._standing: dict[Key, Stands] = {
            key: Stands(account.certified, account.rested, paid=account.paid)
            for key, account in found.lines.items()
            if key[1] not in at.follow and own_rule(account, at, rules)
        }
        self._again()
        self._order = [change.key for change, _ in self._made]

    def bar_terms(self) -> None:
        """Let lines of terms stand against which their last date stands, or that were certified before the ledger."""
        self._bar(lambda change: change.term not in self._at.follow)
        if self._move():
            self._again()
            self._bar(lambda change: change.term not in self._at.follow)

    def bar_limits(self) -> None:
        """Let lines of limits stand for the same reasons, unless they follow from what is settled."""
        while more := self._barred(lambda change: change.term in self._at.follow and not self._follows(change)):
            self._stand(self._first(more), is_final=True)
            self._again()

    def hold_providers(self) -> None:
        """Let all lines of a provider stand whose differences are not settled together."""
        while True:
            newly = {one: rule for one in self._providers() if (rule := self._rule(one))}
            self._held |= newly
            left = [(change, account) for change, account in self._made if self._is_left(change, account)]
            stand = {one.key: account for one, account in left if not self._follows_by_itself(one, newly)}
            if not newly and not stand:
                return
            for change, _ in left:
                if change.provider in newly or change.key in stand:
                    self._told.setdefault(change.key, replace(change, rule=self._held[change.provider]))
            for provider in newly:
                self._stay(provider)
            terms = {key: account for key, account in stand.items() if key[1] not in self._at.follow}
            self._stand(terms or self._first(stand), is_final=False)
            self._again()

    def changes(self) -> tuple[Change, ...]:
        """Every difference, and what of it is settled.

        What would be carried otherwise is told where it is settled, or where it is no other for what others are.
        """
        now = {change.key: (change, account) for change, account in self._made}
        found = []
        for key in dict.fromkeys((*self._order, *now)):
            if key in self._told and (key in self._standing or (key not in now and key[1] not in self._at.carrying)):
                found.append(self._told[key])
            elif key in now:
                found.append(self._of(*now[key]))
        return tuple(found)

    @property
    def settlement(self) -> Settlement:
        """The settlement in which they stand."""
        return self._settlement

    def _again(self) -> None:
        self._settlement = self._settle(self._standing)
        self._made: tuple[Made, ...] = made(self._found, self._settlement.known, self._at)

    def _bar(self, asked: Callable[[Change], bool]) -> None:
        """Let all lines stand that are asked for and against which something stands, until there are no more."""
        while more := self._barred(asked):
            self._stand(more, is_final=True)
            self._again()

    def _barred(self, asked: Callable[[Change], bool]) -> dict[Key, Account]:
        """The lines that are asked for, against which something stands, and that don't stand yet."""
        return {
            change.key: account
            for change, account in self._made
            if change.key not in self._standing and asked(change) and own_rule(account, self._at, self._rules)
        }

    def _first(self, lines: dict[Key, Account]) -> dict[Key, Account]:
        """Of the lines of limits those that apply first: what follows from them may come out as it was."""
        follow = self._at.follow
        places = {key: (account.last, follow.index(key[1])) for key, account in lines.items()}
        return {key: lines[key] for key, place in places.items() if place == min(places.values())}

    def _stand(self, lines: dict[Key, Account], *, is_final: bool) -> None:
        self._standing |= {
            key: Stands(account.certified, account.rested, is_final, account.paid) for key, account in lines.items()
        }

    def _move(self) -> bool:
        """Settle of lines whose last date is over what a success that is paid once brought there, or took away.

        Nobody loses it by that, or has it twice: what was taken from other periods of the same provider and term is
        settled there, what these gained is taken there, and no more.
        """
        gained: dict[tuple[str, str], Fraction] = {}
        moving = [change for change, _ in self._made if change.term in self._at.moving]
        for one in moving:
            if self._differs(one):
                gained[one.provider, one.term] = gained.get((one.provider, one.term), ZERO) + one.difference
        for one in moving:
            left = -gained.get((one.provider, one.term), ZERO)
            part = min(one.difference, left) if left > 0 else max(one.difference, left)
            if one.key in self._standing and part * left > 0 and one.closing:
                gained[one.provider, one.term] += part
                self._parts[one.key] = part
                self._standing[one.key] = replace(self._standing[one.key], amount=one.was + part)
        return bool(self._parts)

    def _providers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.provider for change, _ in self._made if change.provider not in self._held))

    def _rule(self, provider: str) -> str:
        own = [
            (change, account)
            for change, account in self._made
            if change.provider == provider
            and change.key not in self._standing
            and not is_deduction_that_waited(change, account)
        ]
        return provider_rule(own, self._at, self._rules)

    def _is_left(self, change: Change, account: Account) -> bool:
        """Whether a difference of a provider whose differences are not settled is still one."""
        is_held = change.provider in self._held and self._differs(change)
        return is_held and not is_deduction_that_waited(change, account)

    def _follows_by_itself(self, change: Change, newly: Collection[str]) -> bool:
        """Whether a line of a limit comes out by itself: as it was once those of terms stand, or of what is settled.

        That others share a limit is no reason to take from a provider what is not recovered.
        """
        own = (one for one, _ in self._made if one.provider == change.provider and one.term not in self._at.follow)
        is_left = any(one.last <= change.last and self._differs(one) for one in own)
        return change.term in self._at.follow and (change.provider in newly or is_left)

    def _stay(self, provider: str) -> None:
        """Nothing of a provider is settled, also not what a success brought to a period whose last date is over."""
        for key in [one for one in self._parts if one[0] == provider]:
            self._standing[key] = replace(self._standing[key], amount=self._standing[key].amount - self._parts.pop(key))

    def _differs(self, change: Change) -> bool:
        return bool(change.difference) and change.key not in self._standing

    def _follows(self, change: Change) -> bool:
        """Whether a line of a limit follows from a difference that is settled."""
        at = self._at
        is_shared = change.term in at.shared
        others = frozenset(at.follow) if is_shared else frozenset(at.follow) - at.shared
        return any(
            (is_shared or one.provider == change.provider)
            and one.term not in others
            and one.last <= change.last
            and (self._differs(one) or one.key in self._parts)
            for one, _ in self._made
            if one.key != change.key
        )

    def _of(self, change: Change, account: Account) -> Change:
        if change.key not in self._standing:
            return replace(change, posted=change.difference)
        part = self._parts.get(change.key, ZERO)
        rule = own_rule(account, self._at, self._rules)
        return replace(change, posted=part, rule="" if part and part == change.difference else rule)
