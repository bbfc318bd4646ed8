"""The records a sentence speaks of, and how a formula names what they have; it must not know any phrase."""

from typing import NamedTuple

from acmspec.english.names import Names
from acmspec.english.phrases import Phrase
from acmspec.english.problems import Unreadable, unknown_here
from acmspec.english.words import as_name
from acmspec.formula.lexer import RESERVED, Token
from acmspec.formula.tree import Formula, Name
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.record import Column


class Seen(NamedTuple):
    """A record in sight: its table, how it is called (`Later Stay`), and its alias in the formula."""

    table: str
    called: str
    alias: str


class Value(NamedTuple):
    """A value read: its formula, the column whose codes it can be compared with, whether it is a condition."""

    formula: Formula
    column: Column | None = None
    is_condition: bool = False


class AliasNeeded(Exception):  # noqa: N818  (a reason to read again, not an error)
    """A bare name would be one of two records; `depth` counts the records in sight from outside, from 0."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.depth = depth


Sight = tuple[Seen, ...]
"""The records in sight, the innermost first."""


def words_of(path: Phrase) -> list[Token]:
    """The words of `the A of the B of the C`, from A on."""
    found: list[Token] = []
    one: object = path
    while isinstance(one, Phrase):
        last = one.parts[-1]
        if isinstance(last, Token):
            found.append(last)
        one = one.parts[0]
    return found[::-1]


def named_value(path: Phrase, sight: Sight, names: Names, span: Span) -> Value:
    """The field or definition that a path names."""
    first, *rest = words_of(path)
    at, steps, table = _way(rest, sight, names, span)
    found = names.values(table).get(first.text)
    if found is None:
        one = sight[at].called if not steps else rest[0].text
        raise Unreadable(unknown_here(span, first.text, f"the {one}", offer(first.text, names.values(table))))
    return Value(name_of(found.name, steps, at, sight, names, span), found.column, found.is_condition)


def named_steps(path: Phrase, sight: Sight, names: Names, span: Span) -> tuple[Name, str]:
    """The steps of a path to another record, and the table it lies in."""
    at, steps, table = _way(words_of(path), sight, names, span)
    if not steps:
        raise Unreadable(unknown_here(span, sight[at].called, "another record", ""))
    return name_of(steps[-1], steps[:-1], at, sight, names, span, more=True), table


def named_record(path: Phrase, sight: Sight, names: Names, span: Span) -> tuple[list[str], int, str]:
    """The record that is the subject of a verb phrase: steps to it, the place in sight they start from, its table."""
    *steps, last = words_of(path)
    at = _called(last, sight, span)
    found, table = _follow(steps, sight[at].table, names, span)
    return found, at, table


def own_record(path: Phrase, sight: Sight, span: Span) -> None:
    """Refuse any record but the one at hand."""
    *steps, last = words_of(path)
    if steps or last.text != sight[0].called:
        fix = f"Say it of the {sight[0].called}, or define it for the other records."
        raise Unreadable(unknown_here(span, span.text, f"the {sight[0].called}, whose own days are meant here", fix))


def _way(words: list[Token], sight: Sight, names: Names, span: Span) -> tuple[int, list[str], str]:
    """Which record in sight words lead from, over which steps, to which table; they are said from the end on."""
    at = 0
    if len({one.called for one in sight}) > 1:
        if not words:
            fix = "Say of which: " + " or ".join(f"“of the {one.called}”" for one in sight) + "."
            raise Unreadable(unknown_here(span, span.text, "one of the records in sight", fix))
        *words, last = words
        at = _called(last, sight, span)
    steps, table = _follow(words, sight[at].table, names, span)
    return at, steps, table


def _called(word: Token, sight: Sight, span: Span) -> int:
    for at, one in enumerate(sight):
        if one.called == word.text:
            return at
    fix = offer(word.text, [one.called for one in sight])
    raise Unreadable(unknown_here(span, word.text, "a record that is spoken of here", fix))


def _follow(words: list[Token], table: str, names: Names, span: Span) -> tuple[list[str], str]:
    steps: list[str] = []
    for word in reversed(words):
        way = names.ways(table).get(word.text)
        if way is None:
            one = names.words.record(table).one
            raise Unreadable(unknown_here(span, word.text, f"the {one}", offer(word.text, names.ways(table))))
        steps.append(way.name)
        table = way.step.table
    return steps, table


def name_of(  # noqa: PLR0913, PLR0917  (what a name depends on)
    last: str, steps: list[str], at: int, sight: Sight, names: Names, span: Span, *, more: bool = False
) -> Name:
    """The path of a value over steps from a record in sight, which stands alone only where it can mean one thing."""
    parts = (*steps, last)
    if sight[at].alias:
        return Name((sight[at].alias, *parts), span)
    more = more or len(parts) > 1
    for other, one in enumerate(sight):
        taken = more and len(parts) > 1 and one.alias == parts[0]
        if taken or (other != at and not one.alias and names.is_name(one.table, parts[0])):
            raise AliasNeeded(len(sight) - 1 - min(other, at))
    return Name(parts, span)


def new_alias(called: str, noun: str, sight: Sight, names: Names) -> str:
    """The alias of a record that is called so: its words without the noun, where nothing else has that name."""
    short = called.removesuffix(noun).strip() if called != noun else called
    for words in (short or called, called, f"{called} It"):
        alias = as_name(words)
        if alias in RESERVED:
            alias = alias.capitalize()
        if not alias[:1].isalpha():
            continue
        if all(one.alias != alias and not names.is_name(one.table, alias) for one in sight):
            return alias
    return f"r{len(sight)}"
