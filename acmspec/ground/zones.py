"""Time zones: when clocks change and by how much, from the tzdata package alone; there is no clock here or anywhere.

The files of the machine are never read, so that one version of tzdata gives one answer everywhere. Clock changes are
known from 1970 through 2099; an earlier or later time takes the offset at that edge.
"""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from acmspec.ground.node import node

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from zoneinfo import ZoneInfo

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(2100, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@node
class Change:
    """A clock change: the moment (UTC) it happens at, and the offset from then on in seconds."""

    at: datetime
    offset: int


@node
class Stretch:
    """Local times from `start` on; `offset` is None where clocks never show them, because they were put forward."""

    start: datetime
    offset: int | None


@node
class Zone:
    """A zone's offset before its first change, in seconds east of Greenwich, and its changes in order."""

    name: str
    offset: int
    changes: tuple[Change, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The offset by local time. A time that clocks show twice is the first of both."""
        found: list[Stretch] = []
        before = self.offset
        for one in self.changes:
            old, new = one.at + before * _SECOND, one.at + one.offset * _SECOND
            if new > old:
                found.append(Stretch(old, None))
            found.append(Stretch(max(old, new), one.offset))
            before = one.offset
        return tuple(found)

    def offset_of(self, local: datetime) -> int | None:
        """The offset at a local time; None if no clock ever shows it."""
        stretches = self.stretches
        at = bisect_right([one.start for one in stretches], local)
        return stretches[at - 1].offset if at else self.offset


@cache
def names() -> tuple[str, ...]:
    """The names of all zones, in order."""
    return tuple(sorted((_folder() / "zones").read_text(encoding="utf-8").split()))


def version() -> str:
    """The version of the zone data."""
    from importlib import metadata

    return metadata.version("tzdata")


def _folder() -> "Traversable":
    from importlib.resources import files

    return files("tzdata")


def rules(name: str) -> "ZoneInfo":
    """A zone's own rules; KeyError if there is none of that name."""
    from zoneinfo import ZoneInfo

    if name not in names():
        raise KeyError(name)
    with (_folder() / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def zone(name: str) -> Zone:
    """The zone of a name; KeyError if there is none."""
    found = rules(name)
    first = _offset(found, _FIRST)
    changes: list[Change] = []
    before, day = first, _FIRST
    while day < _LAST:
        if _offset(found, day + _STEP) != before:
            at = _moment(found, day, before)
            before = _offset(found, at)
            changes.append(Change(at.replace(tzinfo=None), before))
            day = at  # a second change on the same day is looked for from here
        else:
            day += _STEP
    return Zone(name, first, tuple(changes))


def _moment(found: "ZoneInfo", low: datetime, before: int) -> datetime:
    """The second in the day after `low` at which the offset is no longer what it was before."""
    least, most = 0, int(_STEP / _SECOND)
    while most - least > 1:
        middle = (least + most) // 2
        if _offset(found, low + middle * _SECOND) == before:
            least = middle
        else:
            most = middle
    return low + most * _SECOND


def _offset(found: "ZoneInfo", at: datetime) -> int:
    shift = at.astimezone(found).utcoffset()
    if shift is None:
        raise ValueError(f"{found.key} has no offset at {at}")
    return int(shift / _SECOND)
