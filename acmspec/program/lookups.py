"""Turns `any(other SET as N for same ENTITY where C)` and its like into lookups, which must be bounded in time."""

from functools import partial

from acmspec.formula.tree import Call, Dated, Formula, Same, SetUse
from acmspec.ground.articles import article
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import nearest, offer
from acmspec.ground.source import Span
from acmspec.program.beside_the_lookup import say_if_beside
from acmspec.program.catalog import IN_TIME
from acmspec.program.functions import AGGREGATE_WORDS
from acmspec.program.lookup_values import Inside, Read, amount_of, is_shaped, order, row_of, type_of, value
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.record import (
    Column,
    Compare,
    FieldValue,
    IsKnown,
    Logic,
    Lookup,
    Negation,
    PeriodValue,
    Record,
)
from acmspec.program.relocate import is_bound, is_faulty, relocate
from acmspec.program.scope import Frame, Scope, single_field
from acmspec.program.span_from_formula import own_span
from acmspec.program.time_bounds import upper_bounds
from acmspec.program.tree import Population
from acmspec.program.types import BooleanType, DateType
from acmspec.program.windows_from_formula import WindowReader
from acmspec.spec.tree import Field

UNKNOWN_SET = Problem(
    "ACM304",
    "unknown set of records",
    "Formulas draw on the tables under “data” and the cohorts under “cohorts”.",
    "Correct the name, or declare the table or cohort.",
    "The records a figure is drawn from must be named in this Agreement.",
)
BAD_LOOKUP = Problem(
    "ACM332",
    "incomplete lookup",
    "A lookup asks whether other records of the same client (or another entity) exist: it must say which records, the "
    "same what, and on the record's own table whether the record itself counts.",
    "Write “any(SET for same ENTITY where …)”, and on the record's own table “any(other SET as later for same ENTITY "
    "where later.FIELD …)”.",
    "Other records of the same person must be named together with what they have in common.",
)
NEVER_MATURES = Problem(
    "ACM340",
    "lookup that never matures",
    "Without a last day to look to, any later record could still change the answer, so no result would be final.",
    "Add an end to “where”: “D within 180 days after X”, or “D <= X”, with D a date of the records looked into.",
    "Every observation period must have a last day.",
)
PROBLEMS = (UNKNOWN_SET, BAD_LOOKUP, NEVER_MATURES)


def lookup(call: Call, scope: Scope, meanings: Meanings, inside: Inside) -> Record:
    """The meaning of a lookup for the record of a scope; an error node if it has none (reported)."""
    use, row = call.over, row_of(call)
    if not is_shaped(call, row, scope.path, meanings) or not _says_same_what(call, scope, meanings):
        return FAULTY
    table = meanings.catalog.base_table(use.name)
    population = _looked_into(call, scope, meanings)
    if population is None or table is None:
        return FAULTY
    sound = _says_itself(call, table, scope, meanings) and _has_no_weight(use, scope.path, meanings)
    links = tuple(one for same in use.entities if (one := _link(same, table, scope, meanings)) is not None)
    inner = scope.inside(Frame(table, use.alias, population.span))
    if table == scope.own.table and not use.alias:
        return FAULTY  # which record a name belongs to can't be told; what is missing was said
    expression = value(call, row, inner, inside, meanings)
    by = order(call, inner, tuple(column for column, _ in links), meanings)
    placed = _placed_here(use, inner, scope, inside, meanings)
    own = None if use.where is None else inside.condition(use.where, inner, meanings)
    where = _together(population, placed, own)
    if not sound or len(links) < len(use.entities) or by is None:
        return FAULTY
    if _has_dates(table, meanings) and not upper_bounds(where, table) and not (where is not None and is_faulty(where)):
        message, place = (
            f"this lookup into “{use.name}” has no last day",
            call.span if use.where is None else use.where.span,
        )
        fix = _ended(use.alias, table, scope, meanings)
        meanings.findings.say(NEVER_MATURES, place, message, path=scope.path, label="no last day", fix=fix)
        return FAULTY
    say_if_beside(call, expression, own, scope, meanings)
    amount = amount_of(call, row, expression, scope.path, meanings)
    if row.is_total_over_time and amount is None:
        return FAULTY
    kind = type_of(row, population.one or meanings.catalog.tables[table].noun.one, expression, by, meanings.catalog)
    position = int(call.given.amount.value) if row.numbered and call.given is not None else 1
    other, bound = use.reach == "other", _is_bound(population, placed)
    return Lookup(row.name, expression, table, use.alias, links, other, where, kind, by, position, amount, bound)


def _says_same_what(call: Call, scope: Scope, meanings: Meanings) -> bool:
    if call.over.entities:
        return True
    here = meanings.catalog.entities(scope.own.table)
    there = meanings.catalog.entities(meanings.catalog.base_table(call.over.name) or "")
    shared = next((one for one in there if one in here), "")
    fix = f"Add “for same {shared}”." if shared else "Add “for same ENTITY”, such as “for same client”."
    meanings.findings.say(
        BAD_LOOKUP, call.span, "the lookup doesn't say the same what", path=scope.path, label="same what?", fix=fix
    )
    return False


def _looked_into(call: Call, scope: Scope, meanings: Meanings) -> Population | None:
    """The set looked into; choosing one record in each period has no meaning where there is no period."""
    catalog, use = meanings.catalog, call.over
    if not known_set(call, scope.path, meanings):
        return None
    if use.name in catalog.tables:
        return Population(use.name, use.name, "", "", FAULTY, None, (), ())
    found = meanings.population(use.name, use.name_span)
    if found is not None and found.choices:
        message = f"“{use.name}” keeps some of its records, and a lookup looks into all that meet a condition"
        fix = "Look into the table, and say in “where” which records count."
        meanings.findings.say(BAD_LOOKUP, use.name_span, message, path=scope.path, label="bound to the period", fix=fix)
        return None
    return found


def known_set(call: Call, path: str, meanings: Meanings) -> bool:
    """Whether the set of a call is a declared table or cohort; reported if it should be and is not."""
    catalog, use = meanings.catalog, call.over
    if use.name in catalog.tables or use.name in catalog.cohorts:
        return True
    if not catalog.faulty("data", use.name) and not catalog.faulty("cohorts", use.name):
        known = (*catalog.tables, *catalog.cohorts)
        in_brackets = f"{call.function}({use.name})"
        is_value = any(use.name in catalog.fields(one) for one in catalog.tables) or use.name in catalog.definitions
        fix = _of_noun(use.name, meanings) or offer(use.name, known)
        if call.function == "count" and _is_condition(use.name, use.name_span, meanings):
            fix = f"Say of which records: “count(SET where {use.name})” in place of “{in_brackets}”."
        elif is_value and call.function in AGGREGATE_WORDS:
            inside = f"distinct {use.name}" if call.function == "count" else use.name
            fix = f"Say over which records: “{call.function}({inside} over SET)” in place of “{in_brackets}”."
        message = f"there is no table or cohort “{use.name}”"
        meanings.findings.say(UNKNOWN_SET, use.name_span, message, path=path, label="unknown", fix=fix)
    return False


def _of_noun(name: str, meanings: Meanings) -> str:
    """What to write for a noun, by which clauses call the records of a set."""
    catalog = meanings.catalog
    called = {key: one.noun for key, one in catalog.tables.items()}
    called |= {key: one.noun for key, one in catalog.cohorts.items() if one.noun is not None}
    found = [key for key, noun in called.items() if name.lower() in {noun.one.lower(), noun.many.lower()}]
    return f"That is what clauses say; the set is “{found[0]}”." if found else ""


def _is_condition(name: str, use: Span, meanings: Meanings) -> bool:
    """Whether a definition of records, or a field of some table, is true or false."""
    catalog = meanings.catalog
    if name in catalog.definitions:
        of = catalog.definitions[name].of
        return of is not None and isinstance(meanings.record_definition(name, use).type, BooleanType)
    return any(catalog.fields(one)[name].type == "boolean" for one in catalog.tables if name in catalog.fields(one))


def _says_itself(call: Call, table: str, scope: Scope, meanings: Meanings) -> bool:
    """Whether a lookup on the record's own table says `other` or `all` and has an alias, and no other says `other`."""
    use, say = call.over, meanings.findings.say
    if use.alias and any(frame.alias == use.alias for frame in scope.frames):
        message = f"“{use.alias}” is already the alias of a record around this lookup"
        say(BAD_LOOKUP, use.span, message, path=scope.path, label="which one?", fix="Choose another alias.")
        return False
    if table != scope.own.table:
        if use.reach == "other":
            message = f"“other” is only for the record's own table, “{scope.own.table}”"
            say(BAD_LOOKUP, use.span, message, path=scope.path, fix="Leave “other” out.")
        return use.reach != "other"
    lacking = [] if use.reach else ["“other” or “all” before the set"]
    if not use.alias:
        lacking.append("an alias after it, such as “as later”")
    if lacking:
        message = f"a lookup into the record's own table, “{table}”, needs " + " and ".join(lacking)
        alias = use.alias or "later"
        fix = f"Write “other {use.name} as {alias}” to leave the record itself out, or “all {use.name} as {alias}”."
        say(BAD_LOOKUP, use.span, message, path=scope.path, label="the record's own table", fix=fix)
    return not lacking


def _link(same: Same, table: str, scope: Scope, meanings: Meanings) -> tuple[Column, Record] | None:
    """The fields on both sides that must be equal; either may be named where a table has several for one entity."""
    name, catalog = same.name, meanings.catalog
    word = name.parts[0]
    if len(name.parts) > 1:
        message = f"“{'.'.join(name.parts)}” is a path; “for same” takes an entity, such as “client”"
        meanings.findings.say(BAD_LOOKUP, name.span, message, path=scope.path)
        return None
    theirs, wrong = single_field(word, table, catalog)
    entity = theirs.entity.value if theirs is not None and theirs.entity is not None else word
    ours, wrong_here = _ours(same, entity, scope, meanings)
    message = wrong or wrong_here
    if message:
        fix = f"Give the field that identifies it “entity: {entity}”, or correct the word."
        if len(catalog.entity_fields(table, word)) > 1 and wrong:
            fix = f"Name the field of “{table}” in the place of “{word}”."
        elif len(catalog.entity_fields(scope.own.table, entity)) > 1 and not wrong:
            fix = f"Say which one: “for same {word} via FIELD”."
        span = name.span if wrong or same.via is None else same.via.span
        meanings.findings.say(BAD_LOOKUP, span, message, path=scope.path, label="can't be linked", fix=fix)
    if theirs is None or ours is None:
        return None
    column = Column(scope.own.table, ours.name.value)
    outer = FieldValue(0, (), column, catalog.type_of(scope.own.table, ours), ours.optional)
    return Column(table, theirs.name.value), outer


def _ours(same: Same, entity: str, scope: Scope, meanings: Meanings) -> tuple[Field | None, str]:
    """The field of the outer record that is linked: the one named, else its one field for the entity."""
    catalog, table = meanings.catalog, scope.own.table
    if same.via is None:
        found, wrong = single_field(same.name.parts[0], table, catalog)
        if found is None and entity != same.name.parts[0] and same.name.parts[0] not in catalog.fields(table):
            return single_field(entity, table, catalog)
        return found, wrong
    named = same.via.parts[0]
    field = catalog.fields(table).get(named)
    if field is None:
        if catalog.fields_unread(table):
            return None, ""
        close = nearest(named, catalog.fields(table))
        hint = f"; did you mean “{close}”?" if close else ""
        return None, f"“{named}” is no field of “{table}”{hint}"
    if field.entity is None or field.entity.value != entity:
        return None, f"“{named}” of “{table}” does not identify {article(entity)}"
    return field, ""


def _has_no_weight(use: SetUse, path: str, meanings: Meanings) -> bool:
    if use.weight is None:
        return True
    message = "a lookup takes no weights: they belong to a share or an average of a group"
    fix = "Write “sum(A * B over …)” for a weighted total, and compare it."
    meanings.findings.say(BAD_LOOKUP, use.weight.span, message, path=path, label="no weights here", fix=fix)
    return False


def _placed_here(use: SetUse, inner: Scope, scope: Scope, inside: Inside, meanings: Meanings) -> Record | None:
    """What `open on D` or `active WINDOW` asks of the span of the record looked into, None where it is not said.

    The days are those of the record that looks. An error node where they can't be said (reported).
    """
    if use.placed is None:
        return None
    if isinstance(use.placed, Dated):
        message = "records looked into come into no period, so “dated” has no effect"
        fix = "Say in “where” which dates count, as in “where arrested_on in period”."
        meanings.findings.say(BAD_LOOKUP, use.placed.span, message, path=scope.path, label="no effect", fix=fix)
        return FAULTY
    read, date = (partial(_seen_inside, one, scope, meanings) for one in (inside.value, inside.date))
    return own_span(use.placed, inner, meanings, WindowReader(read, date, inner, meanings, around=1))


def _seen_inside(read: Read, scope: Scope, meanings: Meanings, formula: Formula) -> Record:
    """What a formula means for the record that looks, said of the record looked into."""
    return relocate(read(formula, scope, meanings), 1)


def _together(population: Population, placed: Record | None, own: Record | None) -> Record | None:
    """The conditions of a cohort and of its sources with the lookup's own; an unknown exclusion leaves nothing out.

    Where the lookup says itself how records are placed in time, the cohort doesn't.
    """
    found = list(_placed(population) if placed is None else (placed,))
    found += population.wheres
    for left in population.leaving:
        unknown = IsKnown(left.when, False, BooleanType())
        found.append(Logic("or", (unknown, Negation(left.when, BooleanType())), BooleanType()))
    if own is not None:
        found.append(own)
    if len(found) > 1:
        return Logic("and", tuple(found), BooleanType())
    return found[0] if found else None


def _is_bound(population: Population, placed: Record | None) -> bool:
    """Whether what makes a set that is looked into speaks of the period."""
    makes = (population.conditions, *((population.member, population.dated) if placed is None else ()))
    return is_bound(makes)


def _placed(population: Population) -> tuple[Record, ...]:
    """How records come into the period, for a cohort that speaks of the period: only then is it one's own period."""
    if population.member is not None:
        return (population.member,)
    truth, day = BooleanType(), population.dated
    if day is None or not is_bound(population):
        return ()
    first, last = PeriodValue("period start", DateType()), PeriodValue("period end", DateType())
    # A record without its date is in no period, which leaves nothing open.
    return IsKnown(day, True, truth), Compare(">=", day, first, truth), Compare("<=", day, last, truth)


def _ended(alias: str, table: str, scope: Scope, meanings: Meanings) -> str:
    """What to write for an end, in names of the tables at hand; "" where one of them has nothing that ends it."""
    fields = meanings.catalog.fields(table).values()
    inner = next((one for one in fields if one.type in IN_TIME), None)
    days = meanings.catalog.fields(scope.own.table).values()
    outer = next((one.name.value for one in days if one.type == "date"), "")
    if inner is None or not outer:
        return ""
    name = f"{alias}.{inner.name.value}" if alias else inner.name.value
    outer = f"{scope.own.alias}.{outer}" if scope.own.alias else outer
    if inner.type == "date":
        return f"Add an end: “{name} within 180 days after {outer}”, or “{name} <= {outer}”."
    if inner.type in {"month", "quarter", "year"}:
        return f"Add an end: “{name} in {inner.type} 2 after {outer}”, or “{name} <= {inner.type} of {outer}”."
    return ""


def _has_dates(table: str, meanings: Meanings) -> bool:
    """Whether records of the table stand in time, so that a lookup must be bounded.

    A register (one record for each thing, and no date of its own) doesn't: a birth date puts no record in time.
    """
    catalog = meanings.catalog
    found = catalog.tables[table]
    if found.date is not None or found.interval is not None:
        return True
    key = catalog.fields(table).get(found.key[0].value) if len(found.key) == 1 else None
    if key is not None and key.entity is not None:
        return False
    return any(one.type in IN_TIME for one in found.fields)
