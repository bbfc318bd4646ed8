"""Until when the contract says that a record waits, where its last day is worked out from its own values."""

import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from acmspec import api  # noqa: E402
from tools import conformance  # noqa: E402

DAYS = [["      hours:\n        type: integer\n", "      hours:\n        type: integer\n        unit: days\n"]]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("done_on within hours after seen_on", "the day that lies as long after the Seen on as the Hours says is over"),
        (
            "done_on in quarter 2 after seen_on",
            "the last day of quarter 2 after the one that holds the Seen on is over",
        ),
        ("done_on in year 1 before seen_on", "the last day of year 1 before the one that holds the Seen on is over"),
        ("any(arrests for same client where arrested_on in span)", "the Done on is recorded and is over"),
        ("done_on in period", ""),
    ],
)
def test_the_contract_says_which_day_must_be_over(tmp_path: Path, condition: str, said: str) -> None:
    formula = f"share({condition} over visits)"
    asked = conformance.question({"kind": "run", "id": "x", "formula": formula, "changes": DAYS})
    (tmp_path / "spec.yaml").write_text(asked["spec"], encoding="utf-8")
    for name, rows in asked["tables"].items():
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
    api.run(tmp_path / "spec.yaml", out=tmp_path / "out", as_of=date(2026, 6, 30))
    clauses = (tmp_path / "out" / "clauses.md").read_text(encoding="utf-8")
    waiting = clauses[clauses.index("**Not yet mature.**") :].split("\n", 1)[0]
    assert said in waiting
    assert ("as soon as they are recorded" in waiting) is not bool(said)
