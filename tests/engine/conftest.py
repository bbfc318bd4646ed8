"""Programs built by hand, so that the engine is tested without the rooms before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from acmspec.backends.duckdb import DuckDB
from acmspec.facts.from_query import gather
from acmspec.facts.tree import Cell, Facts
from acmspec.ground.calendar import Every, Length
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Unit
from acmspec.ground.source import Source, Span
from acmspec.ground.windows import Covers
from acmspec.program.agreed import Agreement
from acmspec.program.payments import Payments
from acmspec.program.record import Column, Compare, Constant, FieldValue, Record, Step
from acmspec.program.tree import Aggregate, Dimension, Measure, Population, Program, Store, StoredColumn
from acmspec.program.types import BooleanType, DateType, NumberType, TextType, Type
from acmspec.query.from_program import plan
from acmspec.sources import SOURCES

HERE = Span(Source("spec.yaml", ""), 0, 0)
TYPES: dict[str, Type] = {
    "text": TextType(),
    "integer": NumberType(integral=True),
    "decimal": NumberType(),
    "money": NumberType(unit=Unit.of("USD")),
    "date": DateType(),
    "boolean": BooleanType(),
}


def column(name: str, kind: str = "text", **changes: Any) -> StoredColumn:
    one = StoredColumn(name, name, kind, True, False, (), None, "", TYPES[kind] if kind == "money" else TextType())
    return replace(one, **changes)


def store(name: str, *columns: StoredColumn, key: tuple[str, ...] = ("id",), **changes: Any) -> Store:
    one = Store(
        name, f"{name}.csv", name, name, key, columns, (), "error", Fraction(0), Length(), None, None, None, HERE
    )
    return replace(one, **changes)


def value(table: str, name: str, kind: str = "text", scope: int = 0, steps: tuple[Step, ...] = ()) -> FieldValue:
    return FieldValue(scope, steps, Column(table, name), TYPES[kind], True)


def constant(what: Any) -> Constant:
    kind = {str: "text", bool: "boolean", date: "date"}.get(type(what), "decimal")
    return Constant(Fraction(what) if type(what) is int else what, TYPES[kind])


def compare(left: Record, operator: str, right: Any) -> Compare:
    other = constant(right) if isinstance(right, str | bool | int | Fraction | date) else right
    return Compare(operator, left, other, BooleanType())


def population(table: str, dated: Record, **changes: Any) -> Population:
    return replace(Population(table, table, table, table, dated, None, (), ()), **changes)


def aggregate(function: str, expression: Record | None, over: Population, **changes: Any) -> Aggregate:
    return replace(Aggregate(function, expression, over, None, (), NumberType()), **changes)


def dimension(path: str, *values: tuple[str, Record], is_provider: bool = False) -> Dimension:
    return Dimension(path, values, is_provider, (), ())


def measure(formula: Any, *breakdowns: tuple[Dimension, ...], name: str = "m", **changes: Any) -> Measure:
    one = Measure(
        name,
        formula,
        Every.QUARTER,
        Covers.PERIOD,
        ((), *breakdowns),
        "higher",
        1,
        0,
        "counted in the denominator only",
        "all records",
        (),
        "",
        True,
        HERE,
    )
    return replace(one, **changes)


def program(*measures: Measure, stores: tuple[Store, ...], **changes: Any) -> Program:
    payments = Payments((), (), changes.pop("agreements", ()), None, None)
    nothing: Any = None
    one = Program("x", date(2025, 1, 1), date(2025, 12, 31), None, 7, "USD", stores, measures, payments, nothing)
    return replace(one, **changes)


def agreement(provider: str, first: date, last: date) -> Agreement:
    return Agreement(provider, "", first, last, None)


@dataclass
class Ran:
    """What came back, with short ways to ask."""

    outcome: Outcome[Facts]

    @property
    def facts(self) -> Facts:
        assert self.outcome.value is not None
        return self.outcome.value

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.outcome.diagnostics]

    def cell(
        self, one: Aggregate, period: str, paths: tuple[str, ...] = (), group: tuple[str | None, ...] = ()
    ) -> Cell:
        return next(
            cell
            for (which, window, by, values), cell in self.facts.cells.items()
            if (which, window.name, by, values) == (one, period, paths, group)
        )

    def parts(self, one: Aggregate, period: str, *where: Any) -> tuple[Fraction | None, ...]:
        return tuple(self.cell(one, period, *where).parts.values())


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., Ran]:
    """Runs a program on texts or bytes of files, by table."""

    def run(
        one: Program,
        data: Mapping[str, str | bytes | Path],
        as_of: date = date(2025, 12, 31),
        threads: int = 2,
        end: str = "csv",
    ) -> Ran:
        files: dict[str, tuple[Path, str]] = {}
        for table, content in data.items():
            path = content if isinstance(content, Path) else tmp_path / f"{table}.{end}"
            if not isinstance(content, Path):
                path.write_bytes(content.encode() if isinstance(content, str) else content)
            files[table] = (path, f"data/{table}.{end}")
        backend = DuckDB(threads=threads)
        try:
            return Ran(gather(one, plan(one, as_of), as_of, backend, SOURCES, files))
        finally:
            backend.close()

    return run


@pytest.fixture
def build() -> Any:
    """The builders of this file, for tests, which can't import it."""
    from types import SimpleNamespace

    return SimpleNamespace(
        column=column, store=store, value=value, constant=constant, compare=compare, population=population,
        aggregate=aggregate, dimension=dimension, measure=measure, program=program, agreement=agreement,
    )  # fmt: skip
