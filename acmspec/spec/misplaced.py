"""A section that slipped into another by its indentation is put back, so that one slip is told once.

It knows the names of sections and nothing of what they hold.
"""

from dataclasses import replace

from acmspec.document.tree import Entry, Mapping, Node, Scalar
from acmspec.ground.diagnostic import Diagnostic, Problem

MISPLACED = Problem(
    code="ACM118",
    title="a section inside another",
    cause="What is indented belongs to the key above it, so this section belongs to another one and is not read.",
    fix="Move the key to the first column, and what belongs to it with it.",
    contract="Each part of the specification must stand where the contract looks for it.",
)
PROBLEMS = (MISPLACED,)


def put_back(document: Mapping, sections: tuple[str, ...]) -> tuple[Mapping, tuple[Diagnostic, ...]]:
    """The document with sections that it lacks taken out of those they stand in, and a finding for each."""
    lacking = set(sections) - {entry.key.text for entry in document.entries}
    kept: list[Entry] = []
    moved: list[tuple[Entry, str]] = []
    for entry in document.entries:
        value = _without(entry.value, lacking, entry.key.text, moved) if entry.key.text in sections else entry.value
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


def _without(node: Node, lacking: set[str], inside: str, moved: list[tuple[Entry, str]]) -> Node:
    if not isinstance(node, Mapping) or node.flow:
        return node
    kept: list[Entry] = []
    for entry in node.entries:
        # A section holds more than one value; a name of the author's that is a section's too is not lacking.
        if entry.key.text in lacking and not isinstance(entry.value, Scalar):
            lacking.discard(entry.key.text)
            value = _without(entry.value, lacking, entry.key.text, moved)
            moved.append((replace(entry, value=value), inside))
        else:
            kept.append(replace(entry, value=_without(entry.value, lacking, entry.key.text, moved)))
    return replace(node, entries=tuple(kept))
