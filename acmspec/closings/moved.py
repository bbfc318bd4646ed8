"""Whether records that closed periods were certified with count in a new one, too; it settles nothing."""

from collections.abc import Iterator, Mapping, Sequence

from acmspec.closings.why import Compared
from acmspec.english.numbers import series
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ledger.tree import Certified, Change, Entry, Key
from acmspec.program.payments import Payments

PAID_TWICE = Problem(
    "ACM720",
    "records that may be certified twice",
    "A period that stays as it was certified has lost corrected records, and what is certified now rests on as many. "
    "The ledger names no records, so that it can’t take them from either.",
    "Look with acmspec explain which records these are. Before the closing, open a dispute about those that were paid "
    "for; an amount certified twice is settled by agreement.",
    "Nothing must be paid twice for one record, also where the record was later assigned to another period.",
    Severity.WARNING,
)
PROBLEMS = (PAID_TWICE,)

_Line = Certified | Change


def moved(payments: Payments, entry: Entry, found: Compared) -> Iterator[Diagnostic]:
    """A warning for each term of which closed periods stay though they have lost records, and that pays for new ones.

    New ones are in the lines of the closing, and in earlier ones as far as these are settled. A record that goes from
    one line of a term to another, as from group to group, is paid for by the same term.
    """
    for written in dict.fromkeys(one.written for one in payments.terms):
        own = frozenset(one.name for one in payments.terms if one.written == written)
        lost: list[_Line] = [one for one in entry.changes if one.term in own and _stays(one)]
        new: list[_Line] = [one for one in entry.changes if one.term in own and _is_settled(one)]
        new += [one for one in entry.lines if one.term in own and one.amount]
        if not lost or not new:
            continue
        gone, lost_by = _number(found.was, found.now, lost)
        come, new_to = _number(found.now, found.was, new)
        if not found.is_complete or None in {gone, come}:
            said = "may hold records, which could not be compared, of"
        elif gone and come:
            most = min(gone, come)
            said = f"may hold up to {most} {'record' if most == 1 else 'records'} of"
            lost, new = lost_by, new_to
        else:
            continue
        stay, periods = (tuple(dict.fromkeys(one.period for one in some)) for some in (lost, new))
        stays = "which stays as it was certified" if len(stay) == 1 else "which stay as they were certified"
        message = f"“{written}” in {series(periods)} {said} {series(stay)}, {stays}"
        yield PAID_TWICE.at(None, message, path=f"incentives.terms.{written}")


def _stays(one: Change) -> bool:
    """Whether a line would come to less now, in either direction, and that is not settled."""
    return bool(one.rule) and one.posted != one.difference and abs(one.now) < abs(one.was)


def _is_settled(one: Change) -> bool:
    """Whether a line comes to more now, in either direction, and some of that is settled."""
    return bool(one.posted) and abs(one.now) > abs(one.was)


def _number(
    of: Mapping[Key, int | None], other: Mapping[Key, int | None], lines: Sequence[_Line]
) -> tuple[int | None, list[_Line]]:
    """How many more of the corrected records some lines rest on than otherwise, and which lines do.

    None where there is a line whose corrected records can't be counted.
    """
    more, found = 0, []
    for line in lines:
        one, less = of.get(line.key, 0), other.get(line.key, 0)
        if one is None or less is None:
            return None, []
        if one > less:
            more += one - less
            found.append(line)
    return more, found
