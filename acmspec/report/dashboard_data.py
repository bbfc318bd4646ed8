"""Payments to date, the quality of the data and how to read the page; no measure is looked at here."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from acmspec.facts.tree import TableQuality
from acmspec.ground.calendar import Length
from acmspec.ground.exact import fixed
from acmspec.program.payment import Term
from acmspec.program.tree import Program, Store
from acmspec.report import dashboard_words as words
from acmspec.report.dashboard_follows import consequences
from acmspec.report.dashboard_gaps import gaps, left_out
from acmspec.report.dashboard_marks import NAMES
from acmspec.report.tree import Grid, Payments, Quality
from acmspec.results.tree import Results
from acmspec.settlement.tree import Line, Settlement

_STATES = (
    *((state, NAMES[state, False]) for state in ("undefined", "too_few", "immature", "missing")),
    ("disputed", "Disputed"),
)
"""What stands for a result that pays nothing by itself, as the marks call it."""


# --- payments -------------------------------------------------------------------------------------------------


def payments(program: Program, settlement: Settlement) -> Payments | None:
    """What each provider is owed so far, by term and limit; None for a contract that pays nothing by results."""
    terms = program.payments.terms
    if not terms:
        return None
    used = {one.term for one in settlement.lines}
    bounds = [one.name for one in program.payments.limits if one.name in used]
    # What is left are the maxima of agreements and contract, where they took something.
    columns = list(dict.fromkeys([one.name for one in terms] + bounds + [one.term for one in settlement.lines]))
    with_maximum = any(one.maximum is not None for one in program.payments.agreements)
    named = [_column_name(program, one) for one in columns]
    heads = ["Provider", *named, "Total", *(["At most"] if with_maximum else []), "Without a result"]
    rows = [_owed(program, settlement, name, columns, with_maximum) for name in _payees(program, settlement)]
    rows.append(_totals(program, settlement, columns, with_maximum))
    owed = Grid(tuple(heads), tuple(rows), tuple(range(1, len(heads) - 1)), "Payments to date by provider and term")
    return Payments(_paid(program, settlement), owed, _consequences(program), consequences(program, settlement))


def _column_name(program: Program, name: str) -> str:
    """A term by its name; a limit with its bound and stretch, so that a minus explains itself."""
    limit = next((one for one in program.payments.limits if one.name == name), None)
    if limit is None:
        return words.title(name)
    stretch = f" each {limit.every.value}" if limit.every else ""
    return f"{words.title(name)} ({limit.text}{stretch})" if limit.text else words.title(name)


def _payees(program: Program, settlement: Settlement) -> tuple[str, ...]:
    named = [one.provider for one in program.payments.agreements]
    return tuple(dict.fromkeys(named + [one.provider for one in settlement.lines if one.provider]))


def _owed(
    program: Program, settlement: Settlement, name: str, columns: list[str], with_maximum: bool
) -> tuple[str, ...]:
    lines = [one for one in settlement.lines if one.provider == name]
    amounts = [_sum(one for one in lines if one.term == column) for column in columns]
    cells = [words.money(amount, program.currency) for amount in (*amounts, _sum(lines))]
    if with_maximum:
        most = next((one.maximum for one in program.payments.agreements if one.provider == name), None)
        cells.append(words.money(most, program.currency) if most is not None else "")
    return (name, *cells, _not_judged(lines))


def _totals(program: Program, settlement: Settlement, columns: list[str], with_maximum: bool) -> tuple[str, ...]:
    amounts = [_sum(one for one in settlement.lines if one.term == column) for column in columns]
    cells = [words.money(amount, program.currency) for amount in (*amounts, settlement.total())]
    if with_maximum:
        most = program.payments.maximum
        cells.append(words.money(most, program.currency) if most is not None else "")
    return ("All providers", *cells, "")


def _sum(lines: Iterable[Line]) -> Fraction:
    return sum((one.amount for one in lines), Fraction(0))


def _not_judged(lines: list[Line]) -> str:
    """How many results stood behind lines without a value, by state."""
    counts: dict[str, int] = {}
    for one in lines:
        counts[one.state] = counts.get(one.state, 0) + 1
    return ", ".join(f"{counts[state]} {name.lower()}" for state, name in _STATES if counts.get(state))


def _paid(program: Program, settlement: Settlement) -> str:
    total = words.money(settlement.total(), program.currency)
    most = program.payments.maximum
    if not most:
        return f"{total} is owed to date."
    share = fixed(settlement.total() / most * 100, 1)
    return f"{total} is owed to date: {share}% of the contract’s maximum of {words.money(most, program.currency)}."


def _consequences(program: Program) -> Grid | None:
    terms = program.payments.terms
    rows = tuple((name, *(_consequence(program, term, state) for term in terms)) for state, name in _STATES)
    heads = ("Where a result is", *(words.title(one.name) for one in terms))
    return Grid(heads, rows, (), "What happens to payment where there is no final result")


def _consequence(program: Program, term: Term, state: str) -> str:
    """What was declared for a state; where windows overlap, nothing is left to carry forward."""
    declared = dict(term.on).get(state, "")
    measure = program.measure_of(term)
    if not term.rests_on:
        return "Paid in any case"
    if declared == "carry forward once" and measure is not None and program.overlaps(measure):
        return "Nothing; the next period holds these records"
    return words.sentence(declared)


# --- data quality ---------------------------------------------------------------------------------------------


def quality(program: Program, results: Results) -> Quality:
    """What became of the records of every table, and what the gate decided."""
    heads = ("Table", "Read", "Used", "Invalid", "Duplicates", "Late", "Undated", "Complete to", "Gate")
    rows = tuple(
        (
            _store_name(program, one.name),
            *(f"{count:,}" for count in (one.read, one.used, one.invalid, one.duplicates)),
            *(f"{count:,}" for count in (one.not_received, one.undated)),
            words.day(one.through),
            "Open" if one.open else "Closed",
        )
        for one in results.tables
    )
    notes = [note for one in results.tables for note in _notes(program, one)]
    tables = Grid(heads, rows, tuple(range(1, 7)), "Records by table")
    return Quality(_gate(results), tables, tuple(notes), gaps(program, results), left_out(results))


def _store(program: Program, name: str) -> Store | None:
    return next((one for one in program.stores if one.name == name), None)


def _store_name(program: Program, name: str) -> str:
    store = _store(program, name)
    return store.many if store and store.many else words.title(name)


def _gate(results: Results) -> str:
    closed = [one for one in results.tables if not one.open]
    if closed:
        return f"The gate is closed for {len(closed)} of {len(results.tables)} tables; results on them are not stated."
    used, read = sum(one.used for one in results.tables), sum(one.read for one in results.tables)
    return f"The gate is open: {used:,} of {read:,} records are used; no table has more invalid ones than accepted."


def _notes(program: Program, table: TableQuality) -> list[str]:
    store, name = _store(program, table.name), _store_name(program, table.name)
    accepted = f"{words.trimmed(fixed((store.accept_invalid if store else Fraction(0)) * 100, 2))}%"
    notes = []
    if not table.open:
        share = fixed(Fraction(table.invalid * 100, table.read or 1), 2)
        notes.append(
            f"{name}: {table.invalid:,} of {table.read:,} records ({share}%) are invalid and {accepted} is accepted."
            " The gate is closed; results that rest on this table are “not received”."
        )
    elif table.invalid:
        share = fixed(Fraction(table.invalid * 100, table.read or 1), 2)
        notes.append(f"{name}: {table.invalid:,} invalid ({share}%), left out; up to {accepted} is accepted.")
    for step, count in table.unlinked:
        if count:
            notes.append(f"{name}: {count:,} could not be linked to their {step}; they count as not recorded there.")
    for provider, first, last in table.silent:
        notes.append(f"{provider} sent no {name} for {words.days(first, last)}; its results there are “not received”.")
    for first, last in table.absent:
        notes.append(f"No file of {name} came for {words.days(first, last)}; results there are “not received”.")
    notes.extend(f"{name}: {said}." for said in (*_put_right(table), *_behind(program, table)))
    return notes


_REFRESHED = {
    "daily": Length(days=1), "weekly": Length(days=7), "monthly": Length(months=1), "quarterly": Length(months=3),
    "yearly": Length(months=12), "annually": Length(months=12),
}  # fmt: skip


def _behind(program: Program, table: TableQuality) -> Iterator[str]:
    """Whose newest record is older than a refresh before the day the table should be complete to."""
    written = next((one for one in program.spec.data if one.name.value == table.name), None)
    every = _REFRESHED.get(written.refresh.strip().lower()) if written is not None else None
    for provider, newest in table.newest if every is not None else ():
        if every is not None and newest < every.before(table.through):
            whose = f" of {provider}" if provider else ""
            through = words.day(table.through)
            yield f"the newest record{whose} is of {words.day(newest)}, and the table should be complete to {through}"


def _put_right(table: TableQuality) -> Iterator[str]:
    """What was corrected, what was not, and what is in dispute."""
    done = sum(one.state == "applied" for one in table.corrections)
    others = len(table.corrections) - done
    if table.corrections:
        said = "1 value was corrected" if done == 1 else f"{done:,} values were corrected"
        more = "1 correction changes nothing" if others == 1 else f"{others:,} corrections change nothing"
        yield f"{said}; {more}" if others else said
    if table.disputes:
        count = len(table.disputes)
        yield "1 record is in dispute" if count == 1 else f"{count:,} records are in dispute"


# --- how to read ----------------------------------------------------------------------------------------------

_READING = (
    """The contract result is what the contract counts: the value, rounded as the contract says, against the target.
    A tie meets the target. The page prints the contract’s decimals, so it always agrees with the payment.""",
    """A hollow mark means that the exact 95% Wilson interval of a share holds the target: the result stands, but
    chance alone could have put it on either side. Medians and averages have no such test; their marks are filled.""",
    """Tables show the latest period that is judged and complete; where only a provider’s data is missing from it, that
    provider is named. Periods that are not final stand in the charts as hollow points, not joined: they are what the
    records judged so far come to, and they will move.""",
    """Immature: what has to be waited for, such as the months after an exit, is not over for everyone. Provisional:
    the data is not complete to the period’s end, or a provider that should have reported did not.""",
    """Too few: fewer records than the measure’s minimum. Not received: a provider that should have reported did not,
    or the data gate is closed. A dash: nobody was eligible, or there was nothing to divide by.""",
    """Data quality counts records. Late: known only after the date of this page. Undated: without the date that
    would put them into a period; they are in no period. What the data could not tell is counted for each measure by
    what is missing; a record that lacks several things stands in each of their lines.""",
)
_READING_PAYMENTS = "Payments to date hold every line of payments.csv; limits stand in columns of their own."


def reading(program: Program) -> tuple[str, ...]:
    """How to read the page, one matter a paragraph."""
    texts = (*_READING, _READING_PAYMENTS) if program.payments.terms else _READING
    return tuple(" ".join(text.split()) for text in texts)
