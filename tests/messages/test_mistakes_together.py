"""Independent mistakes in one spec are all told in one run, each on its line, and nothing besides."""

from collections import Counter

import pytest

from tests.messages.judge import Judge, Mistake, line_of
from tests.messages.mistakes import keys, names, values
from tests.messages.places import Example

# Kinds that leave the other parts of a spec as they are. A wrong word under one metric says nothing of another.
INDEPENDENT = (
    keys.misspelt_key, names.unknown_name_in_formula, names.unknown_reference, values.bad_date,
    values.wrong_unit, values.no_choice, values.unquoted_no, values.no_number,
)  # fmt: skip
ROUNDS = 12
STRIDE = 7


def part(mistake: Mistake) -> tuple[str, ...]:
    """The part of the spec that a mistake is in, so that no two are made in one."""
    return tuple(mistake.what.partition(":")[0].split(".")[:2])


def chosen(example: Example, start: int) -> list[Mistake]:
    """Some mistakes of all kinds, each in another part of the spec, none inside another's range."""
    picked: dict[tuple[str, ...], Mistake] = {}
    for number, kind in enumerate(INDEPENDENT):
        for one in list(kind(example))[start + number :: STRIDE * ROUNDS // 2]:
            if one.keeps_lines:
                picked.setdefault(part(one), one)
    return sorted(picked.values(), key=lambda one: one.start)


@pytest.mark.parametrize("start", range(0, ROUNDS * STRIDE, STRIDE))
def test_all_are_told_in_one_run(start: int, example: Example, judge: Judge) -> None:
    mistakes = chosen(example, start)
    assert len(mistakes) >= 5
    text, at = "", 0
    for one in mistakes:
        text += example.text[at : one.start] + one.new
        at = one.end
    text += example.text[at:]
    together = Counter((one.code, line_of(one)) for one in judge.found(text))
    alone = Counter((found.code, line_of(found)) for one in mistakes for found in judge.found(one.text))
    assert together == alone, [one.what for one in mistakes]
