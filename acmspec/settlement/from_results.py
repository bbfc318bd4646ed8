"""From results to what is owed: every term, provider and period a line, then what limits and maxima change; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from acmspec.facts.tree import Success
from acmspec.program.payment_parts import looks_back
from acmspec.program.tree import Program
from acmspec.results.tree import Results
from acmspec.settlement.bases import Key
from acmspec.settlement.carried import Carried
from acmspec.settlement.fees import fees
from acmspec.settlement.limits import Ledger
from acmspec.settlement.pools import divided
from acmspec.settlement.scorecards import ScoreDesk
from acmspec.settlement.terms import Days, TermDesk
from acmspec.settlement.tree import Due, Settlement, Step


def settle(program: Program, results: Results, bases: Collection[str] = ()) -> Settlement:
    """All payment lines: by the end of the period, then terms and limits, then agreements in the author's order.

    `bases` are terms that others are worked out from and that are not settled themselves.

    What a term takes back of an earlier line depends on what limits left of that line. As a line never depends on a
    later one, each time more periods from the first on come out as they are, until all do.
    """
    looking = frozenset(one.name for one in program.payments.terms if looks_back(one.amount))
    left: dict[Key, Fraction] = {}
    while True:
        found = _settled(program, results, bases, left)
        again = {
            (due.line.term, due.line.provider, due.period.last): amount
            for step in found.steps
            for due, amount in zip(step.dues, step.left, strict=True)
            if due.line.term in looking and amount != due.line.amount
        }
        if again == left:
            return found
        left = again


def _settled(program: Program, results: Results, bases: Collection[str], left: Mapping[Key, Fraction]) -> Settlement:
    """The same, where limits have left so much of earlier lines."""
    found = (_dated(due) for due in _dues(program, results, left) if due.line.term not in bases)
    dues = sorted(found, key=lambda due: (due.period.last, due.term, due.agreement))
    ledger, carried, steps = Ledger(program, results), Carried(program), list[Step]()
    for day, group in groupby(dues, key=lambda due: due.period.last):
        together = tuple(group)
        changes = tuple(ledger.settle(together))
        net = tuple(ledger.net[due.agreement, due.term] for due in together)
        steps.append(Step(day, together, (*changes, *carried.settle(together, changes)), net))
    lines = (line for step in steps for line in (*(due.line for due in step.dues), *step.changes))
    return Settlement(tuple(lines), tuple(steps))


def _dated(due: Due) -> Due:
    """A line that says itself when its period ends and whether more may come of it."""
    return replace(due, line=replace(due.line, last=due.period.last, waits=due.waits))


def _dues(program: Program, results: Results, left: Mapping[Key, Fraction]) -> list[Due]:
    successes: dict[tuple[str, str], dict[Days, list[Success]]] = {}
    for term, window, success in results.successes:
        windows = successes.setdefault((term, success.provider), {})
        windows.setdefault((window.first, window.last), []).append(success)
    dues: dict[Key, Due] = {}
    providers = tuple(dict.fromkeys(agreement.provider for agreement in program.payments.agreements))
    for place, one in enumerate(program.payments.terms):
        measure = program.measure_of(one)
        if one.scored:
            desks = (ScoreDesk(program, place, one, provider, dues) for provider in providers)
            dues |= _keyed(due for desk in desks for due in desk.dues(results))
            continue
        if measure is None:
            dues |= _keyed(fees(program, place, one, results.data_date, dues))
            continue
        own: dict[Key, Due] = {}
        for provider in providers:
            known = {days: tuple(found) for days, found in successes.get((one.name, provider), {}).items()}
            own |= _keyed(TermDesk(program, place, one, measure, provider, known, dues, left).dues(results))
        dues |= divided(one, own, program.currency)
    return list(dues.values())


def _keyed(dues: Iterable[Due]) -> dict[Key, Due]:
    return {(one.line.term, one.line.provider, one.period.last): one for one in dues}
