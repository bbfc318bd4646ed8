"""The page's template, ready to be filled; what it is filled with is not known here.

Compiling it takes longer than filling it. So what the library makes of it stands beside it, and is used as long as it
was made by the same library of the same template.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATE = Path(__file__).parent / "page.html"
COMPILED = Path(__file__).parent / "page.html.compiled"


def template() -> "Template":
    """The template, as it is compiled already, or compiled now."""
    from jinja2 import Template

    environment, source = _environment(), TEMPLATE.read_text(encoding="utf-8")
    compiled = COMPILED.read_text(encoding="utf-8") if COMPILED.exists() else ""
    if not compiled.startswith(_made_of(source)):
        return environment.from_string(source)
    code = compile(compiled, TEMPLATE.name, "exec")
    return Template.from_code(environment, code, environment.make_globals(None))


def compiled() -> str:
    """What the library makes of the template, as it stands in the file."""
    source = TEMPLATE.read_text(encoding="utf-8")
    return _made_of(source) + _environment().compile(source, TEMPLATE.name, TEMPLATE.name, raw=True) + "\n"


def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _made_of(source: str) -> str:
    """The head of the file: by what it was made, and of what."""
    import jinja2

    return f"# Jinja2 {jinja2.__version__} of {sha256(source.encode()).hexdigest()}\n"
