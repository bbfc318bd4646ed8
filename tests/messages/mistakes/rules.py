"""Mistakes in what the spec means: too many metrics, an open consequence, a window that never ends."""

import re
from collections.abc import Iterator

from tests.messages.judge import Mistake, mistake
from tests.messages.places import Example

SIXTH = """\
  sixth:
    name: Stays of any kind
    kind: leading
    goal: quick_help
    formula: count(entrants)
    every: month
    better: higher
"""
STATES = ("undefined", "too_few", "immature", "missing", "disputed")
WINDOW = re.compile(r"(on or )?within (\d+) (days) after")


def six_metrics(example: Example) -> Iterator[Mistake]:
    """A sixth metric, before, between and behind the five."""
    metrics = [place for place in example.entries if place.fits("metrics.*")]
    last = example.first_line(metrics[-1]) + SIXTH.count("\n")
    for place in metrics:
        start, _ = example.block(place)
        yield mistake(example, f"before {place.dotted}", (start, start, SIXTH), "ACM109", line=last)
    _, end = example.block(metrics[-1])
    yield mistake(example, "at the end", (end, end, SIXTH), "ACM109")


def open_consequence(example: Example) -> Iterator[Mistake]:
    """A state of a result without a consequence for the payment: each of them, and all."""
    for place in example.entries:
        if place.fits("incentives.terms.*.on.*"):
            line = example.first_line(example.above(place))
            yield mistake(example, place.dotted, (*example.block(place), ""), "ACM393", line=line, says=(place.name,))
        elif place.fits("incentives.terms.*.on"):
            line = example.first_line(example.above(place))
            yield mistake(example, place.dotted, (*example.block(place), ""), "ACM393", line=line, says=STATES)


def window_without_length(example: Example) -> Iterator[Mistake]:
    """A window without its number, its unit, or both."""
    for place in example.formulas:
        for found in WINDOW.finditer(example.raw(place)):
            for first, last in ((2, 3), (2, 2), (3, 3)):
                start, end = place.start + found.start(first), place.start + found.end(last)
                what = f"{place.dotted} without “{example.text[start:end]}”"
                # A unit alone could be a field of that name.
                code = "ACM450" if (first, last) == (2, 2) else "ACM211"
                yield mistake(example, what, (start, end + 1, ""), code)


def window_without_end(example: Example) -> Iterator[Mistake]:
    """A look ahead at other records that never ends."""
    for place in example.formulas:
        for found in WINDOW.finditer(example.raw(place)):
            if "for same" in example.raw(place):
                change = (place.start + found.start(), place.start + found.end(), "after")
                yield mistake(example, place.dotted, change, "ACM340", says=("within",))


def paid_twice(example: Example) -> Iterator[Mistake]:
    """Overlapping periods without a word on who is paid for once."""
    for place in example.entries:
        if place.name == "once_per":
            line = example.first_line(example.above(place))
            yield mistake(example, place.dotted, (*example.block(place), ""), "ACM395", line=line, says=("once_per",))


def gap_between_tiers(example: Example) -> Iterator[Mistake]:
    """A tier that begins or ends a little off: a gap, or two tiers for one value. It is shown at the later tier."""
    for place in example.scalars:
        if place.fits("incentives.terms.*.bands.*.from", "incentives.terms.*.bands.*.below"):
            later = int(place.path[-2]) + (place.name == "below")
            line = example.first_line(example.at(*place.path[:-2], str(later)))
            number = int(example.raw(place).rstrip("%"))
            for wrong in (f"{number - 1}%", f"{number + 1}%"):
                change = (place.start, place.end, wrong)
                yield mistake(example, f"{place.dotted}: {wrong}", change, "ACM523 ACM524", line=line, says=("%",))


def exceeded_maximum(example: Example) -> Iterator[Mistake]:
    """A maximum below what the terms can come to."""
    place = example.at("contract", "maximum")
    yield mistake(example, place.dotted, (place.start, place.end, "$100,000"), "ACM392")
