"""Whatever is done to a spec, something whole is said of it, or nothing; never a traceback."""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.api import check_text
from tests.messages.judge import Judge
from tests.messages.places import NAME, Example, read_example

ROOT = Path(__file__).parents[2]
SPECS = (
    *sorted(ROOT.glob("specs/examples/*/spec.yaml")),
    ROOT / "docs" / "english.yaml",
    ROOT / "tests" / "english" / "world.yaml",
)
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"

HOSTILE = st.sampled_from(
    [
        *(
            "\t",
            "\n",
            "\r\n",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "!!python/object ",
            "<<: *a",
            "'",
            '"',
            "|\n",
        ),
        *(">\n", "# ", "%", "@", "`", "?", "---\n", "...\n", "\x00", "\x85", "\ufeff", "\u2028", "\ud7ff", "𝔘", "é"),
        *(
            "1:30",
            "no",
            "0x1F",
            "1e9",
            "9" * 400,
            "(" * 200,
            "a." * 300,
            "{" * 60,
            "- " * 60,
            "2024-02-30",
            "$1,0",
            "==",
        ),
    ]
)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.stem}")
@settings(max_examples=2_000 if LONG else 40)
@given(data=st.data())
def test_an_edit_anywhere_is_never_a_traceback(path: Path, data: st.DataObject) -> None:
    example, judge = _read(path)
    text = example.text
    for _ in range(data.draw(st.integers(1, 3), label="edits")):
        start = data.draw(st.integers(0, len(text)), label="start")
        length = data.draw(st.one_of(st.just(0), st.integers(0, 60)), label="length")
        new = data.draw(st.one_of(HOSTILE, st.text(max_size=12)), label="new")
        text = text[:start] + new + text[start + length :]
    assert judge.whole(text) == []


@cache
def _read(path: Path) -> tuple[Example, Judge]:
    """A spec, and the judge who knows what is said of it as it is."""
    example = read_example(path)
    return example, Judge(Counter(f"{one.code} {one.path}" for one in check_text(example.text, NAME).diagnostics))
