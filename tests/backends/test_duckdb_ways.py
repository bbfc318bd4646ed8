"""DuckDB gives what the law says on several threads, in little memory, and in whatever order rows come."""

from random import Random
from typing import Any

import pytest

from acmspec.backends.duckdb import DuckDB
from tools import conformance
from tools.conformance_answers import answer

CASES = [one for one in conformance.cases() if one["kind"] in {"run", "record"}]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_two_threads_one_gibibyte_and_shuffled_rows_change_nothing(case: dict[str, Any]) -> None:
    asked = conformance.question(case)
    asked["tables"] = {name: _shuffled(text, case["id"]) for name, text in asked["tables"].items()}
    backend = DuckDB(threads=2, memory="1GiB")
    try:
        assert conformance.differences(case, answer(asked, backend)) == []
    finally:
        backend.close()


def _shuffled(text: str, seed: str) -> str:
    """The rows below the header in another order; a file with texts in quotation marks stays as it is."""
    lines = text.removesuffix("\n").split("\n")
    if '"' in text:
        return text
    header, rows = lines[0], lines[1:]
    Random(seed).shuffle(rows)  # noqa: S311  (an order, not a secret)
    return "\n".join([header, *rows]) + "\n"
