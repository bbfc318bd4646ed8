"""The reference quotes the grammar that the parser is built from."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tools import build_docs  # noqa: E402


def test_the_grammar_quoted_is_the_grammar_in_use() -> None:
    page = build_docs.LANGUAGE.read_text(encoding="utf-8")
    assert page == build_docs.build(page, build_docs.GRAMMAR.read_text(encoding="utf-8")), "run tools.build_docs"


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="must stand once"):
        build_docs.build("no marks", "start: x")
