"""What a closing is asked for with, and where its ledger lies; it reads nothing but the passphrase."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from acmspec import api
from acmspec.given import Given
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Outcome
from acmspec.ground.node import node
from acmspec.ledger.asked import References
from acmspec.ledger.from_text import CUT_OFF, read
from acmspec.ledger.to_text import head_line
from acmspec.ledger.tree import Ledger, Signed
from acmspec.program.tree import Program
from acmspec.vault import book
from acmspec.vault.frozen import NO_KEY

KEY = "ACMSPEC_ROWS_KEY"
"""The variable that holds the passphrase for the rows, unless another is named."""


@node
class Request:
    """One closing as it is asked for: of which spec and period, by whom, with which data, kept where.

    `ledger` and `rows` are folders; beside the spec if none are named. `invoices` and `funds` are by provider, and
    stand in place of what the agreement says. `key_from` names the variable of the passphrase.
    """

    spec: Path
    period: str
    signed: Signed
    as_of: date | None = None
    ledger: Path | None = None
    rows: Path | None = None
    data: Mapping[str, str | Path] = {}
    opening: Path | None = None
    payments: Path | None = None
    invoices: Mapping[str, str] = {}
    funds: Mapping[str, str] = {}
    key_from: str = KEY
    outside: bool = False
    threads: int | None = None
    memory: str | None = None
    environment: Mapping[str, str] = {}
    connections: Mapping[str, str] = {}

    def given(self, data: Mapping[str, str | Path]) -> Given:
        """What a run is given, with some tables read from these files."""
        return Given(dict(data), {}, self.connections, self.outside, self.threads, self.memory)

    def folder(self, program: Program) -> Path:
        """Where the ledger of a contract lies."""
        return self.ledger if self.ledger is not None else self.spec.parent / "ledger" / program.contract_id

    def rows_of(self, program: Program, number: int) -> Path:
        """Where the rows of a closing are kept."""
        folder = self.rows if self.rows is not None else self.folder(program) / "rows"
        return folder / f"{number:04}.rows"

    def passphrase(self) -> Outcome[str]:
        """What rows are encrypted with, or that nobody said."""
        found = self.environment.get(self.key_from, "")
        if not found:
            return Outcome(None, (NO_KEY.at(None, f"the environment variable {self.key_from} is not set"),))
        return Outcome(found)

    def references(self, program: Program) -> dict[str, References]:
        """What stands on each provider's invoice: what the agreement says, and what is given for this closing."""
        found: dict[str, References] = {}
        for one in program.spec.agreements:
            provider = one.provider.value
            told = dict(one.invoice)
            if one.number:
                told = {"agreement": one.number, **told}
            told |= {"fund": self.funds[provider]} if provider in self.funds else {}
            told |= {"invoice": self.invoices[provider]} if provider in self.invoices else {}
            found.setdefault(provider, tuple(told.items()))
        return found


@node
class Book:
    """A ledger with the bytes that it was read from."""

    data: bytes
    ledger: Ledger


def opened(folder: Path, contract: str) -> "Outcome[Book]":
    """The ledger in a folder, verified; an empty one where there is none yet."""
    data = book.read(folder)
    found = read(data or head_line(contract).encode(), str(folder / book.LEDGER), contract)
    if found.value is None:
        return Outcome(None, found.diagnostics)
    short = cut_off(folder, len(found.value.entries))
    return Outcome(None if short else Book(data or b"", found.value), short)


def cut_off(folder: Path, count: int) -> tuple[Diagnostic, ...]:
    """That a ledger has fewer closings than there are certificates beside it, if it is so."""
    last = book.last_certificate(folder)
    if last <= count:
        return ()
    shown = str(folder / book.LEDGER)
    return (CUT_OFF.at(DataPlace(shown), f"there is a certificate of closing {last}, and “{shown}” ends with {count}"),)


@node
class Done:
    """What a command on closings came to: a text to print, what was found, the files written, the exit code."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int
    written: tuple[Path, ...] = ()


def failed(found: Iterable[Diagnostic], *, unreadable: bool = False) -> Done:
    """Nothing was done, and why."""
    return Done("", tuple(found), api.UNREADABLE if unreadable else api.FOUND_ERRORS)
