"""A closing once more from its frozen rows and its spec, held against the ledger line by line; it changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from acmspec import api
from acmspec.closings.request import Done, Request, failed, opened
from acmspec.closings.rows import Thawed, origins, thawed
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem, has_errors
from acmspec.ledger.asked import Asked
from acmspec.ledger.from_settlement import close as settle
from acmspec.ledger.rows import write
from acmspec.ledger.tree import Change, Entry, Ledger, Origin
from acmspec.vault.frozen import thaw

OTHERWISE = Problem(
    "ACM740",
    "a closing that comes out otherwise",
    "The rows and the spec that were frozen with the closing lead to another line than the ledger holds.",
    "Compare the versions of acmspec, run the version that the closing was made with, and look at both lines.",
    "A certified amount must follow from the records that were kept with it.",
)
NEVER_CLOSED = Problem(
    "ACM741",
    "a period that was not closed",
    "Only a closing that is in the ledger can be repeated.",
    "Name a period that was closed; acmspec ledger show says which there are.",
    "A closing to be repeated must be in the ledger.",
)
PROBLEMS = (OTHERWISE, NEVER_CLOSED)


def replay(request: Request) -> Done:
    """Repeat the closing of a period."""
    checked = api.check(request.spec, allow_outside=request.outside)
    if checked.value is None:
        return failed(checked.diagnostics, unreadable=True)
    program = checked.value
    key = request.passphrase()
    there = opened(request.folder(program), program.contract_id)
    if there.value is None or key.value is None:
        return failed((*key.diagnostics, *there.diagnostics), unreadable=True)
    ledger = there.value.ledger
    entry = ledger.find(lambda one: one.span.name == request.period)
    if entry is None:
        return failed((NEVER_CLOSED.at(None, f"the ledger has no closing of “{request.period}”"),), unreadable=True)
    rows = request.rows_of(program, entry.number)
    with TemporaryDirectory(prefix="acmspec-", ignore_cleanup_errors=True) as aside:
        fault = thaw(rows, str(rows), entry.made.rows_sha256, key.value, Path(aside))
        if fault is not None:
            return failed((fault,), unreadable=True)
        again = _again(request, thawed(Path(aside)), ledger, entry)
    if again.value is None:
        return failed(again.diagnostics)
    differences = tuple(_differences(entry, again.value))
    if differences:
        return failed(differences)
    said = f"closing {entry.number} of {entry.span.name} comes out the same from its rows: {len(entry.lines)} lines, "
    said += f"{len(entry.changes)} differences of earlier periods, {len(entry.origins)} files\n"
    return Done(said, (), api.CLEAN)


def _again(request: Request, at: Thawed, ledger: Ledger, entry: Entry) -> Outcome[Entry]:
    done = api.evaluate(
        at.spec, as_of=entry.span.as_of, data=at.data, allow_outside=True, threads=request.threads,
        memory=request.memory,
    )  # fmt: skip
    if done.value is None or has_errors(done.diagnostics):
        return Outcome(None, done.diagnostics)
    before = ledger.entries[: entry.number - 1]
    until = Ledger(ledger.contract, before, entry.previous)
    references = {one.provider: one.references for one in entry.dues}
    asked = Asked(
        entry.span.name, entry.span.as_of, entry.made.version, done.value.spec_sha256, entry.made.rows_sha256,
        entry.signed, origins(done.value), references, entry.opened, entry.paid,
    )  # fmt: skip
    return settle(done.value.program, done.value.results, done.value.settlement, until, asked)


def _differences(was: Entry, now: Entry) -> Iterator[Diagnostic]:
    """Each line of the closing that is another, or is missing, once it is repeated."""
    one, other = (list(_comparable(entry)) for entry in (was, now))
    for line in (line for line in one if line not in other):
        yield OTHERWISE.at(None, f"the ledger has, and the rows don’t give: {line}")
    for line in (line for line in other if line not in one):
        yield OTHERWISE.at(None, f"the rows give, and the ledger doesn’t have: {line}")


def _comparable(entry: Entry) -> Iterator[str]:
    rows = (*entry.origins, *entry.lines, *entry.changes, *entry.held, *entry.dues, *entry.balances, *entry.accrued)
    for row in (entry.made, *rows):
        # Records were compared with those of the closing before, which may lie elsewhere; names of files are places.
        is_change, is_origin = isinstance(row, Change), isinstance(row, Origin)
        yield write(replace(row, why=()) if is_change else replace(row, file="") if is_origin else row)  # type: ignore[type-var]
