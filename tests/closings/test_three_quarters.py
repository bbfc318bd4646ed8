"""Three quarters closed one after the other: a late record, a correction, a dispute, payments; and each repeated."""

import re
from fractions import Fraction

import pytest

from acmspec.ledger.tree import Entry, Why
from acmspec.vault.sealed import WrongKeyError, opened
from tests.closings.desk import FIRST_QUARTER, KEY, Desk, codes

PRIVATE = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", *(f"v-{number}" for number in range(1, 10)))


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("three"))
    desk.closed("2025-Q1", "2025-04-30")
    desk.add(
        "visits.csv",
        "v-5,Eve,North,2025-03-20,yes",  # late
        "v-6,Fay,North,2025-04-20,yes",
        "v-7,Gus,South,2025-05-20,no",
        "v-9,Hal,South,2025-05-21,yes",
    )
    desk.add("corrections.csv", "v-4,helped,yes,no,Pat,wrong box,Rae,2025-06-01")
    desk.add("disputes.csv", "v-9,South,did not help,2025-07-01,2025-09-01")
    paid = desk.write(
        "paid.csv", "provider,paid_on,amount,reference", "North,2025-05-15,600.00,W-1", "South,2025-05-15,700.00,W-2"
    )
    desk.closed("2025-Q2", "2025-07-31", payments=paid, invoices={"North": "INV-7"}, funds={"South": "9"})
    desk.add("visits.csv", "v-8,Ada,North,2025-08-01,no")
    desk.closed("2025-Q3", "2025-10-31")
    return desk


def amounts(entry: Entry) -> dict[tuple[str, str], Fraction]:
    return {(one.provider, one.term): one.amount for one in entry.lines}


def test_the_lines_of_a_closing_are_those_of_its_period(three: Desk) -> None:
    first, second, third = three.entries
    assert amounts(first) == {
        ("North", "visit"): 100, ("South", "visit"): 200, ("North", "level"): 500, ("South", "level"): 500,
    }  # fmt: skip
    assert {one.period for one in second.lines} == {"2025-Q2"}
    assert amounts(third)["North", "visit"] == 0
    line = first.lines[0]
    assert (line.basis, line.derivation[-1]) == ("$100.00 for each success; 1 success", "$100.00 × 1 = $100.00")


def test_was_now_and_why(three: Desk) -> None:
    found = {(one.provider, one.term): one for one in three.entries[1].changes}
    late, corrected = found["North", "visit"], found["South", "visit"]
    assert (late.closing, late.was, late.now, late.posted) == (1, 100, 200, 100)
    assert late.why == (Why("late records", 1),)
    assert (corrected.was, corrected.now, corrected.difference, corrected.posted) == (200, 100, -100, -100)
    assert corrected.why == (Why("corrected records", 1),)
    assert len(found) == 2


def test_a_dispute_waits_and_is_settled_once_it_is_resolved(three: Desk) -> None:
    _, second, third = three.entries
    waiting = {(one.provider, one.term): (one.least, one.most) for one in second.accrued}
    assert waiting == {("South", "visit"): (0, 200), ("South", "level"): (0, 500)}
    resolved = {(one.provider, one.term): one for one in third.changes}
    assert resolved["South", "visit"].why == (Why("disputes resolved", 1),)
    assert resolved["South", "visit"].posted == 100
    assert third.accrued == ()


def test_what_is_due_under_which_references(three: Desk) -> None:
    second, third = three.entries[1:]
    due = {(one.provider, one.fiscal_year): one for one in second.dues}
    assert dict(due["North", "FY2025"].references) == {"agreement": "N-1", "fund": "2210", "invoice": "INV-7"}
    assert dict(due["South", "FY2025"].references)["fund"] == "9"
    assert due["North", "FY2025"].amount == 700
    # What matured of the second quarter is money of its own fiscal year.
    years = {(one.provider, one.fiscal_year): one.amount for one in third.dues}
    assert years["South", "FY2025"] == 600
    assert years["South", "FY2026"] == 0


def test_balances_go_on(three: Desk) -> None:
    balances = {one.provider: one for one in three.entries[2].balances}
    assert (balances["North"].certified, balances["North"].paid, balances["North"].open) == (1300, 600, 700)
    assert (balances["South"].certified, balances["South"].paid) == (700 - 100 + 600, 700)
    assert sum(one.amount for entry in three.entries for one in entry.dues) == 1300 + 1200


def test_no_record_of_a_person_is_in_the_ledger_or_on_a_certificate(three: Desk) -> None:
    pages = [three.ledger, *sorted((three.ledger.parent / "certificates").iterdir())]
    assert len(pages) == 4
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert [one for one in PRIVATE if re.search(rf"\b{one}\b", text)] == [], page.name


def test_rows_are_not_to_be_read_without_the_passphrase(three: Desk) -> None:
    for file in (three.ledger.parent / "rows").iterdir():
        data = file.read_bytes()
        assert not any(one.encode() in data for one in (*PRIVATE, "visits.csv", "2025-0"))
        with file.open("rb") as sealed, pytest.raises(WrongKeyError):
            list(opened(sealed, "another passphrase"))


def test_git_leaves_rows_out_and_lines_as_they_are(three: Desk) -> None:
    assert "rows/" in (three.ledger.parent / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert (three.ledger.parent / ".gitattributes").read_text(encoding="utf-8") == "ledger.txt -text\n"


def test_each_closing_comes_out_again_from_its_rows(three: Desk, tmp_path) -> None:
    # The spec and the data of today have nothing to do with it.
    kept = {name: (three.folder / name).read_bytes() for name in ("visits.csv", "corrections.csv", "disputes.csv")}
    for name in kept:
        (three.folder / name).unlink()
    for period in ("2025-Q1", "2025-Q2", "2025-Q3"):
        done = three.replay(period)
        assert (done.exit_code, codes(done)) == (0, []), period
        assert "comes out the same from its rows" in done.text
    for name, data in kept.items():
        (three.folder / name).write_bytes(data)


def test_a_repetition_needs_the_rows_and_the_passphrase(three: Desk, tmp_path) -> None:
    assert codes(three.replay("2025-Q1", rows=tmp_path)) == ["ACM734"]
    assert codes(three.replay("2025-Q1", environment={})) == ["ACM732"]
    assert codes(three.replay("2025-Q1", environment={"ACMSPEC_ROWS_KEY": "other"})) == ["ACM733"]
    assert codes(three.replay("2025-Q4")) == ["ACM741"]


def test_a_changed_archive_is_found(three: Desk, tmp_path) -> None:
    data = (three.ledger.parent / "rows" / "0001.rows").read_bytes()
    for at in (3, 20, 60, len(data) // 2, len(data) - 1):
        (tmp_path / "0001.rows").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert codes(three.replay("2025-Q1", rows=tmp_path)) == ["ACM733"]
    # The rows of another closing are not its own.
    (tmp_path / "0001.rows").write_bytes((three.ledger.parent / "rows" / "0002.rows").read_bytes())
    assert codes(three.replay("2025-Q1", rows=tmp_path)) == ["ACM733"]


def test_the_same_closings_give_the_same_bytes(three: Desk, tmp_path) -> None:
    again = Desk(tmp_path)
    again.closed("2025-Q1", "2025-04-30")
    for name in ("rows/0001.rows", "certificates/0001.md"):
        assert (again.ledger.parent / name).read_bytes() == (three.ledger.parent / name).read_bytes()
    assert three.ledger.read_bytes().startswith(again.ledger.read_bytes())


def test_a_line_that_the_rows_do_not_give_is_told(tmp_path) -> None:
    """Whoever writes a ledger anew with right seals is found by its rows."""
    from dataclasses import replace

    from acmspec.ledger.to_text import head_line, sealed, text

    desk = Desk(tmp_path)
    entry = desk.closed("2025-Q1", "2025-04-30")
    lines = (replace(entry.lines[0], amount=entry.lines[0].amount + 1), *entry.lines[1:])
    forged = sealed(replace(entry, lines=lines))
    desk.ledger.write_text(head_line("closings") + text(forged), encoding="utf-8")
    done = desk.replay("2025-Q1")
    assert codes(done) == ["ACM740", "ACM740"]
    assert '"amount":"101.00"' in done.diagnostics[0].message
    assert '"amount":"100.00"' in done.diagnostics[1].message


def test_a_preview_writes_nothing_and_needs_no_passphrase(tmp_path) -> None:
    from acmspec.closings.close import close

    desk = Desk(tmp_path)
    done = close(desk.request("2025-Q1", "2025-04-30", environment={}), only_look=True)
    assert done.exit_code == 0
    assert done.text.startswith("# Draft, not certified: Certificate of closing 1: 2025-Q1\n")
    assert not (tmp_path / "ledger").exists()
    assert desk.close("2025-Q1", "2025-04-30", environment=KEY).exit_code == 0
    assert len(FIRST_QUARTER) == 4
