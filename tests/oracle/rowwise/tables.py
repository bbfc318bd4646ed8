"""Files to records: cells are typed, bad records left out, gates decided, all by hand."""

import csv
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from acmspec.spec.tree import Contract, Spec
from rowwise import days, moments, periods
from rowwise.numerals import SIGNS

Value = str | bool | date | moments.Moment | periods.Stretch | Fraction | None


@dataclass(eq=False)
class Row:
    """One record: its table, its number in the file, its typed values."""

    table: str
    number: int
    values: dict[str, Value]


@dataclass
class Loaded:
    """A table as it was read."""

    declared: object
    through: date
    begins: date | None
    rows: list[Row] = field(default_factory=list)
    is_open: bool = True
    seen: date | None = None
    """The last day seen of records that may still change on it; none where they are complete to it."""
    by_key: dict[tuple[Value, ...], Row] = field(default_factory=dict)
    by_field: dict[tuple[str, Value], list[Row]] = field(default_factory=dict)

    @property
    def counted_through(self) -> date:
        """The last day that counts of a span still open."""
        return self.through if self.seen is None else self.seen


TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class BadCellError(Exception):
    """A cell that is not of its field's type."""


def load(spec: Spec, table: object, path: Path, data_date: date, failed_check: object) -> Loaded:
    """Read, validate, and close the gate where the law says so. `failed_check(row, condition)` tells a false one."""
    begins = None if table.complete_from is None else table.complete_from.value
    loaded = Loaded(table, through(table, data_date), begins)
    cells = _cells(path)
    if cells is None or any(one.column not in cells[0] for one in table.fields):
        loaded.is_open = False
        return loaded
    header, records = cells
    rows: list[Row] = []
    failed: set[Row] = set()
    invalid = visible = 0
    for number, record in enumerate(records, start=1):
        if _is_hidden(spec, table, header, record, data_date):
            continue
        row = _row(spec, table, header, record, number)
        visible += 1
        if row is None:
            invalid += 1
            continue
        rows.append(row)
        if any(failed_check(row, one) for one in table.checks):
            invalid += 1
            failed.add(row)
    if visible and Fraction(invalid, visible) > table.accept_invalid:
        loaded.is_open = False
    kept = [row for row in _without_doubles(table, rows, loaded) if row not in failed]
    loaded.rows = kept if loaded.is_open else []  # behind a closed gate nothing is counted
    index(loaded)
    return loaded


def close(loaded: Loaded) -> None:
    """Close the gate of a table that was read already."""
    loaded.is_open = False
    loaded.rows.clear()
    loaded.by_key.clear()
    loaded.by_field.clear()


def through(table: object, data_date: date) -> date:
    """The date a table is complete to; nothing is known of days after the data date."""
    if table.complete_through is not None:
        return min(table.complete_through.value, data_date)
    return days.earlier(data_date, table.lag)


def _cells(path: Path) -> tuple[list[str], list[list[str | None]]] | None:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        content = pyarrow.parquet.read_table(path)
        columns = [[_as_text(value) for value in column.to_pylist()] for column in content.columns]
        return content.column_names, [list(record) for record in zip(*columns, strict=True)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    if not lines:
        return None
    return [name.strip() for name in lines[0]], [list(line) for line in lines[1:] if line]


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _row(spec: Spec, table: object, header: list[str], record: list[str | None], number: int) -> Row | None:
    """The record's values, or None if it is invalid."""
    if len(record) != len(header):
        return None
    texts = dict(zip(header, record, strict=True))
    key = {one.value for one in table.key}
    values: dict[str, Value] = {}
    for one in table.fields:
        text = unicodedata.normalize("NFC", (texts[one.column] or "").strip())
        if one.fold:
            text = _spelled(text, one, [agreement.provider.value for agreement in spec.agreements])
        if text in ["", *one.missing]:
            values[one.name.value] = None
            if not one.optional or one.name.value in key:
                return None
            continue
        try:
            values[one.name.value] = _typed(text, one.type, spec.contract)
        except BadCellError:
            return None
        if one.values is not None and text not in [code for code, _ in one.values]:
            return None
    return Row(table.name.value, number, values)


class Folded(str):
    """A text in which upper and lower case are one."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.lower() == other.lower()

    def __hash__(self) -> int:
        return hash(self.lower())

    def __lt__(self, other: str) -> bool:
        return self.lower() < other.lower()

    def __gt__(self, other: str) -> bool:
        return self.lower() > other.lower()


def _spelled(text: str, one: object, providers: list[str]) -> Folded:
    """A text of a folded field, as declared, else in lower case."""
    declared = [code for code, _ in one.values or ()]
    if one.entity is not None and one.entity.value == "provider":
        declared += providers
    return Folded(next((spelling for spelling in declared if spelling.lower() == text.lower()), text.lower()))


def _typed(text: str, kind: str, contract: Contract) -> Value:
    """The value of a cell; an error if it is none of its type."""
    if kind == "text":
        return text
    if kind in {"integer", "decimal", "money"}:
        return _number(text, kind, SIGNS.get(contract.currency, ""))
    found: Value = None
    if kind == "date" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with suppress(ValueError):
            found = date(int(text[:4]), int(text[5:7]), int(text[8:]))
    elif kind == "boolean":
        found = TRUTHS.get(text.lower())
    elif kind == "datetime":
        found = moments.from_cell(text, None if contract.timezone is None else contract.timezone.value)
    elif kind in periods.PATTERNS:
        found = periods.named(text, kind, contract.fiscal_year_starts)
    if found is None:
        raise BadCellError
    return found


def _number(text: str, kind: str, sign: str) -> Fraction:
    if kind == "money":
        text = re.sub(rf"^([+-]?){re.escape(sign)}", r"\1", text)
        if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
            text = text.replace(",", "")
    pattern = r"[+-]?[0-9]+" if kind == "integer" else r"[+-]?[0-9]+(\.[0-9]+)?"
    if not re.fullmatch(pattern, text):
        raise BadCellError
    return Fraction(text)


def _is_hidden(spec: Spec, table: object, header: list[str], record: list[str | None], data_date: date) -> bool:
    """Whether the record was not yet known on the data date, whatever else may be wrong with it."""
    if table.received is None or len(record) != len(header):
        return False
    (field,) = [one for one in table.fields if one.name.value == table.received.value]
    try:
        known = _typed((record[header.index(field.column)] or "").strip(), field.type, spec.contract)
    except BadCellError:
        return False
    return moments.day_of(known) > data_date


def _without_doubles(table: object, rows: list[Row], loaded: Loaded) -> list[Row]:
    """Each key once; two records of one key that are not the same, or may not be the same, close the gate."""
    kept: dict[tuple[Value, ...], Row] = {}
    for row in rows:
        key = tuple(row.values[one.value] for one in table.key)
        if key not in kept:
            kept[key] = row
        elif kept[key].values != row.values or table.duplicates != "drop exact":
            loaded.is_open = False
    return list(kept.values())


def index(loaded: Loaded) -> None:
    """Make its records easy to find."""
    for row in loaded.rows:
        loaded.by_key[tuple(row.values[one.value] for one in loaded.declared.key)] = row
        for name, value in row.values.items():
            if value is not None:
                loaded.by_field.setdefault((name, value), []).append(row)
