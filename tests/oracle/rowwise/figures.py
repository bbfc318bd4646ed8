"""What a metric's formula comes to for a group of records in a window, with what stands beside the figure."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from acmspec.formula.tree import Binary, Call, Formula, Name, Negative, Number, OutOf
from acmspec.spec.tree import Metric
from rowwise import waits
from rowwise.days import Stretch
from rowwise.judge import World, value
from rowwise.sets import members
from rowwise.tables import Row, Value


@dataclass(frozen=True)
class Figure:
    """A figure and its company. `size` is what is held against the minimum, where that is not `n`."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int | None = None
    immature: int = 0
    unjudged_of: dict[tuple[str, Stretch], int] = field(default_factory=dict)
    is_immature: bool = False
    size: Fraction | None = None
    is_count: bool = False

    @property
    def unjudged(self) -> int:
        """Figures of one set look at the same records: the one with most counts."""
        return sum(self.unjudged_of.values())


@dataclass(frozen=True)
class Judged:
    """What an aggregate makes of one record."""

    waits: bool
    where: Value
    value: Value
    is_unjudged: bool
    is_doubtful: bool
    """Whether the value is unknown once lookups may be unknown."""


class Measured:
    """One metric on one world; sets are made once a window."""

    def __init__(self, world: World, metric: Metric) -> None:
        self.world = world
        self.metric = metric
        self.made: dict[tuple[str, Stretch], tuple[list[Row], bool]] = {}
        self.judged: dict[tuple[int, Row], Judged] = {}

    def set(self, name: str, window: Stretch) -> tuple[list[Row], bool]:
        if (name, window) not in self.made:
            self.made[name, window] = members(self.world, name, window)
        return self.made[name, window]

    def figure(self, window: Stretch, belongs: Callable[[Row], bool]) -> Figure:
        return self._group(self.metric.formula.tree, window, belongs)

    def calls(self) -> list[Call]:
        """The aggregates of the formula, group definitions opened."""
        return _calls(self.world, self.metric.formula.tree)

    def _group(self, formula: Formula, window: Stretch, belongs: Callable[[Row], bool]) -> Figure:
        if isinstance(formula, Number):
            return Figure(formula.amount.value)
        if isinstance(formula, Name):
            return self._group(self.world.definition(formula.parts[0], None).formula.tree, window, belongs)
        if isinstance(formula, Negative):
            one = self._group(formula.operand, window, belongs)
            return _joined(None if one.value is None else -one.value, one, one)
        if isinstance(formula, Call):
            return self._aggregate(formula, window, belongs)
        left, right = (
            (formula.numerator, formula.denominator) if isinstance(formula, OutOf) else (formula.left, formula.right)
        )
        one, two = self._group(left, window, belongs), self._group(right, window, belongs)
        if isinstance(formula, OutOf) or formula.operator == "/":
            known = one.value is not None and two.value not in {None, 0}
            quotient = _joined(one.value / two.value if known else None, two, one)
            size = two.value if two.is_count else None
            return replace(quotient, numerator=one.value, denominator=two.value, size=size)
        assert isinstance(formula, Binary)
        if one.value is None or two.value is None:
            return _joined(None, one, two)
        result = {"+": one.value + two.value, "-": one.value - two.value, "*": one.value * two.value}[formula.operator]
        return _joined(result, one, two)

    def _aggregate(self, call: Call, window: Stretch, belongs: Callable[[Row], bool]) -> Figure:
        rows = [row for row in self.set(call.over.name, window)[0] if belongs(row)]
        judged = [self._judge(call, row) for row in rows]
        waiting = [] if self.metric.maturity == "judge now" else [one for one in judged if one.waits]
        ready = judged if self.metric.maturity == "judge now" else [one for one in judged if not one.waits]
        inside = [one for one in ready if one.where is True]
        if call.function == "share" and self.metric.missing_is == "left out":
            inside = [one for one in inside if not one.is_doubtful]
        values = [one.value for one in inside]
        if call.function == "share" and self.metric.missing_is == "counted in both":
            values = [True if one.is_doubtful else one.value for one in inside]
        result, numerator, denominator = self._finished(call, values)
        return Figure(
            value=result,
            numerator=numerator,
            denominator=denominator,
            n=len(rows),
            immature=len(waiting),
            unjudged_of={(call.over.name, window): sum(one.is_unjudged for one in judged)},
            is_immature=bool(waiting) and self.metric.maturity == "all records",
            size=_size(call, [one.value for one in inside]),
            is_count=call.function == "count" and not call.distinct,
        )

    def _judge(self, call: Call, row: Row) -> Judged:
        if (id(call), row) not in self.judged:
            expression = call.expression
            self.judged[id(call), row] = Judged(
                self._waits(call, row),
                self._where(call, row, False),
                None if expression is None else value(self.world, expression, (("", row),)),
                self._is_unjudged(call, row),
                expression is not None and value(self.world, expression, (("", row),), True) is None,
            )
        return self.judged[id(call), row]

    def _waits(self, call: Call, row: Row) -> bool:
        conditions = waits.of_set(self.world, call.over.name)
        conditions += [one for one in (call.expression, call.over.where) if one is not None]
        return any(
            last > self.world.tables[table].through for last, table in waits.of_record(self.world, row, conditions)
        )

    def _where(self, call: Call, row: Row, three: bool) -> Value:
        return True if call.over.where is None else value(self.world, call.over.where, (("", row),), three)

    def _is_unjudged(self, call: Call, row: Row) -> bool:
        where = self._where(call, row, True)
        if where is False:
            return False
        if where is None:
            return True
        if call.expression is None or call.distinct:
            return False
        return value(self.world, call.expression, (("", row),), True) is None

    def _finished(
        self, call: Call, all_values: list[Value]
    ) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
        """Value, numerator, denominator."""
        if call.expression is None:
            assert call.function == "count"
            return Fraction(len(all_values)), None, None
        known = [one for one in all_values if one is not None]
        if call.distinct:
            return Fraction(len(set(known))), None, None
        if call.function == "share":
            top, bottom = Fraction(known.count(True)), Fraction(len(all_values))
            return (top / bottom if bottom else None), top, bottom
        if call.function == "sum":
            return sum(known, Fraction(0)), None, None
        if call.function == "average":
            top, bottom = sum(known, Fraction(0)), Fraction(len(known))
            return (top / bottom if bottom else None), top, bottom
        if call.function in {"lowest", "highest"}:
            return (min if call.function == "lowest" else max)(known, default=None), None, None
        if call.function == "range":
            return (max(known) - min(known) if known else None), None, None
        if call.function == "percentile":
            return _percentile(known, call.given.amount.value / 100), None, None
        assert call.function == "median"
        return _median(known), None, None


def _size(call: Call, values: list[Value]) -> Fraction | None:
    """How many records the figure rests on, where that is not the whole set."""
    if call.expression is None or call.distinct or call.function == "sum":
        return None
    return Fraction(len(values) if call.function == "share" else sum(one is not None for one in values))


def _median(values: list[Fraction]) -> Fraction | None:
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _percentile(values: list[Fraction], place: Fraction) -> Fraction | None:
    ordered = sorted(values)
    if not ordered:
        return None
    last = len(ordered) - 1
    whole = int(last * place)
    step = ordered[min(whole + 1, last)] - ordered[whole]
    return ordered[whole] + (last * place - whole) * step


def _joined(result: Fraction | None, first: Figure, second: Figure) -> Figure:
    """A figure made of two; `first` is the one whose records it is about, if it has any."""
    if first.n is None:
        first, second = second, first
    return Figure(
        value=result,
        n=first.n or second.n,
        immature=first.immature or second.immature,
        unjudged_of={
            key: max(first.unjudged_of.get(key, 0), second.unjudged_of.get(key, 0))
            for key in [*first.unjudged_of, *second.unjudged_of]
        },
        is_immature=first.is_immature or second.is_immature,
    )


def _calls(world: World, formula: Formula) -> list[Call]:
    if isinstance(formula, Call):
        return [formula]
    if isinstance(formula, Name):
        return _calls(world, world.definition(formula.parts[0], None).formula.tree)
    names = ("numerator", "denominator", "left", "right", "operand")
    return [call for one in names if hasattr(formula, one) for call in _calls(world, getattr(formula, one))]
