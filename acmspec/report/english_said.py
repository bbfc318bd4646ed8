"""What was said: a sentence, or a lead and lettered items below it; knows nothing of its meaning."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from acmspec.ground.node import node
from acmspec.report.tree import Paragraph, Run

ALL = "all of the following are true:"
ANY = "at least one of the following is true:"
TRUE = "the following is true:"
_MOST_WORDS = 14


@node
class Said:
    """One phrase. With `items`, `text` ends in a colon and leads to them; `joint` (`and`, `or`) stands between them.

    A phrase with items stands at the end of its block, as nothing may follow the list.
    """

    text: str
    items: "tuple[Said, ...]" = ()
    joint: str = "and"

    @property
    def is_short(self) -> bool:
        """Whether it can be one of two in a `both … and`: no list, no second such phrase, few words."""
        compound = any(word in f" {self.text}" for word in (" both ", " either ", " there is "))
        return not self.items and not compound and len(self.text.split()) <= _MOST_WORDS

    def after(self, words: str) -> "Said":
        """The same with words before it."""
        return replace(self, text=f"{words}{self.text}")


def joined(parts: Sequence[Said], operator: str) -> Said:
    """Conditions under `and` or `or`: one sentence for two short ones, else a lettered list."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and all(one.is_short for one in parts):  # noqa: PLR2004  (both and either take two)
        first = "both" if operator == "and" else "either"
        return Said(f"{first} {parts[0].text} {operator} {parts[1].text}")
    return Said(ALL if operator == "and" else ANY, tuple(parts), operator)


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


def listed(items: Sequence[Said], joint: str, end: str) -> tuple[Paragraph, ...]:
    """Lettered items: each ends in a semicolon, the last but one with the joint, the last with `end`."""
    ends = [";"] * (len(items) - 2) + [f"; {joint}"] * (len(items) > 1) + [end]
    return tuple(_item(said, tail) for said, tail in zip(items, ends, strict=True))


def _item(said: Said, end: str) -> Paragraph:
    if not said.items:
        return Paragraph((Run(f"{said.text}{end}"),))
    return Paragraph((Run(said.text),), listed(said.items, said.joint, end))
