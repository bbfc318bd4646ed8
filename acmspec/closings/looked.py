"""A ledger looked at: verified, listed, one closing of it as its certificate; it changes nothing."""

from fractions import Fraction
from pathlib import Path

from acmspec import api
from acmspec.closings.request import Done, cut_off
from acmspec.ground.diagnostic import DataPlace, Outcome, Problem
from acmspec.ledger.from_text import holds, read
from acmspec.ledger.from_text import verify as chain
from acmspec.ledger.tree import Ledger
from acmspec.renderers.markdown import page
from acmspec.report.certificate import certificate, title
from acmspec.results.printed import money
from acmspec.vault.book import LEDGER

NOT_THERE = Problem(
    "ACM704",
    "no ledger to look at",
    "The ledger of a contract is the file ledger.txt in its folder, and it is written with the first closing.",
    "Name the folder, such as ledger/<contract id> beside the spec.",
    "The ledger of the contract must be kept where the parties can read it.",
)
NO_CLOSING = Problem(
    "ACM705",
    "no closing of this number",
    "Closings are numbered from 1 in the order in which they were certified.",
    "List the closings with acmspec ledger show, and name one of them.",
    "A closing is referred to by its number in the ledger.",
)
PROBLEMS = (NOT_THERE, NO_CLOSING)


def verified(place: Path, head: str | None) -> Done:
    """Whether each byte of a ledger is as it was sealed, and whether it holds the seal of a certificate."""
    data = _data(place)
    if data.value is None:
        return Done("", data.diagnostics, api.UNREADABLE)
    shown = str(_file(place))
    found = chain(data.value, shown)
    if found.value is None:
        return Done("", found.diagnostics, api.FOUND_ERRORS)
    count = len(found.value.blocks)
    short = cut_off(_file(place).parent, count)
    if short:
        return Done("", short, api.FOUND_ERRORS)
    said = f"{count} {'closing' if count == 1 else 'closings'} of {found.value.contract}, as sealed\n"
    if head is None:
        return Done(f"{said}head {found.value.head}\n", (), api.CLEAN)
    number = holds(found.value, head, shown)
    if number.value is None:
        return Done("", number.diagnostics, api.FOUND_ERRORS)
    return Done(f"{said}head {found.value.head}\nthe certificate is that of closing {number.value}\n", (), api.CLEAN)


def shown(place: Path, number: int | None) -> Done:
    """All closings in a line each, or one of them in full."""
    data = _data(place)
    if data.value is None:
        return Done("", data.diagnostics, api.UNREADABLE)
    found = read(data.value, str(_file(place)))
    if found.value is None:
        return Done("", found.diagnostics, api.FOUND_ERRORS)
    ledger = found.value
    if number is None:
        return Done(_list(ledger), (), api.CLEAN)
    if number > len(ledger.entries):
        said = f"the ledger has {len(ledger.entries)} closings, and none has the number {number}"
        return Done("", (NO_CLOSING.at(DataPlace(str(_file(place))), said),), api.UNREADABLE)
    entry = ledger.entries[number - 1]
    return Done(page(title(entry), ledger.contract, certificate(entry)), (), api.CLEAN)


def _list(ledger: Ledger) -> str:
    lines = []
    for one in ledger.entries:
        due = money(sum((each.amount for each in one.dues), Fraction(0)), one.made.currency)
        lines.append(f"{one.number}  {one.span.name}  as of {one.span.as_of}  {due}  {one.seal}\n")
    return "".join(lines) + f"head {ledger.head}\n"


def _file(place: Path) -> Path:
    return place / LEDGER if place.is_dir() else place


def _data(place: Path) -> Outcome[bytes]:
    file = _file(place)
    try:
        return Outcome(file.read_bytes())
    except OSError as error:
        said = f"“{file}” can’t be read: {error.strerror}"
        return Outcome(None, (NOT_THERE.at(DataPlace(str(file)), said),))
