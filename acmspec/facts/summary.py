"""What one reading of a table's valid records tells of it, by provider; knows no finding and no gate."""

from collections.abc import Mapping, Sequence
from datetime import date

from acmspec.facts.numbers import day, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import Table
from acmspec.facts.tallies import provider_column
from acmspec.ground.node import node
from acmspec.program.tree import StoredColumn
from acmspec.program.types import DatetimeType, DateType
from acmspec.query.clock import local_day
from acmspec.query.dialect import Dialect

Ends = tuple[date, date]


@node
class Summary:
    """Of the records of each provider, None for nobody: how many are used, and the newest day; of all, what was asked.

    `counts` stand in the order asked; `ends` are the first and last day of each column that has any.
    """

    used: Mapping[str | None, int]
    newest: Mapping[str | None, date]
    counts: tuple[int, ...]
    ends: Mapping[str, Ends]


def days_of(dialect: Dialect, column: StoredColumn) -> str:
    """The day that each value of a column of days or moments belongs to."""
    name = dialect.name(column.name)
    return local_day(dialect, name, column.of.zone) if isinstance(column.of, DatetimeType) else name


def summary(backend: Backend, table: Table, newest: str, conditions: Sequence[str]) -> Summary:
    """Read a table once; `newest` is a day of each record as SQL, NULL where none counts; `conditions` speak of t."""
    dialect, store = backend.dialect, table.store
    dated = [one for one in store.columns if isinstance(one.of, DateType | DatetimeType)]
    at = provider_column(table)
    whose = dialect.shown("NULL") if at is None else dialect.name(store.columns[at].name)
    asked = ["COUNT(*)", f"MAX({newest})", *map(dialect.counted, conditions)]
    asked += [f"{end}({days_of(dialect, one)})" for one in dated for end in ("MIN", "MAX")]
    rows = backend.rows(f"SELECT {whose}, {', '.join(asked)} FROM {dialect.name(store.name)} AS t GROUP BY {whose}")
    whom, used, days, *more = list(zip(*rows, strict=True)) or [()] * (len(asked) + 1)
    counted, ends = more[: len(conditions)], more[len(conditions) :]
    known = [[found for each in one if (found := day(each)) is not None] for one in ends]
    return Summary(
        dict(zip(map(text, whom), map(whole, used), strict=True)),
        {text(who): found for who, each in zip(whom, days, strict=True) if (found := day(each)) is not None},
        tuple(sum(map(whole, each)) for each in counted),
        {
            one.name: (min(first), max(last))
            for one, first, last in zip(dated, known[::2], known[1::2], strict=True)
            if first and last
        },
    )
