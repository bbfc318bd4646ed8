"""The quality of the data as a flat table, `quality.csv`: a row a table, provider, kind and rule; reads no result."""

from collections.abc import Iterator

from acmspec.facts.tree import TableQuality
from acmspec.renderers.csv_lines import encode
from acmspec.report.outputs import Outputs

FILE = "quality.csv"
COLUMNS = ("table", "provider", "what", "rule", "of", "records", "first", "last")
Row = tuple[str, ...]


def render(outputs: Outputs) -> bytes:
    """The table, UTF-8, lines ending in a line feed; an empty provider is all of them."""
    return encode((COLUMNS, *(row for one in outputs.results.tables for row in rows(one))))


def rows(one: TableQuality) -> Iterator[Row]:
    """What there is to say of one table."""
    totals = [
        ("read", one.read), ("used", one.used), ("invalid", one.invalid), ("duplicate", one.duplicates),
        ("late", one.not_received), ("undated", one.undated), ("in dispute", len(one.disputes)),
    ]  # fmt: skip
    for what, count in totals:
        yield one.name, "", what, "", "", str(count), "", ""
    for by, count in one.unlinked:
        yield one.name, "", "unlinked", "", by, str(count), "", ""
    for each in one.tallies:
        yield one.name, each.provider, each.what, each.rule, each.of, str(each.records), "", ""
    for state in dict.fromkeys(each.state for each in one.corrections):
        count = sum(each.state == state for each in one.corrections)
        yield one.name, "", "correction", "", state, str(count), "", ""
    for provider, first, last in one.silent:
        yield one.name, provider, "missing period", "", "", "", first.isoformat(), last.isoformat()
    for first, last in one.absent:
        yield one.name, "", "missing period", "", "", "", first.isoformat(), last.isoformat()
    yield one.name, "", "complete", "", "open" if one.open else "closed", "", "", one.through.isoformat()
    for provider, day in one.newest:
        yield one.name, provider, "newest record", "", "", "", "", day.isoformat()
