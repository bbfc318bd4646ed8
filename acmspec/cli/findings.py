"""How findings are written to stderr: those of the spec in the order of its text, then those of the data."""

import os
import sys
from collections.abc import Iterable

from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.display import alike, also, pretty, summary
from acmspec.ground.source import Span


def show(diagnostics: Iterable[Diagnostic], *, written: bool = True) -> None:
    """Write all findings and a closing line to stderr, which says so if something was to be `written` and was not."""
    found = sorted(diagnostics, key=_order)
    color = sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for first, *others in alike(found):
        sys.stderr.write(pretty(first, color=color) + "\n")
        sys.stderr.write(also(others) + "\n\n" if others else "\n")
    if found:
        sys.stderr.write(summary(tuple(found), written=written) + "\n")


def _order(one: Diagnostic) -> tuple[int, str, int]:
    if isinstance(one.place, Span):
        return 0, one.place.source.name, one.place.start
    return 1, "", 0
