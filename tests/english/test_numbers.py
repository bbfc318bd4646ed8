"""Stated amounts are said in words that a contract can hold."""

import pytest

from acmspec.english import numbers
from acmspec.spec.amounts import amount


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("24 hours", "24 hours"),
        ("1 hour", "1 hour"),
        ("90 minutes", "90 minutes"),
        ("1.5 hours", "90 minutes"),
        ("0.5 seconds", "0.5 seconds"),
        ("45 days", "45 days"),
    ],
)
def test_a_stated_length_of_time_is_said_in_the_unit_it_is_whole_in(written: str, said: str) -> None:
    assert numbers.amount(amount(written), "USD") == said
