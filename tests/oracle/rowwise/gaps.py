"""Why something can't be told of a record: the words for what left a formula open."""

from collections.abc import Iterator

from acmspec.formula.tree import Active, Call, DaysIn, During, Formula, If, Known, Lasts, Name, OpenOn
from rowwise.bands import labels
from rowwise.lengths import length
from rowwise.lookups import LEAVES_OUT, entities, fits, lacking, matching, partners
from rowwise.parts import everywhere, parts
from rowwise.tables import Row
from rowwise.times import span_fields
from rowwise.values import value
from rowwise.world import Here, World

NEVER_MISSING = {"any", "none", "count", "sum"}


def left_open(here: Here, formula: Formula | None) -> frozenset[str]:
    """What left a formula open for a record; links that can't be made count also where they decide."""
    if formula is None:
        return frozenset()
    here = here.doubting()
    found = set(unlinked(here, formula))
    if value(here, formula) is None:
        found |= set(_open(here, formula, ()))
    return frozenset(found)


# --- links ----------------------------------------------------------------------------------------------------------


def unlinked(here: Here, formula: Formula) -> Iterator[str]:
    """The entities that lookups of a formula are made by, and that the record doesn't have."""
    for one in everywhere(formula):
        if isinstance(one, Call):
            for name in entities(here, one):
                if here.row.values[name] is None:
                    yield _nobody(here.world, here.row.table, name)
        elif isinstance(one, Name):
            table, row, lost = _followed(here, one.parts)
            definition = here.world.definition(one.parts[-1], table)
            if definition is None or not _looks_up(here.world, definition.formula.tree, table):
                continue
            if row is None:
                yield lost
            else:
                yield from unlinked(here.on(row), definition.formula.tree)


def _looks_up(world: World, formula: Formula, table: str) -> bool:
    """Whether a formula about records of a table holds a lookup, also through definitions."""
    for one in everywhere(formula):
        if isinstance(one, Call):
            return True
        if isinstance(one, Name):
            owner = _owner(world, table, one.parts)
            definition = world.definition(one.parts[-1], owner)
            if definition is not None and _looks_up(world, definition.formula.tree, owner):
                return True
    return False


def nobody(here: Here, name: str) -> Iterator[str]:
    """What a record lacks that a choice is made by."""
    field = here.world.entity_field(here.row.table, name) or name
    if here.row.values[field] is None:
        yield _nobody(here.world, here.row.table, field)


def _nobody(world: World, table: str, name: str) -> str:
    """A field without a value that something is identified by."""
    entity = _entity(world, table, name)
    return f"no {entity} recorded" if entity else f"{name} missing"


def _entity(world: World, table: str, name: str) -> str:
    """What a field identifies; nothing if it identifies none."""
    entity = next(one.entity for one in world.table(table).fields if one.name.value == name)
    return "" if entity is None else entity.value


def _owner(world: World, table: str, names: tuple[str, ...]) -> str:
    """The table that a path leads to."""
    for step in names[:-1]:
        _, table = world.step(table, step)
    return table


# --- what is open ---------------------------------------------------------------------------------------------------


def _open(here: Here, formula: Formula, before: tuple[str, ...]) -> Iterator[str]:
    """What leaves a formula open that is; `before` are the steps that led to the record at hand."""
    match formula:
        case Name(names):
            yield from _of_name(here, names, before)
        case Call():
            yield from _of_lookup(here, formula, before)
        case Known(operand):
            yield from _doubt(*_opened(here, operand), before)
        case If(condition, then, otherwise):
            truth = value(here, condition)
            yield from _open(here, condition if truth is None else then if truth else otherwise, before)
        case OpenOn() | Lasts():
            yield from _of_span(here, before)
            yield from _of_length(here, formula, before)
            yield from _of_parts(here, formula, before)
        case Active(window) | DaysIn(window):
            yield from _of_span(here, before)
            yield from _of_length(here, window, before)
            yield from _of_parts(here, window, before)
        case During(what="span"):
            yield from _of_parts(here, formula, before)
            yield from _of_span(here, before)
        case _:
            yield from _of_length(here, formula, before)
            yield from _of_parts(here, formula, before)


def _of_length(here: Here, formula: Formula, before: tuple[str, ...]) -> Iterator[str]:
    """A window's length that is a number, and none that a window can have."""
    for written in (getattr(formula, "opens", None), getattr(formula, "length", None)):
        if written is None or hasattr(written, "seconds"):
            continue
        if value(here, written) is not None and length(here, written) is None:
            yield f"{called(here, written, 'length', before)} below 0 or over 100 years"


def called(here: Here, formula: Formula, otherwise: str, before: tuple[str, ...] = ()) -> str:
    """The name that a value goes by, with the steps to it where it is a field."""
    if not isinstance(formula, Name):
        return otherwise
    _, row, _ = _followed(here, formula.parts)
    is_field = row is not None and formula.parts[-1] in row.values
    return ".".join([*before, *_steps(here, formula.parts), formula.parts[-1]]) if is_field else formula.parts[-1]


def _of_parts(here: Here, formula: Formula, before: tuple[str, ...]) -> Iterator[str]:
    for one in parts(formula):
        if value(here, one) is None:
            yield from _open(here, one, before)


def _of_span(here: Here, before: tuple[str, ...]) -> Iterator[str]:
    """A span without a start; one without an end is open, which leaves nothing to doubt."""
    start, _ = span_fields(here)
    if here.row.values[start] is None:
        yield f"{'.'.join([*before, start])} missing"


def _of_name(here: Here, names: tuple[str, ...], before: tuple[str, ...]) -> Iterator[str]:
    """A field without a value, a definition that is open, or a step that can't be taken."""
    table, row, lost = _followed(here, names)
    if row is None:
        yield lost
        return
    steps = _steps(here, names)
    definition = here.world.definition(names[-1], table)
    if names[-1] in row.values:
        yield f"{'.'.join([*before, *steps, names[-1]])} missing"
    elif definition is not None and value(here.on(row), definition.formula.tree) is None:
        yield from _open(here.on(row), definition.formula.tree, (*before, *steps))
    elif definition is not None:
        yield f"below “{labels(here.world, definition)[0]}”"


def _steps(here: Here, names: tuple[str, ...]) -> tuple[str, ...]:
    """The steps of a path, without the alias of a record in sight."""
    return names[1:-1] if len(names) > 1 and any(alias == names[0] for alias, _ in here.scopes if alias) else names[:-1]


def _followed(here: Here, names: tuple[str, ...]) -> tuple[str, Row | None, str]:
    """The table that a path leads to, the record there, and why there is none."""
    world, row = here.world, _first(here, names)
    table, lost = row.table, ""
    for step in _steps(here, names):
        field, target = world.step(table, step)
        if row is not None:
            key, nobody_there = row.values[field], _nobody(world, table, field)
            row = None if key is None else world.tables[target].by_key.get((key,))
            lost = nobody_there if key is None else f"{_entity(world, table, field)} not linked"
        table = target
    return table, row, lost


def _first(here: Here, names: tuple[str, ...]) -> Row:
    """The record in sight that a path starts from."""
    for alias, row in here.scopes:
        if alias and alias == names[0] and len(names) > 1:
            return row
    return next(row for alias, row in here.scopes if not alias and here.world.has(row.table, names[0]))


# --- lookups --------------------------------------------------------------------------------------------------------


def _opened(here: Here, formula: Formula) -> tuple[Here, Formula]:
    """A formula, or what a name stands for, and where it is read."""
    while isinstance(formula, Name):
        table, row, _ = _followed(here, formula.parts)
        definition = here.world.definition(formula.parts[-1], table)
        if definition is None or row is None:
            break
        here, formula = here.on(row), definition.formula.tree
    return here, formula


def _of_lookup(here: Here, call: Call, before: tuple[str, ...]) -> Iterator[str]:
    """A lookup that found none to take a value from, or found only what has none, or could not judge one."""
    if any(here.row.values[name] is None for name in entities(here, call)):
        return
    if _is_doubtful(here, call):
        yield from _doubt(here, call, before)
    elif call.function in LEAVES_OUT and lacking(here, call):
        yield from _left_out(here, call, before)
    if _is_doubtful(here, call) or call.function in NEVER_MISSING:
        return
    table, found = here.world.base(call.over.name), matching(here, call)
    field = _lacking(here, call)
    needed = int(call.given.amount.value) if call.function == "nth" else 1
    if found and call.function == "reaches":
        yield f"total of {table} not reached"
    elif len(found) >= needed and field:
        yield f"{table}.{field} missing"
    else:
        yield f"no record in {table}"


def _left_out(here: Here, call: Call, before: tuple[str, ...]) -> Iterator[str]:
    """Why a record that was found has no value: fields of the record that looks, else those of the record found."""
    own = [one for one in _of_outer(here, call, call.expression, ()) if value(here, one) is None]
    yield from (word for one in own for word in _of_name(here, one.parts, before))
    field = _lacking(here, call)
    if field and not own:
        yield f"{here.world.base(call.over.name)}.{field} missing"


def _lacking(here: Here, call: Call) -> str:
    """The field of the records looked into that the value is of, and that may lack one."""
    return next(_fields(here.world, call.expression, here.world.base(call.over.name), call.over.alias), "")


def _fields(world: World, formula: Formula | None, table: str, alias: str) -> Iterator[str]:
    for one in everywhere(formula):
        if not isinstance(one, Name) or (alias and one.parts[0] != alias):
            continue
        names = one.parts[1:] if alias else one.parts
        owner = _owner(world, table, names)
        definition = world.definition(names[-1], owner)
        if definition is not None:
            yield from (".".join([*names[:-1], name]) for name in _fields(world, definition.formula.tree, owner, ""))
        elif len(names) > 1 or _is_optional(world, owner, names[-1]):
            yield ".".join(names)


def _is_optional(world: World, table: str, name: str) -> bool:
    return any(one.name.value == name and one.optional for one in world.table(table).fields)


def _is_doubtful(here: Here, call: Call) -> bool:
    """Whether nothing matched and something might have."""
    truths = [fits(here.doubting(), call, row) for row in partners(here, call)]
    return None in truths and True not in truths


def _doubt(here: Here, call: Formula, before: tuple[str, ...]) -> Iterator[str]:
    """What leaves a lookup open: fields of the record that looks, else the records looked into."""
    if not isinstance(call, Call) or not _is_doubtful(here, call):
        return
    own = [one for condition in (call.over.placed, call.over.where) for one in _of_outer(here, call, condition, ())]
    words = [word for one in own if value(here, one) is None for word in _of_name(here, one.parts, before)]
    yield from words or [f"{here.world.base(call.over.name)} not judged"]


def _of_outer(here: Here, call: Call, formula: Formula | None, around: tuple[tuple[str, str], ...]) -> Iterator[Name]:
    """The names in a lookup's condition that are of the record that looks, also in lookups inside of it."""
    inside = (*around, (call.over.alias, here.world.base(call.over.name)))
    for one in everywhere(formula):
        if isinstance(one, Call):
            for condition in (one.over.placed, one.over.where, one.expression):
                yield from _of_outer(here, one, condition, inside)
        elif isinstance(one, Name) and not any(_is_inside(here.world, one.parts, *each) for each in inside):
            yield one


def _is_inside(world: World, names: tuple[str, ...], alias: str, table: str) -> bool:
    """Whether a name is of a record looked into: by its alias, or where there is none by what its table has."""
    return names[0] == alias and len(names) > 1 if alias else world.has(table, names[0])
