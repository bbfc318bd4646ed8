"""When a result can't be stated yet: too few records, time that is not over, days from before the data begin."""

from collections.abc import Iterator

from acmspec.english import numbers, windows
from acmspec.english.groups import aggregates
from acmspec.english.records import Speaker
from acmspec.english.said import Said, joined
from acmspec.english.words import humanised, quoted
from acmspec.program.aggregates import Part, aggregate
from acmspec.program.counting import counts_records
from acmspec.program.record import Conditional
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Group, GroupArithmetic, GroupDefined, Measure, Quotient, Reach, Window
from acmspec.report.clauses_draft import Draft, capital, para, single_aggregate
from acmspec.report.paragraphs import followed, paragraph
from acmspec.report.tree import Paragraph

_EARLY = "This also holds where the answer is known before."


def small_numbers(draft: Draft, measure: Measure, anchor: str) -> Paragraph:
    """From how many records on a result is stated."""
    many, single = _resting_on(draft, measure), single_aggregate(measure)
    if measure.minimum <= 1:
        text = f"The Agency states a result for any number of {many}, {_none(measure, single)}."
    else:
        text = (
            f"If fewer than {measure.minimum:,} {many} {_who_counts(measure, single)}, "
            "the Agency states their number but no result. The result is then “too few”."
        )
    return para(text, head="Small numbers", anchor=f"{anchor}.minimum")


def _resting_on(draft: Draft, measure: Measure) -> str:
    """The records whose number a minimum is about: those below the line of a fraction, else all of them."""
    below = _below(measure)
    sets = () if below is None else tuple(one.population for one in aggregates(below))
    return numbers.series(draft.many(sets)) if sets else draft.counted(measure).many


def _below(measure: Measure) -> Group | None:
    """What a measure divides by, if it is a fraction."""
    formula = measure.formula
    while isinstance(formula, GroupDefined):
        formula = formula.body
    match formula:
        case GroupArithmetic(operator="/", right=below) | Quotient(denominator=below):
            return below
    return None


def _none(measure: Measure, single: Aggregate | None) -> str:
    """What holds without any record: a count or a total is zero then, unless one record at least is asked for."""
    below = _below(measure)
    is_of_records = below is not None and any(aggregates(below))
    if single is None and not measure.minimum and not is_of_records:
        return "also for none if it can be worked out without any"
    is_zero = single is not None and single.function in {"count", "count distinct", "sum"}
    return "also for none" if is_zero and not measure.minimum else "unless none is measured"


def _who_counts(measure: Measure, single: Aggregate | None) -> str:
    """Which records the minimum is about: those a share is of, those with a number, else the whole set."""
    judged = " and can be judged" if measure.maturity == "each record" else ""
    if counts_records(measure.formula):
        return f"are measured{judged}"
    if single is not None and single.weight is not None:
        return f"are measured and have their weight recorded{judged}"
    if single is not None and Part.KNOWN in aggregate(single.function).parts:
        return f"are measured and have their value recorded{judged}"
    if single is None or single.where is None:
        return "are measured"
    return "belong to the Measurement Period, whether measured or not"


def not_yet_mature(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What must be over before a record is judged, and what holds until then."""
    many, head, path = draft.counted(measure).many, "Not yet mature", f"{anchor}.maturity"
    waits = _waits(draft, measure)
    if not waits:
        yield para(
            f"The {many} of a Measurement Period can be judged as soon as they are recorded.", head=head, anchor=path
        )
    elif measure.maturity == "judge now":
        text = f"The Agency judges the {many} by what is recorded on the Data Date. It does not wait for later records."
        yield para(text, head=head, anchor=path)
    else:
        for at, (one, until) in enumerate(waits.items()):
            more = (_EARLY, _until_then(draft, measure)) if at == len(waits) - 1 else ()
            opening = f"{capital(numbers.article(one))} can be judged once "
            said = joined(tuple(Said(f"{time}, and {source}") for time, source in until), "and")
            if len(until) == 1:
                said, more = Said(until[0][0]), (f"{capital(until[0][1]).replace(' is ', ' must be ')}.", *more)
            yield from followed(paragraph(said.after(opening), head=head, anchor=path), more, head)
    yield from _before_the_data(draft, measure, path)


def _until_then(draft: Draft, measure: Measure) -> str:
    """What holds while a record can't be judged."""
    if measure.maturity == "all records":
        return (
            f"The Agency states no result until it can judge {_everyone(draft, measure)} "
            "Until then the result is “immature”."
        )
    own = capital(numbers.article(draft.counted(measure).one))
    return (
        f"{own} that cannot be judged yet stays out of the result until it can be. "
        "As long as there is no result without such records, it is “immature”."
    )


def _before_the_data(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What becomes of records that look at days before a source is complete."""
    since = {one.name: one.complete_from for one in draft.program.stores if one.complete_from is not None}
    tables = dict.fromkeys(day.table for one in aggregates(measure.formula) for day in _first_days(one))
    own = capital(numbers.article(draft.counted(measure).one))
    modes = {
        "all records": "As long as a result has one, it is “missing”.",
        "each record": "It stays out of the result.",
        "judge now": "The Agency judges it by the records there are.",
    }
    for name in (one for one in tables if one in since):
        text = (
            f"The source {quoted(humanised(name))} is complete from {numbers.day(since[name])} on. "
            f"{own} that is judged by earlier days too cannot be judged for certain. {modes[measure.maturity]}"
        )
        yield para(text, head="Before the data begin", anchor=anchor)


def _first_days(one: Aggregate) -> Iterator[Reach]:
    return (day for day in parts(one.reaches) if isinstance(day, Reach))


def _everyone(draft: Draft, measure: Measure) -> str:
    """Who must be judged before there is a result: a measure's own condition comes after waiting, and narrows less."""
    many, single = draft.counted(measure).many, single_aggregate(measure)
    if single is None or single.where is None:
        return f"every one of the {many} measured."
    except_for = " It does not include those left out." if single.population.exclude else ""
    return f"every one of the {many} of the Measurement Period. This includes those that are not measured.{except_for}"


def _waits(draft: Draft, measure: Measure) -> dict[str, tuple[tuple[str, str], ...]]:
    """What must be true before a record can be judged, by what the record is called: times, and sources for them."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for one in aggregates(measure.formula):
        if one.judging is not None and one.judging.at_once and measure.maturity != "judge now":
            continue
        speaker, noun = draft.say.of(one.population), draft.words.nouns(one.population).one
        for window in one.windows:
            found.setdefault(noun, {})[_wait(window, speaker)] = None
    return {noun: tuple(each) for noun, each in found.items()}


def _wait(window: Window, speaker: Speaker) -> tuple[str, str]:
    """What must be over, and which source must be complete through it."""
    complete = f"the source {quoted(humanised(window.table))} is complete through"
    passed = windows.passed(window.anchor, window.length, speaker.value)
    if passed:
        return passed, f"{complete} the last day of this time"
    last = windows.end(window.anchor, speaker.value)
    return f"{last} is {'recorded and ' if isinstance(window.anchor, Conditional) else ''}over", f"{complete} that day"
