"""One measure as a section of the article: its paragraphs in their fixed order, each with its spec path."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from acmspec.english import numbers
from acmspec.english.days import day_counts
from acmspec.english.groups import aggregates
from acmspec.english.letters import Line
from acmspec.english.parts import everything, may_be_missing, whole_period
from acmspec.english.said import ANY, Said, joined
from acmspec.english.words import humanised, quoted
from acmspec.program.aggregates import WEIGHTED
from acmspec.program.apart import apart
from acmspec.program.record import Banded, FieldValue, Logic, Record
from acmspec.program.tree import Aggregate, Dimension, GroupDefined, Measure, Population, Quotient
from acmspec.program.types import Form, NumberType
from acmspec.report.clauses_comparison import comparison, examples, rounding
from acmspec.report.clauses_draft import (
    Counting,
    Draft,
    bare,
    capital,
    cohort_anchors,
    counting,
    owner,
    para,
    sentence,
    single_aggregate,
)
from acmspec.report.clauses_elsewhere import notes
from acmspec.report.clauses_missing import missing
from acmspec.report.clauses_periods import measurement_period
from acmspec.report.clauses_waiting import not_yet_mature, small_numbers
from acmspec.report.paragraphs import followed, listed, paragraph
from acmspec.report.tree import Paragraph, Section
from acmspec.spec.tree import Metric

_NOTES = {
    "median": "With an even number of values, it is the mean of the two in the middle.",
    "percentile": (
        "The values are put in order and numbered from 0. The percentile stands at the place that is that percentage "
        "of the last number. Between two values, it lies on the straight line from one to the other."
    ),
    "count distinct": "A value that occurs more than once counts once.",
}
_DAYS = "Counting days"


def metric(draft: Draft, measure: Measure, found: Metric) -> Section:
    """The section of a metric."""
    anchor = f"metrics.{measure.name}"
    blocks = [
        *measured(draft, measure, anchor),
        *_source(draft, measure),
        *comparison(draft, measure, found),
        rounding(draft, measure, anchor),
        small_numbers(draft, measure, anchor),
        *not_yet_mature(draft, measure, anchor),
        *missing(draft, measure, anchor),
        *examples(draft, measure),
        *_use(draft, found, anchor),
        *_breakdowns(draft, measure, anchor),
        *_parts(draft, measure, anchor),
    ]
    return Section(measure.title, tuple(blocks), anchor)


def planned(draft: Draft, found: Metric) -> Section:
    """The section of a metric whose data is still to be developed."""
    anchor = f"metrics.{found.name.value}"
    text = (
        f"{quoted(found.title.value)} is a planned measure. It takes effect when its sources are available. "
        f"It is declared as {quoted(' '.join(found.formula.text.split()))}."
    )
    blocks = (para(text, head="Measure", anchor=f"{anchor}.formula"), *_use(draft, found, anchor))
    return Section(found.title.value, blocks, anchor)


def measured(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What is computed, what counts, who is measured and who is left out; also for the outcome of a payment term."""
    formula = f"{anchor}.formula"
    single = single_aggregate(measure)
    first = paragraph(_measure(draft, measure, single), head="Measure", anchor=formula)
    yield from followed(first, _period(measure, single), "Measurement Period")
    more = tuple(notes(draft, measure.formula))
    if more:
        yield para(" ".join(more), head="Working it out", anchor=formula)
    if single and single.function in {"share", f"share{WEIGHTED}", "count"}:
        yield from _success(draft, single, counting(measure), formula)
    top = measure.formula.numerator if isinstance(measure.formula, Quotient) else None
    if isinstance(top, Aggregate) and top.function == "count":
        one = draft.words.nouns(top.population).one
        text = f"{capital(numbers.article(one))} {counting(measure).one_counts} if A includes it."
        yield para(text, head=counting(measure).head, anchor=formula)
    populations = tuple(dict.fromkeys(one.population for one in aggregates(measure.formula)))
    for population in populations:
        condition = single.where if single else None
        # A calculation may bring records of one name into the period in several ways.
        one = draft.words.nouns(population).one
        alike = [each for each in populations if draft.words.nouns(each).one == one]
        called = one + (draft.say.placed(population, Line()) if len(alike) > 1 else "")
        yield from _who(draft, population, condition, formula, called)
    for population in {one.name: one for each in populations for one in (*each.ancestors, each)}.values():
        yield from _left_out(draft, population)


def _measure(draft: Draft, measure: Measure, single: Aggregate | None) -> Said:
    name = quoted(measure.title)
    if single is None:
        formula = measure.formula
        body = formula.body if isinstance(formula, GroupDefined) else formula
        return draft.say.group(body).after(f"{name} is ")
    many = draft.words.nouns(single.population).many
    if single.function == "share":
        return Said(
            f"{name} is the number of {many} {counting(measure).counted}, divided by the number of {many} measured"
        )
    if single.function == "count":
        return Said(f"{name} is the number of {many} {counting(measure).counted}")
    if single.function == f"share{WEIGHTED}" and single.weight is not None:
        weight = draft.say.of(single.population).value(single.weight)
        whole = f"divided by the total of {weight} across all {many} measured"
        return Said(f"{name} is the total of {weight} across the {many} {counting(measure).counted}, {whole}")
    # Who is measured has its own paragraph, which holds the condition.
    return draft.say.aggregate(single, Said(f"the {many} measured")).after(f"{name} is ")


def _period(measure: Measure, single: Aggregate | None) -> list[str]:
    parts = [_NOTES[single.function]] if single and single.function in _NOTES else []
    kind = measure.formula.type
    if isinstance(kind, NumberType) and kind.form is Form.SHARE:
        parts.append("The result is stated as a percentage.")
    if single is None:
        return [
            *measurement_period(measure.every, measure.window),
            *parts,
            "Only records that are measured are counted.",
        ]
    return [*parts, *measurement_period(measure.every, measure.window)]


def _success(draft: Draft, single: Aggregate, words: Counting, anchor: str) -> Iterator[Paragraph]:
    one = draft.words.nouns(single.population).one
    opening = f"{capital(numbers.article(one))} {words.one_counts}"
    if single.function == "count" or single.expression is None:
        yield paragraph(Said(f"{opening} if it is measured"), head=words.head, anchor=anchor)
        return
    speaker = draft.say.of(single.population)
    said = speaker.condition(single.expression).after(f"{opening} if ")
    yield from followed(paragraph(said, head=words.head, anchor=anchor), day_counts(single.expression, speaker), _DAYS)


def _who(
    draft: Draft, population: Population, condition: Record | None, anchor: str, called: str
) -> Iterator[Paragraph]:
    speaker = draft.say.of(population)
    said = draft.say.placing(population, speaker)
    after: tuple[str, ...] = ()
    if condition is not None:
        is_list = isinstance(condition, Logic) and condition.operator == "and" and whole_period(condition) is None
        parts = condition.operands if isinstance(condition, Logic) and is_list else (condition,)
        said = joined((said, *(speaker.condition(one) for one in parts)), "and")
        after = day_counts(condition, speaker)
    opening = f"{capital(numbers.article(called))} is measured if "
    yield from followed(paragraph(said.after(opening), head="Who is measured", anchor=anchor), after, _DAYS)


def _left_out(draft: Draft, population: Population) -> Iterator[Paragraph]:
    speaker, one = draft.say.of(population), draft.words.nouns(population).one
    head, anchor = "Left out", f"cohorts.{population.name}.exclude"
    # The choice comes before the exclusions and is not made again after them.
    more = [f"No other record takes the place of {numbers.article(one)} left out."] if population.keep else []
    opening = f"{capital(numbers.article(one))} is left out if "
    reasons = tuple(_reason(speaker.condition(left.when), left.because) for left in population.exclude)
    # A metric's own exceptions come after the exclusions of its cohort, as they stand in the set.
    own = [left.metric for left in population.exclude if left.metric]
    paths = cohort_anchors(draft, population.name, "exclude")
    paths = paths[len(paths) - sum(not left.metric for left in population.exclude) :]
    paths += tuple(f"metrics.{name}.exceptions.{at}" for at, name in enumerate(own))
    if not reasons:
        yield para(f"No {one} that is measured is left out.", head=head, anchor=anchor)
    elif len(reasons) == 1:
        yield from followed(paragraph(reasons[0].after(opening), head=head, anchor=paths[0]), more, head)
    else:
        items = zip(listed(reasons, "or", "."), paths, strict=True)
        named = tuple(replace(item, anchor=path) for item, path in items)
        yield from followed(para(f"{opening}{ANY}", head=head, anchor=anchor, items=named), more, "No replacement")


def _reason(condition: Said, because: str) -> Said:
    return condition.after(f"{bare(because)}, which is so if ") if because else condition


def _source(draft: Draft, measure: Measure) -> Iterator[Paragraph]:
    for at, name in enumerate(draft.tables(measure)):
        table = draft.words.table(name)
        source = quoted(humanised(name))
        what = " whatever the measure looks up there" if at else ""
        text = f"The {table.noun.many} recorded in the source {source} decide{what}."
        if table.owner:
            text += f" {owner(table.owner)} owns this source."
        yield para(text, head="Source of truth", anchor=f"data.{name}")


def _use(draft: Draft, found: Metric, anchor: str) -> Iterator[Paragraph]:
    uses = {
        "paid": "Payment depends on this measure.",
        "reported": "The Agency reports this measure. No payment depends on it.",
        "review": "The parties review this measure. It may change without an amendment, and no payment depends on it.",
    }
    text = f"This is a {found.kind.value} measure. {uses.get(found.use.value, sentence(found.use.value))}"
    yield para(text, head="Use", anchor=f"{anchor}.use")
    goal = next((one for one in draft.program.spec.goals if one.name.value == found.goal.value), None)
    text = f"This measure serves the following goal: {sentence(goal.statement.value)}" if goal else ""
    if found.question:
        text += f" It helps to answer: {quoted(' '.join(found.question.split()))}"
    if text:
        yield para(text.strip(), head="Purpose", anchor=f"{anchor}.goal")


def _parts(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """The parts that the numerator is stated in, each with its condition."""
    if not measure.parts:
        return
    figure = measure.parts[0].figure
    speaker, nouns = draft.say.of(figure.population), draft.words.nouns(figure.population)
    what = (
        "how much of the total belongs" if figure.function == "sum" else f"how many of the {nouns.many} counted belong"
    )
    items = listed(
        tuple(
            speaker.condition(one.condition).after(
                f"{quoted(humanised(one.name))}, to which {numbers.article(nouns.one)} belongs if "
            )
            for one in measure.parts
        ),
        "and",
        ".",
    )
    items = tuple(
        replace(item, anchor=f"{anchor}.parts.{one.name}") for item, one in zip(items, measure.parts, strict=True)
    )
    yield para(
        f"The Agency also states {what} to each of these parts:", head="Parts", anchor=f"{anchor}.parts", items=items
    )
    text = "No payment depends on a part."
    if any(not apart(one.condition, two.condition) for one, two in combinations(measure.parts, 2)):
        text += f" {capital(numbers.article(nouns.one))} may belong to several parts."
    yield para(text, head="Use of parts", anchor=f"{anchor}.parts")


def _breakdowns(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    crossed = [one for one in measure.breakdowns if one]
    if not crossed:
        return
    found = next(aggregates(measure.formula))
    speaker = draft.say.of(found.population)
    by = [
        numbers.series(tuple(speaker.value(one.of(found.population.table)).removeprefix("the ") for one in each))
        for each in crossed
    ]
    by = [f"combination of {said}" if len(each) > 1 else said for said, each in zip(by, crossed, strict=True)]
    text = "The Agency also states the result on its own for each"
    alone = _without_group(tuple(one for each in crossed for one in each), found.population.table)
    if len(by) == 1:
        yield para(" ".join((f"{text} {by[0]}.", *alone)), head="Groups", anchor=f"{anchor}.break_down_by")
        return
    items = listed(tuple(Said(one) for one in by), "and", ".")
    first = para(f"{text} of these:", head="Groups", anchor=f"{anchor}.break_down_by", items=items)
    yield from followed(first, alone, "Groups without a value")


_MOVING = (
    "The group is that of the last delivery, so that results of earlier periods may move from one group to another."
)
"""What a value over a step to another record means for the past."""


def _without_group(dimensions: tuple[Dimension, ...], table: str) -> tuple[str, ...]:
    """What becomes of records that have no value to be grouped by, and of those whose group is that of today."""
    values = tuple(one.of(table) for one in dimensions)
    listed_only = any(one.register is not None for one in dimensions)
    moving = (_MOVING,) if any(isinstance(one, FieldValue) and one.steps for one in values) else ()
    if not listed_only and not any(may_be_missing(one) or _has_bands(one) for one in values):
        return moving
    text = "Records for which this is not recorded form a group of their own."
    if not listed_only:
        return (text, *moving)
    return (text, "To it also belong those of an organization that is not a Provider.", *moving)


def _has_bands(value: Record) -> bool:
    """Whether a value may lie below all bands."""
    return any(isinstance(one, Banded) for one in everything(value))
