"""The outputs depend on the spec, the data, the data date and the version, and on nothing around them."""

import shutil
from pathlib import Path

import pytest

from tests.whole.command import EXAMPLE, OUTPUTS, acmspec


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example in a folder with an odd name, under another name for the spec's folder."""
    folder = tmp_path_factory.mktemp("else where") / "Größe (1)"
    shutil.copytree(EXAMPLE.parent, folder)
    return folder


def same(made: Path, reference: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == sorted(OUTPUTS)
    differing = [name for name in OUTPUTS if (made / name).read_bytes() != (reference / name).read_bytes()]
    assert differing == []


def test_the_same_bytes_in_its_folder(elsewhere: Path, example_run: Path, tmp_path: Path) -> None:
    more = {"PYTHONHASHSEED": "4242", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"}
    done = acmspec(["run", "spec.yaml", "--out", tmp_path / "out", "--threads", 2], elsewhere, more)
    assert done.returncode == 0, done.stderr
    same(tmp_path / "out", example_run)


def test_the_same_bytes_from_another_folder(elsewhere: Path, example_run: Path, tmp_path: Path) -> None:
    more = {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8"}
    spec = Path("..") / elsewhere.parent.name / "." / elsewhere.name / "spec.yaml"
    done = acmspec(["run", spec, "--out", tmp_path / "out"], elsewhere.parent, more)
    assert done.returncode == 0, done.stderr
    same(tmp_path / "out", example_run)


def test_a_second_run_over_the_first_leaves_the_same_bytes(example_run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(example_run, out)
    (out / "notes.txt").write_text("the contract manager's own file", encoding="utf-8")
    (out / "results.csv").write_text("of last month", encoding="utf-8")
    done = acmspec(["run", EXAMPLE, "--out", out], tmp_path)
    assert done.returncode == 0, done.stderr
    assert (out / "notes.txt").read_text(encoding="utf-8") == "the contract manager's own file"
    (out / "notes.txt").unlink()
    same(out, example_run)


def test_no_output_shows_where_it_was_made(example_run: Path) -> None:
    folders = (str(EXAMPLE.parents[3]), str(example_run.parent), str(Path.home()))
    for name in OUTPUTS:
        content = (example_run / name).read_bytes()
        assert [folder for folder in folders if folder != "/" and folder.encode() in content] == [], name


def test_the_data_date_changes_the_outputs(example_run: Path, tmp_path: Path) -> None:
    done = acmspec(["run", EXAMPLE, "--out", "out", "--as-of", "2025-10-15"], tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("results.csv", "payments.csv", "manifest.json", "dashboard.html"):
        assert (tmp_path / "out" / name).read_bytes() != (example_run / name).read_bytes(), name
    for name in ("clauses.md", "clauses.docx"):
        assert (tmp_path / "out" / name).read_bytes() == (example_run / name).read_bytes(), name
