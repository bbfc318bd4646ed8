"""The oracle and the engine agree on random specs over random data, cell by cell."""

from pathlib import Path
from tempfile import TemporaryDirectory

from engine import Case, by_engine, by_oracle, checked, differences
from hypothesis import HealthCheck, assume, event, given, settings
from made import Made, made, text


@given(made())
@settings(max_examples=120, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_random_specs_over_random_data_agree(one: Made) -> None:
    written = text(one.spec)
    assume(checked(written)[0] is not None)
    with TemporaryDirectory() as folder:
        case = Case(written, one.written(Path(folder)), one.data_date)
        mine = by_oracle(case)
        for state in {row["state"] for row in mine}:
            event(state)
        assert differences(mine, by_engine(case)) == []
