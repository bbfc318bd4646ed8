"""The sheet of one payment term: a row a provider and period, from the counts to the cent, beside the engine's cent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.program.payment import DEDUCT_MOST, Term
from acmspec.program.payment_parts import bases, prior_benchmark, stretches
from acmspec.program.rounding import places
from acmspec.program.tree import Measure
from acmspec.renderers.worksheet.account_columns import AccountColumns
from acmspec.renderers.worksheet.book import (
    AGREES,
    COUNT,
    DIFFERS,
    INPUT,
    QUIET,
    TITLE,
    TOTAL,
    TYPED,
    Book,
    Column,
    Sheet,
    at,
)
from acmspec.renderers.worksheet.card_columns import CardColumns
from acmspec.renderers.worksheet.cohort_columns import CohortColumns, TogetherColumns
from acmspec.renderers.worksheet.consequences import pays, pays_formula, standing
from acmspec.renderers.worksheet.figures import CENTS, serial
from acmspec.renderers.worksheet.formulas import Formula
from acmspec.renderers.worksheet.looking_back import LookingBack, Other
from acmspec.renderers.worksheet.pool_columns import PoolColumns
from acmspec.renderers.worksheet.result_cells import ResultCells, whole_in
from acmspec.renderers.worksheet.row_cells import OnCard, Row
from acmspec.renderers.worksheet.whole import LARGEST, Ratio, Whole, cell, literal, most
from acmspec.settlement.evaluate import Environment
from acmspec.settlement.tree import Counted, Due

HEAD_ROW, FIRST = 4, 5
_NOTHING = Ratio(literal(0), literal(1))
_COLUMNS: Mapping[str, tuple[str, float]] = {
    "number": ("No.", 5),
    "provider": ("Provider", 26),
    "period": ("Period", 11),
    "starts": ("Starts", 11),
    "ends": ("Ends", 11),
    "standing": ("State", 13),
    "consequence": ("Consequence", 22),
    "top": ("Numerator", 11),
    "bottom": ("Denominator", 12),
    "carried_top": ("Carried to it: numerator", 12),
    "carried_bottom": ("Carried to it: denominator", 12),
    "result": ("Result, as rounded", 11),
    "prior": ("Prior result", 11),
    "window": ("Successes of the window", 11),
    "paid": ("Successes paid now", 11),
    "cents": ("Amount in cents", 13),
    "amount": ("Amount", 14),
    "engine": ("Amount by acmspec", 14),
    "check": ("Check", 12),
    "basis": ("What it follows from, by acmspec", 70),
}

_NUMBERS = {
    "top",
    "bottom",
    "carried_top",
    "carried_bottom",
    "result",
    "prior",
    "window",
    "paid",
    "cents",
    "amount",
    "engine",
}

_BEFORE = "before_"


def _columns(
    longer: Sequence[Cycle | None], beside: Iterator[tuple[str, tuple[str, float]]]
) -> Mapping[str, tuple[str, float]]:
    """All columns there can be, with one for each stretch of time in which successes paid before count."""
    said = ("whole term" if one is None else one.value for one in longer)
    before = {f"{_BEFORE}{at}": (f"Paid before in the {one}", 12.0) for at, one in enumerate(said, 1)}
    found: dict[str, tuple[str, float]] = {}
    for key, column in _COLUMNS.items():
        found |= before if key == "paid" else dict(beside) if key == "cents" else {}
        found[key] = column
    return found


@node
class Setting:
    """What the rows of a term share: its meaning, its formula, names of the lists of standings and consequences.

    `providers` are all providers in order; `clause` is the number of its section, or empty. `beside` writes what lies
    beside the results, `card` the measures of a scorecard or an account of advances, `pool` the parts of a pool,
    `cohorts` what a period adds to all of them. `most_taken` is what is deducted where data are missing, in cents.
    """

    term: Term
    measure: Measure | None
    formula: Formula
    standings: str
    consequences: Mapping[str, str]
    consequence_list: str
    providers: Sequence[str]
    title: str
    clause: str
    about: str
    beside: LookingBack
    card: CardColumns | AccountColumns | TogetherColumns | None = None
    pool: PoolColumns | None = None
    most_taken: Whole | None = None
    cohorts: CohortColumns | None = None


@node
class Entry:
    """A row as other sheets need it: its due, its amount in whole cents, and the cell that holds its consequence."""

    due: Due
    title: str
    number: int
    cents: Whole
    consequence: str
    consequence_at: str


class TermSheet:
    """Writes the rows of one term."""

    def __init__(self, book: Book, sheet: Sheet, setting: Setting, dues: Sequence[Due]) -> None:
        self.entries: list[Entry] = []
        self._sheet = sheet
        self._money = book.money
        self._setting = setting
        self._dues = dues
        self._last = FIRST + len(dues) - 1
        counted = [due.line.counted for due in dues if due.line.counted is not None]
        self._scale = whole_in(number for one in counted for number in (one.numerator, one.denominator))
        self._paid_scale = whole_in(
            number
            for one in counted
            if one.at is not None
            for number in (one.at.successes, *(before for _, before in one.at.before))
        )
        self._longer = [one for one in stretches(setting.term.amount) if one != setting.term.every]
        card = () if setting.card is None else setting.card.columns()
        pool = () if setting.pool is None else setting.pool.columns()
        cohorts = () if setting.cohorts is None else setting.cohorts.columns()
        self._columns = _columns(self._longer, chain(card, setting.beside.columns(), pool, cohorts))
        measure = setting.measure
        self._decimals = 0 if measure is None else places(measure.formula.type, measure.decimals)
        spare = self._spare(counted)
        self._keys = [key for key in self._columns if key not in spare]
        self._places = {key: place for place, key in enumerate(self._keys)}
        self._cells = ResultCells(sheet, self._keys, self._scale, self._money)
        self._head()
        said = [self._row(FIRST + place, due) for place, due in enumerate(dues)]
        if setting.pool is not None:
            setting.pool.divide(sheet, self._at)
            sheet.folded(*setting.pool.folded(self._at), [self._columns[key][1] for key in self._keys])
        self._total(len(dues))
        sheet.table(HEAD_ROW, self._last, len(self._keys) - 1, 3)
        sheet.check(FIRST, self._at("check"), said)
        # What it follows from is for the screen: on paper it would make everything else too small to read.
        sheet.paper(max(self._last, HEAD_ROW) + 1, self._at("check"))

    @property
    def column(self) -> Column:
        """Its rows, for the payments."""
        cells = (self._sheet.far(FIRST, self._at(one), max(self._last, FIRST)) for one in ("number", "ends", "cents"))
        return Column(self._setting.title, self._setting.term.name, *cells)

    @property
    def other(self) -> Other:
        """Its rows, for terms that are worked out from it."""
        cents = {(one.due.line.provider, one.due.period.last): one.cents.value for one in self.entries}
        cohorts = self._setting.cohorts
        if cohorts is not None:
            last = max(self._last, FIRST)
            ranges = {key: self._sheet.far(FIRST, self._at(key), last) for key, _ in cohorts.columns()}
            cohorts.placed(self.column.numbers, self.column.days, ranges)
        return Other(self.column, cents, None if cohorts is None else cohorts.found)

    def look_back(self, after: Mapping[Due, Whole]) -> None:
        """Fill in what waits for the cells in which limits leave each line."""
        self._setting.beside.finish(after)

    def _spare(self, counted: Sequence[Counted]) -> set[str]:
        """Columns that this term has no use for."""
        spare = set() if self._reads("first#") else {"starts"}
        if self._setting.measure is None:
            spare |= {"top", "bottom", "result"}
        if not prior_benchmark(self._setting.term.amount):
            spare.add("prior")
        if all(one.carried is None for one in counted):
            spare |= {"carried_top", "carried_bottom"}
        if self._setting.term.once_per is None:
            spare |= {"window"}
            spare |= set() if self._reads("successes#") else {"paid"}
        elif not self._reads("successes#", "fresh#"):
            spare.add("paid")
        return spare

    def _reads(self, *words: str) -> bool:
        """Whether the term's formula reads some cells of its row."""
        successes, fresh = (Ratio(cell(word, 1), literal(1)) for word in ("successes#", "fresh#"))
        amounts = tuple((one, Ratio(literal(0), literal(1))) for one in bases(self._setting.term.amount))
        on_card = OnCard(_NOTHING, literal(1), literal(1))
        scored = tuple((one, on_card) for one in self._setting.term.scored)
        row = Row(literal(1), _NOTHING, successes, fresh, first=cell("first#", 0), amounts=amounts, scored=scored)
        made = [self._setting.formula(row)]
        if self._setting.pool is not None:
            made.append(self._setting.pool.claim(row))
        return any(word in one.top.text for word in words for one in made)

    def _at(self, key: str) -> int:
        return self._places[key]

    def _head(self) -> None:
        sheet, setting = self._sheet, self._setting
        sheet.columns(tuple(self._columns[key][1] for key in self._keys))
        clause = f" (section {setting.clause} of the contract)" if setting.clause else ""
        sheet.text(0, 0, f"Payment term: {setting.title}{clause}", TITLE)
        sheet.text(1, 0, setting.about, QUIET)
        about = (
            "Yellow cells are taken from the results, others are worked out. Amounts are rounded half up to the cent."
        )
        sheet.text(2, 0, about, QUIET)
        sheet.height(HEAD_ROW, 38)
        for place, key in enumerate(self._keys):
            sheet.head(HEAD_ROW, place, self._columns[key][0], right=key in _NUMBERS or key.startswith(_BEFORE))

    def _row(self, row: int, due: Due) -> str:
        """One row; what its check says."""
        sheet, line, setting = self._sheet, due.line, self._setting
        counted = line.counted
        number = setting.providers.index(line.provider) + 1
        sheet.number(row, self._at("number"), number, QUIET)
        sheet.text(row, self._at("provider"), line.provider)
        sheet.text(row, self._at("period"), line.period)
        if "starts" in self._places:
            sheet.day(row, self._at("starts"), due.period.first, INPUT)
        sheet.day(row, self._at("ends"), due.period.last)
        sheet.number(row, self._at("engine"), line.amount, self._money, INPUT)
        sheet.text(row, self._at("basis"), line.basis, QUIET)
        word = "" if counted is None else standing(counted.standing)
        sheet.text(row, self._at("standing"), word, INPUT)
        consequence = setting.consequences[word]
        found = f"INDEX({setting.consequence_list},MATCH({at(row, self._at('standing'))},{setting.standings},0))"
        sheet.formula(row, self._at("consequence"), found, consequence)
        cents = self._cents(row, number, due, consequence)
        exact = cents.is_exact
        value = cents.value if exact else int(line.amount * CENTS)
        if exact:
            sheet.whole(row, self._at("cents"), cents)
        else:
            sheet.number(row, self._at("cents"), value, COUNT)
        sheet.formula(
            row, self._at("amount"), f"{at(row, self._at('cents'))}/{CENTS}", Fraction(value, CENTS), self._money
        )
        said = self._check(row, exact, value == line.amount * CENTS)
        place = cell(sheet.far(row, self._at("cents")), value)
        whose = sheet.far(row, self._at("consequence"))
        self.entries.append(Entry(due, setting.title, number, place, consequence, whose))
        return said

    def _check(self, row: int, exact: bool, agrees: bool) -> str:
        if not exact:
            self._sheet.text(row, self._at("check"), TYPED)
            return TYPED
        said = AGREES if agrees else DIFFERS
        mine, engine = at(row, self._at("cents")), at(row, self._at("engine"))
        text = f'IF({mine}=ROUND({engine}*{CENTS},0),"{AGREES}","{DIFFERS}")'
        self._sheet.formula(row, self._at("check"), text, said)
        return said

    def _cents(self, row: int, number: int, due: Due, consequence: str) -> Whole:
        """The amount in whole cents, of the cells of its row, which are written here."""
        counted, first = due.line.counted, due.period.first
        if counted is None:
            raise ValueError(f"the line of {due.line.term} does not say what it rests on")
        evaluated, paying = counted.at, pays_formula(at(row, self._at("consequence")))
        measure = self._setting.measure
        shown = counted.value if evaluated is not None else None
        outcome = _NOTHING
        if measure is not None:
            outcome = self._cells.result(row, counted, counted.carried, shown, paying, measure)
        paid = self._cells.number(row, "paid", None if evaluated is None else evaluated.successes, self._paid_scale)
        window = self._cells.number(row, "window", None if evaluated is None else evaluated.of_successes, 1)
        fresh = Ratio(literal(1), literal(1))
        if self._setting.term.once_per is not None:
            fresh = Ratio(self._cells.number(row, "paid", None, self._paid_scale, paid.value), most(window, literal(1)))
        beside, card, pool = self._setting.beside, self._setting.card, self._setting.pool
        cells = Row(
            provider=self._sheet.cell(row, self._at("number"), number),
            outcome=outcome,
            successes=Ratio(paid, literal(self._paid_scale)),
            fresh_share=fresh,
            first=self._first(row, first),
            pooled=_NOTHING if pool is None else pool.part(row, self._at, due, self._dues),
            **({} if card is None else card.cells(self._sheet, row, self._keys, due)),
            base=self._base(row, counted),
            before=self._before(row, evaluated),
            **self._prior(row, evaluated),
            **beside.cells(self._sheet, row, self._at, due),
        )
        now = self._setting.formula(cells).times(CENTS).nearest()
        if not self._setting.term.takes:
            now = most(literal(0), now)
        value = now.value if pays(consequence) and evaluated is not None else 0
        beside.done(self._sheet, row, self._at, due, (cells, paying))
        if self._setting.cohorts is not None:
            self._setting.cohorts.note(self._sheet, row, self._at, due, (cells, paying, evaluated is not None))
        if pool is not None:
            pool.note(self._sheet, row, self._at, due, (cells, consequence, paying))
        if card is not None:
            card.done(due, cells, cell(at(row, self._at("cents")), int(due.line.amount * CENTS)))
        peak = max(now.peak, outcome.top.peak)
        if consequence != DEDUCT_MOST:
            return Whole(f"IF({paying},{now.text},{self._otherwise(row)})", value, peak)
        # What is a part of other terms is typed where data are missing.
        taken = int(due.line.amount * CENTS)
        known = self._setting.most_taken is not None
        return Whole(f"IF({paying},{now.text},{self._otherwise(row)})", taken, peak if known else LARGEST)

    def _otherwise(self, row: int) -> str:
        """What is due where nothing is paid: nothing, or what is deducted where data are missing."""
        most_of = self._setting.most_taken
        follows = at(row, self._at("consequence"))
        return "0" if most_of is None else f'IF({follows}="{DEDUCT_MOST}",-{most_of.text},0)'

    def _prior(self, row: int, evaluated: Environment | None) -> dict[str, Any]:
        """What the result is held against to see whether it has improved, and whether there is anything."""
        if "prior" not in self._places:
            return {}
        known = dict(evaluated.compared) if evaluated is not None else {}
        prior, steps = known.get(prior_benchmark(self._setting.term.amount)), 10**self._decimals
        place = at(row, self._at("prior"))
        self._cells.number(row, "prior", prior, 1)
        whole = cell(place if steps == 1 else f"ROUND({place}*{steps},0)", int((prior or 0) * steps))
        has = cell(f"IF(ISNUMBER({place}),1,0)", int(prior is not None))
        return {"prior": Ratio(whole, literal(steps)), "has_prior": has}

    def _base(self, row: int, counted: Counted) -> Ratio:
        """What is counted below the line of the result."""
        carried = Fraction(0) if counted.carried is None else counted.carried[1]
        whole = int(((counted.denominator or Fraction(0)) - carried) * self._scale)
        bottom = self._cells.number(row, "bottom", None, self._scale, whole)
        if "carried_bottom" in self._places:
            bottom += self._cells.number(row, "carried_bottom", None, self._scale, int(carried * self._scale))
        return Ratio(bottom, literal(self._scale))

    def _before(self, row: int, evaluated: Environment | None) -> tuple[tuple[Cycle | None, Ratio], ...]:
        """The successes paid before in each stretch of time that is longer than the period."""
        known = dict(evaluated.before) if evaluated is not None else {}
        found = []
        for place, every in enumerate(self._longer, 1):
            number = self._cells.number(row, f"{_BEFORE}{place}", known.get(every), self._paid_scale)
            found.append((every, Ratio(number, literal(self._paid_scale))))
        return tuple(found)

    def _first(self, row: int, day: date) -> Whole:
        """The first day of the row's period, if the term asks for it."""
        return self._sheet.cell(row, self._at("starts"), serial(day)) if "starts" in self._places else literal(0)

    def _total(self, count: int) -> None:
        row = max(self._last, HEAD_ROW) + 1
        for place in range(len(self._keys)):
            self._sheet.blank(row, place, TOTAL)
        self._sheet.text(row, self._at("provider"), "All providers", TOTAL)
        if count:
            due = sum((one.due.line.amount for one in self.entries), Fraction(0))
            made = Fraction(sum(one.cents.value for one in self.entries), CENTS)
            cents = f"{at(FIRST, self._at('cents'))}:{at(self._last, self._at('cents'))}"
            engine = f"{at(FIRST, self._at('engine'))}:{at(self._last, self._at('engine'))}"
            self._sheet.formula(row, self._at("amount"), f"SUM({cents})/{CENTS}", made, self._money, TOTAL)
            self._sheet.formula(row, self._at("engine"), f"ROUND(SUM({engine}),2)", due, self._money, TOTAL)
