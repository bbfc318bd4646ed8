"""The shape of keys that the language gives: a record, its keys, and what is said of unknown and missing ones."""

from collections.abc import Callable, Sequence
from typing import Any

from acmspec.document.tree import Entry, Mapping, Node, Scalar
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import KNOWN, nearest, offer
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.spec.desk import FAULT, Desk
from acmspec.spec.meant import CALLED
from acmspec.spec.structure import Shape, head, mapping_of

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
PROBLEMS = (UNKNOWN_KEY, MISSING_KEY)


@node
class Key:
    """A key of a record. `default` is its value if it is absent; `into` the build argument if not named like the key.

    `stand_in` makes a harmless value for a required key that is missing or faulty (and reported), so that the rest of
    its record can still be checked; without it the whole record is a fault. `unless` names the key beside which a
    required one may be absent.
    """

    name: str
    shape: Shape
    required: bool = False
    default: Any = None
    into: str = ""
    stand_in: Callable[[Span], Any] | None = None
    unless: str = ""

    @property
    def target(self) -> str:
        """The build argument the key's value goes to."""
        return self.into or self.name


@node
class Record:
    """Keys and values that together build one thing: `build(**values, span=span)`. `title` names it in messages.

    `fragile` means that a key nobody can guess leaves the whole of it in doubt: a field without its type is another.
    `elsewhere` are keys that stand in another place, and which.
    """

    title: str
    build: Callable[..., Any]
    keys: tuple[Key, ...]
    fragile: bool = False
    elsewhere: tuple[tuple[str, str], ...] = ()

    def decode(self, node: Node, desk: Desk) -> Any:
        """What `build` makes of the values; unknown and missing keys are reported, all of them."""
        found = mapping_of(node, desk, "keys with a value each", self._as_keys(node, desk))
        if found is FAULT:
            return FAULT
        written = self._written(found, desk)
        values: dict[str, Any] = {}
        for key in self.keys:
            is_needed = key.required and key.unless not in written
            value = self._value(key, written.get(key.name), found, desk, is_needed=is_needed)
            if value is FAULT and key.stand_in is not None:
                value = key.stand_in(found.span)
            elif value is FAULT and not key.required:
                value = key.default
            values[key.target] = value
        if any(value is FAULT for value in values.values()):
            desk.faulty.add(desk.path)
            return FAULT
        return self.build(**values, span=found.span)

    def _as_keys(self, node: Node, desk: Desk) -> str:
        """How a single value is written that suits the one key that must be there; "" where that is not the trouble."""
        needed = [key for key in self.keys if key.required]
        if not isinstance(node, Scalar) or node.is_null or len(needed) != 1 or not self._suits(needed[0], node, desk):
            return ""
        quote = '"' if "," in node.text and not node.style else ""
        return f"Write {{{needed[0].name}: {quote}{node.span.text}{quote}}}."

    @staticmethod
    def _suits(key: Key, node: Node, desk: Desk) -> bool:
        aside = Desk(desk.source, desk.parse)
        key.shape.decode(node, aside)
        return not aside.found

    def _written(self, node: Mapping, desk: Desk) -> dict[str, Node]:
        """The author's values by key; a misspelt key counts as the one it was surely meant to be."""
        names = [key.name for key in self.keys]
        written = {entry.key.text: entry.value for entry in node.entries if entry.key.text in names}
        unknown = [entry for entry in node.entries if entry.key.text not in names]
        strange = []
        for entry in unknown:
            absent = [name for name in names if name not in written]
            called = CALLED.get(entry.key.text.lower(), "")
            meant = called if called in absent else nearest(entry.key.text, absent)
            if meant:
                written[meant] = entry.value
                self._say(entry, meant, desk)
            else:
                strange.append(entry)
        absent = [name for name in names if name not in written]
        for entry in strange:
            meant = self._missing_one(strange, written, desk)
            if meant:
                written[meant] = entry.value
            self._say(entry, meant, desk, absent)
        if strange:
            self._doubt(written, desk)
        return written

    def _missing_one(self, strange: list[Entry], written: dict[str, Node], desk: Desk) -> str:
        """The one required key that is missing, if there is one strange key and its value would suit."""
        missing = [one for one in self.keys if one.required and not {one.name, one.unless} & written.keys()]
        if len(strange) > 1 or len(missing) != 1:
            return ""
        return missing[0].name if self._suits(missing[0], strange[0].value, desk) else ""

    def _doubt(self, written: dict[str, Node], desk: Desk) -> None:
        """A strange key may have been meant for any that is absent, so nothing is to be concluded from its absence."""
        for key in self.keys:
            if key.name not in written:
                desk.enter(key.name)
                desk.faulty.add(desk.path)
                desk.leave()
        if self.fragile:
            desk.faulty.add(desk.path)

    def _say(self, entry: Entry, meant: str, desk: Desk, absent: Sequence[str] = ()) -> None:
        """Say that there is no such key, and which one is meant, where it belongs, or which could still be written."""
        word = entry.key.text
        known = dict(self.elsewhere).get(word) or offer(word, (key.name for key in self.keys))
        left = offer(word, absent).removeprefix(KNOWN)
        if not known and left:
            known = f"Correct the key's name, move it to where it belongs, or remove it. Not written here yet: {left}"
        desk.enter(meant or word)
        desk.report(
            UNKNOWN_KEY,
            entry.key.span,
            f"{self.title} has no key “{word}”",
            label=f"the key is called “{meant}”" if meant else "unknown key",
            fix=f"Rename “{word}” to “{meant}”." if meant else known,
        )
        desk.leave()

    def _value(self, key: Key, node: Node | None, record: Mapping, desk: Desk, *, is_needed: bool) -> Any:
        desk.enter(key.name)
        value = key.default
        if node is not None:
            value = key.shape.decode(node, desk)
        elif is_needed:
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
        required = [key.name for key in self.keys if key.required and not key.unless]
        ways = [{"anyOf": [{"required": [one.name]}, {"required": [one.unless]}]} for one in self.keys if one.unless]
        return schema | ({"required": required} if required else {}) | ({"allOf": ways} if ways else {})
