"""What bounds and steps a number of successes, shared by kinds with a price: shapes, proofs, words; no single kind."""

from collections.abc import Sequence
from dataclasses import field
from fractions import Fraction
from itertools import pairwise

from acmspec.english import numbers
from acmspec.ground.calendar import Cycle, Every
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.program.payment import Each, Successes
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid
from acmspec.spec.shape import Choice, Identifier, Key, ListOf, Quantity, Record, Whole

STEPS_OUT_OF_ORDER = Problem(
    code="ACM587",
    title="steps of a price out of order",
    cause="Each step holds for the successes above its number, up to the next one, so that the numbers must rise.",
    fix="Write the steps in the order of “above”, each number once.",
    contract="Each success must have one price.",
)
SHORTER = Problem(
    code="ACM588",
    title="a stretch shorter than the period",
    cause="A period counts as one, so that nothing can be counted in a part of it.",
    fix="Name the period itself (“period”) or a stretch of time that is longer.",
    contract="Successes must be counted over whole periods.",
)
FOR_WHOM = Problem(
    code="ACM554",
    title="a highest number for whom?",
    cause="Successes are told apart by one thing, such as the client, and what is paid once needs no other number.",
    fix="Name the same under each “for_each”, and write either “for_each” or “once_per”.",
    contract="A highest number for each person must say whose successes it counts.",
)
PROBLEMS = (STEPS_OUT_OF_ORDER, SHORTER, FOR_WHOM)

_PERIOD, _TERM = "period", "term"
STRETCH = Choice(_PERIOD, *(one.value for one in Every), _TERM)
_LENGTHS = {
    Every.DAY: 0,
    Every.WEEK: 1,
    Every.MONTH: 2,
    Every.QUARTER: 3,
    Every.FISCAL_QUARTER: 3,
    Every.HALF_YEAR: 4,
    Every.YEAR: 5,
    Every.FISCAL_YEAR: 5,
}


@node
class PriceStep:
    """From the success after this number on, another price."""

    above: Located[int]
    price: Located[Amount]
    span: Span = field(compare=False, repr=False)


@node
class AtMost:
    """How many successes are paid at most in a stretch of time, in all or for each person (or other entity)."""

    successes: Located[int]
    per: Located[str]
    for_each: Located[str] | None
    span: Span = field(compare=False, repr=False)


PRICE_STEPS = ListOf(
    Record(
        "a step of the price",
        PriceStep,
        (Key("above", Whole(least=1), required=True), Key("price", Quantity("money"), required=True)),
    )
)
AT_MOST = ListOf(
    Record(
        "a highest number",
        AtMost,
        (
            Key("successes", Whole(least=1), required=True),
            Key("per", STRETCH, required=True),
            Key("for_each", Identifier()),
        ),
    )
)


def cycle_of(stretch: Located[str], every: Cycle) -> Cycle | None:
    """The stretch of time a word names: that of the period itself, or None for the whole term."""
    if stretch.value == _PERIOD:
        return every
    return None if stretch.value == _TERM else Every(stretch.value)


def paid(most: Sequence[AtMost], every: Cycle) -> Successes:
    """The successes that are paid, no more than each stretch allows in all, and for each who is told apart."""
    bounds = [(one.for_each, (cycle_of(one.per, every), Fraction(one.successes.value))) for one in most]
    each = next((whose for whose, _ in bounds if whose is not None), None)
    return Successes(
        tuple(bound for whose, bound in bounds if whose is None),
        None if each is None else Each(each, tuple(bound for whose, bound in bounds if whose is not None)),
    )


def apart(most: Sequence[AtMost], context: MeasureContext) -> tuple[Diagnostic, ...]:
    """The numbers for each of something else than before, or of what is paid once anyway."""
    named = [one.for_each for one in most if one.for_each is not None]
    found = [FOR_WHOM.at(one.span, f"“{named[0].value}” was named before", label="another") for one in named
             if one.value != named[0].value]  # fmt: skip
    if named and context.once_per:
        found.append(FOR_WHOM.at(named[0].span, "with “once_per” each is paid once", label="once already"))
    return tuple(found)


def is_shorter(cycle: Cycle | None, every: Cycle) -> bool:
    """Whether a stretch of time is shorter than the period, as far as that can be told."""
    return isinstance(cycle, Every) and isinstance(every, Every) and _LENGTHS[cycle] < _LENGTHS[every]


def shorter(stretch: Located[str] | None, every: Cycle) -> tuple[Diagnostic, ...]:
    """The finding that a stretch is shorter than the period; none if it isn't."""
    cycle = None if stretch is None else cycle_of(stretch, every)
    if stretch is None or cycle is None or not is_shorter(cycle, every):
        return ()
    message = f"the term pays each {every.value}, and a {cycle.value} is shorter"
    return (SHORTER.at(stretch.span, message, label="shorter than the period"),)


def out_of_order(steps: Sequence[PriceStep]) -> tuple[Diagnostic, ...]:
    """The steps whose number is not above that of the one before them."""
    return tuple(
        STEPS_OUT_OF_ORDER.at(
            after.above.span,
            f"{after.above.value:,} is not above {before.above.value:,}",
            label="not above the step before",
            related=(Label(before.above.span, "the step before"),),
        )
        for before, after in pairwise(steps)
        if after.above.value <= before.above.value
    )


def said_most(most: Sequence[AtMost], words: TermWords) -> str:
    """What a clause says of the highest numbers; nothing where there is none."""
    said = [_said_one(one, words) for one in most]
    if said:
        said.append("Successes beyond that are not paid, now or later.")
    return " ".join(said)


def _said_one(one: AtMost, words: TermWords) -> str:
    number = one.successes.value
    paid_for = f"{number:,} {'success is' if number == 1 else 'successes are'} paid"
    whose = "" if one.for_each is None else f" to one Provider for one {words.entity(one.for_each.value)}"
    return f"No more than {paid_for}{whose} {said_stretch(one.per, words)}."


def price_table(first: str, steps: Sequence[PriceStep], stretch: Located[str] | None, words: TermWords) -> Grid:
    """The price of each success by its number."""
    ends = [None, *steps, None]
    rows = []
    for low, high in pairwise(ends):
        start = 1 if low is None else low.above.value + 1
        price = first if low is None else words.money(low.price.value.value)
        rows.append((numbered(start, None if high is None else high.above.value), price))
    return Grid((f"Successes {said_stretch(stretch, words)}", "Price for each"), tuple(rows), (1,))


def numbered(first: int, last: int | None) -> str:
    """Some of what is counted, by their numbers; without an end where `last` is None."""
    if last is None:
        return f"Number {first:,} and each further one"
    return f"Number {first:,}" if first == last else f"Number {first:,} to number {last:,}"


def said_stretch(stretch: Located[str] | None, words: TermWords) -> str:
    """In which stretch of time, in a clause."""
    if stretch is not None and stretch.value == _TERM:
        return "over the whole Contract Term"
    own = stretch is None or stretch.value == _PERIOD
    return f"in one {words.period if own or stretch is None else numbers.period(Every(stretch.value))}"
