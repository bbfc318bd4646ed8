"""What the words of a spec's English name: fields, definitions, sets, records, things; the way back from `words`."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from acmspec.english.lexicon import Lexicon
from acmspec.english.words import Vocabulary, humanised
from acmspec.formula.tree import Call, Name
from acmspec.program.catalog import Catalog
from acmspec.program.record import Column, Step
from acmspec.program.spell_tables import tables
from acmspec.spec.tree import Spec

K = TypeVar("K")
V = TypeVar("V")


class Named(NamedTuple):
    """A value of a record by its name in formulas; `column` is None for a definition."""

    name: str
    column: Column | None
    is_condition: bool


class Way(NamedTuple):
    """A to-one step by its name in formulas."""

    name: str
    step: Step


class SetNamed(NamedTuple):
    """A table or cohort, and the table its records lie in."""

    name: str
    table: str
    one: str


class SaysNamed(NamedTuple):
    """The definition a verb phrase says, whether it says the opposite, and the table it is of."""

    name: str
    negated: bool
    table: str | None


class Names:
    """Everything a spec's words can name. Of two things of one name the first counts; the rules forbid them."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.catalog = Catalog(spec)
        self.words = Vocabulary(spec)
        self._values: dict[str, dict[str, Named]] = {}
        self._ways: dict[str, dict[str, Way]] = {}

    # --- sets and records -----------------------------------------------------------------------------------

    @cached_property
    def sets(self) -> dict[str, SetNamed]:
        """Tables and cohorts by what many members are called."""
        return _first(self._sets())

    def _sets(self) -> Iterator[tuple[str, SetNamed]]:
        for name in (*self.catalog.tables, *self.catalog.cohorts):
            table = self.catalog.base_table(name)
            if table is not None:
                nouns = self.words.set_nouns(name, table)
                yield nouns.many, SetNamed(name, table, nouns.one)

    @cached_property
    def records(self) -> dict[str, str]:
        """Tables by what one record is called, and many."""
        every = tables(self.spec)
        return _first((word, one.name.value) for one in every for word in (one.noun.one, one.noun.many))

    # --- values ---------------------------------------------------------------------------------------------

    def values(self, table: str) -> dict[str, Named]:
        """The fields and definitions of a table's records by their phrases and terms."""
        if table not in self._values:
            self._values[table] = _first(self._named(table))
        return self._values[table]

    def _named(self, table: str) -> Iterator[tuple[str, Named]]:
        for name, field in self.catalog.fields(table).items():
            column = Column(table, name)
            yield self.words.phrase(column), Named(name, column, field.type == "boolean")
        for name in self.catalog.definitions_of(table):
            yield self.words.term(name), Named(name, None, is_condition=False)

    @cached_property
    def group_terms(self) -> dict[str, str]:
        """Group definitions by their terms."""
        return _first((self.words.term(one.name.value), one.name.value) for one in self.spec.definitions if not one.of)

    def is_name(self, table: str, first: str) -> bool:
        """Whether a path about a record of a table can start with this name."""
        catalog = self.catalog
        known = first in catalog.fields(table) or catalog.is_defined_for(table, first)
        return known or bool(catalog.entity_fields(table, first))

    # --- ways to other records ------------------------------------------------------------------------------

    def ways(self, table: str) -> dict[str, Way]:
        """The to-one steps from a table's records by what the record they lead to is called."""
        if table not in self._ways:
            self._ways[table] = _first(self.steps(table))
        return self._ways[table]

    def steps(self, table: str) -> Iterator[tuple[str, Way]]:
        """Each to-one step, with what the record it leads to is called."""
        catalog = self.catalog
        names = (*catalog.fields(table), *(one for one in catalog.entities(table) if one not in catalog.fields(table)))
        for name in names:
            field = catalog.fields(table).get(name)
            found = (field,) if field is not None else catalog.entity_fields(table, name)
            if len(found) == 1 and found[0] is not None and found[0].entity is not None:
                keyed = catalog.keyed_by(found[0].entity.value)
                if len(keyed) == 1:
                    step = Step(name, Column(table, found[0].name.value), keyed[0].name.value)
                    yield self.words.step(step), Way(name, step)

    def links(self, table: str, own: str) -> dict[tuple[str, str], tuple[str, str]]:
        """What records of `table` can have in common with one of `own`, as `for same` names it.

        By what it is called and, where the record has several, which one of them it is (`Person`, `Mother`): the name
        behind `for same` and the one behind `via`, each "" where there is none.
        """
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for theirs in self._identifying(table):
            for ours in self._identifying(own):
                entity = self.words.field(theirs).entity
                if entity is not None and entity == self.words.field(ours).entity:
                    several = self.words.is_one_of_several(theirs), self.words.is_one_of_several(ours)
                    name = theirs.name if several[0] else entity.value
                    said = self.words.in_common(theirs), self.words.phrase(ours) if several[1] else ""
                    found.setdefault(said, (name, ours.name if several[1] else ""))
        return found

    def _identifying(self, table: str) -> Iterator[Column]:
        for name, field in self.catalog.fields(table).items():
            if field.entity is not None:
                yield Column(table, name)

    # --- verbs and lists ------------------------------------------------------------------------------------

    @cached_property
    def says_one(self) -> dict[str, SaysNamed]:
        """Definitions of records by the verb phrases for one record."""
        return _first(self._says(many=False))

    @cached_property
    def says_many(self) -> dict[str, SaysNamed]:
        """Definitions of records by the verb phrases for many."""
        return _first(self._says(many=True))

    def _says(self, *, many: bool) -> Iterator[tuple[str, SaysNamed]]:
        for one in self.spec.definitions:
            if one.of is None:
                continue
            table, name, says = self.catalog.defined_for(one), one.name.value, self.words.says(one.name.value)
            yield says.many if many else says.one, SaysNamed(name, False, table)
            yield says.not_many if many else says.not_one, SaysNamed(name, True, table)

    @cached_property
    def lists(self) -> dict[str, str]:
        """Code lists by their titles."""
        return _first((humanised(one.name.value), one.name.value) for one in self.spec.lists)

    @cached_property
    def calendars(self) -> dict[str, str]:
        """Calendars by their titles."""
        return _first((humanised(one.name.value), one.name.value) for one in self.spec.calendars)

    @cached_property
    def figures(self) -> dict[str, str]:
        """Figures by their titles."""
        return _first((humanised(one.name.value), one.name.value) for one in self.spec.figures)

    @cached_property
    def metrics(self) -> dict[str, str]:
        """Metrics by what they are called."""
        return _first((self.words.measure(one.name.value), one.name.value) for one in self.spec.metrics)

    @cached_property
    def groupings(self) -> dict[str, str]:
        """What results can be broken down by, by the words of its name."""
        catalog = self.catalog
        names = [
            name
            for table in catalog.tables
            for name in (*catalog.entities(table), *catalog.fields(table), *catalog.definitions_of(table))
        ]
        return _first((humanised(name), name) for name in names)

    def table_of(self, formula: object, seen: set[str] | None = None) -> str | None:
        """The table of the records that a group's formula is about, the first of several; None if it is about none.

        `seen` are the names that were looked into already.
        """
        seen = set() if seen is None else seen
        if isinstance(formula, Call):
            return self.catalog.base_table(formula.over.name)
        if isinstance(formula, Name):
            return self._table_of_name(formula.parts[0], seen)
        for one in fields(formula) if is_dataclass(formula) else ():
            found = self.table_of(getattr(formula, one.name), seen) if one.compare else None
            if found is not None:
                return found
        return None

    def _table_of_name(self, name: str, seen: set[str]) -> str | None:
        written = self.catalog.definitions.get(name) or self.catalog.metrics.get(name)
        if written is None or name in seen:
            return None
        seen.add(name)
        return self.table_of(written.formula.tree, seen)

    def codes(self, column: Column) -> dict[str, str]:
        """The codes of a field by their labels."""
        return _first((label or code, code) for code, label in self.words.field(column).values or ())

    # --- all of it ------------------------------------------------------------------------------------------

    @cached_property
    def lexicon(self) -> Lexicon:
        """All words, and all verb phrases."""
        return Lexicon(filter(None, self._all_words()), filter(None, (*self.says_one, *self.says_many)))

    def _all_words(self) -> Iterator[str]:
        for many, found in self.sets.items():
            yield from (many, found.one)
        yield from self.records
        for table in self.catalog.tables:
            yield from self.values(table)
            yield from self.ways(table)
            yield from (self.words.in_common(Column(table, name)) for name in self.catalog.fields(table))
        yield from self.group_terms


def _first(pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    found: dict[K, V] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
