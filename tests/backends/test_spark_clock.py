"""On Spark, clock changes are looked up in lists by year: what they give is what the zone's own changes give."""

from datetime import UTC, datetime, timedelta

import pytest

from acmspec.ground.zones import zone
from acmspec.query.clock import local_time, moment_of
from acmspec.query.dialect_spark import SPARK

HOUR = timedelta(hours=1)
FEW = 7
"""Of so many changes one is looked at: in some years the first, in some the second."""
EDGES = tuple(datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1900, 1970, 2100, 2500))


@pytest.mark.parametrize("name", ["America/New_York", "Africa/Casablanca"])
@pytest.mark.xdist_group("spark")
def test_moments_around_each_clock_change_are_shown_as_the_zone_says(name: str, spark) -> None:
    found = zone(name)
    around = (-5 * HOUR, -4 * HOUR, -HOUR, -timedelta(seconds=1), timedelta(), HOUR)
    moments = sorted({*EDGES, *(one.at + by for one in found.changes[::FEW] for by in around)})
    engine = spark()
    engine.make("moments", f"SELECT * FROM VALUES {', '.join(f'({SPARK.moment(one)})' for one in moments)} AS m(at)")
    shown, meant = local_time(SPARK, "at", name), moment_of(SPARK, "at", name)
    for at, local, moment in engine.rows(f"SELECT at, {shown}, {meant} FROM moments"):
        begun = [one.offset for one in found.changes if one.at <= at]
        assert local == at + timedelta(seconds=begun[-1] if begun else found.offset)
        offset = found.offset_of(at)
        assert moment == (None if offset is None else at - timedelta(seconds=offset))
