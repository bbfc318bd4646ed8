"""What each rule of the grammar becomes, one builder an alias; it must not know how the text was split or parsed."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from acmspec.formula import literals
from acmspec.formula.lalr import Part
from acmspec.formula.lexer import Token
from acmspec.formula.literals import BAD_LENGTH, Unbuildable
from acmspec.formula.tree import (
    Between,
    Binary,
    Call,
    Formula,
    Found,
    In,
    Known,
    Name,
    Negative,
    Not,
    Number,
    OutOf,
    SetUse,
    Truth,
    Within,
)
from acmspec.ground.calendar import Length
from acmspec.ground.source import Source, Span


class Builder:
    """Builds trees with spans in one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def build(self, alias: str, parts: list[Part]) -> object:
        """The value of a rule; raises Unbuildable for a literal without value."""
        return BUILDERS[alias](self, parts)

    def span(self, parts: list[Part]) -> Span:
        """The range from the first part to the last."""
        return Span(self.source, parts[0].start, parts[-1].end)


def _formula(part: Part) -> Formula:
    return cast(Formula, part.value)


def _set(part: Part) -> SetUse:
    return cast(SetUse, part.value)


def _token(part: Part) -> Token:
    return cast(Token, part.value)


def _word(part: Part) -> str:
    return cast(str, part.value)


def _many(part: Part) -> tuple[object, ...]:
    return cast(tuple[object, ...], part.value)


# --- operators --------------------------------------------------------------------------------------------

_Rule = Callable[[Builder, list[Part]], object]


def _constant(value: str) -> _Rule:
    return lambda _, __: value


def _binary(operator: str) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> Binary:
        return Binary(operator, _formula(parts[0]), _formula(parts[2]), builder.span(parts))

    return build


def _compared(builder: Builder, parts: list[Part]) -> Binary:
    return Binary(_word(parts[1]), _formula(parts[0]), _formula(parts[2]), builder.span(parts))


def _negated(builder: Builder, parts: list[Part]) -> Not:
    return Not(_formula(parts[1]), builder.span(parts))


def _negative(builder: Builder, parts: list[Part]) -> Negative:
    return Negative(_formula(parts[1]), builder.span(parts))


def _known(known: bool) -> _Rule:
    return lambda builder, parts: Known(_formula(parts[0]), known, builder.span(parts))


def _found(builder: Builder, parts: list[Part]) -> Found:
    return Found(cast(Name, parts[0].value), builder.span(parts))


def _not_found(builder: Builder, parts: list[Part]) -> Not:
    return Not(_found(builder, parts), builder.span(parts))


def _among(builder: Builder, parts: list[Part]) -> In:
    choices = cast(Name | tuple[Formula, ...], parts[2].value)
    return In(_formula(parts[0]), choices, builder.span(parts))


def _not_among(builder: Builder, parts: list[Part]) -> Not:
    return Not(_among(builder, parts), builder.span(parts))


def _within(inclusive: bool, before: bool = False) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> Within:
        length = cast(Length, parts[2].value)
        return Within(_formula(parts[0]), inclusive, length, _formula(parts[4]), builder.span(parts), before)

    return build


def _from_to(builder: Builder, parts: list[Part]) -> Within:
    """`D from A to B after X`; from no days at all it is `on or within`, which is the same and shorter."""
    opens, length = cast(Length, parts[2].value), cast(Length, parts[4].value)
    span = Span(builder.source, parts[2].start, parts[4].end)
    if opens.days * length.months or opens.months * length.days:
        fix = "Write both in days or both in months; months are never turned into days."
        raise Unbuildable(BAD_LENGTH.at(span, "the ends are in different units", label="days and months", fix=fix))
    if (opens.days, opens.months) > (length.days, length.months):
        raise Unbuildable(BAD_LENGTH.at(span, "the window ends before it begins", label="turned round"))
    opening = opens if opens.days or opens.months else None
    return Within(_formula(parts[0]), True, length, _formula(parts[6]), builder.span(parts), False, opening)


def _between(builder: Builder, parts: list[Part]) -> Binary:
    """`X between A and B` is short for two comparisons, both ends counted."""
    span, value = builder.span(parts), _formula(parts[0])
    low, high = (Binary(sign, value, _formula(parts[at]), span) for sign, at in ((">=", 2), ("<=", 4)))
    return Binary("and", low, high, span)


def _out_of(builder: Builder, parts: list[Part]) -> OutOf:
    return OutOf(_formula(parts[0]), _formula(parts[2]), builder.span(parts))


def _days_between(builder: Builder, parts: list[Part]) -> Between:
    return Between("day", _formula(parts[1]), _formula(parts[3]), builder.span(parts))


# --- values -----------------------------------------------------------------------------------------------


def _literal(make: Callable[[str, Span], object]) -> _Rule:
    return lambda builder, parts: make(_token(parts[0]).text, builder.span(parts))


def _measured(make: Callable[[str, str, Span, Span], object]) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> object:
        unit = _word(parts[1]).removesuffix("s")
        return make(_token(parts[0]).text, unit, builder.span(parts[:1]), builder.span(parts))

    return build


def _truth(value: bool) -> _Rule:
    return lambda builder, parts: Truth(value, builder.span(parts))


def _unit(_: Builder, parts: list[Part]) -> str:
    return _token(parts[0]).text


def _grouped(_: Builder, parts: list[Part]) -> object:
    return parts[1].value


# --- names, lists, sets -----------------------------------------------------------------------------------


def _name(builder: Builder, parts: list[Part]) -> Name:
    return Name((_token(parts[0]).text,), builder.span(parts))


def _path(builder: Builder, parts: list[Part]) -> Name:
    before = cast(Name, parts[0].value)
    return Name((*before.parts, _token(parts[2]).text), builder.span(parts))


def _choices(_: Builder, parts: list[Part]) -> object:
    return parts[1].value


def _first(_: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (parts[0].value,)


def _next(_: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (*_many(parts[0]), parts[2].value)


def _first_entity(builder: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (_name(builder, parts),)


def _next_entity(builder: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (*_many(parts[0]), _name(builder, parts[2:]))


def _set_name(reach: str) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> SetUse:
        return SetUse(_token(parts[-1]).text, reach, "", (), None, builder.span(parts), builder.span(parts[-1:]))

    return build


def _aliased(builder: Builder, parts: list[Part]) -> SetUse:
    base = _set(parts[0])
    alias = _token(parts[2]).text
    return replace(base, alias=alias, span=builder.span(parts))


def _linked(builder: Builder, parts: list[Part]) -> SetUse:
    base = _set(parts[0])
    entities = tuple(one for one in _many(parts[2]) if isinstance(one, Name))
    return replace(base, entities=entities, span=builder.span(parts))


def _ordered(builder: Builder, parts: list[Part]) -> SetUse:
    keys = tuple(one for one in _many(parts[2]) if isinstance(one, Name))
    return replace(_set(parts[0]), by=keys, span=builder.span(parts))


def _narrowed(builder: Builder, parts: list[Part]) -> SetUse:
    return replace(_set(parts[0]), where=_formula(parts[2]), span=builder.span(parts))


def _call(builder: Builder, parts: list[Part]) -> Call:
    """`NAME ( [distinct] [expression over] set )`: the set stands before `)`, the expression two parts before it."""
    distinct = isinstance(parts[2].value, Token)
    with_expression = 4  # the name, the parenthesis, the set, the parenthesis
    expression = _formula(parts[-4]) if len(parts) > with_expression else None
    span = builder.span(parts)
    return Call(_token(parts[0]).text, distinct, expression, _set(parts[-2]), span, builder.span(parts[:1]))


def _call_given(builder: Builder, parts: list[Part]) -> Call:
    """`NAME ( given , expression over set )`."""
    span, name = builder.span(parts), builder.span(parts[:1])
    given = cast(Number, parts[2].value)
    return Call(_token(parts[0]).text, False, _formula(parts[4]), _set(parts[6]), span, name, given)


BUILDERS: dict[str, _Rule] = {
    "either": _binary("or"),
    "both": _binary("and"),
    "negated": _negated,
    "compared": _compared,
    "equal": _constant("="),
    "unequal": _constant("!="),
    "less": _constant("<"),
    "at_most": _constant("<="),
    "greater": _constant(">"),
    "at_least": _constant(">="),
    "known": _known(known=True),
    "missing": _known(known=False),
    "found": _found,
    "not_found": _not_found,
    "among": _among,
    "not_among": _not_among,
    "within": _within(inclusive=False),
    "within_inclusive": _within(inclusive=True),
    "within_before": _within(inclusive=False, before=True),
    "within_before_inclusive": _within(inclusive=True, before=True),
    "from_to": _from_to,
    "between": _between,
    "choices": _choices,
    "first_item": _first,
    "next_item": _next,
    "out_of": _out_of,
    "plus": _binary("+"),
    "minus": _binary("-"),
    "times": _binary("*"),
    "divided": _binary("/"),
    "negative": _negative,
    "days_between": _days_between,
    "number": _literal(literals.number),
    "percent": _literal(literals.percent),
    "money": _literal(literals.money),
    "duration": _measured(literals.duration),
    "length": _measured(literals.length),
    "unit": _unit,
    "quoted": _literal(literals.quoted),
    "day": _literal(literals.day),
    "true": _truth(value=True),
    "false": _truth(value=False),
    "grouped": _grouped,
    "name": _name,
    "path": _path,
    "call_set": _call,
    "call_over": _call,
    "call_distinct": _call,
    "call_given": _call_given,
    "set_name": _set_name(""),
    "set_other": _set_name("other"),
    "set_all": _set_name("all"),
    "aliased": _aliased,
    "linked": _linked,
    "ordered": _ordered,
    "narrowed": _narrowed,
    "first_entity": _first_entity,
    "next_entity": _next_entity,
}
