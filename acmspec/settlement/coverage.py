"""Which tiers, sides of gates, consequences and exclusions of a spec some results reach; whose results is not known."""

from collections.abc import Iterable, Iterator

from acmspec.ground.node import node
from acmspec.program.payment import Band, Bands, Limit, Term
from acmspec.program.payment_parts import score_of, tables
from acmspec.program.population import Population
from acmspec.program.relocate import parts as nodes
from acmspec.program.tree import Measure, Program
from acmspec.results.tree import DISPUTED, Result, Results, State
from acmspec.settlement.evaluate import band_of
from acmspec.settlement.tree import PART_UNKNOWN, Line, Settlement
from acmspec.settlement.worked import Worked, points_label, tiers

TIER, GATE, STATE, EXCLUSION = "tier", "gate", "consequence", "exclusion"


@node
class Part:
    """A part of a spec that some results reach and others don't.

    `of` is the term, gate or metric it belongs to. `by_counts` is whether counts alone can reach it.
    """

    kind: str
    of: str
    name: str
    by_counts: bool


def parts(program: Program) -> tuple[Part, ...]:
    """All of them, in the author's order: of terms, then of gates, then who is left out of each metric."""
    metrics = {one.name for one in program.measures if one.is_metric}
    found: list[Part] = []
    for term in program.payments.terms:
        told = metrics.issuperset(term.rests_on) and bool(term.rests_on)
        found += [Part(TIER, term.name, band.label, told) for table in tables(term.amount) for band in table.bands]
        found += [Part(TIER, term.name, said, told) for said in _points(term)]
        found += [Part(STATE, term.name, _said(state, what), told) for state, what in term.on]
    for gate in program.payments.gates:
        found += [Part(GATE, gate.name, band.label, by_counts=True) for band in _sides(gate)]
        found += [
            Part(STATE, gate.name, _said(state, what), by_counts=True) for state, what in gate.on if state != "failed"
        ]
    for measure in program.measures:
        found += [Part(EXCLUSION, measure.name, why, by_counts=False) for why in _leaving(measure)]
    return tuple(dict.fromkeys(found))


def reached_by(program: Program, example: Worked) -> frozenset[Part]:
    """What a worked example reaches."""
    return frozenset((*_by_lines(program, example.lines), *_by_result(program, example.measure, example.result)))


def reached_in(program: Program, results: Results, settlement: Settlement) -> frozenset[Part]:
    """What the results of data reach, those of providers and, for exclusions, of all records."""
    found = set(_by_lines(program, settlement.lines))
    for of in results.measures:
        own = next((row[0].path for row in of.measure.breakdowns if len(row) == 1 and row[0].is_provider), None)
        for one in of.results:
            if one.breakdown == (own,) and one.group[0] is not None:
                found |= set(_by_result(program, of.measure, one))
            found |= {Part(EXCLUSION, of.measure.name, left.because, by_counts=False) for left, n in one.left_out if n}
    return frozenset(found)


def _by_lines(program: Program, lines: Iterable[Line]) -> Iterator[Part]:
    metrics = {one.name for one in program.measures if one.is_metric}
    terms = {one.name: one for one in program.payments.terms}
    for line in lines:
        term, counted = terms.get(line.term), line.counted
        if term is None or counted is None:
            continue
        told, standing = metrics.issuperset(term.rests_on) and bool(term.rests_on), counted.standing
        if counted.at is not None:
            yield from (Part(TIER, term.name, label, told) for label in tiers(term.amount, counted.at))
        key = DISPUTED if standing == PART_UNKNOWN else standing
        for one in (key, *(each.standing for each in counted.measured)):
            if one in dict(term.on):
                yield Part(STATE, term.name, _said(one, dict(term.on)[one]), told)


def _points(term: Term) -> Iterator[str]:
    """The bands of points of each measure on a scorecard."""
    score = score_of(term.amount)
    for one in () if score is None else score.of:
        yield from (points_label(one, band) for table in tables(one.points) for band in table.bands)


def _by_result(program: Program, measure: Measure, result: Result) -> Iterator[Part]:
    for gate in program.payments.gates:
        if gate.measure != measure.name:
            continue
        key = DISPUTED if result.state is State.VALUE and result.disputed != 0 else result.state.value
        if key in dict(gate.on):
            yield Part(STATE, gate.name, _said(key, dict(gate.on)[key]), by_counts=True)
        elif result.rounded is not None and isinstance(gate.bound, Bands):
            yield Part(GATE, gate.name, band_of(result.rounded, gate.bound.bands).label, by_counts=True)


def _sides(gate: Limit) -> tuple[Band, ...]:
    return gate.bound.bands if isinstance(gate.bound, Bands) else ()


def _leaving(measure: Measure) -> Iterator[str]:
    for one in nodes(measure.formula):
        if isinstance(one, Population):
            yield from (left.because for left in one.leaving if left.metric in {"", measure.name})


def _said(state: str, what: str) -> str:
    return f"{state.replace('_', ' ')}: {what}"
