"""A closing as a page that people sign: what is due, from which lines, what changed, what waits, under its seal."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.ledger.tree import Change, Due, Entry, Why
from acmspec.report.tree import Grid, Paragraph, Run, Section
from acmspec.results.printed import money, plain

_NO_END = "no end"


def certificate(entry: Entry) -> tuple[Section, ...]:
    """The sections of the page."""
    page = _Page(entry)
    sections = (
        Section("Closing", (page.closing(),), ""),
        Section("What is due", tuple(page.due()), ""),
        Section("Lines", (page.lines(),), ""),
        Section("Earlier periods", tuple(page.changes()), ""),
        Section("What waits", tuple(page.waiting()), ""),
        Section("Opening balances", tuple(page.opened()), ""),
        Section("Payments made", tuple(page.paid()), ""),
        Section("Balances", (page.balances(),), ""),
        Section("Data", (page.origins(),), ""),
        Section("Derivations", tuple(page.derivations()), ""),
    )
    return tuple(one for one in sections if one.blocks)


def title(entry: Entry) -> str:
    """What the page is called."""
    return f"Certificate of closing {entry.number}: {entry.span.name}"


@node
class _Page:
    """Says what one closing holds."""

    entry: Entry

    def money(self, amount: Fraction) -> str:
        """A sum of money."""
        return money(amount, self.entry.made.currency)

    def closing(self) -> Grid:
        """Who, when, with what, under which seal."""
        entry, span, made, signed = self.entry, self.entry.span, self.entry.made, self.entry.signed
        rows = (
            ("Period", f"{span.name}, {span.first} to {span.last}"),
            ("Data as of", str(span.as_of)),
            ("Prepared by", signed.preparer),
            ("Reviewed by", signed.reviewer),
            ("Certified by", signed.certifier),
            ("acmspec", made.version),
            ("Spec, SHA-256", made.spec_sha256),
            ("Rows, SHA-256", made.rows_sha256),
            ("Rows kept until", str(made.keep_until)),
            ("Follows the seal", entry.previous),
            ("Seal of this closing", entry.seal),
        )
        return Grid(("", ""), rows)

    def due(self) -> Iterator[Paragraph | Grid]:
        """What follows for each provider and fiscal year."""
        total = sum((one.amount for one in self.entry.dues), Fraction(0))
        yield _said(f"In all {self.money(total)} is due with this closing.")
        heads = ("Provider", "Fiscal year", "References", "This period", "Earlier periods", "Held back", "Due")
        rows = tuple(self._due(one) for one in self.entry.dues)
        yield Grid(heads, rows, (3, 4, 5, 6))

    def _due(self, one: Due) -> tuple[str, ...]:
        said = "; ".join(f"{name} {value}" for name, value in one.references)
        amounts = (one.lines, one.changes, one.held, one.amount)
        return (one.provider, one.fiscal_year, said, *map(self.money, amounts))

    def lines(self) -> Grid:
        """Each line of the period."""
        heads = ("Provider", "Term", "Period", "State", "Basis", "Amount")
        rows = tuple(
            (one.provider, one.term, one.period, one.state, one.basis, self.money(one.amount))
            for one in self.entry.lines
        )
        return Grid(heads, rows, (5,))

    def changes(self) -> Iterator[Paragraph | Grid]:
        """What earlier lines were and are now."""
        if self.entry.changes:
            yield _said("No closed period is changed. What it would be now is told here, and what of it is settled.")
            heads = (
                "Closing",
                "Provider",
                "Term",
                "Period",
                "Was",
                "Now",
                "Difference",
                "Settled now",
                "Why",
                "Not settled as",
            )
            yield Grid(heads, tuple(map(self._change, self.entry.changes)), (4, 5, 6, 7))

    def _change(self, one: Change) -> tuple[str, ...]:
        amounts = (one.was, one.now, one.difference, one.posted)
        where = (str(one.closing) if one.closing else "opening", one.provider, one.term, one.period)
        return (*where, *map(self.money, amounts), "; ".join(map(_why, one.why)), one.rule)

    def waiting(self) -> Iterator[Grid]:
        """What waits, with its bounds."""
        if self.entry.accrued:
            heads = ("Provider", "Term", "Period", "Why", "At least", "At most")
            rows = tuple(
                (one.provider, one.term, one.period, one.basis, self.money(one.least), self._most(one.most))
                for one in self.entry.accrued
            )
            yield Grid(heads, rows, (4, 5))

    def _most(self, amount: Fraction | None) -> str:
        return _NO_END if amount is None else self.money(amount)

    def opened(self) -> Iterator[Grid]:
        """What had been certified before the ledger began."""
        if self.entry.opened:
            heads: tuple[str, ...] = ("Provider", "Term", "Period", "Certified before", "Waits")
            rows: tuple[tuple[str, ...], ...] = tuple(
                (one.provider, one.term, one.period, self.money(one.amount), "yes" if one.waits else "no")
                for one in self.entry.opened
            )
            if any(one.paid is not None for one in self.entry.opened):
                numbers = ("" if one.paid is None else plain(one.paid) for one in self.entry.opened)
                heads, rows = (
                    (*heads, "For how many"),
                    tuple((*row, one) for row, one in zip(rows, numbers, strict=True)),
                )
            yield Grid(heads, rows, tuple(place for place in (3, 5) if place < len(heads)))

    def paid(self) -> Iterator[Grid]:
        """Payments that were made."""
        if self.entry.paid:
            rows = tuple((one.provider, str(one.on), one.reference, self.money(one.amount)) for one in self.entry.paid)
            yield Grid(("Provider", "On", "Reference", "Amount"), rows, (3,))

    def balances(self) -> Grid:
        """What each provider was certified and paid in all."""
        rows = tuple(
            (one.provider, self.money(one.certified), self.money(one.paid), self.money(one.open))
            for one in self.entry.balances
        )
        return Grid(("Provider", "Certified to date", "Paid to date", "Open"), rows, (1, 2, 3))

    def origins(self) -> Grid:
        """The files that were read."""
        rows = tuple((one.table, one.role, one.file, f"{one.records:,}", one.sha256) for one in self.entry.origins)
        return Grid(("Table", "What", "File", "Records", "SHA-256"), rows, (3,))

    def derivations(self) -> Iterator[Paragraph]:
        """How each amount of the period was worked out."""
        for one in self.entry.lines:
            steps = ". ".join(one.derivation)
            yield Paragraph((Run(f"{one.provider}, {one.term}, {one.period}. ", strong=True), Run(steps)))


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _why(one: Why) -> str:
    if one.records is None:
        return one.reason
    return f"{one.reason}: {one.records:,} {'record' if one.records == 1 else 'records'}"
