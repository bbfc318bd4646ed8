"""What a formula comes to for one record: true, false, unknown, a number, a date or a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from acmspec.formula.tree import (
    Between,
    Binary,
    Call,
    Day,
    Formula,
    Found,
    In,
    Known,
    Name,
    Negative,
    Not,
    Number,
    Text,
    Truth,
    Within,
)
from acmspec.spec.tree import Cohort, Definition, Spec
from rowwise import days
from rowwise.tables import Loaded, Row, Value


@dataclass(eq=False)
class World:
    """The spec, and the tables as they were read. What names mean is looked up once."""

    spec: Spec
    tables: dict[str, Loaded]

    @cache  # noqa: B019
    def table(self, name: str) -> object:
        return next(one for one in self.spec.data if one.name.value == name)

    @cache  # noqa: B019
    def cohort(self, name: str) -> Cohort | None:
        return next((one for one in self.spec.cohorts if one.name.value == name), None)

    @cache  # noqa: B019
    def lineage(self, name: str) -> list[Cohort]:
        """The cohorts a set is made of, the first one made first; empty for a table."""
        found = []
        cohort = self.cohort(name)
        while cohort is not None:
            found.insert(0, cohort)
            cohort = self.cohort(cohort.source.value)
        return found

    @cache  # noqa: B019
    def base(self, name: str) -> str:
        """The table a set's records come from."""
        lineage = self.lineage(name)
        return lineage[0].source.value if lineage else name

    @cache  # noqa: B019
    def definition(self, name: str, table: str | None) -> Definition | None:
        for one in self.spec.definitions:
            if one.name.value == name and (one.of.value if one.of else None) == table:
                return one
        return None

    @cache  # noqa: B019
    def entity_field(self, table: str, entity: str) -> str | None:
        for one in self.table(table).fields:
            if one.entity is not None and one.entity.value == entity:
                return one.name.value
        return None

    @cache  # noqa: B019
    def has(self, table: str, name: str) -> bool:
        """Whether a name means something for records of a table."""
        return (
            any(one.name.value == name for one in self.table(table).fields)
            or self.definition(name, table) is not None
            or self.entity_field(table, name) is not None
        )

    @cache  # noqa: B019
    def keyed_by(self, entity: str) -> str | None:
        """The table that has one record an entity."""
        for table in self.spec.data:
            if len(table.key) == 1 and self.entity_field(table.name.value, entity) == table.key[0].value:
                return table.name.value
        return None


Scopes = tuple[tuple[str, Row], ...]
"""The records a formula can speak of, the innermost first, each with its alias."""


def places(world: World, parts: tuple[str, ...], scopes: Scopes) -> tuple[Row | None, str]:
    """The record a path leads to, or None if a link finds nothing, and the last name of the path."""
    for alias, row in scopes:
        if alias and parts[0] == alias and len(parts) > 1:
            return follow(world, row, parts[1:])
    for alias, row in scopes:
        if not alias and world.has(row.table, parts[0]):
            return follow(world, row, parts)
    raise AssertionError(f"nothing is called {'.'.join(parts)}")


def follow(world: World, row: Row, parts: tuple[str, ...]) -> tuple[Row | None, str]:
    """Go along to-one links."""
    here: Row | None = row
    table = row.table
    for step in parts[:-1]:
        target = world.keyed_by(step)
        name = world.entity_field(table, step)
        assert target is not None
        assert name is not None
        key = None if here is None else here.values[name]
        here = None if key is None else world.tables[target].by_key.get((key,))
        table = target
    return here, parts[-1]


def named(world: World, row: Row | None, name: str, three: bool) -> Value:
    """A field or a definition of a record."""
    if row is None:
        return None
    if name in row.values:
        return row.values[name]
    definition = world.definition(name, row.table)
    if definition is not None:
        assert definition.formula.tree is not None
        return value(world, definition.formula.tree, (("", row),), three)
    return row.values[world.entity_field(row.table, name) or ""]


def value(  # noqa: C901  (one case a node)
    world: World, formula: Formula, scopes: Scopes, three: bool = False
) -> Value:
    """The value of a formula, None for unknown. With `three`, a lookup that found only doubt is unknown, too."""

    def of(inner: Formula) -> Value:
        return value(world, inner, scopes, three)

    match formula:
        case Name(parts):
            row, name = places(world, parts, scopes)
            return named(world, row, name, three)
        case Number(amount):
            return amount.value
        case Text(text):
            return text
        case Day(day):
            return day
        case Truth(truth):
            return truth
        case Not(inner):
            known = of(inner)
            return None if known is None else not known
        case Negative(inner):
            known = of(inner)
            return None if known is None else -known
        case Known(inner, wanted):
            known = _is_known(world, inner, scopes, three)
            return None if known is None else known == wanted
        case Found(path):
            return _is_found(world, path.parts, scopes)
        case Binary(operator, left, right):
            return _operated(operator, of(left), of(right))
        case In(inner, choices):
            return _among(of(inner), _choices(world, choices, of))
        case Between(_, start, end):
            first, last = of(start), of(end)
            return None if first is None or last is None else _whole(first, last)
        case Within(inner, inclusive, length, anchor):
            day, start = of(inner), of(anchor)
            if day is None or start is None:
                return None
            if formula.before:
                return (day <= start if inclusive else day < start) and days.earlier(start, length) <= day
            if formula.opens:
                return days.later(start, formula.opens) <= day <= days.later(start, length)
            return (start <= day if inclusive else start < day) and day <= days.later(start, length)
        case Call():
            return _lookup(world, formula, scopes, three)
    raise AssertionError(f"not for one record: {formula!r}")


def _whole(first: date, last: date) -> Value:
    return Fraction((last - first).days)


def _operated(operator: str, left: Value, right: Value) -> Value:
    if operator == "and":
        return False if left is False or right is False else None if left is None or right is None else True
    if operator == "or":
        return True if left is True or right is True else None if left is None or right is None else False
    if left is None or right is None:
        return None
    return {
        "=": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
    }[operator]()


def _choices(world: World, choices: object, of: object) -> list[Value]:
    if isinstance(choices, Name):
        found = next(one for one in world.spec.lists if one.name.value == choices.parts[0])
        return [code.value for code in found.codes]
    return [of(one) for one in choices]


def _among(here: Value, choices: list[Value]) -> Value:
    if here is None:
        return None
    if here in [one for one in choices if one is not None]:
        return True
    return None if None in choices else False


def _lookup(world: World, call: Call, scopes: Scopes, three: bool) -> Value:
    """What the records of the same entity for which the condition holds come to; None for missing or doubtful."""
    found = matching(world, call, scopes, three)
    if not found and three and is_doubtful(world, call, scopes):
        return None
    if call.function in {"any", "none"}:
        return bool(found) is (call.function == "any")
    if call.expression is None:
        assert call.function == "count"
        return Fraction(len(found))
    if call.over.by:
        return _in_order(world, call, found, scopes, three)
    known = [one for inner in found if (one := _given(world, call, inner, scopes, three)) is not None]
    match call.function:
        case "count":
            return Fraction(len(set(known)))
        case "sum":
            return sum(known, Fraction(0))
        case "average":
            return sum(known, Fraction(0)) / len(known) if known else None
        case "lowest":
            return min(known, default=None)
        case "highest":
            return max(known, default=None)
    assert call.function == "the"
    assert len(found) <= 1, "the gate is closed where there are several"
    return known[0] if known else None


def matching(world: World, call: Call, scopes: Scopes, three: bool = False) -> list[Row]:
    """The records of the same entity for which the condition holds."""
    return [inner for inner in partners(world, call, scopes[0][1]) if _fits(world, call, inner, scopes, three) is True]


def is_doubtful(world: World, call: Call, scopes: Scopes) -> bool:
    """Whether no record is sure to match and one might."""
    truths = [_fits(world, call, inner, scopes, three=True) for inner in partners(world, call, scopes[0][1])]
    return True not in truths and None in truths


def _given(world: World, call: Call, inner: Row, scopes: Scopes, three: bool) -> Value:
    """The value before `over` for a record looked into."""
    assert call.expression is not None
    return value(world, call.expression, ((call.over.alias, inner), *scopes), three)


def _in_order(world: World, call: Call, found: list[Row], scopes: Scopes, three: bool) -> Value:
    """The value of the first, last or nth record; what is missing comes last in both directions."""
    ranked, backward = list(found), call.function == "latest"
    for key in reversed(call.over.by):
        keyed = [(value(world, key, ((call.over.alias, one), *scopes)), one) for one in ranked]
        there = sorted((pair for pair in keyed if pair[0] is not None), key=_first, reverse=backward)
        ranked = [one for _, one in there] + [one for known, one in keyed if known is None]
    place = 1 if call.given is None else int(call.given.amount.value)
    return _given(world, call, ranked[place - 1], scopes, three) if len(ranked) >= place else None


def _first(pair: tuple[Value, Row]) -> Value:
    return pair[0]


def _is_found(world: World, parts: tuple[str, ...], scopes: Scopes) -> bool:
    """Whether all steps of a path lead to a record."""
    for alias, row in scopes:
        if alias and alias == parts[0] and len(parts) > 1:
            return follow(world, row, (*parts[1:], ""))[0] is not None
    row = next(row for alias, row in scopes if not alias and world.has(row.table, parts[0]))
    return follow(world, row, (*parts, ""))[0] is not None


def _is_known(world: World, inner: Formula, scopes: Scopes, three: bool) -> bool | None:
    looks = isinstance(inner, Call) and inner.function not in {"any", "none", "count", "sum"}
    if three and looks and is_doubtful(world, inner, scopes):
        return None
    return value(world, inner, scopes, three) is not None


def partners(world: World, call: Call, outer: Row) -> Iterator[Row]:
    """The records looked into that have the same entities; nothing is the same as a missing entity."""
    table = world.base(call.over.name)
    pairs = [
        (world.entity_field(table, one.name.parts[0]) or one.name.parts[0],
         world.entity_field(outer.table, one.name.parts[0]) or one.name.parts[0])
        for one in call.over.entities
    ]  # fmt: skip
    wanted = [outer.values[mine] for _, mine in pairs]
    if None in wanted:
        return
    for inner in world.tables[table].by_field.get((pairs[0][0], wanted[0]), []):
        if call.over.reach == "other" and inner is outer:
            continue
        if [inner.values[theirs] for theirs, _ in pairs] == wanted:
            yield inner


def _fits(world: World, call: Call, inner: Row, scopes: Scopes, three: bool) -> Value:
    """Whether a record is of the set looked into and fulfils the lookup's condition."""
    truth: Value = True
    for cohort in world.lineage(call.over.name):
        assert not cohort.keep, "a lookup into a choice by period has no meaning"
        if cohort.where is not None:
            truth = _operated("and", truth, value(world, cohort.where.tree, (("", inner),), three))
        if any(value(world, one.when.tree, (("", inner),), three) is True for one in cohort.exclude):
            return False
    if call.over.where is not None:
        truth = _operated("and", truth, value(world, call.over.where, ((call.over.alias, inner), *scopes), three))
    return truth
