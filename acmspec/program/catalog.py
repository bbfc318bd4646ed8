"""What a spec declares, ready to be looked up by name; knows nothing of formulas."""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from acmspec.ground import zones
from acmspec.ground.calendar import Every
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.source import Located
from acmspec.program.said import things
from acmspec.program.spell_tables import tables
from acmspec.program.types import (
    BooleanType,
    DatetimeType,
    DateType,
    ErrorType,
    NumberType,
    PeriodType,
    TextType,
    Type,
)
from acmspec.spec.enclosures import CodeList, Figure
from acmspec.spec.tree import Cohort, Definition, Field, Metric, Spec, Table

IN_TIME = frozenset({"date", "datetime", "month", "quarter", "year", "fiscal quarter", "fiscal year"})
"""The types of fields that stand for a time."""

PROVIDER = "provider"
"""The entity that agreements are made with."""


class Catalog:
    """The declared names of a spec. Of a repeated name the first counts; the repetition is reported elsewhere."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.tables: dict[str, Table] = _by_name(tables(spec))
        self.cohorts: dict[str, Cohort] = _by_name(spec.cohorts)
        self.definitions: dict[str, Definition] = _by_name(spec.definitions)
        self.lists: dict[str, CodeList] = _by_name(spec.lists)
        self.figures: dict[str, Figure] = _by_name(spec.figures)
        self.metrics: dict[str, Metric] = _by_name(spec.metrics)
        self._fields: dict[str, dict[str, Field]] = {name: _by_name(one.fields) for name, one in self.tables.items()}

    @cached_property
    def _defined(self) -> dict[str, dict[str, None]]:
        """The names of the definitions for records of each table."""
        found: dict[str, dict[str, None]] = {}
        for one in self.spec.definitions:
            if (table := self.defined_for(one)) is not None:
                found.setdefault(table, {})[one.name.value] = None
        return found

    @cached_property
    def _identifying(self) -> dict[tuple[str, str], tuple[Field, ...]]:
        """The fields of each table that identify things of each kind."""
        found: dict[tuple[str, str], list[Field]] = {}
        for table, fields in self._fields.items():
            for one in fields.values():
                if one.entity:
                    found.setdefault((table, one.entity.value), []).append(one)
        return {key: tuple(each) for key, each in found.items()}

    def fields(self, table: str) -> dict[str, Field]:
        """The fields of a table by name; none if there is no such table."""
        return self._fields.get(table, {})

    def faulty(self, *path: str) -> bool:
        """Whether a part of the spec, something it lies in or something inside it could not be read."""
        return faulty(self.spec, *path)

    def base_table(self, name: str) -> str | None:
        """The table a set draws its records from; None if its ancestry is unknown or goes in a circle."""
        seen: set[str] = set()
        while name not in self.tables:
            if name in seen or name not in self.cohorts:
                return None
            seen.add(name)
            name = self.cohorts[name].source.value
        return name

    def defined_for(self, definition: Definition) -> str | None:
        """The table a record definition is for; None for a group definition or an unknown table."""
        return None if definition.of is None else self.base_table(definition.of.value)

    def definitions_of(self, table: str) -> tuple[str, ...]:
        """The names of the definitions for records of a table, in the author's order."""
        return tuple(self._defined.get(table, ()))

    def is_defined_for(self, table: str, name: str) -> bool:
        """Whether a definition of a name is for records of a table."""
        return name in self._defined.get(table, ())

    def entity_fields(self, table: str, entity: str) -> tuple[Field, ...]:
        """The fields of a table that identify a thing of some kind."""
        return self._identifying.get((table, entity), ())

    def fields_unread(self, table: str) -> bool:
        """Whether some field of a table could not be read, so that what a name or an entity means there is open."""
        return any(one == f"data.{table}" or one.startswith(f"data.{table}.fields") for one in self.spec.faulty)

    def entities(self, table: str) -> tuple[str, ...]:
        """The kinds of things the fields of a table identify."""
        return tuple(dict.fromkeys(one.entity.value for one in self.fields(table).values() if one.entity))

    @cached_property
    def keys_unread(self) -> bool:
        """Whether some table's key could not be read or names no field, so that where an entity leads to is open."""
        return self.faulty("data") or any(
            key.value not in self.fields(table.name.value) for table in self.spec.data for key in table.key
        )

    def keyed_by(self, entity: str) -> tuple[Table, ...]:
        """The tables that have one record for each thing of a kind: their only key field identifies it."""
        return tuple(one for one in self._in_key.get(entity, ()) if len(one.key) == 1)

    def partly_keyed_by(self, entity: str) -> Table | None:
        """The first table whose key of several fields has one that identifies a thing of a kind."""
        return next((one for one in self._in_key.get(entity, ()) if len(one.key) > 1), None)

    @cached_property
    def _in_key(self) -> dict[str, list[Table]]:
        """The tables whose key has a field that identifies a thing of each kind."""
        found: dict[str, list[Table]] = {}
        for table in self.spec.data:
            named = (self._entity_of(table, one.value) for one in table.key)
            for entity in dict.fromkeys(one for one in named if one is not None):
                found.setdefault(entity, []).append(table)
        return found

    def _entity_of(self, table: Table, field: str) -> str | None:
        found = self.fields(table.name.value).get(field)
        return found.entity.value if found is not None and found.entity is not None else None

    def type_of(self, table: str, field: Field) -> Type:
        """The type of a field's values; an error where it was written in a way that could not be read."""
        if self.faulty("data", table, "fields", field.name.value, "type"):
            return ErrorType()
        match field.type:
            case "integer" | "decimal":
                return NumberType(unit=self._counted(field), integral=field.type == "integer")
            case "money":
                return NumberType(unit=Unit.of(self.spec.contract.currency))
            case "date":
                return DateType()
            case "datetime":
                return DatetimeType(self.zone)
            case "month" | "quarter" | "year" | "fiscal quarter" | "fiscal year":
                return self.period_type(Every(field.type))
            case "boolean":
                return BooleanType()
            case _:
                unread = self.faulty("data", table, "fields", field.name.value, "values")
                values = None if field.values is None or unread else tuple(code for code, _ in field.values)
                return TextType(values, field.fold, self.spellings(field) if field.fold else ())

    def spellings(self, field: Field) -> tuple[str, ...]:
        """The ways in which the values of a field are written where case doesn't count: its own, the agreements'."""
        if field.values is not None:
            return tuple(code for code, _ in field.values)
        if field.entity is None or field.entity.value != PROVIDER:
            return ()
        return tuple(dict.fromkeys(one.provider.value for one in self.spec.agreements))

    def _counted(self, field: Field) -> Unit:
        """The length of time that a field's numbers count; plain numbers without one."""
        if field.unit is None:
            return ONE
        word, _, calendar = field.unit.value.partition(" of ")
        word = word.removesuffix("s")
        if word != "business day":
            return Unit.of(word)
        only = self.spec.calendars[0].name.value if len(self.spec.calendars) == 1 else ""
        return Unit.of(f"{word} of {calendar or only}")

    @property
    def zone(self) -> str:
        """The contract's time zone; "" if it has none, or one that is not known (which is reported elsewhere)."""
        written = self.spec.contract.timezone
        return written.value if written is not None and written.value in zones.names() else ""

    def period_type(self, every: Every) -> PeriodType:
        """The type of months, quarters or years; fiscal ones are those of the contract."""
        return PeriodType(every, self.spec.contract.fiscal_year_starts if every.is_fiscal else 1)

    def entity_unit(self, entity: str) -> Unit:
        """What different things of a kind are counted in: the noun of their own table, else the kind's name."""
        tables = self.keyed_by(entity)
        return things(tables[0].noun.one) if len(tables) == 1 else things(entity) if entity else ONE


def faulty(spec: Spec, *path: str) -> bool:
    """Whether a part of the spec, something it lies in or something inside it could not be read, which was reported."""
    start = ".".join(path)
    around = any(".".join(path[:length]) in spec.faulty for length in range(1, len(path) + 1))
    return around or any(one.startswith(f"{start}.") for one in spec.faulty)


class _Named(Protocol):
    @property
    def name(self) -> Located[str]: ...


N = TypeVar("N", bound=_Named)


def _by_name(declared: Sequence[N]) -> dict[str, N]:
    found: dict[str, N] = {}
    for one in declared:
        found.setdefault(one.name.value, one)
    return found
