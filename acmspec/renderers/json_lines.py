"""JSON text that people can read and compare: indented, the innermost records a line each; it knows no file.

A file of results has thousands of records of one shape. With a line each, a result that changed is one line that
changed, and the library writes a record in one step.
"""

import json
from collections.abc import Iterator, Mapping

_DEEPEST = 4
"""From this level on, a value stands on one line."""

_LINE = json.JSONEncoder(ensure_ascii=False, check_circular=False)
"""A page is a tree, so that nothing is looked for that holds itself."""


def encode(page: Mapping[str, object]) -> bytes:
    """UTF-8; keys keep their order, and the file ends in a line feed."""
    return ("".join(_pieces(page, 0)) + "\n").encode()


def _pieces(value: object, depth: int) -> Iterator[str]:
    if depth == _DEEPEST or not value or not isinstance(value, dict | list):
        yield _LINE.encode(value)
        return
    indent = "  " * (depth + 1)
    is_record = isinstance(value, dict)
    between = "{\n" if is_record else "[\n"
    members = value.items() if isinstance(value, dict) else (("", each) for each in value)
    for key, member in members:
        yield f"{between}{indent}{_LINE.encode(key)}: " if is_record else between + indent
        yield from _pieces(member, depth + 1)
        between = ",\n"
    yield f"\n{'  ' * depth}{'}' if is_record else ']'}"
