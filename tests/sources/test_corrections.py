"""Values put right by a file of corrections, and records in dispute: who, why, approved by whom, and what follows."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from acmspec import api
from tests.sources.world import rows, run, spec

ROWS = rows(
    "1,North,2025-01-05,no,10,a", "2,North,2025-02-05,yes,10,b", "3,South,2025-05-05,no,12.5,c",
    "4,South,2025-06-31,no,1,d",
)  # fmt: skip
HEAD = "record,field,old,new,who,why,approved_by,approved_on"
BY = "Ann,typing error,Bob,2025-10-01"


def corrected(tmp_path: Path, *lines: str, text: str = "", as_of: date = date(2025, 12, 31)) -> object:
    files = {"v.csv": ROWS, "c.csv": "\n".join([HEAD, *lines, ""])}
    more = "corrections: c.csv\naccept: {invalid_records: 50%}"
    return run(tmp_path, text or spec("v.csv", more), files, as_of=as_of)


def test_an_approved_correction_takes_the_place_of_the_value(tmp_path: Path) -> None:
    done = corrected(
        tmp_path, f"1,helped,no,yes,{BY}", f"4,asked,2025-06-31,2025-06-30,{BY}", f"3,minutes,12.5,0.125,{BY}"
    )
    assert done.codes == []
    assert done.values()["2025-Q1", "North"] == "100.0%"
    assert done.values("minutes")["2025-Q2", ""] == "1.13"
    (table,) = done.outputs.results.tables
    assert (table.invalid, table.used) == (0, 4)
    assert [(one.record, one.field, one.state) for one in table.corrections] == [
        ("1", "helped", "applied"), ("4", "asked", "applied"), ("3", "minutes", "applied"),
    ]  # fmt: skip


def test_the_manifest_names_the_files_of_corrections_and_disputes(tmp_path: Path) -> None:
    text = f"{HEAD}\n1,helped,no,yes,{BY}\n"
    said = f"{DISPUTES}\n"
    files = {"v.csv": ROWS, "c.csv": text, "d.csv": said}
    more = "corrections: c.csv\ndisputes: d.csv\naccept: {invalid_records: 50%}"
    run(tmp_path, spec("v.csv", more), files)
    api.run(tmp_path / "spec.yaml", tmp_path / "o", as_of=date(2025, 12, 31))
    (table,) = json.loads((tmp_path / "o" / "manifest.json").read_text(encoding="utf-8"))["data"]
    assert table["corrections"] == {"file": "c.csv", "sha256": sha256(text.encode()).hexdigest(), "records": 1}
    assert table["disputes"] == {"file": "d.csv", "sha256": sha256(said.encode()).hexdigest(), "records": 0}


def test_corrections_follow_each_other(tmp_path: Path) -> None:
    done = corrected(tmp_path, f"1,minutes,10,20,{BY}", f"1,minutes,20,,{BY}")
    assert done.values("minutes")["2025-Q1", ""] == "10.00"


def test_a_correction_approved_later_is_not_yet_in_force(tmp_path: Path) -> None:
    line = f"1,helped,no,yes,{BY}"
    early = corrected(tmp_path, line, as_of=date(2025, 9, 30))
    assert early.values()["2025-Q1", "North"] == "50.0%"
    assert [one.state for one in early.outputs.results.tables[0].corrections] == ["not yet in force"]
    assert corrected(tmp_path, line, as_of=date(2025, 10, 1)).values()["2025-Q1", "North"] == "100.0%"


@pytest.mark.parametrize(
    ("line", "code", "state"),
    [
        ("1,helped,yes,no," + BY, "ACM548", "refused"),
        ("9,helped,no,yes," + BY, "ACM547", "refused"),
        ("1,helpd,no,yes," + BY, "ACM547", "refused"),
        ("1,id,1,7," + BY, "ACM547", "refused"),
        ("1,helped,no,yes,Ann,,Bob,2025-10-01", "ACM549", "not approved"),
        ("1,helped,no,yes,Ann,typo,,2025-10-01", "ACM549", "not approved"),
        ("1,helped,no,yes,Ann,typo,Bob,1 October", "ACM549", "not approved"),
    ],
)
def test_a_correction_that_can_not_be_applied_is_told_and_changes_nothing(
    tmp_path: Path, line: str, code: str, state: str
) -> None:
    done = corrected(tmp_path, line)
    assert [one.partition(":")[0] for one in done.said(code)] == ["c.csv"]
    assert done.values()["2025-Q1", "North"] == "50.0%"
    assert [one.state for one in done.outputs.results.tables[0].corrections] == [state]


def test_a_corrected_value_is_held_against_the_rules_of_its_field(tmp_path: Path) -> None:
    done = corrected(tmp_path, f"1,helped,no,perhaps,{BY}")
    assert any("“perhaps”" in one for one in done.said("ACM424"))


def test_a_file_of_corrections_without_a_column_closes_the_gate(tmp_path: Path) -> None:
    files = {"v.csv": ROWS, "c.csv": "record,field,old,new\n1,helped,no,yes\n"}
    done = run(tmp_path, spec("v.csv", "corrections: c.csv"), files)
    assert "ACM410" in done.codes
    assert set(done.values().values()) == {"missing"}


def test_private_values_of_corrections_are_masked_everywhere(tmp_path: Path) -> None:
    text = spec("v.csv", "corrections: c.csv\naccept: {invalid_records: 50%}").replace(
        "      note:\n", "      note:\n        private: yes\n"
    )
    files = {
        "v.csv": ROWS.replace(",a\n", ",oldsecret\n"),
        "c.csv": f"{HEAD}\n1,note,oldsecret,newsecret,{BY}\n2,note,wrongsecret,x,{BY}\n",
    }
    run(tmp_path, text, files)
    done = api.run(tmp_path / "spec.yaml", tmp_path / "o", as_of=date(2025, 12, 31))
    said = " ".join(one.message + one.fix + one.cause for one in done.diagnostics)
    written = "".join(one.read_text(encoding="utf-8", errors="replace") for one in (tmp_path / "o").iterdir())
    assert "secret" not in said + written
    assert "•••" in written


def test_corrections_stand_in_the_outputs(tmp_path: Path) -> None:
    corrected(tmp_path, f"1,helped,no,yes,{BY}", f"2,helped,no,yes,{BY}")
    api.run(tmp_path / "spec.yaml", tmp_path / "o", as_of=date(2025, 12, 31))
    (table,) = json.loads((tmp_path / "o" / "results.json").read_text(encoding="utf-8"))["data"]
    assert [one["state"] for one in table["corrections"]] == ["applied", "refused"]
    assert table["corrections"][0]["why"] == "typing error"
    page = (tmp_path / "o" / "dashboard.html").read_text(encoding="utf-8")
    assert "1 value was corrected; 1 correction changes nothing" in page
    clauses = (tmp_path / "o" / "clauses.md").read_text(encoding="utf-8")
    assert "c.csv" in clauses


# --- disputes ------------------------------------------------------------------------------------------------------

DISPUTES = "record,who,why,opened_on,resolved_on"


def disputed(tmp_path: Path, *lines: str, as_of: date = date(2025, 12, 31), **more: str) -> object:
    files = {"v.csv": ROWS, "d.csv": "\n".join([DISPUTES, *lines, ""])}
    text = spec("v.csv", "disputes: d.csv\naccept: {invalid_records: 50%}")
    return run(tmp_path, more.get("text", text), files, as_of=as_of)


def flags(done: object, metric: str = "helped") -> dict[tuple[str, str], tuple[str, ...]]:
    found = next(one for one in done.outputs.results.metrics if one.measure.name == metric)
    return {(one.period.name, "".join(map(str, one.group))): one.flags for one in found.results if one.flags}


def test_a_dispute_flags_the_results_that_count_its_record(tmp_path: Path) -> None:
    done = disputed(tmp_path, "1,North,was helped,2025-04-02,")
    assert flags(done) == {("2025-Q1", ""): ("disputed",), ("2025-Q1", "North"): ("disputed",)}


@pytest.mark.parametrize(
    ("line", "as_of", "is_open"),
    [
        ("1,North,x,2025-04-02,", date(2025, 4, 1), False),
        ("1,North,x,2025-04-02,", date(2025, 4, 2), True),
        ("1,North,x,2025-04-02,2025-05-01", date(2025, 4, 30), True),
        ("1,North,x,2025-04-02,2025-05-01", date(2025, 5, 1), False),
    ],
)
def test_a_dispute_is_open_until_the_day_it_is_resolved(tmp_path: Path, line: str, as_of: date, is_open: bool) -> None:
    done = disputed(tmp_path, line, as_of=as_of)
    assert ("disputed" in flags(done).get(("2025-Q1", "North"), ())) is is_open


@pytest.mark.parametrize(
    ("record", "consequence", "amount", "basis"),
    [
        # One of two was helped, which pays from 50%: without the one who was, nothing is sure; without the other, all.
        (1, "pay the undisputed part", 1000, "due whatever becomes of 1 record in dispute: "),
        (2, "pay the undisputed part", 0, "due whatever becomes of 1 record in dispute: "),
        (1, "withhold until resolved", 0, "records are in dispute"),
    ],
)
def test_a_dispute_has_its_declared_consequence(
    tmp_path: Path, record: int, consequence: str, amount: int, basis: str
) -> None:
    text = spec("v.csv", "disputes: d.csv\naccept: {invalid_records: 50%}").replace(
        "disputed: pay the undisputed part", f"disputed: {consequence}"
    )
    done = disputed(tmp_path, f"{record},North,is wrong,2025-04-02,", text=text)
    line = next(one for one in done.outputs.settlement.lines if (one.provider, one.period) == ("North", "2025-Q1"))
    assert (line.amount, line.basis.startswith(basis)) == (amount, True)


@pytest.mark.parametrize(
    ("line", "code"),
    [("9,North,x,2025-04-02,", "ACM550"), ("4,South,x,2025-07-02,", "ACM550"), ("1,North,x,soon,", "ACM551"),
     ("1,North,x,2025-04-02,never", "ACM551")],
)  # fmt: skip
def test_a_dispute_that_can_not_be_followed_is_told(tmp_path: Path, line: str, code: str) -> None:
    done = disputed(tmp_path, line)
    assert [one.partition(":")[0] for one in done.said(code)] == ["d.csv"]
    assert flags(done) == {}


def test_disputes_stand_in_the_outputs(tmp_path: Path) -> None:
    disputed(tmp_path, "1,North,was helped,2025-04-02,")
    api.run(tmp_path / "spec.yaml", tmp_path / "o", as_of=date(2025, 12, 31))
    (table,) = json.loads((tmp_path / "o" / "results.json").read_text(encoding="utf-8"))["data"]
    assert table["disputed"] == [{"provider": "North", "since": "2025-04-02"}]
    assert "1 record is in dispute" in (tmp_path / "o" / "dashboard.html").read_text(encoding="utf-8")
