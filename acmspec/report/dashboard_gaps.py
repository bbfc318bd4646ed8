"""What could not be told of the records behind each measure, and why, in words; no result is judged here."""

from collections.abc import Callable, Mapping

from acmspec.english.words import Vocabulary
from acmspec.program.gap import (
    BELOW,
    DOUBTFUL,
    EXCLUDE,
    GROUP,
    JUDGING,
    KEEP,
    MISSING,
    NEGATIVE,
    NO_ENTITY,
    NO_LENGTH,
    NO_RECORD,
    NOT_LINKED,
    NOT_REACHED,
    WHERE,
    Gap,
)
from acmspec.program.record import Column
from acmspec.program.tree import Program
from acmspec.report import dashboard_words as words
from acmspec.report.dashboard_marks import latest_judged
from acmspec.report.tree import Grid
from acmspec.results.tree import Result, Results, State

_OPEN = {
    JUDGING: "Whether it counts",
    WHERE: "Whether it belongs; left out",
    KEEP: "Which to choose; left out",
    EXCLUDE: "Whether to leave it out; kept",
    GROUP: "Which group it is in; counted in none",
}
"""What a gap leaves open, and what becomes of the record."""


def gaps(program: Program, results: Results) -> Grid | None:
    """For each measure, in the period the page shows of it, what was left open by which gap; None if nothing was."""
    vocabulary = Vocabulary(program.spec)
    rows: list[tuple[str, ...]] = []
    for one in results.metrics:
        latest = latest_judged(one)
        if latest is None or latest.state is State.MISSING:
            continue
        period = words.period(latest.period, one.measure.every, one.measure.window)
        rows += [
            (one.measure.title, period, _OPEN[gap.at], reason(gap, vocabulary), f"{count:,}")
            for gap, count in latest.gaps
        ]
    heads = ("Measure", "Period", "What is open", "Because", "Records")
    return Grid(heads, tuple(rows), (4,), "What the data could not tell") if rows else None


def left_out(results: Results) -> Grid | None:
    """For each measure, in the period the page shows of it, who was left out and why; None if nobody was."""
    rows: list[tuple[str, ...]] = []
    for one in results.metrics:
        latest = latest_judged(one)
        if latest is None or latest.state is State.MISSING:
            continue
        period = words.period(latest.period, one.measure.every, one.measure.window)
        rows += [
            (one.measure.title, period, words.sentence(left.because), f"{count:,}") for left, count in latest.left_out
        ]
    heads = ("Measure", "Period", "Left out because", "Records")
    return Grid(heads, tuple(rows), (3,), "Left out of the measures") if rows else None


def unjudged(result: Result) -> str:
    """How many records of a result could not be judged; empty if all could."""
    return f"{result.unjudged:,} could not be judged" if result.unjudged else ""


def reason(gap: Gap, vocabulary: Vocabulary) -> str:
    """A gap in words: "Exit Date not recorded", "Client not found in Clients"."""
    return _REASONS[gap.why](gap, vocabulary)


def _value(gap: Gap, vocabulary: Vocabulary) -> str:
    """What a value is called: a field's phrase, a definition's term, or what it is for."""
    if gap.table:
        return _field(gap, vocabulary)
    return vocabulary.term(gap.of) if vocabulary.definition(gap.of) else f"The {gap.of}"


def _field(gap: Gap, vocabulary: Vocabulary) -> str:
    """The phrase of a missing field, with the record it stands in where that is not the one measured."""
    *steps, name = gap.of.split(".")
    phrase = vocabulary.phrase(Column(gap.table, name))
    return f"{phrase} of the {vocabulary.record(gap.table).one}" if steps else phrase


_REASONS: Mapping[str, Callable[[Gap, Vocabulary], str]] = {
    MISSING: lambda gap, words: f"{_field(gap, words)} not recorded",
    NO_ENTITY: lambda gap, words: f"No {words.entity(gap.of)} recorded, so nothing can be linked",
    NOT_LINKED: lambda gap, words: f"{words.entity(gap.of)} has no record of its own",
    NO_RECORD: lambda gap, words: f"No {words.record(gap.of).one} found",
    DOUBTFUL: lambda gap, words: f"{words.record(gap.of).many} lack what decides whether they match",
    NOT_REACHED: lambda gap, words: f"The total of {words.record(gap.of).many} stays below the amount to be reached",
    NO_LENGTH: lambda gap, words: f"{_value(gap, words)} is below zero or over 100 years, so that no window ends",
    NEGATIVE: lambda gap, words: f"{_value(gap, words)} is below zero",
    BELOW: lambda gap, _: f"Below the first band, “{gap.of}”",
}
"""What is said of each reason for a gap."""
