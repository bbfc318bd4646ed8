"""Every key that the schema knows, misspelt, of a wrong kind, missing, empty and without a value: told where it is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from acmspec.api import check_text
from acmspec.document.from_text import read
from acmspec.ground.diagnostic import Diagnostic, Severity
from acmspec.ground.source import Source, Span
from acmspec.kinds import KINDS
from acmspec.spec.from_document import decode
from tests.messages.places import Example, Place, _walk, fits, misspelt

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "acmspec.schema.json").read_text(encoding="utf-8"))
TEXT = (ROOT / "tests" / "spec" / "every_key.yaml").read_text(encoding="utf-8")
MORE = """\
  on_days:
    name: Stays on days
    kind: leading
    goal: stable_housing
    formula: count(enrollments)
    every: {dates: [2025-09-30, 2025-12-31]}
    window: rolling 3 months
    better: lower
  in_stretches:
    name: Stays in stretches
    kind: leading
    goal: stable_housing
    formula: count(enrollments)
    every: {periods: {autumn: {from: 2025-09-01, to: 2025-11-30}}}
    better: lower
"""
"""What the full spec says in one of two ways: periods of its own, in both others."""
SPAN = "    when: dated exit_date\n"
COUNTED = """\
    counted:
      kind: rate card
      outcome: count(enrollments)
      price: $1
      per: [provider, month]
  on_negative_total:"""
FULL = TEXT.replace("agreements:\n", MORE + "agreements:\n", 1).replace("  on_negative_total:", COUNTED, 1)
FULL = FULL.replace(SPAN, SPAN + "    span: [entry_date, exit_date]\n", 1)
MISSPELT = frozenset({"ACM101", "ACM118"})
READ_AS_A_NAME = {
    ("examples", "*", "expect", key): "any other key there is the name of a benchmark"
    for key in ("value", "tier", "payment")
}
"""Keys beside which authors choose names, so that one that is misspelt can't be known for it; each with the reason."""


def _example() -> Example:
    root = yaml.compose(FULL, Loader=yaml.SafeLoader)
    assert root is not None
    return Example(FULL, tuple(_walk(root, (), None, FULL)))


EXAMPLE = _example()


def keys(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every key that the language chose; names that authors choose and places of lists are stars."""
    if not isinstance(schema, dict):
        return
    for name, value in schema.get("properties", {}).items():
        yield (*path, name)
        yield from keys(value, (*path, name))
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from keys(one, path)
    for name in ("items", "additionalProperties", "then", "else"):
        yield from keys(schema.get(name), path if name in {"then", "else"} else (*path, "*"))


KEYS = tuple(dict.fromkeys(keys(SCHEMA)))


def _places(key: tuple[str, ...]) -> list[Place]:
    return [one for one in EXAMPLE.entries if fits(one.path, ".".join(key))]


SWEPT = {key: _places(key)[:1] for key in KEYS}


def decoded(text: str) -> tuple[Diagnostic, ...]:
    """What is found in the shape of a spec."""
    source = Source("spec.yaml", text)
    node = read(source)
    return (
        node.diagnostics if node.value is None else (*node.diagnostics, *decode(node.value, source, KINDS).diagnostics)
    )


def changed(place: Place, new: str) -> str:
    """The spec with another value behind a key."""
    return FULL[: place.start] + new + FULL[place.end :]


def without(place: Place) -> str:
    """The spec without an entry: its lines, or its piece of a line between commas."""
    assert place.key is not None
    if EXAMPLE.is_alone(place):
        start, end = EXAMPLE.block(place)
        return FULL[:start] + FULL[end:]
    start, end = place.key[0], place.end
    if FULL[end : end + 2] == ", ":
        return FULL[:start] + FULL[end + 2 :]
    if FULL[start - 2 : start] == ", ":
        return FULL[: start - 2] + FULL[end:]
    return FULL[:start] + FULL[end:]


def errors(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    assert all(isinstance(one.place, Span) for one in found)
    assert all(one.message and one.fix and one.cause for one in found)
    return [one for one in found if one.severity is Severity.ERROR]


def test_the_full_spec_is_sound_in_shape() -> None:
    assert [one.message for one in errors(decoded(FULL))] == []


def test_every_key_of_the_schema_is_swept() -> None:
    assert [".".join(key) for key, places in SWEPT.items() if not places] == []
    assert len(KEYS) > 150


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_a_key_misspelt_is_told_with_the_right_one(key: tuple[str, ...]) -> None:
    for place in SWEPT[key]:
        assert place.key is not None
        text = FULL[: place.key[0]] + misspelt(place.name) + FULL[place.key[1] :]
        at = [one for one in errors(decoded(text)) if one.place.start == place.key[0]]
        if key in READ_AS_A_NAME:
            assert errors(decoded(text))
            return
        assert [one.code for one in at if one.code in MISSPELT], [one.message for one in errors(decoded(text))]
        assert place.name in f"{at[0].message} {at[0].label} {at[0].fix}"


@pytest.mark.parametrize("key", KEYS, ids=".".join)
@pytest.mark.parametrize("new", ["[[[x]]]", "{zzz: {zzz: {zzz: 1}}}", "''", "~"])
def test_a_value_of_a_wrong_kind_is_told_where_it_is(key: tuple[str, ...], new: str) -> None:
    for place in SWEPT[key]:
        found = errors(decoded(changed(place, new)))
        assert found, place.dotted
        assert place.key is not None
        end = place.start + len(new)
        assert any(place.key[0] <= one.place.start and one.place.end <= end for one in found), [
            (one.code, one.message, str(one.place)) for one in found
        ]


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_a_key_that_is_missing_is_never_a_traceback(key: tuple[str, ...]) -> None:
    for place in SWEPT[key]:
        for one in check_text(without(place), "spec.yaml").diagnostics:
            assert one.message
            assert one.fix
