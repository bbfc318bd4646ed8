"""The one language of tables that say what a spec may hold; a table both decodes a document and gives its JSON Schema.

It knows no key of any spec. A shape's `decode` gives a value, or `FAULT` after it has reported why not.
"""

import re
from collections.abc import Callable
from typing import Any

from acmspec.document.tree import Mapping, Node, Scalar, Sequence
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.desk import FAULT, Desk, Fault
from acmspec.spec.formulas import FormulaShape
from acmspec.spec.meant import meant
from acmspec.spec.record import Key, Record
from acmspec.spec.structure import Shape, head, mapping_of, sequence_of
from acmspec.spec.written import (
    SNAKE,
    Choice,
    Chosen,
    Day,
    Duration,
    EveryWord,
    Factor,
    Flag,
    Identifier,
    Path,
    Quantity,
    Slug,
    Text,
    Whole,
    Written,
)

__all__ = [
    "FAULT", "As", "Choice", "Chosen", "Day", "Desk", "Duration", "Either", "EveryWord", "Factor", "Fault",
    "Flag", "FormulaShape", "Identifier", "Key", "ListOf", "MapOf", "Path", "Quantity", "Record", "Shape", "Slug",
    "Text", "Whole", "Written",
]  # fmt: skip

WRONG_NUMBER = Problem(
    code="ACM108",
    title="too few or too many",
    cause="This part of a spec must have a certain number of items.",
    fix="Add or remove items as the message says.",
    contract="The contract must state as many terms as this part calls for.",
)
BAD_NAME = Problem(
    code="ACM110",
    title="not a name",
    cause="Formulas use names: lower-case letters, digits and _, starting with a letter.",
    fix="Rename it, for example to exit_date, and put what people should read under term, name or noun.",
    contract="Every defined term must have a name of its own.",
)
PROBLEMS = (WRONG_NUMBER, BAD_NAME)


@node
class ListOf:
    """A list of values of one shape, from `least` to `most` of them: a tuple. Faulty items are left out."""

    shape: Shape
    least: int = 0
    most: int | None = None

    def decode(self, node: Node, desk: Desk) -> tuple[Any, ...] | Fault:
        """The sound items in order, no more than `most`; a fault where fewer than `least` are left."""
        found = sequence_of(node, desk)
        if found is FAULT:
            return FAULT
        few = _Count(self.least, self.most).too_few(len(found.items), head(found), desk)
        values = []
        for index, item in enumerate(found.items):
            desk.enter(str(index))
            value = self.shape.decode(item, desk)
            desk.leave()
            if value is not FAULT:
                values.append(value)
        return FAULT if few or len(values) < self.least else tuple(values[: self.most])

    def schema(self) -> dict[str, object]:
        """JSON Schema: an array."""
        schema: dict[str, object] = {"type": "array", "items": self.shape.schema()}
        if self.least:
            schema["minItems"] = self.least
        return schema if self.most is None else schema | {"maxItems": self.most}


@node
class _Count:
    """How many items there may be, and the problem that another number is."""

    least: int
    most: int | None
    problem: Problem = WRONG_NUMBER

    def too_few(self, count: int, span: Span, desk: Desk) -> bool:
        """Report a wrong number; true if there are too few items to go on with."""
        if self.least <= count and (self.most is None or count <= self.most):
            return False
        wanted = f"at least {self.least}" if count < self.least else f"at most {self.most}"
        message = f"{desk.here} must have {wanted}, not {count}"
        few = count < self.least
        desk.report(self.problem, span, message, label=f"expected {wanted}", faulty=few)
        return few


@node
class MapOf:
    """Names the author chose, each with a value of one shape: a tuple of `(Located name, value)` pairs.

    `named` instead finishes each value with its name, `value(name=Located)`. `names` is the pattern of a name; None
    allows any text. `keys` are names with a shape of their own. `least` and `most` bound how many there are,
    `problem` says what is wrong with more than `most`.
    """

    shape: Shape
    named: bool = False
    names: str | None = SNAKE
    keys: tuple[Key, ...] = ()
    least: int = 0
    most: int | None = None
    problem: Problem = WRONG_NUMBER

    def decode(self, node: Node, desk: Desk) -> tuple[Any, ...] | Fault:
        """The sound entries in the author's order."""
        found = mapping_of(node, desk, "names and what belongs to them")
        if found is FAULT:
            return FAULT
        extra = found.entries[self.most].key.span if self.most is not None and len(found.entries) > self.most else None
        few = _Count(self.least, self.most, self.problem).too_few(len(found.entries), extra or head(found), desk)
        own = {key.name: key.shape for key in self.keys}
        values = []
        for entry in found.entries:
            desk.enter(entry.key.text)
            text = self._name(entry.key, desk)
            value = own.get(entry.key.text, self.shape).decode(entry.value, desk)
            desk.leave()
            if text and value is not FAULT:
                name = Located(text, entry.key.span)
                values.append(value(name=name) if self.named else (name, value))
        return FAULT if few else tuple(values)

    def _name(self, key: Scalar, desk: Desk) -> str:
        """The name a key gives; for one that is none, the name it was surely meant to be, else ""."""
        names = self.names
        if names is None or re.fullmatch(names, key.text):
            return key.text
        close = meant(key.text, lambda text: re.fullmatch(names, text) is not None)
        label = f"write {close}" if close else "expected a name such as exit_date"
        fix = f"Rename it to {close}, and put what people should read under term, name or noun." if close else ""
        desk.report(BAD_NAME, key.span, f"“{key.text}” is not a name", label=label, fix=fix)
        return close

    def schema(self) -> dict[str, object]:
        """JSON Schema: an object whose properties all have one schema."""
        schema: dict[str, object] = {"type": "object", "additionalProperties": self.shape.schema()}
        if self.keys:
            schema["properties"] = {key.name: key.shape.schema() for key in self.keys}
        if self.names is not None:
            schema["propertyNames"] = {"pattern": f"^({self.names})$"}
        if self.least:
            schema["minProperties"] = self.least
        return schema if self.most is None else schema | {"maxProperties": self.most}


@node
class Either:
    """A short form and a long form, told apart by what the author wrote: one value, a list, or keys."""

    scalar: Shape | None = None
    sequence: Shape | None = None
    mapping: Shape | None = None

    def decode(self, node: Node, desk: Desk) -> Any:
        """What the shape for this structure makes of it; without one, the first shape says what it expects."""
        by_node = {Scalar: self.scalar, Sequence: self.sequence, Mapping: self.mapping}
        shape = by_node[type(node)] or self._shapes()[-1]
        if isinstance(node, Scalar) and node.is_null:
            shape = self._shapes()[0]
        return shape.decode(node, desk)

    def _shapes(self) -> tuple[Shape, ...]:
        return tuple(one for one in (self.scalar, self.sequence, self.mapping) if one is not None)

    def schema(self) -> dict[str, object]:
        """JSON Schema: any of the forms."""
        return {"anyOf": [shape.schema() for shape in self._shapes()]}


@node
class As:
    """Another shape whose sound value is turned into something else."""

    shape: Shape
    build: Callable[[Any], Any]

    def decode(self, node: Node, desk: Desk) -> Any:
        """What `build` makes of the inner shape's value."""
        value = self.shape.decode(node, desk)
        return FAULT if value is FAULT else self.build(value)

    def schema(self) -> dict[str, object]:
        """JSON Schema: that of the inner shape."""
        return self.shape.schema()
