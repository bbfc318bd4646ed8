"""Small shapes that several parts of a spec share: names, words, shares, terms, lines that say what to keep."""

import re
from fractions import Fraction
from operator import attrgetter

from acmspec.document.tree import Node
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.amounts import amount
from acmspec.spec.formulas import inside
from acmspec.spec.shape import (
    FAULT,
    As,
    Day,
    Desk,
    Duration,
    Either,
    EveryWord,
    Fault,
    Flag,
    Identifier,
    Key,
    ListOf,
    Path,
    Quantity,
    Record,
    Text,
    Whole,
    Written,
)
from acmspec.spec.tree import Keep, Noun, Term
from acmspec.spec.written import SNAKE, scalar_of, words

NOT_A_STEP = Problem(
    code="ACM116",
    title="not a way to choose records",
    cause="A choice says which record, of whom, in each period and in which order; acmspec knows one form for it.",
    fix="Write, for example, last per client in each period by exit_date, enrollment_id.",
    contract="The contract must say which record counts where a person has several.",
)
PROBLEMS = (NOT_A_STEP,)

VALUE = attrgetter("value")
NAME = Identifier()
NAMES = ListOf(NAME)
PATHS = ListOf(Path())
WORDS = As(Text(), VALUE)
DAY = Day()
MONEY = Quantity("money")
LENGTH = As(Duration(), VALUE)
EVERY = As(EveryWord(), VALUE)
FLAG = As(Flag(), VALUE)
NUMBER = As(Whole(), VALUE)


def unknown(span: Span) -> Located[str]:
    """What stands in for a text that could not be read."""
    return Located("…", span)


def unknown_words(_: Span) -> str:
    """What stands in for words that could not be read."""
    return "…"


def _share(match: re.Match[str]) -> Fraction:
    return amount(match.group()).value


SHARE = As(
    Written(r"(100(\.0{1,10})?|[0-9]{1,2}(\.[0-9]{1,10})?) ?%", "a percentage from 0% to 100%", "1%", _share),
    VALUE,
)


def _noun(one: str, many: str, span: Span) -> Noun:
    del span
    return Noun(one, many)


NOUN = Record(
    "a noun",
    _noun,
    (
        Key("one", WORDS, required=True, stand_in=unknown_words),
        Key("many", WORDS, required=True, stand_in=unknown_words),
    ),
)
TERM = Record(
    "a term", Term, (Key("from", DAY, required=True, into="first"), Key("to", DAY, required=True, into="last"))
)


@node
class KeepShape:
    """`first` or `last` per names in each period by names: a `Keep` whose names have their places."""

    def decode(self, node: Node, desk: Desk) -> Keep | Fault:
        """The step, or a fault with the form."""
        scalar = scalar_of(node, desk, "a line such as “last per client in each period by exit_date”")
        if scalar is FAULT:
            return FAULT
        source = scalar.span.source
        start, end = inside(scalar)
        match = _KEEP.fullmatch(source.text, start, end) if _KEEP.fullmatch(words(scalar)) else None
        if match is None:
            message = f"“{words(scalar)[:60]}” does not say which record to keep"
            label = "expected “first/last per … in each period by …”"
            split = re.fullmatch(SNAKE, words(scalar))
            fix = "Between [ and ] a comma ends the line: write it on a line of its own that starts with “- ”."
            return desk.report(NOT_A_STEP, scalar.span, message, label=label, fix=fix if split else "")
        entities, by = (_located(scalar.span, match, group) for group in ("entities", "by"))
        return Keep(match["choice"], entities, by, scalar.span)

    def schema(self) -> dict[str, object]:
        """JSON Schema: a string of the form."""
        return {"type": "string", "pattern": f"^{_FORM}$", "examples": ["last per client in each period by exit_date"]}


_FORM = (
    rf"\s*(first|last)\s+per\s+{SNAKE}(\s+and\s+{SNAKE})*"
    rf"\s+in\s+each\s+period\s+by\s+{SNAKE}(\s*,\s*{SNAKE})*\s*"
)
_KEEP = re.compile(
    rf"\s*(?P<choice>first|last)\s+per\s+(?P<entities>{SNAKE}(?:\s+and\s+{SNAKE})*)"
    rf"\s+in\s+each\s+period\s+by\s+(?P<by>{SNAKE}(?:\s*,\s*{SNAKE})*)\s*"
)


def _located(span: Span, match: re.Match[str], group: str) -> tuple[Located[str], ...]:
    start = match.start(group)
    names = [one for one in re.finditer(SNAKE, match[group]) if one.group() != "and"]
    return tuple(Located(one.group(), Span(span.source, start + one.start(), start + one.end())) for one in names)


def _one_name(name: Located[str]) -> tuple[Located[str], ...]:
    return (name,)


NAME_OR_NAMES = Either(scalar=As(NAME, _one_name), sequence=ListOf(NAME, least=1))
PATH_OR_PATHS = Either(scalar=As(Path(), _one_name), sequence=ListOf(Path(), least=1))
KEEP = Either(scalar=As(KeepShape(), lambda step: (step,)), sequence=ListOf(KeepShape()))
