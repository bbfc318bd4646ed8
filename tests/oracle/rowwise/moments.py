"""Moments, by the clocks of the contract's time zone if it has one, else by the clocks as they were read."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
PATTERN = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[ T](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
    r"(:(?P<second>[0-5]\d)(\.(?P<part>\d{1,6})0{0,3})?)?( ?(?P<offset>Z|[+-](0\d|1[0-8])(:?[0-5]\d)?))?",
    re.ASCII,
)


@dataclass(frozen=True, order=True)
class Moment:
    """A moment: what tells it from others (the time in UTC, or of clocks without a zone), and what clocks showed."""

    at: datetime
    local: datetime = field(compare=False)

    @property
    def day(self) -> date:
        return self.local.date()

    def moved(self, seconds: int, zone: str | None) -> "Moment":
        """The moment some seconds later, of time that passed."""
        return from_instant(self.at + timedelta(seconds=seconds), zone)


def from_instant(at: datetime, zone: str | None) -> Moment:
    if zone is None:
        return Moment(at, at)
    return Moment(at, at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None))


def from_clock(local: datetime, zone: str | None) -> Moment | None:
    """What clocks show: the first time they do where they show it twice, none where they skip it."""
    if zone is None:
        return Moment(local, local)
    found = from_instant(local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None), zone)
    return found if found.local == local else None


def from_cell(text: str, zone: str | None) -> Moment | None:
    """The moment that stands in a cell; none if there is none."""
    found = PATTERN.fullmatch(text)
    if found is None or (found["offset"] and zone is None):
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    part = int((found["part"] or "").ljust(6, "0") or 0)
    clock = timedelta(hours=int(found["hour"]), minutes=int(found["minute"]), seconds=int(found["second"] or 0))
    local = datetime.combine(day, time()) + clock + timedelta(microseconds=part)
    if not found["offset"]:
        return from_clock(local, zone)
    return from_instant(local - timedelta(minutes=_minutes(found["offset"])), zone)


def _minutes(offset: str) -> int:
    if offset == "Z":
        return 0
    digits = offset[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if offset[0] == "-" else minutes


def day_of(moment: "Moment | date | None") -> date | None:
    """The day a moment belongs to; a day is its own."""
    return moment.day if isinstance(moment, Moment) else moment
