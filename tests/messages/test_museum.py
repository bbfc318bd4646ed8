"""What messages look like: a page of them for each kind of mistake, kept as files that a person can read.

Set ACMSPEC_UPDATE_MUSEUM to write the files anew, then read what changed.
"""

import os
from pathlib import Path

import pytest

from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.display import pretty
from tests.messages.judge import Judge, Mistake, line_of
from tests.messages.mistakes.catalog import KINDS, Kind
from tests.messages.places import Example

MUSEUM = Path(__file__).parent / "museum"
UPDATE = bool(os.environ.get("ACMSPEC_UPDATE_MUSEUM"))
A_CODE = 2  # how many messages of one code a page shows
A_PAGE = 6
A_SAMPLE = 25  # how many of a kind's mistakes are looked at


def page(kind: Kind, example: Example, judge: Judge) -> str:
    """A few messages of a kind of mistake, of each code the first and one from the middle."""
    by_code: dict[str, list[tuple[Mistake, Diagnostic]]] = {}
    mistakes = list(kind(example))
    for mistake in mistakes[:: -(-len(mistakes) // A_SAMPLE)]:
        for one in judge.found(mistake.text):
            by_code.setdefault(one.code, []).append((mistake, one))
    shown = []
    for _, found in sorted(by_code.items()):
        for mistake, one in [found[0], found[len(found) // 2]][: min(A_CODE, len(found))]:
            shown.append(f"# {mistake.what}\n{pretty(one, color=False)}\n")
    title = " ".join((kind.__doc__ or "").split())
    return f"{title}\n{'=' * len(title)}\n\n" + "\n".join(shown[:A_PAGE])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_messages_are_those_that_were_read_and_found_good(kind: Kind, example: Example, judge: Judge) -> None:
    path = MUSEUM / f"{kind.__name__}.txt"
    now = page(kind, example, judge)
    if UPDATE:
        path.write_text(now, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == now


def test_the_museum_has_no_page_that_no_mistake_makes() -> None:
    assert {path.stem for path in MUSEUM.iterdir()} == {kind.__name__ for kind in KINDS}


def test_a_message_points_at_its_line(example: Example, judge: Judge) -> None:
    for kind in KINDS:
        first = next(iter(kind(example)))
        assert any(line_of(one) == first.line for one in judge.found(first.text)), kind.__name__
