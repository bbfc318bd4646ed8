"""The cookbook as the tests read it: each block of a measure, completed by its part's data and a small common frame."""

import re
from dataclasses import dataclass
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
FRAME = """\
acmspec: 1
contract:
  id: cookbook
  title: Services
  agency: Harbor County
  term: {from: 2024-01-01, to: 2029-12-31}
  fiscal_year_starts: July
  currency: USD
  data_date: 2028-12-31
goals:
  purpose:
    statement: People are better off.
"""
_BLOCK = re.compile(r"^```yaml\n# (data|measure: (?P<name>\w+))\n(?P<lines>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Recipe:
    """One measure of the cookbook: its part, its title, what stands above and below its lines, and its whole spec."""

    name: str
    part: str
    title: str
    around: str
    spec: str


def recipes() -> tuple[Recipe, ...]:
    """All measures of the cookbook in order."""
    found = []
    for section in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]:
        part = section.split("\n", 1)[0]
        data = next((one["lines"] for one in _BLOCK.finditer(section) if one["name"] is None), "")
        for entry in re.split(r"^### ", section, flags=re.MULTILINE)[1:]:
            for one in _BLOCK.finditer(entry):
                around = entry[: one.start()] + entry[one.end() :]
                found.append(Recipe(one["name"], part, entry.split("\n", 1)[0], around, FRAME + data + one["lines"]))
    return tuple(found)
