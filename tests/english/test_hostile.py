"""Whatever is written as a sentence ends in a formula or in findings with code and place, in no more steps than due."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.english.from_program import spoken, understood
from acmspec.english.from_text import read
from acmspec.english.lexicon import keywords
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.phrases import MAX_CHARACTERS
from acmspec.english.wording import judged
from acmspec.formula.print import text as canonical
from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.display import pretty
from acmspec.ground.source import Source, Span
from tests.english.saying import LONG, TABLES, made, meaning, world
from tests.safety.steps import steps

EXAMPLES = 20_000 if LONG else 300
MILLION = 1_000_000
NAMES = Names(world())
MARKS = ["(a)", "(b)", "(i)", "(A)", "(1)", "(h)", "(z)", "(a)(b)"]
SIGNS = [
    *"ABC“”\"'„«»‘’()[]{},;:.-–−‑%$€*", "\n", "\t", "\x00", "\u00ad", "\u200b", "\u202e", "\ufeff", "\u2028", "\ud800",
    "é", "e\u0301", "日", "\U0001f600", "1", "01", "1,000", "1,00", "2.5", "99th", "July 1, 2025", "July 45, 2025",
    "$5", "USD 5", "XXX 5", "2025-Q3", "2025-13", "FY2026", "9" * 400, "“open”", "“In a shelter”", "(“A”)",
    "(“Later Visit”)",
    "(each called “Visit”)", "(“”)",
]  # fmt: skip
PIECES = st.sampled_from([*sorted(keywords()), *NAMES.lexicon.words, *NAMES.lexicon.says, *MARKS, *SIGNS])
SIGHTS = st.sampled_from(TABLES)


def _read(text: str, table: str | None) -> Outcome[Formula]:
    """What a text is read as; every finding has a code of English or formulas, a place within, and can be shown."""
    source = Source("text", text)
    found = read(source, NAMES, table)
    assert (found.value is None) is bool(found.diagnostics)
    for one in found.diagnostics:
        assert one.code.startswith("ACM2")
        assert isinstance(one.place, Span)
        assert 0 <= one.place.start <= one.place.end <= len(text)
        assert one.message
        assert one.cause
        assert one.fix
        assert pretty(one, color=False)
    if found.value is not None:
        _follow(source, found.value, table)
    return found


def _follow(source: Source, formula: Formula, table: str | None) -> None:
    """Take a formula that was read where the command takes it: to its meaning, its own text, and what differs."""
    again = canonical(formula)
    meant = meaning(again, table, NAMES)
    if meant is None:
        return
    said = written(spoken(meant, NAMES, table))
    for lenient in (False, True):
        for one in judged(source, said, lenient=lenient):
            assert one.code == ("ACM261" if lenient else "ACM260")
            assert pretty(one, color=False)


# --- fuzzed ---------------------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES)
@given(st.text(st.characters(), max_size=200), SIGHTS)
def test_any_text_is_read_or_refused(text: str, table: str | None) -> None:
    _read(text, table)


@settings(max_examples=EXAMPLES)
@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", " ", " ", "", "\n    "]), SIGHTS)
def test_any_row_of_words_is_read_or_refused(pieces: list[str], between: str, table: str | None) -> None:
    _read(between.join(pieces), table)


@st.composite
def _sentences(draw: st.DrawFn) -> tuple[str, str, str | None]:
    """A sentence that the contract says, the same changed in several places, and the table of its record."""
    seed = draw(st.integers(0, 3_000))
    sound = made(seed, NAMES)
    if sound is None:
        return "", "", None
    _, table, meant = sound
    text = changed = written(spoken(meant, NAMES, table))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(changed)))
        length = draw(st.one_of(st.just(0), st.integers(0, 40)))
        new = draw(st.one_of(st.just(""), PIECES, PIECES.map(lambda one: f" {one} "), st.text(max_size=5)))
        changed = changed[:start] + new + changed[start + length :]
    return text, changed, table


@settings(max_examples=EXAMPLES)
@given(_sentences())
def test_a_sentence_with_several_changes_is_read_or_refused(found: tuple[str, str, str | None]) -> None:
    _, changed, table = found
    _read(changed, table)


@settings(max_examples=EXAMPLES // 3)
@given(_sentences(), SIGHTS)
def test_a_sentence_about_another_record_is_read_or_refused(found: tuple[str, str, str | None], table: str) -> None:
    text, _, _ = found
    _read(text, table)


@pytest.mark.parametrize(
    "point", [*range(0x20), 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x200E, 0x202E, 0x2028, 0x2066, 0xD800, 0xFEFF, 0xFFFE]
)
def test_a_character_that_can_t_be_seen_is_a_blank_or_nothing_or_refused(point: int) -> None:
    for text in (f"The Need Score{chr(point)} is at least 8.", f"The Place is “a{chr(point)}b”.", chr(point)):
        _read(text, "visits")


# --- large ----------------------------------------------------------------------------------------------------


UNITS = [
    "a", "“", "”", "«", "»", "„", "‘", "'", '"', "'a'", '"a" ', "(a) ", "(a) the Visit comes late; ", "(", "(“",
    "(“A”) ", "The Need Score ", "the number of ", "either ", "both ", "all of the following are true: (a) ", "1",
    "1,000 ", "-", "\u00ad", " ", "\n", "é", "日", "\x00", "’", "–", "is ", "not ", "A ", "1 multiplied by ", "1 plus ",
    "9.", "USD ", "for which the following is true: ", "July 1, 2025 ", "whre ", "the Visits of the ", "A is A; ",
    "if ", "otherwise ",
]  # fmt: skip
LEADS = ["", "The Need Score is ", "All of the following are true: (a) ", "A, where: (a) A is "]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("size", [500, MAX_CHARACTERS, MILLION])
def test_a_large_text_of_anything_is_refused_with_a_code(unit: str, size: int) -> None:
    for lead in LEADS:
        text = (lead + unit * (size // len(unit) + 1))[:size]
        for table in ("visits", None):
            found = _read(text, table)
            if len(text) > MAX_CHARACTERS:
                (one,) = found.diagnostics
                assert one.code == "ACM251"
                assert f"{MAX_CHARACTERS:,}" in one.cause
                assert len(pretty(one, color=False)) < 2_000


@pytest.mark.parametrize(
    "made",
    [
        *(lambda size, unit=unit: unit * size for unit in UNITS),
        *(lambda size, unit=unit: f"{LEADS[1]}{unit * size}" for unit in UNITS),
        lambda size: "All of the following are true: (a) " + "the Visit comes late; " * size,
        lambda size: "(" * size + "1" + ")" * size,
        lambda size: "The Need Score is at least 8 whre" + " whre" * size,
    ],
)
def test_reading_twice_as_much_takes_about_twice_the_steps(made: Callable[[int], str]) -> None:
    _read(made(10), "visits")
    short, long = made(200), made(400)
    assert len(long) <= MAX_CHARACTERS
    once = steps(lambda: read(Source("text", short), NAMES, "visits"))
    assert steps(lambda: read(Source("text", long), NAMES, "visits")) <= 2.5 * once + 2_000


def test_the_longest_text_that_is_allowed_is_read() -> None:
    text = "The Need Score is at least 8."
    padded = text.replace(" is", " " * (MAX_CHARACTERS - len(text)) + " is")
    assert len(padded) == MAX_CHARACTERS
    assert understood(padded, NAMES, "visits") == understood(text, NAMES, "visits")
    (one,) = _read(f"{padded} ", "visits").diagnostics
    assert one.code == "ACM251"
