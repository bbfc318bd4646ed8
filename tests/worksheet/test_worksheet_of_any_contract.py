"""Another program that works out a drawn contract's worksheet comes to the engine's cent in every row."""

import os

import pytest

from acmspec.renderers.worksheet import render
from tests.worksheet.drawn import Dice
from tests.worksheet.recalculated import cells, checks, differing, recalculated

SEEDS = range(400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 40)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_of_a_drawn_contract_agrees(seed) -> None:
    workbook = render(Dice(seed).contract())
    again = recalculated(workbook)
    words = [one for _, _, one in checks(again)]
    assert len(words) > 20
    assert "differs" not in words
    # Rows with more digits than a spreadsheet is exact in say so, and parts of a pool, which rest on all providers; a
    # drawn term that multiplies ramps has them in each.
    assert words.count("not recalculated") <= len(words) / 3
    assert differing(cells(workbook), again) == []
