"""Who succeeded in which window with which provider, for terms that tell entities apart; it prices nothing."""

from collections.abc import Iterable
from operator import attrgetter

from acmspec.facts.numbers import day, exact, present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.tree import Success
from acmspec.ground.calendar import Period
from acmspec.query.tree import Collect


def successes(backend: Backend, collects: Iterable[Collect]) -> dict[tuple[str, Period], tuple[Success, ...]]:
    """What was collected, by term and window, in the order of providers and entities."""
    found: dict[tuple[str, Period], list[Success]] = {}
    for one in collects:
        by_window = [found.setdefault((one.term, each), []) for each in one.windows.periods]
        for index, provider, entity, last, amount in backend.rows(one.sql):
            whose = present(text(provider)), present(text(entity))
            success = Success(*whose, present(day(last)), present(exact(amount)))
            by_window[whole(index)].append(success)
    order = attrgetter("provider", "entity")
    return {key: tuple(sorted(one, key=order)) for key, one in found.items()}
