"""Mistakes in a data file, from the file to the pages: what is said, the exit code, and what the outputs state."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from acmspec.cli import program

SPEC = """\
acmspec: 1
contract:
  id: visits
  title: Home Visits
  agency: A county
  term:
    from: 2025-01-01
    to: 2025-12-31
  fiscal_year_starts: January
  currency: USD
  maximum: $9,000
  data_date: 2026-03-31
goals:
  calm:
    statement: Families who ask for a visit get one soon.
data:
  visits:
    file: visits.csv
    noun:
      one: Visit
      many: Visits
    key: id
    date: asked
    fields:
      id: text
      provider:
        entity: provider
      asked:
        type: date
      visited:
        type: date
        optional: yes
      minutes:
        type: integer
        optional: yes
      kind:
        type: text
        values:
          home: At home
          office: At the office
      phone:
        type: text
        private: yes
        optional: yes
      born:
        type: date
        private: yes
        optional: yes
    checks:
      - visited is missing or visited >= asked
    accept:
      invalid_records: ACCEPT
definitions:
  soon:
    of: visits
    term: Visited Soon
    formula: visited on or within 7 days after asked
metrics:
  visited_soon:
    name: Visited within a week
    kind: lagging
    use: paid
    goal: calm
    formula: share(soon over visits)
    every: quarter
    better: higher
    round: 1 decimal
    minimum: 1
    break_down_by:
      - provider
    benchmarks:
      target:
        kind: target
        value: 50%
  length:
    name: Minutes of a visit
    kind: leading
    goal: calm
    formula: median(minutes over visits)
    every: quarter
    better: higher
    round: 1 decimal
    minimum: 1
agreements:
  - provider: North
    number: A-1
    maximum: $9,000
incentives:
  terms:
    bonus:
      kind: tiered bonus
      metric: visited_soon
      per: [provider, quarter]
      bands:
        - from: 50%
          pay: $1,000
        - below: 50%
          pay: $0
      on:
        undefined: nothing
        too_few: nothing
        immature: wait
        missing: withhold until received
        disputed: pay the undisputed part
"""
HEADS = "id,provider,asked,visited,minutes,kind,phone,born"


def sound_rows() -> list[str]:
    return [
        f"V{n},North,2025-{1 + n % 12:02d}-10,2025-{1 + n % 12:02d}-{12 + n % 9},{20 + n},home,,1990-01-01"
        for n in range(100)
    ]


@dataclass(frozen=True)
class Done:
    code: int
    said: str
    out: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(content: str | bytes | None, accept: str = "0%") -> Done:
        (tmp_path / "spec.yaml").write_text(SPEC.replace("ACCEPT", accept), encoding="utf-8")
        if content is not None:
            (tmp_path / "visits.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(SystemExit) as ended:
            program.main(["run", "spec.yaml", "--out", "out"], standalone_mode=False)
        return Done(ended.value.code, capsys.readouterr().err, tmp_path / "out")

    return run


def spoiled(row: str | list[str], at: int = 40) -> str:
    """A file whose row at an index (line `at + 2`) is replaced."""
    rows = sound_rows()
    rows[at : at + 1] = row if isinstance(row, list) else [row]
    return "\n".join([HEADS, *rows]) + "\n"


def assert_closed(done: Done) -> None:
    """The gate closed: exit 1, and every output says that there is no result and nothing to pay."""
    assert done.code == 1, done.said
    results = done.rows("results.csv")
    assert results
    assert {row["state"] for row in results} == {"missing"}
    assert {row["value"] for row in results} == {""}
    payments = done.rows("payments.csv")
    assert {row["state"] for row in payments} == {"missing"}
    assert {row["amount"] for row in payments} == {"0.00"}
    page = (done.out / "dashboard.html").read_text(encoding="utf-8")
    assert "The data gate is closed for Visits" in page
    figures = json.loads((done.out / "results.json").read_text(encoding="utf-8"))
    assert [table["gate"] for table in figures["data"]] == ["closed"]
    assert figures["payments"]["total"] == "0.00"


def test_sound_data_says_nothing(run: Run) -> None:
    done = run(spoiled(sound_rows()[40]))
    assert done.code == 0
    assert "ACM4" not in done.said
    assert {row["state"] for row in done.rows("results.csv")} == {"value"}
    assert {row["amount"] for row in done.rows("payments.csv")} == {"1000.00"}


BAD_CELLS = {
    "a bad date": ("V40,North,2025-02-30,,5,home,,", ("asked", "2025-02-30", "date")),
    "a date the other way round": ("V40,North,10/05/2025,,5,home,,", ("asked", "10/05/2025", "date")),
    "text in a number": ("V40,North,2025-05-10,,five,home,,", ("minutes", "five", "whole number")),
    "a decimal in a whole number": ("V40,North,2025-05-10,,5.5,home,,", ("minutes", "5.5", "whole number")),
    "an unknown category": ("V40,North,2025-05-10,,5,hmoe,,", ("kind", "hmoe", "home")),
    "a missing required value": ("V40,North,,,5,home,,", ("asked", "missing")),
    "a check that fails": ("V40,North,2025-05-10,2025-05-09,5,home,,", ("visited is missing or visited >= asked",)),
}


@pytest.mark.parametrize("mistake", BAD_CELLS)
def test_a_bad_cell_closes_the_gate_and_is_shown_with_its_place(run: Run, mistake: str) -> None:
    row, said = BAD_CELLS[mistake]
    done = run(spoiled(row))
    assert_closed(done)
    for words in ("visits.csv:42", "ACM4", *said):
        assert words in done.said, done.said


@pytest.mark.parametrize("mistake", BAD_CELLS)
def test_a_bad_cell_within_what_is_accepted_is_left_out_and_counted(run: Run, mistake: str) -> None:
    row, said = BAD_CELLS[mistake]
    done = run(spoiled(row), accept="1%")
    assert done.code == 0, done.said
    for words in ("visits.csv:42", "warning", *said):
        assert words in done.said, done.said
    totals = [row for row in done.rows("results.csv") if row["metric"] == "visited_soon" and not row["breakdown"]]
    assert sum(int(row["n"]) for row in totals) == 99
    assert {row["state"] for row in totals} == {"value"}


def test_one_bad_cell_more_than_accepted_closes_the_gate(run: Run) -> None:
    rows = sound_rows()
    rows[40] = rows[40].replace("2025-", "2o25-", 1)
    rows[50] = rows[50].replace("home", "hoome")
    done = run("\n".join([HEADS, *rows]), accept="1%")
    assert_closed(done)
    assert "visits.csv:42" in done.said
    assert "visits.csv:52" in done.said


def test_a_private_value_is_never_shown(run: Run) -> None:
    done = run(spoiled("V40,North,2025-05-10,,5,home,555-0100,1990-13-07"))
    assert_closed(done)
    assert "born" in done.said
    assert "1990-13-07" not in done.said
    assert "555-0100" not in done.said
    for page in done.out.iterdir():
        assert b"1990-13-07" not in page.read_bytes(), page


def test_a_key_twice_with_different_content_closes_the_gate_whatever_is_accepted(run: Run) -> None:
    done = run(spoiled(["V40,North,2025-05-10,,5,home,,", "V40,North,2025-05-11,,6,home,,"]), accept="5%")
    assert_closed(done)
    for words in ("visits.csv:4", "V40", "id", "ACM4"):
        assert words in done.said, done.said


def test_a_row_twice_is_an_error_unless_the_spec_drops_it(run: Run) -> None:
    done = run(spoiled([sound_rows()[40]] * 2))
    assert_closed(done)
    assert "V40" in done.said


def test_a_missing_column_closes_the_gate_and_is_named(run: Run) -> None:
    done = run(spoiled(sound_rows()[40]).replace(",minutes,", ",minuets,", 1))
    assert_closed(done)
    for words in ("visits.csv", "minutes", "minuets", "ACM4"):
        assert words in done.said, done.said


def test_an_empty_file_closes_the_gate(run: Run) -> None:
    done = run("")
    assert_closed(done)
    for words in ("visits.csv", "empty", "ACM4"):
        assert words in done.said, done.said


def test_a_file_with_a_heading_and_no_rows_is_no_mistake_of_form(run: Run) -> None:
    done = run(HEADS + "\n")
    assert done.code == 0, done.said
    assert {row["state"] for row in done.rows("results.csv")} == {"undefined"}


def test_another_encoding_closes_the_gate_and_is_said(run: Run) -> None:
    done = run(spoiled("V40,Nörd,2025-05-10,,5,home,,").encode("cp1252"))
    assert_closed(done)
    for words in ("visits.csv:42", "UTF-8", "encoding: Windows-1252", "ACM4"):
        assert words in done.said, done.said


def test_a_huge_field_closes_the_gate_and_is_shown_short(run: Run) -> None:
    done = run(spoiled(f"V40,North,2025-05-10,,5,home,{'x' * 5_000_000},"))
    assert_closed(done)
    assert len(done.said) < 20_000
    for words in ("visits.csv:42", "ACM4"):
        assert words in done.said, done.said[:2000]


def test_a_quoted_line_end_before_a_bad_row_does_not_move_its_place(run: Run) -> None:
    rows = sound_rows()
    rows[10] = rows[10].replace("home,,", 'home,"555\n0100\n",')
    rows[40] = "V40,North,2025-02-30,,5,home,,"
    done = run("\n".join([HEADS, *rows]) + "\n")
    assert_closed(done)
    assert "visits.csv:44" in done.said  # 42 without the two line ends inside quotes
    assert "2025-02-30" in done.said


def test_a_row_with_too_few_or_too_many_cells_is_shown_with_its_line(run: Run) -> None:
    for row in ("V40,North,2025-05-10", "V40,North,2025-05-10,,5,home,,,more"):
        done = run(spoiled(row))
        assert_closed(done)
        assert "visits.csv:42" in done.said, done.said


def test_a_file_that_is_not_there_stops_the_run_and_nothing_is_written(run: Run) -> None:
    done = run(None)
    assert done.code == 2
    assert not done.out.exists()
    for words in ("visits.csv", "ACM400", "--data"):
        assert words in done.said, done.said


def test_several_mistakes_are_all_told_at_once(run: Run) -> None:
    rows = sound_rows()
    rows[3] = "V3,North,2025-99-10,,5,home,,"
    rows[40] = "V40,North,2025-05-10,,five,hmoe,,"
    rows[70] = ",North,2025-05-10,,5,home,,"
    done = run("\n".join([HEADS, *rows]) + "\n")
    assert_closed(done)
    for words in ("visits.csv:5", "2025-99-10", "visits.csv:42", "five", "hmoe", "visits.csv:72"):
        assert words in done.said, done.said
