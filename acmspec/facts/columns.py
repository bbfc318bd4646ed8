"""Which columns of a file hold the fields of a table, or what stands against reading them; knows no engine."""

from unicodedata import normalize

from acmspec.facts.ports import Scan
from acmspec.facts.problems import NO_COLUMN, TWO_COLUMNS
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.nearest import nearest
from acmspec.program.tree import Store, StoredColumn


def columns_of(store: Store) -> tuple[str, ...]:
    """The columns that a store needs, once each."""
    return tuple(dict.fromkeys(plain_name(one.column) for one in store.columns))


def needed_of(store: Store, scan: Scan, provider: str) -> tuple[tuple[str | None, ...], tuple[Diagnostic, ...]]:
    """The file's names of the store's columns, once each, and what stands against reading them.

    In a file of one provider the column that names it may be missing: there it can only be that one.
    """
    found: dict[str, str | None] = {}
    faults: list[Diagnostic] = []
    for column in store.columns:
        twins = _named(column.column, scan)
        path = f"data.{store.name}.fields.{column.name}"
        place = DataPlace(scan.shown, column=column.column)
        if len(twins) == 1:
            found.setdefault(plain_name(column.column), twins[0])
        elif twins:
            message = f"the {_kind(scan)} has {len(twins)} columns called “{column.column}”"
            faults.append(TWO_COLUMNS.at(place, message, path=path))
        elif provider and column.name == store.each:
            found.setdefault(plain_name(column.column), None)
        else:
            message = f"the {_kind(scan)} has no column “{column.column}”"
            faults.append(NO_COLUMN.at(place, message, path=path, fix=_offered(column, scan)))
    is_other = scan.format != "table" and not any(found.values()) and len(faults) > 1
    if is_other and all(one.problem is NO_COLUMN for one in faults):
        return (), (_no_header(store, scan),)
    return tuple(found.values()), tuple(faults)


def _offered(column: StoredColumn, scan: Scan) -> str:
    """What to write where the file calls a column nearly so; upper and lower case count in its names."""
    near = nearest(column.column, scan.columns)
    return f"Write “column: {near}” under the field “{column.name}”, or rename the column." if near else ""


def _kind(scan: Scan) -> str:
    return "table" if scan.format == "table" else "file"


def _no_header(store: Store, scan: Scan) -> Diagnostic:
    """What is said where not a single column is there: the header is another one, or stands further below."""
    first = ", ".join(f"“{one}”" for one in scan.columns[:3])
    message = f"the file has none of the {len(store.columns)} columns of “{store.name}”; it begins with {first}"
    return NO_COLUMN.at(
        DataPlace(scan.shown),
        message,
        path=f"data.{store.name}.fields",
        cause="The first line of a data file names its columns, and this one names none that the spec knows.",
        fix="If a title or a note stands above the header, remove it or say which line the header is: “format: "
        "{header_row: 3}”; otherwise check that this is the right file.",
    )


def plain_name(name: str) -> str:
    """A name of a column in normal form, without outer blanks."""
    return normalize("NFC", name.strip())


def _named(column: str, scan: Scan) -> list[str]:
    """The file's columns of a name; all that differ in case only, where the format's reader can't tell them apart."""
    same = [one for one in scan.columns if plain_name(one) == plain_name(column)]
    if same and scan.option("fold"):
        return [one for one in scan.columns if one.lower() == same[0].lower()]
    return same
