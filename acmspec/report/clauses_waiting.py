"""When a result can't be stated: too few records, time not over, records that did not come or do not say."""

from collections.abc import Iterator

from acmspec.english import numbers, windows
from acmspec.english.groups import aggregates
from acmspec.english.records import Speaker
from acmspec.english.words import humanised, quoted
from acmspec.ground.calendar import Length
from acmspec.program.aggregates import Part, aggregate
from acmspec.program.record import Conditional
from acmspec.program.tree import Aggregate, Measure, Window
from acmspec.report.clauses_draft import Draft, capital, counting, para, single_aggregate
from acmspec.report.tree import Paragraph
from acmspec.results.measured import counts_records
from acmspec.spec.tree import IN_BOTH, LEFT_OUT

_FIGURES = {"sum": "total", "average": "average", "median": "median", "count distinct": "number"}


def small_numbers(draft: Draft, measure: Measure, anchor: str) -> Paragraph:
    """From how many records on a result is stated."""
    many = draft.nouns(measure).many
    single = single_aggregate(measure)
    if measure.minimum <= 1:
        text = f"The Agency states a result for any number of {many}, {_none(measure, single)}."
    else:
        text = (
            f"If fewer than {measure.minimum:,} {many} {_who_counts(measure, single)}, "
            "the Agency states their number but no result. The result is then “too few”."
        )
    return para(text, head="Small numbers", anchor=f"{anchor}.minimum")


def _none(measure: Measure, single: Aggregate | None) -> str:
    """What holds without any record: a count or a total is zero then, unless one record at least is asked for."""
    is_zero = single is not None and single.function in {"count", "count distinct", "sum"}
    return "also for none" if is_zero and not measure.minimum else "unless none is measured"


def _who_counts(measure: Measure, single: Aggregate | None) -> str:
    """Which records the minimum is about: those a share is of, those with a number, else the whole set."""
    if counts_records(measure.formula):
        return "are measured and can be judged" if measure.maturity == "each record" else "are measured"
    if single is not None and Part.KNOWN in aggregate(single.function).parts:
        judged = " and can be judged" if measure.maturity == "each record" else ""
        return f"are measured and have their value recorded{judged}"
    if single is None or single.where is None:
        return "are measured"
    return "belong to the Measurement Period, whether measured or not"


def not_yet_mature(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What must be over before a record is judged, and what holds until then."""
    nouns = draft.nouns(measure)
    one, many = nouns.one, nouns.many
    waits = tuple(dict.fromkeys(_waits(draft, measure)))
    own = capital(numbers.article(one))
    modes = {
        "all records": f"The Agency states no result until it can judge {_everyone(draft, measure)} "
        "Until then the result is “immature”.",
        "each record": f"{own} that cannot be judged yet stays out of the result until it can be. "
        "As long as there is no result without such records, it is “immature”.",
        "judge now": f"The Agency judges the {many} on the Data Date, even if this time is not over.",
    }
    text = f"{' '.join(waits)} {modes[measure.maturity]}".strip()
    if not waits:
        text = f"The {many} of a Measurement Period can be judged as soon as they are recorded."
    yield para(text, head="Not yet mature", anchor=f"{anchor}.maturity")
    yield from _before_the_data(draft, measure, f"{anchor}.maturity")


def _before_the_data(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What becomes of records that look at days before a source is complete."""
    since = {one.name: one.complete_from for one in draft.program.stores if one.complete_from is not None}
    tables = dict.fromkeys(reach.table for one in aggregates(measure.formula) for reach in one.reaches)
    own = capital(numbers.article(draft.nouns(measure).one))
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


def _everyone(draft: Draft, measure: Measure) -> str:
    """Who must be judged before there is a result: a measure's own condition comes after waiting, and narrows less."""
    many, single = draft.nouns(measure).many, single_aggregate(measure)
    if single is None or single.where is None:
        return f"every one of the {many} measured."
    except_for = " It does not include those left out." if single.population.exclude else ""
    return f"every one of the {many} of the Measurement Period. This includes those that are not measured.{except_for}"


def _waits(draft: Draft, measure: Measure) -> Iterator[str]:
    for found in aggregates(measure.formula):
        speaker, one = draft.say.of(found.population), draft.words.nouns(found.population).one
        for window in found.windows:
            if window.length != Length() or windows.is_reckoned(window.anchor):
                yield _wait(window, speaker, capital(numbers.article(one)))


def _wait(window: Window, speaker: Speaker, one: str) -> str:
    source = quoted(humanised(window.table))
    if window.length == Length():
        last = windows.end(window.anchor, speaker.value)
        known = " is recorded and" if isinstance(window.anchor, Conditional) else ""
        return (
            f"{one} can be judged once {last}{known} is over. The source {source} must be complete through that day. "
            "This also holds where the answer is known before."
        )
    return (
        f"{one} can be judged once {numbers.length(window.length)} have passed since {speaker.value(window.anchor)}. "
        f"The source {source} must be complete through the last of these days. "
        "This also holds where the answer is known before."
    )


def missing(draft: Draft, measure: Measure, anchor: str) -> Iterator[Paragraph]:
    """What happens to records that do not say, and to providers that did not report."""
    functions = {one.function for one in aggregates(measure.formula)}
    nouns = draft.nouns(measure)
    own = capital(numbers.article(nouns.one))
    if functions == {"share"}:
        words = counting(measure)
        end = _unknown(measure, is_success=words.head != "Counted")
        text = f"{own} whose record does not show whether it {words.one_counts} {end}."
    elif functions & {"sum", "average", "median", "count distinct"}:
        lacking = numbers.series(tuple(word for function, word in _FIGURES.items() if function in functions), "or")
        text = f"{own} whose record does not show the value is measured. It has no part in the {lacking}."
    else:
        text = f"{own} whose record does not show that a condition is true does not meet this condition."
    text += " The Agency counts such records and states their number."
    yield para(text, head="Missing data", anchor=f"{anchor}.missing_is")
    for name in draft.tables(measure):
        yield from _silent(draft, name)


def _unknown(measure: Measure, *, is_success: bool) -> str:
    """Where a record counts whose whole condition is missing."""
    if measure.missing_is == LEFT_OUT:
        return "is left out of both numbers"
    if measure.missing_is == IN_BOTH:
        return f"is measured and {'counts as a success' if is_success else 'is counted'}"
    return f"is measured and {'does not count as a success' if is_success else 'is not counted'}"


def _silent(draft: Draft, name: str) -> Iterator[Paragraph]:
    store = next((one for one in draft.program.stores if one.name == name), None)
    if store is None or store.roll is None:
        return
    dated = draft.words.phrase(store.roll.dated)
    period = numbers.period(store.roll.every)
    text = (
        f"Each Provider must send at least one of its {store.many} with {numbers.article(dated)} in each {period}. "
        f"This holds for each {period} that lies wholly within its agreement, once the source is complete through it. "
        f"{capital(numbers.article(store.one))} that is not valid does not count. "
        f"If it sends none, its result is “missing” for every Measurement Period that includes a day of this {period}."
    )
    yield para(text, head="Missing reports", anchor=f"data.{name}.reporting")
