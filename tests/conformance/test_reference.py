"""The reference quotes the grammar that the parser is built from."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from acmspec.document import from_text as document  # noqa: E402
from acmspec.document import nodes  # noqa: E402
from acmspec.english import marks, phrases  # noqa: E402
from acmspec.formula import from_text  # noqa: E402
from acmspec.program import sizes  # noqa: E402
from acmspec.sources import csv_faults  # noqa: E402
from acmspec.spec import measures  # noqa: E402
from tools import build_docs  # noqa: E402


def test_the_grammar_quoted_is_the_grammar_in_use() -> None:
    page = build_docs.LANGUAGE.read_text(encoding="utf-8")
    assert page == build_docs.build(page, build_docs.GRAMMAR.read_text(encoding="utf-8")), "run tools.build_docs"


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="must stand once"):
        build_docs.build("no marks", "start: x")


def test_the_limits_stated_are_those_in_force() -> None:
    page = " ".join(build_docs.LANGUAGE.read_text(encoding="utf-8").split())
    stated = page[page.index("**Limits.**") : page.index("## 2. Grammar")]
    limits = [
        *((f"{number:,} {what}", code) for number, what, code in (
            (from_text.MAX_CHARACTERS, "characters", "ACM201"),
            (from_text.MAX_TOKENS, "parts", "ACM203"),
            (from_text.MAX_DEPTH, "levels", "ACM202"),
            (phrases.MAX_CHARACTERS, "characters", "ACM251"),
            (phrases.MAX_DEPTH, "levels of brackets", "ACM254"),
            (document.MOST_CHARACTERS, "characters", "ACM009"),
            (nodes.MOST_LEVELS, "levels", "ACM025"),
            (measures.MOST_METRICS, "metrics", "ACM109"),
        )),
        (f"{sizes.MOST_PARTS:,} parts and {sizes.DEEPEST} levels", "ACM345"),
        (f"{marks.MOST_ITEMS} items and {marks.MOST_LEVELS} levels", "ACM258"),
        (f"{csv_faults.LONGEST_RECORD // 2**20} MiB", "ACM407"),
    ]  # fmt: skip
    assert [one for one in limits if f"{one[0]} ({one[1]}" not in stated] == []
