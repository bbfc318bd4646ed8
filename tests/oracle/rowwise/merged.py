"""Spells: stays of an entity that overlap or lie near one another, made one after the other, less days taken out."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rowwise.days import ONE_DAY
from rowwise.sets import is_excluded
from rowwise.tables import Loaded, Row, Value, index
from rowwise.times import span
from rowwise.values import named, value
from rowwise.world import World, at

NEVER = date.max
"""The end of what is open."""


@dataclass
class Stretch:
    """A stay or a piece of one, a spell, or days that are taken out: from a day up to, and without, another."""

    start: date
    end: date
    stays: int = 1


def spells(world: World, made: object) -> Loaded:
    """The table that some spells are, in order of entity and start."""
    sources = [world.tables[name] for name in world.sources(made.name.value)]
    begins = [one.begins for one in sources if one.begins is not None]
    loaded = Loaded(
        declared=world.table(made.name.value),
        through=min(one.through for one in sources) - gap_of(made) * ONE_DAY,
        seen=min(one.through for one in sources),
        begins=max(begins, default=None),
        is_open=all(one.is_open for one in sources),
    )
    if not loaded.is_open:
        return loaded
    stays, taken = (_stays(world, some, made.per.value) for some in (made.merge, made.without))
    for entity in sorted(stays, key=str):
        for one in _of_entity(stays[entity], taken.get(entity, []), gap_of(made)):
            fields = {
                made.per.value: entity,
                "start": one.start,
                "end": None if one.end == NEVER else one.end,
                "count": Fraction(one.stays),
            }
            loaded.rows.append(Row(made.name.value, len(loaded.rows) + 1, fields))
    index(loaded)
    return loaded


def gap_of(made: object) -> int:
    """How many days may lie between two stays of one spell, so that a spell is known to be over only then."""
    return 0 if made.gap is None else made.gap.value.days


def _stays(world: World, sets: tuple[object, ...], entity: str) -> dict[Value, list[Stretch]]:
    """All stays of some sets by entity: those that have one, and a start, and don't end before it."""
    found: dict[Value, list[Stretch]] = {}
    for name in sets:
        table = world.base(name.value)
        field = world.entity_field(table, entity)
        for row in world.tables[table].rows:
            start, end = span(at(world, row).of(name.value))
            whose = named(at(world, row), row, field)
            if whose is None or start is None or (end is not None and end < start):
                continue
            if _belongs(world, row, name.value):
                found.setdefault(whose, []).append(Stretch(start, NEVER if end is None else end))
    return found


def _belongs(world: World, row: Row, name: str) -> bool:
    """Whether a record is of a set by its conditions; when it is of it has no part."""
    for cohort in world.lineage(name):
        here = at(world, row).of(cohort.name.value)
        if cohort.where is not None and value(here, cohort.where.tree) is not True:
            return False
        if is_excluded(cohort.exclude, here):
            return False
    return True


def _of_entity(stays: list[Stretch], taken: list[Stretch], gap: int) -> list[Stretch]:
    """The spells of one entity, the earliest first."""
    pieces = [piece for stay in stays for piece in _cut(stay, taken)]
    found: list[Stretch] = []
    for piece in sorted(pieces, key=lambda one: one.start):
        if found and _joins(found[-1], piece, taken, gap):
            found[-1].end = max(found[-1].end, piece.end)
            found[-1].stays += 1
        else:
            found.append(piece)
    return found


def _cut(stay: Stretch, taken: list[Stretch]) -> list[Stretch]:
    """What is left of a stay without the days taken out."""
    if stay.start == stay.end:  # it holds no day, and lies on one
        return [] if any(one.start <= stay.start < one.end for one in taken) else [stay]
    pieces = [(stay.start, stay.end)]
    for one in _with_days(taken):
        before = [(start, min(end, one.start)) for start, end in pieces]
        after = [(max(start, one.end), end) for start, end in pieces]
        pieces = [(start, end) for start, end in before + after if start < end]
    return [Stretch(start, end) for start, end in pieces]


def _joins(spell: Stretch, piece: Stretch, taken: list[Stretch], gap: int) -> bool:
    """Whether a piece that starts no earlier is one with a spell: no more than the gap apart, no day between taken."""
    if spell.end == NEVER or piece.start <= spell.end:
        return True
    if piece.start > spell.end + gap * ONE_DAY:
        return False
    return not any(one.start < piece.start and spell.end < one.end for one in _with_days(taken))


def _with_days(taken: list[Stretch]) -> list[Stretch]:
    """Those that hold a day."""
    return [one for one in taken if one.start < one.end]
