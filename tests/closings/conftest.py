"""What the tests of closings share: a contract of their own."""

import pytest

from tests.closings.desk import Desk


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)
