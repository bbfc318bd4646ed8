"""Rows of text as CSV bytes, which the flat tables share; it knows no table.

The standard library's writer leaves a lone carriage return unquoted in some versions of Python, and the bytes must be
the same in all.
"""

from collections.abc import Iterable

_TO_QUOTE = frozenset(',"\r\n')


def encode(rows: Iterable[Iterable[str]]) -> bytes:
    """UTF-8, lines ending in a line feed; a text is quoted only where a comma, quote or line end makes it necessary."""
    return "".join(map(_line, rows)).encode()


def _line(row: Iterable[str]) -> str:
    cells = tuple(row)
    plain = ",".join(cells)
    # Most rows have nothing to quote, which is seen at once in the whole.
    if '"' in plain or "\n" in plain or "\r" in plain or plain.count(",") >= len(cells):
        return ",".join(map(_cell, cells)) + "\n"
    return plain + "\n"


def _cell(text: str) -> str:
    if _TO_QUOTE.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
