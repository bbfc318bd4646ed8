"""Mistakes with YAML itself, on every line of the example where they can be made."""

from collections.abc import Iterator

import yaml

from tests.messages.judge import Mistake, mistake
from tests.messages.places import Example

UNREADABLE = "ACM004 ACM005 ACM006 ACM007 ACM008 ACM011 ACM015 ACM018 ACM019 ACM020 ACM021 ACM022 ACM023"


def lines(example: Example) -> Iterator[tuple[int, int, str]]:
    """The lines that say something: number, offset, text."""
    offset = 0
    for number, line in enumerate(example.text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, offset, line
        offset += len(line) + 1


def tab(example: Example) -> Iterator[Mistake]:
    """A tab instead of blanks, all of them or the first two."""
    for number, offset, line in lines(example):
        indent = len(line) - len(line.lstrip(" "))
        for width in sorted({indent, min(2, indent)} - {0}):
            what = f"line {number}, {width} of {indent} blanks"
            yield mistake(example, what, (offset, offset + width, "\t"), "ACM011", says=("tab",))


def comma_in_flow_mapping(example: Example) -> Iterator[Mistake]:
    """Money or text with a comma between { and }."""
    split = [place for place in example.entries if place.is_plain and "," in example.raw(place)]
    for place in split:
        above = example.above(place)
        inside = [one for one in split if one.path[: len(above.path)] == above.path]
        start, new = above.start, _flow(above.node, example.text)
        if above.key:  # a mapping below its key moves up behind the colon
            start, new = above.key[1] + 1, f" {new}"
        says = (f'"{example.raw(inside[0])}"',)
        yield mistake(example, place.dotted, (start, above.end, new), "ACM017", says=says, times=len(inside))


def _flow(node: yaml.Node, text: str) -> str:
    """A node in flow style, its scalars as the author typed them."""
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{key.value}: {_flow(value, text)}" for key, value in node.value) + "}"
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(_flow(value, text) for value in node.value) + "]"
    return " ".join(text[node.start_mark.index : node.end_mark.index].split())


def open_quote(example: Example) -> Iterator[Mistake]:
    """A quotation mark that is never closed."""
    for place in example.scalars:
        if place.is_plain and '"' not in example.text[place.start :].partition("\n")[0]:
            yield mistake(example, place.dotted, (place.start, place.start, '"'), UNREADABLE)
