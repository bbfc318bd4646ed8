"""A table of a database as a CSV file with the texts that a run would read, record by record; it judges none."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from acmspec.facts.delivered import Folder
from acmspec.facts.numbers import text
from acmspec.facts.ports import Backend
from acmspec.facts.reading import Files
from acmspec.ground.diagnostic import Diagnostic
from acmspec.program.tree import Program, Store
from acmspec.query.frames import NUMBER


def export(store: Store, program: Program, data_date: date, backend: Backend, into: Path) -> Sequence[Diagnostic]:
    """Write the columns that a store needs of its table, record by record in their order; or say why it can't be."""
    loaded = f"{store.name} text"
    reading = Files(backend, (), Folder(into.parent, {}), into.parent).read(store, loaded, program, data_date)
    if not reading.is_read:
        return reading.faults
    cells = ", ".join(f"c{place}" for place in range(len(reading.columns)))
    rows = backend.rows(f"SELECT {cells} FROM {backend.dialect.name(loaded)} ORDER BY {NUMBER}")
    backend.drop(loaded)
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(reading.columns)
        writer.writerows([text(one) or "" for one in row] for row in rows)
    return reading.findings
