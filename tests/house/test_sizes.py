"""Files and functions that fit in a head."""

import ast
from collections.abc import Iterator

from tests.house.sources import FILES, PACKAGE, tree


def functions() -> Iterator[tuple[str, int]]:
    """Each function with how many lines it takes."""
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{file.relative_to(PACKAGE)}:{node.name}", node.end_lineno - node.lineno + 1


def lines(file) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_a_file_is_at_most_400_lines() -> None:
    assert [str(file.relative_to(PACKAGE)) for file in FILES if lines(file) > 400] == []


def test_a_kind_is_at_most_80_lines() -> None:
    kinds = [file for file in FILES if file.parent.parent == PACKAGE / "kinds"]
    assert len(kinds) > 5
    assert [file.name for file in kinds if lines(file) > 80] == []


def test_a_function_is_at_most_60_lines_and_95_of_100_at_most_40() -> None:
    sizes = dict(functions())
    assert len(sizes) > 1000
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert sum(size > 40 for size in sizes.values()) <= len(sizes) * 0.05


def test_every_module_says_what_it_is() -> None:
    assert [str(file.relative_to(PACKAGE)) for file in FILES if not (ast.get_docstring(tree(file)) or "").strip()] == []


def test_no_file_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core", "stuff"}
    assert [str(file.relative_to(PACKAGE)) for file in FILES if empty & set(file.stem.split("_"))] == []
