"""Specs that use every construct of the language: their clauses were read sentence by sentence and are held here.

A change of wording is read, and written anew by `python -m tests.clauses.reading_aloud`.
"""

import re

import pytest

from tests.clauses.reading_aloud import FOLDER, SPECS, aloud

_BROKEN = (
    r"\bis (?:among|for)\b[^.]*",
    r"\b1 \w+ have\b",
    r"\ba [AEIOaeio]\w+",
    r"\ban [^AEIOUaeiou\W]\w+",
    r"\.\.",
    r"Day 0",
    r"  ",
    r", ,",
    r"\(\)",
)
"""What shows that a sentence was put together of parts that don't fit."""


@pytest.fixture(scope="module", params=SPECS)
def spoken(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, aloud(request.param)


def test_the_clauses_say_what_was_read(spoken: tuple[str, str]) -> None:
    name, said = spoken
    assert said == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_sentence_is_broken(spoken: tuple[str, str]) -> None:
    _, said = spoken
    prose = "\n".join(line for line in said.splitlines() if not line.startswith(("## ", "[")) and " | " not in line)
    found = re.findall("|".join(_BROKEN), re.sub(r"^ +", "", prose, flags=re.MULTILINE))
    assert not found


def test_sentences_are_short(spoken: tuple[str, str]) -> None:
    _, said = spoken
    prose = [line for line in said.splitlines() if not line.startswith(("## ", "[")) and " | " not in line]
    sentences = [one for line in prose for one in re.split(r"(?<=[.?!;:])\s+", line) if one.strip()]
    words = [len(re.findall(r"[\w$’'-]+", one)) for one in sentences]
    assert sum(words) / len(words) <= 20
