"""What follows from results without money, for the dashboard: whose plan is due, who is named; it pays nothing."""

from collections.abc import Iterator

from acmspec.program.payment import Term
from acmspec.program.payment_parts import tables
from acmspec.program.tree import Program
from acmspec.report import dashboard_words as words
from acmspec.report.tree import Grid
from acmspec.settlement.evaluate import band_of, evaluate
from acmspec.settlement.tree import Line, Settlement


def consequences(program: Program, settlement: Settlement) -> Grid | None:
    """Each consequence by provider and period, the latest first; None where none has followed."""
    terms = {one.name: one for one in program.payments.terms}
    found = sorted(
        ((line, said) for line in settlement.lines if line.term in terms for said in _of(line, terms[line.term])),
        key=lambda one: one[0].last,
        reverse=True,
    )
    rows = tuple((line.period, line.provider, words.title(line.term), words.sentence(said)) for line, said in found)
    heads = ("Period", "Provider", "Section", "Consequence")
    return Grid(heads, rows, (), "What follows without money") if rows else None


def _of(line: Line, term: Term) -> Iterator[str]:
    """What follows from a line's result."""
    at = None if line.counted is None else line.counted.at
    for table in tables(term.amount) if at is not None else ():
        said = band_of(evaluate(table.of, at), table.bands).follows if at is not None else ""
        if said:
            yield said
