"""The clauses as Markdown: numbers as text, nothing taken for markup."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.renderers import markdown
from acmspec.report.clauses import clauses
from acmspec.report.tree import Article, Clauses, Grid, Paragraph, Reference, Run, Section


@pytest.fixture(scope="module")
def page(hand: Any) -> str:
    return markdown.text(clauses(hand.program, hand.kinds))


def one_section(*blocks: Any) -> Clauses:
    return Clauses("A", "T", "C", Article(4, "Outcomes", (), (Section("First", blocks, "first"),)))


def test_numbers_stand_as_text(page: Any) -> None:
    assert page.startswith("# Article 4. Outcomes and payment\n")
    assert "\n## 4.1 Definitions used in this Article\n" in page
    assert "\n(a) **Measure.** " in page
    assert "\n\u2003\u2003(i) Where do families wait?\n" in page
    assert "It comes from section 4.2." in page


def test_a_reference_carries_the_number_of_its_paragraph() -> None:
    target = Paragraph((Run("one"),), (Paragraph((Run("inner"),), anchor="inner"),))
    found = markdown.text(one_section(target, Paragraph((Run("see "), Reference("inner"), Run(".")))))
    assert "(b) see 4.1(a)(i)." in found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b*c", "a\\*b\\*c"),
        ("exit_date", "exit_date"),
        ("_x_", "\\_x\\_"),
        ("[x](y) <b>", "\\[x\\](y) \\<b>"),
        ("a|b", "a\\|b"),
        ("&amp; R&D", "&amp;amp; R&D"),
        ("line\none\x00two", "line one two"),
    ],
)
def test_markup_is_escaped(text: Any, shown: Any) -> None:
    assert markdown.escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("# x", "\\# x"), ("> x", "\\> x"), ("1. x", "1\\. x"), ("- x", "\\- x"), ("1.5 x", "1.5 x")]
)
def test_a_recital_never_opens_a_heading_or_a_list(text: Any, shown: Any) -> None:
    article = Article(4, "T", (Paragraph((Run(text),)),), ())
    assert shown in markdown.text(Clauses("A", "T", "C", article)).split("\n")


def test_tables_are_tables() -> None:
    found = markdown.text(one_section(Grid(("A", "B"), (("x|y", "1"),), (1,), "Caption")))
    assert "**Caption**\n\n| A | B |\n|---|---:|\n| x\\|y | 1 |" in found


@given(st.text())
def test_any_text_stays_on_its_line_and_can_be_written(text: Any) -> None:
    found = markdown.text(one_section(Paragraph((Run("Head.", strong=True), Run(text))), Grid((text,), ((text,),))))
    lines = found.encode("utf-8", "replace").decode("utf-8").split("\n")
    assert sum(line.startswith("(a) ") for line in lines) == 1
    assert sum(line.startswith("| ") for line in lines) == 2


def test_the_same_clauses_give_the_same_text(hand: Any, page: Any) -> None:
    again = clauses(replace(hand.program), hand.kinds)
    assert markdown.text(again) == page
