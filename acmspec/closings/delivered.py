"""What people bring to a closing as small CSV files: opening balances and payments made; it decides no amount."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Outcome, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ledger.periods import has_line, named
from acmspec.ledger.tree import Key, Ledger, Opened, Paid
from acmspec.program.counting import is_whole
from acmspec.program.payment_parts import stretches
from acmspec.program.tree import Program

OPENING = ("provider", "term", "period", "amount", "waits")
NUMBER = "number"
"""A sixth column of opening balances, for how many successes a line paid."""
PAYMENTS = ("provider", "paid_on", "amount", "reference")

NOT_READ = Problem(
    "ACM718",
    "balances or payments that can't be read",
    "Each row names a provider of the contract and an amount with two decimals; an opening balance a term and a "
    "period, a payment its day.",
    "Correct the cell that the message names. Opening balances have the columns provider, term, period, amount and "
    "waits (yes or no), and perhaps number, payments provider, paid_on (2025-07-01), amount and reference.",
    "Balances and payments must be stated for each Provider, to the cent.",
)
PAID_TWICE = Problem(
    "ACM719",
    "a payment that is told twice",
    "The ledger holds a payment to this provider on this day, of this amount and under this reference.",
    "Remove the row, or give the second payment a reference of its own.",
    "Each payment must be stated once.",
)
PROBLEMS = (NOT_READ, PAID_TWICE)

_AMOUNT = pattern(r"-?[0-9]+\.[0-9]{2}")
_NUMBER = pattern(r"[0-9]{1,15}(\.[0-9]{1,10})?")


@node
class _Row:
    """One row of such a file: its cells by column, and where it stands."""

    cells: dict[str, str]
    place: DataPlace

    def fault(self, column: str, said: str, fix: str = "") -> Diagnostic:
        place = DataPlace(self.place.file, "line", self.place.number, column, self.cells[column])
        return NOT_READ.at(place, said, fix=fix)


def opening(path: Path, shown: str, program: Program, before: date) -> Outcome[tuple[Opened, ...]]:
    """What had been certified for periods that end before a day."""
    rows = _rows(path, shown, OPENING, NUMBER)
    if rows.value is None:
        return Outcome(None, rows.diagnostics)
    found: dict[Key, Opened] = {}
    faults: list[Diagnostic] = []
    for row in rows.value:
        one = _opened(row, program, before)
        faults += one.diagnostics
        if one.value is not None:
            key = (one.value.provider, one.value.term, one.value.period)
            if key in found:
                faults.append(row.fault("period", "the line stands twice"))
            found[key] = one.value
    return Outcome(None if faults else tuple(found.values()), tuple(faults))


def _opened(row: _Row, program: Program, before: date) -> Outcome[Opened]:
    """One balance, or all that is wrong with it."""
    paid, cells = program.payments, row.cells
    terms = (*(one.name for one in paid.terms), *paid.following)
    faults, period = [*_unknown(row, program)], named(program, cells["period"])
    if cells["term"] not in terms:
        faults.append(row.fault("term", "no term or limit has this name", offer(cells["term"], terms)))
    faults += _numbered(row, program)
    if cells["waits"] not in {"yes", "no"}:
        faults.append(row.fault("waits", "it is neither yes nor no"))
    if period is None or period.last >= before:
        faults.append(row.fault("period", f"no period of the contract before {before} has this name"))
        return Outcome(None, tuple(faults))
    if not faults and not has_line(program, cells["provider"], cells["term"], period):
        # Else the amount would stand under a name that no limit ever counts.
        said = f"“{cells['term']}” has no line of {cells['provider']} for this period"
        faults.append(row.fault("period", said))
    if faults:
        return Outcome(None, tuple(faults))
    of = (cells["provider"], cells["term"], period.name, period.last)
    number = cells.get(NUMBER, "")
    return Outcome(Opened(*of, _amount(row), cells["waits"] == "yes", Fraction(number) if number else None))


def _numbered(row: _Row, program: Program) -> Iterator[Diagnostic]:
    """What is wrong with the number of a balance."""
    number, name = row.cells.get(NUMBER, ""), row.cells["term"]
    term = next((one for one in program.payments.terms if one.name == name), None)
    measure = None if term is None else program.measure_of(term)
    if number and not _NUMBER.fullmatch(number):
        yield row.fault(NUMBER, "it is no number")
    elif number and (term is None or not stretches(term.amount)):
        said = f"no numbers of “{name}” go on from one period to the next"
        yield row.fault(NUMBER, said, "Leave the cell empty.")
    elif number and measure is not None and is_whole(measure.formula) and Fraction(number).denominator != 1:
        yield row.fault(NUMBER, f"“{name}” counts, so that its number is a whole one")


def payments(path: Path, shown: str, program: Program, as_of: date, ledger: Ledger) -> Outcome[tuple[Paid, ...]]:
    """Payments that were made through a day and are not in the ledger yet."""
    rows = _rows(path, shown, PAYMENTS)
    if rows.value is None:
        return Outcome(None, rows.diagnostics)
    known = {one for entry in ledger.entries for one in entry.paid}
    found: list[Paid] = []
    faults: list[Diagnostic] = []
    for row in rows.value:
        faults += _unknown(row, program)
        on = _day(row.cells["paid_on"])
        if on is None or on > as_of:
            faults.append(row.fault("paid_on", f"it is not a day through {as_of}"))
        elif not faults:
            one = Paid(row.cells["provider"], on, _amount(row), row.cells["reference"])
            if one in known:
                faults.append(PAID_TWICE.at(row.place, f"a payment to “{one.provider}” on {on} is told twice"))
            known.add(one)
            found.append(one)
    return Outcome(None if faults else tuple(found), tuple(faults))


def _rows(path: Path, shown: str, columns: Sequence[str], more: str = "") -> Outcome[tuple[_Row, ...]]:
    """The rows of a file with some columns, and perhaps one more behind them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            found = [(reader.line_num, cells) for cells in reader if cells]
    except OSError as error:
        message = f"“{shown}” can’t be opened: {(error.strerror or str(error)).lower()}"
        fix = "Correct the path; it is read from the folder in which the command runs."
        return Outcome(None, (NOT_READ.at(DataPlace(shown), message, fix=fix),))
    except (UnicodeDecodeError, csv.Error) as error:
        return Outcome(None, (NOT_READ.at(DataPlace(shown), f"“{shown}” can’t be read: {error}"),))
    heads = [one.strip() for one in found[0][1]] if found else []
    if more and heads == [*columns, more]:
        columns = heads
    if heads != list(columns) or any(len(cells) != len(columns) for _, cells in found):
        said = f"“{shown}” doesn’t have the columns {', '.join(columns)} in each row"
        return Outcome(None, (NOT_READ.at(DataPlace(shown), said),))
    rows = (
        _Row(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), DataPlace(shown, "line", line))
        for line, cells in found[1:]
    )
    return Outcome(tuple(rows))


def _unknown(row: _Row, program: Program) -> Iterator[Diagnostic]:
    providers = [one.provider for one in program.payments.agreements]
    if row.cells["provider"] not in providers:
        yield row.fault("provider", "nobody with an agreement has this name", offer(row.cells["provider"], providers))
    if not _AMOUNT.fullmatch(row.cells["amount"]):
        yield row.fault("amount", "it is no amount with two decimals")


def _amount(row: _Row) -> Fraction:
    return Fraction(row.cells["amount"])


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
