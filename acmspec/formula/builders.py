"""What each rule of the grammar becomes, one builder an alias; it must not know how the text was split or parsed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from acmspec.formula import literals
from acmspec.formula.builders_time import TIME_BUILDERS, Rule, formula_of, span_of, token_of, word_of
from acmspec.formula.lalr import Part
from acmspec.formula.lexer import Token
from acmspec.formula.literals import Counted
from acmspec.formula.tree import (
    Active,
    AllOf,
    Binary,
    Call,
    Dated,
    Each,
    Earlier,
    Formula,
    Found,
    FromTo,
    If,
    In,
    Known,
    Name,
    Negative,
    Not,
    Number,
    OpenOn,
    OutOf,
    Same,
    SetUse,
    SinceStart,
    Sliced,
    Those,
    Truth,
    Window,
)
from acmspec.ground.source import Source, Span


class Builder:
    """Builds trees with spans in one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def build(self, alias: str, parts: list[Part]) -> object:
        """The value of a rule; raises Unbuildable for a literal without value."""
        return BUILDERS[alias](self.source, parts)


def _set(part: Part) -> SetUse:
    return cast(SetUse, part.value)


def _many(part: Part) -> tuple[object, ...]:
    return cast(tuple[object, ...], part.value)


# --- operators --------------------------------------------------------------------------------------------


def _constant(value: str) -> Rule:
    return lambda _, __: value


def _binary(operator: str) -> Rule:
    def build(source: Source, parts: list[Part]) -> Binary:
        return Binary(operator, formula_of(parts[0]), formula_of(parts[2]), span_of(source, parts))

    return build


def _compared(source: Source, parts: list[Part]) -> Binary:
    return Binary(word_of(parts[1]), formula_of(parts[0]), formula_of(parts[2]), span_of(source, parts))


def _negated(source: Source, parts: list[Part]) -> Not:
    return Not(formula_of(parts[1]), span_of(source, parts))


def _negative(source: Source, parts: list[Part]) -> Negative:
    return Negative(formula_of(parts[1]), span_of(source, parts))


def _known(known: bool) -> Rule:
    return lambda source, parts: Known(formula_of(parts[0]), known, span_of(source, parts))


def _found(source: Source, parts: list[Part]) -> Found:
    return Found(cast(Name, parts[0].value), span_of(source, parts))


def _not_found(source: Source, parts: list[Part]) -> Not:
    return Not(_found(source, parts), span_of(source, parts))


def _among(source: Source, parts: list[Part]) -> In:
    choices = cast(Name | tuple[Formula, ...], parts[2].value)
    return In(formula_of(parts[0]), choices, span_of(source, parts))


def _not_among(source: Source, parts: list[Part]) -> Not:
    return Not(_among(source, parts), span_of(source, parts))


def _between(source: Source, parts: list[Part]) -> Binary:
    """`X between A and B` is short for two comparisons, both ends counted."""
    span, value = span_of(source, parts), formula_of(parts[0])
    low, high = (Binary(sign, value, formula_of(parts[at]), span) for sign, at in ((">=", 2), ("<=", 4)))
    return Binary("and", low, high, span)


def _conditional(source: Source, parts: list[Part]) -> If:
    return If(formula_of(parts[1]), formula_of(parts[3]), formula_of(parts[5]), span_of(source, parts))


def _out_of(source: Source, parts: list[Part]) -> OutOf:
    return OutOf(formula_of(parts[0]), formula_of(parts[2]), span_of(source, parts))


# --- values -----------------------------------------------------------------------------------------------


def _literal(make: Callable[[str, Span], object]) -> Rule:
    return lambda source, parts: make(token_of(parts[0]).text, span_of(source, parts))


def _truth(value: bool) -> Rule:
    return lambda source, parts: Truth(value, span_of(source, parts))


def _grouped(_: Source, parts: list[Part]) -> object:
    return parts[1].value


# --- names, lists, sets -----------------------------------------------------------------------------------


def _name(source: Source, parts: list[Part]) -> Name:
    return Name((token_of(parts[0]).text,), span_of(source, parts))


def _two_words(source: Source, parts: list[Part]) -> Name:
    """`fiscal year` where otherwise a name stands."""
    return Name((token_of(parts[0]).text,), span_of(source, parts))


def _path(source: Source, parts: list[Part]) -> Name:
    before = cast(Name, parts[0].value)
    return Name((*before.parts, token_of(parts[2]).text), span_of(source, parts))


def _choices(_: Source, parts: list[Part]) -> object:
    return parts[1].value


def _first(_: Source, parts: list[Part]) -> tuple[object, ...]:
    return (parts[0].value,)


def _next(_: Source, parts: list[Part]) -> tuple[object, ...]:
    return (*_many(parts[0]), parts[2].value)


def _set_name(reach: str) -> Rule:
    def build(source: Source, parts: list[Part]) -> SetUse:
        return SetUse(
            token_of(parts[-1]).text, reach, "", (), None, span_of(source, parts), span_of(source, parts[-1:])
        )

    return build


def _aliased(source: Source, parts: list[Part]) -> SetUse:
    base = _set(parts[0])
    alias = token_of(parts[2]).text
    return replace(base, alias=alias, span=span_of(source, parts))


def _linked(source: Source, parts: list[Part]) -> SetUse:
    base = _set(parts[0])
    entities = tuple(one for one in _many(parts[2]) if isinstance(one, Same))
    return replace(base, entities=entities, span=span_of(source, parts))


def _same(source: Source, parts: list[Part]) -> Same:
    """`client`, or `client via mother_id`."""
    via = _name(source, parts[2:]) if len(parts) > 1 else None
    return Same(_name(source, parts[:1]), via, span_of(source, parts))


def _placed(make: Callable[..., Dated | OpenOn]) -> Rule:
    def build(source: Source, parts: list[Part]) -> SetUse:
        placed = make(formula_of(parts[2]), span_of(source, parts[1:]))
        return replace(_set(parts[0]), placed=placed, span=span_of(source, parts))

    return build


def _placed_active(source: Source, parts: list[Part]) -> SetUse:
    placed = Active(cast(Window, parts[2].value), span_of(source, parts[1:]))
    return replace(_set(parts[0]), placed=placed, span=span_of(source, parts))


def _weighted(source: Source, parts: list[Part]) -> SetUse:
    return replace(_set(parts[0]), weight=formula_of(parts[2]), span=span_of(source, parts))


def _ordered(source: Source, parts: list[Part]) -> SetUse:
    keys = tuple(one for one in _many(parts[2]) if isinstance(one, Name))
    return replace(_set(parts[0]), by=keys, span=span_of(source, parts))


def _narrowed(source: Source, parts: list[Part]) -> SetUse:
    return replace(_set(parts[0]), where=formula_of(parts[2]), span=span_of(source, parts))


def _call(source: Source, parts: list[Part]) -> Call:
    """`NAME ( [distinct] [expression over] set )`: the set stands before `)`, the expression two parts before it."""
    distinct = isinstance(parts[2].value, Token)
    with_expression = 4  # the name, the parenthesis, the set, the parenthesis
    expression = formula_of(parts[-4]) if len(parts) > with_expression else None
    span = span_of(source, parts)
    return Call(token_of(parts[0]).text, distinct, expression, _set(parts[-2]), span, span_of(source, parts[:1]))


def _each(source: Source, parts: list[Part]) -> Each:
    """What stands in the brackets of a function; the call around it gives the function."""
    where = formula_of(parts[4]) if len(parts) > 3 else None  # noqa: PLR2004  (three parts without `where`)
    span = span_of(source, parts)
    return Each("", None, formula_of(parts[0]), cast(Name, parts[2].value), where, span, span)


def _call_each(source: Source, parts: list[Part]) -> Each:
    """`NAME ( [given ,] each )`."""
    given = cast(Number, parts[2].value) if len(parts) > 4 else None  # noqa: PLR2004  (four parts without a number)
    name = span_of(source, parts[:1])
    each = cast(Each, parts[-2].value)
    return replace(each, function=token_of(parts[0]).text, given=given, span=span_of(source, parts), function_span=name)


def _sliced(source: Source, parts: list[Part]) -> Sliced:
    return Sliced(cast("Name | Sliced", parts[0].value), cast(Any, parts[2].value), span_of(source, parts))


def _earlier(source: Source, parts: list[Part]) -> Earlier:
    number, unit = token_of(parts[0]), cast(Counted, parts[1].value)
    span = span_of(source, parts)
    return Earlier(literals.whole(number.text, span), unit.unit, span)


def _from_day_to_day(source: Source, parts: list[Part]) -> FromTo:
    return FromTo(formula_of(parts[1]), formula_of(parts[3]), span_of(source, parts))


def _since_start(source: Source, parts: list[Part]) -> SinceStart:
    return SinceStart(span_of(source, parts))


def _those(source: Source, parts: list[Part]) -> Those:
    return Those(formula_of(parts[0]), span_of(source, parts))


def _all_of(source: Source, parts: list[Part]) -> AllOf:
    return AllOf(_name(source, parts[1:]), span_of(source, parts))


def _call_given(source: Source, parts: list[Part]) -> Call:
    """`NAME ( given , expression over set )`."""
    span, name = span_of(source, parts), span_of(source, parts[:1])
    given = cast(Number, parts[2].value)
    return Call(token_of(parts[0]).text, False, formula_of(parts[4]), _set(parts[6]), span, name, given)


BUILDERS: dict[str, Rule] = {
    **TIME_BUILDERS,
    "conditional": _conditional,
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
    "number": _literal(literals.number),
    "percent": _literal(literals.percent),
    "money": _literal(literals.money),
    "quoted": _literal(literals.quoted),
    "day": _literal(literals.day),
    "moment": _literal(literals.moment),
    "calendar_period": _literal(literals.calendar_period),
    "true": _truth(value=True),
    "false": _truth(value=False),
    "grouped": _grouped,
    "name": _name,
    "path": _path,
    "sliced": _sliced,
    "earlier": _earlier,
    "from_day_to_day": _from_day_to_day,
    "since_start": _since_start,
    "all_of": _all_of,
    "those": _those,
    "call_set": _call,
    "call_over": _call,
    "call_distinct": _call,
    "call_given": _call_given,
    "call_each": _call_each,
    "call_each_given": _call_each,
    "each": _each,
    "each_where": _each,
    "two_words": _two_words,
    "set_name": _set_name(""),
    "set_other": _set_name("other"),
    "set_all": _set_name("all"),
    "aliased": _aliased,
    "linked": _linked,
    "dated": _placed(Dated),
    "placed_open": _placed(OpenOn),
    "placed_active": _placed_active,
    "ordered": _ordered,
    "narrowed": _narrowed,
    "weighted": _weighted,
    "same": _same,
    "same_via": _same,
    "first_entity": _first,
    "next_entity": _next,
}
