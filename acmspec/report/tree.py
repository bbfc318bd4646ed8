"""Neutral pages: prose with real structure, tables, series. How a page looks is a renderer's matter."""

from fractions import Fraction

from acmspec.ground.node import node

# --- prose: clauses ---------------------------------------------------------------------------------------


@node
class Run:
    """A piece of text; `strong` for a defined term where it is defined, or a paragraph's heading word."""

    text: str
    strong: bool = False


@node
class Reference:
    """A cross-reference to a section or paragraph by its anchor; renderers print its number."""

    anchor: str


Inline = Run | Reference


@node
class Paragraph:
    """A numbered paragraph: (a) at the first level, its `items` (i), theirs (A). Numbers are the renderer's.

    `anchor` is the spec path it came from, such as `metrics.returns.benchmarks.target`, or empty.
    """

    inlines: tuple[Inline, ...]
    items: "tuple[Paragraph, ...]" = ()
    anchor: str = ""


@node
class Grid:
    """A table with one heading row; `right` are the 0-based columns whose cells are numbers.

    `anchor` is the spec path it came from, or empty.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    caption: str = ""
    anchor: str = ""


@node
class Section:
    """A numbered section of an article: 4.1 and its heading, then numbered paragraphs and tables."""

    title: str
    blocks: tuple[Paragraph | Grid, ...]
    anchor: str


@node
class Article:
    """A contract article with its sections. `recitals` stand before the first section, unnumbered."""

    number: int
    title: str
    recitals: tuple[Paragraph, ...]
    sections: tuple[Section, ...]


@node
class Clauses:
    """The outcome clauses of a contract, ready for any word processor."""

    agency: str
    title: str
    contract_id: str
    article: Article


# --- pictures of performance: the dashboard -----------------------------------------------------------------


@node
class Mark:
    """One of the closed list of marks, and the words beside it.

    `kind` is met, not_met, too_few, immature, missing, undefined, or plain where there is a value and nothing
    to compare it with; `hollow` says the interval holds the target, so chance can't be ruled out. `words` name
    the mark ("Not met, close to target"). `value` is the printed result, `counts` "46/84", `note` what stands
    instead of or behind a value ("matures Jun 2026"), `target` a group's own target ("≥ 62%"), else empty.
    """

    kind: str
    hollow: bool
    words: str
    value: str
    counts: str
    note: str
    target: str = ""


@node
class Scale:
    """How plain numbers of a measure read on an axis: as a percentage, or between a prefix and a suffix."""

    percent: bool
    prefix: str
    suffix: str


@node
class Point:
    """One period of a series.

    `period` is its name in all outputs, `words` say it in prose ("Jan–Mar 2026"), `label` fits under an axis.
    `value` is None where there is nothing to plot; `judged` is False for an immature or provisional result,
    whose value is that of the records judged so far.
    """

    period: str
    words: str
    label: str
    value: Fraction | None
    printed: str
    counts: str
    mark: Mark
    judged: bool


@node
class Series:
    """A measure period by period. `finding` is what the picture shows, `about` the numbers behind it.

    `target` is the shared target, if it has one, and `target_label` its text ("≥ 65%"); `latest` is the index
    of the period the page shows elsewhere, None if none was judged.
    """

    title: str
    finding: str
    about: str
    points: tuple[Point, ...]
    latest: int | None
    target: Fraction | None
    target_label: str
    scale: Scale


@node
class Against:
    """A further benchmark: its name, what it compares with, its printed value, and how the result stands to it."""

    name: str
    about: str
    printed: str
    mark: Mark


@node
class MeasureRow:
    """One line of the measures table.

    `counts` say how many of how many, with the noun; `parts` what they are made of; `caution`, why it may move.
    """

    title: str
    kind: str
    question: str
    period: str
    target: str
    actual: str
    counts: str
    mark: Mark
    caution: str
    series: Series
    comparisons: tuple[Against, ...]
    parts: str = ""


@node
class MatrixHead:
    """A measure at the head of the matrix, with its shared target and the period its column shows."""

    title: str
    target: str
    period: str


@node
class MatrixRow:
    """One provider and its mark in each measure."""

    name: str
    marks: tuple[Mark, ...]


@node
class Matrix:
    """Providers by measures, the latest judged period each; `legend` holds exactly the marks used and their meaning."""

    finding: str
    heads: tuple[MatrixHead, ...]
    rows: tuple[MatrixRow, ...]
    legend: tuple[tuple[Mark, str], ...]


@node
class Finding:
    """One thing to discuss: a headline with numbers, a sentence behind it; `tone` is bad, good or neutral."""

    tone: str
    headline: str
    text: str


@node
class BreakdownRow:
    """One group of a breakdown; `value` is None where nothing may be plotted."""

    name: str
    mark: Mark
    value: Fraction | None


@node
class Breakdown:
    """A measure by the groups of one breakdown in one period; `rest` names what is not listed.

    The highest stands first, but groups that have an order of their own, as bands and months do, stand in it.
    """

    title: str
    by: str
    finding: str
    about: str
    rows: tuple[BreakdownRow, ...]
    rest: str
    target: Fraction | None
    target_label: str
    scale: Scale
    has_order: bool = False


@node
class Goal:
    """A goal, whom it is for, and the titles of the measures that serve it."""

    statement: str
    population: str
    measures: tuple[str, ...]


@node
class Payments:
    """Payments to date: what each provider is owed by term and limit, and what each state of a result leads to."""

    finding: str
    owed: Grid
    consequences: Grid | None
    follows: Grid | None = None
    """What has followed from results without money."""


@node
class Quality:
    """What became of the records of each table, what the data gate decided, and what the data could not tell."""

    finding: str
    tables: Grid
    notes: tuple[str, ...]
    gaps: Grid | None = None
    left_out: Grid | None = None


@node
class Entry:
    """A titled piece of the practice with its points, such as a roadmap topic and its guiding questions."""

    title: str
    text: str
    points: tuple[str, ...]


@node
class Practice:
    """One part of how the work is done: prose, tables, entries."""

    title: str
    blocks: tuple[str | Grid | Entry, ...]


@node
class Dashboard:
    """One page about a program. Tuples are empty, parts None, where the spec says nothing of the matter."""

    title: str
    agency: str
    subtitle: str
    data_to: str
    data_date: str
    motivation: str
    goals: tuple[Goal, ...]
    findings: tuple[Finding, ...]
    measures: tuple[MeasureRow, ...]
    matrix: Matrix | None
    breakdowns: tuple[Breakdown, ...]
    payments: Payments | None
    quality: Quality
    practice: tuple[Practice, ...]
    reading: tuple[str, ...]
