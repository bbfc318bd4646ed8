"""How days are counted, said for every window a condition uses; derived from the condition, never declared apart."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.english import numbers
from acmspec.english.lookups import looked_into
from acmspec.english.parts import children
from acmspec.english.records import Speaker
from acmspec.ground.calendar import Length
from acmspec.program.record import Defined, InWindow, LookBack, Lookup, Record

_NO_SUCH_DAY = "In a month that has no such day, it is the last day of that month."


def day_counts(record: Record, speaker: Speaker) -> tuple[str, ...]:
    """One or two sentences for each different window in the condition, those inside definitions left to them."""
    return tuple(dict.fromkeys(_found(record, speaker)))


def _found(record: Record, speaker: Speaker) -> Iterator[str]:
    if isinstance(record, InWindow | LookBack):
        yield _sentence(record, speaker.value(record.anchor))
    if isinstance(record, Lookup):
        for _, outer in record.links:
            yield from _found(outer, speaker)
        frame = looked_into(speaker, record)[1]
        for inside in (record.expression, record.where):
            if inside is not None:
                yield from _found(inside, replace(speaker, frames=(frame, *speaker.frames)))
        return
    if not isinstance(record, Defined):
        for one in children(record):
            yield from _found(one, speaker)


def _sentence(window: InWindow | LookBack, anchor: str) -> str:
    length = window.length
    if isinstance(window, InWindow) and window.opens:
        return _opening(window.opens, length, anchor)
    side, end = ("before", "first") if isinstance(window, LookBack) else ("after", "last")
    start = f"{anchor[:1].upper()}{anchor[1:]} itself {'counts' if window.inclusive else 'does not count'}."
    if length.seconds:
        return f"{start} The {end} moment that counts is {numbers.length(length)} {side} {anchor}."
    if length.months == 0:
        return f"{start} Day 1 is the day {side} {anchor}; Day {length.days} counts."
    return f"{start} The {end} day that counts is {numbers.length(length)} {side} {anchor}. {_NO_SUCH_DAY}"


def _opening(opens: Length, length: Length, anchor: str) -> str:
    if length.seconds:
        ends = f"{numbers.length(opens)} and {numbers.length(length)} after {anchor}"
        return f"The moments {ends} both count."
    if length.months == 0:
        return f"Day 1 is the day after {anchor}; Day {opens.days} and Day {length.days} both count."
    first, last = numbers.length(opens), numbers.length(length)
    return f"The first day that counts is {first} after {anchor}, the last is {last} after it. {_NO_SUCH_DAY}"
