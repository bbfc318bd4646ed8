"""Whatever formula is written, it is resolved or refused with a place inside it; nothing ever raises.

Formulas are drawn for every place of a spec, of the sort that belongs there and of any other; what passes the check is
also run, on tables with gaps, doubles and nothing in them, and printed. ACMSPEC_DRAWN says how many worlds are drawn.
"""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.api import check_text
from acmspec.formula import tree
from acmspec.formula.from_text import parse
from acmspec.formula.print import text
from acmspec.ground.source import Source, Span
from acmspec.program.relocate import is_faulty, relocate, scopes
from acmspec.program.tree import Aggregate
from acmspec.program.types import ErrorType
from tests.program.drawn.formulas import Formulas
from tests.program.drawn.places import PLACES, SETTINGS, STAY, written
from tests.program.drawn.running import Folder

WORLDS = int(os.environ.get("ACMSPEC_DRAWN", "8"))
SEEDS = st.integers(0, 10_000_000)
SCHEMA = Path(__file__).parents[2] / "schemas" / "acmspec.schema.json"
FORMULA = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""What the schema says of a formula."""
NODES = frozenset(
    one for one in vars(tree).values()
    if isinstance(one, type) and is_dataclass(one) and one.__module__ == tree.__name__
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def world(seed: int, wild: float) -> tuple[dict[str, str], dict[str, str]]:
    """A formula for each place, and the settings around them."""
    formulas, chance = Formulas(seed, wild), random.Random(seed)  # noqa: S311  (tests, not secrets)
    drawn = {place.name: place.drawn(formulas) for place in PLACES}
    return drawn, {name: chance.choice(some) for name, some in SETTINGS.items()}


@settings(max_examples=10 * WORLDS)
@given(SEEDS)
def test_a_drawn_formula_is_read_and_prints_back(seed: int) -> None:
    drawn = Formulas(seed).group("group number", 4)
    found = parse(Source("formula", drawn), 0, len(drawn)).value
    if found is not None:
        printed = text(found)
        assert parse(Source("formula", printed), 0, len(printed)).value == found


@pytest.mark.parametrize("wild", [0.0, 0.15, 0.5])
@pytest.mark.parametrize("seed", range(WORLDS))
def test_whatever_stands_in_the_places_of_a_spec_is_checked(folder: Folder, seed: int, wild: float) -> None:
    drawn, around = world(seed, wild)
    text = written(drawn, around)
    for one in folder.check(text):
        assert isinstance(one.place, Span), one
        assert 0 <= one.place.start <= one.place.end <= len(text)
        assert one.path


@pytest.mark.parametrize("seed", range(WORLDS))
def test_what_passes_the_check_also_runs_and_prints(folder: Folder, seed: int) -> None:
    drawn, around = world(seed, 0.02)
    kept = folder.sound(drawn, around)
    folder.run(*kept, seed)


# --- what is drawn ------------------------------------------------------------------------------------------------


@cache
def many() -> tuple[dict[str, str], ...]:
    return tuple(world(seed, 0.02)[0] for seed in range(120))


def nodes(value: object) -> Iterator[type]:
    """The classes of all nodes in a formula."""
    if isinstance(value, tuple):
        for one in value:
            yield from nodes(one)
    elif type(value) in NODES:
        yield type(value)
        for one in fields(value):  # type: ignore[arg-type]
            yield from nodes(getattr(value, one.name))


def test_every_node_of_the_language_is_drawn() -> None:
    drawn = set()
    for one in many():
        for place, formula in one.items():
            written = formula.removeprefix("dated ") if place == "when" else formula
            drawn |= set(nodes(parse(Source("formula", written), 0, len(written)).value))
    assert NODES - drawn == set()


def test_every_place_is_drawn_for_and_holds_formulas_of_many_kinds() -> None:
    for place in PLACES:
        assert len({one[place.name] for one in many()}) >= (5 if place.name == "edge" else 40), place.name


def places(schema: Any, path: str = "") -> Iterator[str]:
    """The paths at which the schema takes a formula, names that authors choose as a star."""
    if not isinstance(schema, dict):
        return
    if {name: schema.get(name) for name in FORMULA} == FORMULA:
        yield path.lstrip(".")
    for name, value in schema.get("properties", {}).items():
        yield from places(value, f"{path}.{name}")
    for one in schema.get("anyOf", schema.get("oneOf", [])):
        yield from places(one, path)
    yield from places(schema.get("items"), f"{path}.*")
    yield from places(schema.get("additionalProperties"), f"{path}.*")


def test_the_places_are_all_that_the_schema_has() -> None:
    known = set(places(json.loads(SCHEMA.read_text(encoding="utf-8"))))
    assert {place.path for place in PLACES} - {"cohorts.*.when"} == known


# --- one formula --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3 * WORLDS))
def test_a_sound_condition_has_no_error_node_and_moves_inward_and_back(folder: Folder, seed: int) -> None:
    drawn = Formulas(seed).value("condition", STAY, 2)
    text = written({"metric": f"share({drawn} over stays)"}, {})
    if folder.check(text):
        return
    program = check_text(text, str(folder.path / "spec.yaml")).value
    assert program is not None
    for measure in program.measures:
        assert not is_faulty(measure.formula)
        assert not isinstance(measure.formula.type, ErrorType)
    aggregate = program.measure("subject").formula
    assert isinstance(aggregate, Aggregate)
    assert aggregate.expression is not None
    moved = relocate(aggregate.expression, 2)
    assert relocate(moved, -2) == aggregate.expression
    assert scopes(moved) == {scope + 2 for scope in scopes(aggregate.expression)}
