"""A YAML document as nodes with positions; every scalar is the text the author typed, never YAML's own value."""

from dataclasses import field

from acmspec.ground.node import node
from acmspec.ground.source import Span


@node
class Scalar:
    """One value. `text` is what YAML folds it to; `style` is "" (plain), "'", '"', "|" or ">"."""

    text: str
    style: str
    span: Span = field(compare=False, repr=False)

    @property
    def is_null(self) -> bool:
        """Whether a plain scalar is empty, `~` or `null`: a key without a value."""
        return self.style == "" and self.text in {"", "~", "null", "Null", "NULL"}


@node
class Sequence:
    """A list, in block or flow style."""

    items: "tuple[Node, ...]"
    span: Span = field(compare=False, repr=False)
    flow: bool = False


@node
class Entry:
    """One key and its value."""

    key: Scalar
    value: "Node"


@node
class Mapping:
    """Keys and values in the author's order; a repeated key was reported and only its first value kept."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False, repr=False)
    flow: bool = False


Node = Scalar | Sequence | Mapping
