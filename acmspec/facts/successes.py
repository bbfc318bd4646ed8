"""Who succeeded in which window with which provider, for terms that pay for each entity once; it prices nothing."""

from collections.abc import Iterable
from operator import attrgetter

from acmspec.facts.numbers import day, present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.tree import Success
from acmspec.ground.calendar import Period
from acmspec.query.tree import Collect


def successes(backend: Backend, collects: Iterable[Collect]) -> dict[tuple[str, Period], tuple[Success, ...]]:
    """What was collected, by term and window, in the order of providers and entities."""
    found: dict[tuple[str, Period], list[Success]] = {}
    for one in collects:
        by_window = [found.setdefault((one.term, each), []) for each in one.windows.periods]
        for index, provider, entity, last in backend.rows(one.sql):
            success = Success(present(text(provider)), present(text(entity)), present(day(last)))
            by_window[whole(index)].append(success)
    order = attrgetter("provider", "entity")
    return {key: tuple(sorted(one, key=order)) for key, one in found.items()}
