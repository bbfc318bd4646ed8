"""Business days are found by arithmetic as they are found by stepping from day to day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from acmspec.program.calendar import BusinessCalendar

_DAYS = st.dates(date(2024, 1, 1), date(2025, 12, 31))


@given(st.sets(st.integers(0, 6), max_size=6), st.lists(_DAYS, max_size=30), _DAYS, st.integers(-3, 300))
def test_the_business_day_some_days_after_is_the_one_that_stepping_finds(
    weekend: set[int], holidays: list[date], day: date, count: int
) -> None:
    calendar = BusinessCalendar("county", tuple(sorted(weekend)), tuple(holidays), None, None)
    found, left = day, count
    while left > 0:
        found += timedelta(days=1)
        left -= found.weekday() not in weekend and found not in holidays
    assert calendar.after(day, count) == found


def test_what_lies_behind_the_last_day_there_is_ends_on_it() -> None:
    never = BusinessCalendar("never", tuple(range(7)), (), None, None)
    ever = BusinessCalendar("ever", (), (), None, None)
    assert never.after(date(2025, 1, 1), 1) == ever.after(date(9999, 12, 30), 5) == ever.after(date.max, 1) == date.max
