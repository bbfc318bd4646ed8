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
        ("done_on within hours after seen_on", "the Hours has passed since the Seen on"),
        (
            "done_on in quarter 2 after seen_on",
            "the last day of the 2nd calendar quarter after the one that holds the Seen on is over",
        ),
        (
            "done_on in year 1 before seen_on",
            "the last day of the 1st calendar year before the one that holds the Seen on is over",
        ),
        ("any(arrests for same client where arrested_on in span)", "the Done on is recorded and over"),
        ("done_on in period", ""),
        ("any(arrests for same client where arrested_on within 5 days before seen_on)", "the Seen on is over"),
        ("done_on is known", ""),
    ],
)
def test_the_contract_says_which_day_must_be_over(tmp_path: Path, condition: str, said: str) -> None:
    clauses = _clauses(tmp_path, condition)
    waiting = clauses[clauses.index("**Not yet mature.**") :].split("\n", 1)[0]
    assert said in waiting
    assert ("as soon as they are recorded" in waiting) is not bool(said)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            "done_on within hours after seen_on",
            "The Seen on itself does not count. The last day that counts is the Hours after the Seen on.",
        ),
        (
            "done_on on or within hours before seen_on",
            "The Seen on itself counts. The first day that counts is the Hours before the Seen on.",
        ),
        (
            "done_on from 2 days to hours after seen_on",
            "The first day that counts is 2 days after the Seen on, the last is the Hours after it.",
        ),
    ],
)
def test_the_contract_says_which_days_count(tmp_path: Path, condition: str, said: str) -> None:
    assert said in _clauses(tmp_path, condition)


def _clauses(folder: Path, condition: str) -> str:
    formula = f"share({condition} over visits)"
    asked = conformance.question({"kind": "run", "id": "x", "formula": formula, "changes": DAYS})
    (folder / "spec.yaml").write_text(asked["spec"], encoding="utf-8")
    for name, rows in asked["tables"].items():
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    api.run(folder / "spec.yaml", out=folder / "out", as_of=date(2026, 6, 30))
    return (folder / "out" / "clauses.md").read_text(encoding="utf-8")
