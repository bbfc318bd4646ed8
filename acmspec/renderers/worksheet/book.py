"""A workbook with few looks and safe cells, over the library that writes the file; what stands in it is not known here.

Text is always written as text: nothing that came with the data is ever read as a formula.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from acmspec.ground import currency as currencies
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.renderers.archive import packed
from acmspec.renderers.word_marks import plain
from acmspec.renderers.worksheet.figures import Names, serial
from acmspec.renderers.worksheet.library import Parted, Rows, letters
from acmspec.renderers.worksheet.whole import Whole, cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format

AGREES, DIFFERS, TYPED = "agrees", "differs", "not recalculated"
"""What a check says; the last where a number has more digits than a spreadsheet is exact in."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""There is no clock; a file must have some date."""
_LONGEST_TITLE, _LONGEST_TEXT = 31, 32_767
_LINE_HEIGHT, _LINE_LENGTH = 12.5, 170
_NOT_IN_TITLES = pattern(r"[\[\]:*?/\\]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_FONT = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
_INPUT, _LINE, _GREY = "#FFF6DC", "#BFBFBF", "#595959"

Look = Mapping[str, object]
INPUT: Look = {"bg_color": _INPUT, "border": 1, "border_color": _LINE}
HEAD: Look = {"bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom"}
TITLE: Look = {"bold": True, "font_size": 13}
STRONG: Look = {"bold": True}
QUIET: Look = {"font_color": _GREY}
WRAPPED: Look = {"text_wrap": True, "valign": "top"}
TOTAL: Look = {"bold": True, "top": 1}
RIGHT: Look = {"align": "right"}
_TEXT: Look = {"align": "left", "indent": 1}
_GUARDED: Look = {"quote_prefix": True}
NUMBER: Look = {"num_format": "#,##0.######"}
COUNT: Look = {"num_format": "#,##0"}
DAY: Look = {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1}
"""Cells of text stand a little off the numbers before them."""


@node
class Checked:
    """A column of checks: the sheet it is on, its cells, how many there are, and what they say."""

    title: str
    cells: str
    said: tuple[str, ...]


@node
class Column:
    """A term or limit: its title, its lines' name, and the cells with providers' numbers, days and cents."""

    title: str
    line: str
    numbers: str
    days: str
    cents: str


class Book:
    """A workbook in the making."""

    def __init__(self, title: str, agency: str, currency: str) -> None:
        self._book = Parted()
        self._book.set_properties({"title": _bounded(title, 255), "author": _bounded(agency, 255), "created": _EPOCH})
        self._book.set_size(2400, 1400)
        self._looks: dict[tuple[tuple[str, object], ...], Format] = {}
        self._known: dict[tuple[int, ...], tuple[tuple[Look, ...], Format]] = {}
        self._titles: set[str] = {"history"}
        self.currency = currency
        before = currencies.before(currency)
        self.money: Look = {"num_format": f'"{before}"#,##0.00;-"{before}"#,##0.00'}
        self.names = Names()
        self.checked: list[Checked] = []

    def sheet(self, title: str) -> "Sheet":
        """A new sheet at the end; its title is made fit and kept apart from others."""
        fit = _NOT_IN_TITLES.sub(" ", plain(title)).strip(" '")[:_LONGEST_TITLE] or "Sheet"
        found, count = fit, 1
        while found.casefold() in self._titles:
            count += 1
            found = f"{fit[: _LONGEST_TITLE - len(str(count)) - 1]} {count}"
        self._titles.add(found.casefold())
        return Sheet(self, self._book.add_worksheet(found, Rows), found)

    def name(self, name: str, cells: str) -> None:
        """Give cells, absolute and with their sheet, a name."""
        self._book.define_name(name, f"={cells}")

    def look(self, *looks: Look) -> "Format":
        """Several looks in one; most cells look like one before, and are not worked out again."""
        same = tuple(map(id, looks))
        known = self._known.get(same)
        if known is None:
            # Kept with it, so that no other look gets the identity of one of these.
            known = self._known[same] = looks, self._made_of(looks)
        return known[1]

    def _made_of(self, looks: tuple[Look, ...]) -> "Format":
        properties = dict(_FONT)
        for one in looks:
            properties |= one
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(properties)
        return self._looks[key]

    def bytes(self) -> bytes:
        """The whole file; nothing can be written afterwards."""
        return packed(self._book.parts())


class Sheet:
    """One sheet; rows and columns are counted from 0."""

    def __init__(self, book: Book, made: Rows, title: str) -> None:
        self.book = book
        self.title = title
        self._made = made
        self._counted = book.look(COUNT)
        self._quoted = "'" + title.replace("'", "''") + "'"
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(1)
        made.fit_to_pages(1, 0)
        made.set_margins(0.5, 0.5, 0.6, 0.6)
        made.set_footer("&L&8&A&R&8&P / &N")

    def text(self, row: int, column: int, words: str, *looks: Look) -> None:
        """Words, as text whatever they begin with."""
        guard = (_GUARDED,) if words.startswith(_FORMULA_SIGNS) else ()
        self._made.put_text(row, column, _bounded(words, _LONGEST_TEXT), self.book.look(_TEXT, *looks, *guard))

    def prose(self, row: int, columns: int, words: str) -> None:
        """A paragraph over some columns from the first on, as high as it needs to be."""
        self._made.merge_range(row, 0, row, columns - 1, "")
        for column in range(columns):
            self.blank(row, column, _TEXT, QUIET, WRAPPED)
        self.text(row, 0, words, QUIET, WRAPPED)
        self.height(row, _LINE_HEIGHT * (1 + len(words) // _LINE_LENGTH))

    def head(self, row: int, column: int, words: str, *, right: bool = False) -> None:
        """The head of a column, over its numbers if they stand on the right."""
        self.text(row, column, words, HEAD, {"align": "right", "indent": 0} if right else {})

    def number(self, row: int, column: int, value: Fraction | int, *looks: Look) -> None:
        """A number that is typed, not worked out."""
        self._made.put_number(row, column, float(value), self.book.look(*looks))

    def day(self, row: int, column: int, day: date, *looks: Look) -> None:
        """A day."""
        self.number(row, column, serial(day), DAY, *looks)

    def blank(self, row: int, column: int, *looks: Look) -> None:
        """An empty cell with a look."""
        self._made.put_blank(row, column, self.book.look(*looks))

    def formula(self, row: int, column: int, text: str, value: Fraction | int | str, *looks: Look) -> None:
        """A formula, without the sign of equality, and what it comes to."""
        if isinstance(value, str):
            self._made.put_formula(row, column, text, value, self.book.look(_TEXT, *looks))
        else:
            self._made.put_formula(row, column, text, float(value), self.book.look(*looks))

    def whole(self, row: int, column: int, of: Whole, *looks: Look) -> Whole:
        """A formula of whole numbers; gives the cell it stands in."""
        if looks:
            self.formula(row, column, of.text, of.value, COUNT, *looks)
        else:
            self.count(row, column, of.text, of.value)
        return self.cell(row, column, of.value)

    def count(self, row: int, column: int, text: str, value: int) -> None:
        """A formula that comes to a whole number."""
        self._made.put_formula(row, column, text, float(value), self._counted)

    def cell(self, row: int, column: int, value: int = 0) -> Whole:
        """A cell of this sheet, for formulas of this sheet."""
        return cell(at(row, column), value)

    def near(self, row: int, column: int, last_row: int) -> str:
        """Cells below one another, fixed, for formulas of this sheet."""
        return fixed(row, column, last_row)

    def far(self, row: int, column: int, last_row: int | None = None) -> str:
        """A cell, or the cells below it, fixed and with the sheet, for formulas of other sheets and for names."""
        return f"{self._quoted}!{fixed(row, column, row if last_row is None else last_row)}"

    def columns(self, widths: Sequence[float]) -> None:
        """How wide the columns are, from the first on."""
        for place, width in enumerate(widths):
            self._made.set_column(place, place, width, self.book.look())

    def folded(self, first: int, last: int, widths: Sequence[float]) -> None:
        """Some columns out of sight until the reader opens them."""
        for place in range(first, last + 1):
            self._made.set_column(place, place, widths[place], self.book.look(), {"level": 1, "hidden": True})
        self._made.set_column(last + 1, last + 1, widths[last + 1], self.book.look(), {"collapsed": True})

    def height(self, row: int, points: float) -> None:
        """How high a row is."""
        self._made.put_height(row, points)

    def table(self, head: int, last_row: int, last_column: int, fixed_columns: int) -> None:
        """Keep the head in sight, repeat it on paper, and offer filters."""
        self._made.freeze_panes(head + 1, fixed_columns)
        self._made.repeat_rows(head)
        if last_row > head:
            self._made.autofilter(head, 0, last_row, last_column)

    def paper(self, last_row: int, last_column: int) -> None:
        """What is printed."""
        self._made.print_area(0, 0, last_row, last_column)

    def check(self, first: int, column: int, said: list[str], title: str = "") -> None:
        """Colour a column of checks, and count it in the audit, by the sheet's title if no other is given."""
        last = first + len(said) - 1
        if not said:
            return
        for words, look in (
            (AGREES, {"font_color": "#2E6B34"}),
            (DIFFERS, {"font_color": "#FFFFFF", "bg_color": "#B3261E", "bold": True}),
            (TYPED, {"font_color": "#7A4F00", "bg_color": "#FCE8B2"}),
        ):
            rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": self.book.look(look)}
            self._made.conditional_format(first, column, last, column, rule)
        held = tuple(one for one in said if one)
        self.book.checked.append(Checked(title or self.title, self.far(first, column, last), held))


def at(row: int, column: int) -> str:
    """A cell's address on its sheet: `B7`."""
    return f"{letters(column)}{row + 1}"


def fixed(row: int, column: int, last_row: int) -> str:
    """Cells below one another, fixed: `$B$7:$B$9`, or one: `$B$7`."""
    name = letters(column)
    first = f"${name}${row + 1}"
    return first if last_row == row else f"{first}:${name}${last_row + 1}"


@lru_cache(maxsize=1024)
def _bounded(words: str, longest: int) -> str:
    """Text on one line that fits, without what XML can't hold."""
    line = plain(words)
    return line if _length(line) <= longest else f"{_first(line, longest - 1)}…"


def _length(words: str) -> int:
    """How long a spreadsheet takes a text to be: letters beyond the first 65,536 count twice."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2


def _first(words: str, length: int) -> str:
    return words.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
