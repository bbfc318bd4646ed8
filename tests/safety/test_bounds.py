"""What a run may touch and take: files in its folder, so much memory, so much time; and nothing is half-written."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from acmspec import api
from acmspec.backends.duckdb import DuckDB
from acmspec.facts.ports import Refused
from tests.sources.world import rows, run, spec
from tests.whole.command import EXAMPLE, acmspec, surroundings

ROWS = rows("1,North,2025-01-05,yes,10,")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.csv").write_text(ROWS, encoding="utf-8")
    (inside / "link.csv").symlink_to(outside / "secret.csv")
    (inside / "sub").symlink_to(outside)
    return inside, outside


@pytest.mark.parametrize(
    "name", ["../out/secret.csv", "{outside}/secret.csv", "link.csv", "sub/*.csv", "../out/s*.csv"]
)
def test_a_spec_reads_no_file_outside_its_folder(folders: tuple[Path, Path], name: str) -> None:
    inside, outside = folders
    text = spec(name.replace("{outside}", str(outside)), "", "")
    refused = run(inside, text, {})
    assert (refused.codes, refused.outputs) == (["ACM534"], None)
    allowed = run(inside, text, {}, allow_outside=True)
    assert (allowed.codes, allowed.values()["2025-Q1", ""]) == ([], "100.0%")


def test_a_file_given_by_hand_may_lie_anywhere(folders: tuple[Path, Path]) -> None:
    inside, outside = folders
    done = run(inside, spec("none.csv", "", ""), {}, data={"visits": outside / "secret.csv"})
    assert done.codes == []


def test_a_list_is_read_from_the_folder_only(folders: tuple[Path, Path]) -> None:
    inside, outside = folders
    (outside / "codes.csv").write_text("code\na\n", encoding="utf-8")
    text = spec("a.csv", "", "").replace(
        "metrics:\n", "lists:\n  kept: {file: ../out/codes.csv, column: code}\nmetrics:\n", 1
    )
    (inside / "spec.yaml").write_text(text, encoding="utf-8")
    assert "ACM534" in [one.code for one in api.check(inside / "spec.yaml").diagnostics]
    assert "ACM534" not in [one.code for one in api.check(inside / "spec.yaml", allow_outside=True).diagnostics]


def test_the_command_says_how_to_allow_it(folders: tuple[Path, Path]) -> None:
    inside, _ = folders
    (inside / "spec.yaml").write_text(spec("../out/secret.csv", "", ""), encoding="utf-8")
    arguments = ["run", "spec.yaml", "--as-of", "2025-12-31"]
    refused = acmspec(arguments, inside)
    assert (refused.returncode, "--allow-outside" in refused.stderr) == (2, True)
    assert acmspec([*arguments, "--allow-outside"], inside).returncode == 0


def test_sealed_the_engine_opens_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    backend = DuckDB(threads=1)
    read = f"FROM read_csv('{path}')"
    assert backend.rows(read) == [(1,)]
    backend.seal()
    others = (f"FROM '{path}'", f"EXPORT DATABASE '{tmp_path}/b'", f"ATTACH '{tmp_path}/x.db'", "INSTALL httpfs")
    for sql in (read, *others, "SET enable_external_access = true"):
        with pytest.raises(Refused):
            backend.rows(sql)
    backend.close()
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_too_little_memory_has_a_code(tmp_path: Path) -> None:
    content = rows(*(f"{index},North,2025-01-05,yes,10,{index:0200}" for index in range(60_000)))
    done = run(tmp_path, spec("a.csv", "", ""), {"a.csv": content}, memory="3MB")
    assert (done.codes, done.outputs) == (["ACM544"], None)
    assert run(tmp_path, spec("a.csv", "", ""), {}, memory="1GB").codes == []


def _bound(arguments: Sequence[object], folder: Path, before: Callable[[], object]) -> subprocess.CompletedProcess[str]:
    """Run acmspec in a process of its own, in which something is set before it starts."""
    return subprocess.run(
        [sys.executable, "-m", "acmspec", *map(str, arguments)],
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=before,
    )


def test_the_time_limit_holds_where_ctrl_c_is_ignored(tmp_path: Path) -> None:
    """As under nohup, and in the background of a script."""
    arguments = ["run", EXAMPLE, "--out", "o", "--time-limit", "0.3"]
    done = _bound(arguments, tmp_path, lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    assert (done.returncode, "error[ACM546]" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "o").exists()


def test_a_run_out_of_time_writes_nothing(tmp_path: Path) -> None:
    done = acmspec(["run", EXAMPLE, "--out", "o", "--time-limit", "0.3"], tmp_path)
    assert (done.returncode, "error[ACM546]" in done.stderr) == (2, True)
    assert not (tmp_path / "o").exists()


def test_a_run_that_is_ended_leaves_nothing_behind(tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    command = [sys.executable, "-m", "acmspec", "run", str(EXAMPLE), "--out", "o"]
    started = subprocess.Popen(
        command, cwd=tmp_path, env=surroundings({"TMPDIR": str(aside)}), stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    deadline = time.monotonic() + 120
    # Before, Python itself tries whether the folder can be written to, with a file that it takes away at once.
    while not any(aside.glob("acmspec-*")) and started.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    started.send_signal(signal.SIGTERM)
    started.communicate(timeout=120)
    assert started.returncode == 143
    assert list(aside.iterdir()) == []
    assert not (tmp_path / "o").exists()


def test_a_full_disk_leaves_the_outputs_of_before(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(spec("a.csv", "", ""), encoding="utf-8")
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    arguments = ["run", "spec.yaml", "--as-of", "2025-12-31", "--out", "o"]
    assert acmspec(arguments, tmp_path).returncode == 0
    before = {one.name: one.read_bytes() for one in (tmp_path / "o").iterdir()}
    (tmp_path / "a.csv").write_text(rows("1,North,2025-01-05,no,10,"), encoding="utf-8")
    done = _bound(arguments, tmp_path, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)))
    assert (done.returncode, "error[ACM603]" in done.stderr) == (2, True), done.stderr
    assert {one.name: one.read_bytes() for one in (tmp_path / "o").iterdir()} == before


def test_a_disk_without_room_for_temporary_files_has_a_code(tmp_path: Path) -> None:
    """A workbook or another encoding is written aside, which is where room is lacking here."""
    content = rows(*(f"{index},North,2025-01-05,yes,10," for index in range(5000))).encode("utf-16")
    (tmp_path / "a.csv").write_bytes(content)
    (tmp_path / "spec.yaml").write_text(spec("a.csv", "", ""), encoding="utf-8")
    arguments = ["run", "spec.yaml", "--as-of", "2025-12-31", "--out", "o"]
    done = _bound(arguments, tmp_path, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)))
    assert (done.returncode, "error[ACM545]" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "o").exists()


# --- what is said while it runs and at its end ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "plain", "detailed"), [("yes", 0, 0), ("no", 0, 4), ("perhaps", 1, 3)], ids=["met", "missed", "closed"]
)
def test_detailed_exit_codes(tmp_path: Path, note: str, plain: int, detailed: int) -> None:
    content = rows(*(f"{month},North,2025-{month:02}-05,{note},10," for month in (1, 4, 7, 10)))
    (tmp_path / "spec.yaml").write_text(spec("a.csv", "", ""), encoding="utf-8")
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    done = api.run(tmp_path / "spec.yaml", tmp_path / "o", as_of=date(2025, 12, 31))
    assert (done.exit_code, done.detailed_exit_code) == (plain, detailed)


def test_quiet_says_errors_only_and_verbose_says_times(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(spec("a.csv", "", ""), encoding="utf-8")
    (tmp_path / "a.csv").write_text(rows("1,North,2025-01-05,yes,10,", "2,North,2026-01-05,yes,10,"), encoding="utf-8")
    arguments = ["run", "spec.yaml", "--as-of", "2025-12-31", "--out", "o"]
    quiet = acmspec([*arguments, "--quiet"], tmp_path)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    verbose = acmspec([*arguments, "--verbose", "--memory", "1GB"], tmp_path)
    assert "reading visits" in verbose.stderr
    assert "in all" in verbose.stderr
    assert "\r" not in verbose.stderr
    assert acmspec([*arguments, "--quiet", "--verbose"], tmp_path).returncode == 2
    assert acmspec([*arguments, "--memory", "lots"], tmp_path).returncode == 2


def test_the_bar_is_drawn_on_a_terminal_only_and_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from acmspec.cli.stages import Stages

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("acmspec.cli.stages._PATIENCE", -1)
    stages = Stages(bar=True)
    stages.expect(["one", "two"])
    stages.begin("one")
    stages.begin("two")
    stages.clear()
    drawn = terminal.getvalue()
    assert "[........................] one" in drawn
    assert "[############............] two" in drawn
    assert drawn.endswith("\r" + " " * len("[############............] two") + "\r")
    assert os.linesep not in drawn
