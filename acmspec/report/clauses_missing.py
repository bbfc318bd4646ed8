"""What happens to records that do not say, or belong to no period, and to providers that did not report."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.choices import is_required
from acmspec.english.groups import aggregates
from acmspec.english.parts import may_be_missing
from acmspec.program.aggregates import WEIGHTED
from acmspec.program.judging import Judging
from acmspec.program.record import Active, FieldValue, OpenOn, Record
from acmspec.program.tree import Aggregate, Measure, Population
from acmspec.report.clauses_draft import Draft, capital, counting, para, single_aggregate
from acmspec.report.tree import Paragraph
from acmspec.spec.tree import IN_BOTH, LEFT_OUT

_FIGURES = {
    "sum": "total", "average": "average", "median": "median", "count distinct": "number", "percentile": "percentile",
    "lowest": "lowest value", "highest": "highest value", "range": "difference",
}  # fmt: skip


def missing(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What happens to records that do not say, and to providers that did not report."""
    said = tuple(dict.fromkeys([*_open(draft, measure), *_undated(draft, measure)]))
    counted = "The Agency counts such records and states their number."
    one = capital(numbers.article(draft.counted(measure).one))
    nobody = f"{one} that is measured counts, whatever else its record leaves open."
    text = " ".join((*said, counted)) if said else nobody
    yield para(text, head="Missing data", anchor=f"{anchor}.missing_is")
    for name in dict.fromkeys(one.population.table for one in aggregates(measure.formula)):
        yield from _silent(draft, name)


# --- records that leave something open ------------------------------------------------------------------------------


def _open(draft: Draft, measure: Measure) -> Iterator[str]:
    single = single_aggregate(measure)
    found = tuple(aggregates(measure.formula))
    for one in found:
        if one.function.removesuffix(WEIGHTED) == "share":
            yield _share(draft, measure, one, is_whole=one is single)
    for noun in dict.fromkeys(draft.words.nouns(one.population).one for one in found):
        yield from _numbers(draft, noun, tuple(one for one in found if draft.words.nouns(one.population).one == noun))
    if any(_is_count(one) and (one.where is not None or one.population.conditions) for one in found):
        yield "A record that does not show whether a condition is true does not meet it."


def _is_count(found: Aggregate) -> bool:
    return found.function == "count"


def _numbers(draft: Draft, noun: str, found: tuple[Aggregate, ...]) -> Iterator[str]:
    """What is left out of totals, averages and the like."""
    own = capital(numbers.article(noun))
    functions = {one.function.removesuffix(WEIGHTED) for one in found}
    figures = tuple(word for function, word in _FIGURES.items() if function in functions)
    if figures:
        lacking = numbers.series(figures, "or")
        yield f"{own} whose record does not show the value is measured. It has no part in the {lacking}."
    for one in found:
        if one.weight is not None:
            named = isinstance(one.weight, FieldValue) and not one.weight.steps
            weight = draft.say.of(one.population).value(one.weight).removeprefix("the ") if named else "weight"
            yield f"{own} without {numbers.article(weight)}, or with one below zero, has no part in the result."


def _share(draft: Draft, measure: Measure, found: Aggregate, *, is_whole: bool) -> str:
    own = capital(numbers.article(draft.words.nouns(found.population).one))
    judging = found.judging or Judging(missing_is=measure.missing_is)
    if is_whole:
        words = counting(measure)
        end = _unknown(judging.missing_is, is_success=words.head != "Counted")
        return f"{own} whose record does not show whether it {words.one_counts} {end}."
    ends = {
        LEFT_OUT: "is left out of this share",
        IN_BOTH: "counts in this share as if it met it",
    }
    end = ends.get(judging.missing_is, "counts in this share as if it did not meet it")
    return f"{own} whose record does not show whether it meets the condition of a share {end}."


def _unknown(missing_is: str, *, is_success: bool) -> str:
    """Where a record counts whose whole condition is missing."""
    if missing_is == LEFT_OUT:
        return "is left out of both numbers"
    if missing_is == IN_BOTH:
        return f"is measured and {'counts as a success' if is_success else 'is counted'}"
    return f"is measured and {'does not count as a success' if is_success else 'is not counted'}"


# --- records in no period, providers that did not report ------------------------------------------------------------


def _undated(draft: Draft, measure: Measure) -> Iterator[str]:
    """What becomes of records that lack what would bring them into a period."""
    for population in dict.fromkeys(one.population for one in aggregates(measure.formula)):
        by = _brought_by(population)
        if by is not None and may_be_missing(by) and not is_required(by, population.wheres):
            one = capital(numbers.article(draft.words.nouns(population).one))
            value = draft.say.of(population).value(by)
            yield f"{one} for which {value} is not recorded falls into no Measurement Period by it."


def _brought_by(population: Population) -> Record | None:
    if population.dated is not None:
        return population.dated
    match population.member:
        case OpenOn(start) | Active(start):
            return start
    return None


def _silent(draft: Draft, name: str) -> Iterator[Paragraph]:
    store = next((one for one in draft.program.stores if one.name == name), None)
    if store is None or store.roll is None:
        return
    dated = draft.words.phrase(store.roll.dated)
    period = numbers.period(store.roll.every)
    text = (
        f"Each Provider with an agreement must send at least one of its {store.many} with {numbers.article(dated)} "
        f"in each {period}. "
        f"This holds for each {period} that lies wholly within its agreement, once the source is complete through it. "
        f"{capital(numbers.article(store.one))} that is not valid does not count. "
        f"If it sends none, its result is “missing” for every Measurement Period that includes a day of this {period}."
    )
    yield para(text, head="Missing reports", anchor=f"data.{name}.reporting")
