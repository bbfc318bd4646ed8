"""What all tests share: hypothesis profiles, the example's outputs, and when an absent program skips."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.whole.command import EXAMPLE, OUTPUTS, acmspec

settings.register_profile("normal", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "long", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "normal")
settings.load_profile(_PROFILE)
if _PROFILE == "normal":
    # What is drawn would hang on which modules happen to be loaded: a test would fail in one run and not in another.
    assert callable(providers._get_local_constants)
    providers._get_local_constants = providers.Constants


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


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example's outputs, made once."""
    folder = tmp_path_factory.mktemp("example")
    more = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}
    done = acmspec(["run", EXAMPLE, "--out", folder / "out", "--threads", 1], folder, more)
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == list(OUTPUTS)
    return folder / "out"
