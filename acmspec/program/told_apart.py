"""Whether every success of a measure can be told to be one person's (or another entity's); it pays nothing."""

from acmspec.ground.diagnostic import Problem
from acmspec.program.definitions import Definitions
from acmspec.program.relocate import is_faulty
from acmspec.program.scope import single_field
from acmspec.program.tree import Aggregate, Group, GroupDefined, Quotient
from acmspec.spec.practice import Name

ONCE_PER_WHOM = Problem(
    "ACM362",
    "once per whom?",
    "To pay for each only once, every success must say whose it is.",
    "Name an entity that a field of the measured records identifies, and measure with “share” or “count”.",
    "A success may be paid once only for each person it belongs to.",
)
PROBLEMS = (ONCE_PER_WHOM,)

COUNTED = ("share", "count", "count distinct")
ADDED = ("share", "count", "sum")
"""The functions whose successes are counted one by one, and those whose successes of each can be added up."""


def is_told_apart(
    formula: Group, entity: Name | None, functions: tuple[str, ...], *, path: str, names: Definitions
) -> bool:
    """Whether the records that are successes each say whose they are; else it is reported at the entity."""
    if entity is None or is_faulty(formula):
        return True
    counted = _success_sets(formula, functions)
    if counted is None:
        message = "this measure has no successes that are counted one by one"
        names.findings.say(ONCE_PER_WHOM, entity.span, message, path=path)
        return False
    for table in dict.fromkeys(counted):
        field, wrong = single_field(entity.value, table, names.catalog)
        if field is None:
            if wrong:
                names.findings.say(ONCE_PER_WHOM, entity.span, wrong, path=path)
            return False
    return True


def _success_sets(formula: Group, functions: tuple[str, ...]) -> list[str] | None:
    """The tables of the records that are a measure's successes; None if it is made of another function."""
    match formula:
        case Aggregate(function=function, population=population, weight=None) if function in functions:
            return [population.table]
        case GroupDefined(body=body):
            return _success_sets(body, functions)
        case Quotient(numerator=numerator):
            return _success_sets(numerator, functions)
        case _:
            return None
