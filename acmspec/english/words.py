"""The words a spec declares for what its formulas name: nouns, phrases, labels, terms; makes no sentence."""

from functools import cached_property

from acmspec.ground.node import node
from acmspec.program.catalog import Catalog
from acmspec.program.record import Column, FieldValue, Lookup, Record, Step
from acmspec.program.tree import Population
from acmspec.spec.tree import Cohort, Definition, Field, Says, Spec, Table

_LOWER = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with"})
_UPPER = {"id": "ID", "dob": "DOB", "ssn": "SSN", "zip": "ZIP"}


def humanised(name: str) -> str:
    """A snake_case name as capitalised words: `exit_date` is `Exit Date`, `client_id` is `Client ID`."""
    words = [word for word in name.split("_") if word]
    return " ".join(
        _UPPER.get(word, word if at and word in _LOWER else word[:1].upper() + word[1:])
        for at, word in enumerate(words)
    )


def as_name(words: str) -> str:
    """Words as a name in a formula could be, one sign for each of theirs: `Stay & Care` is `stay___care`."""
    return "".join(one if one.isalnum() or one == "_" else "_" for one in words.lower())


def quoted(text: str) -> str:
    """Text in curly double quotes; in straight ones where it has curly ones itself, so that its end can be seen."""
    if "“" in text or "”" in text:
        return f"'{text}'" if '"' in text else f'"{text}"'
    return f"“{text}”"


@node
class Nouns:
    """What one member of a set is called, and many."""

    one: str
    many: str


class Vocabulary:
    """All declared words of a spec, found by name."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    @cached_property
    def _catalog(self) -> Catalog:
        return Catalog(self.spec)

    @cached_property
    def _keyed(self) -> dict[str, str]:
        """Each kind of thing that is all of a table's key, and what a record of that table is called."""
        found: dict[str, str] = {}
        for one in self._catalog.tables.values():
            key = {each.value for each in one.key}
            fields = [field for field in one.fields if field.name.value in key]
            if len(fields) == 1 and fields[0].entity:
                found.setdefault(fields[0].entity.value, one.noun.one)
        return found

    def table(self, name: str) -> Table:
        """A table by name; KeyError if the spec has none of it."""
        return self._catalog.tables[name]

    def field(self, column: Column) -> Field:
        """The declared field of a column; KeyError if the table has none of it."""
        return self._catalog.fields(column.table)[column.name]

    def cohort(self, name: str) -> Cohort | None:
        """The cohort of a name, if it is one."""
        return self._catalog.cohorts.get(name)

    def base(self, name: str) -> Table:
        """The table that a set's records are of: the table of that name, or the one its cohort comes from."""
        found = self.cohort(name)
        return self.table(name) if found is None else self.base(found.source.value)

    def end_of(self, path: str) -> str:
        """What a dotted path of the spec leads to: the phrase of a field, or a defined term."""
        *steps, last = path.split(".")
        for name, table in self._catalog.tables.items():
            owned = not steps or table.noun.one == self.entity(steps[-1])
            if owned and last in self._catalog.fields(name):
                return self.phrase_of(table, last)
        return self.term(last)

    def definition(self, name: str) -> Definition | None:
        """The definition of a name, if it is one."""
        return self._catalog.definitions.get(name)

    def source(self, table: str) -> str:
        """What the source of a table's records is called."""
        return humanised(table)

    def phrase(self, column: Column) -> str:
        """The capitalised phrase of a field."""
        return self.field(column).phrase or humanised(column.name)

    def phrase_of(self, table: Table, name: str) -> str:
        """The capitalised phrase of a table's field by its name."""
        return self.phrase(Column(table.name.value, name))

    def labels(self, record: Record | None) -> dict[str, str]:
        """The labels of all values of a field; none for anything else."""
        return dict(self.field(record.column).values or ()) if isinstance(record, FieldValue) else {}

    def label(self, column: Column, code: str) -> str:
        """The label of a value, or the value itself where it has none."""
        return dict(self.field(column).values or ()).get(code) or code

    def measure(self, name: str) -> str:
        """What a metric is called: its title, unless another has that title, too."""
        titles = [one.title.value for one in self.spec.metrics if one.name.value == name]
        alike = [one for one in self.spec.metrics if titles and one.title.value == titles[0]]
        return titles[0] if len(alike) == 1 else humanised(name)

    def term(self, name: str) -> str:
        """The defined term of a definition."""
        found = self.definition(name)
        return (found.term if found else "") or humanised(name)

    def says(self, name: str) -> Says:
        """The declared verb phrases of a definition, or plain ones made of its term."""
        found = self.definition(name)
        if found and found.says:
            return found.says
        term = self.term(name)
        return Says(
            one=f"meets the definition of {term}",
            many=f"meet the definition of {term}",
            not_one=f"fails the definition of {term}",
            not_many=f"fail the definition of {term}",
        )

    @cached_property
    def called_so(self) -> frozenset[str]:
        """What one record of any set is called by a noun of its own."""
        cohorts = (one.noun.one for one in self._catalog.cohorts.values() if one.noun is not None)
        return frozenset([*(one.noun.one for one in self._catalog.tables.values()), *cohorts])

    def record(self, table: str) -> Nouns:
        """What a record of a table is called."""
        noun = self.table(table).noun
        return Nouns(noun.one, noun.many)

    def nouns(self, population: Population) -> Nouns:
        """What a member of a set is called."""
        return self.set_nouns(population.name, population.table)

    def set_nouns(self, name: str, table: str) -> Nouns:
        """What a member of a set is called; a cohort without own noun is told from its table by its name."""
        found, base = self.cohort(name), self.record(table)
        if found is None:
            return base
        if found.noun and found.noun.one != base.one:
            return Nouns(found.noun.one, found.noun.many)
        title = humanised(name)
        return Nouns(f"{base.one} in {title}", f"{base.many} in {title}")

    def entity(self, name: str) -> str:
        """What a kind of thing is called: the noun of the table it is the key of, or its own name."""
        return self._keyed.get(name) or humanised(name)

    def step(self, step: Step) -> str:
        """What the record at the end of a to-one step is called."""
        entity = self.field(step.via).entity
        return self.entity(step.name) if entity and entity.value == step.name else humanised(step.name)

    def linked(self, exists: Lookup, called: str) -> tuple[str, ...]:
        """What the record looked into has in common with the outer one, which is `called` so, such as `Client`."""
        return tuple(self.in_common(theirs) + self._as_the(outer, called) for theirs, outer in exists.links)

    def _as_the(self, outer: Record, called: str) -> str:
        """Which of several things of one kind it is on the outer record: ` as the Mother of the Stay`."""
        if not isinstance(outer, FieldValue) or not self.is_one_of_several(outer.column):
            return ""
        return f" as the {self.phrase(outer.column)} of {called}"

    def is_one_of_several(self, column: Column) -> bool:
        """Whether a record has several fields for things of one kind."""
        entity = self.field(column).entity
        return entity is not None and len(self._catalog.entity_fields(column.table, entity.value)) > 1

    def in_common(self, column: Column) -> str:
        """What two records with one value in a column have in common; its phrase where it is one of several."""
        return self.phrase(column) if self.is_one_of_several(column) else self._of(column)

    def chosen_per(self, fields: tuple[FieldValue, ...]) -> tuple[str, ...]:
        """What records are grouped by for a choice, such as `Client`."""
        return tuple(self._of(one.column) for one in fields)

    def _of(self, column: Column) -> str:
        entity = self.field(column).entity
        return self.entity(entity.value) if entity else self.phrase(column)
