"""The shapes of `file` and `format`: where the records of a table lie and how their files are written."""

from typing import Any

from acmspec.ground.source import Located, Span
from acmspec.spec.deliveries import Delivery, Files, Form
from acmspec.spec.pieces import UNREAD, VALUE, WORDS
from acmspec.spec.shape import FAULT, As, Choice, Either, Fault, Key, ListOf, MapOf, Record, Text, Whole, Written

_ENCODINGS = ("UTF-8", "UTF-16", "Windows-1252")
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_LAST_ROW = 1_000_000


def _one(file: Located[str]) -> Files:
    return Files(file.value, (Delivery(file),), file.span)


def _several(files: tuple[Located[str], ...]) -> Files | Fault:
    if not files:
        return FAULT
    return Files(", ".join(one.value for one in files), tuple(map(Delivery, files)), files[0].span)


def _of_providers(pairs: tuple[tuple[Located[str], tuple[Located[str], ...]], ...]) -> Files | Fault:
    if not any(files for _, files in pairs):
        return FAULT
    each = tuple(Delivery(file, provider) for provider, files in pairs for file in files)
    return Files(", ".join(one.file.value for one in each), each, pairs[0][0].span)


def _alone(file: Located[str]) -> tuple[Located[str]]:
    return (file,)


_FILE = Text("a file’s path")
_PATHS = Either(scalar=As(_FILE, _alone), sequence=ListOf(_FILE, least=1))
FILES = Either(
    scalar=As(_FILE, _one),
    sequence=As(ListOf(_FILE, least=1), _several),
    mapping=As(MapOf(_PATHS, names=None, least=1), _of_providers),
)


def no_files(span: Span) -> Files:
    """What stands in for files that could not be read."""
    return _one(Located(UNREAD, span))


def _form(span: Span, header_row: int, **said: Any) -> Form:
    del span
    return Form(header_row=header_row, **said)


_DELIMITER = Written(
    r"comma|semicolon|tab|bar|[,;|]",
    "comma, semicolon, tab or bar",
    "semicolon",
    lambda match: _DELIMITERS.get(match.group(), match.group()),
)

FORM = Record(
    "the format of files",
    _form,
    (
        Key("encoding", As(Choice(*_ENCODINGS), VALUE), default=""),
        Key("delimiter", As(_DELIMITER, VALUE), default=""),
        Key("sheet", WORDS, default=""),
        Key("header_row", As(Whole(1, _LAST_ROW), VALUE), default=0),
    ),
)
