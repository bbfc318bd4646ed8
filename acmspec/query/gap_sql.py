"""What is asked about the gaps of one set: a column of the narrow facts for each, and when it counts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from acmspec.ground.node import node
from acmspec.program import record
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.gap import EXCLUDE, GROUP, JUDGING, KEEP, UNLINKED_GROUP, WHERE, Gap, Told
from acmspec.program.gaps import Gaps
from acmspec.program.record import Banded, Defined, FieldValue, IsKnown, Logic, Negation, Record
from acmspec.program.tree import Aggregate, Dimension, Population
from acmspec.program.types import BooleanType, TextType


@node
class Column:
    """A column that is true for the records that have a gap, and the condition that fills it; quoted name.

    It counts for those that come to a `stage` of the set, None for all records.
    """

    name: str
    told: Told
    stage: int | None = None


@node
class Choosing:
    """A column that is true for the records a choice can't be made for: its step, which of its entities, the gap."""

    name: str
    step: int
    entity: int
    gap: Gap


@node
class AggregateGaps:
    """The gaps of an aggregate's own condition, of its value and of its weight."""

    where: tuple[Column, ...]
    value: tuple[Column, ...]
    weight: tuple[Column, ...] = ()


@node
class GroupGaps:
    """Why a record is in no group of a dimension: which of the ask's it is, and a column for each gap."""

    dimension: int
    columns: tuple[Column, ...]


@node
class SetGaps:
    """Everything asked about the gaps of one set, its aggregates in the order of the ask."""

    where: tuple[Column, ...] = ()
    keep: tuple[Choosing, ...] = ()
    exclude: tuple[Column, ...] = ()
    aggregates: tuple[AggregateGaps, ...] = ()
    groups: tuple[GroupGaps, ...] = ()

    @property
    def told(self) -> Iterator[Column]:
        """The columns that are worked out once a record."""
        yield from (*self.where, *self.exclude)
        for group in self.groups:
            yield from group.columns
        for one in self.aggregates:
            yield from (*one.where, *one.value, *one.weight)


def set_gaps(
    population: Population, aggregates: Iterable[Aggregate], gaps: Gaps, dimensions: Iterable[Dimension] = ()
) -> SetGaps:
    """The gaps of a set, its aggregates and what they are broken down by, each column under a name of its own."""
    exclude = [told for left in population.leaving for told in _open(left.when, EXCLUDE, gaps)]
    return SetGaps(
        where=tuple(_wheres(population, gaps)),
        keep=tuple(_choosing(population, gaps)),
        exclude=_columns("gap exclude", exclude),
        aggregates=tuple(_of_aggregate(index, one, gaps) for index, one in enumerate(aggregates)),
        groups=tuple(_of_groups(population.table, dimensions, gaps)),
    )


def _of_groups(table: str, dimensions: Iterable[Dimension], gaps: Gaps) -> Iterator[GroupGaps]:
    """Why a record is in no band: a value that is known can have none, which its group doesn't say."""
    for index, dimension in enumerate(dimensions):
        value = dimension.of(table)
        if isinstance(value, Defined) and isinstance(value.body, Banded):
            told = [replace(one, gap=replace(one.gap, by=dimension.path)) for one in gaps.of(value, GROUP)]
            yield GroupGaps(index, _columns(f"d{index} gap", told))


def _of_aggregate(index: int, one: Aggregate, gaps: Gaps) -> AggregateGaps:
    is_judged = aggregate(one.function).takes in {Takes.CONDITION, Takes.NUMBER}
    value = () if one.expression is None or not is_judged else gaps.of(one.expression, JUDGING)
    where = () if one.where is None else gaps.of(one.where, JUDGING)
    weight = () if one.weight is None else gaps.of_weight(one.weight, JUDGING)
    return AggregateGaps(
        _columns(f"a{index} gap where", where),
        _columns(f"a{index} gap value", value),
        _columns(f"a{index} gap weight", weight),
    )


def _wheres(population: Population, gaps: Gaps) -> Iterator[Column]:
    """The gaps of the conditions of all stages, each of the records that come to it."""
    for index, stage in enumerate(population.stages):
        told = [one for at in range(len(stage.apart)) for one in _behind(stage.apart[:at], stage.apart[at], gaps)]
        yield from (Column(f'"gap where {index} {at}"', one, index or None) for at, one in enumerate(told))


def _behind(before: tuple[Record, ...], condition: Record, gaps: Gaps) -> Iterator[Told]:
    """The gaps of a condition of records that meet those before it: one that fails them is left out already."""
    for one in _open(condition, WHERE, gaps):
        yield replace(one, when=Logic("and", (*before, one.when), BooleanType())) if before else one


def _choosing(population: Population, gaps: Gaps) -> Iterator[Choosing]:
    for step, choice in enumerate(population.choices, 1):
        for entity, value in enumerate(choice.needed):
            for told in gaps.entities((value,), KEEP):
                yield Choosing(f'"gap keep {step} {entity}"', step, entity, told.gap)


def _columns(name: str, all_told: Iterable[Told]) -> tuple[Column, ...]:
    return tuple(Column(f'"{name} {index}"', told) for index, told in enumerate(all_told))


def _open(condition: Record, at: str, gaps: Gaps) -> tuple[Told, ...]:
    """The gaps of a condition whose own answer stands in no column: they count where it has none."""
    found = gaps.of(condition, at)
    root = condition
    while isinstance(root, Defined | Negation):
        root = root.body if isinstance(root, Defined) else root.operand
    if not isinstance(root, Logic):
        return found  # anything else is open as soon as a part of it is
    answer = IsKnown(root, False, BooleanType())
    return tuple(one if one.always else Told(one.gap, Logic("and", (answer, one.when), BooleanType())) for one in found)


def linked(value: Record, sql: str, write: Callable[[Record], str], keys: Mapping[str, tuple[str, ...]]) -> str:
    """A group as text; where a step on the way to it leads to no record, that is the group."""
    if not isinstance(value, FieldValue | Defined) or not value.steps:
        return sql
    lost = []
    for index, step in enumerate(value.steps):
        via = FieldValue(0, value.steps[:index], step.via, TextType(), optional=True)
        stored = record.Column(step.table, keys[step.table][0])
        reached = FieldValue(0, value.steps[: index + 1], stored, TextType(), optional=True)
        lost.append(f"({write(via)} IS NOT NULL AND {write(reached)} IS NULL)")
    return f"CASE WHEN {' OR '.join(lost)} THEN '{UNLINKED_GROUP}' ELSE {sql} END"
