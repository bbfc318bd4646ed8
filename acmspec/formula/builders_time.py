"""What the grammar's rules about time become: windows, lengths, counts of time; it must not know the other rules."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from acmspec.formula import literals
from acmspec.formula.lalr import Part
from acmspec.formula.lexer import Token
from acmspec.formula.literals import BAD_LENGTH, Counted, Unbuildable
from acmspec.formula.tree import (
    Active,
    Age,
    Between,
    Birthday,
    DaysIn,
    During,
    Formula,
    Lasts,
    Not,
    OpenOn,
    PartOf,
    PeriodValue,
    Window,
    Within,
)
from acmspec.ground.calendar import Length
from acmspec.ground.source import Source, Span

Rule = Callable[[Source, list[Part]], object]
"""Makes the value of a rule from its parts."""


# --- parts ------------------------------------------------------------------------------------------------


def span_of(source: Source, parts: list[Part]) -> Span:
    """The range from the first part to the last."""
    return Span(source, parts[0].start, parts[-1].end)


def formula_of(part: Part) -> Formula:
    """A part that is a formula."""
    return cast(Formula, part.value)


def token_of(part: Part) -> Token:
    """A part that is a token."""
    return cast(Token, part.value)


def word_of(part: Part) -> str:
    """A part that became a word."""
    return cast(str, part.value)


# --- units and lengths ------------------------------------------------------------------------------------


def _unit(_: Source, parts: list[Part]) -> Counted:
    """A unit by its singular; business days of a named calendar name it."""
    return Counted(token_of(parts[0]).text.removesuffix("s"), token_of(parts[2]).text if len(parts) > 1 else "")


def _measured(make: Callable[[str, Counted, Span, Span], object]) -> Rule:
    def build(source: Source, parts: list[Part]) -> object:
        unit = cast(Counted, parts[1].value)
        return make(token_of(parts[0]).text, unit, span_of(source, parts[:1]), span_of(source, parts))

    return build


# --- windows ----------------------------------------------------------------------------------------------


def _within(inclusive: bool, before: bool = False) -> Rule:
    def build(source: Source, parts: list[Part]) -> Within:
        length = cast("Length | Formula", parts[1].value)
        return Within(None, inclusive, length, formula_of(parts[3]), span_of(source, parts), before)

    return build


def _from_to(source: Source, parts: list[Part]) -> Within:
    """`from A to B after X`; from no days at all it is `on or within`, which is the same and shorter."""
    opens, length = cast("Length | Formula", parts[1].value), cast("Length | Formula", parts[3].value)
    anchor, whole = formula_of(parts[5]), span_of(source, parts)
    if isinstance(opens, Length) and isinstance(length, Length):
        _check_ends(opens, length, Span(source, parts[1].start, parts[3].end))
        if not any(_measures(opens)):
            return Within(None, True, length, anchor, whole)
    return Within(None, True, length, anchor, whole, False, opens)


def _check_ends(opens: Length, length: Length, span: Span) -> None:
    used = [bool(one or two) for one, two in zip(_measures(opens), _measures(length), strict=True)]
    if sum(used) > 1 or opens.calendar != length.calendar:
        fix = "Write both in days, both in months, both in hours or both in business days of one calendar."
        raise Unbuildable(BAD_LENGTH.at(span, "the ends are in different units", label="different units", fix=fix))
    if _measures(opens) > _measures(length):
        raise Unbuildable(BAD_LENGTH.at(span, "the window ends before it begins", label="turned round"))


def _measures(length: Length) -> tuple[int, ...]:
    return length.days, length.months, length.seconds, length.business


def _in_named(source: Source, parts: list[Part]) -> During:
    return During(None, token_of(parts[0]).text.removeprefix("in "), span_of(source, parts))


def _in_calendar(before: bool) -> Rule:
    def build(source: Source, parts: list[Part]) -> During:
        unit, span = cast(Counted, parts[1].value), span_of(source, parts)
        number = literals.whole(token_of(parts[2]).text, span_of(source, parts[2:3]))
        return During(None, unit.unit, span, number, formula_of(parts[4]), before)

    return build


def _in_window(source: Source, parts: list[Part]) -> Window:
    """A date held against a window."""
    return replace(cast(Window, parts[1].value), operand=formula_of(parts[0]), span=span_of(source, parts))


def _not_in_named(source: Source, parts: list[Part]) -> Not:
    """`D not in period`."""
    span = span_of(source, parts)
    return Not(During(formula_of(parts[0]), token_of(parts[1]).text.removeprefix("not in "), span), span)


def _not_in_calendar(before: bool) -> Rule:
    """`D not in quarter 2 after X`."""
    inside = _in_calendar(before)

    def build(source: Source, parts: list[Part]) -> Not:
        span = span_of(source, parts)
        return Not(replace(cast(During, inside(source, parts[1:])), operand=formula_of(parts[0]), span=span), span)

    return build


# --- the record's own span ----------------------------------------------------------------------------------


def _of_window(make: Callable[[Window, Span], DaysIn | Active]) -> Rule:
    return lambda source, parts: make(cast(Window, parts[1].value), span_of(source, parts))


def _open_on(source: Source, parts: list[Part]) -> OpenOn:
    return OpenOn(formula_of(parts[1]), span_of(source, parts))


def _lasts(source: Source, parts: list[Part]) -> Lasts:
    anchor = formula_of(parts[3]) if len(parts) > 2 else None  # noqa: PLR2004  (two parts without an anchor)
    return Lasts(cast("Length | Formula", parts[1].value), anchor, span_of(source, parts))


# --- counts and parts of time -------------------------------------------------------------------------------


def _time_between(source: Source, parts: list[Part]) -> Between:
    unit = cast(Counted, parts[0].value)
    span = span_of(source, parts)
    return Between(unit.unit, formula_of(parts[2]), formula_of(parts[4]), span, unit.calendar)


def _period_value(source: Source, parts: list[Part]) -> PeriodValue:
    return PeriodValue(token_of(parts[0]).text, span_of(source, parts))


def _part_of(source: Source, parts: list[Part]) -> PartOf:
    word = token_of(parts[0]).text.removesuffix(" of")
    return PartOf(word, formula_of(parts[1]), span_of(source, parts))


def _age(source: Source, parts: list[Part]) -> Age:
    return Age(formula_of(parts[1]), formula_of(parts[3]), span_of(source, parts))


def _birthday(source: Source, parts: list[Part]) -> Birthday:
    years = literals.whole(token_of(parts[1]).text, span_of(source, parts[1:2]))
    return Birthday(years, formula_of(parts[3]), span_of(source, parts))


TIME_BUILDERS: dict[str, Rule] = {
    "within": _within(inclusive=False),
    "within_inclusive": _within(inclusive=True),
    "within_before": _within(inclusive=False, before=True),
    "within_before_inclusive": _within(inclusive=True, before=True),
    "from_to": _from_to,
    "in_named": _in_named,
    "in_calendar": _in_calendar(before=False),
    "in_calendar_before": _in_calendar(before=True),
    "in_window": _in_window,
    "not_in_named": _not_in_named,
    "not_in_calendar": _not_in_calendar(before=False),
    "not_in_calendar_before": _not_in_calendar(before=True),
    "open_on": _open_on,
    "active": _of_window(Active),
    "days_in": _of_window(DaysIn),
    "lasts": _lasts,
    "lasts_after": _lasts,
    "time_between": _time_between,
    "period_value": _period_value,
    "part_of": _part_of,
    "age": _age,
    "birthday": _birthday,
    "duration": _measured(literals.duration),
    "length": _measured(literals.length),
    "unit": _unit,
    "unit_of": _unit,
}
