"""One closing, from a spec and its data to ledger, rows and certificate on the disk; it decides no amount."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from acmspec import api
from acmspec.closings import delivered
from acmspec.closings.exported import exported
from acmspec.closings.moved import moved
from acmspec.closings.numbers import untold
from acmspec.closings.request import Book, Done, Request, failed, opened
from acmspec.closings.rows import kept, origins
from acmspec.closings.why import why
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Outcome, has_errors
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ledger.asked import Asked
from acmspec.ledger.checks import before_results
from acmspec.ledger.from_settlement import close as settle
from acmspec.ledger.from_settlement import to_explain
from acmspec.ledger.periods import named
from acmspec.ledger.to_text import head_line, text
from acmspec.ledger.tree import Entry, Opened, Paid
from acmspec.pipeline import is_sound
from acmspec.program.tree import Program
from acmspec.renderers.markdown import page
from acmspec.report.certificate import certificate, title
from acmspec.report.outputs import Outputs
from acmspec.vault import book
from acmspec.vault.book import AT_WORK
from acmspec.vault.frozen import freeze, keep


def close(request: Request, *, only_look: bool = False) -> Done:
    """Close a period, or only say what would be closed: then nothing is written, and no passphrase is needed."""
    checked = api.check(request.spec, allow_outside=request.outside)
    if checked.value is None or not is_sound(checked):
        return failed(checked.diagnostics, unreadable=api.is_unreadable(checked))
    program = checked.value
    as_of = request.as_of or program.data_date
    key = request.passphrase()
    found = [*checked.diagnostics, *_named(request, program), *(() if only_look else key.diagnostics)]
    if as_of is None:
        found.append(api.NO_DATA_DATE.at(None, "no date says how far the data goes"))
    if as_of is None or has_errors(found):
        return failed(found, unreadable=True)
    work = _Work(request, program, as_of, tuple(found), key.value or "")
    if only_look:
        return work.look()
    folder = request.folder(program)
    try:
        with book.alone(folder):
            return work.write(folder)
    except book.BusyError:
        busy = AT_WORK.at(DataPlace(str(folder)), "another closing is being written")
        return failed((*found, busy), unreadable=True)
    except OSError as error:
        return failed((*found, book.not_kept(folder, error)), unreadable=True)


def _named(request: Request, program: Program) -> tuple[Diagnostic, ...]:
    """What is wrong with the names that options give."""
    providers = [one.provider for one in program.payments.agreements]
    stores = [one.name for one in program.stores]
    strange = [
        delivered.NOT_READ.at(None, f"nobody with an agreement is called “{one}”", fix=offer(one, providers))
        for one in dict.fromkeys((*request.invoices, *request.funds))
        if one not in providers
    ]
    strange += [
        api.UNKNOWN_DATA_NAME.at(None, f"the spec has no table “{one}”; it has {', '.join(stores)}")
        for one in request.data
        if one not in stores
    ]
    return (*strange, *request.given(request.data).misaddressed(program))


@node
class _Work:
    """One closing at work."""

    request: Request
    program: Program
    as_of: date
    found: tuple[Diagnostic, ...]
    key: str

    def look(self) -> Done:
        """What would be closed, as a page."""
        made = self._made(opened(self.request.folder(self.program), self.program.contract_id), None)
        if made.value is None:
            return failed((*self.found, *made.diagnostics))
        return Done(_page(self.program, made.value, draft=True), (*self.found, *made.diagnostics), api.CLEAN)

    def write(self, folder: Path) -> Done:
        """Close the period. Rows are written first: what stands in the ledger always has them."""
        there = opened(folder, self.program.contract_id)
        with TemporaryFile() as plain:
            made = self._made(there, plain)
            if made.value is None or there.value is None:
                return failed((*self.found, *made.diagnostics))
            entry = made.value
            rows = self.request.rows_of(self.program, entry.number)
            keep(rows, plain, entry.made.rows_sha256, self.key)
        old = there.value.data or head_line(self.program.contract_id).encode()
        book.append(folder, old, text(entry).encode())
        place = book.certificate(folder, entry.number)
        book.put(place, (_page(self.program, entry).encode(),))
        written = (folder / book.LEDGER, rows, place)
        said = f"closing {entry.number} of {entry.span.name} is sealed: {entry.seal}\n"
        return Done(said, (*self.found, *made.diagnostics), api.CLEAN, written)

    def _made(self, there: Outcome[Book], plain: IO[bytes] | None) -> Outcome[Entry]:
        """The closing, or what stands against it; the rows are frozen if there is where to."""
        if there.value is None:
            return Outcome(None, there.diagnostics)
        asked = self._asked(there.value)
        if asked.value is None:
            return Outcome(None, asked.diagnostics)
        barred = before_results(self.program, there.value.ledger, asked.value)
        if barred:
            return Outcome(None, barred)
        with TemporaryDirectory(prefix="acmspec-", ignore_cleanup_errors=True) as aside:
            data = exported(self.request, self.program, self.as_of, Path(aside))
            if data.value is None:
                return Outcome(None, data.diagnostics)
            on_files = replace(self, request=replace(self.request, data=data.value))
            return on_files.ran(there.value, asked.value, plain)

    def ran(self, there: Book, asked: Asked, plain: IO[bytes] | None) -> Outcome[Entry]:
        """The closing from data that lies in files."""
        ran = self._evaluated()
        if ran.value is None:
            return Outcome(None, ran.diagnostics)
        frozen = self._frozen(ran.value, plain)
        if frozen.value is None:
            return Outcome(None, (*ran.diagnostics, *frozen.diagnostics))
        made = self._settled(there, asked, ran.value, frozen.value)
        return Outcome(made.value, (*ran.diagnostics, *made.diagnostics))

    def _settled(self, there: Book, asked: Asked, outputs: Outputs, rows_sha256: str) -> Outcome[Entry]:
        known = why(self.request, self.program, self.as_of, there.ledger, to_explain(outputs.settlement, there.ledger))
        whole = Asked(
            asked.period, asked.as_of, asked.version, outputs.spec_sha256, rows_sha256, asked.signed, origins(outputs),
            asked.references, asked.opened, asked.paid, known.told,
        )  # fmt: skip
        made = settle(self.program, outputs.results, outputs.settlement, there.ledger, whole)
        if made.value is None:
            return made
        found = (
            *untold(self.program, made.value, outputs.settlement.lines),
            *moved(self.program.payments, made.value, known),
        )
        return Outcome(None if has_errors(found) else made.value, (*made.diagnostics, *found))

    def _asked(self, there: Book) -> Outcome[Asked]:
        request, program = self.request, self.program
        period = named(program, request.period)
        before = period.first if period else program.first
        faults: list[Diagnostic] = []
        balances: Outcome[tuple[Opened, ...]] = Outcome(())
        payments: Outcome[tuple[Paid, ...]] = Outcome(())
        if request.opening is not None:
            balances = delivered.opening(request.opening, str(request.opening), program, before)
        if request.payments is not None:
            path = request.payments
            payments = delivered.payments(path, str(path), program, self.as_of, there.ledger)
        faults += (*balances.diagnostics, *payments.diagnostics)
        if faults:
            return Outcome(None, tuple(faults))
        told = request.references(program)
        of = (request.period, self.as_of, api.VERSION, "", "", request.signed, (), told)
        return Outcome(Asked(*of, balances.value or (), payments.value or ()))

    def _evaluated(self) -> Outcome[Outputs]:
        """The run that a closing rests on; data that was refused is no ground for one."""
        request = self.request
        done = request.given(request.data).evaluate(self.program, self.as_of, request.spec.parent, api.VERSION)
        return Outcome(None if has_errors(done.diagnostics) else done.value, done.diagnostics)

    def _frozen(self, outputs: Outputs, plain: IO[bytes] | None) -> Outcome[str]:
        files = kept(outputs, self.request.spec.parent, self.request.data)
        if files.value is None:
            return Outcome(None, files.diagnostics)
        if plain is not None:
            digest = freeze(files.value, plain)
        else:
            with TemporaryFile() as aside:
                digest = freeze(files.value, aside)
        return Outcome(None, (digest,)) if isinstance(digest, Diagnostic) else Outcome(digest)


def _page(program: Program, entry: Entry, *, draft: bool = False) -> str:
    contract = program.spec.contract
    under = f"{contract.agency.value} · {contract.title.value} · {program.contract_id}"
    return page(f"{'Draft, not certified: ' if draft else ''}{title(entry)}", under, certificate(entry))
