"""The entries of a ledger and what stands in them; nothing of how they are written, and no record of a person."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from acmspec.ground.node import node

Key = tuple[str, str, str]
"""Provider, term or limit, period: what tells one line from all others."""
ZERO = Fraction(0)


@node
class Span:
    """The period that is closed, and the day to which its data is taken."""

    name: str
    first: date
    last: date
    as_of: date


@node
class Made:
    """What a closing was made with: the version, the spec, the rows that were frozen and until when they are kept."""

    currency: str
    version: str
    spec_sha256: str
    rows_sha256: str
    keep_until: date


@node
class Signed:
    """Who prepared, reviewed and certified a closing: three people."""

    preparer: str
    reviewer: str
    certifier: str


@node
class Origin:
    """One file that a table was read from; `role` is `records`, `corrections` or `disputes`, or what it is part of."""

    table: str
    role: str
    file: str
    sha256: str
    records: int


@node
class Counts:
    """What a line rests on: how many records, never which.

    `value` is the result as rounded, `paid` for how many successes the line pays where that counts in later periods.
    `against` is what the result was held against, where the line goes by a change: a level as rounded, or None.
    """

    numerator: Fraction | None
    denominator: Fraction | None
    n: int
    immature: int
    unjudged: int
    disputed: int | None
    value: Fraction | None = None
    paid: Fraction | None = None
    against: tuple[Fraction | None, ...] = ()


@node
class Certified:
    """One line that was certified: what is owed to a provider under a term for a period, and why.

    `last` is the period's last day, `waits` whether more may come of it. A limit has lines of its own, without counts.
    """

    provider: str
    term: str
    period: str
    last: date
    state: str
    amount: Fraction
    waits: bool
    basis: str
    derivation: tuple[str, ...]
    counts: Counts | None

    @property
    def key(self) -> Key:
        """What tells it from other lines."""
        return self.provider, self.term, self.period


@node
class Opened:
    """What had been certified for a line before the ledger began, and for how many successes, where that is stated."""

    provider: str
    term: str
    period: str
    last: date
    amount: Fraction
    waits: bool
    paid: Fraction | None = None


@node
class Why:
    """One reason why a line is another now, and for how many records; None where that can't be told."""

    reason: str
    records: int | None


@node
class Change:
    """An earlier line that would be another now. `posted` is what of the difference is settled with this closing.

    `rule` says why the rest is not, "" where all of it is. `closing` is the one that certified it, 0 before the first.
    """

    closing: int
    provider: str
    term: str
    period: str
    last: date
    was: Fraction
    now: Fraction
    posted: Fraction
    state: str
    waits: bool
    why: tuple[Why, ...]
    rule: str
    counts: Counts | None

    @property
    def key(self) -> Key:
        """What tells its line from other lines."""
        return self.provider, self.term, self.period

    @property
    def difference(self) -> Fraction:
        """What the line would be more now, or less."""
        return self.now - self.was


@node
class Held:
    """What is held back from a provider so that no maximum is passed, or let go again."""

    provider: str
    amount: Fraction
    basis: str


@node
class Paid:
    """A payment that was made to a provider."""

    provider: str
    on: date
    amount: Fraction
    reference: str


@node
class Due:
    """What follows from a closing for a provider in a fiscal year, under which references."""

    provider: str
    fiscal_year: str
    references: tuple[tuple[str, str], ...]
    lines: Fraction
    changes: Fraction
    held: Fraction
    amount: Fraction


@node
class Balance:
    """What was certified for a provider and what was paid to it, from the start through a closing."""

    provider: str
    certified: Fraction
    paid: Fraction
    open: Fraction


@node
class Accrued:
    """A line that waits: what it comes to at least and at most once it settles; `most` is None where it has no end."""

    provider: str
    term: str
    period: str
    basis: str
    least: Fraction
    most: Fraction | None


@node
class Entry:
    """One closing. `previous` is the seal of the entry before, `seal` its own."""

    number: int
    previous: str
    span: Span
    made: Made
    signed: Signed
    origins: tuple[Origin, ...] = ()
    opened: tuple[Opened, ...] = ()
    lines: tuple[Certified, ...] = ()
    changes: tuple[Change, ...] = ()
    held: tuple[Held, ...] = ()
    paid: tuple[Paid, ...] = ()
    dues: tuple[Due, ...] = ()
    balances: tuple[Balance, ...] = ()
    accrued: tuple[Accrued, ...] = ()
    seal: str = ""


@node
class Ledger:
    """All closings of one contract, in order. `head` is the seal of the last one, or that of an empty ledger."""

    contract: str
    entries: tuple[Entry, ...]
    head: str

    def find(self, test: "Callable[[Entry], bool]") -> Entry | None:
        """The first closing that something is true of."""
        return next((one for one in self.entries if test(one)), None)
