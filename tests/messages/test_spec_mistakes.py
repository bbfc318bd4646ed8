"""Every kind of mistake at every place of the example: one finding, on its line, with everything a reader needs."""

import pytest

from tests.messages.judge import Judge
from tests.messages.mistakes.catalog import KINDS, Kind
from tests.messages.mistakes.layout import lines
from tests.messages.places import Example

MOST_SHOWN = 80


def report(complaints: list[str]) -> str:
    return f"{len(complaints)} complaints:\n" + "\n".join(complaints[:MOST_SHOWN])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_mistake_is_said_once_where_it_is_and_with_its_remedy(kind: Kind, example: Example, judge: Judge) -> None:
    mistakes = list(kind(example))
    assert mistakes, "no place of the example takes this mistake"
    complaints = judge.complaints(mistakes)
    assert not complaints, report(complaints)


def test_a_line_moved_by_one_blank_is_never_a_traceback_and_always_has_a_place(example: Example, judge: Judge) -> None:
    complaints = []
    for number, offset, line in lines(example):
        for moved in (f" {line}", line.removeprefix(" ")):
            if moved != line:
                text = example.text[:offset] + moved + example.text[offset + len(line) :]
                complaints += [f"[line {number}] {one}" for one in judge.whole(text)]
    assert not complaints, report(complaints)


def test_a_line_lost_is_never_a_traceback_and_always_has_a_place(example: Example, judge: Judge) -> None:
    complaints = []
    for number, offset, line in lines(example):
        text = example.text[:offset] + example.text[offset + len(line) + 1 :]
        complaints += [f"[line {number}] {one}" for one in judge.whole(text)]
    assert not complaints, report(complaints)


def test_a_file_cut_off_anywhere_is_never_a_traceback_and_always_has_a_place(example: Example, judge: Judge) -> None:
    complaints = []
    for cut in range(97, len(example.text), 97):
        complaints += [f"[cut at {cut}] {one}" for one in judge.whole(example.text[:cut])]
    assert not complaints, report(complaints)
