"""The valid records of a table as they stand in an engine after a run, by their keys; it judges none."""

from collections.abc import Iterator

from acmspec.facts.numbers import text
from acmspec.facts.ports import Backend
from acmspec.program.tree import Store


def records(backend: Backend, store: Store) -> Iterator[tuple[tuple[str, ...], tuple[object, ...]]]:
    """Each record's key as text, and its values."""
    name, shown = backend.dialect.name, backend.dialect.shown
    columns = [*(shown(name(one)) for one in store.key), *(name(one.name) for one in store.columns)]
    width = len(store.key)
    for row in backend.rows(f"SELECT {', '.join(columns)} FROM {name(store.name)}"):
        yield tuple(text(one) or "" for one in row[:width]), tuple(row[width:])
