"""What the tests of English share: the world, what a formula means there, and whether its text comes back."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from acmspec.api import check
from acmspec.english.from_program import spoken
from acmspec.english.from_text import read
from acmspec.english.lines import is_readable, written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from acmspec.formula.from_text import parse
from acmspec.formula.print import text as canonical
from acmspec.ground.source import Source
from acmspec.program.from_formula import group_meaning, record_meaning
from acmspec.spec.tree import Spec
from tests.english.kinds import Kinds
from tests.english.made import Formulas

WORLD = Path(__file__).with_name("world.yaml")
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
TABLES = ("visits", "arrests", "people", "care", "workers", None, None, None)


@cache
def world() -> Spec:
    checked = check(WORLD)
    assert checked.value is not None
    assert [one.code for one in checked.diagnostics if one.code != "ACM308"] == []
    return checked.value.spec


@cache
def small_world() -> Spec:
    """The world with one calendar only, whose name need not be said."""
    spec = world()
    return replace(spec, calendars=spec.calendars[:1])


@cache
def kinds(calendars: int) -> Kinds:
    """What formulas can name in the world with so many calendars; other words for it name the same."""
    return Kinds(Names(world() if calendars > 1 else small_world()))


def meaning(text: str, table: str | None, names: Names) -> Any:
    """What a formula means, None if it is not sound."""
    syntax = parse(Source("formula", text), 0, len(text))
    if syntax.value is None:
        return None
    if table is None:
        return group_meaning(names.spec, syntax.value).value
    return record_meaning(names.spec, syntax.value, table).value


def made(seed: int, names: Names) -> tuple[str, str | None, Any] | None:
    """A formula of a seed with its table and its meaning; None if it is not sound, or too deep to be said."""
    formulas, table = Formulas(seed, kinds(len(names.spec.calendars))), TABLES[seed % len(TABLES)]
    text = formulas.of_group(2) if table is None else formulas.of_record(table, 2)
    found = meaning(text, table, names)
    if found is None or not is_readable(spoken(found, names, table)):
        return None
    return text, table, found


def comes_back(seed: int, names: Names) -> bool:
    """Whether there is a sound formula of a seed; fails if what English says of it says anything else."""
    sound = made(seed, names)
    if sound is None:
        return False
    text, table, found = sound
    syntax = parse(Source("f", text), 0, len(text)).value
    assert syntax is not None
    printed = canonical(syntax)
    assert parse(Source("f", printed), 0, len(printed)).value == syntax, (seed, text, printed)
    english = written(spoken(found, names, table))
    back = read(Source("text", english), names, table)
    assert back.value is not None, (seed, text, english, back.diagnostics)
    again = canonical(back.value)
    meant = meaning(again, table, names)
    assert meant is not None, (seed, text, english, again)
    assert normal(meant) == normal(found), (seed, text, english, again)
    # What came back is in normal form, and such a formula comes back as the very same syntax.
    assert back.value == parse(Source("f", again), 0, len(again)).value, (seed, text, english, again)
    assert written(spoken(meant, names, table)) == english, (seed, text, english, again)
    return True
