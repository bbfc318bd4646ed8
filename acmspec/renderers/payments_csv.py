"""Payments as one flat table, `payments.csv`: a row a provider, period and term or limit; it reads no result."""

from acmspec.renderers.csv_lines import encode
from acmspec.report.outputs import Outputs
from acmspec.results.printed import cents

FILE = "payments.csv"
_COLUMNS = ("provider", "period", "term", "state", "basis", "amount")


def render(outputs: Outputs) -> bytes:
    """The table, UTF-8, lines ending in a line feed; amounts to the cent, limits as rows of their own."""
    rows = (
        (line.provider, line.period, line.term, line.state, line.basis, cents(line.amount))
        for line in outputs.settlement.lines
    )
    return encode((_COLUMNS, *rows))
