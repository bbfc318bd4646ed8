"""The keys of `data`: tables, fields, sharing, reporting; it opens no file and sees no column."""

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from acmspec.ground.calendar import Length
from acmspec.ground.source import Located, Span
from acmspec.spec.deliveries import Delivery, Files, Form
from acmspec.spec.file_shapes import FILES, FORM, no_files
from acmspec.spec.pieces import (
    DAY,
    EVERY,
    FLAG,
    LENGTH,
    NAME,
    NAME_OR_NAMES,
    NOUN,
    SHARE,
    UNREAD,
    VALUE,
    WORDS,
    unknown_words,
)
from acmspec.spec.shape import As, Choice, Either, FormulaShape, Key, ListOf, MapOf, Record, Text, Written
from acmspec.spec.tree import TYPES, Field, Noun, Reporting, Sharing, Table

_TYPE = As(Choice(*TYPES), VALUE)


def _field(span: Span, column: str = "", **values: Any) -> "partial[Field]":
    """A field that still lacks its name, which is also its column's unless another is given."""

    def named(name: Located[str]) -> Field:
        return Field(name=name, column=column or name.value, span=span, **values)

    return partial(named)


def _short_field(kind: Located[str]) -> "partial[Field]":
    return _field(
        kind.span, type=kind.value, entity=None, optional=False, private=False, phrase="", missing=(), values=None
    )


def _labelled(pairs: tuple[tuple[Located[str], str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((code.value, label) for code, label in pairs)


def _unlabelled(codes: tuple[Located[str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((code.value, code.value) for code in codes)


UNIT = Written(
    "seconds|minutes|hours|days|weeks|months|years|business days( of [a-z][a-z0-9_]*)?",
    "a length of time that the number counts",
    "days",
    lambda match: match.group(),
)

FIELD = Either(
    scalar=As(Choice(*TYPES), _short_field),
    mapping=Record(
        "a field",
        _field,
        (
            Key("column", WORDS, default=""),
            Key("type", _TYPE, default="text"),
            Key("entity", NAME),
            Key("optional", FLAG, default=False),
            Key("private", FLAG, default=False),
            Key("phrase", WORDS, default=""),
            Key("fold", As(Choice("case"), lambda _: True), default=False),
            Key("unit", UNIT),
            Key("missing", As(ListOf(Text(blank=True)), lambda found: tuple(one.value for one in found)), default=()),
            Key(
                "values",
                Either(
                    sequence=As(ListOf(Text(), least=1), _unlabelled),
                    mapping=As(MapOf(WORDS, names=None, least=1), _labelled),
                ),
            ),
        ),
        fragile=True,
    ),
)

SHARING = Record(
    "sharing",
    lambda span, **values: Sharing(**values) if span else None,
    (
        Key("agreement", WORDS, required=True, stand_in=unknown_words),
        Key("basis", WORDS, default=""),
        Key("until", DAY),
        Key("provider_may_see", FLAG, default=False),
    ),
)

REPORTING = Record(
    "reporting",
    Reporting,
    (Key("each", NAME, required=True), Key("every", EVERY, required=True), Key("dated", NAME, required=True)),
)


_Complete = tuple[Located[date] | None, Located[date] | None]


def _only(key: str) -> Any:
    """A build that takes the value of a record's one key."""
    return lambda span, **values: values[key] if span else None


def _days(span: Span, first: Located[date] | None, last: Located[date] | None) -> _Complete:
    del span
    return first, last


COMPLETE = Record("complete", _days, (Key("from", DAY, into="first"), Key("through", DAY, into="last")))
ACCEPT = Record("accept", _only("invalid_records"), (Key("invalid_records", SHARE, required=True),))


def _nothing_known(_: Span) -> Noun:
    return Noun(UNREAD, UNREAD)


def _table(complete: _Complete, files: Files | None, table: Located[str] | None, **values: Any) -> "partial[Table]":
    if files is None:
        files = no_files(values["span"]) if table is None else Files(table.value, (Delivery(table),), table.span)
    return partial(Table, files=files, table=table, complete_from=complete[0], complete_through=complete[1], **values)


TABLE_NAME = Written(
    r"[^.\s{}*?]+(\.[^.\s{}*?]+){0,2}", "the name of a table or view", "hsa.enrollments", lambda match: match.group()
)
TABLE = Record(
    "a table",
    _table,
    (
        Key("file", FILES, required=True, stand_in=no_files, into="files", unless="table"),
        Key("table", TABLE_NAME),
        Key("connection", NAME),
        Key("format", FORM, default=Form(), into="form"),
        Key("noun", NOUN, required=True, stand_in=_nothing_known),
        Key("key", NAME_OR_NAMES, required=True),
        Key("date", NAME),
        Key("span", ListOf(NAME, least=2, most=2), into="interval"),
        Key("owner", WORDS, default=""),
        Key("status", As(Choice("available", "to be developed"), VALUE), default="available"),
        Key("available_from", DAY),
        Key("refresh", WORDS, default=""),
        Key("lag", LENGTH, default=Length()),
        Key("complete", COMPLETE, default=(None, None)),
        Key("received", NAME),
        Key("reliability", As(Choice("high", "medium", "low"), VALUE), default=""),
        Key("sharing", SHARING),
        Key("duplicates", As(Choice("error", "drop exact"), VALUE), default="error"),
        Key("reporting", REPORTING),
        Key("corrections", WORDS, default=""),
        Key("disputes", WORDS, default=""),
        Key("fields", MapOf(FIELD, named=True, least=1), required=True),
        Key("checks", ListOf(FormulaShape()), default=()),
        Key("accept", ACCEPT, default=Fraction(0), into="accept_invalid"),
    ),
)

DATA = MapOf(TABLE, named=True, least=1)
