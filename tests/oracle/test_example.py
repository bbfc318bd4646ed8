"""The oracle and the engine agree on the whole of the example's results, cell by cell."""

import ast
import csv
import shutil
from pathlib import Path

import pytest
from engine import decoded
from rowwise import report, sheet

from acmspec import api

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "specs" / "examples"
EXAMPLE = EXAMPLES / "rapid_rehousing" / "spec.yaml"
ALLOWED = ("acmspec.formula", "acmspec.spec")


def test_the_whole_example_agrees(example_run: Path) -> None:
    assert agreeing(EXAMPLE, example_run) > 1_000


def test_the_whole_example_of_job_training_agrees(tmp_path: Path) -> None:
    """With the participants of all providers in one file, as the oracle reads one a table."""
    (tmp_path / "data").mkdir()
    text = (EXAMPLES / "workforce" / "spec.yaml").read_text(encoding="utf-8")
    spec = tmp_path / "spec.yaml"
    spec.write_text(text.replace("participants_{provider}.csv", "participants.csv"), encoding="utf-8")
    files = sorted((EXAMPLES / "workforce" / "data").glob("participants_*.csv"))
    parts = [one.read_text(encoding="utf-8").splitlines(keepends=True) for one in files]
    rows = [*parts[0][:1], *(line for part in parts for line in part[1:])]
    (tmp_path / "data" / "participants.csv").write_text("".join(rows), encoding="utf-8")
    shutil.copy(EXAMPLES / "workforce" / "data" / "wages.csv", tmp_path / "data" / "wages.csv")
    assert api.run(spec, tmp_path / "out").exit_code == 0
    assert agreeing(spec, tmp_path / "out") > 700


def agreeing(path: Path, out: Path) -> int:
    """How many results there are, all of which the oracle agrees with."""
    spec = decoded(path.read_text(encoding="utf-8"))
    assert spec.contract.data_date is not None
    files = {table.name.value: path.parent / table.files.text for table in spec.data}
    mine = sheet.rows(report.answers(spec, files, spec.contract.data_date.value))
    with (out / "results.csv").open(encoding="utf-8", newline="") as file:
        theirs = [{name: _in_order(name, text) for name, text in row.items()} for row in csv.DictReader(file)]
    assert [list(row) for row in mine] == [list(row) for row in theirs]
    assert [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]] == []
    return len(theirs)


def _in_order(name: str, text: str) -> str:
    """A cell of several reasons with these in order: no law says which stands first."""
    return "; ".join(sorted(text.split("; "))) if name in {"gaps", "left_out"} else text


@pytest.mark.parametrize("path", sorted((HERE / "rowwise").glob("*.py")), ids=lambda path: path.stem)
def test_the_oracle_takes_nothing_of_the_engine_but_spec_and_formula(path: Path) -> None:
    imported = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.append(node.module or "")
    ours = [name for name in imported if name.split(".")[0] == "acmspec"]
    assert [name for name in ours if not name.startswith(ALLOWED)] == []
