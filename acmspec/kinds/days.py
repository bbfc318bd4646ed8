"""Days that are paid for: the keys that say whose and which, as a formula; it knows no single kind."""

from dataclasses import field
from fractions import Fraction
from typing import Any

from acmspec.formula.print import text
from acmspec.formula.tree import Active, Binary, Call, DaysIn, During, Formula, Lasts, SetUse
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.counted import STRETCH, cycle_of, said_stretch, shorter
from acmspec.program.payment import Each, Successes
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Duration, FormulaShape, Identifier, Key, ListOf, Quantity, Record, Whole

NOTHING_ASKED = Problem(
    code="ACM555",
    title="unless what?",
    cause="“unless” says whose days are paid although the least time was not reached, and no least time is stated.",
    fix="Add “qualifies” with the least time, or remove “unless”.",
    contract="The least time after which days are paid must be stated where some days are paid without it.",
)
PROBLEMS = (NOTHING_ASKED,)


@node
class MostDays:
    """How many days are paid for each at most in a stretch of time."""

    days: Located[int]
    per: Located[str]


@node
class PaidDays:
    """The price of a day, whose days they are, in which set, after which least time, and the formula of all that."""

    price: Located[Amount]
    of: Located[str]
    for_each: Located[str]
    qualifies: Located[Length] | None
    unless: FormulaText | None
    at_most: tuple[MostDays, ...]
    formula: FormulaText
    span: Span = field(compare=False, repr=False)


def _most(span: Span, **values: Any) -> MostDays:
    del span
    return MostDays(**values)


DAYS = (
    Key("price", Quantity("money"), required=True),
    Key("of", Identifier(), required=True),
    Key("for_each", Identifier(), required=True),
    Key("qualifies", Duration()),
    Key("unless", FormulaShape()),
    Key(
        "at_most",
        ListOf(
            Record(
                "a highest number of days",
                _most,
                (Key("days", Whole(least=1), required=True), Key("per", STRETCH, required=True)),
            )
        ),
        default=(),
    ),
)


def paid_days(span: Span, of: Located[str], **values: Any) -> PaidDays:
    """The keys, and the days of the set that are paid: `sum(days in period over SET active in period where …)`."""
    qualifies, unless = values["qualifies"], values["unless"]
    if qualifies is not None and unless is not None and unless.tree is None:
        return PaidDays(of=of, **values, formula=FormulaText(None, "", span), span=span)
    where: Formula | None = None if qualifies is None else Lasts(qualifies.value, None, qualifies.span)
    if where is not None and unless is not None:
        where = Binary("or", where, unless.tree, unless.span)
    period = During(None, "period", of.span)
    chosen = SetUse(of.value, "", "", (), where, of.span, of.span, placed=Active(period, of.span))
    days = Call("sum", False, DaysIn(period, of.span), chosen, of.span, of.span)
    return PaidDays(of=of, **values, formula=FormulaText(days, text(days), of.span), span=span)


def days_of(paid: PaidDays, context: MeasureContext) -> Successes:
    """The days, told apart by whose they are, up to the highest numbers."""
    most = tuple((cycle_of(one.per, context.every), Fraction(one.days.value)) for one in paid.at_most)
    return Successes((), Each(paid.for_each, most, "day", "days"))


def unsound(paid: PaidDays, context: MeasureContext) -> tuple[Diagnostic, ...]:
    """That nothing is asked for which something is let off, and numbers of stretches that are shorter than a period."""
    found = tuple(wrong for one in paid.at_most for wrong in shorter(one.per, context.every))
    if paid.unless is None or paid.qualifies is not None:
        return found
    return (*found, NOTHING_ASKED.at(paid.unless.span, "no least time is stated", label="from what?"))


def said_most(paid: PaidDays, words: TermWords) -> str:
    """What a clause says of the highest numbers."""
    whose = words.entity(paid.for_each.value)
    return " ".join(
        f"No more than {one.days.value:,} days are paid to one Provider for one {whose} {said_stretch(one.per, words)}."
        for one in paid.at_most
    )
