"""A kind fits on a page: at most 80 lines in its one file."""

from pathlib import Path

import pytest

import acmspec.kinds

FILES = sorted(Path(acmspec.kinds.__file__).parent.glob("*/*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_kind_is_at_most_80_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 80
