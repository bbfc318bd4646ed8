"""Whether numbers that go on from before a ledger can be told from the records; it opens no ledger."""

from collections.abc import Iterator
from datetime import date

from acmspec.ground.calendar import Cycle
from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ledger.changes import BEFORE_THE_LEDGER
from acmspec.ledger.periods import day_before
from acmspec.ledger.tree import Change, Entry
from acmspec.program.paid_periods import paid_periods, stretch_of
from acmspec.program.payment import Term
from acmspec.program.payment_parts import of_cohorts, repeated, stretches, told_apart
from acmspec.program.tree import Program

NOT_STATED = Problem(
    "ACM721",
    "numbers that the opening balances leave open",
    "The price or the highest number of a term goes on from what was paid before. What had been certified is another "
    "amount than the records lead to, so that they don’t tell for how many it was.",
    "Add the column “number” to the opening balances: for how many successes each line of the term paid. Or bring the "
    "records of that time, and correct them.",
    "Where a price depends on earlier numbers, these must be stated when the ledger begins.",
)
NOT_TOLD = Problem(
    "ACM722",
    "who was paid before can’t be told",
    "A term goes on from whom or what it was due for before. What had been certified is another amount than the "
    "records lead to, which are all that tells.",
    "Bring the records of the time before the ledger, and compare the lines that the message names with them.",
    "Whoever was paid for before the ledger began must be known by the records.",
    Severity.WARNING,
)
PROBLEMS = (NOT_STATED, NOT_TOLD)


def untold(program: Program, entry: Entry) -> Iterator[Diagnostic]:
    """A finding for each term and provider whose earlier lines stand at other amounts than the records lead to."""
    if not entry.opened:
        return
    stated = {(one.provider, one.term, one.period) for one in entry.opened if one.paid is not None}
    differ = [one for one in entry.changes if one.rule == BEFORE_THE_LEDGER and one.difference]
    for term in program.payments.terms:
        people = told_apart(term) is not None
        numbers = () if people else stretches(term.amount)
        others = people or repeated(term.amount) is not None or _is_base(program, term)
        for provider in dict.fromkeys(one.provider for one in program.payments.agreements):
            own = [one for one in differ if (one.provider, one.term) == (provider, term.name)]
            open_ = [
                one
                for one in own
                if one.key not in stated
                and any(_goes_on(program, term, every, one, entry.span.first) for every in numbers)
            ]
            if open_:
                yield _finding(NOT_STATED, program, term, open_[0])
            elif others and own:
                yield _finding(NOT_TOLD, program, term, own[0])


def _finding(problem: Problem, program: Program, term: Term, one: Change) -> Diagnostic:
    was, now = (money(amount, program.currency) for amount in (one.was, one.now))
    said = f"“{term.name}” of “{one.provider}” goes on from the records, which lead to {now} in {one.period}; {was} "
    return problem.at(None, f"{said}had been certified", path=f"incentives.terms.{term.name}")


def _is_base(program: Program, term: Term) -> bool:
    """Whether all periods of a term are looked at together by another."""
    found = (of_cohorts(one.amount) for one in program.payments.terms)
    return any(one is not None and one.of == term.name for one in found)


def _goes_on(program: Program, term: Term, every: Cycle | None, one: Change, begins: date) -> bool:
    """Whether a line counts in a stretch of time in which a later period is still to be certified."""
    counted, before = stretch_of(program, every, one.last), day_before(begins)
    return any(
        period.last > before and stretch_of(program, every, period.last) == counted
        for agreement in program.payments.agreements
        if agreement.provider == one.provider
        for period in paid_periods(program, term, agreement)
    )
