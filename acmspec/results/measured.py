"""The value of a group expression on fractions, with the counts it rests on; no state is decided here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from acmspec.facts.tree import Cell
from acmspec.program.aggregates import aggregate
from acmspec.program.counting import is_count, said
from acmspec.program.group import (
    ForEach,
    GroupCompare,
    GroupIf,
    GroupKnown,
    GroupLogic,
    GroupNegation,
    MetricUse,
    Slice,
)
from acmspec.program.reach import place_of
from acmspec.program.tree import (
    Aggregate,
    Dimension,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    GroupFigure,
    PeriodDays,
    Quotient,
)
from acmspec.results.each import Part, brought_together, ranked
from acmspec.results.groups import is_nobody
from acmspec.results.place import NOTHING, Measured, Place, Spot, lacking

_YES, _NO = Fraction(1), Fraction(0)


def measured(formula: Group, place: Place) -> Measured:
    """The exact value of a group expression at a place."""
    match formula:
        case Aggregate():
            return _aggregate(formula, place)
        case GroupConstant() | PeriodDays() | GroupFigure():
            return _given(formula, place)
        case GroupDefined(body=body):
            return measured(body, place)
        case MetricUse(body=body, window=covers):
            return measured(body, replace(place, when=place.when.of_metric(covers)))
        case Slice(inner=inner, to=to):
            return _elsewhere(inner, place.sliced(to))
        case ForEach():
            return _for_each(formula, place)
        case GroupArithmetic(operator="/", left=left, right=right) | Quotient(numerator=left, denominator=right):
            return _quotient(measured(left, place), measured(right, place), counts=is_count(right))
        case GroupArithmetic(operator=operator, left=left, right=right):
            return _arithmetic(operator, measured(left, place), measured(right, place))
        case GroupCompare() | GroupLogic() | GroupNegation() | GroupKnown() | GroupIf():
            return _decision(formula, place)


def _elsewhere(formula: Group, place: Place) -> Measured:
    """The value at another place, which many results may look at: a benchmark, say, in each of their periods."""
    key = ("value", formula, place.when, place.dimensions, place.group)
    return place.evidence.once(key, lambda: measured(formula, place))


def _given(formula: GroupConstant | PeriodDays | GroupFigure, place: Place) -> Measured:
    """What rests on no record."""
    match formula:
        case GroupConstant(value=value):
            return Measured(value)
        case PeriodDays():
            return Measured(Fraction(place.length))
        case GroupFigure(name=name):
            found = place.evidence.figures.value(name, place.wanted)
            return Measured(found.value, lacking=found.lacking)


# --- conditions and choices -----------------------------------------------------------------------------------------


def _decision(formula: GroupCompare | GroupLogic | GroupNegation | GroupKnown | GroupIf, place: Place) -> Measured:
    match formula:
        case GroupIf(condition, then, otherwise):
            asked = measured(condition, place)
            if asked.value is None:
                return replace(asked, numerator=None, denominator=None, rests_on=None)
            taken = measured(then if asked.value else otherwise, place)
            counts = taken if taken.sets else asked
            sets, lost = asked.sets + taken.sets, lacking(asked, taken)
            return replace(taken, sets=sets, n=counts.n, immature=counts.immature, lacking=lost)
        case GroupCompare(operator, left, right):
            return _compared(operator, measured(left, place), measured(right, place))
        case GroupLogic(operator, left, right):
            return _joined(operator, measured(left, place), measured(right, place))
        case GroupNegation(operand):
            found = measured(operand, place)
            return _answer(None if found.value is None else not found.value, found)
        case GroupKnown(operand, known):
            found = measured(operand, place)
            return _answer((found.value is not None) is known, found)


def _answer(value: bool | None, *rests_on: Measured) -> Measured:
    """A condition with the counts of the first of its sets that has the most immature records."""
    sets = tuple(one for each in rests_on for one in each.sets)
    counts = max((one for one in rests_on if one.sets), key=lambda one: one.immature, default=Measured(None))
    answer = None if value is None else _YES if value else _NO
    return Measured(answer, None, None, counts.n, counts.immature, sets, lacking=lacking(*rests_on))


def _compared(operator: str, left: Measured, right: Measured) -> Measured:
    one, two = left.value, right.value
    if one is None or two is None:
        return _answer(None, left, right)
    found = {"=": one == two, "!=": one != two, "<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}
    return _answer(found[operator], left, right)


def _joined(operator: str, left: Measured, right: Measured) -> Measured:
    """A side that can be judged and decides alone makes the other one count for nothing, also if that waits."""
    decides = _YES if operator == "or" else _NO
    deciding = [one for one in (left, right) if one.value == decides]
    if deciding:
        alone = min(deciding, key=lambda one: one.waits)
        return _answer(operator == "or", alone)
    if left.value is None or right.value is None:
        return _answer(None, left, right)
    return _answer(operator == "and", left, right)


# --- part by part ---------------------------------------------------------------------------------------------------


def _for_each(each: ForEach, place: Place) -> Measured:
    by = each.over
    if not isinstance(by, Dimension):
        whens = place.when.parts(by, place.scene)
        return brought_together(each, [_part(each, replace(place, when=one)) for one in whens])
    names, own = _groups(each, by, place), place.own(by)
    if each.function == "rank":
        parts = place.evidence.once((each, *place.beside(by)), lambda: _ranked_among(each, by, names, place))
        return ranked(each, parts, None if own is None else parts.get(own))
    if place_of(by, place.dimensions) is not None:
        names = {own: None} if own in names else {}
    parts_of_groups = _parts(each, by, [name for name in names if not is_nobody(name)], place)
    nobody = [measured(each.inner, place.at(by, name)) for name in names if is_nobody(name)]
    return brought_together(each, parts_of_groups, without_group=nobody)


def _ranked_among(each: ForEach, by: Dimension, names: Iterable[str | None], place: Place) -> Mapping[str, Part]:
    known = [name for name in names if name is not None and not is_nobody(name)]
    return dict(zip(known, _parts(each, by, known, place), strict=True))


def _parts(each: ForEach, by: Dimension, names: Sequence[str | None], place: Place) -> list[Part]:
    inner = each.inner
    if each.where is None and isinstance(inner, Aggregate):
        # There may be as many groups as clients.
        finished = _finishing(inner)
        return [Part(finished(spot, cell), None) for spot, cell in place.cells(inner, by, names)]
    return [_part(each, place.at(by, name)) for name in names]


def _part(each: ForEach, place: Place) -> Part:
    condition = None if each.where is None else measured(each.where, place)
    return Part(measured(each.inner, place), condition)


def _groups(each: ForEach, by: Dimension, place: Place) -> Mapping[str | None, None]:
    """The groups of a dimension that are shown where everything else is as at the place, in order."""
    when, dimensions, others = place.beside(by)
    return place.evidence.divided(each, by, when, dimensions, place.scene).get(others, {})


# --- figures and arithmetic -----------------------------------------------------------------------------------------


def _aggregate(asked: Aggregate, place: Place) -> Measured:
    spot = place.spot
    return _finishing(asked)(spot, place.evidence.of_figure(asked).get(spot, NOTHING))


@lru_cache(maxsize=1024)
def _finishing(asked: Aggregate) -> Callable[[Spot, Cell], Measured]:
    """What makes a value of a figure's cell at a spot."""
    row, population = aggregate(asked.function), asked.population
    nothing = dict.fromkeys(row.parts)

    def finished(spot: Spot, cell: Cell) -> Measured:
        gathered = cell.parts if len(cell.parts) == len(nothing) else {**nothing, **cell.parts}
        done = row.finish(gathered, asked.at)
        sets = (((population, spot), cell),)
        return Measured(done.value, done.numerator, done.denominator, cell.n, cell.immature, sets, done.rests_on)

    return finished


def _quotient(top: Measured, bottom: Measured, *, counts: bool) -> Measured:
    """The denominator's set counts; where it has nothing to count, the numerator's does."""
    value = top.value / bottom.value if top.value is not None and bottom.value else None
    return Measured(
        value,
        top.value,
        bottom.value,
        bottom.n or top.n,
        bottom.immature or top.immature,
        top.sets + bottom.sets,
        bottom.value if counts else None,
        lacking(top, bottom),
    )


def _arithmetic(operator: str, left: Measured, right: Measured) -> Measured:
    sets = left.sets + right.sets
    # max() gives the first of equals, so the first side with the most immature records counts.
    counts = max((one for one in (left, right) if one.sets), key=lambda one: one.immature, default=Measured(None))
    value = None
    if left.value is not None and right.value is not None:
        value = _calculate(operator, left.value, right.value)
    return Measured(value, None, None, counts.n, counts.immature, sets, lacking=lacking(left, right))


def _calculate(operator: str, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            raise ValueError(f"no arithmetic {operator!r}")


def interval_counts(formula: Group, numerator: Fraction | None, denominator: Fraction | None) -> tuple[int, int] | None:
    """Successes and trials where a formula is a share of whole counts of at least one, else None."""
    if numerator is None or not denominator or not _shares_counts(formula):
        return None
    if numerator.denominator != 1 or denominator.denominator != 1 or not 0 <= numerator <= denominator:
        return None
    return numerator.numerator, denominator.numerator


def _shares_counts(formula: Group) -> bool:
    match said(formula):
        case Aggregate(function=function):
            return function == "share"
        case Quotient(numerator=top, denominator=bottom):
            return _is_integral(top) and _is_integral(bottom)
        case _:
            return False


def _is_integral(formula: Group) -> bool:
    return bool(getattr(formula.type, "integral", False))
