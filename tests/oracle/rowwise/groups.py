"""Which group of a breakdown a record is in, and the order in which groups are reported."""

from functools import cache

from rowwise.bands import labels
from rowwise.moments import day_of
from rowwise.numerals import plain
from rowwise.parts import speaks_of_period
from rowwise.periods import Stretch
from rowwise.sets import present
from rowwise.tables import Row, Value
from rowwise.values import along
from rowwise.world import World, at, follow

Group = tuple[str | None, ...]
UNLINKED = "not linked"


def group_of(world: World, row: Row, paths: tuple[str, ...], window: Stretch) -> Group:
    """The group a record is in, None for a missing value."""
    return _group(world, row, paths, window if is_bound(world, paths) else None)


@cache
def _group(world: World, row: Row, paths: tuple[str, ...], window: Stretch | None) -> Group:
    return tuple(
        UNLINKED
        if _is_unlinked(world, row, path)
        else _listed(world, row.table, path, _text(_shown(world, row, path, window)))
        for path in paths
    )


def _is_unlinked(world: World, row: Row, path: str) -> bool:
    """Whether a step of a path names a record that there is none of."""
    here: Row | None = row
    for step in path.split(".")[:-1]:
        name, target = world.step(here.table, step)
        key = here.values[name]
        if key is None:
            return False
        here = world.tables[target].by_key.get((key,))
        if here is None:
            return True
    return False


def _shown(world: World, row: Row, path: str, window: Stretch | None) -> Value:
    """A value as its column holds it."""
    here, name = follow(world, row, tuple(path.split(".")))
    if here is not None and world.unit(here.table, name) is not None:
        return here.values[name]
    return along(at(world, row, window), path)


def _listed(world: World, table: str, path: str, text: str | None) -> str | None:
    """A group; none for a provider that is neither registered nor has an agreement."""
    if text is None or world.spec.providers is None or not is_provider(world, table, path):
        return text
    register = world.spec.providers.value
    if not world.tables[register].is_open:
        return text
    known = {str(row.values[world.table(register).key[0].value]) for row in world.tables[register].rows}
    return text if text in known | {one.provider.value for one in world.spec.agreements} else None


@cache
def is_bound(world: World, paths: tuple[str, ...]) -> bool:
    """Whether the groups of a record may differ from window to window."""
    last = {path.rpartition(".")[2] for path in paths}
    return any(speaks_of_period(world, one.formula.tree) for one in world.spec.definitions if one.name.value in last)


def _text(here: Value) -> str | None:
    if here is None or isinstance(here, str):
        return here and str(here)
    if isinstance(here, bool):
        return "yes" if here else "no"
    return getattr(here, "name", None) or (str(here) if hasattr(here, "isoformat") else plain(here))


def seen_from(uses: list[tuple[object, object]], view: object) -> list[tuple[object, object]]:
    """The uses of sets that say which groups there are: those in the window itself, or else all others."""
    here = [(use, place) for use, place in uses if _days(place) == _days(view)]
    return here or uses


def _days(view: object) -> tuple[object, object]:
    return view.window.first, view.window.last


def groups(
    world: World, sets: list[str], uses: list[tuple[object, object]], paths: tuple[str, ...], view: object
) -> list[Group]:
    """The groups of a breakdown, in order: those of the sets' records before any condition, and the providers.

    Providers appear also where no part of a period has begun, so that no set is used yet.
    """
    if not sets:
        return []
    found = {
        group_of(world, row, paths, place.window)
        for use, place in seen_from(uses, view)
        for row in present(world, use.name, place.window, use.placed)
    }
    table, window = world.base(min(sets)), view.window
    if len(paths) == 1 and is_provider(world, table, paths[0]):
        found |= {(name,) for name in registered(world, window)}
    return sorted(found, key=lambda group: [_rank(world, table, *one) for one in zip(paths, group, strict=True)])


def registered(world: World, window: Stretch) -> set[str]:
    """The providers that appear without records: those of the agreements, and those of the register then active."""
    found = {one.provider.value for one in world.spec.agreements}
    if world.spec.providers is None:
        return found
    register = world.spec.providers.value
    for row in world.tables[register].rows:
        start, end = (None, None)
        if world.table(register).interval is not None:
            start, end = (day_of(row.values[one.value]) for one in world.table(register).interval)
        if (start is None or start <= window.last) and (end is None or window.first <= end):
            found.add(str(row.values[world.table(register).key[0].value]))
    return found


def _field(world: World, table: str, path: str) -> object:
    *steps, last = path.split(".")
    for step in steps:
        table = world.step(table, step)[1]
    return next((one for one in world.table(table).fields if one.name.value == last), None)


def is_provider(world: World, table: str, path: str) -> bool:
    """Whether a path leads to a provider."""
    field = _field(world, table, path)
    return field is not None and field.entity is not None and field.entity.value == "provider"


def _rank(world: World, table: str, path: str, text: str | None) -> tuple[int, int, str]:
    """Providers as in the agreements, coded values as declared, all else by code point, missing last."""
    if text is None:
        return 3, 0, ""
    if text == UNLINKED:
        return 2, 0, ""
    field = _field(world, table, path)
    definition = world.at_end_of(table, path)
    order = [code for code, _ in field.values] if field is not None and field.values is not None else []
    if definition is not None and definition.bands is not None:
        order = labels(world, definition)
    if is_provider(world, table, path):
        order = [one.provider.value for one in world.spec.agreements]
    return (0, order.index(text), "") if text in order else (1, 0, text)
