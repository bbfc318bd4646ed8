"""The door from a meaning to English: the one text that says it, or why there is none that a person can read."""

from acmspec.english import from_text
from acmspec.english.groups import Announcer
from acmspec.english.lines import TOO_DEEP, is_readable, written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from acmspec.english.said import Said
from acmspec.ground.diagnostic import Outcome, Problem
from acmspec.ground.source import Source, Span
from acmspec.program.from_formula import group_meaning, record_meaning
from acmspec.program.record import Record
from acmspec.program.tree import Group

TWO_READINGS = Problem(
    "ACM259",
    "a formula whose words could be read in two ways",
    "The words that the spec declares run into one another in this sentence, so that it says something else.",
    "Change the name behind “as”, or the phrase, noun or term that the sentence uses, so that no word starts with "
    "another one.",
    "A condition must have one clear meaning.",
)
PROBLEMS = (TWO_READINGS,)


def say(meaning: Group | Record, names: Names, place: Span, table: str | None = None) -> Outcome[str]:
    """The text of a formula's meaning; about one record of `table`, else about a group. It reads back as the same."""
    said = spoken(meaning, names, table)
    if not is_readable(said):
        message = "in English, this formula has more levels or longer lists than a person can follow"
        return Outcome(None, (TOO_DEEP.at(place, message, label="too deep"),))
    text = written(said)
    if understood(text, names, table) != normal(meaning):
        message = "in English, this formula would read as another"
        return Outcome(None, (TWO_READINGS.at(place, message, label="two readings"),))
    return Outcome(text)


def spoken(meaning: Group | Record, names: Names, table: str | None = None) -> Said:
    """What is said of a meaning, however deep it is."""
    speaker = Announcer(names.words)
    if table is None or not isinstance(meaning, Record):
        if isinstance(meaning, Record):
            raise TypeError("a meaning about one record needs its table")
        return speaker.group(meaning)
    return speaker.of_records(table).said(meaning)


def understood(text: str, names: Names, table: str | None = None) -> Group | Record | None:
    """The normal form of what a text means; None where it means nothing."""
    formula = from_text.read(Source("text", text), names, table)
    if formula.value is None:
        return None
    if table is None:
        group = group_meaning(names.spec, formula.value)
        return None if group.value is None else normal(group.value)
    record = record_meaning(names.spec, formula.value, table)
    return None if record.value is None else normal(record.value)
