"""Typical slips in formulas: each has its code, its exact place, a cause and a fix; and nothing ever raises."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from acmspec.formula import advice, from_text, lexer, literals
from acmspec.formula.from_text import parse
from acmspec.ground.diagnostic import Diagnostic, Outcome, Severity
from acmspec.ground.source import Source, Span

PROBLEMS = (*from_text.PROBLEMS, *lexer.PROBLEMS, *literals.PROBLEMS, *advice.PROBLEMS)


def _outcome(written: str) -> Outcome:
    return parse(Source("formula", written), 0, len(written))


def _only(written: str) -> Diagnostic:
    outcome = _outcome(written)
    assert outcome.value is None
    (found,) = outcome.diagnostics
    return found


def _place(found: Diagnostic) -> str:
    assert isinstance(found.place, Span)
    return found.place.text


@pytest.mark.parametrize(
    ("written", "code", "place", "fix"),
    [
        # operators of other languages
        ("x == 1", "ACM209", "==", "`=`"),
        ("x <> 1", "ACM209", "<>", "`!=`"),
        ("x => 1", "ACM209", "=>", "`>=`"),
        ("x =< 1", "ACM209", "=<", "`<=`"),
        ("x ≥ 1", "ACM209", "≥", "`>=`"),
        ("x ≤ 1", "ACM209", "≤", "`<=`"),
        ("x ≠ 1", "ACM209", "≠", "`!=`"),
        ("a && b", "ACM209", "&&", "`and`"),
        ("a || b", "ACM209", "||", "`or`"),
        ("!a", "ACM209", "!", "`not`"),
        ("a — b", "ACM209", "—", "`-`"),
        ("a – b", "ACM209", "–", "`-`"),
        ("a − b", "ACM209", "−", "`-`"),
        ("a × b", "ACM209", "×", "`*`"),
        ("a ** b", "ACM209", "**", "`*`"),
        ("a AND b", "ACM209", "AND", "`and`"),
        ("a OR b", "ACM209", "OR", "`or`"),
        ("NOT a", "ACM209", "NOT", "`not`"),
        ("a And b", "ACM209", "And", "`and`"),
        ("x IN codes", "ACM209", "IN", "`in`"),
        ("x = TRUE", "ACM209", "TRUE", "`true`"),
        ("share(x OVER y)", "ACM209", "OVER", "`over`"),
        ("x IS NULL", "ACM209", "IS", "`is missing`"),
        ("x is null", "ACM209", "is null", "`is missing`"),
        ("x is not null", "ACM209", "is not null", "`is known`"),
        ("x is NULL", "ACM209", "NULL", "`is missing`"),
        ("x is empty", "ACM209", "is empty", "`is missing`"),
        ("x is 'a'", "ACM209", "is", "`=`"),
        ("x is not 'a'", "ACM209", "is not", "`!=`"),
        ("d from 9 days to 8 days after x", "ACM211", "9 days to 8 days", "how long"),
        ("d from 9 days to 8 months after x", "ACM211", "9 days to 8 months", "both in days"),
        ("x like 'a'", "ACM209", "like", 'in ("a", "b")'),
        ("x equals 'a'", "ACM209", "equals", "`=`"),
        ("if a then b", "ACM213", "if", "`else`"),
        # characters and texts
        ("share(x over y);", "ACM205", ";", "no `;`"),
        ("x = “a”", "ACM205", "“", "straight quotes"),
        ("x = ‘a’", "ACM205", "‘", "straight quotes"),
        ("x in [1, 2]", "ACM209", "[", "parentheses"),
        ("x = {a}", "ACM205", "{", "arentheses"),
        ("x = 1 # why", "ACM205", "#", "comment"),
        ("x = $ 5", "ACM205", "$", "`$5`"),
        ("x\u200b = 1", "ACM205", "\u200b", ""),
        ('x = "abc', "ACM206", '"abc', "closing quote"),
        ("x = 'abc\n and y", "ACM206", "'abc", "closing quote"),
        ("x = 'it''s'", "ACM220", "'it''s'", "double quotes"),
        # numbers and dates
        ("x >= 65 %", "ACM205", "%", "`65%`"),
        ("x >= 50 percent", "ACM207", "50 percent", "`50%`"),
        ("x >= 4000 dollars", "ACM207", "4000 dollars", "`$4000`"),
        ("x >= 1,000", "ACM207", "1,000", "`1000`"),
        ("x >= 1,000,000", "ACM207", "1,000,000", "`1000000`"),
        ("x >= $4,00", "ACM207", "$4,00", "`$4.00`"),
        ("x >= .5", "ACM207", ".5", "`0.5`"),
        ("x >= 5.", "ACM207", "5.", "`5.0`"),
        ("x = 007", "ACM207", "007", "quotes"),
        ("x > 1825-07", "ACM207", "07", "2025-07-01"),
        ("x = 1e5", "ACM207", "1e5", ""),
        (f"x = {'9' * 31}", "ACM207", "9" * 31, ""),
        ("d > 2025-02-29", "ACM208", "2025-02-29", "exists"),
        ("d > 0000-01-01", "ACM208", "0000-01-01", "exists"),
        # windows
        ("d within after x", "ACM211", "within after", "within 180 days after"),
        ("d within x", "ACM211", "within x", "within x after"),
        ("d within", "ACM211", "within", "within 180 days after"),
        ("d within 30 after x", "ACM211", "within 30 after", "within 30 days after"),
        ("d within 30 days", "ACM211", "within 30 days", "within 30 days after"),
        ("d within 30 days of x", "ACM211", "within 30 days of", "within 30 days after"),
        ("d within 48.5 seconds after x", "ACM211", "48.5 seconds", "within 180 days after"),
        ("d within 1.5 days after x", "ACM211", "1.5 days", "within 180 days after"),
        ("d within 101 years after x", "ACM211", "101 years", "within 180 days after"),
        ("any(other a as b for same c where b.d within after x)", "ACM211", "within after", "within 180 days"),
        # aggregates and lookups
        ("count(*)", "ACM212", "count(*", "count(leavers)"),
        ("COUNT(*)", "ACM212", "COUNT(*", "count(leavers)"),
        ("COUNTIF(x, 'a')", "ACM212", "COUNTIF(x,", "`count(SET where CONDITION)`"),
        ("SUMIF(x > 1)", "ACM212", "SUMIF(x > 1)", "`sum(VALUE over SET where CONDITION)`"),
        ("count()", "ACM212", "count()", "over leavers"),
        ("share(a = 1)", "ACM212", "share(a = 1)", "`share(a = 1 over SET)`"),
        ("share(a leavers)", "ACM212", "share(a leavers", "`share(VALUE over SET)`"),
        ("share(a = 1 of leavers)", "ACM212", "share(a = 1 of", "Write `over` instead of `of`"),
        ("share(a = 1, leavers)", "ACM212", "share(a = 1,", "share(VALUE over SET where CONDITION)"),
        ("share(a = 1 where b)", "ACM212", "share(a = 1 where", "before `where`"),
        # parentheses, commas, operands
        ("share(x over y", "ACM210", "y", "parenthesis"),
        ("(a or (b", "ACM210", "b", "parenthesis"),
        ("a)", "ACM210", ")", "parenthesis"),
        ("share(x over y))", "ACM210", ")", "parenthesis"),
        ("a, b", "ACM213", ",", "`and` or `or`"),
        ("x in (1,)", "ACM213", ",", "Remove it"),
        ("x in (1,,2)", "ACM213", ",", ""),
        ("x in ()", "ACM213", ")", "missing value"),
        ("a and", "ACM213", "and", "missing value"),
        ("and a", "ACM213", "and", "missing value"),
        ("a + * b", "ACM213", "+", "missing value"),
        ("()", "ACM213", ")", "missing value"),
        ("share(x over )", "ACM213", "over", ""),
        ("count(a where )", "ACM213", "where", "missing value"),
        ("days from a", "ACM213", "days from a", "days from a to D"),
        ("a < b < c", "ACM220", "<", "and"),
        ("a b", "ACM220", "b", "`a_b`"),
        ("x within a.b of y", "ACM220", "of", "`after`"),
        ("x within a.b days after y", "ACM220", "b days after", "Leave `days` out"),
        # limits
        ("", "ACM204", "", "Write the formula"),
        (" \n ", "ACM204", " \n ", "Write the formula"),
        ("x = '" + "a" * 10_000 + "'", "ACM201", "x = '" + "a" * 10_000 + "'", "definitions"),
        ("+".join(["a"] * 1001), "ACM203", "+".join(["a"] * 1001), "definitions"),
        ("(" * 101 + "a" + ")" * 101, "ACM202", "(" * 100 + "a" + ")" * 100, "definitions"),
        ("not " * 200 + "a", "ACM202", "not " * 100 + "a", "definitions"),
        ("-" * 900 + "a", "ACM202", "-" * 100 + "a", "definitions"),
        (" or ".join(["a"] * 300), "ACM202", " or ".join(["a"] * 101), "definitions"),
    ],
)
def test_a_slip_is_named_placed_and_mended(written: str, code: str, place: str, fix: str) -> None:
    found = _only(written)
    assert (found.code, _place(found)) == (code, place)
    assert fix in found.fix


@pytest.mark.parametrize("written", ["a b", "x in a b", "count(a b)", "x = ", "((a)", "count(a as )", "days from x to"])
def test_every_message_says_what_why_and_what_to_do(written: str) -> None:
    found = _only(written)
    assert found.severity is Severity.ERROR
    assert found.message
    assert found.message[0].islower() or not found.message[0].isalpha()
    assert not found.message.endswith(".")
    assert found.label
    for sentence in (found.cause, found.fix, found.problem.contract):
        assert sentence.endswith((".", "?"))


def test_codes_are_unique_and_in_their_range() -> None:
    codes = [problem.code for problem in PROBLEMS]
    assert len(set(codes)) == len(codes)
    assert all("ACM201" <= code <= "ACM220" for code in codes)


def test_a_missing_parenthesis_shows_where_it_was_opened() -> None:
    (label,) = _only("a and (b or c").related
    assert label.span.text == "("
    assert label.span.start == 6


_scraps = st.sampled_from([
    "a", "x.y", " ", "(", ")", ",", ".", "=", "<", ">=", "!=", "+", "-", "*", "/", "and", "or", "not", "in", "is",
    "is known", "out of", "over", "where", "days from", "to", "within", "after", "5", "5 days", "1,000", "2025-07-01",
    "'t'", '"', "'", "share(", "count(distinct ", "any(other ", "as", "for same", "%", "65%", "$4", "—",
    "“", "\u00a0", "\t", "\n", "AND", "#",
])  # fmt: skip


@given(st.text(max_size=60))
@settings(max_examples=1_000)
@example("\x00")
@example("\ud800")
@example("٣ = ٣")
@example("a" * 9_999)
@example("(" * 1_999)
@example("\U0001d7d8")
def test_any_text_is_a_formula_or_has_one_message(written: str) -> None:
    _check_total(written)


@given(st.lists(_scraps, max_size=25), st.sampled_from(["", " "]))
@settings(max_examples=2_000)
def test_any_scraps_of_formulas_are_a_formula_or_have_one_message(scraps: list[str], joint: str) -> None:
    _check_total(joint.join(scraps))


def _check_total(written: str) -> None:
    outcome = _outcome(written)
    assert (outcome.value is None) == (len(outcome.diagnostics) == 1)
    for found in outcome.diagnostics:
        assert isinstance(found.place, Span)
        assert 0 <= found.place.start <= found.place.end <= len(written)
        assert found.message
        assert found.fix
