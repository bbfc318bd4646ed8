"""What occurs in a spec: which kinds of formulas, in which forms, and which keys with which of their words."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from acmspec.document import from_text
from acmspec.document.tree import Mapping, Node, Scalar, Sequence
from acmspec.formula import tree
from acmspec.ground.source import Source
from acmspec.spec.tree import Spec

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/acmspec.schema.json").read_text(encoding="utf-8"))
SECTIONS = (
    "data", "lists", "figures", "calendars", "providers", "definitions", "cohorts", "spells", "metrics"
)  # fmt: skip
"""The sections of a spec that results rest on."""

TRUTHS = {"yes", "no"}
"""Words of which one is as another: there are more for the same."""

# --- keys ---------------------------------------------------------------------------------------------------


def keys() -> set[str]:
    """All keys of these sections, and the words that one may hold, as the schema knows them."""
    return {one for name in SECTIONS for one in _keys(SCHEMA["properties"][name], name)}


def _keys(schema: dict[str, object], path: str) -> Iterator[str]:
    yield path
    words = [] if set(schema.get("enum", ())) >= TRUTHS else schema.get("enum", ())
    yield from (f"{path} {word}" for word in words if isinstance(word, str))
    for inner in _alternatives(schema):
        yield from _keys(inner, path)
    for name, inner in schema.get("properties", {}).items():
        yield from _keys(inner, f"{path}.{name}")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _keys(schema["additionalProperties"], f"{path}.*")


def _alternatives(schema: dict[str, object]) -> list[dict[str, object]]:
    """Schemas that a value may follow at the same place: one of some, or that of an item of a list."""
    items = schema.get("items")
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *([items] if isinstance(items, dict) else [])]


def keys_of(text: str) -> set[str]:
    """The keys of a spec in these sections, and the words that they hold."""
    node = from_text.read(Source("spec.yaml", text)).value
    sections = {entry.key.text: entry.value for entry in node.entries if entry.key.text in SECTIONS}
    return {one for name, value in sections.items() for one in _found(SCHEMA["properties"][name], value, name)}


def _found(schema: dict[str, object], node: Node, path: str) -> Iterator[str]:
    yield path
    for inner in _alternatives(schema):
        yield from _found(inner, node, path)
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _found(schema, item, path)
    elif isinstance(node, Scalar):
        if node.text in schema.get("enum", ()):
            yield f"{path} {node.text}"
    elif isinstance(node, Mapping):
        known = schema.get("properties", {})
        for entry in node.entries:
            if entry.key.text in known:
                yield from _found(known[entry.key.text], entry.value, f"{path}.{entry.key.text}")
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from _found(schema["additionalProperties"], entry.value, f"{path}.*")


# --- formulas -----------------------------------------------------------------------------------------------


def kinds() -> set[str]:
    """All kinds of formulas, and of what they are made of."""
    found = vars(tree).values()
    return {one.__name__ for one in found if is_dataclass(one) and one.__module__ == tree.__name__}


def forms_of(spec: Spec) -> set[str]:
    """The kinds of formulas in a spec, and the choices and words of each: `Call.function share`."""
    parts = (spec.data, spec.definitions, spec.cohorts, spec.spells, spec.metrics)
    return {one for part in parts for one in _forms(part)}


def _forms(thing: object) -> Iterator[str]:
    if isinstance(thing, tuple):
        for one in thing:
            yield from _forms(one)
        return
    if not is_dataclass(thing):
        return
    kind = type(thing).__name__
    yield kind
    for one in fields(thing):
        inner = getattr(thing, one.name)
        if one.compare:
            yield from _said(f"{kind}.{one.name}", inner)
            yield from _forms(inner)


def _said(place: str, value: object) -> Iterator[str]:
    """What is said at a place: a word, a choice, or that there is something."""
    if isinstance(value, str | bool):
        yield f"{place} {value}"
    elif is_dataclass(value):
        yield f"{place} {type(value).__name__}"
    elif value is None or value == ():
        yield f"{place} none"
    elif isinstance(value, tuple):
        yield f"{place} some"
