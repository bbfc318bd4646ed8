"""Records with one key: equal ones are dropped or refused as the spec says, different ones always close the gate."""

from dataclasses import replace
from functools import partial

from acmspec.facts.numbers import whole
from acmspec.facts.ports import Backend
from acmspec.facts.problems import CONFLICTING_KEY, DUPLICATE_RECORD
from acmspec.facts.table import MASK, SHOWN, Pointing, Table
from acmspec.facts.tallies import Counted, count, provider_column, told
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER

_DROP = "drop exact"
_DENSE, _MOST_BITS = 64, 500_000_000
"""How many bits a record may cost, and all of them together."""


def settle_duplicates(backend: Backend, dialect: Dialect, table: Table) -> None:
    """Drop exact duplicates where the spec says so; report all others and close the gate."""
    store = table.store
    if not store.key:
        return
    if not _has_repeated(backend, dialect, table):
        return
    repeated = f"{store.name} repeated"
    backend.make(repeated, _repeated(dialect, table))
    _settle(backend, dialect, table, repeated)
    backend.drop(repeated)


def _has_repeated(backend: Backend, dialect: Dialect, table: Table) -> bool:
    """Whether some records have one key."""
    name = dialect.name(table.store.name)
    key = ", ".join(dialect.name(one) for one in table.store.key)
    columns = [one for one in table.store.columns if one.name in table.store.key]
    if len(columns) == 1 and columns[0].type == "integer":
        # Numbers are mostly given one after the other, and bits take a tenth of the time and room of a table of them.
        found = backend.rows(f"SELECT MIN({key}), MAX({key}), COUNT({key}), COUNT(*) FROM {name}")[0]
        low, high, known, count = (0 if one is None else whole(one) for one in found)
        different = dialect.different(key, low, high)
        if different and known == count and high - low < min(_DENSE * count, _MOST_BITS):
            return whole(backend.rows(f"SELECT {different} FROM {name}")[0][0]) < count
    return bool(backend.rows(f"SELECT 1 FROM {name} GROUP BY {key} HAVING COUNT(*) > 1 LIMIT 1"))


def _repeated(dialect: Dialect, table: Table) -> str:
    """The records whose key others have, too: mostly few, so that nothing costly is asked of all.

    Beside each stand the numbers of the first one with its key, and of the first one that is equal to it.
    """
    name = dialect.name(table.store.name)
    columns = [one for one in table.store.columns if one.name in table.store.key]
    key = ", ".join(dialect.name(one.name) for one in columns)
    every = ", ".join(dialect.name(one.name) for one in table.store.columns)
    on = " AND ".join(
        f"t.{dialect.name(one.name)} {'IS NOT DISTINCT FROM' if one.optional else '='} g.{dialect.name(one.name)}"
        for one in columns
    )
    shared = (
        f"SELECT t.* FROM {name} AS t JOIN (SELECT {key} FROM {name} GROUP BY {key} HAVING COUNT(*) > 1) AS g ON {on}"
    )
    return (
        f'SELECT *, FIRST_VALUE({NUMBER}) OVER (PARTITION BY {key} ORDER BY {NUMBER}) AS "#first",'
        f' FIRST_VALUE({NUMBER}) OVER (PARTITION BY {every} ORDER BY {NUMBER}) AS "#same" FROM ({shared}) AS p'
    )


def _settle(backend: Backend, dialect: Dialect, table: Table, repeated: str) -> None:
    store, source = table.store, dialect.name(repeated)
    same, differs = f'{NUMBER} <> "#same"', f'{NUMBER} = "#same" AND "#same" <> "#first"'
    at = provider_column(table)
    whose = "" if at is None else dialect.name(store.columns[at].name)
    kinds = [Counted("duplicate", DUPLICATE_RECORD.code, "", same), Counted("other", CONFLICTING_KEY.code, "", differs)]
    counts = count(backend, source, whose, kinds)
    duplicates, others = (sum(one[index] for one in counts.values()) for index in (0, 1))
    _report(backend, dialect, table, CONFLICTING_KEY, others, f'"#first" AS "#other", * FROM {source} WHERE {differs}')
    if store.duplicates != _DROP:
        pairs = f'"#same" AS "#other", * FROM {source} WHERE {same}'
        _report(backend, dialect, table, DUPLICATE_RECORD, duplicates, pairs)
        return
    table.tallies.extend(told(kinds[:1], counts))
    table.duplicates = duplicates
    if duplicates:
        backend.remove(store.name, f"{NUMBER} IN (SELECT {NUMBER} FROM {source} WHERE {same})")


def _report(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    backend: Backend, dialect: Dialect, table: Table, problem: Problem, count: int, selected: str
) -> None:
    key = table.store.key
    if not count:
        return
    table.closed = True
    shown_key = ", ".join(dialect.shown(dialect.name(one)) for one in key)
    rows = backend.rows(
        f'SELECT {NUMBER}, "#other", {shown_key} FROM (SELECT {selected}) AS s ORDER BY {NUMBER} LIMIT {SHOWN}'
    )
    columns = [one for one in table.store.columns if one.name in key]
    is_private = any(one.private for one in columns)
    in_file = ", ".join(one.column for one in columns)
    for row in rows:
        value = MASK if is_private else ", ".join(str(one) for one in row[2:])
        say = partial(_say, problem, in_file, value, table.path())
        table.certain.append(Pointing((whole(row[0]), whole(row[1])), say))
    table.certain.extend(table.more(problem, count - len(rows), in_file, table.path()))


def _say(problem: Problem, columns: str, value: str, path: str, place: DataPlace, other: DataPlace) -> Diagnostic:  # noqa: PLR0913, PLR0917
    what = "is the same record as" if problem is DUPLICATE_RECORD else "has the same key and other values than"
    message = f"the record with the key “{value}” {what} the one on {other.beside(place)}"
    return problem.at(replace(place, column=columns, value=value), message, path=path)
