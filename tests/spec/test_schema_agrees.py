"""The decoder and the published JSON Schema accept the same specs: a full spec is mutated at every place."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from acmspec.document.from_text import read
from acmspec.document.tree import Mapping, Node, Sequence
from acmspec.formula.from_text import parse
from acmspec.ground.diagnostic import Severity
from acmspec.ground.source import Source
from acmspec.kinds import KINDS
from acmspec.spec.desk import Desk
from acmspec.spec.from_document import root
from acmspec.spec.schema import schema
from acmspec.spec.shape import Shape

# A part of a spec as the tests change it: a mapping, a list, or a scalar's style and text.
Part = dict[str, Any] | list[Any] | tuple[str, str]

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "acmspec.schema.json"
SCHEMA = schema(KINDS)
SHAPES = {key.name: key.shape for key in root(KINDS, Source("", "")).keys}
PLAIN = (
    "abc", "Abc def", "yes", "No", "off", "", "~", "5", "-3", "0", "007", "1.5", "20.0", "99999999999", "1,000",
    "$5", "USD 5", "-$4,800,000.00", "65%", "150%", "100%", "15 days", "1 hour", "quarter", "fiscal year", "2025-07-01",
    "2025-02-30", "2025-7-1", "1:30", "met", "client.race", "dated exit_date", "dated", "target", "Q1", "term",
    "last per client in each period by exit_date", "last per client", "rolling 12 months", "2 decimals",
    "100000000000000000",
)  # fmt: skip
QUOTED = ("no", "true", "5", "", " ", "2025-07-01", "abc", "dated exit_date")
SCALARS: tuple[tuple[str, str], ...] = (*(("", text) for text in PLAIN), *(("'", text) for text in QUOTED))
STRUCTURES: tuple[Part, ...] = ([], {}, [("", "abc")], {"zzz": ("", "abc")}, [("", "provider"), ("", "quarter")])


def _full(text: str) -> dict[str, Any]:
    """The whole spec as sections that can be changed."""
    root_node = read(Source("spec.yaml", text)).value
    assert isinstance(root_node, Mapping)
    return {entry.key.text: _part(entry.value) for entry in root_node.entries}


def _part(node: Node) -> Part:
    if isinstance(node, Mapping):
        return {entry.key.text: _part(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [_part(item) for item in node.items]
    return (node.style, node.text)


def _written(part: Part) -> str:
    """The part as YAML in flow style on one line."""
    if isinstance(part, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_written(value)}" for key, value in part.items()) + "}"
    if isinstance(part, list):
        return "[" + ", ".join(_written(item) or "~" for item in part) + "]"
    style, text = part
    needs_quotes = bool(style) or any(sign in text for sign in ",[]{}#:\"'>*&!|@`=") or text.startswith("%")
    return _quoted(text) if needs_quotes else text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


FULL = _full((Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8"))
"""A sound spec in which every key of the language stands at least once, by section."""


def _pieces(name: str, section: Any) -> Iterator[tuple[str, Part]]:
    """A section as small ones, in which everything of it stands once: what has names of its own says nothing of others.

    Each change is then read in a few lines, and not in hundreds again and again.
    """
    if name in {"data", "metrics"}:
        yield from ((each, {each: one}) for each, one in section.items())
    elif name == "incentives":
        (first, term), *_ = section["terms"].items()
        yield from ((each, {"terms": {each: one}}) for each, one in section["terms"].items())
        for at, limit in enumerate(section["limits"]):
            yield f"limit {at}", {"limits": [limit]}
        yield "the rest", {**section, "terms": {first: term}, "limits": section["limits"][:1]}
    else:
        yield "", section


def _mutated(part: Part) -> Iterator[Part]:
    """The part with one structural change, at every place in it."""
    yield from _replaced(part)
    if isinstance(part, dict):
        for key, value in part.items():
            rest = {name: one for name, one in part.items() if name != key}
            yield rest
            yield {f"{name}_zzz" if name == key else name: one for name, one in part.items()}
            for changed in _mutated(value):
                yield {**part, key: changed}
        yield {**part, "zzz_qqq": ("", "abc")}
        yield {**part, "Not A Name": ("", "abc")}
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield part[:index] + part[index + 1 :]
            yield [*part, item]
            for changed in _mutated(item):
                yield [*part[:index], changed, *part[index + 1 :]]


def _replaced(part: Part) -> Iterator[Part]:
    yield from SCALARS
    yield from STRUCTURES
    yield [part]
    yield {"abc": part}


def _is_accepted(shape: Shape, text: str) -> tuple[bool, Node, list[str]]:
    """Whether the decoder finds the text's shape sound, with the node and what it said of the shape."""
    source = Source("spec.yaml", f"{{section: {text}}}")
    whole = read(source).value
    assert isinstance(whole, Mapping), text
    node = whole.entries[0].value
    desk = Desk(source, parse)
    shape.decode(node, desk)
    said = [
        f"{one.code} {one.message}"
        for one in desk.found
        if one.severity is Severity.ERROR and "ACM101" <= one.code <= "ACM149"
    ]
    return not said, node, said


def _validator(name: str) -> Draft202012Validator:
    properties: Any = SCHEMA["properties"]
    return Draft202012Validator(properties[name], format_checker=FormatChecker(("date",)))


def _check(name: str, part: Part, instance: Callable[[Node], Any]) -> str:
    """Nothing if decoder and schema agree about a section, else how they differ."""
    text = _written(part)
    accepted, node, said = _is_accepted(SHAPES[name], text)
    validator, seen = _validator(name), instance(node)
    if accepted != validator.is_valid(seen):
        errors = [one.message[:120] for one in validator.iter_errors(seen)]
        return f"{name}: {text}\n  decoder: {said or 'accepts'}\n  schema: {errors or 'accepts'}"
    return ""


def test_the_schema_file_is_the_one_the_shapes_give() -> None:
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == SCHEMA, "run python -m tools.build_schema"


def test_the_schema_is_sound_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_full_spec_is_accepted_by_both(
    every_key: str, decoded: Callable[[str], Any], instance: Callable[[Node], Any]
) -> None:
    assert decoded(every_key).diagnostics == ()
    node = read(Source("spec.yaml", every_key)).value
    assert node is not None
    Draft202012Validator(SCHEMA, format_checker=FormatChecker(("date",))).validate(instance(node))


def test_every_key_of_the_language_stands_in_the_full_spec(every_key: str) -> None:
    missing = [name for name in _property_names(SCHEMA) if f"{name}:" not in every_key]
    assert set(missing) <= {"outcome", "dates", "periods"}  # stand instead of metric, and of a word for every


def _property_names(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "properties":
                yield from value
            yield from _property_names(value)
    elif isinstance(part, list):
        for item in part:
            yield from _property_names(item)


@pytest.mark.parametrize(("name", "piece"), [(name, each) for name in SHAPES for each, _ in _pieces(name, FULL[name])])
def test_a_section_changed_at_any_one_place_is_accepted_by_both_or_by_neither(
    name: str, piece: str, instance: Callable[[Node], Any]
) -> None:
    section = dict(_pieces(name, FULL[name]))[piece]
    assert _is_accepted(SHAPES[name], _written(section))[0]
    assert not _check(name, section, instance)
    differences = [one for part in _mutated(section) if (one := _check(name, part, instance))]
    assert not differences, "\n".join(differences[:5])


@pytest.mark.parametrize("name", SHAPES)
def test_a_spec_without_a_section_or_with_a_misspelt_one_is_accepted_by_both_or_by_neither(
    name: str, instance: Callable[[Node], Any]
) -> None:
    validator = Draft202012Validator(SCHEMA)
    for changed in (
        {key: value for key, value in FULL.items() if key != name},
        {key + ("_zzz" if key == name else ""): value for key, value in FULL.items()},
    ):
        accepted, node, said = _is_accepted(root(KINDS, Source("", "")), _written(changed))
        assert accepted == validator.is_valid(instance(node)), said


@given(st.data())
@settings(max_examples=150)
def test_two_changes_at_once_are_accepted_by_both_or_by_neither(
    instance: Callable[[Node], Any], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(SHAPES)))
    once = _drawn(FULL[name], data)
    assert not _check(name, _drawn(once, data), instance)


def _drawn(part: Part, data: st.DataObject) -> Part:
    """One change at a drawn place."""
    if isinstance(part, dict) and part and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(list(part)))
        return {**part, key: _drawn(part[key], data)}
    if isinstance(part, list) and part and data.draw(st.booleans()):
        index = data.draw(st.integers(0, len(part) - 1))
        return [*part[:index], _drawn(part[index], data), *part[index + 1 :]]
    return data.draw(st.sampled_from(list(_replaced(part))))
