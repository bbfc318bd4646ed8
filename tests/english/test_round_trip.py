"""English says a formula, and its text says the formula back."""

import os
from pathlib import Path
from typing import Any

import pytest

from acmspec.api import check
from acmspec.english.from_program import spoken, understood
from acmspec.english.from_text import read
from acmspec.english.lines import is_readable, written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from acmspec.formula.from_text import parse
from acmspec.formula.print import text as canonical
from acmspec.ground.source import Source
from acmspec.program.from_formula import group_meaning, record_meaning
from tests.english.made import Formulas, Record

WORLD = Path(__file__).with_name("world.yaml")
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
BATCHES, EACH = (100, 1_250) if LONG else (10, 250)
TABLES = ("visits", "arrests", "people", None, None)


@pytest.fixture(scope="module")
def names() -> Names:
    checked = check(WORLD)
    assert checked.value is not None
    assert [one.code for one in checked.diagnostics if one.code != "ACM308"] == []
    return Names(checked.value.spec)


def meaning(text: str, table: str | None, names: Names) -> Any:
    """What a formula means, None if it is not sound."""
    syntax = parse(Source("formula", text), 0, len(text))
    if syntax.value is None:
        return None
    if table is None:
        return group_meaning(names.spec, syntax.value).value
    return record_meaning(names.spec, syntax.value, table).value


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_is_said_of_a_formula_says_the_formula(names: Names, batch: int) -> None:
    sound = 0
    for seed in range(batch * EACH, (batch + 1) * EACH):
        formulas = Formulas(seed)
        table = TABLES[seed % len(TABLES)]
        text = formulas.group(2) if table is None else formulas.condition((Record(table),), 2)
        found = meaning(text, table, names)
        said = None if found is None else spoken(found, names, table)
        if said is None or not is_readable(said):
            continue
        sound += 1
        english = written(said)
        back = read(Source("text", english), names, table)
        assert back.value is not None, (text, english, back.diagnostics)
        again = canonical(back.value)
        assert canonical(parse(Source("f", again), 0, len(again)).value) == again
        other = meaning(again, table, names)
        assert other is not None, (text, english, again)
        assert normal(other) == normal(found), (text, english, again)
        # What came back is in normal form, and such a formula comes back as the very same syntax.
        assert written(spoken(other, names, table)) == english
        assert back.value == parse(Source("f", again), 0, len(again)).value, (text, english, again)
    assert sound > EACH * 0.8


def test_the_text_is_understood_whatever_its_lines(names: Names) -> None:
    found = meaning("seen_on is known and (ok or urgent or late)", "visits", names)
    english = written(spoken(found, names, "visits"))
    assert english.count("\n") > 3
    for other in (" ".join(english.split()), english.replace("    ", ""), english.replace(" ", "\n\t")):
        assert understood(other, names, "visits") == normal(found)
