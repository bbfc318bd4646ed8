"""Values of the period and the contract in formulas: what they mean, and where there is a period to speak of.

An expression that speaks of the period has a value for each record and window; it is then called bound.
"""

from acmspec.formula.tree import PeriodValue as Written
from acmspec.ground.diagnostic import Problem
from acmspec.ground.source import Span
from acmspec.program.meanings import Meanings
from acmspec.program.record import PeriodValue
from acmspec.program.relocate import is_bound
from acmspec.program.types import DateType, Form, NumberType
from acmspec.program.units import DAY

NO_PERIOD = Problem(
    "ACM346",
    "no period to speak of",
    "Only where records are measured is there a period: a table's checks, and the date that puts a record into a "
    "period, come before it.",
    "Say it without the period, or move the condition into the “where” of a cohort.",
    "What makes a record valid, and which period it belongs to, must not depend on the period.",
)
PROBLEMS = (NO_PERIOD,)


def period_value(formula: Written, meanings: Meanings) -> PeriodValue:
    """The meaning of a value of the period, the contract or the run."""
    term = meanings.catalog.spec.contract.term
    if formula.which == "length of period":
        return PeriodValue(formula.which, NumberType(Form.NUMBER, DAY, integral=True))
    days = {"contract start": term.first.value, "contract end": term.last.value}
    return PeriodValue(formula.which, DateType(), days.get(formula.which))


def refused_period(tree: object, span: Span, path: str, meanings: Meanings, where: str) -> bool:
    """Whether an expression speaks of the period where there is none, which is then reported."""
    if not is_bound(tree):
        return False
    meanings.findings.say(NO_PERIOD, span, f"{where} can't speak of the period", path=path, label="which period?")
    return True
