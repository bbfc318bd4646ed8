"""What was said in English, as paragraphs of an article; knows nothing of its meaning."""

from collections.abc import Iterator, Sequence

from acmspec.english.said import WHERE, Said
from acmspec.report.tree import Grid, Paragraph, Run


def paragraph(said: Said, *, head: str = "", anchor: str = "") -> Paragraph:
    """A paragraph of one sentence that ends in a full stop, or leads to its list; `head` is its bold heading word."""
    runs = (Run(f"{head}.", strong=True), Run(f" {_ended(said)}")) if head else (Run(_ended(said)),)
    return Paragraph(runs, listed(said.items, said.joint, ".") if said.items else (), anchor)


def _ended(said: Said) -> str:
    return said.text if said.items else f"{said.text}."


def followed(first: Paragraph, more: Sequence[str], head: str) -> Iterator[Paragraph]:
    """A paragraph and further sentences: in it where it has no list, else in one of their own below the list."""
    if not more:
        yield first
    elif first.items:
        yield first
        yield Paragraph((Run(f"{head}.", strong=True), Run(f" {' '.join(more)}")), anchor=first.anchor)
    else:
        yield Paragraph((*first.inlines, Run(f" {' '.join(more)}")), anchor=first.anchor)


def has_letters(one: Paragraph) -> bool:
    """Whether a paragraph, or an item of it, names parts by letters that are explained below it."""
    ends = [run.text for run in one.inlines if isinstance(run, Run)][-1:]
    return any(text.endswith(WHERE) for text in ends) or any(has_letters(item) for item in one.items)


def added_before(blocks: Sequence[Paragraph | Grid], anchor: str, one: Paragraph) -> Iterator[Paragraph | Grid]:
    """The blocks with one more paragraph before that of an anchor."""
    for block in blocks:
        if block.anchor == anchor:
            yield one
        yield block


def listed(items: Sequence[Said], joint: str, end: str) -> tuple[Paragraph, ...]:
    """Lettered items: each ends in a semicolon, the last but one with the joint, the last with `end`."""
    ends = [";"] * (len(items) - 2) + [f"; {joint}"] * (len(items) > 1) + [end]
    return tuple(_item(said, tail) for said, tail in zip(items, ends, strict=True))


def _item(said: Said, end: str) -> Paragraph:
    if not said.items:
        return Paragraph((Run(f"{said.text}{end}"),))
    return Paragraph((Run(said.text),), listed(said.items, said.joint, end))
