"""What to say to habits about windows and weights: each knows one habit and changes nothing accepted."""

from collections.abc import Callable

from acmspec.formula.advice_place import A_NUMBER, UNEXPECTED, Place
from acmspec.ground.diagnostic import Diagnostic

_PARTS = frozenset({"week", "month", "quarter", "year"})
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SIDES = {"next": "after", "following": "after", "last": "before", "previous": "before", "prior": "before"}


def with_article(place: Place) -> Diagnostic | None:
    """`in the period`, `in the second quarter after X`."""
    if (place.text(-2), place.text(-1)) != ("in", "the"):
        return None
    word = place.text()
    if word in {"period", "span"}:
        fix = f"Write `in {word}`."
    elif word in _ORDINALS:
        part = place.text(1) if place.text(1) in _PARTS else "quarter"
        fix = f"Write `in {part} {_ORDINALS[word]} after X`."
    else:
        return None
    return UNEXPECTED.at(place.span(-1), "“the” stands before no window", label="leave it out", fix=fix)


def by_side(place: Place) -> Diagnostic | None:
    """`in next quarter`, `in previous month`."""
    part, side = place.text(), _SIDES.get(place.text(-1), "")
    if part not in _PARTS or not side or place.text(-2) != "in":
        return None
    message, fix = f"formulas don't know the {place.text(-1)} {part}", f"Write `in {part} 1 {side} X`."
    return UNEXPECTED.at(place.span(-1), message, label="which one?", fix=fix)


def without_anchor(place: Place) -> Diagnostic | None:
    """`in quarter 2` without a date it is counted from."""
    if place.token(-1).kind != A_NUMBER or place.text(-2) not in _PARTS or place.text(-3) != "in":
        return None
    said = f"in {place.text(-2)} {place.text(-1)}"
    fix = f"Write `{said} after X`, with the date it is counted from."
    return UNEXPECTED.at(place.span(-3, -1), f"`{said}` does not say after what", label="after what?", fix=fix)


def counted_parts(place: Place) -> Diagnostic | None:
    """`in 2 quarters after X`."""
    unit = place.text(1).removesuffix("s")
    if place.text(-1) != "in" or place.token().kind != A_NUMBER or unit not in _PARTS:
        return None
    number = place.text()
    fix = f"Write `in {unit} {number} after X` for that one of the calendar, or `within {number} {unit}s after X`."
    return UNEXPECTED.at(place.span(0, 1), "a part of the calendar has its number behind it", label="turned", fix=fix)


def during(place: Place) -> Diagnostic | None:
    """`D during period`."""
    if place.text() != "during" or place.text(-2) == "(":  # of a set, the metric says which days count
        return None
    fix = "Write `in period`, `in span` or `in quarter 1 after X`."
    return UNEXPECTED.at(place.span(), "“during” is not a word of formulas", label="in what?", fix=fix)


def weighted(place: Place) -> Diagnostic | None:
    """`over SET weighted W`."""
    if place.text() != "weighted":
        return None
    fix = "Write `weighted by NUMBER`, after the set and its `where`."
    return UNEXPECTED.at(place.span(), "“weighted” goes with “by”", label="by what?", fix=fix)


HABITS: tuple[Callable[[Place], Diagnostic | None], ...] = (
    with_article,
    by_side,
    without_anchor,
    counted_parts,
    during,
    weighted,
)
"""All of them, in the order in which they are asked."""
