"""A pool that several providers divide for a period: by their successes, equally, or as prizes; to the cent, all of it.

Nothing is divided while the result of one of them waits, as each part depends on all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType

from acmspec.program.payment import Pooled, Term
from acmspec.results.printed import money, plain
from acmspec.settlement.bases import Key
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.split import split
from acmspec.settlement.tree import OTHERS_WAIT, Due

WAITS = "waits until the results of all who share the pool are known"
_ZERO = Fraction(0)


def divided(term: Term, dues: Mapping[Key, Due], currency: str) -> Mapping[Key, Due]:
    """The lines of a term, with the parts of its pool if it has one; lines stand in the order of agreements."""
    if not isinstance(term.amount, Pooled):
        return dues
    found = dict(dues)
    for day in dict.fromkeys(key[2] for key in dues):
        together = {key: due for key, due in dues.items() if key[2] == day}
        if any(due.waits for due in together.values()):
            found |= {key: _waiting(due) for key, due in together.items()}
        else:
            found |= _parts(term.amount, together, currency)
    return MappingProxyType(found)


def _waiting(due: Due) -> Due:
    """A line that takes no part says why, and whether it waits itself; any other waits with those."""
    counted = due.line.counted
    if counted is None or counted.at is None:
        return due
    held = counted if due.waits else replace(counted, standing=OTHERS_WAIT, at=None)
    return replace(
        due, line=replace(due.line, basis=WAITS, amount=_ZERO, derivation=(WAITS,), counted=held), waits=True
    )


def _parts(pool: Pooled, dues: Mapping[Key, Due], currency: str) -> dict[Key, Due]:
    """Each part of the pool, and what it follows from; a result without a value takes no part."""
    known = {key: due.line.counted.at for key, due in dues.items() if due.line.counted is not None}
    takers = {key: at for key, at in known.items() if at is not None}
    weights = [max(_ZERO, evaluate(pool.claim, at)) for at in takers.values()]
    places = _places(pool, list(takers.values()), weights)
    amounts = _amounts(pool, weights, places)
    found = {}
    for key, at, weight, place, amount in zip(takers, takers.values(), weights, places, amounts, strict=True):
        said = _said(pool, weight, sum(weights, _ZERO), (place, places.count(place)), currency)
        line, counted = dues[key].line, dues[key].line.counted
        steps = (*line.derivation[:1], said, f"{money(amount, currency)}, to the cent by the largest remainders")
        again = None if counted is None else replace(counted, at=replace(at, pooled=amount))
        found[key] = replace(dues[key], line=replace(line, amount=amount, basis=said, derivation=steps, counted=again))
    return found


def _places(pool: Pooled, takers: Sequence[Environment], weights: Sequence[Fraction]) -> list[int]:
    """The place of each, from 1 on, the same for equal results; 0 for who takes no part, or where none are ranked."""
    if not pool.prizes:
        return [0] * len(takers)
    results = [at.outcome if pool.rise else -at.outcome for at in takers]
    ranked = [one for one, weight in zip(results, weights, strict=True) if weight > 0]
    return [1 + sum(other > one for other in ranked) if weight > 0 else 0
            for one, weight in zip(results, weights, strict=True)]  # fmt: skip


def _amounts(pool: Pooled, weights: Sequence[Fraction], places: Sequence[int]) -> list[Fraction]:
    """The parts; they sum to the pool, or to the prizes that were won, and to nothing where nobody takes part."""
    amounts = [_ZERO] * len(weights)
    if not any(weights):
        return amounts
    if not pool.prizes:
        return list(split(pool.pool, weights))
    order = sorted((at for at, place in enumerate(places) if place), key=lambda at: places[at])
    for place, tied in groupby(order, key=lambda at: places[at]):
        alike = tuple(tied)
        shared = sum(pool.prizes[place - 1 : place - 1 + len(alike)], _ZERO)
        for at, part in zip(alike, split(shared, [Fraction(1)] * len(alike)), strict=True):
            amounts[at] = part
    return amounts


def _said(pool: Pooled, weight: Fraction, whole: Fraction, place: tuple[int, int], currency: str) -> str:
    """What a part follows from."""
    sum_of = money(pool.pool, currency)
    if not weight:
        return f"takes no part in the pool of {sum_of}"
    if not pool.prizes:
        return f"{plain(weight)} of {plain(whole)} parts of the pool of {sum_of}"
    first, tied = place
    shared = "" if tied == 1 else f", with the places up to {first + tied - 1} shared by {tied}"
    return f"place {first} in the pool of {sum_of}{shared}"
