"""Fills the page's template with the dashboard, its charts drawn; decides nothing about numbers."""

import re
from pathlib import Path

import acmspec.renderers.dashboard.charts as charts  # noqa: PLR0402  (through the package it would be a circle)
import acmspec.renderers.dashboard.svg as svg  # noqa: PLR0402  (through the package it would be a circle)
from acmspec.renderers.dashboard.template import template
from acmspec.report.outputs import Outputs

_HASH_CHARACTERS = 7
_HIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What data can hold and no page may: controls, and signs that turn the order in which a number is read."""

_SMALL = ("No", "One", "Two", "Three", "Four", "Five")


def page(outputs: Outputs) -> str:
    """The whole HTML document."""
    from markupsafe import Markup

    folder = Path(__file__).parent
    dashboard = outputs.dashboard
    text = template().render(
        d=dashboard,
        css=Markup((folder / "page.css").read_text(encoding="utf-8")),  # noqa: S704  (our own file)
        symbols=_drawn(svg.symbols()),
        mark=lambda one: _drawn(svg.mark(one)),
        chart=lambda one: _drawn(charts.series(one)),
        sparkline=lambda one: _drawn(charts.sparkline(one)),
        dots=charts.Dots.of,
        drawn=_drawn,
        hint=charts.hint(tuple(one.series for one in dashboard.measures)),
        spec_hash=outputs.spec_sha256[:_HASH_CHARACTERS],
        version=outputs.version,
        count=lambda number: _SMALL[number] if number < len(_SMALL) else str(number),
    )
    return _HIDDEN.sub("\ufffd", text)


def _drawn(picture: str) -> object:
    """A picture of our own functions, which escape every text they are given."""
    from markupsafe import Markup

    return Markup(picture)  # noqa: S704
