"""Days in the data that lie far from the contract's term: slips of the finger, and codes for “no date”."""

from collections.abc import Iterator, Mapping

from acmspec.facts.numbers import day, present, whole
from acmspec.facts.ports import Backend
from acmspec.facts.summary import Ends, days_of
from acmspec.facts.table import Table
from acmspec.ground.calendar import Period
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.program.tree import StoredColumn
from acmspec.query.dialect import Dialect

FAR = Problem(
    "ACM494",
    "days far from the contract's term",
    "A day more than 130 years before the term, or more than 50 years after it, is mostly a slip of the finger or a "
    "code for “no date”; it is counted like any other day.",
    "Correct the day where it comes from. If it stands for “no date”, list it under the field's “missing”.",
    "Each date delivered should be one that can be meant.",
    Severity.WARNING,
)
PROBLEMS = (FAR,)

_SHOWN = 3


def far_days(
    backend: Backend, dialect: Dialect, table: Table, meant: Period, ends: Mapping[str, Ends]
) -> Iterator[Diagnostic]:
    """What is said of each column of a table with days outside those that can be meant, by its first and last day."""
    for column in table.store.columns:
        first, last = ends.get(column.name, (meant.first, meant.last))
        if not meant.first <= first <= last <= meant.last:
            yield _said(backend, dialect, table, column, meant)


def _said(backend: Backend, dialect: Dialect, table: Table, column: StoredColumn, meant: Period) -> Diagnostic:
    on, name = days_of(dialect, column), dialect.name(table.store.name)
    rows = backend.rows(
        f"SELECT {on} AS d, COUNT(*) AS n FROM {name} WHERE {on} < {dialect.day(meant.first)}"
        f" OR {on} > {dialect.day(meant.last)} GROUP BY d ORDER BY n DESC, d"
    )
    counted = [(str(present(day(value))), whole(count)) for value, count in rows]
    total = sum(count for _, count in counted)
    records = "1 record has a day" if total == 1 else f"{total:,} records have days"
    message = f"{records} in column “{column.column}” far from the contract’s term"
    if not column.private:
        first = ", ".join(value for value, _ in counted[:_SHOWN])
        message += f": {first}" + (f" and {len(counted) - _SHOWN:,} more" if len(counted) > _SHOWN else "")
    place = DataPlace(table.reading.shown, column=column.column)
    return FAR.at(place, message, path=table.path(column))
