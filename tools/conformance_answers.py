"""acmspec's own answers to conformance questions, one JSON object a line in and out; it must not know the cases."""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from acmspec import api
from acmspec.facts.ports import Backend
from acmspec.formula.from_text import parse
from acmspec.formula.print import text
from acmspec.ground.diagnostic import Diagnostic, Outcome, Severity
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.source import Source, Span
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.tree import Program
from acmspec.program.types import Form, NumberType, Type
from acmspec.report.outputs import Outputs
from acmspec.results.printed import cents, gap_words
from acmspec.results.tree import Result

_SUBJECT = "it"

Answer = dict[str, Any]


def answer(asked: dict[str, Any], backend: Backend | None = None) -> Answer:
    """The answer to one question; `backend` is the engine to ask, the embedded one if none is given."""
    match asked["kind"]:
        case "formula":
            return _formula(asked["formula"])
        case "meaning":
            return _meaning(asked)
        case "spec":
            return {"findings": [_finding(one, 0) for one in _checked(asked).diagnostics]}
        case _:
            return _run(asked, backend)


def _formula(written: str) -> Answer:
    outcome = parse(Source("formula", written), 0, len(written))
    if outcome.value is None:
        return {"findings": [_finding(one, 0) for one in outcome.diagnostics]}
    return {"text": text(outcome.value)}


def _finding(found: Diagnostic, offset: int) -> dict[str, Any]:
    place = found.place
    if not isinstance(place, Span):
        return {"code": found.code, "start": None, "end": None}
    return {"code": found.code, "start": place.start - offset, "end": place.end - offset}


def _meaning(asked: dict[str, Any]) -> Answer:
    """The findings inside the formula, and its type if it has none that is an error."""
    outcome = _checked(asked)
    inside = [
        one
        for one in outcome.diagnostics
        if isinstance(one.place, Span) and asked["start"] <= one.place.start and one.place.end <= asked["end"]
    ]
    found: Answer = {"findings": [_finding(one, asked["start"]) for one in inside]}
    if any(one.severity is Severity.ERROR for one in outcome.diagnostics) or outcome.value is None:
        elsewhere = [one.message for one in outcome.diagnostics if one not in inside and one.severity is Severity.ERROR]
        return {**found, "elsewhere": elsewhere} if elsewhere else found
    return {**found, "type": _type(_subject(outcome.value))}


def _subject(program: Program) -> Type:
    formula = program.measure("subject").formula
    expression = getattr(formula, "expression", None)
    return expression.type if getattr(expression, "name", "") == _SUBJECT else formula.type


def _type(of: Type) -> str:
    if not isinstance(of, NumberType):
        return type(of).__name__.removesuffix("Type").lower()
    if of.form is not Form.NUMBER:
        return of.form.value
    return "number" if of.unit == ONE else f"number of {_unit(of.unit)}"


def _unit(unit: Unit) -> str:
    above = " × ".join(f"{one}^{power}" if power > 1 else one for one, power in unit.factors if power > 0)
    below = " per ".join(one for one, power in unit.factors if power < 0)
    return f"{above} per {below}".strip() if below else above


def _checked(asked: dict[str, Any]) -> Outcome[Program]:
    """The spec checked, with the files that lie beside it."""
    with tempfile.TemporaryDirectory() as folder:
        _lay(Path(folder), asked.get("files", {}))
        return api.check_text(asked["spec"], str(Path(folder) / "spec.yaml"))


def _lay(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def _run(asked: dict[str, Any], backend: Backend | None) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        _lay(Path(folder), asked.get("files", {}))
        path = Path(folder) / "spec.yaml"
        path.write_text(asked["spec"], encoding="utf-8")
        for name, content in asked["tables"].items():
            (path.parent / f"{name}.csv").write_text(content, encoding="utf-8")
        data_date = date.fromisoformat(asked["data_date"])
        outcome = api.evaluate(path, as_of=data_date, threads=1, backend=backend)
    findings = [_finding(one, 0) for one in outcome.diagnostics if one.severity is Severity.ERROR]
    if outcome.value is None:
        return {"findings": findings}
    rows = [row for one in outcome.value.results.measures for row in map(_row(one.measure.name), one.results)]
    if asked["kind"] == "record":
        return {"values": _values(rows, asked["by"])}
    return {"findings": findings, "rows": rows, "payments": _payments(outcome.value)}


def _values(rows: list[Answer], key: str) -> dict[str, str]:
    """The value for each record: the second dimension, or where there is none the result itself."""
    found = [row for row in rows if row["by"][:1] == [key]]
    return {row["group"][0]: row["group"][1] if len(row["by"]) > 1 else row["value"] or "missing" for row in found}


def _row(name: str) -> Any:
    def made(one: Result) -> Answer:
        met = {comparison.benchmark: _met(comparison.met) for comparison in one.comparisons}
        return {
            "metric": name,
            "period": one.period.name,
            "first": str(one.period.first),
            "last": str(one.period.last),
            "by": list(one.breakdown),
            "group": [
                "missing" if value is None else "not linked" if value == UNLINKED_GROUP else value
                for value in one.group
            ],
            "state": one.state.value,
            "value": _exact(one.value),
            "rounded": _exact(one.rounded),
            "printed": one.printed,
            "numerator": _exact(one.numerator),
            "denominator": _exact(one.denominator),
            "flags": list(one.flags),
            "n": str(one.n),
            "immature": str(one.immature),
            "unjudged": str(one.unjudged),
            "left_out": _left_out(one),
            "parts": {name: _exact(value) for name, value in one.parts},
            "gaps": {gap_words(gap): str(count) for gap, count in one.gaps},
            "matures": "" if one.matures is None else str(one.matures),
            "met": met,
        }

    return made


def _left_out(one: Result) -> dict[str, str]:
    """How many each reason left out; a set and a metric may give the same one."""
    found = Counter[str]()
    for left, count in one.left_out:
        found[left.because] += count
    return {because: str(count) for because, count in found.items()}


def _met(met: bool | None) -> str:
    return "" if met is None else "yes" if met else "no"


def _exact(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def _payments(outputs: Outputs) -> list[Answer]:
    return [
        {"provider": one.provider, "period": one.period, "term": one.term, "amount": cents(one.amount)}
        for one in outputs.settlement.lines
    ]


def main() -> None:
    """Answer every question on standard input."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
