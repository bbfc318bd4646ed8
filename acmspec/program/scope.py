"""What a name in a record formula means: an alias, a field, a definition, or to-one steps to one of these."""

from dataclasses import replace

from acmspec.formula.tree import Name
from acmspec.ground.articles import article
from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.nearest import nearest, offer
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.catalog import Catalog
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.record import Column, Defined, FieldValue, IsFound, Record, Step
from acmspec.program.relocate import relocate
from acmspec.program.types import BooleanType
from acmspec.program.words_for_names import SAID, habit, in_quotes, instead_of_noun, instead_of_set
from acmspec.spec.tree import Field

UNKNOWN_NAME = Problem(
    "ACM301",
    "unknown name",
    "A formula can use only the fields and definitions of the records it is about, and of records one step away.",
    "Correct the name, or declare it as a field or a definition.",
    "Every term used in a formula must be defined in this Agreement.",
)
AMBIGUOUS_NAME = Problem(
    "ACM302",
    "name with two meanings",
    "Both the record that is measured and the record that is looked into have something of this name.",
    "Give the set that is looked into an alias (“… as later for same client …”) and write “later.NAME” for its fields.",
    "Every term used in a formula must have one meaning.",
)
NO_STEP = Problem(
    "ACM303",
    "step that leads nowhere",
    "A step such as “client.race” needs one field that identifies a client, and one table with one record a client.",
    "Give the field its “entity”, and declare a table whose only key is a field of that entity.",
    "A value taken from another record must come from exactly one record.",
)
PROBLEMS = (UNKNOWN_NAME, AMBIGUOUS_NAME, NO_STEP)


@node
class Frame:
    """One record in sight: a record of a table, under an alias if the author gave it one.

    `span` are the fields of its span where its set has another than its table.
    """

    table: str
    alias: str = ""
    span: tuple[str, str] | None = None


@node
class Scope:
    """The records a formula can speak of, the innermost first; `path` is the formula's place in the spec."""

    frames: tuple[Frame, ...]
    path: str

    @property
    def own(self) -> Frame:
        """The record the formula is evaluated for."""
        return self.frames[0]

    def inside(self, frame: Frame) -> "Scope":
        """The scope inside a lookup."""
        return Scope((frame, *self.frames), self.path)


@node
class _Place:
    """Where a chain of steps has come to: the record in sight it started from, and the table it stands in."""

    scope: int
    steps: tuple[Step, ...]
    table: str
    optional: bool = False


def resolve_name(name: Name, scope: Scope, meanings: Meanings) -> Record:
    """The value a name stands for; an error node if there is none (reported, or lying in a part already reported)."""
    start = _start(name, scope, meanings, more=len(name.parts) > 1)
    return FAULTY if start is None else _follow(name, start[0], start[1], scope, meanings)


def resolve_found(name: Name, scope: Scope, meanings: Meanings) -> Record:
    """Whether the steps of a path lead to a record; an error node if they can't be taken (reported)."""
    start = _start(name, scope, meanings, more=True)
    if start is None:
        return FAULTY
    at, place = start
    for part in name.parts[at:]:
        reached = _step(name, part, place, scope, meanings)
        if reached is None:
            return FAULTY
        place = reached
    catalog = meanings.catalog
    key = catalog.fields(place.table)[catalog.tables[place.table].key[0].value]
    column = Column(place.table, key.name.value)
    value = FieldValue(place.scope, place.steps, column, catalog.type_of(place.table, key), optional=True)
    return IsFound(value, True, BooleanType())


def _start(name: Name, scope: Scope, meanings: Meanings, *, more: bool) -> "tuple[int, _Place] | None":
    """The part of a name that the record in sight is left with, and that record; None if there is none (reported).

    `more` is whether the first part is a step.
    """
    catalog = meanings.catalog
    for index, frame in enumerate(scope.frames):
        if len(name.parts) > 1 and frame.alias == name.parts[0]:
            return 1, _Place(index, (), frame.table)
    having = [
        index
        for index, frame in enumerate(scope.frames)
        if not frame.alias and _has(catalog, frame.table, name.parts[0], more)
    ]
    if len(having) == 1:
        return 0, _Place(having[0], (), scope.frames[having[0]].table)
    if having:
        _say_ambiguous(name, having, scope, meanings)
    elif not _lies_in_a_fault(catalog, name.parts[0], tables := [frame.table for frame in scope.frames]) and not (
        more and any(catalog.fields_unread(table) for table in tables)
    ):
        _say_unknown(name, scope, meanings)
    return None


def _has(catalog: Catalog, table: str, first: str, more: bool) -> bool:
    known = first in catalog.fields(table) or catalog.is_defined_for(table, first)
    return known or (more and bool(catalog.entity_fields(table, first)))


def _lies_in_a_fault(catalog: Catalog, name: str, tables: list[str]) -> bool:
    """Whether a name that can't be found was declared in a part of the spec that could not be read."""
    if catalog.faulty("definitions", name) or any(catalog.faulty("data", table, "fields", name) for table in tables):
        return True
    definition = catalog.definitions.get(name)
    return definition is not None and definition.of is not None and catalog.defined_for(definition) is None


def _follow(name: Name, at: int, place: _Place, scope: Scope, meanings: Meanings) -> Record:
    """Take the steps of a name from part `at` on, and read the value at their end."""
    for part in name.parts[at:-1]:
        reached = _step(name, part, place, scope, meanings)
        if reached is None:
            return FAULTY
        place = reached
    return _value(name, place, scope, meanings)


def _value(name: Name, place: _Place, scope: Scope, meanings: Meanings) -> Record:
    catalog, last = meanings.catalog, name.parts[-1]
    field = catalog.fields(place.table).get(last)
    if field is not None:
        column = Column(place.table, last)
        return FieldValue(
            place.scope, place.steps, column, catalog.type_of(place.table, field), field.optional or place.optional
        )
    if catalog.is_defined_for(place.table, last):
        body = meanings.record_definition(last, name.span)
        return Defined(last, place.scope, relocate(body, place.scope, place.steps), body.type, place.steps)
    if not _lies_in_a_fault(catalog, last, [place.table]):
        _say_unknown_in(name, last, place.table, scope, meanings)
    return FAULTY


def _step(name: Name, part: str, place: _Place, scope: Scope, meanings: Meanings) -> _Place | None:
    """One to-one step; None if it can't be taken (reported)."""
    catalog = meanings.catalog
    field = catalog.fields(place.table).get(part)
    found = (field,) if field is not None else catalog.entity_fields(place.table, part)
    message = fix = ""
    if not found:
        if not catalog.fields_unread(place.table) and not _lies_in_a_fault(catalog, part, [place.table]):
            _say_unknown_in(name, part, place.table, scope, meanings)
        return None
    if len(found) > 1:
        message = f"several fields of “{place.table}” identify {article(part)}"
        fix = "Name the field: " + " or ".join(f"“{one.name.value}.{name.parts[-1]}”" for one in found) + "."
    elif found[0].entity is None:
        message = f"“{part}” is a plain value of “{place.table}” and leads to no other record"
    else:
        tables = catalog.keyed_by(found[0].entity.value)
        if len(tables) == 1:
            step = Step(part, Column(place.table, found[0].name.value), tables[0].name.value)
            optional = place.optional or found[0].optional
            return _Place(place.scope, (*place.steps, step), tables[0].name.value, optional)
        if not tables and catalog.keys_unread:
            return None
        message, fix = _no_one_table(found[0].entity.value, bool(tables), catalog)
    fix = _part_of(name, name.parts[-1]) or fix
    meanings.findings.say(NO_STEP, name.span, message, path=scope.path, label="the step", fix=fix)
    return None


# --- what to say ------------------------------------------------------------------------------------------


def _no_one_table(entity: str, several: bool, catalog: Catalog) -> tuple[str, str]:
    """Why a step to an entity leads to no one table, and what to write instead."""
    table = None if several else catalog.partly_keyed_by(entity)
    if table is None:
        return f"{'several tables have' if several else 'no table has'} one record for each {entity}", ""
    key, name = " and ".join(f"“{one.value}”" for one in table.key), table.name.value
    message = f"“{name}” may have several records for each {entity}: its key is {key}"
    return message, f"Look the record up, as in “the(FIELD over {name} for same {entity} where …)”."


def _say_ambiguous(name: Name, having: list[int], scope: Scope, meanings: Meanings) -> None:
    first = name.parts[0]
    related = []
    for index in having:
        table = scope.frames[index].table
        related.append(Label(_declared(meanings.catalog, table, first, name.span), f"“{first}” of “{table}”"))
    both = " and ".join(f"“{scope.frames[index].table}”" for index in having)
    meanings.findings.say(
        AMBIGUOUS_NAME,
        name.span,
        f"“{first}” is a name in {both}",
        path=scope.path,
        label="which one?",
        related=tuple(related),
    )


def _declared(catalog: Catalog, table: str, name: str, otherwise: Span) -> Span:
    fields = catalog.fields(table)
    found: Field | None = fields.get(name) or next(iter(catalog.entity_fields(table, name)), None)
    if found is not None:
        return found.name.span
    definition = catalog.definitions.get(name)
    return definition.name.span if definition is not None else otherwise


def _say_unknown(name: Name, scope: Scope, meanings: Meanings) -> None:
    catalog, first = meanings.catalog, name.parts[0]
    definition = catalog.definitions.get(first)
    bare = [frame.table for frame in scope.frames if not frame.alias]
    aliased = [frame for frame in scope.frames if frame.alias]
    cause = fix = ""
    message = f"“{first}” is not a name of “{bare[-1]}”" if bare else f"“{first}” is unknown"
    owner = next((frame for frame in aliased if _has(catalog, frame.table, first, len(name.parts) > 1)), None)
    if definition is not None:
        cause, fix = _definition_elsewhere(catalog, first, bare[-1] if bare else "")
    elif owner is not None:
        fix = f"Write “{owner.alias}.{'.'.join(name.parts)}”."
    elif len(name.parts) == 1 and (meant := _identifying(catalog, bare, first)):
        cause = f"“{first}” is what a field identifies, and not a field itself."
        fix = f"Name the field: {meant}."
    elif first in catalog.figures:
        cause = f"“{first}” is a figure: it has a value for a group of records in a period, not for one record."
        fix = "Use it outside the brackets of an aggregate, as in “1000 * count(SET) / population”."
    elif first in catalog.tables or first in catalog.cohorts:
        cause = f"“{first}” names a set of records; a set's name is never put before a field."
        fix = instead_of_set(catalog, name, bare)
    elif noun := instead_of_noun(catalog, name, bare):
        fix = noun
    elif (len(name.parts) == 1 or first in SAID) and (said := habit(catalog, first, bare)):
        fix = said
    else:
        known = [one for table in bare for one in _visible(catalog, table)]
        known += [frame.alias for frame in aliased if len(name.parts) > 1]
        known += [f"{frame.alias}.{one}" for frame in aliased for one in _visible(catalog, frame.table)]
        fix = ("" if nearest(first, known) else in_quotes(name)) or offer(first, known)
    meanings.findings.say(
        UNKNOWN_NAME, _first_part(name), message, path=scope.path, label="unknown", cause=cause, fix=fix
    )


def _identifying(catalog: Catalog, tables: list[str], entity: str) -> str:
    """The fields in sight that identify an entity, as a message names them."""
    found = dict.fromkeys(one.name.value for table in tables for one in catalog.entity_fields(table, entity))
    return " or ".join(f"“{one}”" for one in found)


def _definition_elsewhere(catalog: Catalog, name: str, table: str) -> tuple[str, str]:
    of = catalog.definitions[name].of
    if of is None:
        return (
            f"“{name}” is defined for a group of records, not for one record.",
            "Use it outside the brackets of an aggregate.",
        )
    return (
        f"“{name}” is defined for “{of.value}”, not for “{table}”.",
        f"Define it for “{table}”, or step to the record that has it.",
    )


def _say_unknown_in(name: Name, part: str, table: str, scope: Scope, meanings: Meanings) -> None:
    catalog, known = meanings.catalog, _visible(meanings.catalog, table)
    fix = _part_of(name, part) or (f"Leave “{part}” out: the step leads to its record." if part == table else "")
    elsewhere = "" if nearest(part, known) else habit(catalog, part, [table])
    fix = fix or elsewhere or offer(part, known)
    meanings.findings.say(
        UNKNOWN_NAME,
        _part_span(name, part),
        f"“{part}” is not a name of “{table}”",
        path=scope.path,
        label="unknown",
        fix=fix,
    )


def _part_of(name: Name, part: str) -> str:
    before = ".".join(name.parts[: name.parts.index(part)])
    return f"Write “{part} of {before}”." if part in {"week", "month", "quarter", "year"} else ""


def _visible(catalog: Catalog, table: str) -> list[str]:
    return [*catalog.fields(table), *catalog.definitions_of(table), *catalog.entities(table)]


def _first_part(name: Name) -> Span:
    return _part_span(name, name.parts[0])


def _part_span(name: Name, part: str) -> Span:
    """The place of one part of a path; the whole path if its text was not written plainly."""
    at = name.span.text.find(part)
    return name.span if at < 0 else replace(name.span, start=name.span.start + at, end=name.span.start + at + len(part))


def single_field(entity: str, table: str, catalog: Catalog) -> tuple[Field | None, str]:
    """The one field of a table that a name after `per` or `for same` means, or what is wrong ("" if reported)."""
    found = catalog.entity_fields(table, entity)
    named = catalog.fields(table).get(entity)
    if len(found) == 1:
        return found[0], ""
    if named is not None and named.entity is not None:
        return named, ""
    if found:
        names = ", ".join(f"“{one.name.value}”" for one in found)
        return None, f"several fields of “{table}” identify {article(entity)}: {names}"
    if catalog.fields_unread(table):
        return None, ""
    close = nearest(entity, [*catalog.entities(table), *catalog.fields(table)])
    hint = f"; did you mean “{close}”?" if close else ""
    return None, f"no field of “{table}” identifies {article(entity)}{hint}"
