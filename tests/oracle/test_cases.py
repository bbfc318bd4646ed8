"""The oracle answers the hand-worked conformance cases as they say: it shares no misreading with the engine."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from engine import Answers, Case, by_oracle

from tools import conformance
from tools.conformance_answers import _values

HOW_FILES_ARE_READ = {
    "files-several",
    "files-of-providers",
    "files-of-periods",
    "file-formats",
    "corrections",
    "disputes",
}
"""The anchors of which files make a table, how they are written, and what lies beside them: the oracle reads one CSV
file a table."""


def _asked() -> list[dict[str, Any]]:
    cases = [one for one in conformance.cases() if one["kind"] in {"run", "record"}]
    cases = [one for one in cases if not HOW_FILES_ARE_READ & set(one["proves"])]
    return [one for one in cases if one["kind"] == "record" or "rows" in one]


def answered(case: dict[str, Any], folder: Path) -> Answers:
    asked = conformance.question(case)
    files = {name: folder / f"{name}.csv" for name in asked["tables"]}
    for name, content in asked["tables"].items():
        files[name].write_text(content, encoding="utf-8")
    return by_oracle(Case(asked["spec"], files, date.fromisoformat(asked["data_date"]), asked.get("files")))


@pytest.mark.parametrize("case", _asked(), ids=lambda case: case["id"])
def test_the_oracle_answers_as_the_case_says(case: dict[str, Any], tmp_path: Path) -> None:
    rows = answered(case, tmp_path)
    if case["kind"] == "record":
        assert _values(rows, case.get("key", "id")) == dict(case["values"])
        return
    answer = {"rows": rows, "payments": [], "findings": []}
    assert conformance.differences({**case, "payments": [], "findings": []}, answer) == []
