"""Code lists from files: each code once, with what it means where the file says it."""

from dataclasses import replace

from acmspec.enclosed.desk import Desk, Rows
from acmspec.ground.source import Located
from acmspec.spec.enclosures import CodeList, Enclosed


def with_codes(listed: CodeList, desk: Desk) -> CodeList:
    """The list with the codes of its file; without a file it is whole already."""
    return listed if listed.file is None else _read(listed, listed.file, desk)


def _read(listed: CodeList, source: Enclosed, desk: Desk) -> CodeList:
    path = f"lists.{listed.name.value}"
    sheet = desk.sheet(source.file, path)
    if sheet is None:
        return listed
    column = desk.column(sheet, source.column, f"{path}.column")
    label = None if source.label is None else desk.column(sheet, source.label, f"{path}.label")
    if column is None:
        return listed
    rows, first = Rows(desk, sheet, path), dict[str, int]()
    labels: list[tuple[str, str]] = []
    for row in sheet.rows:
        code = row.cells[column]
        if not code:
            rows.empty(row, source.column.value)
        elif code in first:
            rows.twice(row, source.column.value, code, first[code])
        else:
            first[code] = row.line
            if label is not None and row.cells[label]:
                labels.append((code, row.cells[label]))
    rows.finish()
    codes = tuple(Located(code, source.file.span) for code in first)
    return replace(listed, codes=codes, labels=tuple(labels))
