"""English says a formula, and its text says the formula back; under any vocabulary that the check accepts."""

import random
from dataclasses import replace

import pytest

from acmspec.english import vocabulary
from acmspec.english.from_program import spoken, understood
from acmspec.english.from_text import read
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from acmspec.formula.print import text as canonical
from acmspec.ground.source import Source
from acmspec.spec.tree import Noun
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


def test_a_record_whose_name_is_taken_is_called_so_again_when_its_text_is_read() -> None:
    spec = world()
    cohorts = tuple(replace(one, noun=Noun("Of Note Arrest", "Of Note Arrests")) for one in spec.cohorts[:1])
    names = Names(replace(spec, cohorts=cohorts + spec.cohorts[1:]))
    found = meaning("any(arrests as of_note for same client where of_note.arrested_on <= seen_on)", "visits", names)
    english = written(spoken(found, names, "visits"))
    assert "(“Further of Note Arrest”)" in english
    back = read(Source("text", english), names, "visits").value
    assert back is not None
    again = meaning(canonical(back), "visits", names)
    assert normal(again) == normal(found)
    assert written(spoken(again, names, "visits")) == english


def test_two_records_called_alike_are_told_apart_by_what_they_are() -> None:
    spec = world()
    data = tuple(
        replace(one, noun=Noun("Visit of (a)", "Visits")) if one.name.value == "visits" else one for one in spec.data
    )
    names = Names(replace(spec, data=data))
    inner = "any(visits as later for same client where later.seen_on <= Later.arrested_on)"
    found = meaning(
        f"any(arrests as Later for same client where Later.arrested_on <= born_on and {inner})", "people", names
    )
    english = written(spoken(found, names, "people"))
    back = read(Source("text", english), names, "people").value
    assert back is not None
    again = meaning(canonical(back), "people", names)
    assert normal(again) == normal(found)
    assert written(spoken(again, names, "people")) == english


def test_a_record_called_like_a_word_of_formulas_is_called_so_again() -> None:
    spec = world()
    data = tuple(replace(one, noun=Noun("And", "Ands")) if one.name.value == "visits" else one for one in spec.data)
    assert comes_back(728_100, Names(replace(spec, data=data)))


def test_the_text_is_understood_whatever_its_lines(names: Names) -> None:
    found = meaning("seen_on is known and (ok or urgent or late)", "visits", names)
    english = written(spoken(found, names, "visits"))
    assert english.count("\n") > 3
    for other in (" ".join(english.split()), english.replace("    ", ""), english.replace(" ", "\n\t")):
        assert understood(other, names, "visits") == normal(found)
