"""The clauses as Markdown that pastes cleanly: numbers are written out, cross-references carry the number they mean."""

import re
from collections.abc import Iterator, Mapping, Sequence

from acmspec.english.marks import mark
from acmspec.report.clauses_numbering import numbers
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Clauses, Grid, Inline, Paragraph, Reference, Section

FILE = "clauses.md"

_SPECIAL = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(?=[#+=>-])|(?<=^\d)(?=[.)]\s)|(?<=^\d\d)(?=[.)]\s)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Spaces at the start of a line mean code in Markdown; this one is kept as it stands, also when pasted.
_INDENT = "\u2003"


def render(outputs: Outputs) -> bytes:
    """The clauses of a run as a Markdown file in UTF-8."""
    return text(outputs.clauses).encode("utf-8", "replace")


def text(clauses: Clauses) -> str:
    """The clauses as Markdown."""
    return "\n\n".join(_blocks(clauses)) + "\n"


def page(title: str, under: str, sections: Sequence[Section]) -> str:
    """A page of sections that is no part of the contract: headings, paragraphs and tables without numbers."""
    blocks = [f"# {escaped(title)}", f"*{escaped(under)}*"]
    for section in sections:
        blocks.append(f"## {escaped(section.title)}")
        blocks += [_grid(one) if isinstance(one, Grid) else _inline(one.inlines, {}) for one in section.blocks]
    return "\n\n".join(blocks) + "\n"


def _blocks(clauses: Clauses) -> Iterator[str]:
    article = clauses.article
    marks = numbers(article)
    contract = escaped(f"{clauses.agency} · {clauses.title} · {clauses.contract_id}")
    yield f"# Article {article.number}. {escaped(article.title)}"
    yield f"*{contract}*"
    for recital in article.recitals:
        yield _inline(recital.inlines, marks)
    for at, section in enumerate(article.sections, 1):
        yield f"## {article.number}.{at} {escaped(section.title)}"
        yield from _section(section, marks)


def _section(section: Section, marks: Mapping[str, str]) -> Iterator[str]:
    at = 0
    for block in section.blocks:
        if isinstance(block, Grid):
            yield _grid(block)
        else:
            at += 1
            yield from _paragraph(block, mark(0, at), 0, marks)


def _paragraph(paragraph: Paragraph, number: str, depth: int, marks: Mapping[str, str]) -> Iterator[str]:
    yield f"{_INDENT * 2 * depth}{number} {_inline(paragraph.inlines, marks)}"
    for at, item in enumerate(paragraph.items, 1):
        yield from _paragraph(item, mark(depth + 1, at), depth + 1, marks)


def _inline(inlines: Sequence[Inline], marks: Mapping[str, str]) -> str:
    parts = []
    for one in inlines:
        if isinstance(one, Reference):
            parts.append(marks[one.anchor])
        elif one.strong:
            parts.append(_strong(one.text))
        else:
            parts.append(escaped(one.text))
    return _OPENING.sub(r"\\", "".join(parts).strip())


def _strong(words: str) -> str:
    # Bold marks must touch the words, or they are printed as asterisks.
    bare = words.strip()
    before, _, after = words.partition(bare) if bare else (words, "", "")
    return f"{before}**{escaped(bare)}**{after}" if bare else before


def _grid(grid: Grid) -> str:
    lines = [_row(grid.heads)]
    lines.append("|" + "|".join("---:" if at in grid.right else "---" for at in range(len(grid.heads))) + "|")
    lines += [_row(row) for row in grid.rows]
    caption = f"**{escaped(grid.caption)}**\n\n" if grid.caption else ""
    return caption + "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def escaped(words: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    line = _CONTROL.sub(" ", words)
    return _ENTITY.sub("&amp;", _SPECIAL.sub(lambda found: f"\\{found[0]}", line))
