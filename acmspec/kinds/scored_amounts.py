"""What a score comes to in money: the amount of its tier, or a percentage for each point; it makes no points."""

from dataclasses import replace

from acmspec.ground.diagnostic import Outcome, Problem, has_errors
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import Tier, proved
from acmspec.kinds.bases import MONEY_OR_PART, Base, said_amount
from acmspec.kinds.paid import negative
from acmspec.kinds.scoring import FULL, unreached
from acmspec.kinds.tier_words import tier_range
from acmspec.program.amounts import converter
from acmspec.program.intervals import ANYTHING, Known, interval, results
from acmspec.program.payment import Bands, Part, Payment, Score, Times
from acmspec.program.ports import MeasureContext
from acmspec.program.types import NumberType
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid
from acmspec.spec.shape import Key, ListOf, Quantity, Record

NO_AMOUNT = Problem(
    code="ACM580",
    title="a score that comes to no amount",
    cause="A score pays the amount of the tier that it falls in, or one percent of “of” for each point.",
    fix="Write “bands” with the amount of each tier, or “of” with a sum or terms.",
    contract="A payment by a score must state the amount of each score.",
)
PROBLEMS = (NO_AMOUNT,)

Of = Located[Amount] | tuple[Located[str], ...] | None
_SCORE, _PLAIN = Quantity("number"), NumberType()
BANDS = ListOf(
    Record(
        "a tier",
        Tier,
        (Key("from", _SCORE, into="first"), Key("below", _SCORE), Key("pay", MONEY_OR_PART, required=True)),
    )
)


def by_score(of: Of, tiers: tuple[Tier, ...], score: Score, context: MeasureContext, place: Span) -> Outcome[Payment]:
    """The amount of the score's tier; without tiers, one percent of the base for each point."""
    base = Base.written(of)
    if tiers:
        found = base.unsound([one.pay for one in tiers], context)
        return Outcome(None, found) if has_errors(found) else _tiered(base, tiers, score, context)
    found = (*base.named(context), *(() if base.sum is None else negative(base.sum)))
    if not base.is_there:
        found = (NO_AMOUNT.at(place, "there are no tiers, and nothing to be a percentage of", label="which amount?"),)
    return Outcome(None if found else Times(Part(1 / FULL, score), base.whole(context)), found)


def _tiered(base: Base, tiers: tuple[Tier, ...], score: Score, context: MeasureContext) -> Outcome[Payment]:
    plainly = replace(
        context, name="the score", type=_PLAIN, better="higher", decimals=0, convert=converter(_PLAIN, None, ANYTHING)
    )
    # What is compared is one percentage with another, or one amount with another, as all are parts of one base.
    alike = tuple(replace(one, pay=Located(replace(one.pay.value, written="money"), one.pay.span)) for one in tiers)
    table = proved(alike, plainly)
    if table.value is None:
        return Outcome(None, table.diagnostics)
    outcomes = tuple((one.name, results(one.formula, one.type)) for one in context.several)
    within = interval(score, Known(scored=outcomes, without=context.without))
    never = tuple(unreached(table.value, within))
    bands = (replace(band, pays=base.worth(one.pay, context)) for band, one in zip(table.value, tiers, strict=True))
    return Outcome(None if never else Bands(score, tuple(bands)), (*table.diagnostics, *never))


def said_by_score(of: Of, tiers: tuple[Tier, ...], words: TermWords) -> tuple[tuple[str, ...], tuple[Grid, ...]]:
    """The sentences on what a score comes to, and the table of its tiers."""
    base = Base.written(of)
    if not tiers:
        said = f"For each point of the score, the Agency must pay the Provider one percent {base.said_whole(words)}. "
        return (f"{said}For a part of a point it must pay that part of one percent.",), ()
    rows = tuple((tier_range(one, words), said_amount(one.pay, words)) for one in tiers)
    said = "The score decides the tier, and the tier decides the amount that the Agency must pay the Provider."
    return (said, *base.said(words)), (Grid(("Score", "Amount"), rows, (1,)),)
