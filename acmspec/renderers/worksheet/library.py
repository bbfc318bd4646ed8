"""The library that writes workbooks, but for its slow parts: rows and the archive; what stands in a row is not known.

The library keeps each cell as an object and takes it apart again as it writes, which would be most of the time of a
workbook of ten thousand formulas. Here a cell is kept as the text that it becomes, and the parts of the file are packed
once, as those of other files are.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_BLOCK = 16
"""So many rows are said together how far they reach."""
_PIXEL = 0.75
"""In points; heights are whole pixels."""

Cell = tuple[Format, str]
"""How a cell looks, and what follows that in the file."""


class Rows(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet of the library of which the rows are written here; rows and columns are counted from 0."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: dict[int, dict[int, Cell]] = {}
        self._heights: dict[int, float] = {}

    def put_height(self, row: int, points: float) -> None:
        """How high a row is."""
        self._heights[row] = int(points / _PIXEL + 0.5) * _PIXEL

    def put_text(self, row: int, column: int, words: str, look: Format) -> None:
        """Words, which the library keeps once for all sheets."""
        place = self.str_table._get_shared_string_index(words)  # noqa: SLF001  (as the library's own cells do)
        self._put(row, column, look, f' t="s"><v>{place}</v></c>')

    def put_number(self, row: int, column: int, number: float, look: Format) -> None:
        """A number."""
        self._put(row, column, look, f"><v>{number:.16G}</v></c>")

    def put_formula(self, row: int, column: int, text: str, value: float | str, look: Format) -> None:
        """A formula, without the sign of equality, and what it comes to."""
        if not isinstance(value, str):
            self._put(row, column, look, f"><f>{escape(text, quote=False)}</f><v>{value}</v></c>")
            return
        kind = ' t="str"' if value else ""
        said = escape(value, quote=False)
        self._put(row, column, look, f"{kind}><f>{escape(text, quote=False)}</f><v>{said}</v></c>")

    def put_blank(self, row: int, column: int, look: Format) -> None:
        """An empty cell."""
        self._put(row, column, look, "/>")

    def _put(self, row: int, column: int, look: Format, rest: str) -> None:
        cells = self._cells.get(row)
        if cells is None:
            cells = self._cells[row] = {}
        cells[column] = look, rest

    def _assemble_xml_file(self) -> None:
        for row in self._heights:
            self._cells.setdefault(row, {})
        for row, cells in self._cells.items():
            self._check_dimensions(row, min(cells, default=0))
            self._check_dimensions(row, max(cells, default=0))
        super()._assemble_xml_file()
        if self._cells:
            raise ValueError("the library did not ask for the rows of a sheet")

    def _write_rows(self) -> None:
        spans, styles = self._spans(), dict[Format, int]()
        for row in sorted(self._cells):
            cells, span, points = self._cells.pop(row), spans.get(row // _BLOCK), self._heights.get(row)
            said = "" if span is None else f' spans="{span}"'
            high = "" if points is None else f' ht="{points:.16g}" customHeight="1"'
            inside = f">{''.join(_written(row, cells, styles))}</row>" if cells else "/>"
            self.fh.write(f'<row r="{row + 1}"{said}{high}{inside}')

    def _spans(self) -> dict[int, str]:
        """The first and the last column in use of each block of rows, counted from 1."""
        ends: dict[int, tuple[int, int]] = {}
        for row, cells in self._cells.items():
            if cells:
                first, last = ends.get(row // _BLOCK, (self.xls_colmax, 0))
                ends[row // _BLOCK] = min(first, *cells), max(last, *cells)
        return {block: f"{first + 1}:{last + 1}" for block, (first, last) in ends.items()}


def _written(row: int, cells: dict[int, Cell], styles: dict[Format, int]) -> Iterator[str]:
    """The cells of a row; a look gets its number from the library when it is first met."""
    number = row + 1
    for column in sorted(cells):
        look, rest = cells[column]
        style = styles.get(look)
        if style is None:
            style = styles[look] = look._get_xf_index()  # noqa: SLF001  (as the library's own cells do)
        yield f'<c r="{letters(column)}{number}" s="{style}"{rest}'


@cache
def letters(column: int) -> str:
    """What a column is called."""
    found, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        found = chr(ord("A") + digit) + found
    return found


class Parted(Workbook):  # type: ignore[misc]  # the library has no types
    """A workbook of the library that gives the parts of a file, and writes none."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), {"in_memory": True})
        self._parts = _Parts()

    def parts(self) -> Mapping[str, bytes]:
        """All parts by name; nothing can be written afterwards."""
        self.close()
        return self._parts.made

    def _get_packager(self) -> "_Parts":
        return self._parts


class _Parts(Packager):  # type: ignore[misc]  # the library has no types
    """What packs the parts of a file, kept from packing them: it would do so for a file that is packed again."""

    made: Mapping[str, bytes]

    def _create_package(self) -> list[object]:
        self.made = {name: text.getvalue().encode() for text, name, _ in super()._create_package()}
        return []
