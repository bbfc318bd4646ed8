"""A section that slipped into another by its indentation is put back, so that one slip is told once.

It knows the names of sections and nothing of what they hold.
"""

from dataclasses import replace

from acmspec.document.tree import Entry, Mapping, Node, Scalar
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.node import node as frozen

MISPLACED = Problem(
    code="ACM118",
    title="a section inside another",
    cause="What is indented belongs to the key above it, so this section belongs to another one and is not read.",
    fix="Move the key to the first column, and what belongs to it with it.",
    contract="Each part of the specification must stand where the contract looks for it.",
)
PROBLEMS = (MISPLACED,)


def put_back(
    document: Mapping, sections: tuple[str, ...], named: frozenset[str] = frozenset()
) -> tuple[Mapping, tuple[Diagnostic, ...]]:
    """The document with sections that it lacks taken out of those they stand in, and a finding for each.

    What is `named` holds names and what belongs to them, so that a list under such a name is none of these sections.
    """
    lacking = set(sections) - {entry.key.text for entry in document.entries}
    kept: list[Entry] = []
    moved: list[tuple[Entry, str]] = []
    for entry in document.entries:
        value = entry.value
        if entry.key.text in sections:
            value = _without(value, _Lacking(lacking, named), entry.key.text, moved)
        kept.append(replace(entry, value=value))
    found = tuple(
        MISPLACED.at(
            entry.key.span,
            f"the section “{entry.key.text}” stands inside “{inside}”",
            label="indented too far",
            path=entry.key.text,
        )
        for entry, inside in moved
    )
    return replace(document, entries=(*kept, *(entry for entry, _ in moved))), found


@frozen
class _Lacking:
    """Sections that a document lacks, and those of them that hold names."""

    names: set[str]
    named: frozenset[str]

    def is_one(self, entry: Entry) -> bool:
        """Whether an entry is one: a section holds more than one value, and a name of the author’s may be its, too."""
        if entry.key.text not in self.names or isinstance(entry.value, Scalar):
            return False
        return isinstance(entry.value, Mapping) or entry.key.text not in self.named


def _without(node: Node, lacking: _Lacking, inside: str, moved: list[tuple[Entry, str]]) -> Node:
    if not isinstance(node, Mapping) or node.flow:
        return node
    kept: list[Entry] = []
    for entry in node.entries:
        if lacking.is_one(entry):
            lacking.names.discard(entry.key.text)
            value = _without(entry.value, lacking, entry.key.text, moved)
            moved.append((replace(entry, value=value), inside))
        else:
            kept.append(replace(entry, value=_without(entry.value, lacking, entry.key.text, moved)))
    return replace(node, entries=tuple(kept))
