"""Who succeeded in which window with which provider, for terms that tell entities apart; it prices nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from acmspec.facts.numbers import day, exact, present, text
from acmspec.facts.ports import Backend
from acmspec.facts.tree import Success
from acmspec.ground.calendar import Period
from acmspec.query.tree import Collect

T = TypeVar("T")


def successes(backend: Backend, collects: Iterable[Collect]) -> dict[tuple[str, Period], tuple[Success, ...]]:
    """What was collected, by term and window, in the order of providers and entities."""
    found: dict[tuple[str, Period], list[Success]] = {}
    rows: list[tuple[Success, list[list[Success]]]] = []
    for one in collects:
        by_index = {str(at): found.setdefault((one.term, each), []) for at, each in enumerate(one.windows.periods)}
        columns = list(zip(*backend.rows(one.sql), strict=True)) or [()] * 5
        provider, entity, last, amount, where = columns
        told = map(Success, _known(text, provider), _known(text, entity), _known(day, last), _known(exact, amount))
        # Few sets of windows, too: those that one day lies in, but where a later success takes its place in some.
        rows += zip(told, _known(partial(_at, by_index), where), strict=True)
    rows.sort(key=lambda row: (row[0].provider, row[0].entity))
    for success, windows in rows:
        for window in windows:
            window.append(success)
    return {key: tuple(one) for key, one in found.items()}


def _at(by_index: Mapping[str, T], listed: object) -> list[T]:
    """What stands at the indexes that a text lists."""
    return [by_index[one] for one in present(text(listed)).split(",")]


def _known(kind: Callable[[object], T | None], column: Sequence[object]) -> Iterator[T]:
    """The values of a column, each of which is looked at once: there are many rows, and few different values."""
    found = {one: present(kind(one)) for one in set(column)}
    return map(found.__getitem__, column)
