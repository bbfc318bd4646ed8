"""PostgreSQL gives what the law says: every conformance case that has values, and random specs over random data."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from engine import Case, by_engine, by_oracle, checked, differences
from hypothesis import HealthCheck, assume, given, settings
from made import Made, made, text

from tools import conformance
from tools.conformance_answers import answer

TOO_DEEP = "ACM258"
CASES = [one for one in conformance.cases() if one["kind"] in {"run", "record"}]
EXAMPLES = 2_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 60


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_postgresql_answers_as_the_case_says(case: dict[str, Any], postgresql) -> None:
    assert conformance.differences(case, answer(conformance.question(case), postgresql())) == []


@given(made())
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_random_specs_over_random_data_agree_on_postgresql(postgresql, one: Made) -> None:
    written = text(one.spec)
    program, errors = checked(written, one.beside)
    assume({found.code for found in errors} != {TOO_DEEP})
    assert program is not None
    with TemporaryDirectory() as folder:
        case = Case(written, one.written(Path(folder)), one.data_date, one.beside)
        assert differences(by_oracle(case), by_engine(case, postgresql())) == []
