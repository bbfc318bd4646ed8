"""What left records open is counted so that it explains the records counted as unjudged, on random specs and data."""

from pathlib import Path
from tempfile import TemporaryDirectory

from engine import Case, by_engine, checked
from hypothesis import HealthCheck, assume, given, settings
from made import Made, made, text


@given(made())
@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_every_record_that_was_not_judged_has_a_gap(one: Made) -> None:
    written = text(one.spec)
    assume(checked(written, one.beside)[0] is not None)
    with TemporaryDirectory() as folder:
        rows = by_engine(Case(written, one.written(Path(folder)), one.data_date, one.beside))
    for row in rows:
        counts = {
            name: int(count)
            for name, count in row["gaps"].items()
            if not name.startswith(("where: ", "keep: ", "exclude: ", "by "))
        }
        assert sum(counts.values()) >= int(row["unjudged"])
        # A record without the entity it is looked up by counts always, so it may be one that was judged.
        assert all(count <= int(row["unjudged"]) for name, count in counts.items() if "recorded" not in name)
