"""Where the records of a table lie and how their files are written, as the author says it; it opens no file."""

from dataclasses import field

from acmspec.ground.node import node
from acmspec.ground.source import Located, Span


@node
class Form:
    """How a table's files are written, as far as the author says; what is not said is "" or 0.

    `delimiter` is the character; `sheet` names one of a workbook; `header_row` is the line that names the columns.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0

    @property
    def said(self) -> tuple[str, ...]:
        """The keys that the author wrote."""
        keys = ("encoding", "delimiter", "sheet", "header_row")
        return tuple(one for one in keys if getattr(self, one))


@node
class Delivery:
    """One file of a table, or the pattern of several; `provider` is whose they are, None if nobody's alone."""

    file: Located[str]
    provider: Located[str] | None = None


@node
class Files:
    """The files of a table in the author's order. `text` is how the contract calls them all together."""

    text: str
    each: tuple[Delivery, ...]
    span: Span = field(compare=False, repr=False)
