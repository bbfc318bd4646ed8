"""Specs of every construct as one text of clauses each; `python -m tests.clauses.reading_aloud` writes the texts.

A spec has at most five metrics, so each metric of a file here is a spec of its own with what stands around it. A
paragraph is told once, under the first metric that says it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from acmspec import pipeline
from acmspec.ground.source import Source
from acmspec.kinds import KINDS
from acmspec.program.tree import Program
from acmspec.report.clauses import clauses
from acmspec.report.tree import Grid, Paragraph, Reference
from acmspec.sources.sheet import Beside

FOLDER = Path(__file__).parent / "court"
SPECS = ("courts", "derived", "homes", "payments")
_WHOLE = frozenset({"derived", "payments"})
"""Specs whose metrics speak of one another and stand together."""
_UNUSED = "No measure uses it."


def specs(name: str) -> Iterator[tuple[str, str]]:
    """Each spec of a file, by the name of its metric."""
    written = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    if name in _WHOLE:
        yield name, written
        return
    before, _, after = written.partition("\nmetrics:\n")
    end = re.search(r"^\w", after, re.MULTILINE)
    metrics, rest = (after[: end.start()], after[end.start() :]) if end else (after, "")
    for one in re.findall(r"^  \w+: *\n(?:    .*\n)+", metrics, re.MULTILINE):
        metric = one.split(":")[0].strip()
        around = (
            rest
            if f"metric: {metric}\n" in rest
            else re.sub(r"^(agreements|incentives):\n(?:  .*\n)+", "", rest, flags=re.MULTILINE)
        )
        yield metric, f"{before}\nmetrics:\n{one}{around}"


def program(spec: str) -> Program:
    """The meaning of a spec, which must have no errors."""
    outcome = pipeline.check(Source("spec.yaml", spec), KINDS, Beside(FOLDER))
    assert outcome.value is not None, [one.message for one in outcome.diagnostics]
    return outcome.value


def aloud(name: str) -> str:
    """All paragraphs and tables of a file's specs, each once."""
    told: set[tuple[str, str]] = set()
    lines: list[str] = []
    for metric, spec in specs(name):
        for section in clauses(program(spec), KINDS).article.sections:
            said = [_block(one) for one in section.blocks]
            new = [one for one in said if (section.title, one) not in told and _UNUSED not in one]
            told.update((section.title, one) for one in said)
            if new:
                lines += [f"## {metric}: {section.title}", *new, ""]
    return "\n".join(lines)


def _block(block: Paragraph | Grid) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    rows = (block.heads, *block.rows)
    return "\n".join((f"[{block.caption}]", *(" | ".join(row).rstrip() for row in rows)))


def _paragraph(one: Paragraph, level: int = 0) -> str:
    said = "".join(f"§{run.anchor}" if isinstance(run, Reference) else run.text for run in one.inlines)
    return "\n".join(("    " * level + said, *(_paragraph(item, level + 1) for item in one.items)))


if __name__ == "__main__":
    for each in SPECS:
        (FOLDER / f"{each}.txt").write_text(aloud(each), encoding="utf-8")
        sys.stdout.write(f"wrote {each}.txt\n")
