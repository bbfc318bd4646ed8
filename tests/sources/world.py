"""A small contract whose data comes in the files a test says."""

from datetime import date
from pathlib import Path
from typing import Any

from acmspec import api
from acmspec.report.outputs import Outputs

SPEC = """\
acmspec: 1
contract:
  id: visits
  title: Home Visits
  agency: A county
  term:
    from: 2025-01-01
    to: 2025-12-31
  fiscal_year_starts: January
  currency: USD
goals:
  calm:
    statement: Families who ask for a visit get one soon.
data:
  visits:
    file: FILE
    noun:
      one: Visit
      many: Visits
    key: id
    date: asked
    MORE
    fields:
      id: text
      provider:
        entity: provider
        column: Provider
      asked:
        type: date
      helped:
        type: boolean
        optional: yes
      minutes:
        type: decimal
        optional: yes
      note:
        type: text
        optional: yes
metrics:
  helped:
    name: Visits that helped
    kind: lagging
    use: paid
    goal: calm
    formula: count(visits where helped) out of count(visits)
    every: quarter
    better: higher
    round: 1 decimal
    minimum: 1
    break_down_by:
      - provider
    benchmarks:
      target:
        kind: target
        value: 50%
  minutes:
    name: Minutes of a visit
    kind: leading
    goal: calm
    formula: sum(minutes over visits)
    every: quarter
    better: higher
    round: 2 decimals
    minimum: 1
AGREEMENTS
"""
AGREEMENTS = """\
agreements:
  - provider: North
    number: A-1
  - provider: South
    number: A-2
    term:
      from: 2025-04-01
      to: 2025-12-31
incentives:
  terms:
    bonus:
      kind: tiered bonus
      metric: helped
      per: [provider, quarter]
      bands:
        - from: 50%
          pay: $1,000
        - below: 50%
          pay: $0
      on:
        undefined: nothing
        too_few: nothing
        immature: wait
        missing: withhold until received
        disputed: pay the undisputed part
"""
HEAD = "id,Provider,asked,helped,minutes,note"


def spec(file: str, more: str = "", agreements: str = AGREEMENTS) -> str:
    """The spec with a value of `file:` and lines of its table besides."""
    inner = more.strip().replace("\n", "\n    ")
    text = SPEC.replace("file: FILE", f"file: {file}").replace("AGREEMENTS\n", agreements)
    return text.replace("    MORE\n", f"    {inner}\n" if inner else "")


class Ran:
    """What came of a run, with short ways to ask."""

    def __init__(self, done: Any) -> None:
        self.diagnostics = done.diagnostics
        self.codes = [one.code for one in done.diagnostics]
        self.outputs: Outputs | None = done.value

    def values(self, metric: str = "helped") -> dict[tuple[str, str], str]:
        """Printed value or state, by period and provider ("" for all)."""
        assert self.outputs is not None, [one.message for one in self.diagnostics]
        found = next(one for one in self.outputs.results.metrics if one.measure.name == metric)
        return {
            (one.period.name, "".join(str(each) for each in one.group)): one.printed or one.state.value
            for one in found.results
        }

    def said(self, code: str) -> list[str]:
        """Where each finding of a code stands, and its message."""
        return [f"{one.place}: {one.message}" for one in self.diagnostics if one.code == code]


def run(folder: Path, text: str, files: dict[str, str | bytes], as_of: date = date(2025, 12, 31), **more: Any) -> Ran:
    """Lay the files and the spec into a folder and evaluate."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "spec.yaml").write_text(text, encoding="utf-8")
    return Ran(api.evaluate(folder / "spec.yaml", as_of=as_of, threads=1, **more))


def rows(*lines: str, head: str = HEAD) -> str:
    """A CSV file."""
    return "\n".join((head, *lines)) + "\n"
