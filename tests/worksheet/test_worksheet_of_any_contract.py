"""Another program that works out a drawn contract's worksheet comes to the engine's cent in every row."""

import os

import pytest

from acmspec.program.payment import Pooled
from acmspec.renderers.worksheet import render
from tests.worksheet.drawn import Dice
from tests.worksheet.recalculated import cells, checks, differing, recalculated

SEEDS = range(400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 40)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_of_a_drawn_contract_agrees(seed) -> None:
    contract = Dice(seed).contract()
    workbook = render(contract)
    again = recalculated(workbook)
    found = list(checks(again))
    words = [one for _, _, one in found]
    assert len(words) > 20
    assert "differs" not in words
    # The parts of a pool rest on all providers and are typed. Rows with more digits than a spreadsheet is exact in say
    # so; a drawn term that multiplies ramps has them in each.
    pools = {one.name.capitalize() for one in contract.program.payments.terms if isinstance(one.amount, Pooled)}
    own = [one for title, _, one in found if title not in pools]
    assert own.count("not recalculated") <= len(own) / 4
    assert differing(cells(workbook), again) == []
