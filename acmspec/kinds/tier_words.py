"""A step table of tiers in words: who pays, what decides, and the table; it knows no single kind."""

from collections.abc import Sequence

from acmspec.ground.exact import Amount
from acmspec.ground.source import Located
from acmspec.kinds.bands import MARGINAL, Tier
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid


def said_tiers(
    tiers: Sequence[Tier], of: Located[Amount] | None, method: Located[str] | None, words: TermWords
) -> tuple[str, Grid]:
    """The sentences before the table, and the table."""
    decides = "The tier decides the amount."
    if method is not None and method.value == MARGINAL:
        decides = "The amounts of this tier and of all worse tiers are added."
    said = (
        f"The Agency must pay the Provider one amount for each {words.period}. "
        f"The result for “{words.measure}”, as rounded, decides the tier. {decides}"
    )
    if of is None:
        rows = tuple((tier_range(tier, words), words.money(tier.pay.value.value)) for tier in tiers)
    else:
        said += f" The table states each amount as a part of {words.money(of.value.value)}."
        rows = tuple((tier_range(tier, words), words.amount(tier.pay.value)) for tier in tiers)
    return said, Grid(("Result", "Amount"), rows, (1,))


def tier_range(tier: Tier, words: TermWords) -> str:
    """The results that fall in a tier."""
    at_least = f"at least {words.amount(tier.first.value)}" if tier.first else ""
    below = f"below {words.amount(tier.below.value)}" if tier.below else ""
    text = " and ".join(part for part in (at_least, below) if part)
    return text[:1].upper() + text[1:]
