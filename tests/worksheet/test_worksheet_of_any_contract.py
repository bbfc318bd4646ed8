"""Another program that works out a drawn contract's worksheet comes to the engine's cent in every row."""

import os

import pytest

from acmspec.renderers.worksheet import render
from tests.worksheet.drawn import Dice
from tests.worksheet.recalculated import cells, checks, differing, recalculated

SEEDS = range(400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 40)
GIVE_BACK = (363, 606)
"""Contracts of which the maximum of an agreement, and that of the contract, gives back what it put off for advances."""

LIMITED = (151, 836)
"""Contracts of which a limit counts otherwise than maximums leave it, as there are advances."""


@pytest.mark.parametrize("seed", [*SEEDS, *GIVE_BACK, *LIMITED])
def test_every_row_of_a_drawn_contract_agrees(seed) -> None:
    contract = Dice(seed).contract()
    workbook = render(contract)
    again = recalculated(workbook)
    found = list(checks(again))
    words = [one for _, _, one in found]
    assert len(words) > 20
    assert "differs" not in words
    # Rows with more digits than a spreadsheet is exact in say so; a drawn term that multiplies ramps has them in each.
    assert words.count("not recalculated") <= len(words) / 4
    assert differing(cells(workbook), again) == []
