"""What to write for words that are no names in a formula: of other languages, of the calendar, codes, nouns, sets.

It must not know where a formula stands, nor find a mistake itself.
"""

import re
from collections.abc import Sequence

from acmspec.formula.foreign import of_the_calendar
from acmspec.formula.tree import Name
from acmspec.program.catalog import Catalog


def in_quotes(name: Name) -> str:
    """What to write for `provider = A`: a name in capitals that nothing is like is mostly a code."""
    (word, *more) = name.parts
    if more or word == word.lower():
        return ""
    return f'Write it in quotes if it is a value: “"{word}"”. If it is a name, correct or declare it.'


_MISSING = frozenset({"null", "none", "nan", "na", "blank", "empty", "missing"})
_ANSWERS = frozenset({"yes", "no", "true", "false"})
SAID = {
    "open": "Write `open on D`, as in `open on period end`, or `active in period`.",
    "active": "Write `active in period`, or `open on D` for one day.",
    "lasts": "Write `lasts 90 days`: it asks for at least so long.",
    "period": "Write `period start` or `period end`, or `in period` behind a date.",
    "days": "Write `days in period` for the days of a span, or `days from A to B`.",
    **{f"{of}_{end}": f"Write `{of} {end}`." for of in ("period", "contract") for end in ("start", "end")},
    **dict.fromkeys(("data_date", "as_of"), "Write `data date`."),
    "age": "Write “age of BIRTH on D”, with the date of birth and the day on which the age counts.",
    "contract": "Write `contract start` or `contract end`.",
}
"""Words of the language that are taken for names."""
_TO_DATE = frozenset({"ytd", "fytd", "mtd", "qtd", "itd"})
_NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "thirty": 30, "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
_CLOCK = frozenset({"today", "now", "current_date", "getdate", "sysdate"})


def _said_otherwise(catalog: Catalog, name: str) -> str:
    """What to write for a word that the language, or the spec, has for something else than a name."""
    if name.lower() in _MISSING:
        return "Write “is missing” or “is known” behind the name of the value."
    if name.lower() in _ANSWERS:
        return "What is yes or no stands alone: write “FIELD”, or “not FIELD” for no."
    if name.lower() in _CLOCK:
        return "There is no clock: write the date, as in 2025-07-01, or count from a field of the record."
    if name.lower() in _TO_DATE:
        return "Write “[since start]” behind a metric's name, or give the metric “window: year to date”."
    if name in SAID:
        return SAID[name]
    if name.lower() in _NUMBERS:
        return f"Write the number in digits: {_NUMBERS[name.lower()]}."
    if found := re.fullmatch("([A-Z]{3})([0-9]+)", name):
        return f"Write an amount with a blank behind its currency: “{found[1]} {found[2]}”."
    if name in catalog.lists:
        return f"It is a list: write “X in {name}” or “X not in {name}”."
    return of_the_calendar(name)


def habit(catalog: Catalog, name: str, tables: list[str]) -> str:
    """What to write for a word that stands for nothing, for today, a code without quotes, another table's field."""
    if said := _said_otherwise(catalog, name):
        return said
    fields = [field for table in tables for field in catalog.fields(table).values()]
    if any(name == code for field in fields for code, _ in field.values or ()):
        return f'Write the code in quotes: “"{name}"”.'
    here = {field.entity.value for field in fields if field.entity is not None}
    for table in catalog.tables:
        there = [one.entity.value for one in catalog.fields(table).values() if one.entity is not None]
        shared = next((entity for entity in there if entity in here), "")
        if name in catalog.fields(table) and shared:
            if catalog.tables[table] in catalog.keyed_by(shared):
                return f"It is a field of “{table}”: write “{shared}.{name}”."
            return f"It is a field of “{table}”: look it up, as in “any({table} for same {shared} where …)”."
    return ""


def instead_of_set(catalog: Catalog, name: Name, tables: list[str]) -> str:
    """What to write for `visits.score`, `people.income` and `arrests > 2`, where a set's name is put before a field."""
    first, *rest = name.parts
    if not rest and first in catalog.cohorts and catalog.base_table(first) in tables:
        return f"Name the set after “over”: “… over {first}”; its own conditions hold there."
    if not rest:
        return f"Write “count({first} for same ENTITY where …)” for how many belong to the same one."
    path = ".".join(rest)
    if first in tables:
        return f"Leave the set's name out: “{path}”."
    table = catalog.tables.get(first)
    here = [entity for one in tables for entity in catalog.entities(one)]
    step = next((entity for entity in here if table is not None and table in catalog.keyed_by(entity)), "")
    if step:
        return f"Leave the set's name out and step to the record: “{step}.{path}”."
    shared = next((entity for entity in here if table is not None and entity in catalog.entities(first)), "")
    if shared:
        return f"Look its records up, as in “any({first} for same {shared} where …)”, with “{path}” in the condition."
    return "Leave the set's name out, or step to the one other record through the entity, as in “client.race”."


def without_quotes(catalog: Catalog, text: str, tables: Sequence[str]) -> str:
    """What to write for `share("ok" over visits)`, where a name stands in quotes; "" for any other text."""
    named = any(text in catalog.fields(table) or catalog.is_defined_for(table, text) for table in tables)
    return f"Write the name without quotes: “{text}”." if named else ""


def instead_of_noun(catalog: Catalog, name: Name, tables: list[str]) -> str:
    """What to write for `visit.score`, where the record at hand is called by its noun; "" for anything else."""
    first, *rest = name.parts
    nouns = {catalog.tables[one].noun.one.lower() for one in tables}
    return f"Leave “{first}” out: “{'.'.join(rest)}”." if rest and first.lower() in nouns else ""
