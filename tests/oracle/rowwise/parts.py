"""The formulas that a formula is made of."""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache

from acmspec.formula.tree import Call, During, Each, Formula, In, Name, PeriodValue, Sliced
from rowwise.world import World, conditions

OF_PERIOD = ("period start", "period end", "length of period")
"""Values that differ from period to period; the days of the contract and of the data don't."""


def parts(formula: object) -> list[Formula]:
    """The formulas directly inside one, lookups and aggregates left aside."""
    if isinstance(formula, Call | Each | Sliced):
        return []
    if isinstance(formula, In) and isinstance(formula.choices, Name):
        return [formula.operand]
    found: list[Formula] = []
    for one in fields(formula):
        inner = getattr(formula, one.name)
        found += [part for part in (inner if isinstance(inner, tuple) else (inner,)) if is_formula(part)]
    return found


def group_parts(formula: Formula) -> list[Formula]:
    """The formulas about a group that one about a group is made of."""
    if isinstance(formula, Sliced):
        return [formula.inner]
    if isinstance(formula, Each):
        return [formula.expression, *([] if formula.where is None else [formula.where])]
    return parts(formula)


def everywhere(formula: Formula | None) -> Iterator[Formula]:
    """A formula and all that it is made of, lookups and aggregates closed."""
    if formula is not None:
        yield formula
        for one in parts(formula):
            yield from everywhere(one)


def is_formula(thing: object) -> bool:
    """Whether something is a part of a formula that has a value of its own."""
    return type(thing).__module__ == Name.__module__


def speaks_of_period(world: World, formula: object) -> bool:
    """Whether a formula may differ from period to period, also through definitions and the sets it looks into."""
    if isinstance(formula, PeriodValue):
        return formula.which in OF_PERIOD
    if isinstance(formula, During) and formula.what == "period":
        return True
    if isinstance(formula, Name):
        meant = [one for one in world.spec.definitions if one.name.value == formula.parts[-1]]
        return any(speaks_of_period(world, one.formula.tree) for one in meant)
    inside = parts(formula)
    if isinstance(formula, Call):
        inside = [formula.expression, formula.over.where, formula.over.placed, formula.over.weight]
        inside += [one for cohort in world.lineage(formula.over.name) for one in conditions(cohort)]
    return any(speaks_of_period(world, one) for one in inside if one is not None)


@cache
def is_bound(world: World, name: str, *, placed: bool = False) -> bool:
    """Whether what makes a set speaks of the period; how it comes into it aside where that is `placed` otherwise."""
    made = [cohort if not placed else replace(cohort, when=None) for cohort in world.lineage(name)]
    return any(speaks_of_period(world, one) for cohort in made for one in conditions(cohort))
