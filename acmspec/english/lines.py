"""What was said as lines of text: a sentence, or a lead and lettered items below it."""

from collections.abc import Iterator, Sequence

from acmspec.english.marks import MOST_ITEMS, MOST_LEVELS, mark
from acmspec.english.said import Said
from acmspec.ground.diagnostic import Problem

TOO_DEEP = Problem(
    "ACM258",
    "a formula that is too deep to be read",
    f"A list in a contract has at most {MOST_ITEMS} items and {MOST_LEVELS} levels, so that a person can follow it.",
    "Name a part of the formula under `definitions`, and use the name.",
    "A condition must be short enough to be read and agreed.",
)
PROBLEMS = (TOO_DEEP,)

_INDENT = "    "


def written(said: Said) -> str:
    """One sentence, or a lead and a lettered list below it, as the clauses print it."""
    return "\n".join(_lines(said))


def _lines(said: Said) -> Iterator[str]:
    start = len(said.text) - len(said.text.lstrip("("))
    first = f"{said.text[:start]}{said.text[start : start + 1].upper()}{said.text[start + 1 :]}"
    if not said.items:
        yield f"{first}."
        return
    yield first
    yield from _items(said.items, said.joint, ".", 0)


def _items(items: Sequence[Said], joint: str, end: str, depth: int) -> Iterator[str]:
    ends = [";"] * (len(items) - 2) + [f"; {joint}"] * (len(items) > 1) + [end]
    for at, (one, tail) in enumerate(zip(items, ends, strict=True), 1):
        start = f"{_INDENT * (depth + 1)}{mark(depth, at)} {one.text}"
        yield start if one.items else f"{start}{tail}"
        yield from _items(one.items, one.joint, tail, depth + 1) if one.items else ()


def is_readable(said: Said, levels: int = MOST_LEVELS) -> bool:
    """Whether no list is longer or deeper than a person can follow."""
    if not said.items:
        return True
    return levels > 0 and len(said.items) <= MOST_ITEMS and all(is_readable(one, levels - 1) for one in said.items)
