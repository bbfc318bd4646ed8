"""Whatever is written as a formula ends in a tree or in findings with a code and a place, in no more steps than due."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.api import check_text
from acmspec.formula.from_text import MAX_CHARACTERS, MAX_DEPTH, MAX_TOKENS, parse
from acmspec.formula.lalr import tables
from acmspec.formula.print import text
from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Diagnostic, Outcome
from acmspec.ground.display import pretty
from acmspec.ground.source import Source, Span
from acmspec.program.sizes import DEEPEST, MOST_PARTS
from tests.program.small import TEXT, changed
from tests.safety.steps import steps

MILLION = 1_000_000
_AROUND_A_NAME = MAX_DEPTH - 1
"""How many levels can stand around a name, which is a level itself."""
KEYWORDS = sorted({word for phrases in tables().words.values() for phrase in phrases for word in phrase})
PIECES = st.sampled_from(
    [
        *KEYWORDS, "(", ")", ",", ".", "+", "-", "*", "/", "=", "!=", "<", ">=", "nights", "stays", "leavers", "client",
        "exit_date", "count", "share", "any", "1", "65%", "$5", "2025-07-01", '"home"', "'", '"', "==", "&&", ";",
        "\t", "\n", "\x00", "\u202e", "\u200b", "é", "日", "\U0001f600",
    ]
)  # fmt: skip


def _read(written: str) -> Outcome[Formula]:
    """What a text is read as; every finding has a code of formulas and a place within, and can be shown."""
    source = Source("formula", written)
    found = parse(source, 0, len(written))
    assert (found.value is None) is bool(found.diagnostics)
    for one in found.diagnostics:
        assert one.code.startswith("ACM2")
        assert isinstance(one.place, Span)
        assert 0 <= one.place.start <= one.place.end <= len(written)
        assert pretty(one, color=False)
    return found


def _checked(written: str) -> tuple[Diagnostic, ...]:
    """All that is found in the small spec with this formula for a metric; every finding can be shown."""
    block = f"formula: |\n      {written}".replace("\r", "\n").replace("\n", "\n      ")
    found = check_text(changed(("formula: sum(nights over stays)", block)))
    for one in found.diagnostics:
        assert one.code.startswith("ACM")
        assert pretty(one, color=False)
    return found.diagnostics


def _codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code for one in found]


# --- fuzzed ---------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(st.text(st.characters(), max_size=200))
def test_any_text_is_read_or_refused(written: str) -> None:
    _read(written)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " ", "  \n"]))
def test_any_row_of_words_is_read_or_refused_and_what_is_read_prints_back(pieces: list[str], between: str) -> None:
    found = _read(between.join(pieces))
    if found.value is not None:
        assert _read(text(found.value)).value == found.value


@settings(max_examples=100)
@given(st.lists(PIECES, min_size=1, max_size=30), st.sampled_from(["", " "]))
def test_any_row_of_words_is_checked_without_a_traceback(pieces: list[str], between: str) -> None:
    _checked(between.join(pieces))


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_is_checked_without_a_traceback(written: str) -> None:
    _checked(written)


@pytest.mark.parametrize(
    "point", [*range(0x20), 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x200E, 0x202E, 0x2028, 0x2066, 0xFEFF, 0xFFFE]
)
def test_a_character_that_can_t_be_seen_is_a_blank_or_refused_by_its_name(point: int) -> None:
    found = _read(f"nights{chr(point)} = 1")
    if found.value is None:
        (one,) = found.diagnostics
        assert one.code == "ACM205"
        assert f"U+{point:04X}" in one.message
    else:
        assert chr(point).isspace()


# --- large ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["a", "(", ")", "-", "not ", "a or ", "a.", "1", "9.", "$", '"', "'", "é", "\x00", "==", "count(",
     "any(a for same ", "a in (", "1 out of ", "days from ", "misspellt ", "share(a over "],
)  # fmt: skip
@pytest.mark.parametrize("size", [MAX_TOKENS - 1, MAX_CHARACTERS, MILLION])
def test_a_large_formula_of_anything_is_refused_with_a_code(unit: str, size: int) -> None:
    written = (unit * (size // len(unit) + 1))[:size]
    found = _read(written)
    if len(written.strip()) > MAX_CHARACTERS or len(written) > MAX_CHARACTERS:
        assert _codes(found.diagnostics) == ["ACM201"]
        assert f"{len(written):,}" in found.diagnostics[0].message


def test_a_megabyte_of_formula_is_shown_in_a_few_lines() -> None:
    (one,) = _read("x" * MILLION).diagnostics
    assert len(pretty(one, color=False)) < 2_000


def test_a_megabyte_of_blanks_is_an_empty_formula() -> None:
    assert _codes(_read(" " * MILLION).diagnostics) == ["ACM204"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a" * MAX_CHARACTERS, None),
        ("a" * (MAX_CHARACTERS + 1), "ACM201"),
        ("(" * _AROUND_A_NAME + "a" + ")" * _AROUND_A_NAME, None),
        ("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, "ACM202"),
        ("not " * _AROUND_A_NAME + "a", None),
        ("not " * MAX_DEPTH + "a", "ACM202"),
        ("a" + " or a" * _AROUND_A_NAME, None),
        ("a" + " or a" * MAX_DEPTH, "ACM202"),
        ("a in (1" + ",1" * ((MAX_TOKENS - 6) // 2) + ")", None),
        ("a in (1" + ",1" * MAX_TOKENS + ")", "ACM203"),
        ("9" * 9_000, "ACM207"),
        ("d within " + "9" * 6_000 + " days after x", "ACM207"),
    ],
    ids=[
        "characters",
        "+1",
        "brackets",
        "+1 bracket",
        "nots",
        "+1 not",
        "ors",
        "+1 or",
        "parts",
        "parts+",
        "digits",
        "days",
    ],
)
def test_each_limit_is_where_it_is_stated(written: str, code: str | None) -> None:
    found = _read(written)
    assert _codes(found.diagnostics) == ([] if code is None else [code])
    stated = {"ACM201": f"{MAX_CHARACTERS:,}", "ACM202": str(MAX_DEPTH), "ACM203": f"{MAX_TOKENS:,}"}
    assert all(stated.get(one.code, "") in f"{one.message} {one.cause}" for one in found.diagnostics)


def test_the_deepest_formula_is_checked() -> None:
    assert not _codes(_checked("share(" + "not " * (MAX_DEPTH - 2) + "served over stays)"))
    assert _codes(_checked("share(" + "not " * MAX_DEPTH + "served over stays)")) == ["ACM202"]


# --- definitions of definitions ---------------------------------------------------------------------------------


def _chain(length: int, joint: str, *, top_down: bool = False) -> str:
    """The small spec with definitions that are each made of the one before."""
    rows = [f"  d{at}:\n    of: stays\n    formula: {joint.format(f'd{at - 1}')}\n" for at in range(1, length + 1)]
    rows.insert(0, "  d0:\n    of: stays\n    formula: served\n")
    made = TEXT.replace("definitions:\n", "definitions:\n" + "".join(reversed(rows) if top_down else rows))
    return made.replace("formula: sum(nights over stays)", f"formula: share(d{length} over stays)")


def _cohorts(length: int, *, top_down: bool = False) -> str:
    rows = [f"  k{at}:\n    from: k{at - 1}\n    where: nights > {at}\n" for at in range(1, length + 1)]
    rows.insert(0, "  k0:\n    from: stays\n    where: served\n")
    made = TEXT.replace("cohorts:\n", "cohorts:\n" + "".join(reversed(rows) if top_down else rows))
    return made.replace("formula: sum(nights over stays)", f"formula: count(k{length})")


@pytest.mark.parametrize("top_down", [False, True])
@pytest.mark.parametrize(
    ("length", "joint", "is_sound"),
    [
        (30, "not {0}", True),
        (400, "not {0}", False),
        (6, "{0} and {0}", True),
        (60, "{0} and {0}", False),
        (12, "not " * 90 + "{0}", False),
    ],
)
def test_definitions_of_definitions_have_a_stated_limit(length, joint, is_sound: bool, top_down: bool) -> None:
    found = check_text(_chain(length, joint, top_down=top_down)).diagnostics
    errors = [one for one in found if one.severity.value == "error"]
    assert _codes(tuple(errors)) == ([] if is_sound else ["ACM345"] * len(errors))
    assert bool(errors) is not is_sound
    assert all(f"{MOST_PARTS:,}" in one.cause and str(DEEPEST) in one.cause for one in errors)


_GROUPS = "  d0:\n    formula: count(stays)\n"


def _group_chain(length: int, joint: str, top_down: bool) -> str:
    """The small spec with group definitions that are each made of the one before, and a metric with a part."""
    rows = [f"  d{at}:\n    formula: {joint.format(f'd{at - 1}')}\n" for at in range(1, length + 1)]
    rows.insert(0, _GROUPS)
    made = TEXT.replace("definitions:\n", "definitions:\n" + "".join(reversed(rows) if top_down else rows))
    new = f"formula: d{length}\n    parts:\n      some: served"
    return made.replace("formula: sum(nights over stays)", new)


@pytest.mark.parametrize("top_down", [False, True])
@pytest.mark.parametrize("length", [60, 1_000])
@pytest.mark.parametrize(
    ("joint", "is_of_group"),
    [
        ("not ({0} and {0})", False),
        ("{0} or not {0}", False),
        ("if {0} then {0} else {0}", False),
        ("any(other stays as x for same client where x.exit_date <= exit_date and x.{0})", False),
        ("{0} + {0}", True),
        ("if {0} > 3 then {0} else {0}", True),
        ("{0}[1 year earlier]", True),
        ("-{0}", True),
    ],
)
def test_a_chain_of_definitions_is_told_once_in_the_order_of_any_author(joint, is_of_group, length, top_down) -> None:
    text = _group_chain(length, joint, top_down) if is_of_group else _chain(length, joint, top_down=top_down)
    if not is_of_group:
        text = text.replace(f"share(d{length} over stays)", f"share(not d{length} over stays)")
    told = _codes(check_text(text).diagnostics).count("ACM345")
    assert told == 1 or (told == 0 and length < MAX_DEPTH and joint.count("{0}") == 1)


def test_conditions_side_by_side_through_definitions_are_one_level() -> None:
    many = " or ".join(["{0}", *["served"] * 98])
    assert "ACM345" not in _codes(check_text(_chain(13, many).replace("share(d13", "share(not d13")).diagnostics)


@pytest.mark.parametrize("top_down", [False, True])
def test_a_definition_that_stands_in_a_circle_is_walked_once(top_down: bool) -> None:
    text = _group_chain(3, "{0} + {0}", top_down).replace(_GROUPS, "  d0:\n    formula: d3 + d3\n")
    assert [one.code for one in check_text(text).diagnostics if one.severity.value == "error"] == ["ACM305"]


@pytest.mark.parametrize("top_down", [False, True])
def test_cohorts_of_cohorts_have_the_same_limit(top_down: bool) -> None:
    assert "ACM345" not in _codes(check_text(_cohorts(40, top_down=top_down)).diagnostics)
    assert "ACM345" in _codes(check_text(_cohorts(400, top_down=top_down)).diagnostics)


# --- steps ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        lambda size: "a in (" + ", ".join(["1"] * size) + ")",
        lambda size: ".".join(["a"] * size),
        lambda size: "any(a for same " + " and ".join(["b"] * size) + ")",
        lambda size: "(" * size,
        lambda size: "not " * size + "a",
        lambda size: "whre " * size,
        lambda size: "month " * size,
        lambda size: '"x" ' * size,
    ],
    ids=["list", "path", "entities", "brackets", "nots", "misspelt", "soft words", "texts"],
)
def test_reading_twice_as_much_takes_about_twice_thesteps(made: Callable[[int], str]) -> None:
    _read(made(10))
    short, long = made(300), made(600)
    assert steps(lambda: _read(long)) <= 2.5 * steps(lambda: _read(short)) + 1_000


def _of_metrics(terms: int) -> str:
    return changed(("formula: sum(nights over stays)", "formula: " + " + ".join(["sum(nights over stays)"] * terms)))


@pytest.mark.parametrize(
    "made",
    [
        _of_metrics,
        lambda size: _chain(size, "not {0}"),
        _cohorts,
        lambda size: changed(("formula: housing_rate", "formula: " + "(" * size + "housing_rate" + ")" * size)),
    ],
    ids=["terms", "definitions", "cohorts", "brackets"],
)
def test_checking_grows_no_faster_than_the_square_of_what_is_written(made: Callable[[int], str]) -> None:
    small, large = made(20), made(40)
    check_text(made(2))
    base = steps(lambda: check_text(TEXT))
    one, two = (steps(lambda each=each: check_text(each)) - base for each in (small, large))
    assert two <= 5 * one + 5_000
