"""The payments as an Excel workbook that works them out again, cell by cell, from the counts to the cent."""

from acmspec.report.outputs import Outputs

FILE = "worksheet.xlsx"


def render(outputs: Outputs) -> bytes:
    """The workbook of a run."""
    from acmspec.renderers.worksheet.workbook import workbook  # only a run pays for it

    return workbook(outputs)
