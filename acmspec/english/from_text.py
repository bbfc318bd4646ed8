"""The door from English to a formula: the text's phrases, then what they say; how it was worded is judged elsewhere."""

from acmspec.english import group_from_phrases, names, phrases
from acmspec.english.problems import Unreadable
from acmspec.english.record_from_phrases import RecordReader
from acmspec.english.sight import Seen
from acmspec.formula.literals import Unbuildable
from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.source import Source


def read(source: Source, words: names.Names, table: str | None = None) -> Outcome[Formula]:
    """The formula a text says: about one record of `table`, else about a group; never raises. Codes ACM250 to ACM257.

    Places in the formula are places in the text, so that what is wrong with its meaning is shown there.
    """
    parsed = phrases.parse(source, words.lexicon)
    if parsed.value is None:
        return Outcome(None, parsed.diagnostics)
    try:
        return Outcome(_read(parsed.value, words, table))
    except (Unreadable, Unbuildable) as refused:
        return Outcome(None, (refused.diagnostic,))


def _read(block: phrases.Block, words: names.Names, table: str | None) -> Formula:
    if table is None:
        return group_from_phrases.GroupReader(words).line(block)
    sight = (Seen(table, words.words.record(table).one, ""),)
    return RecordReader(words).said(block, sight)
