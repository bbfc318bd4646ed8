"""From results to what is owed: every term, provider and period a line, then what limits and maxima change; pure."""

from dataclasses import replace
from itertools import groupby

from acmspec.facts.tree import Success
from acmspec.program.tree import Program
from acmspec.results.tree import Results
from acmspec.settlement.fees import fees
from acmspec.settlement.limits import Ledger
from acmspec.settlement.terms import Days, TermDesk
from acmspec.settlement.tree import Due, Settlement, Step


def settle(program: Program, results: Results) -> Settlement:
    """All payment lines: by the end of the period, then terms and limits, then agreements in the author's order."""
    found = (_dated(due) for due in _dues(program, results))
    dues = sorted(found, key=lambda due: (due.period.last, due.term, due.agreement))
    ledger, steps = Ledger(program, results), list[Step]()
    for day, group in groupby(dues, key=lambda due: due.period.last):
        together = tuple(group)
        steps.append(Step(day, together, tuple(ledger.settle(together))))
    lines = (line for step in steps for line in (*(due.line for due in step.dues), *step.changes))
    return Settlement(tuple(lines), tuple(steps))


def _dated(due: Due) -> Due:
    """A line that says itself when its period ends and whether more may come of it."""
    return replace(due, line=replace(due.line, last=due.period.last, waits=due.waits))


def _dues(program: Program, results: Results) -> list[Due]:
    successes: dict[tuple[str, str], dict[Days, list[Success]]] = {}
    for term, window, success in results.successes:
        windows = successes.setdefault((term, success.provider), {})
        windows.setdefault((window.first, window.last), []).append(success)
    dues: list[Due] = []
    for place, one in enumerate(program.payments.terms):
        measure = program.measure_of(one)
        if measure is None:
            dues += fees(program, place, one, results.data_date)
            continue
        for provider in dict.fromkeys(agreement.provider for agreement in program.payments.agreements):
            known = {days: tuple(found) for days, found in successes.get((one.name, provider), {}).items()}
            dues += TermDesk(program, place, one, measure, provider, known).dues(results)
    return dues
