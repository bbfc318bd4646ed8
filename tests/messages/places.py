"""The example as a map of places where a mistake can be made, read apart from the product."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

SPEC = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
NAME = "spec.yaml"

# Below these paths the author chooses the names; everywhere else the language does.
_OWN_NAMES = (
    "goals", "data", "data.*.fields", "data.*.fields.*.values", "lists", "definitions", "cohorts", "metrics",
    "metrics.*.benchmarks", "metrics.*.parts", "agreements.*.targets", "agreements.*.prices", "agreements.*.invoice",
    "cadence", "incentives.terms", "responsibilities", "examples.*.expect",
)  # fmt: skip
_FORMULAS = {"formula", "where", "when"}
SHORT = 3


def fits(path: tuple[str, ...], pattern: str) -> bool:
    """Whether a path fits a pattern in which `*` stands for any one step."""
    wanted = pattern.split(".")
    return len(path) == len(wanted) and all(want in {"*", step} for want, step in zip(wanted, path, strict=True))


def misspelt(word: str) -> str:
    """The word with two letters in its middle swapped, or with its last twice if it is short or they are alike."""
    at = (len(word) - 1) // 2
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :] if len(word) > SHORT else word
    return swapped if swapped != word else word + word[-1]


@dataclass(frozen=True)
class Place:
    """One value of the spec: its path, its key's range and its own in the text, its YAML node."""

    path: tuple[str, ...]
    key: tuple[int, int] | None
    start: int
    end: int
    node: yaml.Node

    @property
    def dotted(self) -> str:
        """The path joined by dots."""
        return ".".join(self.path)

    @property
    def name(self) -> str:
        """The last step of the path."""
        return self.path[-1]

    @property
    def is_scalar(self) -> bool:
        """Whether it is one value."""
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_plain(self) -> bool:
        """Whether it is one value without quotes on a line of its own or behind its key."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.style is None

    @property
    def is_own_name(self) -> bool:
        """Whether its key is a name that the author chose."""
        return any(fits(self.path[:-1], pattern) for pattern in _OWN_NAMES)

    @property
    def is_formula(self) -> bool:
        """Whether its value is a formula, or `dated` and a formula."""
        if not self.is_scalar or self.path[0] == "roadmap":
            return False
        return (self.key is not None and self.name in _FORMULAS) or self.path[-2:-1] in {("checks",), ("parts",)}

    def fits(self, *patterns: str) -> bool:
        """Whether its path fits one of the patterns."""
        return any(fits(self.path, pattern) for pattern in patterns)


@dataclass(frozen=True)
class Example:
    """The text of a spec and every place in it."""

    text: str
    places: tuple[Place, ...] = field(repr=False)

    @cached_property
    def entries(self) -> tuple[Place, ...]:
        """The values that have a key."""
        return tuple(place for place in self.places if place.key)

    @cached_property
    def scalars(self) -> tuple[Place, ...]:
        """The single values."""
        return tuple(place for place in self.places if place.is_scalar)

    @cached_property
    def formulas(self) -> tuple[Place, ...]:
        """The formulas."""
        return tuple(place for place in self.places if place.is_formula)

    def at(self, *path: str) -> Place:
        """The place of a path."""
        return next(place for place in self.places if place.path == path)

    def above(self, place: Place) -> Place:
        """The place that holds a place."""
        return self.at(*place.path[:-1])

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return self.text.count("\n", 0, offset) + 1

    def first_line(self, place: Place) -> int:
        """The line of a place's key, or of the value if it has none."""
        return self.line(place.key[0] if place.key else place.start)

    def raw(self, place: Place) -> str:
        """What the author typed as a value."""
        return self.text[place.start : place.end]

    def block(self, place: Place) -> tuple[int, int]:
        """The range of whole lines that an entry covers: from its key's line to its value's last."""
        first = place.key[0] if place.key else place.start
        last = max(place.end - 1, place.key[1] if place.key else 0)
        return self.text.rfind("\n", 0, first) + 1, self.text.index("\n", last) + 1

    def is_alone(self, place: Place) -> bool:
        """Whether an entry's key is the first thing on its line, so that the line can be taken away or doubled."""
        return place.key is not None and not self.text[self.block(place)[0] : place.key[0]].strip()


def _walk(node: yaml.Node, path: tuple[str, ...], key: yaml.Node | None, text: str) -> Iterator[Place]:
    start, end = node.start_mark.index, node.end_mark.index
    end = start + len(text[start:end].rstrip())
    if path:
        yield Place(path, (key.start_mark.index, key.end_mark.index) if key is not None else None, start, end, node)
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _walk(value, (*path, name.value), name, text)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _walk(value, (*path, str(number)), None, text)


def read_example(path: Path = SPEC) -> Example:
    """The map of a spec, the main example unless said."""
    text = path.read_text(encoding="utf-8")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    return Example(text, tuple(_walk(root, (), None, text)))
