"""What all tests share: hypothesis profiles, and that an absent program skips unless everything is required."""

import os
import shutil
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("normal", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "long", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "normal"))


@pytest.fixture(scope="session")
def program_or_skip() -> Callable[[str], str]:
    """The path of a program that pip can't bring; skips where it is absent, fails if everything is required."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path:
            return path
        if os.environ.get("ACMSPEC_REQUIRE_ALL"):
            pytest.fail(f"{name} is required and absent")
        pytest.skip(f"{name} is not on this machine")

    return find
