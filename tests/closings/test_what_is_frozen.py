"""Whatever files a closing rests on are kept with it, wherever they lie, and lead to the same lines once more."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from acmspec.cli import program
from tests.closings.desk import FIRST_QUARTER, Desk, codes

HEAD = "VisitID,Client,Provider,Visited,Helped"
NORTH, SOUTH = FIRST_QUARTER[:2], FIRST_QUARTER[2:]


def comes_out_again(desk: Desk, **more) -> int:
    """How many files were frozen, once the closing came out again without them."""
    entry = desk.closed("2025-Q1", "2025-04-30", **more)
    for path in [one for one in desk.folder.rglob("*.csv") if "ledger" not in one.parts]:
        path.unlink()
    done = desk.replay("2025-Q1")
    assert (done.exit_code, codes(done)) == (0, []), [one.message for one in done.diagnostics]
    return len(entry.origins)


def test_files_of_providers_and_periods(desk: Desk) -> None:
    desk.change("    file: visits.csv\n", "    file: {North: north.csv, South: south/*.csv}\n")
    desk.write("north.csv", HEAD, *NORTH)
    (desk.folder / "south").mkdir()
    for number, row in enumerate(SOUTH):
        desk.write(f"south/{number}.csv", HEAD, row)
    assert comes_out_again(desk) == 3 + 2


def test_a_file_that_did_not_come_is_missing_again(desk: Desk) -> None:
    """A provider without its file is not paid zero, also not when the closing is repeated."""
    desk.change("    file: visits.csv\n", '    file: "{provider}.csv"\n')
    desk.write("North.csv", HEAD, *NORTH)
    entry = desk.closed("2025-Q1", "2025-04-30")
    told = {(one.provider, one.term): (one.state, one.waits) for one in entry.lines}
    assert told["South", "visit"] == ("missing", True)
    assert told["North", "visit"] == ("value", False)
    assert desk.replay("2025-Q1").exit_code == 0
    # It comes with the next closing, and is told as what it is.
    desk.write("South.csv", HEAD, *SOUTH)
    found = {(one.provider, one.term): one for one in desk.closed("2025-Q2", "2025-07-31").changes}
    received = found["South", "visit"]
    assert (received.was, received.posted) == (0, 200)
    assert [(one.reason, one.records) for one in received.why] == [("data received", 2), ("late records", 2)]


def test_files_given_in_place_of_those_of_the_spec(desk: Desk, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.move(desk.folder / "visits.csv", elsewhere / "extract.csv")
    assert comes_out_again(desk, data={"visits": elsewhere / "extract.csv"}) == 3
    assert '"file":"extract.csv"' in desk.ledger.read_text(encoding="utf-8")
    assert str(elsewhere) not in desk.ledger.read_text(encoding="utf-8")


def test_several_files_given_by_a_pattern(desk: Desk, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name, rows in (("a.csv", NORTH), ("b.csv", SOUTH)):
        (elsewhere / name).write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    assert comes_out_again(desk, data={"visits": elsewhere / "*.csv"}) == 4


def test_a_file_outside_the_folder_of_the_spec(desk: Desk, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.move(desk.folder / "visits.csv", elsewhere / "visits.csv")
    desk.change("    file: visits.csv\n", f"    file: {elsewhere / 'visits.csv'}\n")
    assert comes_out_again(desk, outside=True) == 3


def test_several_files_outside_can_t_be_kept(desk: Desk, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name, rows in (("a.csv", NORTH), ("b.csv", SOUTH)):
        (elsewhere / name).write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    desk.change("    file: visits.csv\n", f"    file: {elsewhere}/*.csv\n")
    done = desk.close("2025-Q1", "2025-04-30", outside=True)
    assert codes(done) == ["ACM735"]
    assert not desk.ledger.exists()


def test_a_list_beside_the_spec_is_kept(desk: Desk) -> None:
    desk.write("people.csv", "code", "North", "South")
    desk.change("metrics:\n", "lists:\n  known: {file: people.csv, column: code}\nmetrics:\n")
    desk.change("share(helped over visits)", "share(helped over visits where provider in known)")
    assert comes_out_again(desk) == 4


@pytest.mark.parametrize(("arguments", "code", "told"), [
    (["verify", "nowhere"], 2, "ACM704"),
    (["show", "nowhere"], 2, "ACM704"),
    (["show", "{book}", "7"], 2, "ACM705"),
    (["verify", "{book}", "--head", "ab"], 1, "ACM702"),
    (["verify", "{spec}"], 1, "ACM703"),
])  # fmt: skip
def test_what_can_t_be_looked_at(desk: Desk, arguments, code, told) -> None:
    desk.closed("2025-Q1", "2025-04-30")
    places = {"book": str(desk.ledger.parent), "spec": str(desk.spec)}
    done = CliRunner().invoke(program, ["ledger", *(one.format(**places) for one in arguments)])
    assert (done.exit_code, told in done.output) == (code, True), done.output


def test_usage_that_is_wrong(desk: Desk) -> None:
    for more in (["--preparer", "Pat\u202e"], ["--invoice", "North"], ["--preview", "--replay"]):
        done = CliRunner().invoke(program, ["close", str(desk.spec), "2025-Q1", *more])
        assert done.exit_code == 2, more
    url = "postgresql://reader:pass-word@db.example/w"
    done = CliRunner().invoke(program, ["close", str(desk.spec), "2025-Q1", "--connection", url])
    assert (done.exit_code, "pass-word" in done.output) == (2, False)
    assert not Path(desk.ledger).exists()
