"""What every shape is, and nodes taken for keys and values or for a list; it knows no single shape."""

from typing import Any, Protocol

from acmspec.document.tree import Mapping, Node, Scalar, Sequence
from acmspec.ground.source import Span
from acmspec.spec.desk import Desk, Fault
from acmspec.spec.written import NO_VALUE, WRONG_STRUCTURE

LIST = "a list"


class Shape(Protocol):
    """What every shape can do."""

    def decode(self, node: Node, desk: Desk) -> Any:
        """The value of a node, or `FAULT` after reporting why there is none."""

    def schema(self) -> dict[str, object]:
        """The JSON Schema (2020-12) that accepts the same values."""


def mapping_of(node: Node, desk: Desk, said: str, fix: str = "") -> Mapping | Fault:
    """The node as keys and values, or a fault that says what was `said` to stand here, and how to write it if known."""
    if isinstance(node, Mapping):
        return node
    return _other(node, desk, said, "indented “key: value” lines", fix)


def sequence_of(node: Node, desk: Desk) -> Sequence | Fault:
    """The node as a list, or a fault."""
    if isinstance(node, Sequence):
        return node
    return _other(node, desk, LIST, "lines that start with “- ”, or [a, b]")


def _other(node: Node, desk: Desk, said: str, form: str, fix: str = "") -> Fault:
    if isinstance(node, Scalar) and node.is_null:
        return desk.report(NO_VALUE, node.span, f"{desk.here} has no value", label=f"expected {said}")
    found = "a list" if isinstance(node, Sequence) else "keys" if isinstance(node, Mapping) else "a single value"
    message = f"{desk.here} must be {said}, not {found}"
    return desk.report(WRONG_STRUCTURE, head(node), message, label=f"expected {form}", fix=fix or _as_list(node, said))


def _as_list(node: Node, said: str) -> str:
    """How a single value is written where a list is needed; "" where that is not the trouble."""
    if said != LIST or not isinstance(node, Scalar) or "\n" in node.text:
        return ""
    items = [one.strip() for one in node.text.strip("()").split(",") if one.strip()]
    bare = [one.removeprefix("* ").removeprefix("\u2022 ") for one in items]
    return f"Write [{', '.join(bare)}]." if bare else ""


def head(node: Node) -> Span:
    """The part of a node that best shows where it starts: its first key, or itself."""
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key.span
    if isinstance(node, Sequence) and node.items:
        return head(node.items[0])
    return node.span
