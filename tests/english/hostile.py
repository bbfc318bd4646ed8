"""Vocabularies that try to be misread: words of the language inside words, words that start with others, plurals."""

import random
from dataclasses import replace

from acmspec.spec.merged import Spells
from acmspec.spec.tree import Definition, Field, Noun, Says, Spec, Table

CAPITAL = [
    "Visit", "Visits", "Date", "A", "S", "The", "For Which", "And", "Is", "Person", "Day", "Days", "Number", "In",
    "Same", "Where", "July", "May", "Home", "One", "USD", "All", "Data Date", "True", "C",
]  # fmt: skip
SMALL = ["of", "of the", "and", "or", "for which", "for the same", "is", "is recorded", "is not", "in", "in set", "A",
         "that", "to", "from", "plus", "minus", "the", "the Visit", "per", "S", "5", "2", "out of", "within", "after",
         "on", "on or within", "1 day", "is true", "at least", "in the list", "as its", "percent", "by", "across",
         "among", "(a)", ", where", "otherwise", "if", "- or", "/", "&", "recorded, and", "é"]  # fmt: skip
VERBS = ["is", "is in", "has", "comes", "is recorded", "is not", "lasts", "is open", "meets", "and", "is true", "stays"]


def _capital(chance: random.Random) -> str:
    more = range(chance.choice((0, 1, 1, 2, 3)))
    return " ".join([chance.choice(CAPITAL), *(chance.choice(chance.choice((SMALL, CAPITAL))) for _ in more)])


def _verb(chance: random.Random) -> str:
    return " ".join([chance.choice(VERBS), *(chance.choice([*SMALL, *CAPITAL]) for _ in range(chance.choice((1, 2))))])


def _noun(chance: random.Random, noun: Noun) -> Noun:
    if chance.random() < 0.5:
        return noun
    one = _capital(chance)
    return Noun(one, f"{one}s" if chance.random() < 0.6 else _capital(chance))


def _field(chance: random.Random, field: Field) -> Field:
    values = field.values
    if values and chance.random() < 0.5:
        values = tuple((code, f"{_capital(chance)} {code}, and so; on.") for code, _ in values)
    return replace(field, phrase=_capital(chance) if chance.random() < 0.3 else field.phrase, values=values)


def _table(chance: random.Random, table: Table) -> Table:
    fields = tuple(_field(chance, one) for one in table.fields)
    return replace(table, noun=_noun(chance, table.noun), fields=fields)


def _spells(chance: random.Random, spells: Spells) -> Spells:
    noun = _noun(chance, Noun(*spells.noun))
    return replace(spells, noun=(noun.one, noun.many))


def _definition(chance: random.Random, one: Definition) -> Definition:
    term = _capital(chance) if chance.random() < 0.3 else one.term
    says = one.says
    if one.of is not None and chance.random() < 0.5:
        says = Says(_verb(chance), _verb(chance), _verb(chance), _verb(chance))
    return replace(one, term=term, says=says)


def under(chance: random.Random, spec: Spec) -> Spec:
    """The same spec with some of its words replaced."""
    cohorts = tuple(replace(one, noun=_noun(chance, one.noun)) if one.noun is not None else one for one in spec.cohorts)
    return replace(
        spec,
        data=tuple(_table(chance, one) for one in spec.data),
        spells=tuple(_spells(chance, one) for one in spec.spells),
        cohorts=cohorts,
        definitions=tuple(_definition(chance, one) for one in spec.definitions),
    )
