"""What a ledger says of each line so far: certified, waiting or not, in which closing; it decides nothing."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from acmspec.ledger.tree import ZERO, Certified, Change, Counts, Key, Ledger, Opened, Why
from acmspec.settlement.standing import Rested


@dataclass(slots=True)
class Account:
    """What was certified under one key: what it came to in all closings together, and its last state.

    `rested` is what that amount rested on, which is not what was known at the last closing if a difference was left.
    `paid` is for how many successes it paid, where only that is known. `told` is what the line would be instead, by the
    last closing that left a difference, and `why`.
    """

    closing: int
    last: date
    certified: Fraction
    waits: bool
    state: str = ""
    counts: Counts | None = None
    rested: Rested | None = None
    paid: Fraction | None = None
    told: Fraction | None = None
    why: tuple[Why, ...] = ()

    @property
    def is_opened(self) -> bool:
        """Whether it was certified before the ledger began."""
        return self.closing == 0


@dataclass(slots=True)
class Accounts:
    """All lines that were certified, and by provider what is held back and what was paid."""

    lines: dict[Key, Account] = field(default_factory=dict)
    held: dict[str, Fraction] = field(default_factory=dict)
    paid: dict[str, Fraction] = field(default_factory=dict)

    def certified(self, provider: str) -> Fraction:
        """All that was certified for a provider, less what is held back."""
        own = (one.certified for key, one in self.lines.items() if key[0] == provider)
        return sum(own, ZERO) + self.held.get(provider, ZERO)


def accounts(ledger: Ledger) -> Accounts:
    """What all closings of a ledger say together."""
    found = Accounts()
    for entry in ledger.entries:
        for opened in entry.opened:
            found.lines[opened.provider, opened.term, opened.period] = account_of(opened)
        for line in entry.lines:
            certify(found, line, entry.number)
        for change in entry.changes:
            post(found, change, entry.number)
        for held in entry.held:
            found.held[held.provider] = found.held.get(held.provider, ZERO) + held.amount
        for paid in entry.paid:
            found.paid[paid.provider] = found.paid.get(paid.provider, ZERO) + paid.amount
    return found


def account_of(line: Certified | Opened, closing: int = 0) -> Account:
    """The account that a line opens."""
    if isinstance(line, Opened):
        return Account(closing, line.last, line.amount, line.waits, paid=line.paid)
    rested = _rested(line.state, line.counts)
    return Account(closing, line.last, line.amount, line.waits, line.state, line.counts, rested)


def _rested(state: str, counts: Counts | None) -> Rested | None:
    if counts is None or not state:
        return None
    of = (counts.numerator, counts.denominator, counts.n, counts.disputed)
    return Rested(state, *of, counts.value, counts.paid, counts.against)


def certify(into: Accounts, line: Certified, closing: int) -> None:
    """Note a line that a closing certifies.

    What is held back and what is released on one day have the same key, so that they are added.
    """
    account, known = account_of(line, closing), into.lines.get(line.key)
    if known is not None:
        account.certified += known.certified
        account.waits = account.waits or known.waits
    into.lines[line.key] = account


def post(into: Accounts, change: Change, closing: int) -> None:
    """Note what was settled of a difference, and what is known now; what is not settled leaves the line as it was.

    A line that waited when the ledger began is certified by the closing that settles it.
    """
    account = into.lines.setdefault(change.key, Account(change.closing, change.last, ZERO, waits=False))
    account.certified += change.posted
    account.state, account.counts = change.state, change.counts
    account.told, account.why = (change.now, change.why) if change.rule else (None, ())
    if not change.rule:
        if account.waits and not change.waits:
            account.closing = account.closing or closing
        account.waits, account.rested = change.waits, _rested(change.state, change.counts)
