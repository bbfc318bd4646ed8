"""The package as its own files say it: modules, imports, functions, problems."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from acmspec.ground.diagnostic import Problem

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "acmspec"
FILES = tuple(sorted(PACKAGE.rglob("*.py")))


def module_name(file: Path) -> str:
    """The name a file of the package is imported by."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in FILES}


@cache
def tree(file: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(file.read_text(encoding="utf-8"), file.name)


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the package, imported."""
    return tuple(import_module(name) for name in MODULES)


def problems() -> Iterator[tuple[str, str, Problem]]:
    """Each problem with the module it is written in and its name there."""
    for name, file in MODULES.items():
        module = import_module(name)
        for statement in tree(file).body:
            for target in _targets(statement):
                if isinstance(value := getattr(module, target, None), Problem):
                    yield name, target, value


def _targets(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Assign):
        yield from (one.id for one in statement.targets if isinstance(one, ast.Name))
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id


def imported(file: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions and for types alone."""
    is_package = file.name == "__init__.py"
    base = module_name(file).split(".")
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = base[: len(base) - node.level + (1 if is_package else 0)] if node.level else []
            source = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            for one in node.names:
                inner = f"{source}.{one.name}"
                yield inner if inner in MODULES else source


def tracked() -> tuple[Path, ...]:
    """Every file that git keeps; skips where the repository is not a clone."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is not a clone")
    names = done.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())
