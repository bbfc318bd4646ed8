"""Exit codes, what goes to stdout and what to stderr, and what is there on disk after each."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whole.command import EXAMPLE, WITHOUT_PAYMENTS, surroundings

COMMAND = [sys.executable, "-m", "acmspec"]


def listed(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def spoil(small: Path, old: str, new: str, name: str = "spec.yaml") -> None:
    text = (small / name).read_text(encoding="utf-8")
    assert old in text
    (small / name).write_text(text.replace(old, new, 1), encoding="utf-8")


# --- exit codes ------------------------------------------------------------------------------------------------------


def test_a_clean_run_is_0_and_lists_what_it_wrote_under_the_contract_s_id(typed, small) -> None:
    done = typed("run", "spec.yaml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(Path("out") / "small" / name) for name in WITHOUT_PAYMENTS]
    assert listed(small / "out") == {str(Path("small") / name) for name in WITHOUT_PAYMENTS}
    assert "error" not in done.stderr.replace("0 errors", "")


def test_the_default_folder_is_under_the_working_folder_and_not_beside_the_spec(typed, small) -> None:
    inner = small / "inner"
    inner.mkdir()
    for name in ("spec.yaml", "visits.csv"):
        (small / name).rename(inner / name)
    assert typed("run", "inner/spec.yaml").returncode == 0
    assert (small / "out" / "small" / "results.csv").is_file()
    assert listed(inner) == {"spec.yaml", "visits.csv"}


def test_a_missed_target_is_0(typed, small) -> None:
    spoil(small, "1,2025-01-05,yes", "1,2025-01-05,no", "visits.csv")
    done = typed("run", "spec.yaml")
    assert done.returncode == 0
    assert ",not met" in (small / "out" / "small" / "results.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "run"])
def test_an_error_in_the_spec_is_1_and_writes_nothing(typed, small, command: str) -> None:
    spoil(small, "share(helped over visits)", "share(healed over visits)")
    done = typed(command, "spec.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert "spec.yaml:" in done.stderr
    assert ("Nothing was written." in done.stderr) == (command == "run")
    assert listed(small) == {"spec.yaml", "visits.csv"}


def test_a_closed_gate_is_1_and_all_outputs_say_missing(typed, small) -> None:
    spoil(small, "2025-02-05", "5 Feb 2025", "visits.csv")
    done = typed("run", "spec.yaml")
    assert done.returncode == 1
    assert [Path(line).name for line in done.stdout.splitlines()] == list(WITHOUT_PAYMENTS)
    assert "Nothing was written" not in done.stderr
    rows = (small / "out" / "small" / "results.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows
    assert all(",missing," in row for row in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "check"),
        (("run",), "SPEC"),
        (("check",), "SPEC"),
        (("run", "absent.yaml"), "“absent.yaml”: there is no such file"),
        (("check", "absent.yaml"), "“absent.yaml”: there is no such file"),
        (("check", "."), "it is a folder"),
        (("spec.yaml",), "acmspec check spec.yaml"),
        (
            ("validate", "spec.yaml"),
            "there is no command “validate”; there are check, close, ",
        ),
        (("run", "spec.yaml", "--as-of", "30.6.2025"), "such as 2026-06-30"),
        (("run", "spec.yaml", "--as-of", "2025-02-30"), "“2025-02-30” is not a date"),
        (("run", "spec.yaml", "--as-of", "20250630"), "“20250630” is not a date"),
        (("run", "spec.yaml", "--as-of", ""), "is not a date"),
        (("run", "spec.yaml", "--data", "visits"), "NAME=PATH"),
        (("run", "spec.yaml", "--data", "visits="), "NAME=PATH"),
        (("run", "spec.yaml", "--data", "visits=a.csv", "--data", "visits=b.csv"), "“visits” is given twice"),
        (("run", "spec.yaml", "--data", "visit=a.csv"), "the spec has no table “visit”; it has visits"),
        (("run", "spec.yaml", "--data", "visits=absent.csv"), "“absent.csv” can't be opened"),
        (("run", "spec.yaml", "--threads", "0"), "--threads"),
        (("run", "spec.yaml", "--output", "x"), "'--out'"),
        (("run", "spec.yaml", "--out", ""), "it is empty"),
        (("run", "spec.yaml", "spec.yaml"), "unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_and_what_can_t_be_read_are_2_and_write_nothing(typed, small, arguments, said: str) -> None:
    done = typed(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert listed(small) == {"spec.yaml", "visits.csv"}


def test_a_data_file_that_is_not_there_is_2_and_the_only_error(typed, small) -> None:
    (small / "visits.csv").unlink()
    done = typed("run", "spec.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("error[") == 1
    assert "error[ACM400]: “visits.csv” can't be opened: no such file or directory" in done.stderr
    assert "(data.visits.file)" in done.stderr
    assert listed(small) == {"spec.yaml"}


def test_without_a_data_date_a_run_is_2_and_a_check_is_not(typed, small) -> None:
    spoil(small, "  data_date: 2025-06-30\n", "")
    done = typed("run", "spec.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--as-of DATE" in done.stderr
    assert typed("check", "spec.yaml").returncode == 0
    assert typed("run", "spec.yaml", "--as-of", "2025-06-30").returncode == 0


def test_a_spec_that_is_not_text_is_2(typed, small) -> None:
    (small / "spec.yaml").write_bytes(b"title: caf\xe9\n")
    assert typed("run", "spec.yaml").returncode == 2
    assert typed("check", "spec.yaml").returncode == 2


def test_our_own_bug_is_70_and_says_what_to_do(monkeypatch, capsys, small) -> None:
    from acmspec import pipeline
    from acmspec.__main__ import main

    def broken(*_: object) -> None:
        raise LookupError("nobody thought of this")

    monkeypatch.setattr(pipeline, "check", broken)
    monkeypatch.setattr(sys, "argv", ["acmspec", "check", str(small / "spec.yaml")])
    monkeypatch.delenv("ACMSPEC_TRACEBACK", raising=False)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 70
    said = capsys.readouterr()
    assert said.out == ""
    assert "error[ACM900]" in said.err
    assert "nobody thought of this" in said.err
    assert "Traceback" not in said.err
    monkeypatch.setenv("ACMSPEC_TRACEBACK", "1")
    with pytest.raises(LookupError):
        main()


def test_several_specs_are_all_checked_and_the_worst_counts(typed, small) -> None:
    good = (small / "spec.yaml").read_text(encoding="utf-8")
    (small / "bad.yaml").write_text(good.replace("over visits", "over visit"), encoding="utf-8")
    both = typed("check", "bad.yaml", "spec.yaml")
    assert (both.returncode, both.stdout) == (1, "spec.yaml: no errors\n")
    all_three = typed("check", "absent.yaml", "bad.yaml", "spec.yaml")
    assert (all_three.returncode, all_three.stdout) == (2, "spec.yaml: no errors\n")
    for name in ("absent.yaml", "bad.yaml"):
        assert name in all_three.stderr
    assert listed(small) == {"spec.yaml", "visits.csv", "bad.yaml"}


def test_version_and_help_are_0_on_stdout(typed) -> None:
    from acmspec.api import VERSION

    shown = typed("--version")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"acmspec {VERSION}\n", "")
    for arguments in (("--help",), ("-h",), ("run", "--help"), ("check", "-h")):
        helped = typed(*arguments)
        assert (helped.returncode, helped.stderr) == (0, "")
        assert "Usage: acmspec" in helped.stdout


def test_the_command_that_is_installed_is_the_module(small) -> None:
    installed = Path(sys.executable).with_name("acmspec")
    if not installed.exists():
        pytest.skip("acmspec is not installed beside this Python")
    done = subprocess.run([installed, "check", "spec.yaml"], cwd=small, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "spec.yaml: no errors\n")


# --- other data ------------------------------------------------------------------------------------------------------


def test_data_replaces_the_file_of_a_table_relative_to_the_working_folder(typed, small) -> None:
    (small / "extracts").mkdir()
    (small / "visits.csv").rename(small / "extracts" / "june=2025.csv")
    done = typed("run", "spec.yaml", "--data", "visits=extracts/june=2025.csv")
    assert done.returncode == 0, done.stderr
    assert '"june=2025.csv"' in (small / "out" / "small" / "manifest.json").read_text(encoding="utf-8")


def test_no_output_shows_the_folder_of_other_data(typed, small) -> None:
    (small / "visits.csv").rename(small / "june.csv")
    done = typed("run", small / "spec.yaml", "--data", f"visits={small / 'june.csv'}", "--out", small / "out")
    assert done.returncode == 0, done.stderr
    shown = [name for name in WITHOUT_PAYMENTS if str(small).encode() in (small / "out" / name).read_bytes()]
    assert shown == []


# --- the folder for the outputs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("out", ["taken", "taken/below"])
def test_a_file_where_the_folder_should_be_is_2_and_stays(typed, small, out: str) -> None:
    (small / "taken").write_text("mine", encoding="utf-8")
    done = typed("run", "spec.yaml", "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error[ACM603]: cannot write to “{out}”: a file stands where a folder should be" in done.stderr
    assert (small / "taken").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_may_not_be_written_to_is_2(typed, small) -> None:
    closed = small / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    try:
        if os.access(closed, os.W_OK):
            closed = Path("/proc/acmspec")  # whoever may write anywhere still may not make a folder here
            if not closed.parent.is_dir():
                pytest.skip("this user may write everywhere")
        done = typed("run", "spec.yaml", "--out", closed)
    finally:
        (small / "closed").chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[ACM603]" in done.stderr
    assert listed(small) == {"spec.yaml", "visits.csv"}


def test_a_folder_in_the_place_of_one_output_leaves_the_others_untouched(typed, small) -> None:
    out = small / "out"
    (out / "manifest.json").mkdir(parents=True)
    (out / "results.csv").write_text("old", encoding="utf-8")
    done = typed("run", "spec.yaml", "--out", "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert {path.name for path in out.iterdir()} == {"manifest.json", "results.csv"}
    assert (out / "results.csv").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stopped"]
)
def test_what_stops_the_last_file_leaves_every_old_one_and_nothing_else(monkeypatch, tmp_path, error) -> None:
    from acmspec.renderers.placed import place

    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == "c" and self.parent.name == "fresh":
            raise error
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(type(error)):
        place(tmp_path, [("a", b"new a"), ("b", b"new b"), ("c", b"new c")])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old a", "c": b"old c"}


def test_a_renderer_that_fails_leaves_the_old_files(monkeypatch, small) -> None:
    import acmspec
    from acmspec.renderers import manifest

    out = small / "out"
    assert acmspec.run(small / "spec.yaml", out).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def broken(_: object) -> bytes:
        raise LookupError("a page that nobody thought of")

    monkeypatch.setattr(manifest, "render", broken)
    with pytest.raises(LookupError):
        acmspec.run(small / "spec.yaml", out, as_of=None)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


# --- terminals and pipes ----------------------------------------------------------------------------------------------


def on_a_terminal(folder: Path, **more: str) -> bytes:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    spec = folder / "bad.yaml"
    spec.write_text("acmspec: 1\nkontract: 2\n", encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "check", spec.name], cwd=folder, env=surroundings(more), stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        try:
            while some := os.read(ours, 65536):
                seen += some
        except OSError:
            pass  # how the end of a pseudo-terminal is told on Linux
        finally:
            os.close(ours)
        process.wait(timeout=60)
    assert b"kontract" in seen
    return seen


def test_colors_are_for_terminals_that_want_them(tmp_path: Path, typed) -> None:
    assert b"\x1b[" in on_a_terminal(tmp_path, TERM="xterm")
    assert b"\x1b[" in on_a_terminal(tmp_path, TERM="xterm", NO_COLOR="")
    assert b"\x1b[" not in on_a_terminal(tmp_path, TERM="dumb")
    assert b"\x1b[" not in on_a_terminal(tmp_path, TERM="xterm", NO_COLOR="1")
    assert "\x1b[" not in typed("check", "bad.yaml").stderr


def test_a_pipe_that_nobody_reads_is_no_error_of_ours(small) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with subprocess.Popen(
        [*COMMAND, "run", "spec.yaml"], cwd=small, env=surroundings(), stdout=writes, stderr=subprocess.PIPE
    ) as process:
        os.close(writes)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 141
    assert b"Traceback" not in said
    assert b"ACM900" not in said
    assert b"BrokenPipe" not in said
    assert listed(small / "out") == {str(Path("small") / name) for name in WITHOUT_PAYMENTS}


def test_a_path_that_the_terminal_can_t_show_is_no_error(typed, small) -> None:
    done = typed("run", "spec.yaml", "--out", "Ł", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert "\\u0141" in done.stdout
    assert len(listed(small / "Ł")) == len(WITHOUT_PAYMENTS)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("moment", ["lay", "rows"])
def test_ctrl_c_is_130_and_leaves_nothing_behind(tmp_path, moment: str) -> None:
    """The signal comes while the engine is at work, as it does when people are tired of waiting."""
    program = (
        "import os, signal, sys\n"
        "from acmspec.backends.duckdb import DuckDB\n"
        f"once = DuckDB.{moment}\n"
        "def interrupted(self, *given):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return once(self, *given)\n"
        f"DuckDB.{moment} = interrupted\n"
        f"sys.argv = ['acmspec', 'run', {str(EXAMPLE)!r}, '--out', 'out']\n"
        "from acmspec.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=surroundings(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 130, done.stderr
    assert done.stderr.strip() == "Stopped."
    assert (done.stdout, listed(tmp_path)) == ("", set())


def test_an_engine_that_was_interrupted_is_ctrl_c() -> None:
    from threading import Timer

    from acmspec.backends.duckdb import DuckDB

    backend = DuckDB(threads=1)
    soon = Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    soon.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            backend.rows("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3")
    finally:
        soon.cancel()
        backend.close()


def test_a_data_date_before_the_term_is_said_and_is_no_error(typed, small) -> None:
    done = typed("run", "spec.yaml", "--as-of", "1925-06-30")
    assert "warning[ACM604]" in done.stderr
    assert done.returncode == 0
