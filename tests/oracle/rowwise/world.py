"""The spec, the tables as they were read, and what a name means for a record."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import SimpleNamespace

from acmspec.formula.tree import Formula
from acmspec.spec.merged import Spells
from acmspec.spec.tree import Cohort, Definition, Metric, Spec, When
from rowwise.periods import Stretch
from rowwise.tables import Loaded, Row


@dataclass(eq=False)
class World:
    """The spec, and the tables as they were read. What names mean is looked up once."""

    spec: Spec
    tables: dict[str, Loaded]
    data_date: date
    short: set[str] = field(default_factory=set)
    """The calendars that don't cover a day that some record asked for."""
    torn: set[str] = field(default_factory=set)
    """The tables in which a record found several records where it asked for the only one."""

    @cache  # noqa: B019
    def table(self, name: str) -> object:
        """What is said of a table: one that is read, or the spells of a name."""
        found = next((one for one in self.spec.data if one.name.value == name), None)
        return self._spells(name) if found is None else found

    def spells(self, name: str) -> Spells | None:
        """How the spells of a name are made; none for a table that is read."""
        return next((one for one in self.spec.spells if one.name.value == name), None)

    def sources(self, name: str) -> list[str]:
        """The tables that the stays of some spells come from, and the days that are taken out of them; each once."""
        made = self.spells(name)
        return [] if made is None else list(dict.fromkeys(self.base(one.value) for one in (*made.merge, *made.without)))

    def _spells(self, name: str) -> object:
        """What a spec would say of the table that spells are: its fields, its key, its date, its span."""
        made = self.spells(name)
        assert made is not None, name
        start, end = SimpleNamespace(value="start"), SimpleNamespace(value="end")
        source = self.table(self.base(made.merge[0].value))
        whose = next(one for one in source.fields if one.entity is not None and one.entity.value == made.per.value)
        fields = (made.per, whose.type), (start, "date"), (end, "date"), (SimpleNamespace(value="count"), "integer")
        return SimpleNamespace(
            name=made.name,
            fields=[
                SimpleNamespace(
                    name=one,
                    type=kind,
                    values=None,
                    unit=None,
                    entity=one if one is made.per else None,
                    optional=one is end,
                )
                for one, kind in fields
            ],
            key=(made.per, start),
            date=made.date,
            interval=(start, end),
            reporting=None,
        )

    @cache  # noqa: B019
    def cohort(self, name: str) -> Cohort | None:
        return next((one for one in self.spec.cohorts if one.name.value == name), None)

    @cache  # noqa: B019
    def lineage(self, name: str) -> list[Cohort]:
        """The cohorts a set is made of, the first one made first; empty for a table."""
        found = []
        cohort = self.cohort(name)
        while cohort is not None:
            found.insert(0, cohort)
            cohort = self.cohort(cohort.source.value)
        return found

    @cache  # noqa: B019
    def base(self, name: str) -> str:
        """The table a set's records come from."""
        lineage = self.lineage(name)
        return lineage[0].source.value if lineage else name

    @cache  # noqa: B019
    def interval(self, name: str) -> tuple[object, object] | None:
        """The span that a set gives its records; none for its table's."""
        return next((one.interval for one in reversed(self.lineage(name)) if one.interval is not None), None)

    @cache  # noqa: B019
    def when(self, name: str) -> When | None:
        """How the records of a set come into a period; none for the table's date."""
        return next((one.when for one in reversed(self.lineage(name)) if one.when is not None), None)

    @property
    def zone(self) -> str | None:
        """The contract's time zone."""
        zone = self.spec.contract.timezone
        return None if zone is None else zone.value

    @cache  # noqa: B019
    def definition(self, name: str, table: str | None) -> Definition | None:
        for one in self.spec.definitions:
            if one.name.value == name and (one.of.value if one.of else None) == table:
                return one
        return None

    def at_end_of(self, table: str, path: str) -> Definition | None:
        """The definition that a path leads to."""
        *steps, last = path.split(".")
        for step in steps:
            table = self.step(table, step)[1]
        return self.definition(last, table)

    def figure(self, name: str) -> Formula | None:
        """The formula of a definition for groups or of a metric; none for a reference figure."""
        found = self.definition(name, None)
        if found is not None:
            return found.formula.tree
        metric = self.metric(name)
        return None if metric is None else metric.formula.tree

    def metric(self, name: str) -> Metric | None:
        """The metric of a name."""
        return next((one for one in self.spec.metrics if one.name.value == name), None)

    @cache  # noqa: B019
    def entity_field(self, table: str, entity: str) -> str | None:
        for one in self.table(table).fields:
            if one.entity is not None and one.entity.value == entity:
                return one.name.value
        return None

    @cache  # noqa: B019
    def unit(self, table: str, name: str) -> str | None:
        """The unit of time that a field's numbers count."""
        unit = next((one.unit for one in self.table(table).fields if one.name.value == name), None)
        return None if unit is None else re.sub(r"s( of|$)", r"\1", unit.value)

    @cache  # noqa: B019
    def has(self, table: str, name: str) -> bool:
        """Whether a name means something for records of a table."""
        return (
            any(one.name.value == name for one in self.table(table).fields)
            or self.definition(name, table) is not None
            or self.entity_field(table, name) is not None
        )

    @cache  # noqa: B019
    def step(self, table: str, name: str) -> tuple[str, str]:
        """Which field a step to one goes by, an entity's or one with this name, and which table it leads to."""
        named = {one.name.value: one for one in self.table(table).fields}
        field = self.entity_field(table, name) or name
        entity = named[field].entity
        target = None if entity is None else self.keyed_by(entity.value)
        assert target is not None
        return field, target

    @cache  # noqa: B019
    def keyed_by(self, entity: str) -> str | None:
        """The table that has one record an entity."""
        for table in self.spec.data:
            if len(table.key) == 1 and self.entity_field(table.name.value, entity) == table.key[0].value:
                return table.name.value
        return None


@dataclass(frozen=True)
class Here:
    """Where a formula is read: the records it can speak of, the innermost first, each with its alias, in a window.

    With `three`, a lookup that found nothing but doubt is unknown.
    """

    world: World
    scopes: tuple[tuple[str, Row], ...]
    window: Stretch | None = None
    three: bool = False
    intervals: tuple[tuple[object, object] | None, ...] = (None,)
    """The fields of each record's span, where its set has one of its own."""

    @property
    def interval(self) -> tuple[object, object] | None:
        """The fields of the span of the record at hand."""
        return self.intervals[0]

    @property
    def row(self) -> Row:
        """The record at hand."""
        return self.scopes[0][1]

    def on(self, row: Row) -> "Here":
        """The same for a record alone."""
        return replace(self, scopes=(("", row),), intervals=(None,))

    def into(self, alias: str, row: Row, interval: tuple[object, object] | None = None) -> "Here":
        """The same inside a lookup, at a record looked into."""
        return replace(self, scopes=((alias, row), *self.scopes), intervals=(interval, *self.intervals))

    def around(self) -> "Here":
        """The record outside the one at hand."""
        return replace(self, scopes=self.scopes[1:], intervals=self.intervals[1:])

    def of(self, name: str) -> "Here":
        """The same for a record as one of a set, which may have a span of its own."""
        return replace(self, intervals=(self.world.interval(name), *self.intervals[1:]))

    def doubting(self) -> "Here":
        """The same, lookups in doubt being unknown."""
        return replace(self, three=True)


def at(world: World, row: Row, window: Stretch | None = None) -> Here:
    """A record on its own."""
    return Here(world, (("", row),), window)


def place(here: Here, parts: tuple[str, ...]) -> tuple[Row | None, str]:
    """The record a path leads to, or None if a link finds nothing, and the last name of the path."""
    for alias, row in here.scopes:
        if alias and parts[0] == alias and len(parts) > 1:
            return follow(here.world, row, parts[1:])
    for alias, row in here.scopes:
        if not alias and here.world.has(row.table, parts[0]):
            return follow(here.world, row, parts)
    raise AssertionError(f"nothing is called {'.'.join(parts)}")


def meant(here: Here, parts: tuple[str, ...]) -> tuple[Row, str]:
    """The same, where a link finds nothing a record without any value."""
    row, name = place(here, parts)
    if row is not None:
        return row, name
    named = [one for alias, one in here.scopes if alias and parts[0] == alias and len(parts) > 1]
    start = (
        named[0]
        if named
        else next(one for alias, one in here.scopes if not alias and here.world.has(one.table, parts[0]))
    )
    table = start.table
    for step in parts[len(named[:1]) : -1]:
        _, table = here.world.step(table, step)
    return nobody(here.world, table), name


def nobody(world: World, table: str) -> Row:
    """A record of a table that knows nothing of itself."""
    return Row(table, 0, {one.name.value: None for one in world.table(table).fields})


def follow(world: World, row: Row, parts: tuple[str, ...]) -> tuple[Row | None, str]:
    """Go along to-one links."""
    here: Row | None = row
    table = row.table
    for step in parts[:-1]:
        name, target = world.step(table, step)
        key = None if here is None else here.values[name]
        here = None if key is None else world.tables[target].by_key.get((key,))
        table = target
    return here, parts[-1]


def conditions(cohort: Cohort) -> list[Formula]:
    """All formulas that make a cohort."""
    when = () if cohort.when is None else (cohort.when.dated, cohort.when.placed)
    found = [one.tree for one in (*when, cohort.where) if one is not None]
    return found + [one.when.tree for one in cohort.exclude]
