"""What follows from results without money, for the dashboard: whose plan is due, who is named; it pays nothing."""

from acmspec.program.tree import Program
from acmspec.report import dashboard_words as words
from acmspec.report.tree import Grid
from acmspec.settlement.evaluate import followed
from acmspec.settlement.tree import Settlement


def consequences(program: Program, settlement: Settlement) -> Grid | None:
    """Each consequence by provider and period, the latest first; None where none has followed."""
    terms = {one.name: one for one in program.payments.terms}
    found = sorted(
        (
            (line, said)
            for line in settlement.lines
            if line.term in terms and line.counted is not None and line.counted.at is not None
            for said in followed(terms[line.term].amount, line.counted.at)
        ),
        key=lambda one: one[0].last,
        reverse=True,
    )
    rows = tuple((line.period, line.provider, words.title(line.term), words.sentence(said)) for line, said in found)
    heads = ("Period", "Provider", "Section", "Consequence")
    return Grid(heads, rows, (), "What follows without money") if rows else None
