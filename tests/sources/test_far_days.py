"""Days in the data that lie far from the contract's term are said, and counted all the same."""

from pathlib import Path

from tests.sources.world import rows, run, spec

WRONG = rows(
    "1,North,2025-01-05,yes,10,", "2,North,2205-02-05,no,10,", "3,North,9999-12-31,no,10,", "4,North,9999-12-31,no,1,"
)  # fmt: skip


def test_a_year_that_was_mistyped_and_a_code_for_no_date_are_said_once(tmp_path: Path) -> None:
    done = run(tmp_path, spec("v.csv"), {"v.csv": WRONG})
    assert done.said("ACM494") == [
        "v.csv: 3 records have days in column “asked” far from the contract’s term: 9999-12-31, 2205-02-05"
    ]
    assert done.values()["2025-Q1", ""] == "100.0%"


def test_a_code_for_no_date_that_is_declared_is_no_day(tmp_path: Path) -> None:
    declared = "type: date\n        optional: yes\n        missing: [9999-12-31, 2205-02-05]"
    done = run(tmp_path, spec("v.csv").replace("type: date", declared), {"v.csv": WRONG})
    assert done.said("ACM494") == []


def test_a_private_day_is_not_shown(tmp_path: Path) -> None:
    text = spec("v.csv").replace("        type: date\n", "        type: date\n        private: yes\n")
    done = run(tmp_path, text, {"v.csv": rows("1,North,1725-01-05,yes,10,")})
    assert done.said("ACM494") == ["v.csv: 1 record has a day in column “asked” far from the contract’s term"]


def test_days_to_the_edge_are_near(tmp_path: Path) -> None:
    edges = ("1894-12-31", "1895-01-01", "2075-12-31", "2076-01-01")
    done = run(tmp_path, spec("v.csv"), {"v.csv": rows(*(f"{day},North,{day},yes,10," for day in edges))})
    assert done.said("ACM494")[0].endswith(": 1894-12-31, 2076-01-01")
