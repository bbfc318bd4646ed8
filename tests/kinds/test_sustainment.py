"""The sustainment: a part for each interval, its formula written out, its price, its proof and its words."""

from fractions import Fraction

import pytest

from acmspec.formula.from_text import parse
from acmspec.formula.print import text
from acmspec.formula.standing import standing_for
from acmspec.ground.calendar import Length
from acmspec.ground.source import Source
from acmspec.kinds.incentives.sustainment import SUSTAINMENT
from acmspec.program.intervals import Interval, Known, interval
from acmspec.settlement.derivation import arithmetic
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import COUNT, aggregate_of

KEPT = """\
outcome: count(jobs where lasts interval)
intervals:
  - {after: 3 months, price: $500.10}
  - {after: 26 weeks, price: $750}
  - {after: 1 year, price: $900, outcome: count(jobs where wage >= $20)}
"""
JOBS = aggregate_of("count", COUNT)


def written_out(formula, length):
    source = Source("f", formula)
    return text(standing_for(parse(source, 0, len(formula)).value, "interval", length))


def test_the_word_stands_for_each_length_wherever_a_length_can_stand():
    formula = (
        'count(jobs where lasts interval and left within interval after began and interval.days = "x" '
        "and left from interval to 2 years after began and days from began to left >= interval)"
    )
    assert written_out(formula, Length(90)) == (
        'count(jobs where lasts 90 days and left within 90 days after began and interval.days = "x" '
        "and left from 90 days to 2 years after began and days from began to left >= 90 days)"
    )
    assert "lasts 6 months" in written_out(formula, Length(months=6))


def test_each_interval_is_a_part_with_its_own_formula(decoded):
    parts = dict(decoded(SUSTAINMENT, KEPT).parts)
    assert list(parts) == ["3_months", "26_weeks", "1_year"]
    assert [text(SUSTAINMENT.measured_by(one).tree) for one in parts.values()] == [
        "count(jobs where lasts 3 months)",
        "count(jobs where lasts 26 weeks)",
        "count(jobs where wage >= $20)",
    ]


def test_each_interval_has_its_own_price(decoded, context_of):
    lowered = [SUSTAINMENT.lower(part, context_of(JOBS, once_per=True)) for _, part in decoded(SUSTAINMENT, KEPT).parts]
    assert [one.diagnostics for one in lowered] == [(), (), ()]
    at = Environment(successes=Fraction(7))
    assert [evaluate(one.value, at) for one in lowered] == [Fraction("3500.70"), 5_250, 6_300]
    assert arithmetic(lowered[0].value, at, "USD") == "$500.10 × 7"
    known = Known(successes=Interval(Fraction(0), Fraction(7)))
    assert interval(lowered[2].value, known) == Interval(Fraction(0), Fraction(6_300))


@pytest.mark.parametrize(
    ("old", "new", "once", "code", "marked"),
    [
        ("", "", False, "ACM552", "3 months"),
        ("26 weeks", "90 days", True, "ACM553", "90 days"),
        ("1 year", "26 weeks", True, "ACM553", "26 weeks"),
        ("$750", "-$750", True, "ACM526", "-$750"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, old, new, once, code, marked
):
    parts = decoded(SUSTAINMENT, KEPT.replace(old, new, 1) if old else KEPT).parts
    found = SUSTAINMENT.lower(parts[1][1], context_of(JOBS, once_per=once))
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


def test_the_clause_says_the_price_and_how_often_one_person_is_paid_for(decoded, words):
    parts = decoded(SUSTAINMENT, KEPT).parts
    first, times = SUSTAINMENT.clause(parts[1][1], words)
    assert first.inlines[0].text == (
        "For each calendar quarter, the Agency must pay the Provider $750 for each success after 26 weeks. "
        "A success is a Leaver counted as one in “Exits to a permanent home”."
    )
    assert times.inlines[0].text == (
        "There is a payment after 3 months, 26 weeks, and 1 year, each once. "
        "The Provider may be paid for no Client more than 3 times."
    )
    alone = "outcome: count(jobs)\nintervals: [{after: 3 months, price: $5}]\n"
    assert len(SUSTAINMENT.clause(decoded(SUSTAINMENT, alone).parts[0][1], words)) == 1
