"""One provider's result and what is paid for it as a page, from the cent to the records; it works out no amount."""

from collections import Counter
from collections.abc import Iterator, Sequence

from acmspec.english.words import Vocabulary, quoted
from acmspec.facts.records import Told
from acmspec.ground.node import node
from acmspec.program.payment import Pooled, Term
from acmspec.program.payment_parts import numbered, of_cohorts, told_apart
from acmspec.program.payments import CONTRACT_MAXIMUM
from acmspec.program.tree import Measure
from acmspec.query.tree import RecordRows
from acmspec.report.clauses_draft import capital, title
from acmspec.report.clauses_numbering import numbers
from acmspec.report.dashboard_gaps import reason
from acmspec.report.explained_tiers import tiers
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Grid, Paragraph, Run, Section
from acmspec.results.printed import money, plain
from acmspec.results.tree import Result, State
from acmspec.settlement.tree import Counted, Due, Line, Step

_STATES = {
    State.UNDEFINED: "There is no result: nobody was measured.",
    State.TOO_FEW: "There is no result: fewer are measured than the measure needs.",
    State.IMMATURE: "There is no result yet: not every record can be judged.",
    State.MISSING: "There is no result: data is missing.",
}
_COUNTED = "Counted"
_OTHERS_OF = "In the denominator only"


@node
class Asked:
    """Whose result, of which measure, in which period.

    `own` is whether the page is for the provider itself: then nothing of others is shown.
    """

    provider: str
    measure: Measure
    result: Result
    own: bool

    def is_of(self, term: Term, line: Line) -> bool:
        """Whether a line of a term is paid to the provider for the result."""
        of_result = self.measure.name in term.rests_on and line.period == self.result.period.name
        return of_result and line.provider == self.provider


@node
class AskedLines:
    """Whose lines, of which term of the spec that rests on no result, in which period."""

    provider: str
    term: str
    period: str
    own: bool

    def is_of(self, term: Term, line: Line) -> bool:
        """Whether a line of a term is one of these."""
        of_term = self.term in {term.name, term.written} and not term.rests_on
        return of_term and (line.provider, line.period) == (self.provider, self.period)


def explained(
    outputs: Outputs, asked: Asked, records: Sequence[tuple[RecordRows, Sequence[Told]]]
) -> tuple[Section, ...]:
    """The sections of the page."""
    page = _Page(outputs, asked)
    found = [Section("The result", tuple(page.result(asked)), ""), *page.payments(asked.measure)]
    for rows, told in records:
        found.append(Section("The records", tuple(page.records(rows, told)), ""))
    return tuple(found)


def explained_lines(outputs: Outputs, asked: AskedLines) -> tuple[Section, ...]:
    """The sections of a page about lines that rest on no result, and so on no records of their own."""
    return tuple(_Page(outputs, asked).payments())


class _Page:
    """Says what one result and its payments follow from."""

    def __init__(self, outputs: Outputs, asked: Asked | AskedLines) -> None:
        self._asked = asked
        self._program = outputs.program
        self._settlement = outputs.settlement
        self._numbers = numbers(outputs.clauses.article)
        self._words = Vocabulary(outputs.program.spec)
        dues = [due for step in outputs.settlement.steps for due in step.dues if self._is_asked(due)]
        terms = outputs.program.payments.terms
        self._fresh = [
            due.line.counted.fresh
            for due in dues
            if due.line.counted is not None and due.line.counted.at is not None and told_apart(terms[due.term])
        ]

    def _is_asked(self, due: Due) -> bool:
        """Whether a line is one that is asked for."""
        term, line = self._program.payments.terms[due.term], due.line
        if isinstance(self._asked, AskedLines):
            return self._asked.is_of(term, line)
        of_all = of_cohorts(term.amount)
        if of_all is not None:
            term = next(one for one in self._program.payments.terms if one.name == of_all.of)
        return self._asked.is_of(term, line)

    def payments(self, measure: Measure | None = None) -> Iterator[Section]:
        """A section for each line; the tiers beside it are those of a measure."""
        for step in self._settlement.steps:
            for due in (one for one in step.dues if self._is_asked(one)):
                term = self._program.payments.terms[due.term]
                yield Section(f"Payment: {title(term.name)}", tuple(self._payment(step, due, term, measure)), "")

    def result(self, asked: Asked) -> Iterator[Paragraph | Grid]:
        """The result, what it is made of, and what it is compared with."""
        result, measure = asked.result, asked.measure
        days = f"from {result.period.first} to {result.period.last}"
        of = ""
        if result.numerator is not None and result.denominator is not None:
            of = f" ({plain(result.numerator)} of {plain(result.denominator)})"
        said = f"It is {result.printed}{of}." if result.state is State.VALUE else _STATES[result.state]
        if result.state is State.IMMATURE and result.matures is not None:
            said += f" It can be stated for data as of {result.matures}."
        because = f" {'; '.join(result.because)}." if result.because else ""
        clause = self._clause(f"{'metrics' if measure.is_metric else 'incentives.terms'}.{measure.name}")
        yield _said(f"{measure.title}{clause}, {days}. {said}{because}")
        for one in result.comparisons:
            if one.met is not None:
                yield _said(f"The {one.benchmark} is {one.printed}: {'met' if one.met else 'not met'}.")

    def _payment(self, step: Step, due: Due, term: Term, measure: Measure | None) -> Iterator[Paragraph | Grid]:
        """The arithmetic of one term's line, its tier, and what limits changed on the day."""
        line, currency = due.line, self._program.currency
        clause = self._clause(f"incentives.terms.{term.name}")
        yield _said(f"{money(line.amount, currency)} under {quoted(title(term.name))}{clause}.")
        yield Grid(("Step", ""), tuple((str(at), one) for at, one in enumerate(self._steps(line, term), 1)))
        if measure is not None and line.counted is not None and line.counted.at is not None:
            yield from map(_said, tiers(term.amount, line.counted, measure, currency))
        yield from self._each(line.counted, term)
        rows = [
            (title(one.term), self._basis(one.term, one.basis), money(one.amount, currency))
            for one in step.changes
            if one.provider == line.provider and self._limits(one.term, term)
        ]
        if rows:
            yield _said("Limits changed what the provider’s terms came to on this day:")
            yield Grid(("Limit", "Why", "Change"), tuple(rows), (2,))

    def _steps(self, line: Line, term: Term) -> tuple[str, ...]:
        """How a line was worked out; for the provider itself, without what others share of a pool."""
        at = None if line.counted is None else line.counted.at
        if not self._asked.own or not isinstance(term.amount, Pooled) or at is None or at.pooled is None:
            return line.derivation
        result, _, *rest = line.derivation
        return (result, "a part of the pool, which depends on the results of all providers", *rest)

    def _each(self, counted: Counted | None, term: Term) -> Iterator[Paragraph | Grid]:
        """For how much is paid for each, where that is told apart and not private."""
        private = {each.entity for one in self._program.stores for each in one.columns if each.private}
        if counted is None or not counted.each or told_apart(term) in private:
            return
        number = numbered(term.amount)
        many = "successes" if number is None or number.each is None else number.each.many
        yield _said(f"The {many} of each {told_apart(term)}, and for how many of them is paid:")
        listed = tuple((whose, plain(amount), plain(paid)) for whose, amount, paid in counted.each)
        yield Grid((title(told_apart(term) or ""), capital(many), "Paid for"), listed, (1, 2))

    def records(self, rows: RecordRows, told: Sequence[Told]) -> Iterator[Paragraph | Grid]:
        """How many records became what, and each of them."""
        became = [(self._became(rows, one), one) for one in told]
        noun = self._words.record(rows.aggregate.population.table).many
        counts = Counter(words for words, _ in became)
        yield _said(f"{len(told):,} {noun} of {quoted(self._asked.provider)} fall in the period.")
        if not told:
            return
        order = sorted(counts, key=lambda words: (words[0] != _COUNTED, words[0] != _OTHERS_OF, words))
        yield Grid(("What became of it", "Why", "Records"), tuple((*one, f"{counts[one]:,}") for one in order), (2,))
        heads = ("Record", *self._key(rows), "What became of it", "Why")
        listed = sorted(became, key=lambda pair: (order.index(pair[0]), pair[1].number))
        yield Grid(heads, tuple((f"{one.number:,}", *one.key, *words) for words, one in listed), (0,))

    def _key(self, rows: RecordRows) -> tuple[str, ...]:
        store = next((one for one in self._program.stores if one.name == rows.table), None)
        return store.key if store is not None else ("key", "from")

    def _became(self, rows: RecordRows, one: Told) -> tuple[str, str]:
        """What became of a record, and why."""
        if one.left_out:
            return "Left out", one.left_out
        if not one.measured:
            keeps = rows.aggregate.population.choices
            return (
                "Not measured",
                "another record counts instead, or it is not in the set" if keeps else "not in the set",
            )
        gaps = "; ".join(dict.fromkeys(reason(gap, self._words) for gap in one.gaps))
        if one.judged:
            return (_COUNTED, self._once(one) or gaps) if one.success else (self._others(rows), gaps)
        if one.matures is not None:
            return "Not yet judged", f"mature for data as of {one.matures}"
        if one.unreached:
            return "Not judged", "it looks back before the data begins"
        return "Not judged", gaps or "the measure’s own condition is not true of it"

    def _once(self, one: Told) -> str:
        """Whether a success is paid now, where each is paid once."""
        if not self._fresh:
            return ""
        if one.entity is None:
            return "not paid for: it does not say whose it is"
        return "paid for now" if any(one.entity in fresh for fresh in self._fresh) else "paid for before, or not due"

    def _others(self, rows: RecordRows) -> str:
        return _OTHERS_OF if rows.aggregate.function == "share" else "Not counted"

    def _limits(self, name: str, term: Term) -> bool:
        """Whether a line of a limit counts a term; a maximum counts all."""
        paid = self._program.payments
        over = {one.name: one.over for one in paid.reserves} | {one.name: one.over for one in paid.limits}
        return term.name in over.get(name, (term.name,))

    def _basis(self, name: str, basis: str) -> str:
        """Why a limit changed something; for the provider itself, without what others came to."""
        agreed = self._program.payments
        limit = next((one for one in agreed.limits if one.name == name), None)
        of_all = not limit.by_provider if limit is not None else name == CONTRACT_MAXIMUM
        return "it counts all providers together" if self._asked.own and of_all else basis

    def _clause(self, anchor: str) -> str:
        number = self._numbers.get(anchor)
        return f" (section {number})" if number else ""


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))
