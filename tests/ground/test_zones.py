"""Clock changes: when they are, what local times they skip and repeat."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground import zones

SOME = (
    "America/New_York",
    "America/Phoenix",
    "Europe/London",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)


def test_a_zone_that_is_unknown_is_an_error() -> None:
    with pytest.raises(KeyError):
        zones.zone("America/Harbor")


def test_phoenix_changes_no_clocks() -> None:
    assert (zones.zone("America/Phoenix").offset, zones.zone("America/Phoenix").changes) == (-7 * 3600, ())


def test_new_york_in_2025() -> None:
    found = [one for one in zones.zone("America/New_York").changes if one.at.year == 2025]
    assert [(str(one.at), one.offset // 3600) for one in found] == [
        ("2025-03-09 07:00:00", -4),
        ("2025-11-02 06:00:00", -5),
    ]


@given(
    st.sampled_from(SOME),
    st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)),  # noqa: DTZ001  (what clocks show)
)
def test_offsets_are_those_of_the_standard_library(name: str, local: datetime) -> None:
    """A time the library maps to a moment and back unchanged exists, with the offset of the first of two."""
    rules = zones.rules(name)
    there = local.replace(tzinfo=rules)
    exists = there.astimezone(UTC).astimezone(rules).replace(tzinfo=None) == local
    offset = zones.zone(name).offset_of(local)
    assert (offset is not None) is exists
    if offset is not None:
        assert timedelta(seconds=offset) == there.utcoffset()
