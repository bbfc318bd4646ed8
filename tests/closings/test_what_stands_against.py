"""What is no closing: each is told, and the ledger stays as it was."""

import subprocess
import sys
import threading

import pytest

from acmspec.closings.close import close
from acmspec.closings.looked import verified
from acmspec.ledger.tree import Signed
from acmspec.vault import book
from tests.closings.desk import Desk, codes
from tests.whole.command import surroundings


def refused(desk: Desk, period: str, as_of: str, **more) -> list[str]:
    before = desk.ledger.read_bytes() if desk.ledger.exists() else None
    done = desk.close(period, as_of, **more)
    assert done.exit_code in {1, 2}
    assert (done.written, done.text) == ((), "")
    assert (desk.ledger.read_bytes() if desk.ledger.exists() else None) == before
    return codes(done)


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        (Signed("Pat", "Rae", "Pat"), "preparer and certifier are the same person, “Pat”"),
        (Signed("Pat", "  PAT ", "Cyd"), "preparer and reviewer are the same person, “Pat”"),
        (Signed("Zoe\u0308", "Rae", "ZO\u00cb"), "preparer and certifier are the same person, “Zoe\u0308”"),
        (Signed("Pat", "Rae", ""), "nobody is named as certifier"),
    ],
)
def test_three_people_sign(desk: Desk, signed, told) -> None:
    done = desk.close("2025-Q1", "2025-04-30", signed=signed)
    assert [(one.code, one.message) for one in done.diagnostics if one.code == "ACM716"] == [("ACM716", told)]
    assert not desk.ledger.exists()


def test_a_period_that_is_not_over(desk: Desk) -> None:
    assert refused(desk, "2025-Q1", "2025-03-30") == ["ACM710"]


def test_provisional_results(desk: Desk) -> None:
    # The last day of the quarter is there, and the data is complete only two weeks later.
    assert refused(desk, "2025-Q1", "2025-04-10") == ["ACM711", "ACM711"]


def test_a_period_that_is_closed_and_one_out_of_order(desk: Desk) -> None:
    assert refused(desk, "2025-Q2", "2025-08-31") == ["ACM713"]
    desk.closed("2025-Q1", "2025-04-30")
    assert refused(desk, "2025-Q1", "2025-05-31") == ["ACM712"]
    assert refused(desk, "2025-03", "2025-05-31") == ["ACM713"]
    assert refused(desk, "2025-Q3", "2025-10-31") == ["ACM713"]
    assert refused(desk, "2025-Q9", "2025-10-31") == ["ACM714"]
    assert refused(desk, "2024-Q4", "2025-10-31") == ["ACM714"]


def test_data_older_than_that_of_the_last_closing(desk: Desk) -> None:
    desk.closed("2025-Q1", "2025-08-31")
    assert refused(desk, "2025-Q2", "2025-07-31") == ["ACM717"]


def test_a_spec_without_rules_for_closed_periods(desk: Desk) -> None:
    text = desk.spec.read_text(encoding="utf-8")
    desk.spec.write_text(text[: text.index("  settlement:")], encoding="utf-8")
    assert refused(desk, "2025-Q1", "2025-04-30") == ["ACM715"]


def test_data_that_was_refused_closes_nothing(desk: Desk) -> None:
    desk.add("visits.csv", "v-5,Eve,North,2025-03-32,yes")
    assert refused(desk, "2025-Q1", "2025-04-30") == ["ACM420", "ACM430"]


def test_no_passphrase_and_no_date(desk: Desk) -> None:
    assert refused(desk, "2025-Q1", "2025-04-30", environment={}) == ["ACM732"]
    assert refused(desk, "2025-Q1", "") == ["ACM601"]


def test_an_edited_line(desk: Desk) -> None:
    desk.closed("2025-Q1", "2025-04-30")
    text = desk.ledger.read_text(encoding="utf-8")
    desk.ledger.write_text(text.replace('"amount":"500.00"', '"amount":"900.00"', 1), encoding="utf-8")
    assert refused(desk, "2025-Q2", "2025-07-31") == ["ACM701"]


def test_a_ledger_of_another_contract(desk: Desk) -> None:
    desk.closed("2025-Q1", "2025-04-30")
    desk.change("id: closings", "id: other")
    done = desk.close("2025-Q2", "2025-07-31", ledger=desk.ledger.parent)
    assert codes(done) == ["ACM703"]


def test_names_that_options_give(desk: Desk) -> None:
    assert refused(desk, "2025-Q1", "2025-04-30", invoices={"Nort": "1"}) == ["ACM718"]
    assert refused(desk, "2025-Q1", "2025-04-30", data={"visit": "visits.csv"}) == ["ACM602"]


def test_two_closings_at_once(desk: Desk) -> None:
    with book.alone(desk.ledger.parent):
        assert refused(desk, "2025-Q1", "2025-04-30") == ["ACM730"]
    assert desk.close("2025-Q1", "2025-04-30").exit_code == 0


def test_of_several_that_start_together_one_closes(desk: Desk) -> None:
    done = []
    threads = [threading.Thread(target=lambda: done.append(desk.close("2025-Q1", "2025-04-30"))) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert min(one.exit_code for one in done) == 0
    told = [code for one in done for code in codes(one)]
    assert set(told) <= {"ACM730", "ACM712"}
    assert len(told) == 2
    assert len(desk.entries) == 1


@pytest.mark.parametrize("file", ["0002.rows", "ledger.txt", "0002.md"])
@pytest.mark.parametrize("moment", ["aside", "placed"])
def test_a_kill_in_the_middle(desk: Desk, monkeypatch, file, moment) -> None:
    """Wherever it comes, the ledger is the old one or the new one, and the next closing goes on."""
    desk.closed("2025-Q1", "2025-04-30")
    before = desk.ledger.read_bytes()

    def killed(path, parts):
        if path.name != file:
            return real(path, parts)
        if moment == "aside":
            path.with_name(f"{path.name}.aside").write_bytes(b"half of i")
        else:
            real(path, parts)
        raise KeyboardInterrupt

    real = book.put
    monkeypatch.setattr(book, "put", killed)
    monkeypatch.setattr("acmspec.vault.frozen.put", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.close("2025-Q2", "2025-07-31")
    monkeypatch.undo()
    is_sealed = file == "0002.md" or (file == "ledger.txt" and moment == "placed")
    assert (desk.ledger.read_bytes() == before) is not is_sealed
    if is_sealed:
        assert [one.span.name for one in desk.entries] == ["2025-Q1", "2025-Q2"]
        assert desk.replay("2025-Q2").exit_code == 0
    else:
        assert desk.closed("2025-Q2", "2025-07-31").number == 2
        assert sorted(one.name for one in desk.ledger.parent.rglob("*.aside")) == []


def test_a_folder_that_cannot_be_written_to(desk: Desk) -> None:
    (desk.folder / "ledger").write_text("a file stands here", encoding="utf-8")
    assert codes(desk.close("2025-Q1", "2025-04-30")) == ["ACM731"]


def test_a_file_that_changes_meanwhile(desk: Desk, monkeypatch) -> None:
    from acmspec.closings import close as module

    kept = module.kept

    def late(*arguments):
        found = kept(*arguments)
        desk.add("visits.csv", "v-5,Eve,North,2025-03-01,yes")
        return found

    monkeypatch.setattr(module, "kept", late)
    assert refused(desk, "2025-Q1", "2025-04-30") == ["ACM736"]


def test_a_preview_tells_what_stands_against(desk: Desk) -> None:
    done = close(desk.request("2025-Q2", "2025-07-31"), only_look=True)
    assert (codes(done), done.text) == (["ACM713"], "")


def test_an_end_that_was_cut_off_is_found_by_the_certificates(desk: Desk) -> None:
    desk.closed("2025-Q1", "2025-04-30")
    short = desk.ledger.read_bytes()
    desk.closed("2025-Q2", "2025-07-31")
    desk.ledger.write_bytes(short)
    assert refused(desk, "2025-Q2", "2025-07-31") == ["ACM702"]
    assert verified(desk.ledger, None).exit_code == 1
    desk.ledger.unlink()
    assert codes(desk.close("2025-Q1", "2025-04-30")) == ["ACM702"]


def test_a_lock_goes_with_the_program_that_holds_it(desk: Desk) -> None:
    folder = desk.ledger.parent
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom acmspec.vault import book\n"
        f"with book.alone(Path({str(folder)!r})):\n    print('here', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=surroundings()) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"here\n"
        assert refused(desk, "2025-Q1", "2025-04-30") == ["ACM730"]
        other.kill()
        other.wait()
        assert desk.close("2025-Q1", "2025-04-30").exit_code == 0


def test_a_closing_that_is_refused_leaves_no_folder(desk: Desk) -> None:
    before = sorted(desk.folder.iterdir())
    assert refused(desk, "2025-Q1", "2025-03-30") == ["ACM710"]
    assert sorted(desk.folder.iterdir()) == before
    kept = desk.folder / "kept"
    kept.mkdir()
    assert refused(desk, "2025-Q1", "2025-03-30", ledger=kept / "of" / "visits") == ["ACM710"]
    assert list(kept.iterdir()) == []
    # A folder that was there stays, with the lock in it.
    assert refused(desk, "2025-Q1", "2025-03-30", ledger=kept) == ["ACM710"]
    assert [one.name for one in kept.iterdir()] == [".lock"]


def test_a_lock_that_was_removed_meanwhile_is_none(tmp_path) -> None:
    with book.alone(tmp_path):
        (tmp_path / ".lock").unlink()
        with book.alone(tmp_path):
            pass
    with (tmp_path / ".lock").open("ab") as file:
        (tmp_path / ".lock").unlink()
        assert not book._is_in_place(tmp_path / ".lock", file.fileno())
