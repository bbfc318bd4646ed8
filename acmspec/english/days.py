"""How days are counted, said for every window a condition uses; derived from the condition, never declared apart."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.english import numbers, windows
from acmspec.english.lookups import looked_into
from acmspec.english.parts import children
from acmspec.english.records import Speaker
from acmspec.ground.calendar import Length
from acmspec.program.record import Defined, InDays, InWindow, Later, LookBack, Lookup, Record
from acmspec.program.types import NumberType
from acmspec.program.units import family

_NO_SUCH_DAY = "In a month that has no such day, it is the last day of that month."


def day_counts(record: Record, speaker: Speaker) -> tuple[str, ...]:
    """One or two sentences for each different window in the condition, those inside definitions left to them."""
    return tuple(dict.fromkeys(_found(record, speaker)))


def _found(record: Record, speaker: Speaker) -> Iterator[str]:
    if isinstance(record, InWindow | LookBack):
        yield _sentence(record, speaker.value(record.anchor))
    if isinstance(record, InDays) and record.what == "within":
        yield _by_value(record, speaker.value)
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


def _by_value(window: InDays, say: windows.Say) -> str:
    """A window that a value of the record opens or ends."""
    ends = tuple(one for one in (window.first, window.last) if isinstance(one, Later))
    anchor = say(ends[0].operand)
    if len(ends) > 1:
        opens, ends_with = (windows.length(one.length, say) for one in ends)
        text = f"The first day that counts is {opens} after {anchor}, the last is {ends_with} after it."
    else:
        side, end = ("before", "first") if ends[0].back else ("after", "last")
        itself = "does not count" if window.after or window.before else "counts"
        text = (
            f"{anchor[:1].upper()}{anchor[1:]} itself {itself}. "
            f"The {end} day that counts is {windows.length(ends[0].length, say)} {side} {anchor}."
        )
    return f"{text} {_NO_SUCH_DAY}" if any(_is_in_months(one.length) for one in ends) else text


def _is_in_months(length: "Length | Record") -> bool:
    if isinstance(length, Length):
        return bool(length.months)
    return isinstance(length.type, NumberType) and family(length.type.unit) == "month"
