"""From a settlement to a closing: the lines of a period, what earlier ones would be now, and what follows for each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import isinf

from acmspec.ground.calendar import Period
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ledger.accounts import Accounts, account_of, accounts, certify, post
from acmspec.ledger.accruals import most
from acmspec.ledger.asked import Asked
from acmspec.ledger.changes import BEFORE_THE_LEDGER, Now, differing
from acmspec.ledger.checks import before_closing, before_results
from acmspec.ledger.maximums import held
from acmspec.ledger.periods import day_before, named, year_of
from acmspec.ledger.reasons import ANOTHER_SPEC, ANOTHER_VERSION
from acmspec.ledger.settled import settled
from acmspec.ledger.to_text import sealed
from acmspec.ledger.tree import (
    ZERO,
    Accrued,
    Balance,
    Certified,
    Change,
    Counts,
    Due,
    Entry,
    Held,
    Key,
    Ledger,
    Made,
    Span,
    Why,
)
from acmspec.program.agreed import Settling
from acmspec.program.payment import Term
from acmspec.program.payment_parts import effect
from acmspec.program.payments import CARRIED, CARRY, CONTRACT_MAXIMUM, NEGATIVE_TOTAL
from acmspec.program.tree import Program
from acmspec.results.tree import Result, Results
from acmspec.settlement.from_results import settle
from acmspec.settlement.own_results import held_against, own_results
from acmspec.settlement.standing import Standing
from acmspec.settlement.tree import Line, Settlement


def close(program: Program, results: Results, settlement: Settlement, ledger: Ledger, asked: Asked) -> Outcome[Entry]:
    """The sealed closing that is asked for, or what stands against it."""
    found = before_results(program, ledger, asked)
    period, rules = named(program, asked.period), program.payments.settling
    if found or period is None or rules is None:
        return Outcome(None, found)
    after = last_closed(program, ledger, period, is_opened=bool(asked.opened))
    provisional = tuple(before_closing(program, results, after, period))
    if provisional:
        return Outcome(None, provisional)
    return Outcome(_Closing(program, results, settlement, ledger, asked, period, after, rules).entry())


def last_closed(program: Program, ledger: Ledger, period: Period, *, is_opened: bool) -> date:
    """The day through which all was closed before a period is."""
    if ledger.entries:
        return ledger.entries[-1].span.last
    return day_before(period.first if is_opened else program.first)


def to_explain(settlement: Settlement, ledger: Ledger) -> tuple[Key, ...]:
    """The earlier lines that would be others now, whose records are worth comparing."""
    if not ledger.entries:
        return ()
    return differing(accounts(ledger), settlement.lines, ledger.entries[-1].span.last)


def counts_of(program: Program, results: Results) -> dict[Key, Counts]:
    """What each line rests on, by provider, term and period."""
    changes = {term.name: (term, effect(term.amount)) for term in program.payments.terms}
    found: dict[Key, Counts] = {}
    for key, one in own(program, results):
        term, change = changes[key[1]]
        measure = program.measure_of(term)
        levels = dict(held_against(one, measure)) if change is not None and measure is not None else {}
        against = () if change is None else (levels.get(change.prior.benchmark),)
        found[key] = replace(_counts(one), against=against)
    return found


def own(program: Program, results: Results) -> Iterator[tuple[Key, Result]]:
    """Each provider's own result behind each line."""
    for term in program.payments.terms:
        if program.measure_of(term) is not None:
            yield from behind(program, results, term)


def behind(program: Program, results: Results, term: Term) -> Iterator[tuple[Key, Result]]:
    """Each provider's own results behind each line of a term: one, or one of each measure of a scorecard."""
    for provider in dict.fromkeys(one.provider for one in program.payments.agreements):
        for measure in program.measures_of(term):
            for one in own_results(results, measure, provider):
                yield (provider, term.name, one.period.name), one


def _counts(one: Result) -> Counts:
    counted = (one.n, one.immature, one.unjudged, one.disputed)
    return Counts(one.numerator, one.denominator, *counted, one.rounded)


@node
class _Closing:
    """One closing in the making."""

    program: Program
    results: Results
    settlement: Settlement
    ledger: Ledger
    asked: Asked
    period: Period
    after: date
    rules: Settling

    def entry(self) -> Entry:
        """The whole closing."""
        counts = counts_of(self.program, self.results)
        book = accounts(self.ledger)
        for opened in self.asked.opened:
            book.lines[opened.provider, opened.term, opened.period] = account_of(opened)
        settlement, changes = settled(book, self._now(counts), self.rules, self._settle)
        shown = tuple(one for one in changes if self._is_shown(one))
        owed = settlement.lines
        lines = tuple(_certified(one, counts) for one in owed if self.after < one.last <= self.period.last)
        certified: dict[str, Fraction] = {}
        for provider, amount in (
            *((one.provider, one.amount) for one in lines),
            *((one.provider, one.posted) for one in shown),
        ):
            certified[provider] = certified.get(provider, ZERO) + amount
        kept = tuple(held(self.program, book, certified))
        number = len(self.ledger.entries) + 1
        for change in shown:
            post(book, change, number)
        for line in lines:
            certify(book, line, number)
        asked = self.asked
        return sealed(
            Entry(
                number=number,
                previous=self.ledger.head,
                span=Span(self.period.name, self.period.first, self.period.last, asked.as_of),
                made=self._made(),
                signed=asked.signed,
                origins=asked.origins,
                opened=asked.opened,
                lines=lines,
                changes=shown,
                held=kept,
                paid=asked.paid,
                dues=tuple(self._dues(lines, shown, kept)),
                balances=tuple(self._balances(book, kept)),
                accrued=tuple(self._accrued(owed, counts)),
            )
        )

    def _now(self, counts: Mapping[Key, Counts]) -> Now:
        paid, asked = self.program.payments, self.asked
        apart = (one.name for one in paid.limits if not one.by_provider)
        carrying = (CARRIED, NEGATIVE_TOTAL) if paid.negative_total == CARRY else ()
        follow = tuple(dict.fromkeys(one for one in (*paid.order, *paid.following) if one in paid.following))
        return Now(
            counts,
            asked.reasons,
            asked.as_of,
            self.after,
            self._closing_of,
            follow=follow,
            shared=frozenset((*apart, CONTRACT_MAXIMUM)),
            carrying=frozenset(carrying),
            general=self._general(),
            moving=frozenset(one.name for one in paid.terms if one.once_per),
        )

    def _settle(self, standing: Standing) -> Settlement:
        """The settlement in which some lines stand."""
        return settle(self.program, self.results, standing=standing) if standing else self.settlement

    def _made(self) -> Made:
        asked, until = self.asked, self.rules.keep.after(self.asked.as_of)
        return Made(self.program.currency, asked.version, asked.spec_sha256, asked.rows_sha256, until)

    def _general(self) -> tuple[Why, ...]:
        """What may change any line: another spec, another version."""
        if not self.ledger.entries:
            return ()
        made, asked = self.ledger.entries[-1].made, self.asked
        spec = (Why(ANOTHER_SPEC, None),) if made.spec_sha256 != asked.spec_sha256 else ()
        return (*spec, Why(ANOTHER_VERSION, None)) if made.version != asked.version else spec

    def _closing_of(self, day: date) -> int:
        """The number of the closing that a day belongs to; 0 if it lies before the first."""
        if not self.ledger.entries or day < self._begun:
            return 0
        return next((one.number for one in self.ledger.entries if day <= one.span.last), 0)

    @property
    def _begun(self) -> date:
        first = self.ledger.entries[0]
        return first.span.first if first.opened else self.program.first

    def _is_shown(self, change: Change) -> bool:
        """What the opening balances left out is told once, when the ledger begins."""
        return change.rule != BEFORE_THE_LEDGER or not self.ledger.entries

    def _dues(self, lines: tuple[Certified, ...], shown: tuple[Change, ...], kept: tuple[Held, ...]) -> Iterator[Due]:
        """What follows for each provider, by the fiscal year that the amounts are of."""
        program = self.program
        for agreement in program.payments.agreements:
            sums: dict[str, list[Fraction]] = {}
            for place, provider, day, amount in (
                *((0, one.provider, one.last, one.amount) for one in lines),
                *((1, one.provider, one.last, one.posted) for one in shown),
                *((2, one.provider, self.period.last, one.amount) for one in kept),
            ):
                if provider == agreement.provider and (amount or place == 0):
                    sums.setdefault(year_of(program, day), [ZERO, ZERO, ZERO])[place] += amount
            for year, (owed, changed, back) in sorted(sums.items()):
                said = self.asked.references.get(agreement.provider, ())
                yield Due(agreement.provider, year, said, owed, changed, back, owed + changed + back)

    def _balances(self, book: Accounts, kept: tuple[Held, ...]) -> Iterator[Balance]:
        for agreement in self.program.payments.agreements:
            provider = agreement.provider
            certified = book.certified(provider) + sum((one.amount for one in kept if one.provider == provider), ZERO)
            paid = sum((one.amount for one in self.asked.paid if one.provider == provider), ZERO)
            paid += book.paid.get(provider, ZERO)
            yield Balance(provider, certified, paid, certified - paid)

    def _accrued(self, owed: tuple[Line, ...], counts: Mapping[Key, Counts]) -> Iterator[Accrued]:
        """Each line that waits, with the bounds of what it may come to."""
        for line in owed:
            if line.waits and line.last <= self.period.last:
                bound = most(self.program, line, counts.get((line.provider, line.term, line.period)))
                end = None if isinf(bound) else max(Fraction(bound), line.amount)
                yield Accrued(line.provider, line.term, line.period, line.basis, line.amount, end)


def _certified(line: Line, counts: Mapping[Key, Counts]) -> Certified:
    found = counts.get((line.provider, line.term, line.period))
    if found is not None and line.counted is not None:
        found = replace(found, paid=line.counted.paid)
    return Certified(
        line.provider, line.term, line.period, line.last, line.state, line.amount, line.waits, line.basis,
        line.derivation, found,
    )  # fmt: skip
