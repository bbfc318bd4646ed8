"""What stands beside the template is what the library makes of it, and fills it to the same page."""

from pathlib import Path
from typing import Any

import jinja2
import pytest

from acmspec.renderers import dashboard
from acmspec.renderers.dashboard import template

MADE_BY, SAID = template.COMPILED.read_text(encoding="utf-8").split(" of ", 1)


@pytest.mark.skipif(f"# Jinja2 {jinja2.__version__}" != MADE_BY, reason=f"made by {MADE_BY}, and another is here")
def test_the_file_is_what_the_library_makes_of_the_template() -> None:
    assert f"{MADE_BY} of {SAID}" == template.compiled(), "run python -m tools.build_page"


def test_without_the_file_the_page_is_the_same(sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = dashboard.render(sample.outputs())
    monkeypatch.setattr(template, "COMPILED", tmp_path / "none")
    assert dashboard.render(sample.outputs()) == page


def test_a_template_that_was_changed_since_is_compiled_anew(
    sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "page.html"
    changed.write_text("Changed: {{ d.title }}", encoding="utf-8")
    monkeypatch.setattr(template, "TEMPLATE", changed)
    assert dashboard.render(sample.outputs()) == f"Changed: {sample.dashboard().title}".encode()
