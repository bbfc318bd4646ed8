"""Which answers a condition can have over every value there is of something it speaks of; knows no data and no place.

The values of a thing are cut where conditions name one: each value written out is a piece, and so is each stretch
between two neighbours, below the least and above the greatest. Within a piece every answer is the same, so that each is
looked at once, and none is left out. What a condition says of other things may have any answer: nothing is called
impossible that isn't.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, reduce
from math import ceil, floor, inf
from operator import eq, ge, gt, le, lt, ne

from acmspec.ground.node import node
from acmspec.program.group import (
    Group,
    GroupCompare,
    GroupConstant,
    GroupDefined,
    GroupKnown,
    GroupLogic,
    GroupNegation,
)
from acmspec.program.ranges import ANY_NUMBER, Ends, ends_of
from acmspec.program.record import Compare, Constant, Defined, IsKnown, Logic, Negation, OneOf, Record
from acmspec.program.types import BooleanType, DateType, ErrorType, NumberType, TextType, Type

Meaning = Record | Group
Answers = frozenset[bool | None]
"""The answers a condition can have: true, false, and None where it is missing."""
ANY: Answers = frozenset((True, False, None))
_RELATIONS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TRUTHS: Mapping[object, int] = {False: 1, True: 3}
_TOLD_APART = frozenset({"=", "!="})
_DAY = timedelta(days=1)


@node
class Piece:
    """Values of one thing that are all answered alike; `rank` says where among the values named, None for missing.

    The values named have odd ranks in their order, and the even ones are the stretches around them.
    """

    of: Meaning
    ranks: Mapping[object, int]
    rank: int | None


def opened(one: Meaning) -> Meaning:
    """What a definition stands for."""
    while isinstance(one, Defined | GroupDefined):
        one = one.body
    return one


def subjects(conditions: Sequence[Meaning]) -> dict[Meaning, list[object]]:
    """Each thing that conditions hold against values written out, or ask of whether it is known or true, with these."""
    found: dict[Meaning, list[object]] = {}
    for thing, named in (one for condition in conditions for one in _asked(condition)):
        if not isinstance(thing.type, ErrorType):
            found.setdefault(thing, []).extend(named)
    return found


def pieces(of: Meaning, named: Sequence[object]) -> Iterator[Piece]:
    """All values of a thing, cut where one is named, and where it is missing."""
    if isinstance(of.type, BooleanType):
        ranks, there = _TRUTHS, [1, 3]
    else:
        values = sorted(set(named))  # type: ignore[type-var]  # texts, numbers or dates, all of one kind
        ranks = {value: 2 * at + 1 for at, value in enumerate(values)}
        ends = ends_of(of) if isinstance(of.type, NumberType) else ANY_NUMBER
        there = [rank for rank in range(2 * len(values) + 1) if _is_there(rank, values, of.type, ends)]
    yield from (Piece(of, ranks, rank) for rank in (*there, None))


def answers(condition: Meaning, piece: Piece) -> Answers:
    """The answers that a condition can have in a piece."""
    one = opened(condition)
    if one == piece.of and isinstance(one.type, BooleanType):
        return frozenset((None if piece.rank is None else piece.rank == _TRUTHS[True],))
    match one:
        case Logic(operator=operator, operands=operands):
            return _joined(operator, [answers(each, piece) for each in operands])
        case GroupLogic(operator=operator, left=left, right=right):
            return _joined(operator, [answers(left, piece), answers(right, piece)])
        case Negation(operand=operand) | GroupNegation(operand=operand):
            return _turned(answers(operand, piece))
        case IsKnown(operand=operand, known=known) | GroupKnown(operand=operand, known=known):
            return frozenset(((piece.rank is not None) is known,)) if opened(operand) == piece.of else ANY
        case OneOf(operand=operand, values=values, type=BooleanType()) if opened(operand) == piece.of:
            return frozenset((None if piece.rank is None else piece.rank in {piece.ranks[each] for each in values},))
        case Compare() | GroupCompare():
            return _compared(one, piece)
        case Constant(value=bool() as truth):
            return frozenset((truth,))
        case _:
            return ANY


def _asked(condition: Meaning) -> Iterator[tuple[Meaning, tuple[object, ...]]]:
    one = opened(condition)
    match one:
        case Logic(operands=operands):
            for each in operands:
                yield from _asked(each)
        case GroupLogic(left=left, right=right):
            yield from (*_asked(left), *_asked(right))
        case Negation(operand=operand) | GroupNegation(operand=operand):
            yield from _asked(operand)
        case IsKnown(operand=operand) | GroupKnown(operand=operand):
            yield opened(operand), ()
        case OneOf(operand=operand, values=values, type=BooleanType()):
            yield opened(operand), values
        case Compare() | GroupCompare():
            found = _against(one)
            if found is not None:
                yield found[0], (found[2],)
        case _ if isinstance(one.type, BooleanType) and not isinstance(one, Constant):
            yield one, ()


def _against(one: Compare | GroupCompare) -> tuple[Meaning, str, object] | None:
    """What is compared with a value that is written out, how, and with which; None where something else is."""
    if isinstance(one.type, ErrorType):
        return None
    left, right = opened(one.left), opened(one.right)
    first, second = _written(left), _written(right)
    if first is None and second is not None:
        return left, one.operator, second
    if first is not None and second is None:
        return right, _FLIPPED.get(one.operator, one.operator), first
    return None


def _written(one: Meaning) -> object:
    """The value of what is written out, such as `-1`; None where it is something else."""
    if isinstance(one, Constant | GroupConstant):
        return one.value
    ends = ends_of(one) if isinstance(one.type, NumberType) else ANY_NUMBER
    return ends.least if ends.least == ends.most else None


def _compared(one: Compare | GroupCompare, piece: Piece) -> Answers:
    found = _against(one)
    if found is None or found[0] != piece.of:
        return ANY
    _, operator, literal = found
    if piece.rank is None:
        return frozenset((None,))
    if isinstance(piece.of.type, TextType) and operator not in _TOLD_APART:
        return ANY
    return frozenset((bool(_RELATIONS[operator](piece.rank, piece.ranks[literal])),))


def _is_there(rank: int, named: Sequence[object], kind: Type, ends: Ends) -> bool:
    """Whether a piece holds any value of its kind that can be."""
    at = rank // 2
    if isinstance(kind, NumberType):
        return _is_number(rank, named, ends, is_whole=kind.integral)  # type: ignore[arg-type]  # numbers
    if rank % 2:
        return True
    if isinstance(kind, TextType):
        # Texts are told apart and nothing else: those that are not named are one piece, the first.
        return at == 0 and (kind.values is None or not set(kind.values) <= set(named))
    if at in {0, len(named)}:
        return True
    one, two = named[at - 1], named[at]
    if isinstance(kind, DateType) and isinstance(one, date) and isinstance(two, date):
        return two - one > _DAY
    return True


def _is_number(rank: int, named: Sequence[Fraction], ends: Ends, *, is_whole: bool) -> bool:
    """Whether a number named, or one in the stretch between two that are, lies between the ends."""
    at = rank // 2
    if rank % 2:
        return ends.has(named[at]) and (not is_whole or named[at] == floor(named[at]))
    above = named[at - 1] if at else -inf
    below = named[at] if at < len(named) else inf
    if above >= ends.most or below <= ends.least:
        return False
    lowest = max(above, ends.least)
    if not is_whole or lowest == -inf:
        return True
    first = ceil(lowest) if lowest > above else floor(lowest) + 1
    return first < below and first <= ends.most


@cache
def _turned(some: Answers) -> Answers:
    return frozenset(None if one is None else not one for one in some)


def _joined(operator: str, some: Sequence[Answers]) -> Answers:
    """The answers of `and`, as Kleene has them, from all that the parts can have; `or` is its mirror image."""
    if operator == "or":
        return _turned(_joined("and", [_turned(one) for one in some]))
    return reduce(_and, some)


@cache
def _and(one: Answers, two: Answers) -> Answers:
    return frozenset(_both(a, b) for a in one for b in two)


def _both(one: bool | None, two: bool | None) -> bool | None:
    if one is False or two is False:
        return False
    return None if one is None or two is None else True
