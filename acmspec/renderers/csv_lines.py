"""Rows of text as CSV bytes, which the flat tables share; it knows no table.

The standard library's writer leaves a lone carriage return unquoted in some versions of Python, and the bytes must be
the same in all.
"""

from collections.abc import Iterable

_TO_QUOTE = frozenset(',"\r\n')


def encode(rows: Iterable[Iterable[str]]) -> bytes:
    """UTF-8, lines ending in a line feed; a text is quoted only where a comma, quote or line end makes it necessary."""
    return "".join(",".join(_cell(text) for text in row) + "\n" for row in rows).encode()


def _cell(text: str) -> str:
    if _TO_QUOTE.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
