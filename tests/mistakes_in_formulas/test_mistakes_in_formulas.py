"""Mistakes that analysts make: each gets its code, a place inside the formula, and a fix in this language's words."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from acmspec import api  # noqa: E402
from acmspec.ground.source import Span  # noqa: E402
from tools import conformance  # noqa: E402

TEXT = Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8")
MISTAKES = yaml.load(TEXT, Loader=yaml.BaseLoader)["cases"]  # noqa: S506  (makes texts only)


def test_there_are_fifty() -> None:
    assert len({one["id"] for one in MISTAKES}) == len(MISTAKES) >= 50


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["id"] for one in MISTAKES])
def test_a_mistake_is_named_and_its_fix_speaks_this_language(mistake: dict[str, Any]) -> None:
    asked = conformance.question({"kind": "meaning", **mistake})
    found = [
        one
        for one in api.check_text(asked["spec"]).diagnostics
        if isinstance(one.place, Span) and asked["start"] <= one.place.start and one.place.end <= asked["end"]
    ]
    assert [one.code for one in found] == [mistake["code"]]
    assert mistake["fix"] in f"{found[0].fix}"
