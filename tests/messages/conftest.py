"""The example and the judge of what is said of its mistakes."""

from collections import Counter

import pytest

from acmspec.api import check_text
from tests.messages.judge import Judge, said
from tests.messages.places import NAME, Example, read_example


@pytest.fixture(scope="session")
def example() -> Example:
    """The main example of the repository."""
    return read_example()


@pytest.fixture(scope="session")
def judge(example: Example) -> Judge:
    """The judge, who knows what is said of the sound example: nothing that is an error."""
    calm = check_text(example.text, NAME)
    assert calm.value is not None
    assert not calm.has_errors, [said(one) for one in calm.diagnostics]
    return Judge(Counter(f"{one.code} {one.path}" for one in calm.diagnostics))
