"""The JSON Schema of a spec, out of the same table of shapes that decodes one; editors and other programs use it."""

from acmspec.ground.source import Source
from acmspec.spec.from_document import Shelf, root

_DESCRIPTION = (
    "The shape of an acmspec specification: its keys, their values and their forms. A plain yes, no, on, off, true or "
    "false is a boolean here, plain digits are a number, a plain empty value is null, and everything else is a string. "
    "What lies beyond the shape is not said here and is checked by acmspec: the syntax of formulas, whether names "
    "refer to anything, units, and rules over several keys."
)


def schema(shelves: Shelf) -> dict[str, object]:
    """JSON Schema (2020-12) of specs that use the kinds on the shelves."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "acmspec specification",
        "description": _DESCRIPTION,
    }
    return head | root(shelves, Source("", "")).schema()
