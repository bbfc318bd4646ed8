"""The committed tables are those of the committed grammar, and the grammar has no conflict."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from lark.exceptions import GrammarError

from acmspec.formula.builders import BUILDERS
from acmspec.formula.lalr import tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compiler() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_grammar", ROOT / "tools" / "build_grammar.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["FORMULA", "ENGLISH"])
def test_the_tables_are_those_of_the_grammar(compiler: ModuleType, name: str) -> None:
    grammar = getattr(compiler, name)
    assert compiler.tables_of(grammar).read_text(encoding="utf-8") == compiler.compiled(grammar)


@pytest.mark.parametrize("name", ["FORMULA", "ENGLISH"])
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_tables_do_not_depend_on_the_hash_seed(compiler: ModuleType, seed: str, name: str) -> None:
    program = (
        "import sys; sys.path.insert(0, 'tools'); import build_grammar as b;"
        f"sys.stdout.reconfigure(encoding='utf-8'); print(b.compiled(b.{name}), end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
    )
    assert done.stdout == compiler.tables_of(getattr(compiler, name)).read_bytes()


@pytest.mark.parametrize(
    "rule",
    [
        'sum: sum "+" sum -> plus\n   | A_NAME -> name',  # shift or reduce
        "sum: first | second\nfirst: A_NAME -> one\nsecond: A_NAME -> two",  # reduce or reduce
    ],
)
def test_a_conflict_in_the_grammar_is_an_error(compiler: ModuleType, rule: str) -> None:
    with pytest.raises(GrammarError):
        compiler.build(f"%declare A_NAME\nstart: sum\n{rule}\n")


def test_every_alias_has_a_builder_and_every_builder_an_alias() -> None:
    assert {alias for _, _, alias in tables().rules if alias} == set(BUILDERS)


def test_every_rule_without_an_alias_has_one_part() -> None:
    assert [rule for rule in tables().rules if not rule[2] and rule[1] != 1] == []
