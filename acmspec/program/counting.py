"""Whether a group value is of counts of records, also behind names and slices; no value is known here."""

from acmspec.program.demands import demands
from acmspec.program.group import Aggregate, Group, GroupArithmetic, GroupDefined, MetricUse, Quotient, Slice
from acmspec.program.types import NumberType


def said(formula: Group) -> Group:
    """What is calculated, behind the names and slices it is used through."""
    while isinstance(formula, GroupDefined | MetricUse | Slice):
        formula = formula.inner if isinstance(formula, Slice) else formula.body
    return formula


def counts_records(formula: Group) -> bool:
    """Whether the denominator of a formula counts records: a share, or something divided by a count."""
    match said(formula):
        case Aggregate(function=function):
            return function == "share"
        case GroupArithmetic(operator="/", right=below) | Quotient(denominator=below):
            return is_count(below)
        case _:
            return False


def is_rate(formula: Group) -> bool:
    """Whether a formula is a share or one number out of another, so that a difference is one for each of the latter."""
    found = said(formula)
    return isinstance(found, Quotient) or (isinstance(found, Aggregate) and found.function == "share")


def is_count(formula: Group) -> bool:
    """Whether a formula counts records."""
    found = said(formula)
    return isinstance(found, Aggregate) and found.function == "count"


def is_part(quotient: Quotient) -> bool:
    """Whether the numerator counts some of the records that the denominator counts, and no others."""
    above, below = _defined(quotient.numerator), _defined(quotient.denominator)
    if not isinstance(above, Aggregate) or not isinstance(below, Aggregate):
        return False
    if above.function != "count" or below.function != "count" or above.population != below.population:
        return False
    asked = () if below.where is None else demands(below.where)
    return set(asked) <= set(() if above.where is None else demands(above.where)) and above.within == below.within


def numerator_is_part(formula: Group) -> bool:
    """Whether the numerator of a share or quotient counts some of the records that its denominator counts."""
    found = said(formula)
    if isinstance(found, Quotient):
        return is_part(found)
    return isinstance(found, Aggregate) and found.function == "share"


def _defined(formula: Group) -> Group:
    """What a defined name stands for; another metric or period has records of its own."""
    while isinstance(formula, GroupDefined):
        formula = formula.body
    return formula


def is_made_of_records(formula: Group) -> bool:
    """Whether the successes of a formula are records: those of a share or a count, or of what stands above."""
    found = said(formula)
    above = said(found.numerator) if isinstance(found, Quotient) else found
    return isinstance(above, Aggregate) and above.function in {"share", "count"}


def is_average(formula: Group) -> bool:
    """Whether a formula is an average, which is divided by the number of records that have a value."""
    found = said(formula)
    return isinstance(found, Aggregate) and found.function == "average"


def is_extreme(formula: Group) -> bool:
    """Whether a formula is the lowest or highest number of some records."""
    found = said(formula)
    return isinstance(found, Aggregate) and found.function in {"lowest", "highest"}


def is_whole(formula: Group) -> bool:
    """Whether the successes of a formula are a whole number: they are counted, or numbers that are whole themselves."""
    own = isinstance(formula.type, NumberType) and formula.type.integral
    return own or is_extreme(formula) or is_made_of_counts(formula)


def is_made_of_counts(formula: Group) -> bool:
    """Whether a formula is a share, a count, or one count out of another, in which each record weighs one."""
    match said(formula):
        case Aggregate(function="share" | "count" | "count distinct", weight=None):
            return True
        case Quotient(numerator=above, denominator=below):
            return is_count(above) and is_count(below)
        case _:
            return False
