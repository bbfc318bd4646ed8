"""A section that was indented into another is told once, and read where it belongs."""

import re
from pathlib import Path

import pytest

from acmspec import api

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
# A section after one that is a list is no YAML when indented, which is told as such.
SECTIONS = ("definitions", "cohorts", "metrics", "follow_up")


def indented(name: str) -> str:
    """The example with a section and what belongs to it indented by two more."""
    block = re.search(rf"^{name}:\n(?:(?:[ #].*)?\n)*", TEXT, re.MULTILINE)
    assert block is not None
    return TEXT.replace(block[0], re.sub(r"^(?=[^\n])", "  ", block[0], flags=re.MULTILINE))


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_indented_into_the_one_before_is_one_finding(name: str) -> None:
    found = [one for one in api.check_text(indented(name), str(EXAMPLE)).diagnostics if one.severity.value == "error"]
    assert [(one.code, one.path) for one in found] == [("ACM118", name)]
    line = indented(name)[: indented(name).index(f"  {name}:")].count("\n") + 1
    assert str(found[0].place) == f"{EXAMPLE}:{line}:3"


def test_a_name_of_the_author_s_may_be_a_section_s() -> None:
    renamed = TEXT.replace("  move_ins:\n", "  goals:\n").replace("over move_ins", "over goals")
    renamed = renamed.replace("set: move_ins", "set: goals")
    assert "ACM118" not in [one.code for one in api.check_text(renamed).diagnostics]
