"""What stands against a closing: who signs, whether the period is over, next in order, and its results complete."""

from collections.abc import Iterator
from datetime import date
from unicodedata import normalize

from acmspec.ground.calendar import Period
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.ledger.asked import Asked
from acmspec.ledger.periods import day_before, named, unclosed
from acmspec.ledger.tree import Ledger, Signed
from acmspec.program.paid_periods import paid_periods
from acmspec.program.tree import Program
from acmspec.results.tree import PROVISIONAL, Results, State
from acmspec.settlement.own_results import own_results

NOT_OVER = Problem(
    "ACM710",
    "a period that is not over",
    "A period is closed on all of its results, and on the data date some of its days have not come.",
    "Close it with an --as-of after its last day, once the data of that day is there.",
    "A period must not be closed before it has ended.",
)
NOT_COMPLETE = Problem(
    "ACM711",
    "results that are provisional",
    "The data does not reach to the end of the period yet, so that what is certified now would change by itself.",
    "Wait until the data is complete, or correct “lag” or “complete_through” if it is.",
    "A period must be closed on complete data only.",
)
CLOSED_BEFORE = Problem(
    "ACM712",
    "a period that is closed",
    "A closed period is never worked out again in place; what changed since then is settled with the next period.",
    "Close the next period, or repeat this one from its rows with --replay.",
    "A closed period must not be closed again.",
)
OUT_OF_ORDER = Problem(
    "ACM713",
    "a closing out of order",
    "Each closing begins where the one before ended, so that every line is certified once.",
    "Close the periods in order; what was paid before the first closing is given with --opening.",
    "Periods must be closed in the order in which they end.",
)
NO_PERIOD = Problem(
    "ACM714",
    "no such period to close",
    "A period to close is one of the calendar or of a payment term, and has a day in the contract term.",
    "Write its name as results do, such as 2025-Q3, 2025-07 or FY2026-Q1.",
    "A closing must name a period of the Contract Term.",
)
NO_RULES = Problem(
    "ACM715",
    "no rules for closed periods",
    "Later data may change the result of a closed period, and the spec does not say what becomes of it.",
    "Write “settlement” under incentives: corrections_within, claw_back, keep_rows, and perhaps tolerance.",
    "The parties must agree what becomes of a closed period whose result changes.",
)
ONE_PERSON = Problem(
    "ACM716",
    "one person for two duties",
    "Whoever prepares a closing can’t see the own mistakes, so that three people look at it.",
    "Name three people with --preparer, --reviewer and --certifier.",
    "A closing must be prepared, reviewed and certified by three different persons.",
)
EARLIER_DATA = Problem(
    "ACM717",
    "data older than the last closing",
    "Each closing rests on data at least as late as that of the one before, or corrections would be undone.",
    "Give an --as-of that is not before that of the last closing.",
    "A closing must not rest on older data than the closing before it.",
)
PROBLEMS = (
    NOT_OVER, NOT_COMPLETE, CLOSED_BEFORE, OUT_OF_ORDER, NO_PERIOD, NO_RULES, ONE_PERSON, EARLIER_DATA,
)  # fmt: skip


def before_results(program: Program, ledger: Ledger, asked: Asked) -> tuple[Diagnostic, ...]:
    """What stands against a closing before anything is calculated."""
    found = [*_signed(asked.signed)]
    if program.payments.settling is None:
        found.append(NO_RULES.at(None, "the spec has no “settlement” under incentives"))
    period = named(program, asked.period)
    if period is None:
        known = dict.fromkeys(one.name for one in unclosed(program, day_before(program.first), program.last))
        said = f"the contract has no period “{asked.period}”"
        found.append(NO_PERIOD.at(None, said, fix=offer(asked.period, known)))
    else:
        found += _in_time(program, ledger, asked, period)
    return tuple(found)


def _signed(signed: Signed) -> Iterator[Diagnostic]:
    duties = {"preparer": signed.preparer, "reviewer": signed.reviewer, "certifier": signed.certifier}
    by_name: dict[str, list[str]] = {}
    for duty, name in duties.items():
        by_name.setdefault(" ".join(normalize("NFKC", name).casefold().split()), []).append(duty)
    for name, found in by_name.items():
        if not name:
            yield ONE_PERSON.at(None, f"nobody is named as {' and '.join(found)}")
        elif len(found) > 1:
            yield ONE_PERSON.at(None, f"{' and '.join(found)} are the same person, “{duties[found[0]]}”")


def _in_time(program: Program, ledger: Ledger, asked: Asked, period: Period) -> Iterator[Diagnostic]:
    if period.last > asked.as_of:
        said = f"“{period.name}” ends on {period.last}, and the data goes to {asked.as_of}"
        yield NOT_OVER.at(None, said)
    after = day_before(program.first)
    for entry in ledger.entries:
        if (entry.span.name, entry.span.last) == (period.name, period.last):
            yield CLOSED_BEFORE.at(None, f"“{period.name}” was closed as number {entry.number} of the ledger")
            return
        after = entry.span.last
        if entry is ledger.entries[-1] and entry.span.as_of > asked.as_of:
            said = f"the last closing took its data to {entry.span.as_of}, and this one goes to {asked.as_of}"
            yield EARLIER_DATA.at(None, said)
    if asked.opened and ledger.entries:
        yield OUT_OF_ORDER.at(None, "the ledger has begun, so that it can’t be opened with balances any more")
        return
    if asked.opened:
        after = day_before(period.first)
    if period.first <= after:
        yield OUT_OF_ORDER.at(None, f"“{period.name}” begins on {period.first}, and all is closed through {after}")
    skipped = next(unclosed(program, after, period.first), None)
    if skipped is not None:
        yield OUT_OF_ORDER.at(None, f"“{skipped.name}” ended before “{period.name}” began, and is not closed")


def before_closing(program: Program, results: Results, after: date, period: Period) -> Iterator[Diagnostic]:
    """The results of a period that can't be certified yet, one finding for each term."""
    for term in program.payments.terms:
        waiting = dict[str, None]()
        whose = ((measure, one) for measure in program.measures_of(term) for one in program.payments.agreements)
        for measure, agreement in whose:
            ends = {one.last for one in paid_periods(program, term, agreement) if after < one.last <= period.last}
            for one in own_results(results, measure, agreement.provider):
                if one.period.last in ends and PROVISIONAL in one.flags and one.state is not State.MISSING:
                    waiting.setdefault(agreement.provider)
        if waiting:
            said = f"the results of “{term.name}” for {', '.join(waiting)} are provisional"
            yield NOT_COMPLETE.at(None, said, path=f"incentives.terms.{term.name}")
