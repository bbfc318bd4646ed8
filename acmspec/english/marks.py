"""The marks of a lettered list: (a), then (i), (A), (1) a level further in; a pure count."""

from string import ascii_lowercase, ascii_uppercase

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """A whole number from 1 on in small Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letter(number: int, letters: str = ascii_lowercase) -> str:
    """`a` to `z`, then `aa` to `zz` and so on, as word processors count."""
    times, at = divmod(number - 1, len(letters))
    return letters[at] * (times + 1)


def mark(depth: int, number: int) -> str:
    """The mark of a paragraph: (a) at depth 0, then (i), (A), (1), and round again."""
    shown = (letter(number), roman(number), letter(number, ascii_uppercase), str(number))
    return f"({shown[depth % len(shown)]})"


def place_of(mark_text: str) -> tuple[int, int] | None:
    """The depth and the number of a mark without its brackets, as far as lists go; None if it is none."""
    return _PLACES.get(mark_text)


MOST_ITEMS, MOST_LEVELS = 8, 4
"""How long a list may be and how deep it may go, so that a person can read it; then each mark has one place."""
_PLACES = {
    mark(depth, number)[1:-1]: (depth, number) for depth in range(MOST_LEVELS) for number in range(1, MOST_ITEMS + 1)
}
