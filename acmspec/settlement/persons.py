"""For how much each person (or whatever is told apart) was paid in each stretch of time; it knows no price."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from acmspec.ground.calendar import Cycle

_ZERO = Fraction(0)
Scope = tuple[Cycle | None, str]
"""A kind of stretch of time and the name of one."""


class Persons:
    """Running sums of one term and provider."""

    __slots__ = ("_paid",)

    def __init__(self) -> None:
        self._paid: dict[tuple[Scope, str], Fraction] = {}

    def apart(self) -> "Persons":
        """The same sums, to which nothing is added by what is posted to the others."""
        found = Persons()
        found._paid |= self._paid
        return found

    def due(
        self, amounts: Iterable[tuple[str, Fraction]], most: Iterable[tuple[Scope, Fraction]]
    ) -> dict[str, Fraction]:
        """How much of what each comes to is paid for: no more than is left of each highest number."""
        bounds = tuple(most)
        return {
            whose: min((amount, *(number - self._paid.get((scope, whose), _ZERO) for scope, number in bounds)))
            for whose, amount in amounts
        }

    def post(self, due: Mapping[str, Fraction], scopes: Iterable[Scope]) -> None:
        """Remember what was paid for in the stretches of time at hand."""
        for scope in scopes:
            for whose, amount in due.items():
                self._paid[scope, whose] = self._paid.get((scope, whose), _ZERO) + amount


def summed(amounts: Iterable[tuple[str, Fraction]]) -> tuple[tuple[str, Fraction], ...]:
    """What each comes to in all, by code point of whose it is."""
    sums: dict[str, Fraction] = {}
    for whose, amount in amounts:
        known = sums.get(whose)
        sums[whose] = amount if known is None else known + amount
    return tuple(sorted(sums.items()))
