"""Neutral pages: prose with real structure, tables, series. How a page looks is a renderer's matter."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

# --- prose: clauses ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; `strong` for a defined term where it is defined, or a paragraph's heading word."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference to a section or paragraph by its anchor; renderers print its number."""

    anchor: str


Inline = Run | Reference


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph: (a) at the first level, its `items` (i), theirs (A). Numbers are the renderer's.

    `anchor` is the spec path it came from, such as `metrics.returns.benchmarks.target`, or empty.
    """

    inlines: tuple[Inline, ...]
    items: "tuple[Paragraph, ...]" = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one heading row; `right` are the 0-based columns whose cells are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of an article: 4.1 and its heading, then numbered paragraphs and tables."""

    title: str
    blocks: tuple[Paragraph | Grid, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Article:
    """A contract article with its sections. `recitals` stand before the first section, unnumbered."""

    number: int
    title: str
    recitals: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Clauses:
    """The outcome clauses of a contract, ready for any word processor."""

    agency: str
    title: str
    contract_id: str
    article: Article


# --- pictures of performance: the dashboard -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the closed list of marks, and the words beside it.

    `kind` is met, not_met, too_few, immature, missing or undefined; `hollow` says the interval holds the
    target, so chance can't be ruled out. `value` is the printed result, `counts` "46/84", `note` what
    stands instead of a value ("matures Jun 2026").
    """

    kind: str
    hollow: bool
    value: str
    counts: str
    note: str


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series; `value` is None where there is nothing to plot, `judged` False for immature or provisional."""

    period: str
    last: date
    value: Fraction | None
    printed: str
    counts: str
    mark: Mark
    judged: bool


@dataclass(frozen=True, slots=True)
class Series:
    """A measure period by period; `target` is the shared target, if it has one, and `target_label` its text ("≥ 65%")."""

    title: str
    finding: str
    points: tuple[Point, ...]
    target: Fraction | None
    target_label: str
    percent: bool
    unit: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One line of the measures table. `comparisons` are further benchmarks as label and mark."""

    title: str
    kind: str
    question: str
    period: str
    target: str
    actual: str
    counts: str
    counted: str
    mark: Mark
    series: Series
    comparisons: tuple[tuple[str, Mark], ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One provider and its mark in each measure."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Providers by measures, the latest judged period each; `heads` pair a measure's title with its target and period."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to discuss: a headline with numbers, a sentence behind it; `tone` is bad, good or neutral."""

    tone: str
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A measure by the groups of one breakdown in one period."""

    title: str
    finding: str
    rows: tuple[tuple[str, Mark], ...]
    scale: tuple[Fraction | None, ...]
    target: Fraction | None


@dataclass(frozen=True, slots=True)
class PayRow:
    """What one provider is owed to date, by term in the order of the table's heads, and in all."""

    name: str
    amounts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One page about a programme. Tuples are empty where the spec says nothing of the matter."""

    title: str
    subtitle: str
    data_to: str
    data_date: str
    spec_version: str
    goals: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    measures: tuple[MeasureRow, ...]
    matrix: Matrix | None
    breakdowns: tuple[Breakdown, ...]
    payment_heads: tuple[str, ...]
    payments: tuple[PayRow, ...]
    quality: Grid
    quality_notes: tuple[str, ...]
    practice: tuple[tuple[str, "tuple[str | Grid, ...]"], ...]
    reading: tuple[str, ...]
