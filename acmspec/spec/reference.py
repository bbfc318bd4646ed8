"""The keys of `lists`, `figures` and `calendars`: what is written out, and which file and column hold the rest."""

from datetime import date
from functools import partial
from typing import Any

from acmspec.document.tree import Mapping, Node, Scalar
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.enclosures import WEEKDAYS, Calendar, CodeList, Enclosed, Figure
from acmspec.spec.pieces import DAY, NAME, NOUN, VALUE, WORDS
from acmspec.spec.shape import FAULT, As, Choice, Desk, Either, Key, ListOf, MapOf, Record, Shape, Text
from acmspec.spec.structure import head
from acmspec.spec.tree import Noun
from acmspec.spec.written import WRONG_STRUCTURE

TWICE = Problem(
    code="ACM119",
    title="the same item twice",
    cause="A list holds each of its items once; a second time is a slip, perhaps for another item.",
    fix="Remove it, or write the one that is meant.",
    contract="Each item of a list must stand in it once.",
)
PROBLEMS = (TWICE,)


@node
class Shown:
    """Keys for which people write something shorter: what stands here instead is answered with an example."""

    shape: Shape
    example: str

    def decode(self, node: Node, desk: Desk) -> Any:
        """What the shape makes of keys; anything else that is written is a fault with the example."""
        if isinstance(node, Mapping) or (isinstance(node, Scalar) and node.is_null):
            return self.shape.decode(node, desk)
        message = f"{desk.here} must say more than this"
        fix = f"Write, for example, {self.example}."
        return desk.report(WRONG_STRUCTURE, head(node), message, label="expected keys in { }", fix=fix)

    def schema(self) -> dict[str, object]:
        """JSON Schema: that of the keys."""
        return self.shape.schema()


@node
class Distinct:
    """A list in which no value stands twice: a tuple of `Located`."""

    shape: Shape
    least: int = 0

    def decode(self, node: Node, desk: Desk) -> Any:
        """The sound items in order, each once; a repetition is reported."""
        found = ListOf(self.shape, least=self.least).decode(node, desk)
        if found is FAULT:
            return FAULT
        first: dict[object, Located[Any]] = {}
        for one in found:
            if one.value in first:
                desk.report(TWICE, one.span, f"“{one.value}” stands twice in {desk.here}", label="the second time")
            first.setdefault(one.value, one)
        return tuple(first.values())

    def schema(self) -> dict[str, object]:
        """JSON Schema: an array of different items."""
        return ListOf(self.shape, least=self.least).schema() | {"uniqueItems": True}


_FROM_FILE = frozenset({"file", "column"})


@node
class ListShape:
    """Codes in a list, codes with what they mean, or the file and column that hold them: an unnamed `CodeList`."""

    def decode(self, node: Node, desk: Desk) -> Any:
        """The list without its name, or a fault."""
        if isinstance(node, Scalar) and node.text.lower().endswith((".csv", ".tsv", ".txt")):
            return Shown(_LIST_FILE, f"{{file: {node.text}, column: code}}").decode(node, desk)
        if not isinstance(node, Mapping):
            return _CODES.decode(node, desk)
        is_file = any(entry.key.text in _FROM_FILE for entry in node.entries)
        return (_LIST_FILE if is_file else _LABELLED).decode(node, desk)

    def schema(self) -> dict[str, object]:
        """JSON Schema: any of the forms."""
        labelled = _LABELLED.schema() | {"propertyNames": {"not": {"enum": sorted(_FROM_FILE)}}}
        return {"anyOf": [_CODES.schema(), _LIST_FILE.schema(), labelled]}


def _listed(codes: tuple[Located[str], ...]) -> "partial[CodeList]":
    return partial(CodeList, codes=codes)


def _labelled(pairs: tuple[tuple[Located[str], str], ...]) -> "partial[CodeList]":
    codes = tuple(code for code, _ in pairs)
    return partial(CodeList, codes=codes, labels=tuple((code.value, label) for code, label in pairs))


def _of_file(file: Enclosed) -> "partial[CodeList]":
    return partial(CodeList, codes=(), file=file)


def _enclosed(span: Span, file: Located[str], column: Located[str], label: Located[str] | None = None) -> Enclosed:
    return Enclosed(file, column, label, span)


_FILE = (Key("file", Text("a file’s path"), required=True), Key("column", Text("a column’s name"), required=True))
_CODES = As(Distinct(Text(), least=1), _listed)
_LABELLED = As(MapOf(WORDS, names=None, least=1), _labelled)
_LIST_FILE = As(Record("a list from a file", _enclosed, (*_FILE, Key("label", Text("a column’s name")))), _of_file)
LISTS = MapOf(ListShape(), named=True)


# --- figures ------------------------------------------------------------------------------------------------


def _figure(span: Span, noun: Noun | None, **values: Any) -> "partial[Figure]":
    return partial(Figure, span=span, noun=None if noun is None else (noun.one, noun.many), **values)


def _own_columns(names: tuple[Located[str], ...]) -> tuple[tuple[Located[str], str], ...]:
    return tuple((name, name.value) for name in names)


_FIGURE = Shown(
    Record(
        "a figure",
        _figure,
        (
            Key("file", Text("a file’s path"), required=True),
            Key("value", Text("a column’s name"), required=True),
            Key(
                "by",
                Either(sequence=As(Distinct(NAME, least=1), _own_columns), mapping=MapOf(WORDS, least=1)),
                required=True,
            ),
            Key("type", As(Choice("integer", "decimal", "money"), VALUE), default="integer"),
            Key("noun", NOUN),
            Key("over_groups", As(Choice("sum", "none"), VALUE), default="none"),
            Key("over_time", As(Choice("sum", "average", "first", "last", "none"), VALUE), default="none"),
        ),
    ),
    "{file: census.csv, value: persons, by: [county, year], over_groups: sum, over_time: last}",
)
FIGURES = MapOf(_FIGURE, named=True)


# --- calendars ----------------------------------------------------------------------------------------------


def _calendar(
    span: Span, weekend: tuple[Located[str], ...] | None, holidays: "tuple[date, ...] | Enclosed", **values: Any
) -> "partial[Calendar]":
    off = ("Saturday", "Sunday") if weekend is None else tuple(one.value for one in weekend)
    return partial(
        Calendar,
        weekend=tuple(sorted(WEEKDAYS.index(one) for one in off)),
        holidays=() if isinstance(holidays, Enclosed) else holidays,
        file=holidays if isinstance(holidays, Enclosed) else None,
        span=span,
        **values,
    )


def _days(found: tuple[Located[date], ...]) -> tuple[date, ...]:
    return tuple(sorted(one.value for one in found))


_HOLIDAYS = Either(
    scalar=Shown(Record("holidays from a file", _enclosed, _FILE), "{file: holidays.csv, column: day}"),
    sequence=As(Distinct(DAY), _days),
    mapping=Record("holidays from a file", _enclosed, _FILE),
)
_CALENDAR = Shown(
    Record(
        "a calendar",
        _calendar,
        (
            Key("weekend", Distinct(Choice(*WEEKDAYS))),
            Key("holidays", _HOLIDAYS, default=()),
            Key("from", DAY, into="first"),
            Key("through", DAY, into="last"),
        ),
    ),
    "{holidays: {file: holidays.csv, column: day}}",
)
CALENDARS = MapOf(_CALENDAR, named=True)
