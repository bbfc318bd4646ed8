"""A group's name in results.csv can be told from a missing one and from two."""

import pytest

from acmspec.program.gap import UNLINKED_GROUP
from acmspec.renderers.results_csv import _group


@pytest.mark.parametrize(
    ("value", "crossed", "written"),
    [
        (None, False, "(missing)"),
        ("(missing)", False, '"(missing)"'),
        (UNLINKED_GROUP, False, "(not linked)"),
        ("(not linked)", True, '"(not linked)"'),
        ("North; South", False, "North; South"),
        ("North; South", True, '"North; South"'),
        ('"(missing)"', True, '"""(missing)"""'),
        ("=SUM(A1)", True, "=SUM(A1)"),
        ("", False, ""),
    ],
)
def test_a_value_that_would_be_misread_is_in_quotes(value, crossed, written):
    assert _group(value, crossed=crossed) == written
