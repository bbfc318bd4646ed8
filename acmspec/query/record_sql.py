"""Record expressions as SQL text: names, to-one joins, Kleene logic, lookups; knows nothing of sets and periods."""

from functools import partial

from acmspec.ground.calendar import Length
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.record import (
    Active,
    Arithmetic,
    Banded,
    BusinessDaysBetween,
    Column,
    Compare,
    Completed,
    Conditional,
    Constant,
    Converted,
    DayOf,
    DaysBetween,
    DaysIn,
    Defined,
    EdgeOf,
    Elapsed,
    FieldValue,
    InDays,
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
    PeriodOf,
    PeriodValue,
    Record,
)
from acmspec.program.relocate import parts
from acmspec.query.decimals import most_decimals
from acmspec.query.frames import Scope
from acmspec.query.literal_sql import as_text, constant
from acmspec.query.lookup_sql import LookupSql
from acmspec.query.span_sql import own_span
from acmspec.query.time_sql import in_time, shifted
from acmspec.query.window_sql import in_days, moved_by, raw

_COMPARISONS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPERATIONS = {"+": "+", "-": "-"}
_LOGIC = {"and": " AND ", "or": " OR "}


_NEVER_MISSING = (IsKnown, IsFound, Lookup)
"""What may have a value although the record it speaks of is not there."""


class RecordSql(LookupSql):
    """Writes record expressions for one query."""

    def write(self, record: Record, scope: Scope, *, unknowns: bool = False) -> str:  # noqa: C901  (a case for each node of the closed union)
        """The SQL of an expression; `unknowns` makes a lookup unknown if nothing matched and something might have."""
        match record:
            case FieldValue():
                return self._field(record, scope)
            case Constant():
                return constant(self._dialect, record)
            case PeriodValue():
                return self._period_value(record, scope)
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
            case DaysBetween() | BusinessDaysBetween():
                return self._days(record, scope, unknowns)
            case Later():
                return self._moved(record, scope, unknowns)
            case InDays():
                days = (record.operand, record.first, record.last)
                return in_days(record, *(self.write(one, scope, unknowns=unknowns) for one in days))
            case Conditional():
                return self._conditional(record, scope, unknowns)
            case Banded():
                return self._banded(record, scope, unknowns)
            case DayOf() | Elapsed() | Completed() | PeriodOf() | EdgeOf() | Converted():
                self._dialect.make_room(most_decimals(record))
                return in_time(self._dialect, record, partial(self.write, scope=scope, unknowns=unknowns))
            case _:
                return self._operation(record, scope, unknowns)

    def _moved(self, record: Later, scope: Scope, unknowns: bool) -> str:
        date = self.write(record.operand, scope, unknowns=unknowns)
        if isinstance(record.length, Length):
            return shifted(self._dialect, date, record.length, back=record.back)
        number = self.write(record.length, scope, unknowns=unknowns)
        return moved_by(self._dialect, date, number, record.length.type, back=record.back)

    def _days(self, record: DaysBetween | BusinessDaysBetween, scope: Scope, unknowns: bool) -> str:
        start, end = (self.write(one, scope, unknowns=unknowns) for one in (record.start, record.end))
        if isinstance(record, BusinessDaysBetween):
            return self._dialect.business_days(start, end, record.calendar)
        return self._dialect.days_between(start, end)

    def _operation(
        self,
        record: Compare | IsKnown | IsFound | Logic | Negation | Arithmetic,
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
                return _joined(record.operator, [inner(one) for one in record.operands])
            case Negation():
                return f"(NOT {inner(record.operand)})"
            case Arithmetic(operator="*"):
                self._dialect.make_room(most_decimals(record))
                return self._dialect.product(inner(record.left), inner(record.right))
            case Arithmetic():
                return f"({inner(record.left)} {_OPERATIONS[record.operator]} {inner(record.right)})"

    def _defined(self, record: Defined, scope: Scope, unknowns: bool) -> str:
        """A definition; over steps that lead to no record it has no value, also where its parts would have one."""
        body = self.write(record.body, scope, unknowns=unknowns)
        if not record.steps or not any(isinstance(one, _NEVER_MISSING) for one in parts(record.body)):
            return body
        last = record.steps[-1]
        key = Column(last.table, self.key(last))
        found = self._field(FieldValue(record.scope, record.steps, key, record.type, optional=True), scope)
        return f"(CASE WHEN {found} IS NOT NULL THEN {body} END)"

    def text(self, record: Record, scope: Scope) -> str:
        """The SQL of an expression's value as the text people read: yes and no, 2025-07-01, 1.5."""
        while isinstance(record, Defined) and not record.steps:
            record = record.body
        # A length of time is shown in its own unit, as its column holds it.
        sql = self._stored(record, scope) if isinstance(record, FieldValue) else self.write(record, scope)
        return as_text(self._dialect, sql, record.type)

    def _field(self, record: FieldValue, scope: Scope) -> str:
        return raw(self._stored(record, scope), record.type)

    def _stored(self, record: FieldValue, scope: Scope) -> str:
        stored = f"{self._dialect.name(self.alias_of(record, scope))}.{self._dialect.name(record.column.name)}"
        return self.seen(stored, record.scope, scope)

    def _period_value(self, record: PeriodValue, scope: Scope) -> str:
        if record.value is not None or not record.of_window:
            return self._dialect.day(record.value or self._times.data_date)
        first, last = self._times.first, self._times.last
        if not first:
            raise ValueError(f"there is no window whose {record.which} could be meant")
        # The window stands beside the outermost record.
        first, last = (self.seen(one, len(scope) - 1, scope) for one in (first, last))
        if record.which == "length of period":
            return f"({self._dialect.days_between(first, last)} + 1)"
        return first if record.which == "period start" else last

    def _one_of(self, record: OneOf, scope: Scope, unknowns: bool) -> str:
        operand = self.write(record.operand, scope, unknowns=unknowns)
        if not record.values:
            return f"CASE WHEN {operand} IS NOT NULL THEN FALSE END"
        kind = record.operand.type
        listed = (constant(self._dialect, Constant(one, kind)) for one in record.values)
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
            f"WHEN {value} >= {constant(self._dialect, Constant(edge, kind))} THEN {self._dialect.text(label)}"
            for edge, label in bands
        )
        return f"(CASE {' '.join(ways)} END)"

    def _window(self, record: InWindow, scope: Scope, unknowns: bool) -> str:
        day = self.write(record.operand, scope, unknowns=unknowns)
        anchor = self.write(record.anchor, scope, unknowns=unknowns)
        start = ">=" if record.inclusive else ">"
        first = shifted(self._dialect, anchor, record.opens) if record.opens else anchor
        return f"({day} {start} {first} AND {day} <= {shifted(self._dialect, anchor, record.length)})"

    def _look_back(self, record: LookBack, scope: Scope, unknowns: bool) -> str:
        day = self.write(record.operand, scope, unknowns=unknowns)
        anchor = self.write(record.anchor, scope, unknowns=unknowns)
        end = "<=" if record.inclusive else "<"
        return f"({day} >= {shifted(self._dialect, anchor, record.length, back=True)} AND {day} {end} {anchor})"

    def _compare(self, record: Compare, scope: Scope, unknowns: bool) -> str:
        """A comparison; averages are multiplied out, since engines divide inexactly. Their divisors are above zero."""
        left, below_left = self._fraction(record.left, scope, unknowns)
        right, below_right = self._fraction(record.right, scope, unknowns)
        left, right = (
            (f"({left} * {below_right})" if below_right else left),
            (f"({right} * {below_left})" if below_left else right),
        )
        return f"({left} {_COMPARISONS[record.operator]} {right})"

    def _is_known(self, record: IsKnown, scope: Scope, unknowns: bool) -> str:
        operand = record.operand
        while isinstance(operand, Defined):
            operand = operand.body
        if unknowns and isinstance(operand, FieldValue) and self.is_sure(operand, scope):
            return _fixed(holds=record.known)
        if not unknowns or not isinstance(operand, Lookup):
            return _asked_of(self._fraction(record.operand, scope, unknowns)[0], record)
        row = lookup_row(operand.function)
        if row.is_question and not self.search(operand, scope, unknowns).may_doubt:
            return _fixed(holds=record.known)
        if row.never_missing:
            # A total is known, whatever is in doubt and whatever it leaves out.
            return _asked_of(self._fraction(record.operand, scope, unknowns and not row.leaves_out)[0], record)
        search = self.search(operand, scope, unknowns)
        if row.leaves_out and operand.expression is not None:
            value = self.write(operand.expression, (search.frame, *scope), unknowns=unknowns)
            found = self.find(search, [*search.matches, f"{value} IS NOT NULL"])
            sql = found if record.known else f"(NOT {found})"
        else:
            value, _ = self._fraction(record.operand, scope, unknowns)
            sql = _asked_of(value, record)
        if not search.may_doubt:
            return sql  # whatever is found is sure
        doubt = f"{value} IS NULL AND {self._maybe(search)}" if row.is_total_over_time else self._doubt(search)
        return f"(CASE WHEN {doubt} THEN NULL ELSE {sql} END)"


def _joined(operator: str, operands: list[str]) -> str:
    """Conditions joined, without those that are always so; one that decides alone stands for all."""
    decides, other = ("FALSE", "TRUE") if operator == "and" else ("TRUE", "FALSE")
    if decides in operands:
        return decides
    left = [one for one in operands if one != other]
    return f"({_LOGIC[operator].join(left)})" if left else other


def _fixed(*, holds: bool) -> str:
    return "TRUE" if holds else "FALSE"


def _asked_of(value: str, record: IsKnown) -> str:
    return f"({value} IS {'NOT ' if record.known else ''}NULL)"
