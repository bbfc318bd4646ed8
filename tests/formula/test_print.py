"""Canonical text and the parser undo each other, for random formulas built from the tree upwards."""

import unicodedata
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.formula.from_text import MAX_CHARACTERS, parse
from acmspec.formula.lexer import RESERVED
from acmspec.formula.print import text
from acmspec.formula.tree import (
    Active,
    Age,
    AllOf,
    Between,
    Binary,
    Birthday,
    CalendarPeriod,
    Call,
    Dated,
    Day,
    DaysIn,
    During,
    Each,
    Earlier,
    Formula,
    Found,
    FromTo,
    If,
    In,
    Known,
    Lasts,
    Moment,
    Name,
    Negative,
    Not,
    Number,
    OpenOn,
    OutOf,
    PartOf,
    PeriodValue,
    Same,
    SetUse,
    SinceStart,
    Sliced,
    Text,
    Those,
    Truth,
    Window,
    Within,
)  # fmt: skip
from acmspec.ground.calendar import Length
from acmspec.ground.exact import ONE, Amount, Unit
from acmspec.ground.source import Source, Span

NOWHERE = Span(Source("", ""), 0, 0)
SOFT = (
    "active", "after", "age", "all", "any", "as", "before", "birthday", "business", "contract", "count", "data", "date",
    "dated", "day", "days", "distinct", "each", "earlier", "else", "end", "for", "from", "hours", "if", "is_known",
    "known", "lasts", "length", "minutes", "missing", "month", "months", "none", "null", "number", "of", "on", "open",
    "other", "out", "period", "quarter", "rank", "same", "set", "share", "since", "span", "start", "sum", "then", "to",
    "value", "via", "week", "weeks", "within", "year", "years",
)  # fmt: skip

words = st.one_of(
    st.sampled_from(SOFT),
    st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda word: word not in RESERVED),
)
names = st.lists(words, min_size=1, max_size=3).map(lambda parts: Name(tuple(parts), NOWHERE))


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    written = draw(st.sampled_from(["number", "percent", "money", "duration"]))
    decimals = draw(st.integers(0, 3))
    digits = draw(st.integers(0, 10**7))
    value = Fraction(digits, 10**decimals)
    if written == "percent":
        return Amount(value / 100, written, ONE, decimals)
    unit = {
        "money": st.sampled_from(["USD", "EUR", "GBP", "CHF"]).map(Unit.of),
        "duration": st.sampled_from(["day", "month", "business day", "business day of county"]).map(Unit.of),
        "number": st.just(ONE),
    }[written]
    return Amount(value, written, draw(unit), decimals)


def _is_writable(value: str) -> bool:
    return unicodedata.normalize("NFC", value) == value and not ('"' in value and "'" in value)


texts = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=8).filter(_is_writable)
leaves = st.one_of(
    names,
    amounts().map(lambda amount: Number(amount, NOWHERE)),
    texts.map(lambda value: Text(value, NOWHERE)),
    st.dates(date(1, 1, 1)).map(lambda day: Day(day, NOWHERE)),
    st.datetimes(datetime(1, 1, 1)).map(lambda at: Moment(at.replace(microsecond=0), NOWHERE)),  # noqa: DTZ001
    st.from_regex(r"(19|20)[0-9]{2}-(Q[1-4]|0[1-9]|1[0-2])|FY[0-9]{4}(-Q[1-4])?", fullmatch=True).map(
        lambda name: CalendarPeriod(name, NOWHERE)
    ),
    st.sampled_from(
        ["period start", "period end", "length of period", "contract start", "contract end", "data date"]
    ).map(lambda which: PeriodValue(which, NOWHERE)),
    st.integers(0, 10**7).map(lambda n: Number(Amount(Fraction(n), "duration", Unit.of("second"), 0), NOWHERE)),
    st.booleans().map(lambda truth: Truth(truth, NOWHERE)),
)
lengths = st.one_of(
    st.integers(0, 36_600).map(lambda days: Length(days=days)),
    st.integers(1, 1_200).map(lambda months: Length(months=months)),
    st.integers(1, 10**6).map(lambda seconds: Length(seconds=seconds)),
    st.builds(lambda days, calendar: Length(business=days, calendar=calendar), st.integers(1, 99), st.just("") | words),
)
half_year = st.just(Length(days=180))
opens = st.integers(1, 180).map(lambda days: Length(days=days))
operators = st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or"])


functions = words.filter(lambda word: word not in {"if", "lasts", "distinct", "active"})
"""Functions have names of their own; a few keywords can stand before a bracket."""
_word = words.map(lambda word: Name((word,), NOWHERE))


def windows(operand: st.SearchStrategy[Formula | None], inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Window]:
    any_length = lengths | inner
    places = [
        st.builds(Within, operand, st.booleans(), any_length, inner, st.just(NOWHERE), st.booleans()),
        st.builds(During, operand, st.sampled_from(["period", "span"]), st.just(NOWHERE)),
        st.builds(
            During, operand, st.sampled_from(["week", "month", "quarter", "year"]), st.just(NOWHERE),
            st.integers(1, 99), inner, st.booleans(),
        ),
    ]  # fmt: skip
    return st.one_of(places)


def slices(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Sliced]:
    units = st.sampled_from(["day", "week", "month", "quarter", "year"])
    to = st.one_of(
        st.builds(Earlier, st.integers(1, 99), units, st.just(NOWHERE)),
        st.builds(FromTo, inner, inner, st.just(NOWHERE)),
        st.just(SinceStart(NOWHERE)),
        st.builds(AllOf, _word, st.just(NOWHERE)),
        st.builds(Those, inner, st.just(NOWHERE)),
    )
    once = st.builds(Sliced, names, to, st.just(NOWHERE))
    return once | st.builds(Sliced, once, to, st.just(NOWHERE))


def eaches(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Each]:
    groups = names | st.sampled_from(["half year", "fiscal quarter", "fiscal year"]).map(lambda w: Name((w,), NOWHERE))
    given = st.none() | amounts().filter(lambda one: one.written != "duration").map(lambda one: Number(one, NOWHERE))
    nowhere = st.just(NOWHERE)
    run = st.builds(Each, st.just("longest run"), st.none(), inner, groups, st.none() | inner, nowhere, nowhere)
    return run | st.builds(Each, functions, given, inner, groups, st.none() | inner, nowhere, nowhere)


@st.composite
def sets(draw: st.DrawFn, inner: st.SearchStrategy[Formula]) -> SetUse:
    one = st.builds(Same, _word, st.none() | _word, st.just(NOWHERE))
    placed = st.one_of(
        st.none(),
        st.builds(Dated, inner, st.just(NOWHERE)),
        st.builds(OpenOn, inner, st.just(NOWHERE)),
        st.builds(Active, windows(st.none(), inner), st.just(NOWHERE)),
    )
    return SetUse(
        draw(words.filter(lambda word: word not in {"all", "other"})),
        draw(st.sampled_from(["", "other", "all"])),
        draw(st.one_of(st.just(""), words)),
        tuple(draw(st.lists(one, max_size=2))),
        draw(st.none() | inner),
        NOWHERE,
        NOWHERE,
        tuple(draw(st.lists(names, max_size=2))),
        draw(placed),
        draw(st.none() | inner),
    )


@st.composite
def calls(draw: st.DrawFn, inner: st.SearchStrategy[Formula]) -> Call:
    expression = draw(st.none() | inner)
    distinct = expression is not None and draw(st.booleans())
    given = draw(st.none() | amounts().filter(lambda one: one.written != "duration"))
    if given is None or expression is None or distinct:
        return Call(draw(functions), distinct, expression, draw(sets(inner)), NOWHERE, NOWHERE)
    return Call(draw(functions), False, expression, draw(sets(inner)), NOWHERE, NOWHERE, Number(given, NOWHERE))


def _grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    # a list can't be called like a window
    lists = names.filter(lambda one: one.parts not in {("period",), ("span",)})
    choices = st.one_of(lists, st.lists(inner, min_size=1, max_size=3).map(tuple))
    units = st.sampled_from(["day", "week", "month", "year", "hour", "minute"])
    parts = st.sampled_from(["date", "week", "month", "quarter", "year", "fiscal year"])
    return st.one_of(
        st.builds(Binary, operators, inner, inner, st.just(NOWHERE)),
        st.builds(Not, inner, st.just(NOWHERE)),
        st.builds(Negative, inner, st.just(NOWHERE)),
        st.builds(Known, inner, st.booleans(), st.just(NOWHERE)),
        st.builds(Found, names, st.just(NOWHERE)),
        st.builds(In, inner, choices, st.just(NOWHERE)),
        st.builds(If, inner, inner, inner, st.just(NOWHERE)),
        st.builds(PartOf, parts, inner, st.just(NOWHERE)),
        st.builds(Age, inner, inner, st.just(NOWHERE)),
        st.builds(Birthday, st.integers(1, 120), inner, st.just(NOWHERE)),
        st.builds(Between, units, inner, inner, st.just(NOWHERE)),
        st.builds(Between, st.just("business day"), inner, inner, st.just(NOWHERE), st.just("") | words),
        windows(inner, inner),
        st.builds(DaysIn, windows(st.none(), inner), st.just(NOWHERE)),
        st.builds(OpenOn, inner, st.just(NOWHERE)),
        st.builds(Active, windows(st.none(), inner), st.just(NOWHERE)),
        st.builds(Lasts, lengths | names, st.none() | inner, st.just(NOWHERE)),
        slices(inner),
        eaches(inner),
        st.builds(Within, inner, st.just(True), half_year, inner, st.just(NOWHERE), st.just(False), opens),
        st.builds(OutOf, inner, inner, st.just(NOWHERE)),
        calls(inner),
    )


formulas: st.SearchStrategy[Formula] = st.recursive(leaves, _grow, max_leaves=14)


def _parsed(written: str) -> Formula:
    outcome = parse(Source("formula", written), 0, len(written))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


@given(formulas)
@settings(max_examples=1_500)
def test_the_text_of_a_formula_reads_back_as_the_same_formula(formula: Formula) -> None:
    written = text(formula)
    if len(written) <= MAX_CHARACTERS:
        assert _parsed(written) == formula
        assert text(_parsed(written)) == written


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("((a))", "a"),
        ("(a or b) and c", "(a or b) and c"),
        ("(a and b) or c", "a and b or c"),
        ("a and (b and c)", "a and (b and c)"),
        ("not (not a)", "not not a"),
        ("not (a = b)", "not a = b"),
        ("(not a) = b", "(not a) = b"),
        ("not (x in codes)", "x not in codes"),
        ("not x in codes", "x not in codes"),
        ("d after e", "d > e"),
        ("d on or before e", "d <= e"),
        ("x is not missing", "x is known"),
        ("x is not known", "x is missing"),
        ("(client.county) is known", "client.county is known"),
        ("client.county is found", "client.county is found"),
        ("client is not found", "not client is found"),
        ("latest( x over s for same c  by a , b.d where y)", "latest(x over s for same c by a, b.d where y)"),
        ("a - (b - c) - d", "a - (b - c) - d"),
        ("(a * b) / (c * d)", "a * b / (c * d)"),
        ("- ( - a)", "-(-a)"),
        ("(-a) * b", "-a * b"),
        ("-(a * b)", "-(a * b)"),
        ("days from (a) to (b) + 1", "days from a to b + 1"),
        ("2  weeks", "2 weeks"),
        ("1  year", "1 year"),
        ("1 day", "1 day"),
        ("d within 1 month after (e)", "d within 1 month after e"),
        ("d within 3 weeks before e", "d within 3 weeks before e"),
        ("d on or within 1 year before e", "d on or within 1 year before e"),
        ("d from 90 days to 180 days after e", "d from 90 days to 180 days after e"),
        ("d from 0 days to 6 months after e", "d on or within 6 months after e"),
        ("d between e and f or g", "d >= e and d <= f or g"),
        ("not x between 1 and 2", "not (x >= 1 and x <= 2)"),
        ("between between from and to", "between >= from and between <= to"),
        ("(days) from 1 day to 2 days after to", "(days) from 1 day to 2 days after to"),
        ("stay.days from 1 day to 2 days after to", "stay.days from 1 day to 2 days after to"),
        ("from from 1 day to 2 days after to", "from from 1 day to 2 days after to"),
        ("d on or within 2 years after e", "d on or within 2 years after e"),
        ("$4800000", "$4,800,000"),
        ("EUR 1,000.50", "€1,000.50"),
        ("CHF 1000.50", "CHF 1,000.50"),
        ("65.0%", "65.0%"),
        ("'a'", '"a"'),
        ("'say \"a\"'", "'say \"a\"'"),
        ("x in ( 'a' ,'b')", 'x in ("a", "b")'),
        ("a  out\n of\tb", "a out of b"),
        ("count( all  cases as  c for  same client and provider where c.x )",
         "count(all cases as c for same client and provider where c.x)"),
        ("1000 * sum(moves over placements)/ count(clients)", "1000 * sum(moves over placements) / count(clients)"),
    ],
)  # fmt: skip
def test_the_canonical_text_has_the_fewest_parentheses(written: str, canonical: str) -> None:
    assert text(_parsed(written)) == canonical
