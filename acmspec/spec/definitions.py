"""The keys of definitions: a formula and how it is said, or bands of a value; no formula is understood here."""

from functools import partial
from typing import Any

from acmspec.document.tree import Mapping, Node
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.spec.pieces import NAME, WORDS
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Desk, FormulaShape, Key, ListOf, MapOf, Record, Text
from acmspec.spec.tree import Bands, Definition, Says


def unread(span: Span) -> FormulaText:
    """What stands in for a formula that is missing."""
    return FormulaText(None, "", span)


def _says(span: Span, **values: str) -> Says:
    del span
    return Says(**values)


SAYS = Record("says", _says, tuple(Key(name, WORDS, required=True) for name in ("one", "many", "not_one", "not_many")))


def _bands(span: Span, value: FormulaText, **values: Any) -> tuple[FormulaText, Bands]:
    return value, Bands(span=span, **values)


BANDS = Record(
    "bands",
    _bands,
    (
        Key("value", FormulaShape(), required=True, stand_in=unread),
        Key("from", ListOf(FormulaShape(), least=1), required=True, into="edges"),
        Key("labels", ListOf(Text()), default=()),
    ),
)


def _by_bands(span: Span, bands: tuple[FormulaText, Bands], **values: Any) -> "partial[Definition]":
    value, edges = bands
    return partial(Definition, formula=value, says=None, bands=edges, span=span, **values)


_COMMON = (Key("of", NAME), Key("term", WORDS, default=""))
_BY_FORMULA = Record(
    "a definition",
    lambda **values: partial(Definition, **values),
    (*_COMMON, Key("formula", FormulaShape(), required=True, stand_in=unread), Key("says", SAYS)),
    fragile=True,
)
_BY_BANDS = Record(
    "a definition by bands",
    _by_bands,
    (Key("of", NAME, required=True), *_COMMON[1:], Key("bands", BANDS, required=True)),
    fragile=True,
)


@node
class DefinitionShape:
    """A definition, by bands where it has that key and by a formula otherwise; it still lacks its name."""

    def decode(self, node: Node, desk: Desk) -> Any:
        """What the keys of the one or the other make."""
        return (_BY_BANDS if isinstance(node, Mapping) and _has_bands(node) else _BY_FORMULA).decode(node, desk)

    def schema(self) -> dict[str, object]:
        """JSON Schema: either form."""
        return {"anyOf": [_BY_FORMULA.schema(), _BY_BANDS.schema()]}


def _has_bands(node: Mapping) -> bool:
    """Whether a definition is one by bands, also where that key is misspelt: its value has keys of its own."""
    written = {entry.key.text: entry.value for entry in node.entries}
    if "bands" in written or "formula" in written:
        return "bands" in written
    return any(isinstance(value, Mapping) and name != "says" for name, value in written.items())


DEFINITIONS = MapOf(DefinitionShape(), named=True)
