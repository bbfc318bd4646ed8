"""What a contract can pay, as a page: by term, provider and fiscal year, and what a step moves; it reads no data."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import isinf

from acmspec.english.words import quoted
from acmspec.ground.exact import fixed
from acmspec.program.exposure import Exposed, Exposure
from acmspec.program.intervals import Bound, Interval, Known, interval
from acmspec.program.payment import Payment, Taken, Term
from acmspec.program.payment_parts import effect, is_taken, tables
from acmspec.program.rounding import places
from acmspec.program.tree import Program
from acmspec.report.tree import Grid, Paragraph, Run, Section
from acmspec.results.printed import money
from acmspec.settlement.split import to_the_cent

_PERCENT = 100
_NO_END = "no end"


def proof(program: Program) -> tuple[Section, ...]:
    """The sections of the page; none where nothing is paid."""
    paid = program.payments
    if not paid.terms or not paid.agreements:
        return (
            Section("Nothing is paid", (_said("The spec has no payment terms, or no agreement to pay under."),), ""),
        )
    page = _Page(program, Exposure(program))
    return (
        Section("In all", (_said(page.in_all()), *map(_said, page.proved())), "contract.maximum"),
        Section(
            "Order", (_said(f"Worked out in this order: {', '.join(program.payments.order)}."),), "incentives.limits"
        ),
        Section("By term", (page.sums("Term", page.exposed.terms), page.lines()), "incentives.terms"),
        Section("By provider", (page.providers(),), "agreements"),
        Section("By fiscal year", (page.sums("Fiscal year", page.exposed.years),), ""),
        *page.steps(),
    )


class _Page:
    """Says what one program can pay."""

    def __init__(self, program: Program, exposed: Exposure) -> None:
        self.program = program
        self.exposed = exposed

    def in_all(self) -> str:
        """The least and the most of the whole contract."""
        total, maximum = self.exposed.total, self.program.payments.maximum
        text = f"Whatever the results, once all of them are settled, the contract pays {self.between(total.payable)}."
        if maximum is not None:
            text += f" Its maximum is {self.money(maximum)}."
        if total.owed.most > total.payable.most:
            owed = "would have no end" if not total.owed.ends else f"could come to {self.money(total.owed.most)}"
            text += f" By terms and limits alone it {owed}; nothing is paid above a maximum."
        return text

    def proved(self) -> Iterator[str]:
        """What the checker has shown of the terms."""
        tiers = [quoted(one.name) for one in self.program.payments.terms if next(tables(one.amount), None)]
        if tiers:
            yield (
                f"Tiers of {', '.join(tiers)}: every result falls in exactly one tier, each tier can be reached, and a "
                "better result never pays less by the term alone."
            )
        yield "Each state of a result (undefined, too few, immature, missing, disputed) has a declared consequence."
        once = [one for one in self.program.payments.terms if one.once_per]
        if once:
            named = ", ".join(f"{quoted(one.name)} (each {one.once_per} once)" for one in once)
            yield f"No success is paid twice, also where periods overlap: {named}."

    def sums(self, head: str, rows: tuple[Exposed, ...]) -> Grid:
        """Least and most of each."""
        heads = (head, "At least", "By terms and limits at most", "Payable at most")
        cells = tuple((one.name, *self.ends(one)) for one in rows)
        return Grid(heads, cells, (1, 2, 3))

    def lines(self) -> Grid:
        """What one period of a term can come to with each provider."""
        lines = tuple(self.exposed.lines)
        heads = ["Term", "Provider", "Periods paid", "In one period at most"]
        rows = [[one.term.name, one.agreement.provider, str(one.periods), self.most(one.each.most)] for one in lines]
        if any(one.each.least < 0 for one in lines):
            heads.insert(3, "In one period at least")
            for row, one in zip(rows, lines, strict=True):
                row.insert(3, self.most(one.each.least))
        return Grid(tuple(heads), tuple(map(tuple, rows)), tuple(range(2, len(heads))))

    def providers(self) -> Grid:
        """Each provider's sums beside the maximum of its agreement."""
        heads = ("Provider", "At least", "By terms and limits at most", "Maximum", "Payable at most")
        rows = []
        for one, agreement in zip(self.exposed.providers, self.program.payments.agreements, strict=True):
            least, owed, payable = self.ends(one)
            maximum = "none" if agreement.maximum is None else self.money(agreement.maximum)
            rows.append((one.name, least, owed, maximum, payable))
        return Grid(heads, tuple(rows), (1, 2, 3, 4))

    def steps(self) -> Iterator[Section]:
        """What one more success can move where a tier ends."""
        rows = [row for term in self.program.payments.terms for row in self._steps(term)]
        if rows:
            heads = ("Term", "From", "To", "Moves", "Share of a provider’s fiscal year")
            text = _said(
                "Where a tier ends, one more success moves this much for one period. The share is of the most that is "
                "payable to a provider in a fiscal year, where that is least."
            )
            yield Section("Steps", (text, Grid(heads, tuple(rows), (3, 4))), "")

    def _steps(self, term: Term) -> Iterator[tuple[str, ...]]:
        measure = self.program.measure_of(term)
        width = Fraction(1, 10 ** places(measure.formula.type, measure.decimals)) if measure else Fraction(0)
        for table in tables(term.amount):
            sign = -1 if is_taken(table, term.amount) else 1
            ordered = sorted(table.bands, key=lambda band: (band.first is not None, band.first or 0))
            for low, high in pairwise(ordered):
                edge = high.first or Fraction(0)
                found = [sign * _at(low.pays, edge - width), sign * _at(high.pays, edge)]
                if any(map(isinf, found)):
                    continue
                below, above = (to_the_cent(Fraction(one)) for one in found)
                moved = abs(above - below)
                if not moved:
                    continue
                ends = (f"{band.label}: {self.money(pays)}" for band, pays in ((low, below), (high, above)))
                # How many events there are is not said by the change that they are paid for.
                moves = f"{'up to ' if effect(term.amount) else ''}{self.money(moved)}"
                yield (term.name, *ends, moves, self.share(moved))

    def share(self, moved: Fraction) -> str:
        """How much of a provider's year it is."""
        years = [one.payable.most for one in self.exposed.provider_years if one.payable.most > 0]
        least = min(years, default=Fraction(0))
        return "" if isinf(least) or not least else f"{fixed(moved / Fraction(least) * _PERCENT, 1)}%"

    def between(self, one: Interval) -> str:
        """At least and at most, in a sentence."""
        if not one.ends:
            return f"at least {self.money(one.least)}, and has no end"
        return f"at least {self.money(one.least)} and at most {self.money(one.most)}"

    def ends(self, one: Exposed) -> tuple[str, str, str]:
        """The least, and the most without and with the maximums."""
        return self.most(one.payable.least), self.most(one.owed.most), self.most(one.payable.most)

    def most(self, amount: Bound) -> str:
        """A sum, or that it has no end."""
        return _NO_END if isinf(amount) else self.money(amount)

    def money(self, amount: Bound) -> str:
        """A sum of money."""
        return money(Fraction(amount), self.program.currency)


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _at(amount: Payment, result: Fraction) -> Bound:
    """What a tier comes to at a result."""
    if isinstance(amount, Taken):
        return -_at(amount.of, result)
    return interval(amount, Known(outcome=Interval(result, result))).most
