"""Whether numbers that go on from before a ledger can be told from the records; it opens no ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle, Period
from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.node import node
from acmspec.ledger.changes import BEFORE_THE_LEDGER
from acmspec.ledger.periods import day_before
from acmspec.ledger.tree import Change, Entry, Opened
from acmspec.program.agreed import Agreement
from acmspec.program.counting import is_whole
from acmspec.program.paid_periods import paid_periods, stretch_of
from acmspec.program.payment import ByProvider, Fixed, Least, Since, Stepped, Successes, Taken, Term, Times
from acmspec.program.payment_parts import nodes, numbered, of_cohorts, repeated, stretches, told_apart
from acmspec.program.tree import Program
from acmspec.results.printed import plain
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.split import to_the_cent
from acmspec.settlement.tree import Line

NOT_STATED = Problem(
    "ACM721",
    "numbers that the opening balances leave open",
    "The price or the highest number of a term goes on from what was counted before. What had been certified is "
    "another amount than the records lead to, or comes to the same for another number, so that it tells none.",
    "Add the column “number” to the opening balances: for how many each line of the term counts, free ones included. "
    "Where amounts differ, the records of that time, brought or corrected, tell it as well.",
    "Where a price depends on earlier numbers, these must be stated when the ledger begins.",
)
NOT_TOLD = Problem(
    "ACM722",
    "who was paid before can’t be told",
    "A term goes on from whom or what it was due for before. What had been certified is another amount than the "
    "records lead to, which are all that tells.",
    "Bring the records of the time before the ledger, and compare the lines that the message names with them.",
    "Whoever was paid for before the ledger began must be known by the records.",
    Severity.WARNING,
)
ANOTHER_AMOUNT = Problem(
    "ACM723",
    "a number that comes to another amount",
    "The number that is stated for a line comes to another amount, by the spec, than had been certified for it. Later "
    "numbers go on from the one that is stated.",
    "Compare both with the last certificate. Where that many were paid for otherwise, nothing is to be done.",
    "Balances and payments must be stated for each Provider, to the cent.",
    Severity.WARNING,
)
PROBLEMS = (NOT_STATED, NOT_TOLD, ANOTHER_AMOUNT)

_BY_NUMBER = Stepped | Successes | Fixed | ByProvider | Times | Taken | Least | Since
"""What an amount is made of that a number alone tells."""

_LITTLE = Fraction(1, 10**12)
"""How far apart two sums are looked at: prices hold between numbers that lie further apart."""


def untold(program: Program, entry: Entry, known: Sequence[Line]) -> Iterator[Diagnostic]:
    """A finding for each term and provider whose numbers or persons before the ledger can't be told.

    `known` are the lines that the records lead to.
    """
    if not entry.opened:
        return
    differ = [one for one in entry.changes if one.rule == BEFORE_THE_LEDGER and one.difference]
    for term in program.payments.terms:
        people = told_apart(term) is not None
        others = people or repeated(term.amount) is not None or _is_base(program, term)
        for agreement in program.payments.agreements:
            own = [one for one in differ if (one.provider, one.term) == (agreement.provider, term.name)]
            opening = _Opening(program, entry, term, agreement, tuple(own))
            said = "" if people else next(opening.left_open(known), "")
            path = f"incentives.terms.{term.name}"
            yield from (ANOTHER_AMOUNT.at(None, one, path=path) for one in opening.otherwise(known))
            if said:
                yield NOT_STATED.at(None, said, path=path)
            elif others and own:
                yield NOT_TOLD.at(None, _differs(program, own[0], entry), path=path)


@node
class _Opening:
    """The lines of a term and provider before the ledger; `differ` are those that the records lead elsewhere."""

    program: Program
    entry: Entry
    term: Term
    agreement: Agreement
    differ: tuple[Change, ...]

    def left_open(self, known: Sequence[Line]) -> Iterator[str]:
        """What is said of each line of which nobody knows for how many it counts, though later ones go on from it."""
        differ, cycles = {one.period: one for one in self.differ}, stretches(self.term.amount)
        for period, opened, at in self._lines(known):
            is_asked = opened is None or (opened.paid is None and not opened.waits)
            if not is_asked or not any(self._goes_on(every, period.last) for every in cycles):
                continue
            if period.name in differ:
                yield _differs(self.program, differ[period.name], self.entry)
            elif self._is_open(at):
                yield self._tells_none(period, opened)

    def otherwise(self, known: Sequence[Line]) -> Iterator[str]:
        """What is said of each line whose number comes to another amount, where only the number decides on that."""
        if not all(isinstance(one, _BY_NUMBER) for one in nodes(self.term.amount)):
            return
        for period, opened, at in self._lines(known):
            if opened is None or opened.paid is None or opened.waits:
                continue
            amount = to_the_cent(self._amount(replace(at, successes=opened.paid, of_successes=opened.paid)))
            if amount != opened.amount:
                now, was = (money(one, self.program.currency) for one in (amount, opened.amount))
                said = f"“{self.term.name}” of “{self.agreement.provider}” in {period.name}: the number"
                yield f"{said} {plain(opened.paid)} comes to {now}; {was} had been certified"

    def _lines(self, known: Sequence[Line]) -> Iterator[tuple[Period, Opened | None, Environment]]:
        """Each period before the ledger, its balance, and what its line rests on after those before it."""
        cycles, program, provider = stretches(self.term.amount), self.program, self.agreement.provider
        counted: dict[tuple[Cycle | None, str], Fraction] = {}
        lines = {one.period: one for one in known if (one.provider, one.term) == (provider, self.term.name)}
        stated = {
            one.period: one for one in self.entry.opened if (one.provider, one.term) == (provider, self.term.name)
        }
        for period in paid_periods(program, self.term, self.agreement):
            line, opened = lines.get(period.name), stated.get(period.name)
            if period.last >= self.entry.span.first or program.payments.is_phase_in(period.last):
                continue
            scopes = {every: (every, stretch_of(program, every, period.last).name) for every in cycles}
            before = tuple((every, counted.get(scope, Fraction(0))) for every, scope in scopes.items())
            at = line.counted.at if line is not None and line.counted is not None else None
            at = replace(at or Environment(provider=provider, day=period.first, takes=self.term.takes), before=before)
            yield period, opened, at
            number = opened.paid if opened is not None and opened.paid is not None else self._number(at)
            for scope in scopes.values():
                counted[scope] = counted.get(scope, Fraction(0)) + number

    def _number(self, at: Environment) -> Fraction:
        """For how many a line counts, by what it rests on."""
        number = numbered(self.term.amount)
        return max(Fraction(0), at.successes if number is None else evaluate(number, at))

    def _is_open(self, at: Environment) -> bool:
        """Whether some more or less would count otherwise and come to the same amount."""
        measure = self.program.measure_of(self.term)
        step = 1 if measure is not None and is_whole(measure.formula) else _LITTLE
        others = (replace(at, successes=at.successes + by, of_successes=at.of_successes + by) for by in (step, -step))
        return any(
            one.successes >= 0 and self._number(one) != self._number(at) and self._amount(one) == self._amount(at)
            for one in others
        )

    def _amount(self, at: Environment) -> Fraction:
        """What a line comes to."""
        amount = evaluate(self.term.amount, at)
        return amount if self.term.takes else max(Fraction(0), amount)

    def _goes_on(self, every: Cycle | None, last: date) -> bool:
        """Whether a line counts in a stretch of time in which a later period is still to be certified."""
        counted, before = stretch_of(self.program, every, last), day_before(self.entry.span.first)
        return any(
            period.last > before and stretch_of(self.program, every, period.last) == counted
            for agreement in self.program.payments.agreements
            if agreement.provider == self.agreement.provider
            for period in paid_periods(self.program, self.term, agreement)
        )

    def _tells_none(self, period: Period, opened: Opened | None) -> str:
        """What is said of a line that other numbers come to as well."""
        said = f"“{self.term.name}” of “{self.agreement.provider}” goes on from what was counted before;"
        if opened is None:
            return f"{said} {period.name} is not listed, and that nothing was due doesn’t tell for how many it counts"
        amount = money(opened.amount, self.program.currency)
        return f"{said} {amount} in {period.name} doesn’t tell for how many, as another number comes to the same"


def _differs(program: Program, one: Change, entry: Entry) -> str:
    """What is said of a line that the records lead elsewhere."""
    was, now = (money(amount, program.currency) for amount in (one.was, one.now))
    listed = any((each.provider, each.term, each.period) == one.key for each in entry.opened)
    end = f"{was} had been certified" if listed else "that line is not listed"
    return f"“{one.term}” of “{one.provider}” goes on from the records, which lead to {now} in {one.period}; {end}"


def _is_base(program: Program, term: Term) -> bool:
    """Whether all periods of a term are looked at together by another."""
    found = (of_cohorts(one.amount) for one in program.payments.terms)
    return any(one is not None and one.of == term.name for one in found)
