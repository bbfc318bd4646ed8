"""The numbers that an article's parts come to have, for renderers that write them as text; a pure count."""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase

from acmspec.report.tree import Article, Paragraph

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


def numbers(article: Article) -> dict[str, str]:
    """Each anchor's number, such as `4.2` or `4.2(b)(i)`: a section's if it is one's, else its first paragraph's."""
    found = {section.anchor: f"{article.number}.{at}" for at, section in enumerate(article.sections, 1)}
    for section in article.sections:
        number = found[section.anchor]
        blocks = [block for block in section.blocks if isinstance(block, Paragraph)]
        for anchor, mark_of in _marks(blocks, number, 0):
            found.setdefault(anchor, mark_of)
    return found


def _marks(paragraphs: Sequence[Paragraph], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(paragraphs, 1):
        number = f"{before}{mark(depth, at)}"
        if one.anchor:
            yield one.anchor, number
        yield from _marks(one.items, number, depth + 1)
