"""The command as people run it: in a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
OUTPUTS = (
    "results.csv", "results.json", "payments.csv", "worksheet.xlsx", "quality.csv", "clauses.md", "clauses.docx",
    "dashboard.html", "manifest.json",
)  # fmt: skip
WITHOUT_PAYMENTS = tuple(name for name in OUTPUTS if name != "worksheet.xlsx")

Done = subprocess.CompletedProcess[str]


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of this process without what changes the command's output, and with `more`."""
    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "ACMSPEC_TRACEBACK"}}
    return {**plain, "PYTHONPATH": str(ROOT), **(more or {})}


def acmspec(arguments: Sequence[object], folder: Path, more: Mapping[str, str] | None = None) -> Done:
    """Run the command line in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "acmspec", *map(str, arguments)],
        cwd=folder,
        env=surroundings(more),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


SMALL = """
acmspec: 1
contract:
  id: small
  title: Small
  agency: County
  term: {from: 2025-01-01, to: 2025-03-31}
  fiscal_year_starts: January
  currency: USD
  data_date: 2025-06-30
motivation: To see.
goals:
  seen:
    statement: Visits happen.
    population: Residents
data:
  visits:
    file: visits.csv
    noun: {one: Visit, many: Visits}
    key: visit_id
    date: visit_date
    owner: Office
    status: available
    refresh: monthly
    lag: 0 days
    reliability: high
    duplicates: error
    fields:
      visit_id: {column: VisitID, type: text}
      visit_date: {column: Visited, type: date}
      helped: {column: Helped, type: boolean}
metrics:
  help:
    name: Help
    kind: leading
    use: review
    goal: seen
    formula: share(helped over visits)
    every: month
    better: higher
    round: 1 decimal
    benchmarks:
      target: {kind: target, value: 50%}
"""
