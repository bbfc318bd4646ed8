"""One measure worked out from hand-made cells, which the tests of results share."""

from fractions import Fraction

from acmspec.program.tree import (
    Benchmark,
    GroupConstant,
)
from acmspec.results.from_facts import evaluate
from tests.settlement.made import (
    COUNT,
    DATA_DATE,
    MONEY,
    SHARE,
    aggregate_of,
    cell_of,
    facts_of,
    field_of,
    measure_of,
    program_of,
    windows_of,
)

COUNTED = aggregate_of("count", COUNT)
TOTAL = aggregate_of("sum", MONEY, expression=field_of("cost", of=MONEY))
AVERAGE = aggregate_of("average", MONEY, expression=field_of("cost", of=MONEY))
MEDIAN = aggregate_of("median", MONEY, expression=field_of("cost", of=MONEY))


def only(measure, cells, *, tables=None, group=(), paths=(), data_date=DATA_DATE, **of_facts):
    """The first window's result of a measure; `cells` pairs aggregates with what was gathered for them."""
    window = windows_of(measure, 1)[0]
    facts = facts_of(
        {(one, window, paths, group): cell for one, cell in cells.items()},
        tables=tables,
        data_date=data_date,
        **of_facts,
    )
    found = evaluate(program_of((measure,)), facts).measures[0]
    return next(one for one in found.results if (one.period, one.breakdown, one.group) == (window, paths, group))


def shared(n, true, **changes):
    measure = measure_of(**{key: value for key, value in changes.items() if key in {"minimum", "maturity", "decimals"}})
    of_cell = {key: value for key, value in changes.items() if key in {"immature", "matures", "records", "unjudged"}}
    return only(measure, {measure.formula: cell_of(n, true, **of_cell)})


def target_of(value, own=()):
    return Benchmark("target", "target", GroupConstant(Fraction(value), SHARE), tuple(own), None)


def compared(numerator, denominator, target, *, better="higher", decimals=1):
    measure = measure_of(better=better, decimals=decimals, benchmarks=(target_of(target),))
    return only(measure, {measure.formula: cell_of(denominator, numerator)}).comparisons[0]
