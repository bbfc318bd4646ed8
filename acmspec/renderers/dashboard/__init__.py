"""The dashboard as one static HTML file: no script, no network, the same bytes on every run."""

from acmspec.report.outputs import Outputs

FILE = "dashboard.html"


def render(outputs: Outputs) -> bytes:
    """The page of a run, in UTF-8."""
    from acmspec.renderers.dashboard.page import page  # the template engine is not for those who only check

    return page(outputs).encode()
