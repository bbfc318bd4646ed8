"""The output formats, one file each; a format is added by its file and its name in the tuple."""

from typing import Protocol

from acmspec.renderers import (
    dashboard,
    manifest,
    markdown,
    payments_csv,
    quality_csv,
    results_csv,
    results_json,
    word,
    worksheet,
)
from acmspec.report.outputs import Outputs


class Renderer(Protocol):
    """A module that turns one run into the bytes of one file."""

    FILE: str

    def render(self, outputs: Outputs) -> bytes:
        """The whole file; the same bytes for the same run, always."""


RENDERERS: tuple[Renderer, ...] = (
    results_csv,
    results_json,
    payments_csv,
    worksheet,
    quality_csv,
    markdown,
    word,
    dashboard,
    manifest,
)


def written(outputs: Outputs) -> tuple[Renderer, ...]:
    """The formats that a run writes: a worksheet only where there are terms of payment to work out."""
    return tuple(one for one in RENDERERS if one is not worksheet or outputs.settlement.steps)
