"""Texts that formulas look for and no record has: most likely misspelt, where the spec doesn't list the values."""

from collections.abc import Iterator

from acmspec.facts.numbers import present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import Table
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.ground.nearest import nearest
from acmspec.program.record import Column, Compare, Constant, Defined, FieldValue, OneOf, Record
from acmspec.program.relocate import parts
from acmspec.program.tree import Program, Store, StoredColumn
from acmspec.program.types import TextType
from acmspec.query.dialect import Dialect

_MOST_VALUES = 2_000

NEVER_THERE = Problem(
    "ACM491",
    "a text that no record has",
    "A formula looks for this text, and the field has it nowhere, so that the comparison is never true. Texts are "
    "compared letter for letter.",
    "Correct the text in the formula, or list the field's “values” if it is right and only not there yet.",
    "A code used in a definition must be one that the records use.",
    Severity.WARNING,
)
PROBLEMS = (NEVER_THERE,)


def sought(program: Program) -> dict[Column, tuple[str, ...]]:
    """The texts that formulas look for in fields whose values are not listed, by field, in order of use."""
    found: dict[Column, dict[str, None]] = {}
    roots = (*program.measures, *(check for store in program.stores for check in store.checks))
    for root in roots:
        for node in parts(root):
            for field, literal in _pairs(node):
                if isinstance(field.type, TextType) and field.type.values is None:
                    found.setdefault(field.column, {}).setdefault(literal)
    return {column: tuple(literals) for column, literals in found.items()}


def _pairs(node: object) -> Iterator[tuple[FieldValue, str]]:
    match node:
        case Compare(operator="=" | "!=", left=left, right=right):
            for one, other in ((_bare(left), _bare(right)), (_bare(right), _bare(left))):
                if isinstance(one, FieldValue) and isinstance(other, Constant) and isinstance(other.value, str):
                    yield one, other.value
        case OneOf(operand=operand, values=values, list_name=""):
            field = _bare(operand)
            if isinstance(field, FieldValue):
                yield from ((field, value) for value in values if isinstance(value, str))
        case _:
            return


def _bare(record: Record) -> Record:
    while isinstance(record, Defined):
        record = record.body
    return record


def unseen(
    backend: Backend, dialect: Dialect, table: Table, literals: dict[Column, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    """What is said of a table with records: each text looked for in one of its fields that none of them has."""
    for column in table.store.columns if table.used else ():
        for literal in _missing(backend, dialect, table.store, column, literals):
            message = f"no record of “{table.store.name}” has “{literal}” in column “{column.column}”"
            close = "" if column.private else _nearest(backend, dialect, table.store, column, literal)
            place = DataPlace(table.reading.shown, column=column.column)
            yield NEVER_THERE.at(place, message, path=table.path(column), fix=close)


def _missing(
    backend: Backend, dialect: Dialect, store: Store, column: StoredColumn, literals: dict[Column, tuple[str, ...]]
) -> list[str]:
    of = column.of
    folded = of if isinstance(of, TextType) and of.folded else None
    name, lost = dialect.name, []
    for literal in literals.get(Column(store.name, column.name), ()):
        sql = dialect.text(literal) if folded is None else dialect.folded(dialect.text(literal), folded.spellings)
        if not backend.rows(f"SELECT 1 FROM {name(store.name)} WHERE {name(column.name)} = {sql} LIMIT 1"):
            lost.append(literal)
    return lost


def _nearest(backend: Backend, dialect: Dialect, store: Store, column: StoredColumn, literal: str) -> str:
    """The nearest text that records have, with how many have it; "" if none is near."""
    name = dialect.name
    rows = backend.rows(
        f"SELECT {name(column.name)} AS v, COUNT(*) AS n FROM {name(store.name)} WHERE {name(column.name)} IS NOT NULL"
        f" GROUP BY v ORDER BY n DESC, v LIMIT {_MOST_VALUES}"
    )
    counts = {present(text(value)): whole(count) for value, count in rows}
    close = nearest(literal, counts)
    if not close:
        return ""
    return f"Did you mean “{close}”, which stands in {counts[close]:,} record{'s' if counts[close] != 1 else ''}?"
