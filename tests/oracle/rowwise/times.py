"""Days, windows and lengths of time in a formula, counted by hand."""

from datetime import date
from fractions import Fraction

from acmspec.formula.tree import Between, During, PeriodValue, Within
from rowwise import days
from rowwise.tables import Value
from rowwise.values import reads, value
from rowwise.world import Here


@reads(Between)
def _between(here: Here, formula: Between) -> Value:
    first, last = value(here, formula.start), value(here, formula.end)
    if first is None or last is None:
        return None
    assert formula.unit == "day"
    return Fraction((last - first).days)


@reads(Within, During)
def _within(here: Here, formula: Within | During) -> Value:
    day, stretch = value(here, formula.operand), window(here, formula)
    return None if day is None or stretch is None else stretch[0] <= day <= stretch[1]


def window(here: Here, formula: Within | During) -> tuple[date, date] | None:
    """The first and the last day of a window, None where they are unknown."""
    if isinstance(formula, During):
        assert formula.what == "period"
        return here.window.first, here.window.last
    anchor = value(here, formula.anchor)
    if anchor is None:
        return None
    beside = days.ONE_DAY * (not formula.inclusive)
    if formula.before:
        return days.earlier(anchor, formula.length), anchor - beside
    if formula.opens is not None:
        return days.later(anchor, formula.opens), days.later(anchor, formula.length)
    return anchor + beside, days.later(anchor, formula.length)


@reads(PeriodValue)
def _period_value(here: Here, formula: PeriodValue) -> Value:
    term = here.world.spec.contract.term
    match formula.which:
        case "contract start":
            return term.first.value
        case "contract end":
            return term.last.value
        case "data date":
            return here.world.data_date
    assert here.window is not None, "no period is at hand"
    if formula.which == "length of period":
        return Fraction((here.window.last - here.window.first).days + 1)
    return here.window.first if formula.which == "period start" else here.window.last
