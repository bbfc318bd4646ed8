"""The whole workbook: payments, figures, a sheet a term, a sheet a limit, the audit; it works out nothing itself."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from acmspec.program.agreed import Reserve
from acmspec.program.exposed_lines import most_taken
from acmspec.program.payment import DEDUCT_MOST, Pooled, Term
from acmspec.program.payment_parts import bases, by_rate, of_cohorts, recovered
from acmspec.program.payments import CARRY, ZEROED
from acmspec.program.rounding import is_percentage, places
from acmspec.program.tree import Measure
from acmspec.renderers.worksheet.account_columns import AccountColumns
from acmspec.renderers.worksheet.audit_sheet import audit
from acmspec.renderers.worksheet.book import Book
from acmspec.renderers.worksheet.bounds import Limited, Settled, bounds
from acmspec.renderers.worksheet.card_columns import CardColumns
from acmspec.renderers.worksheet.clauses import Quoted
from acmspec.renderers.worksheet.cohort_columns import CohortColumns, TogetherColumns
from acmspec.renderers.worksheet.consequences import consequences
from acmspec.renderers.worksheet.figures import CENTS, Figures, Points
from acmspec.renderers.worksheet.figures_sheet import FiguresSheet, Part
from acmspec.renderers.worksheet.formulas import formula
from acmspec.renderers.worksheet.held_sheet import HeldSheet
from acmspec.renderers.worksheet.limit_sheet import LimitSheet
from acmspec.renderers.worksheet.looking_back import LookingBack, Other
from acmspec.renderers.worksheet.payments_sheet import PaymentsSheet
from acmspec.renderers.worksheet.pool_columns import PoolColumns
from acmspec.renderers.worksheet.term_sheet import Entry, Setting, TermSheet
from acmspec.renderers.worksheet.total_sheet import TotalSheet
from acmspec.renderers.worksheet.whole import Whole
from acmspec.report.clauses_draft import title
from acmspec.report.outputs import Outputs
from acmspec.settlement.tree import Due, Settlement, Step


def workbook(outputs: Outputs) -> bytes:
    """The bytes of the file; the same for the same run."""
    program, contract = outputs.program, outputs.program.spec.contract
    book = Book(f"{contract.title.value}: payments", contract.agency.value, program.currency)
    making = _Making(book, outputs)
    payments, figures = book.sheet("Payments"), book.sheet("Terms")
    terms: list[TermSheet] = []
    for place, one in enumerate(program.payments.terms):
        terms.append(making.term(place, one, [sheet.other for sheet in terms]))
    limits = making.limits(outputs.settlement, terms)
    FiguresSheet(book, figures, making.parts, making.providers)
    columns = [*(one.column for one in terms), *(one.column for one in limits), *(one.column for one in making.held)]
    columns += making.totals.columns if making.totals else ()
    PaymentsSheet(book, payments, columns, making.about).write(outputs.settlement, making.providers)
    audit(book, book.sheet("Audit"), outputs)
    return book.bytes()


class _Making:
    """What the sheets share while they are made."""

    def __init__(self, book: Book, outputs: Outputs) -> None:
        program = outputs.program
        self.parts: list[Part] = []
        self.providers = tuple(dict.fromkeys(one.provider for one in program.payments.agreements))
        contract = program.spec.contract
        as_of = f"Data as of {outputs.results.data_date}"
        self.about = f"{contract.agency.value} · {contract.title.value} · {program.contract_id}. {as_of}."
        self._book = book
        self._program = program
        self._settlement = outputs.settlement
        self._settled = Settled(program, outputs.results, outputs.settlement)
        self._left = {
            due: amount for step in outputs.settlement.steps for due, amount in zip(step.dues, step.left, strict=True)
        }
        self._after: dict[Due, Whole] = {}
        self.held: list[HeldSheet] = []
        self._without: list[LimitSheet] = []
        self.totals: TotalSheet | None = None
        self._clauses = Quoted(outputs.clauses.article)

    def term(self, place: int, term: Term, others: Sequence[Other]) -> TermSheet:
        """The sheet of a term, which may read those of `others` before it."""
        measure, names = self._program.measure_of(term), self._book.names
        scored = self._program.measures_of(term) if term.scored else ()
        figures = Figures(
            *(term.name, names, self.providers, 1 if measure is None else _steps(measure)),
            scored=[Points(one.name, one.title, _steps(one), is_percentage(one.formula.type)) for one in scored],
        )
        clause = self._clauses.of(f"incentives.terms.{term.name}")
        led = consequences(term)
        standings, listed = (names.new(f"{term.name}_{word}") for word in ("states", "consequences"))
        made, back = formula(term.amount, figures), recovered(term.amount)
        account = None if back is None else AccountColumns(self._program, back, others)
        of_all = of_cohorts(term.amount)
        cohorts = next((one.cohorts for one in others if of_all is not None and one.column.line == of_all.of), None)
        of_all_together = None if cohorts is None else TogetherColumns(self._program, cohorts)
        is_share = measure is not None and is_percentage(measure.formula.type)
        card = CardColumns(scored, figures, standings, listed, self._book.money) if scored else None
        setting = Setting(
            term=term,
            measure=measure,
            formula=made,
            standings=standings,
            consequences=dict(led),
            consequence_list=listed,
            providers=self.providers,
            title=title(term.name),
            clause=clause.number,
            about=self.about if measure is None else f"{measure.title}. {self.about}",
            beside=LookingBack(term.amount, others, figures.again, self._left),
            pool=PoolColumns(term.amount, figures, is_share=is_share) if isinstance(term.amount, Pooled) else None,
            most_taken=self._most_taken(term, measure, figures),
            card=card or account or of_all_together,
            cohorts=self._cohorts(term, figures),
        )
        self.parts.append(Part(f"Payment term: {title(term.name)}", clause, figures, is_share, led, standings, listed))
        dues = [due for step in self._settlement.steps for due in step.dues if due.term == place]
        return TermSheet(self._book, self._book.sheet(title(term.name)), setting, dues)

    def _most_taken(self, term: Term, measure: Measure | None, figures: Figures) -> Whole | None:
        """What is deducted where data are missing, in cents; None where nothing is, or a part of other terms."""
        if measure is None or bases(term.amount) or DEDUCT_MOST not in dict(term.on).values():
            return None
        most = most_taken(term, measure, "", None)
        return figures.money("most_taken", "Deducted where data are missing", most).times(CENTS).nearest()

    def _cohorts(self, term: Term, figures: Figures) -> CohortColumns | None:
        """What a period adds to all of them together, where another term looks at them so."""
        looked_at = {of.of for one in self._program.payments.terms if (of := of_cohorts(one.amount)) is not None}
        if term.name not in looked_at or figures.changed is None:
            return None
        return CohortColumns(figures.changed, is_rate=by_rate(term.amount))

    def limits(self, settlement: Settlement, terms: Sequence[TermSheet]) -> list[LimitSheet]:
        """The sheets of limits and maximums."""
        found: list[Limited] = list(bounds(self._program, self._settled, self._figures, self._clauses))
        self.parts += [one.part for one in found]
        entries = _entries(settlement, terms)
        count = sum(map(len, entries))
        sheets = [LimitSheet(self._book, self._book.sheet(one.bound.title), one.bound, count) for one in found]
        asides = [one.without for one in found if one.without is not None]
        self._without = [LimitSheet(self._book, self._book.sheet(one.title), one, count) for one in asides]
        self.held = [self._reserve(one) for one in self._program.payments.reserves]
        if self._program.payments.negative_total == CARRY:
            self.totals = TotalSheet(self._book, self._book.sheet("Totals below zero"), self._program)
        for step, lines in zip(settlement.steps, entries, strict=True):
            self._step(step, lines, sheets)
        for one_term in terms:
            one_term.look_back(self._after)
        for sheet in (*sheets, *self._without):
            sheet.finish()
        for one in (*self.held, *((self.totals,) if self.totals else ())):
            one.finish()
        return sheets

    def _step(self, step: Step, lines: Sequence[Entry], sheets: Sequence[LimitSheet]) -> None:
        """The lines of one day through all limits, what is held back of them, and their totals."""
        amounts = [one.cents for one in lines]
        # Limits count what maximums would leave without advances, where that is something else.
        maximums = len(self._without)
        limits, aside = (sheets[:-maximums], self._without) if maximums else (sheets, sheets)
        for sheet in limits:
            amounts = sheet.step(lines, amounts, aside[-1], _engine(step, sheet))
        due = amounts
        for sheet in self._without:
            due = sheet.step(lines, due, aside[-1], {})
        for sheet in sheets[len(limits) :]:
            amounts = sheet.step(lines, amounts, sheets[-1], _engine(step, sheet))
        due = due if maximums else amounts
        for sheet in (*limits, *self._without):
            sheet.settled(lines, due, aside[-1])
        for sheet in sheets[len(limits) :]:
            sheet.settled(lines, amounts, sheets[-1])
        self._after |= {one.due: amount for one, amount in zip(lines, amounts, strict=True)}
        due = amounts if self._program.payments.negative_total == ZEROED else due
        for held in self.held:
            taken = held.step(lines, due, step.changes, self._settled.gates)
            due, amounts = _less(due, taken), _less(amounts, taken)
        if self.totals is not None:
            self.totals.step(lines, amounts, step.changes, self.held)

    def _reserve(self, reserve: Reserve) -> HeldSheet:
        figures, name = self._figures(f"held_{reserve.name}"), title(reserve.name)
        clause = self._clauses.of(f"incentives.limits.{reserve.place}")
        self.parts.append(Part(f"Held back: {name}", clause, figures, is_share=True))
        return HeldSheet(self._book, self._book.sheet(name), self._program, reserve, figures)

    def _figures(self, owner: str) -> Figures:
        return Figures(owner, self._book.names, self.providers)


def _engine(step: Step, sheet: LimitSheet) -> Mapping[str, Fraction]:
    """What acmspec moved on a day under a limit, by provider."""
    found: dict[str, Fraction] = {}
    for line in step.changes:
        if line.term == sheet.line:
            found[line.provider] = found.get(line.provider, Fraction(0)) + line.amount
    return found


def _less(amounts: Sequence[Whole], taken: Sequence[Whole]) -> list[Whole]:
    return [one - part if part.value else one for one, part in zip(amounts, taken, strict=True)]


def _steps(measure: Measure) -> int:
    """How many steps of a result, as rounded, make one."""
    return int(10 ** places(measure.formula.type, measure.decimals))


def _entries(settlement: Settlement, terms: Sequence[TermSheet]) -> list[list[Entry]]:
    """The rows of the terms' sheets, step by step in the settlement's order."""
    rows = {id(one.due): one for sheet in terms for one in sheet.entries}
    return [[rows[id(due)] for due in step.dues] for step in settlement.steps]
