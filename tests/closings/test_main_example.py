"""The main example closed for two quarters: what waited matures, and what is certified is what would be owed now."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from acmspec import api
from acmspec.cli import program
from acmspec.ledger.from_text import read

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing"
SIGNED = ["--preparer", "Pat", "--reviewer", "Rae", "--certifier", "Cyd"]


def test_two_quarters_of_the_main_example(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ACMSPEC_ROWS_KEY", "a passphrase of several words")
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder)
    spec = str(folder / "spec.yaml")
    for period, day in (("2024-Q1", "2024-05-31"), ("2024-Q2", "2024-12-31")):
        done = CliRunner().invoke(program, ["close", spec, period, "--as-of", day, *SIGNED])
        assert done.exit_code == 0, done.output
    (book,) = (folder / "ledger").iterdir()
    found = read((book / "ledger.txt").read_bytes(), "ledger.txt").value
    assert found is not None
    first, second = found.entries
    assert any(one.term == "staying_bonus" for one in first.accrued)
    assert {why.reason for one in second.changes for why in one.why} >= {"matured"}
    # The spec takes back and pays what was wrong, but for sums of a provider within the tolerance.
    owed = api.evaluate(spec, as_of=second.span.as_of).value
    assert owed is not None
    lines = [one for one in owed.settlement.lines if one.last <= second.span.last]
    left = sum(one.difference - one.posted for one in second.changes)
    certified = sum(one.amount for entry in found.entries for one in entry.dues)
    assert certified == sum(one.amount for one in lines) - left
    assert {one.period for one in first.lines} == {"2023-Q3", "2023-Q4", "2024-Q1"}
    assert {one.amount for one in first.lines if one.last.year == 2023} == {0}  # the phase-in
    again = CliRunner().invoke(program, ["close", spec, "2024-Q2", "--replay"])
    assert again.exit_code == 0, again.output
    shown = CliRunner().invoke(program, ["ledger", "verify", str(book), "--head", first.seal])
    assert "the certificate is that of closing 1" in shown.output
    listed = CliRunner().invoke(program, ["ledger", "show", str(book)]).output
    assert listed.splitlines()[-1] == f"head {second.seal}"
    page = CliRunner().invoke(program, ["ledger", "show", str(book), "2"]).output
    assert page.startswith("# Certificate of closing 2: 2024-Q2\n")
