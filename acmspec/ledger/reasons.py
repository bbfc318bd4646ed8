"""Why a line that was certified is another now, by the counts it rested on then and rests on now; it sees no record."""

from collections.abc import Iterator

from acmspec.ledger.accounts import Account
from acmspec.ledger.tree import ZERO, Counts, Why
from acmspec.results.tree import State
from acmspec.settlement.tree import Line

MATURED = "matured"
RECEIVED = "data received"
RESOLVED = "disputes resolved"
RAISED = "disputes raised"
HELD_AGAINST = "what it is held against changed"
FOLLOWS = "follows from other lines"
ANOTHER_SPEC = "the spec was changed"
ANOTHER_VERSION = "another version of acmspec"
OPENING = "certified otherwise before the ledger began"


def reasons(account: Account, line: Line | None, counts: Counts | None, known: tuple[Why, ...]) -> tuple[Why, ...]:
    """The reasons that counts tell, then those that are `known` of records; what was told of the same before if none.

    A difference that is not settled is told with each closing, and what led to it came with the first of them.
    """
    found = [*_of_counts(account, line.state if line else "", counts), *known]
    if not found and account.is_opened and not account.waits:
        found.append(Why(OPENING, None))
    if not found and account.told == (line.amount if line else ZERO):
        return account.why
    return tuple(found) or (Why(FOLLOWS, None),)


def _of_counts(account: Account, state: str, counts: Counts | None) -> Iterator[Why]:
    was = account.counts
    if was is None or counts is None:
        return
    if account.state == State.IMMATURE.value and counts.immature < was.immature:
        yield Why(MATURED, was.immature - counts.immature)
    own = (was.numerator, was.denominator, was.n) != (counts.numerator, counts.denominator, counts.n)
    held = bool(was.against and counts.against) and was.against != counts.against
    if account.state == State.MISSING.value and state != State.MISSING.value and (own or not held):
        yield Why(RECEIVED, counts.n)
    if held:
        yield Why(HELD_AGAINST, None)
    if was.disputed != counts.disputed and account.state != State.MISSING.value:
        known = None not in (was.disputed, counts.disputed)
        fewer = (was.disputed or 0) - (counts.disputed or 0)
        is_less = fewer > 0 if known else counts.disputed == 0
        yield Why(RESOLVED if is_less else RAISED, abs(fewer) if known else None)
