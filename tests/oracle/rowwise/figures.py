"""What a formula about a group comes to, seen from a place."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from acmspec.formula.tree import (
    Binary,
    Call,
    Each,
    Formula,
    If,
    Known,
    Name,
    Negative,
    Not,
    Number,
    OutOf,
    PeriodValue,
    SetUse,
    Sliced,
    Truth,
)
from acmspec.spec.tree import Metric
from rowwise import each
from rowwise.aggregates import Aggregates
from rowwise.figure import Figure, answered, calculated, decided, divided
from rowwise.membership import Members
from rowwise.parts import group_parts
from rowwise.reference import NotThereError, reference
from rowwise.values import operated
from rowwise.views import View
from rowwise.world import World

CONDITIONS = {"=", "!=", "<", "<=", ">", ">="}


class Measured:
    """The figures of one metric."""

    def __init__(self, world: World, metric: Metric) -> None:
        self.world = world
        self.metric = metric
        self.aggregates = Aggregates(world, metric)
        self.named: dict[str, Measured] = {}

    @cached_property
    def tree(self) -> Formula:
        return self.metric.formula.tree

    def calls(self) -> list[Call]:
        """The formula's aggregates, definitions and metrics opened."""
        return list(_calls(self.world, self.tree))

    def sets(self) -> set[str]:
        """The sets that the formula's aggregates are over."""
        return {call.over.name for call in self.calls()}

    def made(self) -> dict[tuple[object, ...], Members]:
        """The sets that were made, also for the metrics it names."""
        found = dict(self.aggregates.sets)
        for one in self.named.values():
            found |= one.made()
        return found

    def figure(self, view: View) -> Figure:
        return self.of(self.tree, view)

    def of(self, formula: Formula, view: View) -> Figure:  # noqa: C901  (one case a node)
        """A formula at a place."""
        match formula:
            case Number(amount):
                return Figure(amount.value)
            case Truth(truth):
                return Figure(truth)
            case PeriodValue("length of period"):
                return Figure(operated("+", view.window.length, 0))
            case Name(names):
                return self._of_name(names[0], view)
            case Call():
                return self.aggregates.figure(formula, view)
            case Sliced(inner, to):
                return self.of(inner, view.sliced(to))
            case Each():
                return each.together(self, formula, view)
            case Negative(operand):
                one = self.of(operand, view)
                return calculated("-", Figure(0), one) if one.value is not None else calculated("-", one, one)
            case If(condition, then, otherwise):
                asked = self.of(condition, view)
                if asked.value is None:
                    return asked
                return decided(asked, self.of(then if asked.value else otherwise, view))
            case Not(operand):
                found = self.of(operand, view)
                return answered(None if found.value is None else not found.value, found)
            case Known(operand, known):
                found = self.of(operand, view)
                return answered((found.value is not None) is known, found)
            case OutOf(top, bottom) | Binary("/", top, bottom):
                return divided(self.of(top, view), self.of(bottom, view))
            case Binary("and" | "or" as operator, left, right):
                return _joined(operator, self.of(left, view), self.of(right, view))
            case Binary(operator, left, right) if operator in CONDITIONS:
                one, two = self.of(left, view), self.of(right, view)
                return answered(operated(operator, one.value, two.value), one, two)
            case Binary(operator, left, right):
                return calculated(operator, self.of(left, view), self.of(right, view))
        raise AssertionError(f"not for a group: {formula!r}")

    def _of_name(self, name: str, view: View) -> Figure:
        definition = self.world.definition(name, None)
        if definition is not None:
            return self.of(definition.formula.tree, view)
        metric = self.world.metric(name)
        if metric is not None:
            return self._named(metric).figure(view.of_metric(metric))
        try:
            return Figure(reference(self.world, name, view.window, view.known))
        except NotThereError:
            return Figure(None, lacks=True)

    def uses(self, view: View) -> Iterator[tuple[SetUse, View]]:
        """Each set that the figure looks at, and from where."""
        yield from self._uses(self.tree, view)

    def _uses(self, formula: Formula, view: View) -> Iterator[tuple[SetUse, View]]:
        return ((call.over, place) for _, call, place in self.looks(formula, view))

    def looks(self, formula: Formula, view: View) -> Iterator[tuple[Aggregates, Call, View]]:
        """Each aggregate that the figure looks at, of which metric it is, and from where."""
        if isinstance(formula, Call):
            yield self.aggregates, formula, view
        elif isinstance(formula, Name):
            metric = self.world.metric(formula.parts[0])
            inner = self.world.figure(formula.parts[0])
            if inner is not None:
                is_metric = metric is not None and self.world.definition(formula.parts[0], None) is None
                owner = self._named(metric) if is_metric else self
                yield from owner.looks(inner, view.of_metric(metric) if is_metric else view)
        elif isinstance(formula, Sliced):
            yield from self.looks(formula.inner, view.sliced(formula.to))
        elif isinstance(formula, Each):
            for one in each.looked_at(self, formula, view):
                yield from (look for inner in group_parts(formula) for look in self.looks(inner, one))
        else:
            yield from (look for inner in group_parts(formula) for look in self.looks(inner, view))

    def _named(self, metric: Metric) -> "Measured":
        return self.named.setdefault(metric.name.value, Measured(self.world, metric))


def _joined(operator: str, left: Figure, right: Figure) -> Figure:
    """A side that decides alone makes the other count for nothing, also if that waits."""
    deciding = [one for one in (left, right) if one.value is (operator == "or")]
    if deciding:
        return answered(operator == "or", min(deciding, key=lambda one: one.waits))
    return answered(operated(operator, left.value, right.value), left, right)


def _calls(world: World, formula: Formula) -> Iterator[Call]:
    if isinstance(formula, Call):
        yield formula
    elif isinstance(formula, Name) and world.figure(formula.parts[0]) is not None:
        yield from _calls(world, world.figure(formula.parts[0]))
    for inner in group_parts(formula):
        yield from _calls(world, inner)


def numerator(world: World, formula: Formula) -> Call:
    """The aggregate above the line, whose records the parts of a metric are told of."""
    if isinstance(formula, OutOf):
        return numerator(world, formula.numerator)
    if isinstance(formula, Binary) and formula.operator == "/":
        return numerator(world, formula.left)
    if isinstance(formula, Name):
        return numerator(world, world.figure(formula.parts[0]))
    assert isinstance(formula, Call), formula
    return formula


def narrowed(call: Call, condition: Formula) -> Call:
    """An aggregate of the records that meet one more condition."""
    where = call.over.where
    both = condition if where is None else Binary("and", where, condition, condition.span)
    return replace(call, over=replace(call.over, where=both))


def opened(world: World, formula: Formula) -> Formula:
    """A formula, or what it names, seen elsewhere or not."""
    while isinstance(formula, Name | Sliced):
        if isinstance(formula, Sliced):
            formula = formula.inner
        elif world.figure(formula.parts[0]) is None:
            return formula
        else:
            formula = world.figure(formula.parts[0])
    return formula
