"""How dates, periods, numbers and names are said."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Cycle, Every, NamedPeriods, Period, ReportingDays, YearStarting
from acmspec.ground.exact import Unit
from acmspec.ground.windows import Coverage, Covers, Rolling
from acmspec.program.types import Form, NumberType
from acmspec.report import dashboard_words as words

PERCENT = words.scale_of(NumberType(Form.SHARE))
DAYS = words.scale_of(NumberType(unit=Unit.of("day")))


@pytest.mark.parametrize("unit", ["minute", "hour", "day", "week", "month", "year"])
def test_a_unit_of_time_stands_behind_its_numbers(unit: str) -> None:
    assert words.number(Fraction(3), words.scale_of(NumberType(unit=Unit.of(unit))), 1) == f"3.0 {unit}s"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "Feb 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "Jan–Mar 2026"),
        (date(2025, 7, 1), date(2026, 6, 30), "Jul 2025–Jun 2026"),
        (date(2026, 1, 15), date(2026, 3, 31), "15 Jan 2026 – 31 Mar 2026"),
    ],
)
def test_days_in_the_fewest_words(first: date, last: date, text: str) -> None:
    assert words.days(first, last) == text


@pytest.mark.parametrize(
    ("name", "every", "label"),
    [
        ("2026-03", Every.MONTH, "Mar ’26"),
        ("2026-Q1", Every.QUARTER, "Q1 ’26"),
        ("2026", Every.YEAR, "2026"),
        ("FY2026-Q3", Every.FISCAL_QUARTER, "FY26 Q3"),
        ("FY2026", Every.FISCAL_YEAR, "FY26"),
        ("2026-W07", Every.WEEK, "W07 ’26"),
        ("2026-H1", Every.HALF_YEAR, "H1 ’26"),
        ("2026-03-31", Every.DAY, "31 Mar ’26"),
        ("2026-03-31", ReportingDays((date(2026, 3, 31),)), "31 Mar ’26"),
        ("2025-04..2026-03", YearStarting(4), "to Mar ’26"),
        ("Spring", NamedPeriods(()), "Spring"),
        ("The first class of the year", NamedPeriods(()), "The first…"),
    ],
)
def test_a_period_in_a_few_characters(name: str, every: Cycle, label: str) -> None:
    assert words.period_label(Period(date(2026, 1, 1), date(2026, 3, 31), name), every) == label


@pytest.mark.parametrize(
    ("first", "every", "covers", "text"),
    [
        (date(2026, 1, 1), Every.QUARTER, Covers.PERIOD, "in Jan–Mar 2026"),
        (date(2025, 4, 1), Every.QUARTER, Rolling(12, "month"), "in the 12 months to Mar 2026"),
        (date(2026, 3, 4), Every.WEEK, Rolling(1, "week"), "in the 1 week to Mar 2026"),
        (date(2025, 7, 1), Every.QUARTER, Covers.YEAR_TO_DATE, "in Jul 2025–Mar 2026 (year to date)"),
        (date(2025, 7, 1), Every.QUARTER, Covers.SINCE_START, "in Jul 2025–Mar 2026 (since start)"),
        (date(2026, 3, 31), Every.DAY, Covers.PERIOD, "on 31 Mar 2026"),
        (date(2026, 3, 25), Every.WEEK, Covers.PERIOD, "in week 7, 25–31 Mar 2026"),
        (date(2026, 2, 25), Every.WEEK, Covers.PERIOD, "in week 7, 25 Feb 2026 – 31 Mar 2026"),
        (date(2026, 1, 1), NamedPeriods(()), Covers.PERIOD, "in 2026-W07 (Jan–Mar 2026)"),
    ],
)
def test_a_period_inside_a_sentence(first: date, every: Cycle, covers: Coverage, text: str) -> None:
    assert words.in_period(Period(first, date(2026, 3, 31), "2026-W07"), every, covers) == text


def test_the_same_period_a_year_earlier() -> None:
    assert words.year_before(Period(date(2025, 2, 10), date(2025, 2, 16), "2025-W07"), Every.WEEK) == date(2024, 2, 18)
    assert words.year_before(Period(date(2025, 2, 1), date(2025, 2, 28), "2025-02"), Every.MONTH) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("60.0%", "60%"),
        ("62.5%", "62.5%"),
        ("62.50%", "62.5%"),
        ("45.0 days", "45 days"),
        ("100%", "100%"),
        ("10", "10"),
    ],
)
def test_decimals_that_say_nothing_are_left_off_a_target(printed: str, text: str) -> None:
    assert words.trimmed(printed) == text


def test_a_difference_of_percentages_is_in_points_and_one_is_singular() -> None:
    assert words.gap(Fraction(-32, 1000), PERCENT, 1) == "3.2 points"
    assert words.gap(Fraction(1, 100), PERCENT, 0) == "1 point"
    assert words.gap(Fraction(1), DAYS, 0) == "1 day"
    assert words.gap(Fraction(5, 2), DAYS, 1) == "2.5 days"


def test_money_to_the_cent_with_a_true_minus() -> None:
    assert words.money(Fraction(-1250), "USD") == "−$1,250.00"
    assert words.money(Fraction(7, 2), "CAD") == "CAD 3.50"


def test_many_names_are_counted_and_few_are_named() -> None:
    assert words.listed(("A",)) == "A"
    assert words.listed(("A", "B", "C", "D")) == "A, B, C and D"
    assert words.listed(("A", "B", "C", "D", "E")) == "A, B, C and 2 others"
