"""Whether records that closed periods were certified with count in a new one, too; it settles nothing."""

from collections.abc import Iterator, Mapping, Sequence

from acmspec.closings.why import Compared
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ledger.tree import Change, Entry, Key
from acmspec.program.payments import Payments

PAID_TWICE = Problem(
    "ACM720",
    "records that may be certified twice",
    "A period that stays as it was certified no longer rests on some corrected records, and the period to close does. "
    "The ledger names no records, so that it can’t take them from either.",
    "Look with acmspec explain which records these are. Before the closing, open a dispute about those that were paid "
    "for; an amount certified twice is settled by agreement.",
    "Nothing must be paid twice for one record, also where the record was later assigned to another period.",
    Severity.WARNING,
)
PROBLEMS = (PAID_TWICE,)


def moved(payments: Payments, entry: Entry, found: Compared) -> Iterator[Diagnostic]:
    """A warning for each term whose closed periods stay though they have lost records, and that pays for new ones."""
    for term in payments.terms:
        lost = [one for one in entry.changes if one.term == term.name and _stays(one)]
        new = [one for one in entry.lines if one.term == term.name and one.amount]
        if not lost or not new:
            continue
        gone = _number(found.was, found.now, [one.key for one in lost])
        come = _number(found.now, found.was, [one.key for one in new])
        if not found.is_complete or None in {gone, come}:
            said = "may hold records, which could not be compared, of"
        elif gone and come:
            most = min(gone, come)
            said = f"may hold up to {most} {'record' if most == 1 else 'records'} of"
        else:
            continue
        stay, periods = (", ".join(dict.fromkeys(one.period for one in some)) for some in (lost, new))
        message = f"“{term.name}” in {periods} {said} {stay}, which stays as it was certified"
        yield PAID_TWICE.at(None, message, path=f"incentives.terms.{term.name}")


def _stays(one: Change) -> bool:
    """Whether a line would come to less now, in either direction, and that is not settled."""
    return bool(one.rule) and one.posted != one.difference and abs(one.now) < abs(one.was)


def _number(of: Mapping[Key, int | None], other: Mapping[Key, int | None], keys: Sequence[Key]) -> int | None:
    """How many more of the corrected records some lines rest on than otherwise; None where that can't be told."""
    more = 0
    for key in keys:
        one, less = of.get(key, 0), other.get(key, 0)
        if one is None or less is None:
            return None
        more += max(0, one - less)
    return more
