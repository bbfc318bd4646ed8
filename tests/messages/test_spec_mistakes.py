"""Every kind of mistake at every place of the example: one finding, on its line, with everything a reader needs."""

import pytest

from acmspec.ground.diagnostic import Diagnostic
from tests.messages.judge import Judge, blemishes, line_of, said
from tests.messages.mistakes.catalog import KINDS, Kind
from tests.messages.mistakes.layout import lines
from tests.messages.mistakes.names import renamed
from tests.messages.places import Example, Place, misspelt

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


def test_a_declaration_renamed_is_missed_at_every_use_and_nowhere_else(example: Example, judge: Judge) -> None:
    complaints = []
    parts = [place for place in example.places if len(place.path) == 2]
    for place, text, uses in renamed(example):
        found = judge.found(text)
        told = {line_of(one) for one in found}
        # What belongs to an unknown table can't be looked into; the part is told by its own first line.
        silent = {
            line
            for line in uses - told
            for part in parts
            if line in lines_of(example, part) and told & lines_of(example, part)
        }
        if uses - told - silent or told - uses - {example.first_line(place)}:
            complaints.append(f"[{place.dotted}] used on {sorted(uses)}, found {[said(one) for one in found]}")
        complaints += [f"[{place.dotted}] {said(one)} offers nothing" for one in found if not offers(one, place)]
        complaints += [f"[{place.dotted}] {blemish}" for one in found for blemish in blemishes(one, text)]
    assert not complaints, report(complaints)


def lines_of(example: Example, place: Place) -> set[int]:
    return set(range(example.first_line(place), example.line(place.end) + 1))


def offers(one: Diagnostic, place: Place) -> bool:
    return misspelt(place.name) in f"{one.message} {one.label} {one.fix}"
