"""Twenty sentences that acmspec makes of formulas: written into the page as they are, short, and in plain words."""

import re
import sys
from pathlib import Path

import pyphen
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tools import build_docs

SYLLABLES = pyphen.Pyphen(lang="en_US")
WORD = re.compile(r"[A-Za-z0-9][\w,.'’-]*\w|\w")


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str, str, str]]:
    return build_docs.sentences()


def lines(said: str) -> list[str]:
    """The lines of a text as a reader takes them in: each item, and each sentence, is one of its own."""
    some = [re.sub(r"^\s*\([a-zA-Z0-9]+\) ", "", one) for one in said.splitlines()]
    return [sentence for one in some for sentence in re.split(r"(?<=\.) (?=[A-Z])", one)]


def test_the_page_is_what_the_build_writes() -> None:
    page = build_docs.ENGLISH.read_text(encoding="utf-8")
    assert build_docs.readings(page) == page


def test_there_are_twenty_and_each_was_reviewed(sentences) -> None:
    assert len(sentences) == 20
    assert len({said for _, said, _ in sentences}) == 20
    assert [review for _, _, review in sentences if not review.endswith(".") or len(review.split()) < 8] == []


def test_a_sentence_has_twenty_words_at_most_on_average(sentences) -> None:
    found = [len(WORD.findall(line)) for _, said, _ in sentences for line in lines(said)]
    assert sum(found) / len(found) <= 20
    assert max(found) <= 40


def test_a_tenth_grader_can_read_them(sentences) -> None:
    """The grade of Flesch and Kincaid over all of them."""
    read = [WORD.findall(line) for _, said, _ in sentences for line in lines(said)]
    words = [word for line in read for word in line]
    syllables = sum(len(SYLLABLES.inserted(word).split("-")) for word in words)
    grade = 0.39 * len(words) / len(read) + 11.8 * syllables / len(words) - 15.59
    assert grade <= 10


def test_the_house_rules_are_kept(sentences) -> None:
    for _, said, _ in sentences:
        assert not re.search(r"\b(shall|another|and/or|less than or equal|greater)\b", said)
