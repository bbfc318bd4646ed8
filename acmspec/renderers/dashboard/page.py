"""The whole page: its head, its sections in their order; decides nothing about numbers."""

import re
from pathlib import Path

import acmspec.renderers.dashboard.measures as measures  # noqa: PLR0402  (through the package it would be a circle)
import acmspec.renderers.dashboard.sections as sections  # noqa: PLR0402
import acmspec.renderers.dashboard.svg as svg  # noqa: PLR0402
from acmspec.renderers.dashboard.html import Html, fill, joined, where
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Dashboard

_HASH_CHARACTERS = 7
_HIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
"""What data can hold and no page may: controls, and signs that turn the order in which a number is read."""


def page(outputs: Outputs) -> str:
    """The whole HTML document."""
    one = outputs.dashboard
    text = fill(
        '<!DOCTYPE html>\n<html lang="en">\n{}<body>\n<a class="skip" href="#main">Skip to the results</a>\n{}\n{}'
        '<main id="main">\n{}</main>\n</body>\n</html>',
        _head(one, outputs.version), Html(svg.symbols()), _header(outputs), _sections(one),
    ).text  # fmt: skip
    return _HIDDEN.sub("\ufffd", text)


def _head(one: Dashboard, version: str) -> Html:
    return fill(
        '<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="acmspec {}">\n<meta name="color-scheme" content="light">\n'
        "<title>{}: dashboard, data to {}</title>\n<style>\n{}\n</style>\n</head>\n",
        version, one.title, one.data_to, Html((Path(__file__).parent / "page.css").read_text(encoding="utf-8")),
    )  # fmt: skip


def _header(outputs: Outputs) -> Html:
    one = outputs.dashboard
    return fill(
        '<header>\n<div>\n<h1>{}</h1>\n<p class="sub">{}{}</p>\n</div>\n<p class="meta">Data complete to <b>{}</b>, as'
        " of {}<br>Specification <code>{}</code> · acmspec {}</p>\n</header>\n",
        one.title, one.agency, where(one.subtitle, " · {}", one.subtitle), one.data_to, one.data_date,
        outputs.spec_sha256[:_HASH_CHARACTERS], outputs.version,
    )  # fmt: skip


def _sections(one: Dashboard) -> Html:
    return joined(
        (
            sections.goals(one.motivation, one.goals),
            sections.findings(one.findings),
            measures.measures(one.measures),
            measures.providers(one.matrix),
            measures.groups(one.breakdowns),
            sections.payments(one.payments),
            sections.quality(one.quality),
            sections.practice(one.practice),
            sections.reading(one.reading),
        )
    )
