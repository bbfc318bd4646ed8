"""The clauses that a workbook quotes, by the spec path they came from, with their numbers; writes nothing."""

from collections.abc import Iterator

from acmspec.renderers.worksheet.figures_sheet import Clause
from acmspec.report.clauses_numbering import numbers
from acmspec.report.tree import Article, Paragraph, Run

NONE = Clause("", "")


class Quoted:
    """The paragraphs of an article by their anchors; of a section, its first paragraph."""

    def __init__(self, article: Article) -> None:
        self._numbers = numbers(article)
        self._first: dict[str, Paragraph] = {}
        for section in article.sections:
            for one in (block for block in section.blocks if isinstance(block, Paragraph)):
                self._first.setdefault(section.anchor, one)
                self._first.setdefault(one.anchor, one)

    def of(self, anchor: str) -> Clause:
        """The clause of a spec path, empty where the article has none."""
        paragraph = self._first.get(anchor)
        return NONE if paragraph is None else Clause(self._numbers.get(anchor, ""), "".join(self._text(paragraph)))

    def _text(self, paragraph: Paragraph) -> Iterator[str]:
        for one in paragraph.inlines:
            yield one.text if isinstance(one, Run) else self._numbers.get(one.anchor, "")
        for item in paragraph.items:
            yield " "
            yield from self._text(item)
