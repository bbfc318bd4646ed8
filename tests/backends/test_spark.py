"""Spark gives what the law says: every conformance case that has values, and random specs over random data.

What a case doesn't say of its own is worked out once for all of them.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from engine import Case, by_engine, by_oracle, checked, differences
from hypothesis import HealthCheck, assume, given, seed, settings
from made import Made, made, text

from tools import conformance
from tools.conformance_answers import answer

TOO_DEEP = "ACM258"
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EVERY = [one for one in conformance.cases() if one["kind"] in {"run", "record"}]
WITHOUT_END = "9999-12-31"
"""The end of a calendar of three million days, which takes Spark a minute: a matter of the long profile."""
AT_A_TIME = 10
"""Few enough for hypothesis to draw each spec anew, and not to vary those before."""
STARTS = 50 if IS_LONG else 5
LONGEST = 1800
"""Seconds: a spec of many lookups can take Spark long, and ten are drawn at a time."""
CASES = [one for one in EVERY if IS_LONG or WITHOUT_END not in str(one)]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.xdist_group("spark")
def test_spark_answers_as_the_case_says(case: dict[str, Any], once) -> None:
    assert conformance.differences(case, answer(conformance.question(case), once())) == []


@pytest.mark.timeout(LONGEST)
@pytest.mark.parametrize("start", range(STARTS))
@pytest.mark.xdist_group("spark")
def test_random_specs_over_random_data_agree_on_spark(start: int, spark) -> None:
    @seed(start)
    @settings(max_examples=AT_A_TIME, suppress_health_check=list(HealthCheck))
    @given(made())
    def agrees(one: Made) -> None:
        written = text(one.spec)
        program, errors = checked(written, one.beside)
        assume({found.code for found in errors} != {TOO_DEEP})
        assume(IS_LONG or WITHOUT_END not in f"{written}{one.beside}")
        assert program is not None
        with TemporaryDirectory() as folder:
            case = Case(written, one.written(Path(folder)), one.data_date, one.beside)
            assert differences(by_oracle(case), by_engine(case, spark())) == []

    agrees()
