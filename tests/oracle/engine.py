"""Runs the engine and the oracle on one spec, and gives both their results as rows of text."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rowwise import report

from acmspec import api
from acmspec.backends.duckdb import DuckDB
from acmspec.document import from_text
from acmspec.facts import from_query as facts
from acmspec.ground.diagnostic import Diagnostic, Severity
from acmspec.ground.source import Source
from acmspec.kinds import KINDS
from acmspec.program.tree import Program
from acmspec.query import from_program as query
from acmspec.renderers import results_csv
from acmspec.report.outputs import Outputs
from acmspec.results import from_facts as results
from acmspec.sources import SOURCES
from acmspec.spec.from_document import decode
from acmspec.spec.tree import Spec

_PER = re.compile(" per .*")
"""The unit of a quotient, which no law words."""
NOT_RECOMPUTED = frozenset({"gaps"})
"""Columns that the oracle has no opinion on."""
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Case:
    """A spec as text, and the files of its tables by table."""

    text: str
    files: Mapping[str, Path]
    data_date: date


def checked(text: str) -> tuple[Program | None, Sequence[Diagnostic]]:
    """What the engine's checker makes of a spec; no program if it finds an error."""
    outcome = api.check_text(text)
    errors = [one for one in outcome.diagnostics if one.severity is Severity.ERROR]
    return (None if errors else outcome.value), errors


def by_engine(case: Case) -> Rows:
    """What the engine says, as results.csv has it."""
    program, errors = checked(case.text)
    assert program is not None, [(one.code, one.message) for one in errors]
    backend = DuckDB(threads=1)
    try:
        plan = query.plan(program, case.data_date)
        files = {name: (path, path.name) for name, path in case.files.items()}
        gathered = facts.gather(program, plan, case.data_date, backend, SOURCES, files)
        assert gathered.value is not None, [(one.code, one.message) for one in gathered.diagnostics]
        values = results.evaluate(program, gathered.value)
    finally:
        backend.close()
    page = results_csv.render(Outputs(program, values, None, None, None, "", ""))
    return list(csv.DictReader(io.StringIO(page.decode())))


def by_oracle(case: Case) -> Rows:
    """What the oracle says."""
    return report.rows(decoded(case.text), case.files, case.data_date)


def decoded(text: str) -> Spec:
    """A spec as its author wrote it."""
    source = Source("spec.yaml", text)
    node = from_text.read(source)
    assert node.value is not None
    spec = decode(node.value, source, KINDS)
    assert spec.value is not None
    return spec.value


def differences(mine: Rows, theirs: Rows) -> list[str]:
    """Where two reports differ, a line each."""
    if len(mine) != len(theirs):
        one, two = [_place(row) for row in mine], [_place(row) for row in theirs]
        lacks, has = [place for place in one if place not in two], [place for place in two if place not in one]
        return [f"rows: oracle {len(mine)}, engine {len(theirs)}; engine lacks {lacks[:3]}, has besides {has[:3]}"]
    return [
        f"{' '.join(_place(one))} {column}: oracle {one.get(column)!r}, engine {text!r}"
        for one, other in zip(mine, theirs, strict=True)
        for column, text in other.items()
        if column not in NOT_RECOMPUTED and one.get(column) != (_PER.sub("", text) if column == "rounded" else text)
    ]


def _place(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["metric"], row["period"], row["breakdown"], row["group"]
