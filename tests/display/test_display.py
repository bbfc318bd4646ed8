"""How findings look: the whole text, the carets, what cannot be seen, and the closing line."""

from unicodedata import combining, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.diagnostic import DataPlace, Label, Problem, Severity
from acmspec.ground.display import MOST_CELLS, alike, also, pretty, summary
from acmspec.ground.source import Source, Span

PROBLEM = Problem("ACM101", "unknown key", "No such key.", "Rename it.", "Every term must be known.")
WARNING = Problem("ACM151", "odd", "It is odd.", "Quote it.", "Words must be plain.", Severity.WARNING)


def at(text: str, start: int, end: int, label: str = "here") -> list[str]:
    span = Span(Source("spec.yaml", text), start, end)
    return pretty(PROBLEM.at(span, "a message", label=label), color=False).split("\n")


def cells(text: str) -> int:
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def carets(lines: list[str]) -> tuple[str, str]:
    """The characters above the carets, measured in cells."""
    index = next(number for number, line in enumerate(lines) if "^" in line and "|" in line)
    under, above = lines[index], lines[index - 1]
    first = cells(under[: under.index("^")])
    width = under.count("^")
    covered = ""
    before = 0
    for one in above:
        if first <= before < first + width:
            covered += one
        before += cells(one)
    return covered, under


def test_the_whole_of_a_finding() -> None:
    text = "acmspec: 1\nprogramme: Supported Employment\n"
    span = Span(Source("spec.yaml", text), 11, 20)
    finding = PROBLEM.at(
        span, "unknown key “programme”", label="the key is called “program”", path="programme", fix="Rename it so."
    )
    assert pretty(finding, color=False) == (
        "error[ACM101]: unknown key “programme”\n"
        " --> spec.yaml:2:1   (programme)\n"
        "1 | acmspec: 1\n"
        "2 | programme: Supported Employment\n"
        "  | ^^^^^^^^^ the key is called “program”\n"
        "  = cause: No such key.\n"
        "  = fix: Rename it so.\n"
        "  = contract: Every term must be known."
    )


def test_line_numbers_of_two_digits_move_everything() -> None:
    lines = at("\n" * 9 + "abc: d", 9, 12)
    assert lines[1:5] == ["  --> spec.yaml:10:1", " 9 |", "10 | abc: d", "   | ^^^ here"]


def test_related_places_are_shown_with_their_line() -> None:
    source = Source("spec.yaml", "a: 1\nb: 2\na: 3\n")
    finding = PROBLEM.at(Span(source, 10, 11), "twice", related=(Label(Span(source, 0, 1), "first"),))
    lines = pretty(finding, color=False).split("\n")
    assert lines[5:8] == [" ::: spec.yaml:1:1", "1 | a: 1", "  | ^ first"]


def test_color_adds_only_color() -> None:
    source = Source("spec.yaml", "a: 1\n")
    finding = WARNING.at(Span(source, 0, 1), "odd", label="here")
    colored = pretty(finding, color=True)
    assert "\x1b[1;33mwarning[ACM151]\x1b[0m" in colored
    bare = "".join(part.partition("m")[2] if index else part for index, part in enumerate(colored.split("\x1b[")))
    assert bare == pretty(finding, color=False)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("name: 漢字 text", "漢字"),
        ("name: e\u0301te\u0301 text", "text"),
        ("a:\tb\tc", "c"),
        ("a: 😀 x", "x"),
        ("x" * 300 + " here " + "y" * 300, "here"),
        ("漢" * 200 + " here", "here"),
    ],
)
def test_carets_stand_under_what_they_mean(text: str, marked: str) -> None:
    start = text.index(marked)
    lines = at(text, start, start + len(marked))
    assert carets(lines)[0] == marked
    assert all(cells(line) <= MOST_CELLS + 20 for line in lines)


def test_a_long_line_shows_that_it_is_cut() -> None:
    lines = at("x" * 300 + " here " + "y" * 300, 301, 305)
    assert lines[2].startswith("1 | …xxx")
    assert lines[2].endswith("y…")


def test_a_span_over_several_lines_says_how_far_it_goes() -> None:
    lines = at("a: >\n  b\n  c\n", 3, 12)
    assert lines[2:4] == ["1 | a: >", "  |    ^ here (to line 3)"]


def test_a_place_at_the_end_of_the_text_has_one_caret() -> None:
    assert at("abc", 3, 3)[2:4] == ["1 | abc", "  |    ^ here"]


def test_characters_that_cannot_be_seen_are_made_visible() -> None:
    lines = at("a: x\x07y\u202ez", 4, 5, label="bell \x1b[31m")
    assert lines[2] == "1 | a: x␇y<U+202E>z"
    assert lines[3] == "  |     ^ bell ␛[31m"


def test_a_cell_of_a_data_file() -> None:
    place = DataPlace("data/x.csv", "line", 12, "Exit", "2025-02-30\n")
    lines = pretty(PROBLEM.at(place, "not a date", label="no such day"), color=False).split("\n")
    assert lines[1:4] == [" --> data/x.csv:12, column “Exit”", "  | 2025-02-30␊", "  | ^^^^^^^^^^^ no such day"]


def test_a_whole_data_file_and_no_place_at_all() -> None:
    file = pretty(PROBLEM.at(DataPlace("data/x.csv"), "empty", label="no record"), color=False).split("\n")
    assert file[1:3] == [" --> data/x.csv", "  | no record"]
    nowhere = pretty(PROBLEM.at(None, "no date"), color=False).split("\n")
    assert nowhere[0:2] == ["error[ACM101]: no date", "  = cause: No such key."]


def test_the_closing_line_counts_and_names_files() -> None:
    one = PROBLEM.at(Span(Source("spec.yaml", "a"), 0, 1), "x")
    two = WARNING.at(DataPlace("data/x.csv"), "y")
    assert summary((one, one, two), written=False) == (
        "2 errors, 1 warning in spec.yaml and data/x.csv. Nothing was written."
    )
    assert summary((two,), written=False) == "0 errors, 1 warning in data/x.csv."
    assert summary((one,), written=True) == "1 error, 0 warnings in spec.yaml."
    assert summary((PROBLEM.at(None, "x"),), written=False) == "1 error, 0 warnings. Nothing was written."


@given(st.text(max_size=300), st.integers(0, 320), st.integers(0, 320))
def test_any_place_in_any_text_can_be_shown(text: str, start: int, end: int) -> None:
    start = min(start, len(text))
    shown = pretty(PROBLEM.at(Span(Source("s", text), start, max(start, min(end, len(text)))), text), color=False)
    assert all(one.isprintable() for one in shown.replace("\n", ""))
    assert "^" in shown


def bad_cell(number, value, *, column="Dest"):
    place = DataPlace("data/stays.csv", "line", number, column, value)
    return PROBLEM.at(place, f"“{value}” is not one of the values", path="data.stays.fields.destination")


def test_findings_of_one_kind_in_one_column_are_told_together_and_none_is_left_out():
    found = [bad_cell(7, "hotel"), bad_cell(9, "x", column="Exit"), bad_cell(12, "rentl"), bad_cell(30, "\x07")]
    groups = alike(found)
    assert [[one.place.number for one in group] for group in groups] == [[7, 12, 30], [9]]
    assert also(groups[0][1:]) == "  = also: line 12 “rentl”, line 30 “␇”"


def test_findings_that_differ_in_more_than_their_line_stay_apart():
    whole = PROBLEM.at(DataPlace("data/stays.csv"), "the file is empty")
    checks = [PROBLEM.at(DataPlace("data/stays.csv", "line", n), f"fails check {n % 2}") for n in (1, 2, 3)]
    assert [len(group) for group in alike([whole, whole, *checks])] == [1, 1, 2, 1]
