"""Runs the engine and the oracle on one spec, and gives both their answers in the form of the conformance cases."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from rowwise import report

from acmspec import api
from acmspec.backends.duckdb import DuckDB
from acmspec.document import from_text
from acmspec.enclosed import from_spec as enclosed
from acmspec.facts import from_query as facts
from acmspec.facts.ports import Backend
from acmspec.ground.diagnostic import Diagnostic, Severity
from acmspec.ground.source import Source
from acmspec.kinds import KINDS
from acmspec.program.tree import Program
from acmspec.query import from_program as query
from acmspec.results import from_facts as results
from acmspec.sources import SOURCES
from acmspec.spec.from_document import decode
from acmspec.spec.tree import Spec
from tools.conformance_answers import _row

Answers = list[dict[str, object]]
_PER = re.compile(" per .*")
"""The unit of a quotient, which no law words."""


@dataclass(frozen=True)
class Case:
    """A spec as text, and the files of its tables by table."""

    text: str
    files: Mapping[str, Path]
    data_date: date
    beside: Mapping[str, str] | None = None
    """What lies beside the spec: lists, figures and holidays."""


def checked(text: str, beside: Mapping[str, str] | None = None) -> tuple[Program | None, Sequence[Diagnostic]]:
    """What the engine's checker makes of a spec, with what lies beside it; no program if it finds an error."""
    with TemporaryDirectory() as folder:
        outcome = api.check_text(text, _laid(folder, beside))
    errors = [one for one in outcome.diagnostics if one.severity is Severity.ERROR]
    return (None if errors else outcome.value), errors


def by_engine(case: Case, backend: Backend | None = None) -> Answers:
    """What the engine says, run by a backend, or by the embedded one; it is closed."""
    program, errors = checked(case.text, case.beside)
    assert program is not None, [(one.code, one.message) for one in errors]
    backend = backend or DuckDB(threads=1)
    try:
        plan = query.plan(program, case.data_date, backend.dialect)
        files = {name: (path, path.name) for name, path in case.files.items()}
        gathered = facts.gather(program, plan, case.data_date, backend, SOURCES, files)
        assert gathered.value is not None, [(one.code, one.message) for one in gathered.diagnostics]
        values = results.evaluate(program, gathered.value)
    finally:
        backend.close()
    return [row for one in values.measures for row in map(_row(one.measure.name), one.results)]


def by_oracle(case: Case) -> Answers:
    """What the oracle says."""
    found = report.answers(decoded(case.text, case.beside), case.files, case.data_date)
    return [{name: _written(value) for name, value in one.items()} for one in found]


def _written(value: object) -> object:
    if isinstance(value, dict):
        return {name: _written(one) for name, one in value.items()}
    return "" if value is None else str(value) if isinstance(value, Fraction | int) else value


def decoded(text: str, beside: Mapping[str, str] | None = None) -> Spec:
    """A spec as its author wrote it, with what lies beside it."""
    with TemporaryDirectory() as folder:
        source = Source(_laid(folder, beside), text)
        node = from_text.read(source)
        assert node.value is not None
        spec = decode(node.value, source, KINDS)
        assert spec.value is not None
        whole = enclosed.enclose(spec.value, api._Beside(Path(folder), confined=True))
    assert whole.value is not None
    return whole.value


def _laid(folder: str, beside: Mapping[str, str] | None) -> str:
    """What lies beside a spec, laid into a folder: where the spec itself would be."""
    for name, content in (beside or {}).items():
        (Path(folder) / name).write_text(content, encoding="utf-8")
    return str(Path(folder) / "spec.yaml")


def differences(mine: Answers, theirs: Answers) -> list[str]:
    """Where two reports differ, a line each."""
    if len(mine) != len(theirs):
        one, two = [_place(row) for row in mine], [_place(row) for row in theirs]
        lacks, has = [place for place in one if place not in two], [place for place in two if place not in one]
        return [f"rows: oracle {len(mine)}, engine {len(theirs)}; engine lacks {lacks[:3]}, has besides {has[:3]}"]
    return [
        f"{' '.join(_place(one))} {name}: oracle {one.get(name)!r}, engine {said!r}"
        for one, other in zip(mine, theirs, strict=True)
        for name, said in other.items()
        if one.get(name) != (_PER.sub("", said) if name == "printed" else said)
    ]


def _place(row: Mapping[str, object]) -> tuple[str, ...]:
    return str(row["metric"]), str(row["period"]), "; ".join(row["by"]), "; ".join(row["group"])
