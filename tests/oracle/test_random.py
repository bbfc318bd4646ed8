"""The oracle and the engine agree on random specs over random data, exactly."""

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from engine import Case, by_engine, by_oracle, checked, differences
from hypothesis import HealthCheck, assume, event, given, seed, settings
from made import Made, made, text

from acmspec.backends.duckdb import DuckDB

TOO_DEEP = "ACM258"
"""What the page can't say, being nested too deeply: the one thing for which the checker may refuse what is drawn."""
AT_A_TIME = 10
"""Few enough for hypothesis to draw each spec anew, and not to vary those before."""
STARTS = 240 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 8


@pytest.mark.parametrize("start", range(STARTS))
def test_random_specs_over_random_data_agree(start: int) -> None:
    @seed(start)
    @settings(max_examples=AT_A_TIME, suppress_health_check=list(HealthCheck))
    @given(made())
    def agrees(one: Made) -> None:
        _agrees(one, start)

    agrees()


def _agrees(one: Made, start: int) -> None:
    written = text(one.spec)
    program, errors = checked(written, one.beside)
    assume({found.code for found in errors} != {TOO_DEEP})
    assert program is not None, [(found.code, found.message) for found in errors]
    with TemporaryDirectory() as folder:
        case = Case(written, one.written(Path(folder)), one.data_date, one.beside)
        mine = by_oracle(case)
        for state in {row["state"] for row in mine}:
            event(state)
        if start % 2 == 0:
            assert differences(mine, by_engine(case)) == []
            return
        # Every other start on two threads, in little memory, and with the rows of each file in another order.
        for path in (one for one in case.files.values() if one.suffix == ".csv"):
            header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
            Random(start).shuffle(rows)  # noqa: S311  (an order, not a secret)
            path.write_text("".join([header, *rows]), encoding="utf-8")
        assert differences(mine, by_engine(case, DuckDB(threads=2, memory="1GiB"))) == []
