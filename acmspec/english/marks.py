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
