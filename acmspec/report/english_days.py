"""How days are counted, said for every window a condition uses; derived from the condition, never declared apart."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.program.record import Defined, InWindow, Lookup, Record
from acmspec.report import english_numbers as numbers
from acmspec.report.english import Speaker, children


def day_counts(record: Record, speaker: Speaker) -> tuple[str, ...]:
    """One or two sentences for each different window in the condition, those inside definitions left to them."""
    return tuple(dict.fromkeys(_found(record, speaker)))


def _found(record: Record, speaker: Speaker) -> Iterator[str]:
    if isinstance(record, InWindow):
        yield _sentence(record, speaker.value(record.anchor))
    if isinstance(record, Lookup):
        for _, outer in record.links:
            yield from _found(outer, speaker)
        frame = speaker.looked_into(record)[1]
        for inside in (record.expression, record.where):
            if inside is not None:
                yield from _found(inside, replace(speaker, frames=(frame, *speaker.frames)))
        return
    if not isinstance(record, Defined):
        for one in children(record):
            yield from _found(one, speaker)


def _sentence(window: InWindow, anchor: str) -> str:
    length = window.length
    start = f"{anchor[:1].upper()}{anchor[1:]} itself {'counts' if window.inclusive else 'does not count'}."
    if length.months == 0:
        return f"{start} Day 1 is the day after {anchor}; Day {length.days} counts."
    return (
        f"{start} The last day that counts is {numbers.length(length)} after {anchor}. "
        "In a month that has no such day, it is the last day of that month."
    )
