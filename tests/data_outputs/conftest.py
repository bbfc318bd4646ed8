"""One small run, made by hand, that every data file is rendered from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from acmspec.program.payment import ByProvider, Earned, Least, Successes, Times
from acmspec.program.tree import Benchmark, Dimension, GroupConstant
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Article, Clauses, Dashboard, Grid
from acmspec.results.from_facts import evaluate
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    MONEY,
    PROVIDERS,
    SHARE,
    aggregate_of,
    by_provider,
    cell_of,
    facts_of,
    field_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    quality_of,
    term_of,
    windows_of,
)

ODD = '=SUM("a";1),\nb'
"""A group name with everything that a table could trip over."""


def made() -> Outputs:
    """Two metrics and an outcome: shares by provider and by kind, with too few, missing and undefined among them."""
    kind = Dimension("kind", (("stays", field_of("kind")),), False, (), ())
    target = Benchmark("target", "target", GroupConstant(Fraction("0.55"), SHARE), (), None)
    shares = measure_of(minimum=20, benchmarks=(target,), breakdowns=((), (by_provider(),), (by_provider(), kind)))
    costs = measure_of(
        aggregate_of("average", MONEY, expression=field_of("cost", of=MONEY)),
        name="costs",
        title="Costs",
        decimals=2,
        better="lower",
        benchmarks=(Benchmark("budget", "target", GroupConstant(Fraction(90), MONEY), (), None),),
    )
    outcome = replace(
        shares, name="bonus", is_metric=False, benchmarks=(), breakdowns=((), (by_provider(),)), minimum=0
    )
    window = windows_of(shares, 1)[0]
    paths = ("provider", "kind")
    cells = {
        (shares.formula, window, (), ()): cell_of(84, 46),
        (shares.formula, window, ("provider",), ("North",)): cell_of(60, 40),
        (shares.formula, window, ("provider",), ("South",)): cell_of(12, 6),
        (shares.formula, window, paths, ("North", ODD)): cell_of(30, 20),
        (shares.formula, window, paths, ("North", None)): cell_of(30, 20),
        (costs.formula, window, (), ()): cell_of(3, total="0.10", known=3),
    }
    groups = {(shares.formula, window, paths): (("North", ODD), ("North", None))}
    quality = quality_of(silent=[("East", date(2025, 9, 1), date(2025, 9, 30))])
    facts = facts_of(cells, groups=groups, tables=[quality], data_date=date(2026, 1, 31))
    term = term_of(Times(ByProvider(fixed(100).amount, ()), Successes()), measure="bonus")
    cap = limit_of(Least(Earned(), fixed(2500)))
    program = program_of((shares, costs, outcome), terms=(term,), limits=(cap,))
    results = evaluate(program, facts)
    clauses = Clauses("Agency", "Title", "made-by-hand", Article(1, "Outcomes", (), ()))
    return Outputs(
        program,
        results,
        settle(program, results),
        clauses,
        page(),
        "cd" * 32,
        "9.9.9",
        ("results.csv", "manifest.json"),
    )


def page() -> Dashboard:
    """An empty dashboard; data files never look at it."""
    empty: dict[str, Any] = dict.fromkeys(Dashboard.__dataclass_fields__, ())
    return Dashboard(**(empty | {"quality": Grid((), ())}))


@pytest.fixture(scope="session")
def outputs() -> Outputs:
    """The run."""
    return made()


@pytest.fixture
def with_results() -> Callable[..., Outputs]:
    """The run with changed results."""

    def change(outputs: Outputs, **changes: Any) -> Outputs:
        return replace(outputs, results=replace(outputs.results, **changes))

    return change


__all__ = ["ODD", "PROVIDERS"]
