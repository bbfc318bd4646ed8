"""What the message of each code looks like that an author can cause: a page a code, kept as files that people read.

Set ACMSPEC_UPDATE_MUSEUM to write the files anew, then read what changed.
"""

import os
from pathlib import Path

import pytest

from acmspec.ground.display import pretty
from tests.house.sources import problems
from tests.messages.mistakes.by_code import Said, every_code

MUSEUM = Path(__file__).parent / "museum_of_codes"
UPDATE = bool(os.environ.get("ACMSPEC_UPDATE_MUSEUM"))

OF_FILES_AND_DATA = (
    "acmspec.facts.",
    "acmspec.sources.",
    "acmspec.enclosed.",
    "acmspec.given",
    "acmspec.api",
    "acmspec.cli.",
    "acmspec.ledger.",
    "acmspec.vault.",
    "acmspec.closings.",
)
"""What is said of a file, of data, of a database or of a run has no line of a spec to show, and tests of its own."""
WITHOUT_A_PAGE = {
    "ACM001": "a spec file that is not there",
    "ACM002": "a spec file in another encoding",
    "ACM003": "a spec file of more than four million bytes",
    "ACM009": "a text of more than four million characters",
    "ACM259": "no vocabulary that the check accepts is known to cause it",
    "ACM510": "a password is not shown again",
    "ACM356": "kinds are a closed choice, so that ACM103 is said before",
}


@pytest.fixture(scope="module")
def shown() -> dict[str, Said]:
    return every_code()


def _page(one: Said) -> str:
    problem = one.finding.problem
    title = f"{problem.code}: {problem.title}"
    return f"{title}\n{'=' * len(title)}\n\n# {one.what}\n{pretty(one.finding, color=False)}\n"


def test_each_message_is_the_one_that_was_read_and_found_good(shown: dict[str, Said]) -> None:
    now = {f"{code}.txt": _page(one) for code, one in shown.items()}
    if UPDATE:
        MUSEUM.mkdir(exist_ok=True)
        for path in MUSEUM.iterdir():
            path.unlink()
        for name, page in now.items():
            (MUSEUM / name).write_text(page, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in MUSEUM.iterdir()}
    assert sorted(kept) == sorted(now)
    assert [name for name in now if kept[name] != now[name]] == []


def test_every_code_that_an_author_can_cause_has_a_page(shown: dict[str, Said]) -> None:
    of_authors = {one.code for module, _, one in problems() if not module.startswith(OF_FILES_AND_DATA)}
    assert of_authors - set(shown) - {"ACM900"} == set(WITHOUT_A_PAGE)


def test_a_page_has_everything_that_a_reader_needs(shown: dict[str, Said]) -> None:
    for one in shown.values():
        page = pretty(one.finding, color=False)
        for part in (one.finding.code, "-->", "^", "= cause: ", "= fix: ", "= contract: "):
            assert part in page, (one.finding.code, part)
