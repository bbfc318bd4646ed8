"""The oracle and the engine agree on random specs over random data, exactly."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from engine import Case, by_engine, by_oracle, checked, differences
from hypothesis import HealthCheck, assume, event, given, settings
from made import Made, made, text

TOO_DEEP = "ACM258"
"""What the page can't say, being nested too deeply: the one thing for which the checker may refuse what is drawn."""
EXAMPLES = 2_400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 120


@given(made())
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
def test_random_specs_over_random_data_agree(one: Made) -> None:
    written = text(one.spec)
    program, errors = checked(written)
    assume({found.code for found in errors} != {TOO_DEEP})
    assert program is not None, [(found.code, found.message) for found in errors]
    with TemporaryDirectory() as folder:
        case = Case(written, one.written(Path(folder)), one.data_date)
        mine = by_oracle(case)
        for state in {row["state"] for row in mine}:
            event(state)
        assert differences(mine, by_engine(case)) == []
