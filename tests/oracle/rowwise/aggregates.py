"""What an aggregate makes of each record of its set, and of all of them together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from acmspec.formula.tree import Call, Formula, Name, Number, SetUse
from acmspec.spec.tree import Metric
from rowwise import covered, looks
from rowwise.figure import Figure, Seen
from rowwise.gaps import called, left_open, unlinked
from rowwise.membership import Members, members
from rowwise.parts import speaks_of_period
from rowwise.periods import Stretch
from rowwise.sets import present
from rowwise.tables import Row, Value
from rowwise.values import value
from rowwise.views import View
from rowwise.world import Here, World, at


@dataclass(frozen=True)
class Judged:
    """What an aggregate makes of one record.

    It is lost if it looks at days before the data begins. Its value is doubtful if it is unknown once lookups may be.
    """

    waits: bool
    is_lost: bool
    where: Value
    value: Value
    weight: Value
    is_unjudged: bool
    is_doubtful: bool
    matures: date | None
    gaps: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What all records come to."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    size: Fraction | None = None


class Aggregates:
    """The aggregates of one metric; sets are made once a window, records judged once."""

    def __init__(self, world: World, metric: Metric) -> None:
        self.world = world
        self.metric = metric
        self.sets: dict[tuple[str, object, Stretch], Members] = {}
        self.judged: dict[tuple[int, Row, Stretch | None], Judged] = {}
        self.conditions: dict[int, tuple[list[Formula], bool]] = {}
        self.asking: dict[tuple[object, ...], tuple[list[Formula], bool]] = {}
        self.asked: set[tuple[object, ...]] = set()

    def set(self, use: SetUse, window: Stretch) -> Members:
        """The records of a set, those that the metric excepts left out."""
        key = (use.name, use.placed, window)
        if key not in self.sets:
            self.sets[key] = members(self.world, use.name, window, use.placed, self.metric.exceptions)
        return self.sets[key]

    def _here(self, use: SetUse, row: Row, window: Stretch) -> Here:
        return at(self.world, row, window).of(use.name)

    def figure(self, call: Call, view: View) -> Figure:
        """An aggregate over the records that a place holds."""
        window = view.window
        there = self.set(call.over, window)
        rows = [row for row in there.rows if view.holds(row)]
        judged = [self._judge(call, row, window) for row in rows]
        is_now = self.metric.maturity == "judge now"
        waiting = 0 if is_now else sum(one.waits for one in judged)
        lost = 0 if is_now else sum(one.is_lost for one in judged)
        inside = [one for one in judged if one.where is True and (is_now or not (one.waits or one.is_lost))]
        inside = [one for one in inside if call.over.weight is None or is_weight(one.weight)]
        values = self._values(call, inside)
        done = aggregated(call, [value for value, _ in values])
        if call.over.weight is not None:
            done = weighed(call, values)
        open_ = [(row, word) for row, word in there.gaps if view.holds(row)]
        open_ += [(row, word) for row, one in zip(rows, judged, strict=True) for word in one.gaps]
        open_ += [(row, word) for row in rows for word in self._in_no_band(row, view)]
        left = [(id(why), why.because) for row, why in there.left if view.holds(row)]
        seen = Seen(
            set=(call.over.name, call.over.placed, window.first, window.last, tuple(map(id, self.metric.exceptions))),
            paths=view.paths,
            group=view.group,
            immature=waiting,
            lost=lost,
            unjudged=sum(one.is_unjudged for one in judged),
            n=len(rows),
            matures=None if is_now else max((one.matures for one in judged if one.matures), default=None),
            gaps=tuple(Counter(word for _, word in {(row.number, word) for row, word in open_}).items()),
            left=tuple(Counter(left).items()),
        )
        return Figure(
            value=done.value,
            numerator=done.numerator,
            denominator=done.denominator,
            n=len(rows),
            immature=waiting,
            sets=(seen,),
            size=done.size,
            is_count=call.function == "count" and not call.distinct,
        )

    def _values(self, call: Call, inside: list[Judged]) -> list[tuple[Value, Value]]:
        """Each value with its weight. `missing_is` says what becomes of the conditions of a share."""
        if call.function == "share" and self.metric.missing_is == "left out":
            inside = [one for one in inside if not one.is_doubtful]
        is_generous = call.function == "share" and self.metric.missing_is == "counted in both"
        return [(True if is_generous and one.is_doubtful else one.value, one.weight) for one in inside]

    def _in_no_band(self, row: Row, view: View) -> Iterator[str]:
        """Why a record that a place holds has no group in a breakdown by bands."""
        for path, group in zip(view.paths, view.group, strict=True):
            definition = self.world.at_end_of(row.table, path)
            if group is None and definition is not None and definition.bands is not None:
                name = Name(tuple(path.split(".")), definition.formula.tree.span)
                yield from (f"by {path}: {word}" for word in left_open(at(self.world, row, view.window), name))

    def ask(self, call: Call, view: View) -> None:
        """What its records ask of calendars where they are in the period, whether or not they are measured."""
        place = (id(call), view.paths, view.conditions)
        if place not in self.asking:
            asked = [*self._conditions(call)[0], *view.conditions]
            asked += [Name(tuple(path.split(".")), call.span) for path in view.paths]
            self.asking[place] = asked, any(speaks_of_period(self.world, one) for one in asked)
        asked, is_bound = self.asking[place]
        for row in present(self.world, call.over.name, view.window, call.over.placed):
            key = (*place, row, view.window if is_bound else None)
            if key not in self.asked:
                self.asked.add(key)
                for one in asked:
                    covered.ask(self._here(call.over, row, view.window), one)

    def _conditions(self, call: Call) -> tuple[list[Formula], bool]:
        """All formulas a record is judged by, and whether they speak of the period."""
        if id(call) not in self.conditions:
            found = looks.of_members(self.world, call.over.name, call.over.placed)
            found += [one.when.tree for one in self.metric.exceptions]
            found += [one for one in (call.expression, call.over.where, call.over.weight) if one is not None]
            self.conditions[id(call)] = found, any(speaks_of_period(self.world, one) for one in found)
        return self.conditions[id(call)]

    def _judge(self, call: Call, row: Row, window: Stretch) -> Judged:
        conditions, is_bound = self._conditions(call)
        key = (id(call), row, window if is_bound else None)
        if key not in self.judged:
            here, expression = self._here(call.over, row, window), call.expression
            seen = looks.of_record(here, conditions)
            self.judged[key] = Judged(
                looks.waits(self.world, seen),
                looks.reaches_too_far(self.world, seen),
                _where(call, here),
                None if expression is None else value(here, expression),
                None if call.over.weight is None else value(here, call.over.weight),
                _is_unjudged(call, here),
                expression is not None and value(here.doubting(), expression) is None,
                looks.matures(self.world, seen),
                _gaps(call, here),
            )
        return self.judged[key]


def _where(call: Call, here: Here) -> Value:
    return True if call.over.where is None else value(here, call.over.where)


def _is_unjudged(call: Call, here: Here) -> bool:
    where = _where(call, here.doubting())
    if where is not True:
        return where is None
    if call.over.weight is not None and not is_weight(value(here.doubting(), call.over.weight)):
        return True
    if call.expression is None or call.distinct:
        return False
    return value(here.doubting(), call.expression) is None


def _gaps(call: Call, here: Here) -> frozenset[str]:
    """Why a record could not be judged; and what it can't be linked by, also where it was."""
    parts = [call.over.where, call.over.weight, *([] if call.distinct else [call.expression])]
    found = {word for one in parts if one is not None for word in unlinked(here.doubting(), one)}
    where = _where(call, here.doubting())
    if where is None:
        return frozenset(found | left_open(here, call.over.where))
    if where is not True:
        return frozenset(found)
    if call.over.weight is not None:
        weight = value(here.doubting(), call.over.weight)
        low = {f"{called(here, call.over.weight, 'weight')} below 0"}
        found |= left_open(here, call.over.weight) if weight is None or weight >= 0 else low
    return frozenset(found if call.distinct else found | left_open(here, call.expression))


def is_weight(number: Value) -> bool:
    """Whether a record counts by its weight."""
    return number is not None and number >= 0


def weighed(call: Call, pairs: list[tuple[Value, Value]]) -> Outcome:
    """A share or an average by weight."""
    if call.function == "average":
        pairs = [(number, weight) for number, weight in pairs if number is not None]
        top = sum((number * weight for number, weight in pairs), Fraction(0))
    else:
        top = sum((weight for truth, weight in pairs if truth is True), Fraction(0))
    return replace(_quotient(top, sum((weight for _, weight in pairs), Fraction(0))), size=Fraction(len(pairs)))


def aggregated(call: Call, values: list[Value]) -> Outcome:
    """All values brought together."""
    if call.expression is None:
        assert call.function == "count"
        return Outcome(Fraction(len(values)))
    if call.distinct:
        return Outcome(Fraction(len({one for one in values if one is not None})))
    return outcome(call.function, call.given, values)


def outcome(function: str, given: Number | None, values: list[Value]) -> Outcome:
    """What a function makes of some values."""
    known = [one for one in values if one is not None]
    match function:
        case "share":
            return _quotient(Fraction(known.count(True)), Fraction(len(values)))
        case "sum":
            return Outcome(sum(known, Fraction(0)))
        case "average":
            return _quotient(sum(known, Fraction(0)), Fraction(len(known)))
    return Outcome(_taken(function, given, known), size=Fraction(len(known)))


def _quotient(top: Fraction, bottom: Fraction) -> Outcome:
    return Outcome(top / bottom if bottom else None, top, bottom, bottom)


def _taken(function: str, given: Number | None, known: list[Fraction]) -> Fraction | None:
    """A value that stands at a place among all of them."""
    ordered = sorted(known)
    if not ordered:
        return None
    match function:
        case "lowest":
            return ordered[0]
        case "highest":
            return ordered[-1]
        case "range":
            return ordered[-1] - ordered[0]
        case "median":
            return _percentile(ordered, Fraction(1, 2))
    assert function == "percentile"
    return _percentile(ordered, given.amount.value / 100)


def _percentile(ordered: list[Fraction], place: Fraction) -> Fraction:
    last = len(ordered) - 1
    whole = int(last * place)
    step = ordered[min(whole + 1, last)] - ordered[whole]
    return ordered[whole] + (last * place - whole) * step
