"""Which earlier lines would be others now, and what of the differences is settled by the rules of the spec."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.ledger.accounts import Account, Accounts
from acmspec.ledger.reasons import reasons
from acmspec.ledger.tree import ZERO, Change, Counts, Key, Why
from acmspec.program.payment import Settling
from acmspec.settlement.tree import Line

BEFORE_THE_LEDGER = "certified before the ledger began"
TOO_LATE = "after the last date for corrections"
TOO_SMALL = "within the tolerance"
NOT_RECOVERED = "not recovered"
FOLLOWS = "the lines it follows from are not settled"


def differing(found: Accounts, lines: Sequence[Line], through: date) -> tuple[Key, ...]:
    """The lines of closed periods that would be others now, or do no longer wait, in order."""
    return tuple(key for key, *_ in _pairs(found, lines, through))


@node
class Now:
    """What is known now: the lines with their counts, reasons told by records, the data date, what was closed when.

    `follow` are the names of limits, whose lines follow from others. `general` may be the reason for any other line.
    `moving` are terms under which later data may move a success from one period to another.
    `closing_of` gives the number of the closing that a day belongs to, 0 before the first.
    """

    lines: Sequence[Line]
    counts: Mapping[Key, Counts]
    known: Mapping[Key, tuple[Why, ...]]
    as_of: date
    through: date
    closing_of: Callable[[date], int]
    follow: frozenset[str] = frozenset()
    general: tuple[Why, ...] = ()
    moving: frozenset[str] = frozenset()


def changes(found: Accounts, at: Now, rules: Settling) -> tuple[Change, ...]:
    """What each line of a closed period was, is now and why, and what of the difference is settled now."""
    made = [(_change(key, account, line, at), account) for key, account, line in _pairs(found, at.lines, at.through)]
    held = {change.key: rule for change, account in made if (rule := _own_rule(change, account, at, rules))}
    left = [change.key in held for change, _ in made if change.difference and change.term not in at.follow]
    if left and all(left):
        # Nothing that a limit could follow from is settled, so that what it would take or leave now isn't either.
        for change, _ in made:
            if change.term in at.follow:
                held.setdefault(change.key, FOLLOWS)
    for provider in dict.fromkeys(change.provider for change, _ in made):
        own = [
            (one, account)
            for one, account in made
            if one.provider == provider and one.key not in held and not _is_deduction_that_waited(one, account)
        ]
        rule = _rule(own, rules)
        held |= {change.key: rule for change, _ in own if rule}
    return tuple(_moved([_settled(change, held.get(change.key, "")) for change, _ in made], at))


def _moved(found: Sequence[Change], at: Now) -> Iterator[Change]:
    """The changes, where a success that is paid once went to a period whose last date is over: nobody loses it by that.

    What was taken from other periods of the same provider and term is settled there all the same, and no more.
    """
    taken: dict[tuple[str, str], Fraction] = {}
    for one in found:
        taken[one.provider, one.term] = taken.get((one.provider, one.term), ZERO) - one.posted
    for one in found:
        part = min(one.difference, taken[one.provider, one.term])
        if one.rule == TOO_LATE and one.term in at.moving and part > 0:
            taken[one.provider, one.term] -= part
            yield replace(one, posted=part, rule="" if part == one.difference else TOO_LATE)
        else:
            yield one


def _change(key: Key, account: Account, line: Line | None, at: Now) -> Change:
    """What a line was and is now, before anything of it is settled."""
    now, state, waits = (line.amount, line.state, line.waits) if line else (ZERO, "", False)
    counts, known = at.counts.get(key), at.known.get(key, ())
    why = reasons(account, line, counts, known if key[1] in at.follow else (*at.general, *known))
    closing = account.closing or at.closing_of(account.last)
    return Change(closing, *key, account.last, account.certified, now, ZERO, state, waits, why, "", counts)


def _settled(change: Change, rule: str) -> Change:
    if rule:
        return replace(change, rule=rule if change.difference else "")
    return replace(change, posted=change.difference)


def _pairs(found: Accounts, lines: Sequence[Line], through: date) -> Iterator[tuple[Key, Account, Line | None]]:
    """Each line that differs, with what the ledger says of it: those of the settlement first, in its order."""
    now = _by_key(one for one in lines if one.last <= through)
    for key in dict.fromkeys((*now, *found.lines)):
        line = now.get(key)
        account = found.lines.get(key)
        if account is None and line is not None:
            # A limit that takes something only now, or what had been left out of the opening balances.
            account = Account(0, line.last, ZERO, waits=False)
            is_another = bool(line.amount)
        elif account is not None:
            is_another = account.certified != (line.amount if line else ZERO)
            is_another = is_another or account.waits != bool(line and line.waits)
        else:
            continue
        if is_another and account.last <= through:
            yield key, account, line


def _by_key(lines: Iterable[Line]) -> dict[Key, Line]:
    """One line for each key: what is held back and what is released on one day come to one amount, as in accounts."""
    found: dict[Key, Line] = {}
    for line in lines:
        key = (line.provider, line.term, line.period)
        known = found.get(key)
        both = known and replace(line, amount=known.amount + line.amount, waits=known.waits or line.waits)
        found[key] = both or line
    return found


def _own_rule(change: Change, account: Account, at: Now, rules: Settling) -> str:
    """Why the difference of a line is not settled, whatever the others come to; "" if nothing stands against it."""
    if account.waits:
        return ""
    if change.closing == 0:
        # What had been certified before the ledger began stays, unless it was said to wait.
        return BEFORE_THE_LEDGER
    if change.term not in at.follow and at.as_of > rules.within.after(change.last):
        return TOO_LATE
    return ""


def _is_deduction_that_waited(change: Change, account: Account) -> bool:
    """Whether a line that waited comes to less than zero: it takes nothing back that was certified."""
    return account.waits and account.certified <= 0 and change.difference < 0


def _rule(own: Sequence[tuple[Change, Account]], rules: Settling) -> str:
    """Why the differences of a provider are not settled together; "" if they are."""
    net = sum((change.difference for change, _ in own), ZERO)
    settles = any(account.waits for change, account in own if change.difference)
    if net and abs(net) <= rules.tolerance and not settles:
        return TOO_SMALL
    if net < 0 and not rules.claw_back:
        return NOT_RECOVERED
    return ""
