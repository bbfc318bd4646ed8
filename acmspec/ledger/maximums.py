"""What is held back so that all that was certified passes no maximum, where some of it is not taken back."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from acmspec.ledger.accounts import Accounts
from acmspec.ledger.tree import ZERO, Held
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.settlement.split import split


def held(program: Program, found: Accounts, now: Mapping[str, Fraction]) -> Iterator[Held]:
    """What a closing holds back or lets go, by provider; `now` is what it certifies for each, `found` all before it.

    Nobody pays back for a maximum: what is held back is no more than what the closing certifies.
    """
    paid = program.payments
    before = {one.provider: _certified(found, one.provider) for one in paid.agreements}
    sums = {provider: amount + now.get(provider, ZERO) for provider, amount in before.items()}
    over: dict[str, Fraction] = {}
    for agreement in paid.agreements:
        total = sums[agreement.provider]
        over[agreement.provider] = ZERO if agreement.maximum is None else max(ZERO, total - agreement.maximum)
    held_so_far = {provider: -found.held.get(provider, ZERO) for provider in sums}
    # What others can't bear now, as they are certified nothing, falls to those who are.
    left = {one: max(ZERO, now.get(one, ZERO) - max(ZERO, over[one] - held_so_far[one])) for one in sums}
    if paid.maximum is not None:
        excess = sum(sums.values(), ZERO) - sum(over.values(), ZERO) - paid.maximum
        already = {one: max(ZERO, held_so_far[one] - over[one]) for one in sums}
        for weights in (already, left):
            part = min(max(ZERO, excess), sum(weights.values(), ZERO))
            excess -= part
            parts = split(part, list(weights.values()))
            over = {one: over[one] + more for one, more in zip(over, parts, strict=True)}
    for provider, wanted in over.items():
        more = min(wanted - held_so_far[provider], max(ZERO, now.get(provider, ZERO)))
        if more:
            what = "held back: what was certified and is not recovered counts toward the maximum"
            said = what if more > 0 else "let go: there is room under the maximum again"
            yield Held(provider, -more, f"{said} ({money(abs(more), program.currency)})")


def _certified(found: Accounts, provider: str) -> Fraction:
    """All lines of a provider, without what is held back of them."""
    return sum((one.certified for key, one in found.lines.items() if key[0] == provider), ZERO)
