"""Which records an earlier line rests on otherwise than at the last closing: late, changed or withdrawn; how many."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from acmspec import api
from acmspec.backends.duckdb import DuckDB
from acmspec.closings.request import Request
from acmspec.closings.rows import thawed
from acmspec.facts import disputes
from acmspec.facts.valid import records
from acmspec.given import Given
from acmspec.ground.node import node
from acmspec.ledger.from_settlement import behind
from acmspec.ledger.tree import Entry, Key, Ledger, Why
from acmspec.program.tree import Program, Store
from acmspec.vault.frozen import thaw

LATE = "late records"
CHANGED = "corrected records"
AS_THEY_WERE = f"{CHANGED}, as they were"
WITHDRAWN = "withdrawn records"
NOT_COMPARED = "its records could not be compared with those of the last closing"

_Records = dict[tuple[str, ...], tuple[object, ...]]
_Keys = Mapping[str, Sequence[tuple[str, ...]]]


@node
class Compared:
    """What is told of the records behind lines, and how many corrected ones each line rested on before and does now.

    `is_complete` is whether the rows of the last closing were there to be compared.
    """

    told: Mapping[Key, tuple[Why, ...]] = {}
    was: Mapping[Key, int | None] = {}
    now: Mapping[Key, int | None] = {}
    is_complete: bool = True


def why(request: Request, program: Program, as_of: date, ledger: Ledger, keys: Sequence[Key]) -> Compared:
    """What is told of the records behind some lines; that nothing is, if the rows of the last closing are not here."""
    if not keys:
        return Compared()
    unknown = Compared({one: (Why(NOT_COMPARED, None),) for one in keys}, is_complete=False)
    last = ledger.entries[-1]
    key = request.passphrase().value
    rows = request.rows_of(program, last.number)
    with TemporaryDirectory(prefix="acmspec-", ignore_cleanup_errors=True) as aside:
        if key is None or thaw(rows, str(rows), last.made.rows_sha256, key, Path(aside) / "old") is not None:
            return unknown
        was = _of_last(request, last, Path(aside) / "old")
        now = _Side(program, as_of, request.spec.parent, request.data, request)
        return _compared(was, now, keys, Path(aside)) if was else unknown


@node
class _Side:
    """A spec with its data: of the last closing, or of now."""

    program: Program
    as_of: date
    folder: Path
    data: Mapping[str, str | Path]
    request: Request

    def valid(self) -> dict[str, _Records]:
        """The valid records of each table, by key."""
        backend = DuckDB(threads=self.request.threads, memory=self.request.memory)
        try:
            given = Given(dict(self.data), {}, {}, outside=True, backend=backend)
            given.evaluate(self.program, self.as_of, self.folder, api.VERSION)
            return {one.name: dict(records(backend, one)) for one in self.program.stores}
        finally:
            backend.close()

    def counts(self, marked: _Keys, aside: Path) -> dict[Key, int | None]:
        """How many of the marked records each line rests on; None where that can't be told, nothing where it is none.

        A dispute marks a record, and counts where it bears on a result; so these are counted as if in dispute.
        """
        if not any(marked.values()):
            return {}
        stores = tuple(replace(one, disputes=_written(one, marked, self.as_of, aside)) for one in self.program.stores)
        given = Given(dict(self.data), {}, {}, outside=True, threads=self.request.threads, memory=self.request.memory)
        done = given.evaluate(replace(self.program, stores=stores), self.as_of, self.folder, api.VERSION)
        if done.value is None:
            return {}
        found: dict[Key, int | None] = {}
        for term in self.program.payments.terms:
            for key, one in behind(self.program, done.value.results, term):
                if one.disputed != 0:
                    # Two measures of a scorecard may rest on the same record.
                    found[key] = None if key in found else one.disputed
        return found


def _of_last(request: Request, last: Entry, folder: Path) -> _Side | None:
    at = thawed(folder)
    checked = api.check(at.spec, allow_outside=True)
    if checked.value is None:
        return None
    return _Side(checked.value, last.span.as_of, at.spec.parent, at.data, request)


def _written(store: Store, marked: _Keys, as_of: date, aside: Path) -> str:
    """A file that marks records of a table; "" where none is marked."""
    keys = marked.get(store.name, ())
    if not keys:
        return ""
    place = aside / f"{store.name}.csv"
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(disputes.COLUMNS)
        writer.writerows(("; ".join(one), "acmspec", "compared", as_of.isoformat(), "") for one in keys)
    return str(place)


def _compared(was: _Side, now: _Side, keys: Sequence[Key], aside: Path) -> Compared:
    before, after = was.valid(), now.valid()
    late: dict[str, list[tuple[str, ...]]] = {}
    changed: dict[str, list[tuple[str, ...]]] = {}
    gone: dict[str, list[tuple[str, ...]]] = {}
    for table in before.keys() & after.keys():
        old, new = before[table], after[table]
        late[table] = sorted(new.keys() - old.keys())
        gone[table] = sorted(old.keys() - new.keys())
        changed[table] = sorted(one for one in new.keys() & old.keys() if new[one] != old[one])
    found = {
        LATE: now.counts(late, aside),
        WITHDRAWN: was.counts(gone, aside),
        CHANGED: now.counts(changed, aside),
        AS_THEY_WERE: was.counts(changed, aside),
    }
    told: dict[Key, tuple[Why, ...]] = {}
    for key in keys:
        some = {reason: counts[key] for reason, counts in found.items() if key in counts}
        if some.get(CHANGED, -1) == some.get(AS_THEY_WERE):
            # The same number here before and now: one way of saying it is enough.
            del some[AS_THEY_WERE]
        told[key] = tuple(Why(reason, records) for reason, records in some.items())
    return Compared(told, found[AS_THEY_WERE], found[CHANGED])
