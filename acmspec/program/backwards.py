"""Says where time is counted from a date to one that can't lie behind it; knows no data.

Which of two dates comes first is known of the ends of a span, of what a table's checks ask, of conditions that hold
together with what is counted, and of the period's own days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from acmspec.formula.tree import Age, Between, Binary, Call, Formula, Known, Name, Number, Within
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.catalog import Catalog
from acmspec.program.empty_questions import Place
from acmspec.program.group import Aggregate
from acmspec.program.possible import Meaning, opened
from acmspec.program.record import (
    BusinessDaysBetween,
    Compare,
    Completed,
    Converted,
    DayOf,
    DaysBetween,
    Elapsed,
    FieldValue,
    InWindow,
    Logic,
    LookBack,
    Lookup,
    PeriodValue,
    Record,
)
from acmspec.program.relocate import below, is_faulty
from acmspec.program.types import DatetimeType, DateType
from acmspec.spec.tree import Table

BACKWARDS = Problem(
    "ACM281",
    "time that is counted backwards",
    "Time is counted from the earlier date to the later one; the other way round it is never above zero, and no date "
    "lies in a window behind one that comes after it.",
    "Let the two dates change places.",
    "A period of time must be counted from the earlier date to the later one.",
    Severity.WARNING,
)
PROBLEMS = (BACKWARDS,)

_EARLIER, _LATER = frozenset({"<", "<="}), frozenset({">", ">="})
_ENDS = (("period start", "period end"), ("contract start", "contract end"))

Order = tuple[Record, Record]
"""Two dates, of which the first is never after the second."""


@node
class _Count:
    """Where counting starts and where it ends, and what it comes to where that is the earlier date."""

    start: Record
    end: Record
    comes_to: str = "this is never above zero"


def say_if_backwards(formula: Formula, found: Meaning, place: Place, catalog: Catalog) -> None:
    """Say it where time is counted to a date that its table, or what the two are, puts before the other."""
    count = _count(found)
    if count is None or is_faulty(found):
        return
    why = _known(count, catalog)
    if why:
        _say(count, formula.span, _swapped(formula), why, place)


def say_if_backwards_together(parts: Sequence[tuple[Formula, Record]], place: Place, catalog: Catalog) -> None:
    """Say it of conditions that hold together, where one counts to a date that another puts first."""
    known = [_orders([meaning]) for _, meaning in parts]
    if not any(known):
        return
    for at, (formula, meaning) in enumerate(parts):
        others = {order: why for each in (*known[:at], *known[at + 1 :]) for order, why in each.items()}
        _say_beside(formula, meaning, others, place, catalog)


def say_if_backwards_in(formula: Call, found: Aggregate, place: Place, catalog: Catalog) -> None:
    """Say it of an aggregate that counts to a date which its set, its `where` or the period puts first."""
    around = {**_orders(found.population.wheres, "by the conditions of its set"), **_dated(found.population.dated)}
    written, where = formula.over.where, found.where
    if written is not None and where is not None:
        _say_beside(written, where, around, place, catalog)
        around |= _orders([where])
    if formula.expression is not None and found.expression is not None:
        _say_beside(formula.expression, found.expression, around, place, catalog)


def _say_beside(formula: Formula, found: Record, known: Mapping[Order, str], place: Place, catalog: Catalog) -> None:
    """Say it where time is counted to a date that comes first by what is `known`, and not by its table already."""
    for count in _counts(found) if known else ():
        days, moments = (count.end, count.start), (_moment(count.end), _moment(count.start))
        why = known.get(days) or known.get(moments, "")
        if why and not _known(count, catalog) and not is_faulty(found):
            _say(count, formula.span, "", why, place)
            return


def _orders(conditions: Iterable[Meaning], why: str = "by what is asked beside it") -> dict[Order, str]:
    """Which dates come first where all of some conditions are met, each with the reason given."""
    return {order: why for condition in conditions for order in _ordered(condition)}


def _ordered(condition: Meaning) -> Iterator[Order]:
    match opened(condition):
        case Logic(operator="and", operands=operands):
            for one in operands:
                yield from _ordered(one)
        case Compare(operator=sign, left=left, right=right) if isinstance(left.type, DateType | DatetimeType):
            if sign in _EARLIER | _LATER:
                one, two = _opened(left), _opened(right)
                yield (one, two) if sign in _EARLIER else (two, one)
        case InWindow(operand=later, anchor=earlier) | LookBack(operand=earlier, anchor=later):
            yield _opened(earlier), _opened(later)


def _dated(dated: Record | None) -> dict[Order, str]:
    """Where the date lies by which a record comes into a period, with the reason."""
    if dated is None or not isinstance(dated.type, DateType):
        return {}
    why, day = "as that date brings the record into the period", _opened(dated)
    first, last = (PeriodValue(which, DateType()) for which in _ENDS[0])
    return {(first, day): why, (day, last): why}


def _count(found: Meaning) -> _Count | None:
    match found:
        case Converted(operand=inner):
            return _count(inner)
        case DaysBetween(start=start, end=end) | BusinessDaysBetween(start=start, end=end):
            return _Count(_opened(start), _opened(end))
        case Elapsed(start=start, end=end) | Completed(start=start, end=end):
            return _Count(_opened(start), _opened(end))
        case InWindow(operand=later, anchor=earlier) | LookBack(operand=earlier, anchor=later):
            lies = "nothing but the same day" if found.inclusive else "nothing"
            return _Count(_opened(earlier), _opened(later), f"{lies} lies in this window")
        case _:
            return None


def _counts(record: Record) -> Iterator[_Count]:
    """What is counted anywhere in a value of one record; other records have dates of their own."""
    count = _count(opened(record))
    if count is not None:
        yield count
    for one in () if isinstance(record, Lookup) else below(record):
        yield from _counts(one)


def _opened(record: Record) -> Record:
    found = opened(record)
    if not isinstance(found, Record):
        raise TypeError("a definition for one record stands for a value of one record")
    return found


def _moment(record: Record) -> Record:
    """The moment that a day is that of; the day itself where it is none's."""
    return _opened(record.operand) if isinstance(record, DayOf) else record


def _known(count: _Count, catalog: Catalog) -> str:
    """Why it is known that counting ends before it starts; "" where it isn't."""
    start, end = _moment(count.start), _moment(count.end)
    match start, end:
        case PeriodValue(which=later), PeriodValue(which=earlier) if (earlier, later) in _ENDS:
            return "whatever the period"
        case FieldValue(), FieldValue() if (start.scope, start.steps) == (end.scope, end.steps):
            table = catalog.tables.get(start.column.table)
            if table is None or end.column.table != start.column.table:
                return ""
            names = (end.column.name, start.column.name)
            if table.interval is not None and names == tuple(one.value for one in table.interval):
                return f"as the span of “{table.name.value}” runs from {names[0]} to {names[1]}"
            return f"by a check of “{table.name.value}”" if names in _checked(table) else ""
        case _:
            return ""


# --- what checks say ------------------------------------------------------------------------------------------


def _checked(table: Table) -> frozenset[tuple[str, str]]:
    """The names of fields of which a table's checks let the first be no later than the second."""
    trees = [one.tree for one in table.checks if one.tree is not None]
    return frozenset(pair for tree in trees for pair in _asked(tree))


def _asked(formula: Formula) -> frozenset[tuple[str, str]]:
    match formula:
        case Binary(operator="and", left=left, right=right):
            return _asked(left) | _asked(right)
        case Binary(operator="or", left=left, right=right):
            ways = [_asked(one) for one in (left, right) if not _is_missing(one)]
            return frozenset[tuple[str, str]]().union(*ways[:1]).intersection(*ways[1:])
        case Binary(operator=">=" | ">", left=Between(start=Name() as one, end=Name() as two), right=Number() as least):
            return _pair(one, two) if least.amount.value >= 0 else frozenset()
        case Binary(operator=sign, left=Name() as one, right=Name() as two) if sign in _EARLIER | _LATER:
            return _pair(one, two) if sign in _EARLIER else _pair(two, one)
        case Within(operand=Name() as one, anchor=Name() as two, before=before):
            return _pair(one, two) if before else _pair(two, one)
        case _:
            return frozenset()


def _pair(one: Name, two: Name) -> frozenset[tuple[str, str]]:
    return frozenset({(".".join(one.parts), ".".join(two.parts))})


def _is_missing(formula: Formula) -> bool:
    """Whether a condition asks that something is missing, where dates have no order."""
    return isinstance(formula, Known) and not formula.known


# --- what is said ---------------------------------------------------------------------------------------------


def _say(count: _Count, span: Span, fix: str, why: str, place: Place) -> None:
    message = f"“{span.text}” counts towards the earlier date, {why}: {count.comes_to}"
    place.say(BACKWARDS, span, message, label="backwards", fix=fix)


def _swapped(formula: Formula) -> str:
    """The formula with its two dates in each other's place, as a fix; "" where it has no two."""
    match formula:
        case Between(start=one, end=two) | Age(birth=one, day=two):
            return _changed(formula.span, one.span, two.span)
        case Within(operand=one, anchor=two) if one is not None:
            return _changed(formula.span, one.span, two.span)
        case _:
            return ""


def _changed(whole: Span, one: Span, two: Span) -> str:
    start, text = whole.start, whole.text
    head, middle, rest = text[: one.start - start], text[one.end - start : two.start - start], text[two.end - start :]
    return f"Write “{head}{two.text}{middle}{one.text}{rest}”."
