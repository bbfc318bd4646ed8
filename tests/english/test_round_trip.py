"""English says a formula, and its text says the formula back; under any vocabulary that the check accepts."""

import random

import pytest

from acmspec.english import vocabulary
from acmspec.english.from_program import spoken, understood
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from tests.english.hostile import under
from tests.english.saying import LONG, comes_back, meaning, small_world, world

BATCHES, EACH = (100, 1_400) if LONG else (8, 310)
LEAST = 1_000 if LONG else 200
"""How many sound formulas come back in each of the batches, at least."""
VOCABULARIES, FORMULAS = (50, 40) if LONG else (5, 3)
"""How many hostile vocabularies are accepted in each of ten batches, and how many formulas are said under each."""
TRIES = 4_000
"""How many are drawn for that at most: about one of thirty is accepted."""


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(world())


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_is_said_of_a_formula_says_the_formula(names: Names, batch: int) -> None:
    some = names if batch % 4 else Names(small_world())
    assert sum(comes_back(seed, some) for seed in range(batch * EACH, (batch + 1) * EACH)) >= LEAST


@pytest.mark.parametrize("batch", range(10))
def test_it_does_so_under_hostile_vocabularies(batch: int) -> None:
    chance, accepted = random.Random(batch), 0  # noqa: S311  (tests, not secrets)
    for _ in range(TRIES):
        spec = under(chance, world())
        if vocabulary.check(spec):
            continue
        accepted += 1
        names = Names(spec)
        for _ in range(FORMULAS):
            comes_back(chance.randrange(1_000_000), names)
        if accepted == VOCABULARIES:
            return
    raise AssertionError(accepted)


def test_the_text_is_understood_whatever_its_lines(names: Names) -> None:
    found = meaning("seen_on is known and (ok or urgent or late)", "visits", names)
    english = written(spoken(found, names, "visits"))
    assert english.count("\n") > 3
    for other in (" ".join(english.split()), english.replace("    ", ""), english.replace(" ", "\n\t")):
        assert understood(other, names, "visits") == normal(found)
