"""On which data date a table is complete to a day, as SQL; knows nothing of records and of what they wait for."""

from datetime import date, timedelta

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.query.dialect import Dialect


@node
class TableFacts:
    """What a query must know of a table: its key, its lag, the dates it is complete to, and from if that is said."""

    key: tuple[str, ...]
    lag: Length
    through: date
    since: date | None = None
    declared: date | None = None
    """The day to which it is declared complete, beyond which no data date is known to be enough."""
    gap: int = 0
    """How many days after a spell another stay may still continue it; 0 for what is read."""
    sources: "tuple[TableFacts, ...]" = ()
    """The tables that spells are made of."""

    @property
    def settled(self) -> date:
        """The last day on which its records are what they will stay, as far as the data are complete."""
        return self.through - timedelta(days=self.gap)


def seen_on(dialect: Dialect, last: str, table: TableFacts) -> str:
    """The first data date on which a table is complete to a day; the last day there is where none is known."""
    if table.sources:
        later = dialect.later(last, Length(days=table.gap)) if table.gap else last
        seen = [seen_on(dialect, later, one) for one in table.sources]
        return seen[0] if len(seen) == 1 else f"GREATEST({', '.join(seen)})"
    if table.declared is not None:
        return f"CASE WHEN {last} <= {dialect.day(table.declared)} THEN {last} ELSE {dialect.never} END"
    months = Length(months=table.lag.months)
    moved = dialect.later(last, Length(days=table.lag.days))
    if not table.lag.months:
        return moved
    # Where the month has no such day, a lag of months leads back to before it.
    found = dialect.later(moved, months)
    short = f"{dialect.earlier(found, months)} < {moved}"
    return f"CASE WHEN {short} THEN {dialect.later(found, Length(days=1))} ELSE {found} END"
