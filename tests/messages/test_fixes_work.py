"""The fix of a page of the museum, applied as it is written, takes the mistake away and makes no other."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from acmspec.api import check_text, formula
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Span
from tests.messages.mistakes.by_code import WORLD, Said, every_code
from tests.messages.places import NAME

FIXES = yaml.load(
    (Path(__file__).parent / "mistakes" / "fixes.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506  (makes texts only)
)


TOLD_OF_SOUND_SPECS = {"ACM396"}
"""Warnings that a sound spec of the tests has, and that are said only when nothing worse is."""


@pytest.fixture(scope="module")
def shown() -> dict[str, Said]:
    return every_code()


def _mended(one: dict[str, Any], at: Span) -> str:
    """The text with the fix applied."""
    text = at.source.text
    if "whole" in one:
        return str(one["write"])
    if "write" in one:
        return text[: at.start] + one["write"] + text[at.end :]
    for old, new in (one[key] for key in ("change", "and") if key in one):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def _found(text: str, name: str) -> tuple[Diagnostic, ...]:
    if name == "formula":
        return formula(text, WORLD, "canonical", of="visits").diagnostics
    return check_text(text, NAME).diagnostics


@pytest.mark.parametrize("code", FIXES)
def test_the_fix_takes_the_mistake_away_and_makes_no_other(code: str, shown: dict[str, Said]) -> None:
    place = shown[code].finding.place
    assert isinstance(place, Span)
    before = Counter(one.code for one in _found(place.source.text, place.source.name))
    after = Counter(one.code for one in _found(_mended(FIXES[code], place), place.source.name))
    assert after[code] < before[code]
    fresh = set(after - before) - set(FIXES[code].get("also", ())) - TOLD_OF_SOUND_SPECS
    assert fresh == set(), shown[code].finding.fix
