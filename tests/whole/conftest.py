"""What the tests of the whole share: typed commands, a small spec with its data."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.whole.command import SMALL, Done, acmspec


@pytest.fixture
def typed(tmp_path: Path) -> Callable[..., Done]:
    """Type a command in an empty folder."""

    def run(*arguments: object, **more: str) -> Done:
        return acmspec(arguments, tmp_path, more)

    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A spec of one table and one metric beside its data, in the folder that `typed` types in."""
    (tmp_path / "spec.yaml").write_text(SMALL, encoding="utf-8")
    rows = "VisitID,Visited,Helped\n1,2025-01-05,yes\n2,2025-02-05,no\n3,2025-03-05,yes\n"
    (tmp_path / "visits.csv").write_text(rows, encoding="utf-8")
    return tmp_path
