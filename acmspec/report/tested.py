"""The worked examples of a spec as a page: what each comes to and why, and what none reaches; it reads no data."""

from collections.abc import Iterator, Sequence

from acmspec.english.words import quoted
from acmspec.ground.node import node
from acmspec.program.tree import Program
from acmspec.report.tree import Grid, Paragraph, Run, Section
from acmspec.results.printed import money
from acmspec.settlement.coverage import EXCLUSION, GATE, STATE, TIER, Part, parts, reached_by
from acmspec.settlement.expected import counts
from acmspec.settlement.worked import Worked, worked

_NONE, _RECORDS = "none", "counts can’t"
_SAID = {TIER: "Tier", GATE: "Side of a gate", STATE: "Consequence", EXCLUSION: "Left out"}


@node
class Tested:
    """The page, and how many parts nothing reaches that could."""

    sections: tuple[Section, ...]
    unreached: int


def tested(program: Program, history: frozenset[Part] | None) -> Tested:
    """The worked examples, settled; `history` is what the data reach, None where nobody looked."""
    done = tuple(worked(program))
    by_example = [reached_by(program, one) for one in done]
    rows, unreached = [], 0
    for part in parts(program):
        own = [one.place + 1 for one, found in zip(done, by_example, strict=True) if part in found]
        seen = history is not None and part in history
        # Counts say nothing of who was left out, so that only data can be blamed for it.
        unreached += not own and not seen and (history is not None or part.by_counts)
        rows.append(_row(part, own, history))
    heads = ("What", "Of", "Part", "Examples", *(() if history is None else ("Data",)))
    covered = Section("What they reach", (_said(_sum(rows, unreached, history)), Grid(heads, tuple(rows), ())), "")
    return Tested((_listed(done), *_reasons(done), *((covered,) if rows else ())), unreached)


def _listed(done: Sequence[Worked]) -> Section:
    if not done:
        return Section("Worked examples", (_said("The spec has no worked examples."),), "examples")
    heads = ("Example", "Metric", "Provider", "Given", "Result", "Tier", "Payment")
    rows = tuple(_example(one) for one in done)
    text = (
        "Each comes to what it expects. Payments are for the first period paid; gates are open, nothing is held back."
    )
    return Section("Worked examples", (_said(text), Grid(heads, rows, (0, 6))), "examples")


def _example(one: Worked) -> tuple[str, ...]:
    example = one.example
    disputed = f", {example.disputed:,} in dispute" if example.disputed else ""
    return (
        str(one.place + 1),
        one.measure.title,
        "any" if example.provider is None else example.provider.value,
        f"{counts(example)}{disputed}",
        one.result.printed or one.result.state.value.replace("_", " "),
        "; ".join(one.tiers) or _NONE,
        money(one.payment, one.program.currency) if one.lines else "nothing is paid on it",
    )


def _reasons(done: Sequence[Worked]) -> Iterator[Section]:
    """The arithmetic of each payment, line by line."""
    heads = ("Example", "Line", "Why", "Amount")
    rows = tuple(
        (str(one.place + 1), line.term, "; ".join(line.derivation), money(line.amount, one.program.currency))
        for one in done
        for line in one.lines
    )
    if rows:
        yield Section("Why they pay", (Grid(heads, rows, (0, 3)),), "")


def _row(part: Part, own: Sequence[int], history: frozenset[Part] | None) -> tuple[str, ...]:
    nobody = _NONE if part.by_counts else _RECORDS
    seen = () if history is None else ("reached" if part in history else "never",)
    return (_SAID[part.kind], part.of, part.name, ", ".join(map(str, own)) or nobody, *seen)


def _sum(rows: Sequence[tuple[str, ...]], unreached: int, history: frozenset[Part] | None) -> str:
    by = "No worked example" if history is None else "Neither a worked example nor the data"
    text = f"{by} reaches {unreached} of {len(rows)} parts." if unreached else "Every part that can be is reached."
    marked = any(_RECORDS in row for row in rows)
    return f"{text} {quoted(_RECORDS)} marks what only records reach." if marked else text


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))
