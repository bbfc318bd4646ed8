"""What to say to habits of other languages about time: each knows one habit and changes nothing accepted."""

from collections.abc import Callable

from acmspec.formula.advice_place import A_NUMBER, BAD_CALL, INCOMPLETE, UNEXPECTED, Place, call_around
from acmspec.formula.lexer import NAME
from acmspec.formula.literals import BAD_NUMBER
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Span

_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_SHORT = {
    "h": "hours", "hr": "hours", "hrs": "hours", "min": "minutes", "mins": "minutes", "s": "seconds", "sec": "seconds",
    "d": "days", "w": "weeks", "wk": "weeks", "mo": "months", "y": "years", "yr": "years", "yrs": "years",
}  # fmt: skip
_CLOCK = frozenset({"now", "today", "current_date", "current_timestamp", "getdate", "sysdate"})
_PARTS = {
    "year": "Write `year of D`.", "quarter": "Write `quarter of D`.", "month": "Write `month of D`.",
    "week": "Write `week of D`.", "date": "Write `date of X`.", "to_date": "Write `date of X`.",
    "age": "Write `age of BIRTH on D`.",
} | {unit: f"Write `{unit} from A to B`." for unit in _UNITS}  # fmt: skip
CALLS = _PARTS | {
    "datediff": "Write `days from A to B`, or `hours from A to B` between moments.",
    "date_diff": "Write `days from A to B`, or `hours from A to B` between moments.",
    "timestampdiff": "Write `hours from A to B`, or `days from A to B`.",
    "datedif": "Write `days from A to B`, or `months from A to B`, `years from A to B`.",
    "dateadd": "Write a deadline as `D within 14 days after X`.",
    "date_trunc": "Write `month of D`, `quarter of D` or `year of D`.",
    "datepart": "Write `month of D`, `quarter of D` or `year of D`.",
    "extract": "Write `month of D`, `quarter of D` or `year of D`.",
}
"""What the language says in place of functions of time of other languages."""


def called(place: Place) -> Diagnostic | None:
    """`now()`, `age(birth)`, `datediff(hour, a, b)`."""
    open_at = call_around(place)
    if open_at is None:
        return None
    name = place.tokens[open_at - 1]
    word = name.text.lower()
    span = Span(place.source, name.start, max(place.token().end, name.end))
    if word in _CLOCK and place.at == open_at + 1 and place.text() == ")":
        fix = "There is no clock: write the date, as in 2025-07-01, or `data date`."
        return BAD_CALL.at(span, f"formulas have no “{name.text}”", label="a clock", fix=fix)
    parts = [one.text for one in place.tokens[open_at + 1 : open_at + 6 : 2] if one.kind == A_NUMBER]
    if word in {"date", "datetime"} and len(parts) == len(("2025", "7", "1")):
        fix = f"Write {parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}."
        return BAD_CALL.at(span, f"formulas have no “{word}(…)”", label="a date?", fix=fix)
    if word in CALLS and place.text() in {",", ")", "."} and place.at > open_at + 1:
        return BAD_CALL.at(span, f"formulas have no “{word}(…)”", label="another language", fix=CALLS[word])
    return None


def short_unit(place: Place) -> Diagnostic | None:
    """`24h`, `30 min`."""
    number, unit = place.token(-1), place.token()
    if number.kind != A_NUMBER or unit.kind != NAME or unit.text.lower() not in _SHORT:
        return None
    fix = f"Write `{number.text} {_SHORT[unit.text.lower()]}`."
    return BAD_NUMBER.at(place.span(-1), f"“{unit.text}” is no unit of time", label="which unit?", fix=fix)


def between(place: Place) -> Diagnostic | None:
    """`hours between A and B`."""
    for step in range(-place.at, 0):
        if place.text(step) in _UNITS and place.text(step + 1) == "between":
            unit = place.text(step)
            fix = f"Write `{unit} from A to B`."
            message = f"“{unit}” goes with “from” and “to”"
            return UNEXPECTED.at(place.span(step, step + 1), message, label="from A to B", fix=fix)
    return None


def without_end(place: Place) -> Diagnostic | None:
    """`days from A` without the date up to which they are counted."""
    starts = [step for step in range(-place.at, 0) if place.text(step) in _UNITS and place.text(step + 1) == "from"]
    if not starts or "to" not in place.expected:
        return None
    fix = f"Write `{place.span(starts[-1], -1).text} to D`, with the date up to which they are counted."
    message = "this time is counted to no date"
    return INCOMPLETE.at(place.span(starts[-1], -1), message, label="up to when?", fix=fix)


def age(place: Place) -> Diagnostic | None:
    """`age of BIRTH` without a day."""
    starts = [step for step in range(-place.at, 0) if (place.text(step), place.text(step + 1)) == ("age", "of")]
    if not starts or "on" not in place.expected:
        return None
    fix = f"Write `{place.span(starts[-1], -1).text} on D`, with the day on which the age counts."
    return UNEXPECTED.at(place.span(starts[-1], -1), "this age is not that of a day", label="on which day?", fix=fix)


HABITS: tuple[Callable[[Place], Diagnostic | None], ...] = (called, short_unit, between, without_end, age)
"""All of them, in the order in which they are asked."""
