"""The parts of a pool, worked out again by another program in every row, to the engine's cent."""

import pytest

from acmspec.program.payment import Pooled, Successes
from acmspec.renderers.worksheet import render
from acmspec.results.tree import State
from acmspec.settlement.pools import WAITS
from tests.settlement.made import (
    PROVIDERS,
    agreements_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)
from tests.settlement.test_pools import LEVEL, MEASURE, POOL, PRIZES
from tests.worksheet.drawn import outputs_of
from tests.worksheet.recalculated import cells, checks, differing, recalculated

BY_SUCCESSES, EQUALLY = (Pooled(one, POOL, (), rise=True) for one in (Successes(), LEVEL))
RISING, FALLING = (Pooled(LEVEL, POOL, PRIZES, rise=rise) for rise in (True, False))


@pytest.mark.parametrize(
    ("pool", "counts", "parts"),
    [
        (BY_SUCCESSES, ((1, 5), (1, 4), (4, 4)), ("166.67", "166.67", "666.66")),
        (BY_SUCCESSES, ((0, 5), (0, 4), (0, 4)), ("0", "0", "0")),
        (BY_SUCCESSES, ((3, 5), State.UNDEFINED, (4, 4)), ("428.57", "0", "571.43")),
        (BY_SUCCESSES, ((3, 5), State.MISSING, (4, 4)), ("0", "0", "0")),
        (EQUALLY, ((1, 2), (1, 3), (9, 9)), ("500.00", "0", "500.00")),
        (EQUALLY, ((1, 1), (1, 1), (1, 1)), ("333.34", "333.33", "333.33")),
        (RISING, ((6, 10), (9, 10), (7, 10)), ("199.99", "500.01", "300.00")),
        (RISING, ((9, 10), (9, 10), (7, 10)), ("400.01", "400.00", "199.99")),
        (RISING, ((7, 10), (9, 10), (7, 10)), ("250.00", "500.01", "249.99")),
        (RISING, ((7, 10), (1, 10), (7, 10)), ("400.01", "0", "400.00")),
        (RISING, ((0, 10), (1, 10), (2, 10)), ("0", "0", "0")),
        (FALLING, ((6, 10), (9, 10), (6, 10)), ("400.01", "199.99", "400.00")),
    ],
)
def test_each_part_is_worked_out_again(pool, counts, parts) -> None:
    on = (("missing", "withhold until received"), ("undefined", "nothing"), ("disputed", "nothing"))
    program = program_of((MEASURE,), terms=[term_of(pool, on=on)], agreements=agreements_of(*PROVIDERS))
    (window,) = windows_of(MEASURE, 1)
    results = [
        result_of(window, name, 1, 2, state=one) if isinstance(one, State) else result_of(window, name, *one)
        for name, one in zip(PROVIDERS, counts, strict=True)
    ]
    made = outputs_of(program, results_of(MEASURE, results))
    assert [f"{float(one.amount):.2f}" for one in made.settlement.lines] == [f"{float(one):.2f}" for one in parts]
    waiting = State.MISSING in counts
    assert [one.basis == WAITS for one in made.settlement.lines] == [waiting, False, waiting]
    workbook = render(made)
    again = recalculated(workbook)
    assert {words for _, _, words in checks(again)} == {"agrees"}
    assert differing(cells(workbook), again) == []
