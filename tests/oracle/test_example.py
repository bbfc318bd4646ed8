"""The oracle and the engine agree on the whole of the example's results, cell by cell."""

import ast
import csv
from pathlib import Path

import pytest
from engine import decoded
from rowwise import report, sheet

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
ALLOWED = ("acmspec.formula", "acmspec.spec")


def test_the_whole_example_agrees(example_run: Path) -> None:
    spec = decoded(EXAMPLE.read_text(encoding="utf-8"))
    assert spec.contract.data_date is not None
    files = {table.name.value: EXAMPLE.parent / table.files.text for table in spec.data}
    mine = sheet.rows(report.answers(spec, files, spec.contract.data_date.value))
    with (example_run / "results.csv").open(encoding="utf-8", newline="") as file:
        theirs = [{name: _in_order(name, text) for name, text in row.items()} for row in csv.DictReader(file)]
    assert [list(row) for row in mine] == [list(row) for row in theirs]
    assert [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]] == []
    assert len(theirs) > 1_000


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
