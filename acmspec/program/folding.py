"""Texts of which case doesn't count: how a literal beside one is read, and which texts can't stand together."""

from acmspec.ground.diagnostic import Problem
from acmspec.program.record import Constant, Record
from acmspec.program.types import TextType, Type
from acmspec.program.typing_rules import Mismatch

FOLDED_AND_EXACT = Problem(
    "ACM483",
    "texts that are compared in two ways",
    "In one of the two fields upper and lower case count, in the other they don't, so that equal texts would differ.",
    "Write “fold: case” under both fields, or under neither.",
    "Texts that are compared must be written by the same rule.",
)
PROBLEMS = (FOLDED_AND_EXACT,)


def matching(value: str, of: Type) -> str | None:
    """The declared spelling of a text among the values a type has, None if it can't be one of them.

    A type without declared values takes every text; where case doesn't count, the spelling it is shown in is taken.
    """
    if not isinstance(of, TextType):
        return value
    known = of.spellings if of.folded else of.values or ()
    spelt = next((one for one in known if one == value or (of.folded and one.lower() == value.lower())), None)
    return value if spelt is None and of.values is None else spelt


def as_beside(literal: Record, other: Record) -> Record:
    """A literal text as it is compared with a value: by case or not, as the value is."""
    if not isinstance(literal, Constant) or not isinstance(literal.value, str):
        return literal
    if not isinstance(other.type, TextType) or not other.type.folded:
        return literal
    spelt = matching(literal.value, other.type)
    return Constant(literal.value if spelt is None else spelt, other.type)


def mixed(left: Record, right: Record) -> Mismatch | None:
    """Why two texts can't be compared although both are texts, None if they can."""
    one, two = left.type, right.type
    if not isinstance(one, TextType) or not isinstance(two, TextType) or one.folded == two.folded:
        return None
    if isinstance(left, Constant) or isinstance(right, Constant):
        return None
    return Mismatch(FOLDED_AND_EXACT, "in one of these texts case counts, in the other it doesn't")
