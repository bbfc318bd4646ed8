"""The columns of narrow facts: what they are called, and what may stand in their place; knows no expression."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from acmspec.ground.node import node
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.record import FieldValue, Record
from acmspec.program.tree import Aggregate
from acmspec.program.types import TextType
from acmspec.query.dialect import Dialect

WINDOW = "window"
INCLUDED = "included"
CHOSEN = "chosen"
DATED = "dated"


@node
class AggregateColumns:
    """The columns of one aggregate in the narrow facts, as quoted names.

    `value` is its expression and `value3` the same with unknown lookups; `where` and `where3` likewise its own
    condition, None if it has none; `matures` is the data date an unmatured record waits for, NULL if it is mature;
    `unreached` is whether it looks at days before the data begins, None if nothing says where that is; `within` whether
    the record is in the slice, None where there is none. `weight` is how much a record counts, where they have weights:
    NULL where it has none, or one below zero.
    """

    value: str
    value3: str
    where: str | None
    where3: str | None
    matures: str
    unreached: str | None
    within: str | None = None
    weight: str | None = None


def aggregate_columns(index: int, one: Aggregate) -> AggregateColumns:
    """The names of the columns of an ask's aggregate number `index`."""
    has_where = one.where is not None
    return AggregateColumns(
        value=f'"a{index} value"',
        value3=f'"a{index} value3"',
        where=f'"a{index} where"' if has_where else None,
        where3=f'"a{index} where3"' if has_where else None,
        matures=f'"a{index} matures"',
        unreached=f'"a{index} unreached"' if one.reaches else None,
        within=f'"a{index} within"' if one.within is not None else None,
        weight=f'"a{index} weight"' if one.weight is not None else None,
    )


NEVER = "CAST(NULL AS DATE)"
"""The day that a record waits for which waits for none."""


def without_same(columns: AggregateColumns, same: Mapping[str, str]) -> AggregateColumns:
    """The columns of an aggregate, each by what stands in its place."""
    return replace(columns, **{name: same[held] for name, held in _held(columns) if held in same})


def _held(columns: AggregateColumns) -> Iterator[tuple[str, str]]:
    return ((one.name, getattr(columns, one.name)) for one in fields(AggregateColumns))


def dimension_column(index: int) -> str:
    """The quoted name of the column of an ask's dimension number `index`."""
    return f'"d{index}"'


def entity_column(index: int) -> str:
    """The quoted name of the column of an ask's entity number `index`."""
    return f'"e{index}"'


NONE = "0"
"""How many there are of what there is never any."""
FIXED = {"NULL", NEVER, "FALSE", "TRUE"}
"""What a column may always be, so that it need not be kept."""


def code_of(dialect: Dialect, value: Record) -> tuple[str, str] | None:
    """The name of the type that a group's texts are kept as, and the SELECT of them; None if they are kept as texts."""
    if not isinstance(value, FieldValue) or not isinstance(value.type, TextType) or not dialect.has_codes:
        return None
    table, column = dialect.name(value.column.table), dialect.name(value.column.name)
    select = f"SELECT DISTINCT {column} AS code FROM {table} WHERE {column} IS NOT NULL"
    if not value.steps:
        return f"{value.column.table} {value.column.name}", f"{select} ORDER BY code"
    # A record may lead to none, which is a group of its own.
    linked = f"{select} UNION SELECT {dialect.text(UNLINKED_GROUP)} ORDER BY code"
    return f"{value.column.table} {value.column.name} linked", linked
