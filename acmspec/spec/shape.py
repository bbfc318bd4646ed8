"""The one language of tables that say what a spec may hold; a table both decodes a document and gives its JSON Schema.

It knows no key of any spec. A shape's `decode` gives a value, or `FAULT` after it has reported why not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from acmspec.document.tree import Entry, Mapping, Node, Scalar, Sequence
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import nearest, offer
from acmspec.ground.source import Located, Span
from acmspec.spec.desk import FAULT, Desk, Fault
from acmspec.spec.formulas import FormulaShape
from acmspec.spec.written import (
    NO_VALUE,
    SNAKE,
    WRONG_STRUCTURE,
    Choice,
    Chosen,
    Day,
    Duration,
    EveryWord,
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
    "FAULT", "As", "Choice", "Chosen", "Day", "Desk", "Duration", "Either", "EveryWord", "Fault", "Flag",
    "FormulaShape", "Identifier", "Key", "ListOf", "MapOf", "Path", "Quantity", "Record", "Shape", "Slug", "Text",
    "Whole", "Written",
]  # fmt: skip

UNKNOWN_KEY = Problem(
    code="ACM101",
    title="unknown key",
    cause="No key of this name can stand here, so acmspec would have to ignore what it says.",
    fix="Correct the key's name, move it to where it belongs, or remove it.",
    contract="The contract must contain no term whose meaning is not set out.",
)
MISSING_KEY = Problem(
    code="ACM102",
    title="a key is missing",
    cause="This part of a spec has no meaning without the key.",
    fix="Add the key.",
    contract="The contract must state every term that its other terms rest on.",
)
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
PROBLEMS = (UNKNOWN_KEY, MISSING_KEY, WRONG_NUMBER, BAD_NAME)


class Shape(Protocol):
    """What every shape can do."""

    def decode(self, node: Node, desk: Desk) -> Any:
        """The value of a node, or `FAULT` after reporting why there is none."""

    def schema(self) -> dict[str, object]:
        """The JSON Schema (2020-12) that accepts the same values."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record. `default` is its value if it is absent; `into` the build argument if not named like the key.

    `stand_in` makes a harmless value for a required key that is missing or faulty (and reported), so that the rest of
    its record can still be checked; without it the whole record is a fault.
    """

    name: str
    shape: Shape
    required: bool = False
    default: Any = None
    into: str = ""
    stand_in: Callable[[Span], Any] | None = None

    @property
    def target(self) -> str:
        """The build argument the key's value goes to."""
        return self.into or self.name


@dataclass(frozen=True, slots=True)
class Record:
    """Keys and values that together build one thing: `build(**values, span=span)`. `title` names it in messages."""

    title: str
    build: Callable[..., Any]
    keys: tuple[Key, ...]

    def decode(self, node: Node, desk: Desk) -> Any:
        """What `build` makes of the values; unknown and missing keys are reported, all of them."""
        found = mapping_of(node, desk, f"the keys of {self.title}")
        if found is FAULT:
            return FAULT
        written = self._written(found, desk)
        values: dict[str, Any] = {}
        for key in self.keys:
            value = self._value(key, written.get(key.name), found, desk)
            if value is FAULT and key.stand_in is not None:
                value = key.stand_in(found.span)
            elif value is FAULT and not key.required:
                value = key.default
            values[key.target] = value
        if any(value is FAULT for value in values.values()):
            desk.faulty.add(desk.path)
            return FAULT
        return self.build(**values, span=found.span)

    def _written(self, node: Mapping, desk: Desk) -> dict[str, Node]:
        """The author's values by key; a misspelt key counts as the one it was surely meant to be."""
        names = [key.name for key in self.keys]
        written = {entry.key.text: entry.value for entry in node.entries if entry.key.text in names}
        for entry in node.entries:
            if entry.key.text not in names:
                meant = self._unknown(entry, [name for name in names if name not in written], desk)
                if meant:
                    written[meant] = entry.value
        return written

    def _unknown(self, entry: Entry, free: list[str], desk: Desk) -> str:
        word = entry.key.text
        meant = nearest(word, free)
        desk.enter(meant or word)
        desk.report(
            UNKNOWN_KEY,
            entry.key.span,
            f"{self.title} has no key “{word}”",
            label=f"the key is called “{meant}”" if meant else "unknown key",
            fix=f"Rename “{word}” to “{meant}”." if meant else offer(word, (key.name for key in self.keys)),
        )
        desk.leave()
        return meant

    def _value(self, key: Key, node: Node | None, record: Mapping, desk: Desk) -> Any:
        desk.enter(key.name)
        value = key.default
        if node is not None:
            value = key.shape.decode(node, desk)
        elif key.required:
            value = FAULT
            desk.report(
                MISSING_KEY,
                head(record),
                f"{self.title} has no “{key.name}”",
                label=f"“{key.name}” is missing",
                fix=f"Add “{key.name}:” here.",
            )
        desk.leave()
        return value

    def schema(self) -> dict[str, object]:
        """JSON Schema: an object with these properties and no others."""
        schema: dict[str, object] = {
            "type": "object",
            "properties": {key.name: key.shape.schema() for key in self.keys},
            "additionalProperties": False,
        }
        required = [key.name for key in self.keys if key.required]
        return schema | ({"required": required} if required else {})


def mapping_of(node: Node, desk: Desk, said: str) -> Mapping | Fault:
    """The node as keys and values, or a fault that says what was `said` to stand here."""
    if isinstance(node, Mapping):
        return node
    return _other(node, desk, said, "indented “key: value” lines")


def sequence_of(node: Node, desk: Desk) -> Sequence | Fault:
    """The node as a list, or a fault."""
    if isinstance(node, Sequence):
        return node
    return _other(node, desk, "a list", "lines that start with “- ”, or [a, b]")


def _other(node: Node, desk: Desk, said: str, form: str) -> Fault:
    if isinstance(node, Scalar) and node.is_null:
        return desk.report(NO_VALUE, node.span, f"{desk.here} has no value", label=f"expected {said}")
    found = "a list" if isinstance(node, Sequence) else "keys" if isinstance(node, Mapping) else "a single value"
    span = head(node)
    return desk.report(WRONG_STRUCTURE, span, f"{desk.here} must be {said}, not {found}", label=f"expected {form}")


def head(node: Node) -> Span:
    """The part of a node that best shows where it starts: its first key, or itself."""
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key.span
    if isinstance(node, Sequence) and node.items:
        return head(node.items[0])
    return node.span


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one shape, from `least` to `most` of them: a tuple. Faulty items are left out."""

    shape: Shape
    least: int = 0
    most: int | None = None

    def decode(self, node: Node, desk: Desk) -> tuple[Any, ...] | Fault:
        """The sound items in order."""
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
        return FAULT if few else tuple(values)

    def schema(self) -> dict[str, object]:
        """JSON Schema: an array."""
        schema: dict[str, object] = {"type": "array", "items": self.shape.schema()}
        if self.least:
            schema["minItems"] = self.least
        return schema if self.most is None else schema | {"maxItems": self.most}


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
            sound = self._is_name(entry.key, desk)
            value = own.get(entry.key.text, self.shape).decode(entry.value, desk)
            desk.leave()
            if sound and value is not FAULT:
                name = Located(entry.key.text, entry.key.span)
                values.append(value(name=name) if self.named else (name, value))
        return FAULT if few else tuple(values)

    def _is_name(self, key: Scalar, desk: Desk) -> bool:
        if self.names is None or re.fullmatch(self.names, key.text):
            return True
        desk.report(BAD_NAME, key.span, f"“{key.text}” is not a name", label="expected a name such as exit_date")
        return False

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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
