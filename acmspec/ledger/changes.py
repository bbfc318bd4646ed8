"""Which earlier lines would be others now, and what stands against settling the difference; it settles nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from acmspec.ground.node import node
from acmspec.ledger.accounts import Account, Accounts
from acmspec.ledger.reasons import reasons
from acmspec.ledger.tree import ZERO, Change, Counts, Key, Why
from acmspec.program.agreed import Settling
from acmspec.settlement.tree import Line

BEFORE_THE_LEDGER = "certified before the ledger began"
TOO_LATE = "after the last date for corrections"
TOO_SMALL = "within the tolerance"
NOT_RECOVERED = "not recovered"

Made = tuple[Change, Account]
"""What a line was and is now, and what the ledger says of it."""


@node
class Now:
    """What is known now: counts, reasons told by records, the data date, what was closed when.

    `follow` are the names of limits in the order they apply, whose lines follow from others: those of `shared` ones
    also from lines of other providers, those `carrying` totals only from one period to another. `general` may be the
    reason for any other line. `moving` are terms under which later data may move a success from one period to another.
    `closing_of` gives the number of the closing that a day belongs to, 0 before the first.
    """

    counts: Mapping[Key, Counts]
    known: Mapping[Key, tuple[Why, ...]]
    as_of: date
    through: date
    closing_of: Callable[[date], int]
    follow: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    general: tuple[Why, ...] = ()
    moving: frozenset[str] = frozenset()


def differing(found: Accounts, lines: Sequence[Line], through: date) -> tuple[Key, ...]:
    """The lines of closed periods that would be others now, or do no longer wait, in order."""
    return tuple(key for key, *_ in _pairs(found, lines, through))


def made(found: Accounts, lines: Sequence[Line], at: Now) -> tuple[Made, ...]:
    """What each line of a closed period was, is now and why, where it is another; nothing of it is settled."""
    return tuple((_change(key, account, line, at), account) for key, account, line in _pairs(found, lines, at.through))


def own_rule(account: Account, at: Now, rules: Settling) -> str:
    """Why the difference of a line is not settled, whatever the others come to; "" if nothing stands against it."""
    if account.waits:
        return ""
    if not (account.closing or at.closing_of(account.last)):
        # What had been certified before the ledger began stays, unless it was said to wait.
        return BEFORE_THE_LEDGER
    return TOO_LATE if at.as_of > rules.within.after(account.last) else ""


def provider_rule(own: Sequence[Made], at: Now, rules: Settling) -> str:
    """Why the differences of a provider are not settled together; "" if they are.

    What is carried from one total to another is none of them: it only says when what they come to is paid.
    """
    net = sum((change.difference for change, _ in own if change.term not in at.carrying), ZERO)
    settles = any(account.waits for change, account in own if change.difference)
    if net and abs(net) <= rules.tolerance and not settles:
        return TOO_SMALL
    if net < 0 and not rules.claw_back:
        return NOT_RECOVERED
    return ""


def is_deduction_that_waited(change: Change, account: Account) -> bool:
    """Whether a line that waited comes to less than zero: it takes nothing back that was certified."""
    return account.waits and account.certified <= 0 and change.difference < 0


def _change(key: Key, account: Account, line: Line | None, at: Now) -> Change:
    now, state, waits = (line.amount, line.state, line.waits) if line else (ZERO, "", False)
    counts, known = at.counts.get(key), at.known.get(key, ())
    if counts is not None and line is not None and line.counted is not None:
        counts = replace(counts, paid=line.counted.paid)
    why = reasons(account, line, counts, known if key[1] in at.follow else (*at.general, *known))
    closing = account.closing or at.closing_of(account.last)
    return Change(closing, *key, account.last, account.certified, now, ZERO, state, waits, why, "", counts)


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
