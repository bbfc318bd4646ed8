"""The mistakes that any spec can hold, made everywhere in a second one: what is said doesn't hang on the example."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from acmspec.api import check_text
from tests.messages.judge import Judge
from tests.messages.mistakes import keys, layout, names, values
from tests.messages.mistakes.catalog import KINDS, Kind
from tests.messages.places import NAME, Example, read_example

SPEC = Path(__file__).parents[1] / "external" / "ae_attendances" / "spec.yaml"
MODULES = {one.__name__ for one in (keys, layout, names, values)}
SPOTS = [kind for kind in KINDS if kind.__module__ in MODULES]
NO_PLACE = {"unknown_function", "unknown_keyed_reference", "misspelt_choice_of_records", "neither_yes_nor_no"}
"""Kinds of mistakes for which this spec has no place: no payment, no choice of records, no condition in its data."""


@cache
def second() -> tuple[Example, Judge]:
    """The spec, and the judge who knows that nothing is said of it as it is."""
    example = read_example(SPEC)
    assert check_text(example.text, NAME).diagnostics == ()
    return example, Judge(Counter())


@pytest.mark.parametrize("kind", SPOTS, ids=lambda kind: kind.__name__)
def test_a_mistake_in_another_spec_is_said_once_where_it_is(kind: Kind) -> None:
    example, judge = second()
    mistakes = list(kind(example))
    assert bool(mistakes) is (kind.__name__ not in NO_PLACE)
    assert judge.complaints(mistakes) == []
