"""The world of the conformance cases, evaluated with files beside it; what is found, errors or not."""

from datetime import date
from pathlib import Path
from typing import Any

from acmspec import api
from tools import conformance


def evaluated(folder: Path, **case: Any) -> Any:
    """The outcome of a case that says nothing of what it expects."""
    asked = conformance.question({"id": "x", "kind": "run", "proves": [], **case})
    (folder / "spec.yaml").write_text(asked["spec"], encoding="utf-8")
    for name, content in asked["tables"].items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    for name, content in case.get("files", {}).items():
        (folder / name).write_text(content, encoding="utf-8")
    return api.evaluate(folder / "spec.yaml", as_of=date(2026, 6, 30), threads=1)


def said(outcome: Any, code: str) -> list[Any]:
    """The findings of one code."""
    return [one for one in outcome.diagnostics if one.code == code]
