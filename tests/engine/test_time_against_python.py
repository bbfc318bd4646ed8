"""Sound formulas about time, each with what Python's own dates, moments and fractions say of it, record by record."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from acmspec.ground import zones
from acmspec.ground.calendar import Every, add_months, period_of
from tools import conformance
from tools.conformance_answers import answer

NEW_YORK = "America/New_York"
ZONE = [["currency: USD", f"currency: USD\n  timezone: {NEW_YORK}"]]


class Said(NamedTuple):
    """A formula, and its value for a record; None is missing."""

    text: str
    value: Callable[["Record"], Any]


class Record(NamedTuple):
    """A visit: its days, and its moments as its clocks show them."""

    born_on: date | None
    done_on: date | None
    due_on: date | None
    began_at: datetime | None
    ended_at: datetime | None
    zone: str

    def passed(self, shown: datetime) -> datetime:
        """A moment on the time line."""
        if not self.zone:
            return shown.replace(tzinfo=UTC)
        return shown.replace(tzinfo=zones.rules(self.zone)).astimezone(UTC)


def strict(make: Callable[..., Any], *parts: Said) -> Callable[[Record], Any]:
    """A value that is missing where one of its parts is."""

    def value(record: Record) -> Any:
        found = [one.value(record) for one in parts]
        return None if None in found else make(*found)

    return value


def field(name: str) -> Said:
    def value(record: Record) -> Any:
        found = getattr(record, name)
        return record.passed(found) if isinstance(found, datetime) else found

    return Said("client.born_on" if name == "born_on" else name, value)


def day_of(moment: Said) -> Said:
    def value(record: Record) -> Any:
        found = moment.value(record)
        return None if found is None else found.astimezone(zones.rules(record.zone) if record.zone else UTC).date()

    return Said(f"date of {moment.text}", value)


def completed(months: int, first: date, last: date) -> Fraction:
    if last < first:
        return -completed(months, last, first)
    count = 0
    while add_months(first, (count + 1) * months) <= last:
        count += 1
    return Fraction(count)


DAYS = st.dates(date(2003, 12, 25), date(2009, 1, 5)) | st.sampled_from(
    [date(2004, 2, 29), date(2005, 2, 28), date(2007, 1, 31), date(2007, 3, 31), date(2008, 2, 29)]
)
SPRING, AUTUMN = datetime(2008, 3, 8), datetime(2008, 11, 1)  # noqa: DTZ001  (what clocks show)
TIMES = st.builds(lambda start, after: start + after, st.sampled_from([SPRING, AUTUMN]),
                  st.timedeltas(timedelta(0), timedelta(days=3)))  # fmt: skip
"""Days around two changes of the clocks."""

MOMENT = st.sampled_from([field("began_at"), field("ended_at")])
DATE = st.one_of(
    st.sampled_from([field("born_on"), field("done_on"), field("due_on")]),
    MOMENT.map(day_of),
    st.builds(
        lambda day, years: Said(f"birthday {years} of {day.text}", strict(lambda on: add_months(on, 12 * years), day)),
        st.sampled_from([field("born_on"), field("done_on")]), st.integers(1, 5),
    ),
)  # fmt: skip


def _from(unit: str, calculate: Callable[[Any, Any], Fraction], of: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    return st.builds(
        lambda one, two: Said(f"{unit} from {one.text} to {two.text}", strict(calculate, one, two)), of, of
    )


def _seconds(one: datetime, two: datetime) -> Fraction:
    return Fraction((two - one) // timedelta(microseconds=1), 10**6)


HOURS = _from("hours", lambda one, two: _seconds(one, two) / 3600, MOMENT)
NUMBER = st.one_of(
    HOURS,
    _from("minutes", lambda one, two: _seconds(one, two) / 60, MOMENT),
    _from("days", lambda one, two: Fraction((two - one).days), DATE),
    _from("weeks", lambda one, two: Fraction((two - one).days, 7), DATE),
    _from("months", lambda one, two: completed(1, one, two), DATE),
    _from("years", lambda one, two: completed(12, one, two), DATE),
    st.builds(
        lambda one, two: Said(f"age of {one.text} on {two.text}", strict(lambda a, b: completed(12, a, b), one, two)),
        DATE, DATE,
    ),
    st.builds(
        lambda one, minutes: Said(
            f"{one.text} - {minutes} minutes", strict(lambda value: value - Fraction(minutes, 60), one)
        ),
        HOURS, st.integers(1, 500),
    ),
)  # fmt: skip


def _within(one: Said, two: Said, days: int, back: bool, inclusive: bool) -> Said:
    side, word = ("before" if back else "after"), ("on or within" if inclusive else "within")

    def inside(day: date, anchor: date) -> bool:
        gap = (anchor - day if back else day - anchor).days
        return (0 if inclusive else 1) <= gap <= days

    return Said(f"{one.text} {word} {days} days {side} {two.text}", strict(inside, one, two))


def _within_hours(one: Said, two: Said, hours: int, back: bool, inclusive: bool) -> Said:
    side, word = ("before" if back else "after"), ("on or within" if inclusive else "within")

    def inside(moment: datetime, anchor: datetime) -> bool:
        gap = _seconds(moment, anchor) if back else _seconds(anchor, moment)
        return (gap >= 0 if inclusive else gap > 0) and gap <= hours * 3600

    return Said(f"{one.text} {word} {hours} hours {side} {two.text}", strict(inside, one, two))


def _same_period(one: Said, two: Said, every: Every) -> Said:
    def same(first: date, second: date) -> bool:
        return period_of(first, every, 7) <= period_of(second, every, 7)

    word = every.value
    return Said(f"{word} of {one.text} <= {word} of {two.text}", strict(same, one, two))


PERIODS = st.sampled_from([Every.WEEK, Every.MONTH, Every.QUARTER, Every.YEAR, Every.FISCAL_YEAR])
CONDITION = st.one_of(
    st.builds(_within, DATE, DATE, st.integers(1, 400), st.booleans(), st.booleans()),
    st.builds(_within_hours, MOMENT, MOMENT, st.integers(1, 60), st.booleans(), st.booleans()),
    st.builds(_same_period, DATE, DATE, PERIODS),
    st.builds(
        lambda one, hours: Said(f"{one.text} <= {hours} hours", strict(lambda value: value <= hours, one)),
        HOURS, st.integers(-30, 30).filter(lambda hours: hours >= 0),
    ),
    st.builds(lambda one, two: Said(f"{one.text} < {two.text}", strict(lambda a, b: a < b, one, two)), MOMENT, MOMENT),
)  # fmt: skip


def _exists(shown: datetime | None, zone: str) -> bool:
    return shown is None or not zone or zones.zone(zone).offset_of(shown) is not None


@st.composite
def records(draw: st.DrawFn, zone: str) -> list[Record]:
    days, times = st.none() | DAYS, (st.none() | TIMES).filter(lambda shown: _exists(shown, zone))
    return draw(st.lists(st.builds(Record, days, days, days, times, times, st.just(zone)), min_size=1, max_size=8))


def tables(written: list[Record]) -> dict[str, str]:
    def cell(value: Any) -> str:
        return "" if value is None else str(value)

    people = [f"p{index},{cell(one.born_on)}" for index, one in enumerate(written)]
    visits = [
        f"v{index},p{index},2025-01-01,{cell(one.done_on)},{cell(one.due_on)},{cell(one.began_at)},{cell(one.ended_at)}"
        for index, one in enumerate(written)
    ]
    return {
        "people": "\n".join(["client,born_on", *people]),
        "visits": "\n".join(["id,client,seen_on,done_on,due_on,began_at,ended_at", *visits]),
    }


def calculated(said: Said, written: list[Record], zone: str, *, number: bool) -> dict[str, str]:
    case = {"id": "x", "kind": "record", "of": "visits", "formula": said.text, "tables": tables(written)}
    case |= {"changes": ZONE if zone else []} | ({"number": "yes"} if number else {})
    found = answer(conformance.question(case))
    assert "values" in found, (said.text, found)
    return dict(found["values"])


@pytest.mark.parametrize("zone", ["", NEW_YORK])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_numbers_of_time_are_those_of_python(zone: str, data: st.DataObject) -> None:
    said, written = data.draw(NUMBER), data.draw(records(zone))
    values = {f"v{index}": said.value(one) for index, one in enumerate(written)}
    expected = {key: "missing" if value is None else str(value) for key, value in values.items()}
    assert calculated(said, written, zone, number=True) == expected


@pytest.mark.parametrize("zone", ["", NEW_YORK])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_conditions_about_time_are_those_of_python(zone: str, data: st.DataObject) -> None:
    said, written = data.draw(CONDITION), data.draw(records(zone))
    values = {f"v{index}": said.value(one) for index, one in enumerate(written)}
    expected = {key: "missing" if value is None else "yes" if value else "no" for key, value in values.items()}
    assert calculated(said, written, zone, number=False) == expected
