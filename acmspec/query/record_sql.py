"""Record expressions as SQL text: names, to-one joins, Kleene logic, lookups; knows nothing of sets and periods."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from acmspec.program.record import (
    Arithmetic,
    Compare,
    Constant,
    DaysBetween,
    Defined,
    Exists,
    FieldValue,
    InWindow,
    IsKnown,
    Logic,
    Negation,
    OneOf,
    Record,
    Step,
)
from acmspec.program.types import BooleanType, DateType, NumberType
from acmspec.query.dialect import Dialect

RECORD = "#record"
"""The column of every table that numbers its records; no field can be called so."""

NUMBER = f'"{RECORD}"'
"""That column, quoted."""

_COMPARISONS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPERATIONS = {"+": "+", "-": "-", "*": "*"}
_LOGIC = {"and": " AND ", "or": " OR "}


@dataclass(slots=True)
class Frame:
    """One record in scope: its table, the alias it has in the query, and the to-one joins its fields have asked for."""

    table: str
    alias: str
    joins: dict[tuple[Step, ...], str] = field(default_factory=dict)


Scope = tuple[Frame, ...]
"""The records in scope, the innermost first."""


class RecordSql:
    """Writes record expressions for one query.

    `keys` gives each table's key columns. A to-one step is a left join on the one key column of its table,
    which is unique among valid records, so it never multiplies records.
    """

    def __init__(self, dialect: Dialect, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._dialect = dialect
        self._keys = keys
        self._aliases = 0

    def frame(self, table: str) -> Frame:
        """A new record of a table, under an alias of its own."""
        self._aliases += 1
        return Frame(table, f"r{self._aliases}")

    def column(self, frame: Frame, name: str) -> str:
        """A column of a frame's own record."""
        return f"{self._dialect.name(frame.alias)}.{self._dialect.name(name)}"

    def source(self, frame: Frame) -> str:
        """What stands after FROM for a frame; to be asked for once every expression over it is written."""
        name = self._dialect.name
        parts = [f"{name(frame.table)} AS {name(frame.alias)}"]
        for steps, alias in frame.joins.items():
            step = steps[-1]
            via = f"{name(frame.joins.get(steps[:-1], frame.alias))}.{name(step.via.name)}"
            parts.append(
                f"LEFT JOIN {name(step.table)} AS {name(alias)} ON {name(alias)}.{name(self._key(step))} = {via}"
            )
        return " ".join(parts)

    def write(self, record: Record, scope: Scope, *, unknowns: bool = False) -> str:
        """The SQL of an expression; `unknowns` makes a lookup unknown if nothing matched and something might have."""
        match record:
            case FieldValue():
                return self._field(record, scope)
            case Constant():
                return self._constant(record)
            case Defined():
                return self.write(record.body, scope, unknowns=unknowns)
            case Exists():
                return self._exists(record, scope, unknowns)
            case InWindow():
                return self._window(record, scope, unknowns)
            case OneOf():
                return self._one_of(record, scope, unknowns)
            case _:
                return self._operation(record, scope, unknowns)

    def _operation(
        self,
        record: Compare | IsKnown | Logic | Negation | Arithmetic | DaysBetween,
        scope: Scope,
        unknowns: bool,
    ) -> str:
        def inner(one: Record) -> str:
            return self.write(one, scope, unknowns=unknowns)

        match record:
            case Compare():
                return f"({inner(record.left)} {_COMPARISONS[record.operator]} {inner(record.right)})"
            case IsKnown():
                return f"({inner(record.operand)} IS {'NOT ' if record.known else ''}NULL)"
            case Logic():
                return f"({_LOGIC[record.operator].join(inner(one) for one in record.operands)})"
            case Negation():
                return f"(NOT {inner(record.operand)})"
            case Arithmetic():
                return f"({inner(record.left)} {_OPERATIONS[record.operator]} {inner(record.right)})"
            case DaysBetween():
                return self._dialect.days_between(inner(record.start), inner(record.end))

    def text(self, record: Record, scope: Scope) -> str:
        """The SQL of an expression's value as the text people read: yes and no, 2025-07-01, 1.5."""
        sql = self.write(record, scope)
        match record.type:
            case BooleanType():
                return f"CASE WHEN {sql} THEN 'yes' WHEN NOT {sql} THEN 'no' END"
            case NumberType():
                return self._dialect.plain_number(sql)
            case DateType():
                return f"CAST({sql} AS VARCHAR)"
            case _:
                return sql

    def _field(self, record: FieldValue, scope: Scope) -> str:
        frame = scope[record.scope]
        alias = frame.alias
        for end in range(1, len(record.steps) + 1):
            alias = frame.joins.setdefault(record.steps[:end], f"{frame.alias}s{len(frame.joins)}")
        return f"{self._dialect.name(alias)}.{self._dialect.name(record.column.name)}"

    def _key(self, step: Step) -> str:
        key = self._keys[step.table]
        if len(key) != 1:
            raise ValueError(f"the step {step.name} leads to {step.table}, whose key is not one column")
        return key[0]

    def _constant(self, record: Constant) -> str:
        value = record.value
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, str):
            return f"({self._dialect.text(value)})"
        return self._dialect.day(value) if isinstance(value, date) else self._dialect.number(value)

    def _one_of(self, record: OneOf, scope: Scope, unknowns: bool) -> str:
        operand = self.write(record.operand, scope, unknowns=unknowns)
        if not record.values:
            return f"CASE WHEN {operand} IS NOT NULL THEN FALSE END"
        return f"({operand} IN {self._dialect.texts(record.values)})"

    def _window(self, record: InWindow, scope: Scope, unknowns: bool) -> str:
        day = self.write(record.operand, scope, unknowns=unknowns)
        anchor = self.write(record.anchor, scope, unknowns=unknowns)
        start = ">=" if record.inclusive else ">"
        return f"({day} {start} {anchor} AND {day} <= {self._dialect.later(anchor, record.length)})"

    def _exists(self, record: Exists, scope: Scope, unknowns: bool) -> str:
        frame = self.frame(record.table)
        links = [
            f"{self.column(frame, column.name)} = {self.write(outer, scope, unknowns=unknowns)}"
            for column, outer in record.links
        ]
        if record.other:
            links.append(f"{self.column(frame, RECORD)} <> {self.column(self._looking(record, scope), RECORD)}")
        where = "" if record.where is None else self.write(record.where, (frame, *scope), unknowns=unknowns)
        matches = [*links, where] if where else links
        found = self._find(frame, matches)
        if unknowns and where:
            maybe = self._find(frame, [*links, f"{where} IS NULL"])
            found = f"CASE WHEN {found} THEN TRUE WHEN {maybe} THEN NULL ELSE FALSE END"
        return f"(NOT {found})" if record.negated else f"({found})"

    def _looking(self, record: Exists, scope: Scope) -> Frame:
        """The record that looks, which its links start from: further out where a definition is used in a lookup."""
        starts = (outer.scope for _, outer in record.links if isinstance(outer, FieldValue) and not outer.steps)
        return scope[next(starts, 0)]

    def _find(self, frame: Frame, conditions: list[str]) -> str:
        return f"EXISTS (SELECT 1 FROM {self.source(frame)} WHERE {' AND '.join(conditions) or 'TRUE'})"
