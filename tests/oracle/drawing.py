"""What strategies of specs are made of: choices, texts with gaps, and keys of nested mappings."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Text = SearchStrategy[str]
Block = dict[str, object]
NOTHING: SearchStrategy[Block] = st.just({})


def one(*some: object) -> SearchStrategy[object]:
    """One of some things, the first being the simplest."""
    return st.sampled_from(some)


def say(template: str, *parts: Text) -> Text:
    """A text with drawn parts in its gaps."""
    return st.tuples(*parts).map(lambda drawn: template.format(*drawn))


def key(name: str, value: SearchStrategy[object]) -> SearchStrategy[Block]:
    """A key with what it holds."""
    return value.map(lambda drawn: {name: drawn})


def together(*blocks: SearchStrategy[Block]) -> SearchStrategy[Block]:
    """Some keys after each other."""
    return st.tuples(*blocks).map(lambda drawn: {name: value for block in drawn for name, value in block.items()})


def maybe(name: str, value: SearchStrategy[object]) -> SearchStrategy[Block]:
    """A key, or more often none."""
    return seldom(key(name, value))


def seldom(block: SearchStrategy[Block]) -> SearchStrategy[Block]:
    """Some keys, or more often none."""
    return st.one_of(NOTHING, NOTHING, block)


@st.composite
def without(draw: st.DrawFn, formulas: Text, *words: str) -> str:
    """A text in which some words are not; a plain condition where none is found soon."""
    for _ in range(3):
        formula = draw(formulas)
        if not any(word in formula for word in words):
            return formula
    return "flag"


def chain(items: Sequence[object]) -> str:
    """A list on one line."""
    return f"[{', '.join(str(item) for item in items)}]"


def written(value: object, indent: int = 0) -> str:
    """YAML in block style; texts are written as they are."""
    pad = "  " * indent
    lines = []
    items = value.items() if isinstance(value, dict) else [("-", item) for item in value]
    for name, item in items:
        mark = f"{pad}-" if name == "-" else f"{pad}{name}:"
        if isinstance(item, dict | list):
            empty = "{}" if isinstance(item, dict) else "[]"
            lines += [mark, written(item, indent + 1)] if item else [f"{mark} {empty}"]
        else:
            lines.append(f"{mark} {item}")
    return "\n".join(line for line in lines if line)
