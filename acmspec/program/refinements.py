"""What a metric says beyond its formula: the records it leaves out, and the parts its numerator is told in."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from acmspec.ground.diagnostic import Label, Problem, Severity
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.apart import apart
from acmspec.program.dimensions import tables_of
from acmspec.program.group import ForEach
from acmspec.program.judged import each_figure
from acmspec.program.maturity import windows_of
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.reaches import reaches_of
from acmspec.program.record import Logic, Record
from acmspec.program.record_from_formula import resolve_condition
from acmspec.program.relocate import is_faulty
from acmspec.program.scope import Frame, Scope
from acmspec.program.tree import (
    Aggregate,
    Group,
    GroupArithmetic,
    GroupDefined,
    Left,
    MeasurePart,
    Population,
    Quotient,
)
from acmspec.program.types import BooleanType
from acmspec.spec.practice import FormulaText
from acmspec.spec.tree import Metric

SEVERAL_TABLES = Problem(
    "ACM372",
    "exceptions of a metric of several tables",
    "“exceptions” speak of one record of what is measured, and this formula measures records of several tables.",
    "Leave the records out in a cohort of their table, under “exclude”, and measure that cohort.",
    "A record may be left out of a measure only where the measure is of records of one kind.",
)
NO_NUMERATOR = Problem(
    "ACM373",
    "parts of a figure without a numerator",
    "Parts tell how many records of the numerator meet a condition each, so the formula must be a share, a count or "
    "sum, or one of these out of another.",
    "Write the metric as “share(CONDITION over SET)” or “count(SET) out of count(SET)”, or remove the parts.",
    "Only a measure that counts records can be stated in parts.",
)
OVERLAP = Problem(
    "ACM374",
    "parts that may overlap",
    "Nothing in the two conditions keeps them apart, so one record may count in both, and the parts need not add up.",
    "If they must not overlap, say so: “… and not (…)”.",
    "Where parts of a result overlap, they may add up to more than the whole.",
    Severity.NOTE,
)
PROBLEMS = (SEVERAL_TABLES, NO_NUMERATOR, OVERLAP)


def with_exceptions(formula: Group, metric: Metric, names: Meanings) -> Group:
    """The formula over sets without the records that the metric leaves out; what is wrong there is reported."""
    path = f"metrics.{metric.name.value}.exceptions"
    tables = tables_of(formula)
    if not metric.exceptions or not tables or is_faulty(formula):
        return formula
    if len(tables) > 1:
        measured = " and ".join(f"“{one}”" for one in tables)
        message = f"“{metric.name.value}” measures {measured}, so it is not clear which records to leave out"
        names.findings.say(SEVERAL_TABLES, metric.exceptions[0].when.span, message, path=path, label="of which table?")
        return formula

    def without(one: Aggregate | ForEach) -> Aggregate | ForEach:
        return _without(one, metric, path, names) if isinstance(one, Aggregate) else one

    return each_figure(formula, without)


def _without(one: Aggregate, metric: Metric, path: str, names: Meanings) -> Aggregate:
    """A figure over its set without the exceptions, which speak of its records as the set has them."""
    if one.judging is not None:
        return one  # another metric's figure, seen through its name
    left = tuple(
        Left(
            _condition(each.when, one.population, f"{path}.{index}.when", names),
            each.because,
            metric.name.value,
        )
        for index, each in enumerate(metric.exceptions)
    )
    population = replace(one.population, exclude=(*one.population.exclude, *left))
    return _waiting(replace(one, population=population))


def _waiting(one: Aggregate) -> Aggregate:
    """A figure with all that its set and conditions wait for and look back to, besides what it already did."""
    asked = (one.expression, one.where, one.weight)
    windows, reaches = windows_of(one.population, *asked), reaches_of(one.population, *asked)
    return replace(
        one,
        windows=tuple(dict.fromkeys((*one.windows, *windows))),
        reaches=tuple(dict.fromkeys((*one.reaches, *reaches))),
    )


def parts_of(formula: Group, metric: Metric, names: Meanings) -> tuple[MeasurePart, ...] | None:
    """The parts of a metric's numerator, over the formula as it is judged; None where they have an error (reported)."""
    path = f"metrics.{metric.name.value}.parts"
    if not metric.parts or not tables_of(formula) or is_faulty(formula):
        return ()
    whole = _numerator(formula)
    if whole is None:
        message = f"the formula of “{metric.name.value}” has no numerator that parts could be told of"
        names.findings.say(NO_NUMERATOR, metric.parts[0][0].span, message, path=path, label="part of what?")
        return None
    found = []
    for name, written in metric.parts:
        condition = _condition(written, whole.population, f"{path}.{name.value}", names)
        where = condition if whole.where is None else Logic("and", (whole.where, condition), BooleanType())
        found.append(MeasurePart(name.value, condition, _waiting(replace(whole, where=where))))
    if any(is_faulty(one.condition) for one in found):
        return None
    _say_overlaps(found, metric, path, names)
    return tuple(found)


def _numerator(formula: Group) -> Aggregate | None:
    """The aggregate whose records or amounts stand above the line; None where there is none of one set."""
    match formula:
        case Aggregate(function=function):
            has_parts = aggregate(function).takes in {Takes.CONDITION, Takes.NOTHING, Takes.ANYTHING}
            return formula if has_parts or function == "sum" else None
        case GroupDefined(body=body):
            return _numerator(body)
        case Quotient(numerator=top) | GroupArithmetic(operator="/", left=top):
            found = _numerator(top)
            return None if found is None or aggregate(found.function).takes is Takes.CONDITION else found
        case _:
            return None


def _condition(written: FormulaText, of: Population, path: str, names: Meanings) -> Record:
    if written.tree is None:
        return FAULTY
    return resolve_condition(written.tree, Scope((Frame(of.table, span=of.span),), path), names)


def _say_overlaps(found: list[MeasurePart], metric: Metric, path: str, names: Meanings) -> None:
    """Say once of each part which of those before it may count the same record."""
    spans = {name.value: name.span for name, _ in metric.parts}
    for two, others in _overlapping(found):
        first = others[0].name
        message = f"one record may be both “{first}” and “{two.name}”"
        related = tuple(Label(spans[one.name], f"“{one.name}”") for one in others)
        names.findings.say(
            OVERLAP, spans[two.name], message, path=f"{path}.{two.name}", label="may overlap", related=related
        )


def _overlapping(found: list[MeasurePart]) -> Iterator[tuple[MeasurePart, list[MeasurePart]]]:
    pairs = [(one, two) for one, two in combinations(found, 2) if not apart(one.condition, two.condition)]
    for two in found:
        others = [one for one, second in pairs if second is two]
        if others:
            yield two, others
