"""What the records of the same client, or of another entity, come to."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.formula.tree import Call, Formula, Known, Name
from rowwise.parts import is_bound
from rowwise.sets import present
from rowwise.tables import Row, Value
from rowwise.values import operated, reads, value
from rowwise.world import Here
from rowwise.world import place as place_of

LEAVES_OUT = {"sum", "average", "lowest", "highest"}
"""What takes the known values alone; where one is missing, what it comes to is doubtful."""


@reads(Call)
def _lookup(here: Here, call: Call) -> Value:
    """What the records for which the condition holds come to; None for missing, and for doubtful where that counts."""
    found = matching(here, call)
    if not found and here.three and is_doubtful(here, call):
        return None
    if call.function in {"any", "none"}:
        return bool(found) is (call.function == "any")
    if call.expression is None:
        assert call.function == "count"
        return Fraction(len(found))
    if call.function == "reaches":
        return _reached(here, call, found)
    if call.over.by:
        return _in_order(here, call, found)
    if here.three and call.function in LEAVES_OUT and lacking(here, call):
        return None
    if call.function == "the" and len(found) > 1:
        here.world.torn.add(here.world.base(call.over.name))
    return _together(call, found, [one for row in found if (one := _given(here, call, row)) is not None])


def lacking(here: Here, call: Call) -> list[Row]:
    """The records found that have no value to be brought together with the others."""
    return [row for row in matching(here, call) if _given(here, call, row) is None]


def _together(call: Call, found: list[Row], known: list[Value]) -> Value:
    """The known values of all records found."""
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
    return known[0] if known else None


@reads(Known)
def _known(here: Here, formula: Known) -> Value:
    """Always answered, but for a lookup in doubt where doubt counts."""
    here, inner = _opened(here, formula.operand)
    if here.three and isinstance(inner, Call) and inner.function == "sum":
        return formula.known
    if here.three and isinstance(inner, Call) and inner.function not in {"any", "none", "count", "sum"}:
        is_open = inner.function != "reaches" or value(here, inner) is None
        if is_open and is_doubtful(here, inner):
            return None
        if inner.function in LEAVES_OUT:
            return any(_given(here, inner, row) is not None for row in matching(here, inner)) == formula.known
    return (value(here, inner) is not None) == formula.known


def _opened(here: Here, formula: Formula) -> tuple[Here, Formula]:
    """A lookup that a name stands for, and where it is read; else the formula as it is."""
    there, inner = here, formula
    while isinstance(inner, Name):
        row, name = place_of(there, inner.parts)
        definition = None if row is None else there.world.definition(name, row.table)
        if definition is None or definition.bands is not None:
            return here, formula
        there, inner = there.on(row), definition.formula.tree
    return (there, inner) if isinstance(inner, Call) else (here, formula)


def matching(here: Here, call: Call) -> list[Row]:
    """The records of the same entity for which the condition holds."""
    return [row for row in partners(here, call) if fits(here, call, row) is True]


def is_doubtful(here: Here, call: Call) -> bool:
    """Whether no record is sure to match and one might; a total may be reached by one that might, too."""
    truths = [fits(here.doubting(), call, row) for row in partners(here, call)]
    return None in truths and (True not in truths or call.function == "reaches")


def partners(here: Here, call: Call) -> Iterator[Row]:
    """The records looked into that have the same entities, those of the period where the set speaks of it."""
    found = linked(here, call)
    when = here.world.when(call.over.name)
    is_standing = when is not None and when.placed is not None and call.over.placed is None
    if not is_standing and not is_bound(here.world, call.over.name):
        yield from found
        return
    placed = present(here.world, call.over.name, here.window)
    yield from (row for row in found if row in placed)


def linked(here: Here, call: Call) -> Iterator[Row]:
    """The records that have the same entities; nothing is the same as a missing entity."""
    world, outer = here.world, here.row
    table = world.base(call.over.name)
    pairs = [_fields(here, table, one.name, one.via) for one in call.over.entities]
    wanted = [outer.values[mine] for _, mine in pairs]
    if None in wanted:
        return
    for row in world.tables[table].by_field.get((pairs[0][0], wanted[0]), []):
        if call.over.reach == "other" and row is outer:
            continue
        if [row.values[theirs] for theirs, _ in pairs] == wanted:
            yield row


def entities(here: Here, call: Call) -> list[str]:
    """The fields of the record at hand that a lookup is made by."""
    table = here.world.base(call.over.name)
    return [_fields(here, table, one.name, one.via)[1] for one in call.over.entities]


def _fields(here: Here, table: str, entity: Name, via: Name | None) -> tuple[str, str]:
    """Which field of the records looked into is held against which field of the record at hand."""
    world, outer, name = here.world, here.row.table, entity.parts[0]
    theirs = world.entity_field(table, name)
    if theirs is None:  # the name is that of a field
        theirs = name
        role = next(one.entity for one in world.table(table).fields if one.name.value == name)
        name = name if role is None else role.value
    if via is not None:
        return theirs, via.parts[0]
    if entity.parts[0] in here.row.values:  # so is a field of the record at hand
        return theirs, entity.parts[0]
    return theirs, world.entity_field(outer, name) or name


def _inside(here: Here, call: Call, row: Row) -> Here:
    return here.into(call.over.alias, row, here.world.interval(call.over.name))


def _given(here: Here, call: Call, row: Row) -> Value:
    """The value before `over` for a record looked into."""
    return value(_inside(here, call, row), call.expression)


def _in_order(here: Here, call: Call, found: list[Row]) -> Value:
    """The value of the first, last or nth record; what is missing comes last in both directions."""
    ranked, backward = list(found), call.function == "latest"
    for key in reversed(call.over.by):
        keyed = [(value(_inside(here, call, one), key), one) for one in ranked]
        there = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=backward)
        ranked = [one for _, one in there] + [one for known, one in keyed if known is None]
    place = 1 if call.given is None else int(call.given.amount.value)
    return _given(here, call, ranked[place - 1]) if len(ranked) >= place else None


def _reached(here: Here, call: Call, found: list[Row]) -> Value:
    """The first key by which the total is at least the amount; records equal in it are added at once."""
    (key,) = call.over.by
    keyed = [(value(_inside(here, call, row), key), _given(here, call, row)) for row in found]
    added = [(place, number) for place, number in keyed if place is not None and number is not None]
    for place in sorted({place for place, _ in added}):
        if sum(number for other, number in added if other <= place) >= call.given.amount.value:
            return place
    return None


def fits(here: Here, call: Call, row: Row) -> Value:
    """Whether a record is of the set looked into and fulfils the lookup's condition."""
    truth = True
    for cohort in here.world.lineage(call.over.name):
        alone = here.on(row).of(cohort.name.value)
        assert not cohort.keep, "a lookup into a choice by period has no meaning"
        if cohort.where is not None:
            truth = operated("and", truth, value(alone, cohort.where.tree))
        if any(value(alone, one.when.tree) is True for one in cohort.exclude):
            return False
    for condition in (call.over.placed, call.over.where):
        if condition is not None:
            truth = operated("and", truth, value(_inside(here, call, row), condition))
    return truth
