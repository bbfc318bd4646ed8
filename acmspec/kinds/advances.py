"""Advances and what recovers them: the keys, the two parts of the term, their proof and words; it settles nothing."""

from collections.abc import Iterator
from dataclasses import field
from datetime import date, timedelta
from fractions import Fraction

from acmspec.english import numbers
from acmspec.english.words import humanised, quoted
from acmspec.ground.calendar import Cycle, Every
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bases import not_before
from acmspec.kinds.counted import is_shorter
from acmspec.kinds.paid import negative
from acmspec.kinds.schedule import SCHEDULE, Change, said_schedule, scheduled
from acmspec.program.payment import Fixed, Payment, Recovered, Since
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid
from acmspec.spec.ports import Parted
from acmspec.spec.shape import Chosen, Day, Identifier, Key, ListOf, Quantity

SETTLED_WHEN = Problem(
    code="ACM499",
    title="advances that are not settled once",
    cause="Advances are settled when each stretch of time is over that “settle” names, none of which is shorter than "
    "the period, or once on a day, “settle_on”. Advances after that day would never be settled.",
    fix="Write “settle: fiscal year” (or another stretch), or “settle_on” with a day behind all changes of the amount.",
    contract="The Agreement must state when advances are settled.",
)
PROBLEMS = (SETTLED_WHEN,)

PAID, RECOVERED = "paid", "recovered"
"""The words of the two parts: the advances, and what is recovered of them."""
_TERM = "term"
_STRETCHES = (Every.QUARTER, Every.FISCAL_QUARTER, Every.HALF_YEAR, Every.YEAR, Every.FISCAL_YEAR)


@node
class Advance:
    """The advances of each period, the terms they are set off against, when they are settled, and which part it is."""

    part: str
    amount: Located[Amount]
    schedule: tuple[Change, ...]
    of: tuple[Located[str], ...]
    settle: Located[str] | None
    settle_on: Located[date] | None
    most: Located[Amount] | None
    span: Span = field(compare=False, repr=False)


KEYS = (
    Key("amount", Quantity("money"), required=True),
    Key("schedule", SCHEDULE, default=()),
    Key("of", ListOf(Identifier(), least=1), required=True),
    Key("settle", Chosen((*(one.value for one in _STRETCHES), _TERM), dated="settle_on")),
    Key("settle_on", Day()),
    Key("most", Quantity("money")),
)


def parted(  # noqa: PLR0913, PLR0917  (the keys of the kind)
    span: Span,
    amount: Located[Amount],
    schedule: tuple[Change, ...],
    of: tuple[Located[str], ...],
    settle: Located[str] | None,
    settle_on: Located[date] | None,
    most: Located[Amount] | None,
) -> Parted[Advance]:
    """The advances, and what is recovered of them."""
    parts = ((word, Advance(word, amount, schedule, of, settle, settle_on, most, span)) for word in (PAID, RECOVERED))
    return Parted(tuple(parts))


def lowered(of: Advance, context: MeasureContext) -> Outcome[Payment]:
    """The amount in force until the day of settlement; or what is set off, and recovered in the end."""
    unfit = (wrong for one in of.of for wrong in not_before(one, context, same=False))
    found = (*_unsettled(of, context), *unfit, *(negative(of.most) if of.most else ()))
    if found:
        return Outcome(None, found)
    until = None if of.settle_on is None else of.settle_on.value
    if of.part == PAID:
        amount = scheduled(of.amount, of.schedule, context)
        if amount.value is None or until is None:
            return amount
        steps = amount.value.steps if isinstance(amount.value, Since) else ((date.min, amount.value),)
        return Outcome(Since((*steps, (until + timedelta(days=1), Fixed(Fraction(0))))))
    named = {one.value for one in of.of}
    terms = tuple(one.name for one in context.before if one.written in named)
    most = None if of.most is None else of.most.value.value
    return Outcome(Recovered(f"{context.term}_{PAID}", terms, _stretch(of), most, until))


def _stretch(of: Advance) -> Cycle | None:
    return None if of.settle is None or of.settle.value == _TERM else Every(of.settle.value)


def _unsettled(of: Advance, context: MeasureContext) -> Iterator[Diagnostic]:
    """Two ways of settling or none, one too often, or changes of the amount after the last advance."""
    day, stretch = of.settle_on, of.settle
    if (day is None) is (stretch is None):
        message = "nothing says when" if day is None else "they are settled for each stretch and on a day"
        yield SETTLED_WHEN.at((day or of.amount).span, message, label="settled when?")
    elif stretch is not None and is_shorter(_stretch(of), context.every):
        yield SETTLED_WHEN.at(stretch.span, f"a {stretch.value} is shorter than the period", label="too short")
    elif day is not None:
        late = next((one for one in of.schedule if one.day.value > day.value), None)
        if late is not None:
            yield SETTLED_WHEN.at(late.day.span, "no advance is paid after the settlement", label="after the last one")


def said(of: Advance, words: TermWords) -> tuple[tuple[str, ...], tuple[Grid, ...]]:
    """The sentences of a part, and the changes of the amount."""
    over = numbers.series(tuple(quoted(humanised(one.value).capitalize()) for one in of.of))
    if of.part == PAID:
        more, grid = said_schedule(of.schedule, words)
        end = f" No advance is paid for a period that starts after {_day(of, words)}." if of.settle_on else ""
        amount = words.money(of.amount.value.value)
        text = f"For each {words.period}, the Agency must pay the Provider an advance of {amount} on what will be due"
        return (f"{text} under {over}.{end}{more}",), grid
    most = ""
    if of.most is not None:
        most = f", but no more than {words.money(of.most.value.value)}, and the Provider keeps what is left"
    come = "comes" if len(of.of) == 1 else "come"
    which, last, stretch = _settled(of, words)
    within = f" that end in that {stretch}" if stretch else ""
    until = f"{within} and end" if within else " that end"
    set_off = (
        f"The Agency must recover {which}. They are settled with {last}. What {over} {come} to for periods{until} no "
        f"later than that {words.period} is, before limits, set off against them as soon as it is known. "
        f"What {over} {come} to for later periods{within} is not set off."
    )
    rest = (
        f"With that last {words.period}, the Agency must also recover the advances that nothing was set off "
        f"against{most}. The Agency does so once all that is to be set off is known. "
        f"What it recovers is deducted from what is due."
    )
    put_off = (
        "Where a maximum amount reduces what is due to the Provider, as much of the reduction is put off as the "
        "advances come to that are not yet recovered. With what it recovers for a later "
        f"{words.period}, the Agency must pay what was put off, but no more than it recovers, and only as far as the "
        "maximum amount leaves room. All other limits count what maximum amounts would have left without advances."
    )
    return (set_off, rest, put_off), ()


def _settled(of: Advance, words: TermWords) -> tuple[str, str, str]:
    """Which advances are settled together, with which period, and in which stretch of time, if it is not the term."""
    period = words.period
    lies = "within the Contract Term and the term of the Provider’s agreement"
    if of.settle_on is not None:
        return "the advances", f"the last {period} that starts on or before {_day(of, words)} and lies {lies}", ""
    cycle = _stretch(of)
    if cycle is None:
        return "the advances", f"the last {period} {lies}", ""
    which = f"the advances for the {period}s that end in the same {numbers.period(cycle)}"
    return which, f"the last of these {period}s that lies {lies}", numbers.period(cycle)


def _day(of: Advance, words: TermWords) -> str:
    return "" if of.settle_on is None else words.day(of.settle_on.value)
