"""Record expressions as SQL text: names, to-one joins, Kleene logic, lookups; knows nothing of sets and periods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import partial

from acmspec.ground.node import node
from acmspec.program.lookup_rows import Find, Order, lookup_row
from acmspec.program.record import (
    Active,
    Arithmetic,
    Banded,
    Column,
    Compare,
    Conditional,
    Constant,
    DaysBetween,
    DaysIn,
    Defined,
    FieldValue,
    InWindow,
    IsFound,
    IsKnown,
    Lasts,
    Later,
    Logic,
    LookBack,
    Lookup,
    Negation,
    OneOf,
    OpenOn,
    PeriodValue,
    Record,
    Sooner,
    Step,
)
from acmspec.program.relocate import parts
from acmspec.program.types import BooleanType, DateType, NumberType, TextType, Type
from acmspec.query.dialect import Dialect
from acmspec.query.span_sql import own_span

RECORD = "#record"
"""The column of every table that numbers its records; no field can be called so."""

NUMBER = f'"{RECORD}"'
"""That column, quoted."""

_COMPARISONS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPERATIONS = {"+": "+", "-": "-", "*": "*"}
_LOGIC = {"and": " AND ", "or": " OR "}


_NEVER_MISSING = (IsKnown, IsFound, Lookup)
"""What may have a value although the record it speaks of is not there."""


@dataclass(slots=True)
class Frame:
    """One record in scope: its table, the alias it has in the query, and the to-one joins its fields have asked for."""

    table: str
    alias: str
    joins: dict[tuple[Step, ...], str] = field(default_factory=dict)


Scope = tuple[Frame, ...]
"""The records in scope, the innermost first."""


@node
class Times:
    """What an expression may speak of that is no record's.

    The data date, the day each table is complete through, and the window's first and last day as SQL.
    """

    data_date: date
    through: Mapping[str, date]
    first: str = ""
    last: str = ""


class RecordSql:
    """Writes record expressions for one query.

    `keys` gives each table's key columns. A to-one step is a left join on the one key column of its table,
    which is unique among valid records, so it never multiplies records. `times` may name no window: then no
    expression may speak of the period.
    """

    def __init__(self, dialect: Dialect, keys: Mapping[str, tuple[str, ...]], times: Times) -> None:
        self._dialect = dialect
        self._keys = keys
        self._times = times
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

    def write(self, record: Record, scope: Scope, *, unknowns: bool = False) -> str:  # noqa: C901  (a case for each node of the closed union)
        """The SQL of an expression; `unknowns` makes a lookup unknown if nothing matched and something might have."""
        match record:
            case FieldValue():
                return self._field(record, scope)
            case Constant():
                return self._constant(record)
            case PeriodValue():
                return self._period_value(record)
            case Defined():
                return self._defined(record, scope, unknowns)
            case Lookup():
                return self._lookup(record, scope, unknowns)
            case InWindow():
                return self._window(record, scope, unknowns)
            case LookBack():
                return self._look_back(record, scope, unknowns)
            case OneOf():
                return self._one_of(record, scope, unknowns)
            case OpenOn() | Active() | DaysIn() | Lasts():
                through = self._times.through
                return own_span(record, self._dialect, through, partial(self.write, scope=scope, unknowns=unknowns))
            case Later() | Sooner():
                moved = self._dialect.later if isinstance(record, Later) else self._dialect.earlier
                return moved(self.write(record.operand, scope, unknowns=unknowns), record.length)
            case Conditional():
                return self._conditional(record, scope, unknowns)
            case Banded():
                return self._banded(record, scope, unknowns)
            case _:
                return self._operation(record, scope, unknowns)

    def _operation(
        self,
        record: Compare | IsKnown | IsFound | Logic | Negation | Arithmetic | DaysBetween,
        scope: Scope,
        unknowns: bool,
    ) -> str:
        def inner(one: Record) -> str:
            return self.write(one, scope, unknowns=unknowns)

        match record:
            case Compare():
                return self._compare(record, scope, unknowns)
            case IsKnown():
                return self._is_known(record, scope, unknowns)
            case IsFound():
                return f"({inner(record.path)} IS {'NOT ' if record.found else ''}NULL)"
            case Logic():
                return f"({_LOGIC[record.operator].join(inner(one) for one in record.operands)})"
            case Negation():
                return f"(NOT {inner(record.operand)})"
            case Arithmetic():
                return f"({inner(record.left)} {_OPERATIONS[record.operator]} {inner(record.right)})"
            case DaysBetween():
                return self._dialect.days_between(inner(record.start), inner(record.end))

    def _defined(self, record: Defined, scope: Scope, unknowns: bool) -> str:
        """A definition; over steps that lead to no record it has no value, also where its parts would have one."""
        body = self.write(record.body, scope, unknowns=unknowns)
        if not record.steps or not any(isinstance(one, _NEVER_MISSING) for one in parts(record.body)):
            return body
        last = record.steps[-1]
        key = Column(last.table, self._key(last))
        found = self._field(FieldValue(record.scope, record.steps, key, record.type, optional=True), scope)
        return f"(CASE WHEN {found} IS NOT NULL THEN {body} END)"

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
        return f"{self._dialect.name(self._reached_by(record, scope))}.{self._dialect.name(record.column.name)}"

    def _reached_by(self, record: FieldValue, scope: Scope) -> str:
        """The alias of the record that the steps of a field lead to; what joins it is asked for."""
        frame = scope[record.scope]
        alias = frame.alias
        for end in range(1, len(record.steps) + 1):
            alias = frame.joins.setdefault(record.steps[:end], f"{frame.alias}s{len(frame.joins)}")
        return alias

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
            return f"({self._text(value, record.type)})"
        return self._dialect.day(value) if isinstance(value, date) else self._dialect.number(value)

    def _period_value(self, record: PeriodValue) -> str:
        if record.value is not None or not record.of_window:
            return self._dialect.day(record.value or self._times.data_date)
        first, last = self._times.first, self._times.last
        if not first:
            raise ValueError(f"there is no window whose {record.which} could be meant")
        if record.which == "length of period":
            return f"({self._dialect.days_between(first, last)} + 1)"
        return first if record.which == "period start" else last

    def _one_of(self, record: OneOf, scope: Scope, unknowns: bool) -> str:
        operand = self.write(record.operand, scope, unknowns=unknowns)
        if not record.values:
            return f"CASE WHEN {operand} IS NOT NULL THEN FALSE END"
        kind = record.operand.type
        listed = (
            self._text(one, kind) if isinstance(one, str) else self._constant(Constant(one, kind))
            for one in record.values
        )
        return f"({operand} IN ({', '.join(listed)}))"

    def _conditional(self, record: Conditional, scope: Scope, unknowns: bool) -> str:
        condition, then, otherwise = (
            self.write(one, scope, unknowns=unknowns) for one in (record.condition, record.then, record.otherwise)
        )
        # A condition that is NULL is neither, and leaves the whole without a value.
        return f"(CASE {condition} WHEN TRUE THEN {then} WHEN FALSE THEN {otherwise} END)"

    def _banded(self, record: Banded, scope: Scope, unknowns: bool) -> str:
        value, kind = self.write(record.operand, scope, unknowns=unknowns), record.operand.type
        bands = zip(reversed(record.edges), reversed(record.labels), strict=True)
        ways = (
            f"WHEN {value} >= {self._constant(Constant(edge, kind))} THEN {self._dialect.text(label)}"
            for edge, label in bands
        )
        return f"(CASE {' '.join(ways)} END)"

    def _text(self, value: str, of: Type) -> str:
        """A literal as it stands beside values of a type."""
        sql = self._dialect.text(value)
        return self._dialect.folded(sql, of.spellings) if isinstance(of, TextType) and of.folded else sql

    def _window(self, record: InWindow, scope: Scope, unknowns: bool) -> str:
        day = self.write(record.operand, scope, unknowns=unknowns)
        anchor = self.write(record.anchor, scope, unknowns=unknowns)
        start = ">=" if record.inclusive else ">"
        first = self._dialect.later(anchor, record.opens) if record.opens else anchor
        return f"({day} {start} {first} AND {day} <= {self._dialect.later(anchor, record.length)})"

    def _look_back(self, record: LookBack, scope: Scope, unknowns: bool) -> str:
        day = self.write(record.operand, scope, unknowns=unknowns)
        anchor = self.write(record.anchor, scope, unknowns=unknowns)
        end = "<=" if record.inclusive else "<"
        return f"({day} >= {self._dialect.earlier(anchor, record.length)} AND {day} {end} {anchor})"

    # --- lookups ------------------------------------------------------------------------------------------

    def _lookup(self, record: Lookup, scope: Scope, unknowns: bool) -> str:
        row, search = lookup_row(record.function), self._search(record, scope, unknowns)
        if row.is_question:
            found = self._find(search.frame, search.matches)
            if unknowns and search.where:
                found = f"CASE WHEN {found} THEN TRUE WHEN {self._maybe(search)} THEN NULL ELSE FALSE END"
            return f"(NOT {found})" if row.find is Find.ABSENCE else f"({found})"
        if row.find is Find.REACHED:
            return self._reached(record, search, scope, unknowns)
        what = _FOUND.get(row.find)
        if what is None:
            raise ValueError(f"the {row.name} of other records is a fraction and stands in a comparison only")
        sql = self._taken(record, search, scope, what, unknowns)
        if unknowns and search.where and row.never_missing:
            return f"(CASE WHEN {self._doubt(search)} THEN NULL ELSE {sql} END)"
        return sql

    def _search(self, record: Lookup, scope: Scope, unknowns: bool) -> "_Search":
        frame = self.frame(record.table)
        links = [
            f"{self.column(frame, column.name)} = {self.write(outer, scope, unknowns=unknowns)}"
            for column, outer in record.links
        ]
        if record.other:
            links.append(f"{self.column(frame, RECORD)} <> {self._looking(record, scope)}")
        where = "" if record.where is None else self.write(record.where, (frame, *scope), unknowns=unknowns)
        return _Search(frame, links, where)

    def _taken(self, record: Lookup, search: "_Search", scope: Scope, what: str, unknowns: bool) -> str:
        """A scalar query over the records that match; `what` is selected of them, with {value} to fill in."""
        row, inner = lookup_row(record.function), (search.frame, *scope)
        value = "" if record.expression is None else self.write(record.expression, inner, unknowns=unknowns)
        ordered = ""
        if row.find is Find.ONE:
            direction = "DESC" if row.order is Order.BACKWARD else "ASC"
            keys = [self.write(one, inner) for one in record.by]
            # A missing value comes last whichever end is taken, as in the choices of cohorts.
            order = [
                part for key in keys for part in (f"CASE WHEN {key} IS NULL THEN 1 ELSE 0 END", f"{key} {direction}")
            ]
            number = self.column(search.frame, RECORD)
            ordered = f" ORDER BY {', '.join(order or [number])} LIMIT 1 OFFSET {record.position - 1}"
        matches = " AND ".join(search.matches) or "TRUE"
        return f"(SELECT {what.format(value=value)} FROM {self.source(search.frame)} WHERE {matches}{ordered})"

    def _reached(self, record: Lookup, search: "_Search", scope: Scope, unknowns: bool) -> str:
        """The first value of the key by which the total is reached; what is equal in the key is added at once."""
        inner = (search.frame, *scope)
        if record.expression is None or record.amount is None:
            raise ValueError("a total that is to be reached has a value and an amount")
        value, key = self.write(record.expression, inner, unknowns=unknowns), self.write(record.by[0], inner)
        matches = " AND ".join([*search.matches, f"{key} IS NOT NULL"])
        total = f"SUM({value}) OVER (ORDER BY {key} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        totals = f"SELECT {key} AS at, {total} AS total FROM {self.source(search.frame)} WHERE {matches}"
        amount = self._constant(Constant(record.amount, record.expression.type))
        return f"(SELECT MIN(t.at) FROM ({totals}) AS t WHERE t.total >= {amount})"

    def _compare(self, record: Compare, scope: Scope, unknowns: bool) -> str:
        """A comparison; averages are multiplied out, since engines divide inexactly. Their divisors are above zero."""
        left, below_left = self._fraction(record.left, scope, unknowns)
        right, below_right = self._fraction(record.right, scope, unknowns)
        left, right = (
            (f"({left} * {below_right})" if below_right else left),
            (f"({right} * {below_left})" if below_left else right),
        )
        return f"({left} {_COMPARISONS[record.operator]} {right})"

    def _fraction(self, record: Record, scope: Scope, unknowns: bool) -> tuple[str, str]:
        """A value as SQL and what it is to be divided by, "" for nothing; the first is unknown where there is none."""
        while isinstance(record, Defined):
            record = record.body
        if not isinstance(record, Lookup) or lookup_row(record.function).find is not Find.QUOTIENT:
            return self.write(record, scope, unknowns=unknowns), ""
        above, below = self._search(record, scope, unknowns), self._search(record, scope, unknowns)
        return (
            self._taken(record, above, scope, "SUM({value})", unknowns),
            self._taken(record, below, scope, "COUNT({value})", unknowns),
        )

    def _is_known(self, record: IsKnown, scope: Scope, unknowns: bool) -> str:
        value, _ = self._fraction(record.operand, scope, unknowns)
        sql = f"({value} IS {'NOT ' if record.known else ''}NULL)"
        operand = record.operand
        while isinstance(operand, Defined):
            operand = operand.body
        if unknowns and isinstance(operand, Lookup) and not lookup_row(operand.function).never_missing:
            search = self._search(operand, scope, unknowns)
            is_total = lookup_row(operand.function).is_total_over_time
            doubt = f"{value} IS NULL AND {self._maybe(search)}" if is_total else self._doubt(search)
            return f"(CASE WHEN {doubt} THEN NULL ELSE {sql} END)" if search.where else sql
        return sql

    def _looking(self, record: Lookup, scope: Scope) -> str:
        """The number of the record that looks: where its links start, further out or over steps in a definition."""
        starts = (outer for _, outer in record.links if isinstance(outer, FieldValue))
        start = next(starts, None)
        alias = scope[0].alias if start is None else self._reached_by(start, scope)
        return f"{self._dialect.name(alias)}.{NUMBER}"

    def _find(self, frame: Frame, conditions: list[str]) -> str:
        return f"EXISTS (SELECT 1 FROM {self.source(frame)} WHERE {' AND '.join(conditions) or 'TRUE'})"

    def _maybe(self, search: "_Search") -> str:
        return self._find(search.frame, [*search.links, f"{search.where} IS NULL"])

    def _doubt(self, search: "_Search") -> str:
        """Whether nothing matches and something might have."""
        return f"(NOT {self._find(search.frame, search.matches)} AND {self._maybe(search)})"

    def several(self, record: Record, scope: Scope) -> Iterator[tuple[str, str]]:
        """For each lookup of the only record, the table looked into and SQL that is true where there is more than one.

        Inside another lookup it is asked of every record with the same entity, whatever else is said of it.
        """
        if not isinstance(record, Lookup):
            for one in fields(record):
                value = getattr(record, one.name)
                for each in value if isinstance(value, tuple) else (value,):
                    if isinstance(each, Record):
                        yield from self.several(each, scope)
            return
        for _, outer in record.links:
            yield from self.several(outer, scope)
        search, row = self._search(record, scope, unknowns=False), lookup_row(record.function)
        if row.find is Find.ONE and row.order is Order.NONE:
            yield (
                record.table,
                f"({self._taken(replace(record, function='count'), search, scope, 'COUNT(*)', False)} > 1)",
            )
        for inside in (record.expression, record.where):
            if inside is not None:
                for table, sql in self.several(inside, (search.frame, *scope)):
                    yield table, self._find(search.frame, [*search.links, sql])


@dataclass(slots=True)
class _Search:
    """A lookup in the making: its record, what links it, and its condition, "" if it has none."""

    frame: Frame
    links: list[str]
    where: str

    @property
    def matches(self) -> list[str]:
        """All that a record must fulfil."""
        return [*self.links, self.where] if self.where else self.links


_FOUND = {
    Find.COUNT: "COUNT(*)",
    Find.DISTINCT: "COUNT(DISTINCT {value})",
    Find.TOTAL: "COALESCE(SUM({value}), 0)",
    Find.LEAST: "MIN({value})",
    Find.MOST: "MAX({value})",
    Find.ONE: "{value}",
}
"""What is selected of the records that match; a quotient has no exact form here."""
