"""What brings the values of parts together: one row a word, with what it takes and which parts it goes over."""

from acmspec.ground.node import node
from acmspec.program.aggregates import AGGREGATES, Takes


@node
class EachRow:
    """One word before `(… for each …)`.

    `in_order` is for parts that follow each other, of a period; `of_groups` for groups of a dimension only. `placed` is
    whether the author says a place in the order of values, as in `percentile(90, …)`.
    """

    name: str
    takes: Takes
    in_order: bool = False
    of_groups: bool = False
    placed: bool = False


EACH: tuple[EachRow, ...] = (
    EachRow("count", Takes.CONDITION),
    EachRow("share", Takes.CONDITION),
    EachRow("longest run", Takes.CONDITION, in_order=True),
    EachRow("rank", Takes.NUMBER, of_groups=True),
    *(
        EachRow(row.name, row.takes, placed=row.placed)
        for row in AGGREGATES
        if row.takes is Takes.NUMBER and not row.weighted
    ),
)


def each_row(name: str) -> EachRow | None:
    """The row of a word; None if there is none."""
    return next((row for row in EACH if row.name == name), None)
