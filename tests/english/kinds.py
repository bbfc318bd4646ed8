"""What formulas can name in a spec, by the kind of its value; found out by asking what each name means."""

from collections.abc import Iterator
from dataclasses import dataclass

from acmspec.english.names import Names
from acmspec.formula.from_text import parse
from acmspec.ground.source import Source
from acmspec.program.from_formula import record_meaning
from acmspec.program.record import FieldValue
from acmspec.program.spell_tables import tables
from acmspec.program.types import (
    BooleanType,
    DatetimeType,
    DateType,
    NumberType,
    PeriodType,
    TextType,
    Type,
)
from acmspec.program.units import family, is_time

CONDITION, TEXT, DATE, MOMENT, NUMBER, MONEY = "condition", "text", "date", "moment", "number", "money"
DAYS, MONTHS, HOURS = "day", "month", "second"
MOST_STEPS = 2


def kind(of: Type) -> str:
    """The kind of a value: a period by its cycle, a length by the smallest unit of its family."""
    match of:
        case BooleanType():
            return CONDITION
        case TextType():
            return TEXT
        case DateType():
            return DATE
        case DatetimeType():
            return MOMENT
        case PeriodType(every):
            return every.value
        case NumberType(unit=unit) if len(unit.factors) == 1 and is_time(unit.factors[0][0]):
            found = family(unit)
            return {"month": "months"}.get(found, found)
        case NumberType(unit=unit) if unit.factors == (("USD", 1),):
            return MONEY
        case NumberType():
            return NUMBER
    raise TypeError(of)


@dataclass(frozen=True)
class Set:
    """A set that formulas can name: its table, whether it can be looked into, aggregated, and has a span."""

    name: str
    table: str
    kept: bool
    bound: bool
    dated: bool


class Kinds:
    """What can be named, table by table."""

    def __init__(self, names: Names) -> None:
        self.names = names
        spec = names.spec
        self.tables = {one.name.value: one for one in tables(spec)}
        self.values: dict[str, dict[str, list[str]]] = {}
        self.fields: dict[str, list[str]] = {}
        """Names of fields, over steps or not; a definition has no place in an order."""
        self.codes: dict[tuple[str, str], tuple[str, ...]] = {}
        self.ways: dict[str, list[str]] = {}
        for table in self.tables:
            self._fill(table)
        self.calendars = [one.name.value for one in spec.calendars]
        self.lists = {one.name.value: {code.value for code in one.codes} for one in spec.lists}
        self.group_terms = [one.name.value for one in spec.definitions if one.of is None]
        self.metrics = [one.name.value for one in spec.metrics]
        self.figures = [one.name.value for one in spec.figures]
        self.sets = [*self._sets()]

    def _fill(self, table: str) -> None:
        values: dict[str, list[str]] = {}
        self.fields[table] = []
        self.ways[table] = [*self._ways(table, "", MOST_STEPS)]
        for path in self._paths(table, "", MOST_STEPS):
            meaning = record_meaning(self.names.spec, parse(Source("f", path), 0, len(path)).value, table).value
            if meaning is None:
                continue
            values.setdefault(kind(meaning.type), []).append(path)
            if isinstance(meaning.type, TextType) and meaning.type.values is not None:
                self.codes[table, path] = meaning.type.values
            if isinstance(meaning, FieldValue):
                self.fields[table].append(path)
        self.values[table] = values

    def _paths(self, table: str, before: str, steps: int) -> Iterator[str]:
        catalog = self.names.catalog
        for name in (*catalog.fields(table), *catalog.definitions_of(table)):
            yield f"{before}{name}"
        if steps:
            for _, way in self.names.steps(table):
                if way.step.table != table or steps == MOST_STEPS:
                    yield from self._paths(way.step.table, f"{before}{way.name}.", steps - 1)

    def _ways(self, table: str, before: str, steps: int) -> Iterator[str]:
        for _, way in self.names.steps(table):
            yield f"{before}{way.name}"
            if steps > 1:
                yield from self._ways(way.step.table, f"{before}{way.name}.", steps - 1)

    def _sets(self) -> Iterator[Set]:
        for name, one in self.tables.items():
            yield Set(name, name, kept=False, bound=False, dated=one.date is not None)
        cohorts = {one.name.value: one for one in self.names.spec.cohorts}
        for name, cohort in cohorts.items():
            table = self.names.catalog.base_table(name)
            if table is not None:
                bound = cohort.when is not None and "period" in str(cohort.when)
                yield Set(name, table, kept=bool(cohort.keep), bound=bound, dated=True)

    def of(self, table: str, wanted: str) -> list[str]:
        """The names of a kind of value of a record."""
        return self.values[table].get(wanted, [])

    def has_span(self, table: str) -> bool:
        """Whether the records of a table have a span of their own."""
        return self.tables[table].interval is not None

    def key(self, table: str) -> list[str]:
        """The fields that tell records apart."""
        return [one.value for one in self.tables[table].key]
