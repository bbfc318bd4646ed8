"""A text that was changed is never taken for the text it was: it says something else, or is seen to differ."""

import random
import re

import pytest

from acmspec.english.from_program import spoken, understood
from acmspec.english.from_text import read
from acmspec.english.lexicon import keywords
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from acmspec.english.typed import straightened
from acmspec.english.wording import judged
from acmspec.ground.source import Source
from tests.english.saying import LONG, made, world

BATCHES, FORMULAS, EDITS = (20, 250, 4) if LONG else (4, 100, 4)
WORD = re.compile(r"“[^”]*”|[\w'’]+|[^\w\s]")
MARKS = ["(a)", "(b)", "(c)", "(i)", "(ii)", "(A)", "(1)"]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(world())


class Edits:
    """Changes a text in one place."""

    def __init__(self, seed: int, words: list[str]) -> None:
        self.random = random.Random(seed)  # noqa: S311  (tests, not secrets)
        self.words = words

    def changed(self, text: str) -> str:
        places = [(found.start(), found.end()) for found in WORD.finditer(text)]
        at = self.random.randrange(len(places))
        start, end = places[at]
        kind = self.random.randrange(7)
        if kind == 0:
            return text[:start] + text[end:]
        if kind == 1:
            return f"{text[:end]} {text[start:end]}{text[end:]}"
        if kind == 2:
            other = places[(at + self.random.choice((1, 1, 2, 5))) % len(places)]
            (one, two), (three, four) = sorted(((start, end), other))
            return text[:one] + text[three:four] + text[two:three] + text[one:two] + text[four:]
        if kind == 3:
            return text[:start] + self.random.choice(self.words) + text[end:]
        return self.special(text, kind)

    def special(self, text: str, kind: int) -> str:
        """A change of a number, of a mark, or of a keyword into another."""
        shape, others = {
            4: (r"\d+", ["0", "1", "7", "29", "2026", "1,000"]),
            5: (r"\([a-z]+\)|\([A-H1-8]\)", MARKS),
            6: ("|".join(map(re.escape, sorted(keywords(), key=len, reverse=True))), list(keywords())),
        }[kind]
        found = list(re.finditer(shape, text))
        if not found:
            return text
        one = self.random.choice(found)
        return text[: one.start()] + self.random.choice(others) + text[one.end() :]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_edit_of_a_text_is_taken_for_the_text(names: Names, batch: int) -> None:
    edits = Edits(batch, [*names.lexicon.words, *names.lexicon.says, *keywords()])
    tried = same = read_otherwise = 0
    for seed in range(batch * FORMULAS, (batch + 1) * FORMULAS):
        sound = made(seed, names)
        if sound is None:
            continue
        _, table, meaning = sound
        text = written(spoken(meaning, names, table))
        plain = straightened(Source("", text)).plain
        for _ in range(EDITS * 3):
            edited = edits.changed(text)
            if straightened(Source("", edited)).plain == plain:
                continue
            tried += 1
            if read(Source("text", edited), names, table).value is None:
                continue
            found = understood(edited, names, table)
            if found == normal(meaning):
                same += 1
                assert judged(Source("text", edited), text, lenient=False), (text, edited)
            elif found is not None:
                read_otherwise += 1
    assert tried > FORMULAS * EDITS
    # Edits that still say something are the interesting ones; there must be some of both kinds.
    assert read_otherwise > 0
    assert same > 0
