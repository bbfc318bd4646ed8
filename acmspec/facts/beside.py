"""Small files about the records of a table, corrections and disputes, read as rows of text; knows nothing of them."""

from dataclasses import replace
from datetime import date

from acmspec.facts.numbers import present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.reading import Files, place_of
from acmspec.facts.tree import DataFile
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.node import node
from acmspec.program.tree import Program, Store, StoredColumn
from acmspec.query.frames import NUMBER
from acmspec.spec.deliveries import Form


@node
class Row:
    """One row: its values by column, trimmed, "" where there is none, and where it stands."""

    values: dict[str, str]
    place: DataPlace

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def day(self, column: str) -> date | None:
        """The date of a cell; None if it holds none."""
        try:
            found = date.fromisoformat(self.values[column])
        except ValueError:
            return None
        return found if found.isoformat() == self.values[column] else None


@node
class Beside:
    """The rows of such a file, or why it could not be read; and what it is."""

    file: DataFile
    rows: tuple[Row, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def rows_of(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    files: Files, backend: Backend, store: Store, key: str, file: str, columns: tuple[str, ...],
    program: Program, data_date: date,
) -> Beside:  # fmt: skip
    """The rows of the file that a store's `key` names, in order."""
    wanted = tuple(StoredColumn(one, one, "text", True, False, (), None, "") for one in columns)
    of = replace(
        store, name=f"{store.name} {key}", file=file, columns=wanted, deliveries=(), form=Form(), each="", key=()
    )
    loaded = f"{store.name} {key}"
    reading = files.read(of, loaded, program, data_date)
    read = DataFile(reading.shown, reading.sha256, reading.count)
    if reading.faults:
        faults = (replace(one, path=f"data.{store.name}.{key}") for one in reading.faults)
        return Beside(read, faults=tuple(faults))
    dialect = backend.dialect
    cells = [f"{dialect.normal(f'c{place_of(one, reading)}')} AS k{index}" for index, one in enumerate(columns)]
    found = backend.rows(f"SELECT {', '.join([NUMBER, *cells])} FROM {dialect.name(loaded)} ORDER BY {NUMBER}")
    backend.drop(loaded)
    places = reading.places([whole(one[0]) for one in found])
    rows = (
        Row({name: text(value) or "" for name, value in zip(columns, one[1:], strict=True)}, place)
        for one, place in zip(found, places, strict=True)
    )
    return Beside(read, tuple(rows))


def key_of(row: Row, store: Store) -> tuple[str, ...]:
    """The key of the record that a row speaks of; the values of a key of several fields are joined by `; `."""
    parts = [one.strip() for one in row["record"].split(";")] if len(store.key) > 1 else [row["record"]]
    return tuple(present(one) for one in parts)
