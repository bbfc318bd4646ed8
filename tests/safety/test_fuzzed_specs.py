"""Whatever is done to a whole spec, it ends in a meaning that every page can be made of, or in whole findings."""

import os
import random
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from acmspec.api import check_text
from acmspec.ground.diagnostic import has_errors
from acmspec.ground.display import pretty
from acmspec.kinds import KINDS
from acmspec.query.dialect import DUCKDB
from acmspec.report.clauses import clauses
from acmspec.report.plan_text import plan_text
from tests.messages.places import Example, Place, read_example
from tests.safety.steps import steps

ROOT = Path(__file__).parents[2]
SPECS = (
    *sorted(ROOT.glob("specs/examples/*/spec.yaml")),
    ROOT / "docs" / "english.yaml",
    ROOT / "tests" / "english" / "world.yaml",
    *sorted(ROOT.glob("tests/clauses/court/*.yaml")),
)
BATCHES, EACH = (40, 250) if os.environ.get("HYPOTHESIS_PROFILE") == "long" else (4, 40)
MOST_READ = 100
"""How many findings of one spec are looked at."""

VALUES = [
    "\t", "0", "-1", "9" * 400, "1e9", "no", "~", "''", "[]", "{}", "[a, a]", "{a: b}", "&x a", "*x", "2024-02-30",
    "9999-12-31", "0001-01-01", "$0", "-$5", "$1,0", "100%", "1000%", "==", "(" * 200, "count(", "x" * 300, "é",
    "日本", '"\\0"', "!!int 3", "!!python/object:x y", "|", "> x", "a.b.c.d", "period", "rolling 0 months", "1:30",
    f"rolling {'9' * 30} months", "0 days", "101 years", "every period", "../x.csv", "/**/*", "- a", "? x", "0x1F",
    "postgresql://u:p@h/d", "<<", "null", "Q1", "FY2026", "2025-W53", "business days", "[[]]", "{[]: 1}", ".inf",
    "[null, null]", ".nan",
]  # fmt: skip
PIECES = [
    "count(", "share(", " over ", " where ", " and ", " or ", "not ", "if ", " then ", " else ", " for each ", "(", ")",
    " for same client", " in period", "[1 year earlier]", "[all providers]", "[since start]", "0", "days from ", " to ",
    "open on ", "within 5 days after ", "percentile(90, ", "rank(", "longest run(", "the(", "latest(", "nth(2, ",
    " as x", "reaches($5, ", "birthday 1 of ", " weighted by ", " by ", "other ", "all ", " is known", " in (1, 2)",
    '"a"', "5%", "2025-01-01", "period end", "length of period", " / 0", "* ", "- ",
]  # fmt: skip


@cache
def _example(path: Path) -> Example:
    return read_example(path)


class Mutations:
    """Changes a spec in a few places: values and keys for others, blocks taken away or doubled, pieces of formulas."""

    def __init__(self, seed: int, example: Example) -> None:
        self.chance = random.Random(seed)  # noqa: S311  (tests, not secrets)
        self.example = example

    def mutated(self) -> str:
        text, last = self.example.text, len(self.example.text) + 1
        changes = [self.change() for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3, 5)))]
        for start, end, new in sorted(changes, reverse=True):
            if end <= last:
                text, last = text[:start] + new + text[end:], start
        return text

    def change(self) -> tuple[int, int, str]:
        kinds: tuple[Callable[[], tuple[int, int, str]], ...] = (
            self.another_value, self.another_scalar, self.another_key, self.lost, self.doubled, self.hostile,
            self.another_formula, self.formula_with_a_piece,
        )  # fmt: skip
        return self.chance.choice(kinds)()

    def place(self, places: tuple[Place, ...]) -> Place:
        return self.chance.choice(places)

    def another_value(self) -> tuple[int, int, str]:
        one = self.place(self.example.places)
        return one.start, one.end, self.example.raw(self.place(self.example.places))

    def another_scalar(self) -> tuple[int, int, str]:
        one = self.place(self.example.scalars)
        return one.start, one.end, self.example.raw(self.place(self.example.scalars))

    def another_key(self) -> tuple[int, int, str]:
        one, other = (self.place(self.example.entries).key or (0, 0) for _ in range(2))
        return *one, self.example.text[slice(*other)]

    def lost(self) -> tuple[int, int, str]:
        return *self.example.block(self.place(self.example.entries)), ""

    def doubled(self) -> tuple[int, int, str]:
        """A block a second time, behind another at its depth."""
        one = self.place(self.example.entries)
        behind = self.place(tuple(each for each in self.example.entries if len(each.path) == len(one.path)))
        start, end = self.example.block(one)
        at = self.example.block(behind)[1]
        return at, at, self.example.text[start:end]

    def hostile(self) -> tuple[int, int, str]:
        one = self.place(self.chance.choice((self.example.scalars, self.example.places)))
        return one.start, one.end, self.chance.choice(VALUES)

    def another_formula(self) -> tuple[int, int, str]:
        one = self.place(self.example.formulas)
        return one.start, one.end, self.example.raw(self.place(self.example.formulas))

    def formula_with_a_piece(self) -> tuple[int, int, str]:
        one = self.place(self.example.formulas)
        at = self.chance.randint(one.start, one.end)
        end = min(one.end, at + self.chance.choice((0, 0, 3, 8, 20)))
        return at, end, self.chance.choice((*PIECES, self.place(self.example.entries).name))


def _judged(text: str, path: Path) -> bool:
    """Whether a spec is sound; what is found is whole, and a sound one has its clauses and its plan."""
    found = check_text(text, str(path))
    for one in found.diagnostics[:MOST_READ]:
        assert one.message
        assert one.cause
        assert one.fix
        assert one.problem.contract
        assert pretty(one, color=False)
    if found.value is None or has_errors(found.diagnostics):
        assert found.diagnostics
        return False
    clauses(found.value, KINDS)
    plan_text(found.value, found.value.data_date or date(2026, 6, 30), DUCKDB)
    return True


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_spec_with_some_changes_is_read_or_refused(batch: int) -> None:
    sound = 0
    for seed in range(batch * EACH, (batch + 1) * EACH):
        path = SPECS[seed % len(SPECS)]
        sound += _judged(Mutations(seed, _example(path)).mutated(), path)
    # Those that stay sound are the interesting ones, and so are those that don't.
    assert 0 < sound < EACH


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_spec_that_is_changed_is_sound_before(path: Path) -> None:
    found = check_text(path.read_text(encoding="utf-8"), str(path))
    assert found.value is not None
    clauses(found.value, KINDS)


@pytest.mark.parametrize("span", ["[null, closed]", "[opened]", "[]", "[opened, closed, opened]", "[1, 2]", "[[], {}]"])
def test_a_span_of_another_number_of_fields_is_one_finding_and_no_crash(span: str) -> None:
    path = ROOT / "tests" / "clauses" / "court" / "homes.yaml"
    text = path.read_text(encoding="utf-8")
    assert not _judged(text.replace("span: [opened, closed]", f"span: {span}"), path)


# --- large ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["a: 1\n", "- ", "- a\n", "{", "[", "[a, ", "a: {", "&a *a ", "# x\n", "a:\n ", "'", '"', "? ", "! ", "\u2028"],
)
@pytest.mark.parametrize("size", [1_000, 100_000])
def test_a_long_text_of_anything_is_refused(unit: str, size: int) -> None:
    text = unit * (size // len(unit))
    for each in (text, f"acmspec: 1\ndata:\n  a: {text}", f"acmspec: 1\n{text}"):
        assert not _judged(each, Path("spec.yaml"))


@pytest.mark.parametrize("unit", ["  x{0}: [a]\n", "  x{0}: [a, b]\n"])
def test_checking_twice_as_much_takes_about_twice_the_steps(unit: str) -> None:
    text = _example(SPECS[0]).text

    def checked(size: int) -> None:
        lists = "".join(unit.format(at) for at in range(size))
        check_text(text.replace("lists:\n", f"lists:\n{lists}", 1))

    checked(0)  # what is worked out once for the same words is no part of any
    base = steps(lambda: checked(0))
    one, two = (steps(lambda size=size: checked(size)) - base for size in (200, 400))
    assert two <= 2.5 * one + 5_000
