"""Who succeeded in which window with which provider, for terms that tell entities apart; it prices nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TypeVar

from acmspec.facts.numbers import day, exact, present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.tree import Success
from acmspec.ground.calendar import Period
from acmspec.query.tree import Collect

T = TypeVar("T")


def successes(backend: Backend, collects: Iterable[Collect]) -> dict[tuple[str, Period], tuple[Success, ...]]:
    """What was collected, by term and window, in the order of providers and entities."""
    found: dict[tuple[str, Period], list[Success]] = {}
    for one in collects:
        by_window = [found.setdefault((one.term, each), []) for each in one.windows.periods]
        columns = list(zip(*backend.rows(one.sql), strict=True)) or [()] * 5
        index, provider, entity, last, amount = columns
        told = map(Success, _known(text, provider), _known(text, entity), _known(day, last), _known(exact, amount))
        for at, success in zip(_known(whole, index), told, strict=True):
            by_window[at].append(success)
    order = attrgetter("provider", "entity")
    return {key: tuple(sorted(one, key=order)) for key, one in found.items()}


def _known(kind: Callable[[object], T | None], column: Sequence[object]) -> Iterator[T]:
    """The values of a column, each of which is looked at once: there are many rows, and few different values."""
    found = {one: present(kind(one)) for one in set(column)}
    return map(found.__getitem__, column)
