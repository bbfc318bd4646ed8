"""The numbers that an article's parts come to have, for renderers that write them as text; a pure count."""

from collections.abc import Iterator, Sequence

from acmspec.english.marks import mark
from acmspec.report.tree import Article, Paragraph


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
