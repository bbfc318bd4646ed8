"""Mistakes with keys, at every key of the example."""

from collections.abc import Iterator

from tests.messages.judge import Mistake, mistake
from tests.messages.places import Example, Place, misspelt


def language_keys(example: Example) -> Iterator[Place]:
    """The keys that the language chose."""
    return (place for place in example.entries if not place.is_own_name)


def misspelt_key(example: Example) -> Iterator[Mistake]:
    """A key with two letters swapped."""
    for place in language_keys(example):
        assert place.key is not None
        change = (*place.key, misspelt(place.name))
        yield mistake(example, place.dotted, change, "ACM101", says=(f"“{place.name}”",))


def unknown_key(example: Example) -> Iterator[Mistake]:
    """A line with a key that nobody knows, above each key."""
    for place in language_keys(example):
        if example.is_alone(place):
            assert place.key is not None
            start, _ = example.block(place)
            line = " " * (place.key[0] - start) + "zzyzx: 1\n"
            yield mistake(example, f"above {place.dotted}", (start, start, line), "ACM101", says=("zzyzx",))


def key_twice(example: Example) -> Iterator[Mistake]:
    """An entry written a second time below itself."""
    for place in example.entries:
        assert place.key is not None
        start, end = example.block(place)
        if "{" in example.text[start : place.key[0]]:
            continue
        again = " " * (place.key[0] - start) + example.text[place.key[0] : end]
        line = example.line(end - 1) + 1
        yield mistake(example, place.dotted, (end, end, again), "ACM012", line=line, says=(f"“{place.name}”",))


def key_without_value(example: Example) -> Iterator[Mistake]:
    """A key with nothing behind its colon."""
    for place in example.entries:
        assert place.key is not None
        _, end = example.block(place)
        in_a_bracket = example.text[place.end : end].lstrip()[:1] in {",", "}"}
        change = (place.key[1], place.end, ":") if in_a_bracket else (place.key[1], end, ":\n")
        yield mistake(example, place.dotted, change, "ACM106")
