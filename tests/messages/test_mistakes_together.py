"""Mistakes in one spec are all told in one run, each on its line, and nothing besides.

Only what rests on a part that is mistaken itself may have to wait until that part is mended.
"""

import re
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
Part = tuple[str, str]
ROUNDS = 12
STRIDE = 7


def part(mistake: Mistake) -> Part:
    """The part of the spec that a mistake is in, so that no two are made in one."""
    first, second, *_ = (*mistake.what.partition(":")[0].split("."), "")
    return first, second


def chosen(example: Example, start: int) -> dict[Part, Mistake]:
    """Some mistakes of all kinds, each in another part of the spec, in the order of the text."""
    picked: dict[Part, Mistake] = {}
    for number, kind in enumerate(INDEPENDENT):
        for one in list(kind(example))[start + number :: STRIDE * ROUNDS // 2]:
            if one.keeps_lines:
                picked.setdefault(part(one), one)
    return dict(sorted(picked.items(), key=lambda pair: pair[1].start))


def rests_on(example: Example, start: Part, others: set[Part]) -> bool:
    """Whether a part names, perhaps through further parts, one of the others."""
    blocks = {place.path: example.raw(place) for place in example.places if len(place.path) == 2}
    seen, ahead = {start}, [start]
    while ahead:
        words = set(re.findall(r"[a-z_]+", blocks.get(ahead.pop(), "")))
        for path in blocks:
            if path[1] in words and path not in seen:
                seen.add(path)
                ahead.append(path)
    return bool((seen - {start}) & others)


@pytest.mark.parametrize("start", range(0, ROUNDS * STRIDE, STRIDE))
def test_all_are_told_in_one_run(start: int, example: Example, judge: Judge) -> None:
    mistakes = chosen(example, start)
    assert len(mistakes) >= 5
    text, at = "", 0
    for one in mistakes.values():
        text += example.text[at : one.start] + one.new
        at = one.end
    text += example.text[at:]
    together = Counter((one.code, line_of(one)) for one in judge.found(text))
    untold = 0
    for where, one in mistakes.items():
        alone = Counter((found.code, line_of(found)) for found in judge.found(one.text))
        assert alone
        if alone <= together:
            together -= alone
        else:
            untold += 1
            assert rests_on(example, where, set(mistakes)), f"{one.what} is not told: {alone}"
    assert not together, "more is said than of each alone"
    assert untold <= len(mistakes) // 4
