"""Cells of a spreadsheet that hold something and no value: how they are marked, and what is said of them."""

from acmspec.ground.diagnostic import Problem

ERROR_MARK = "\x02"
"""What stands before the name of an error in a cell's text; no cell of a file begins with it."""

NOT_CALCULATED = "formula without a result"
MERGED = "merged cell"
LOST_DIGITS = "number of more than 15 digits"

ERROR_CELL = Problem(
    "ACM541",
    "an error of the spreadsheet",
    "A formula in the sheet could not be calculated, so that nobody knows the value of the cell.",
    "Mend the formula, or list the error under “missing:” of the field if it stands for a value that is not known.",
    "A cell of a data file must hold a value, not an error.",
)
PROBLEMS = (ERROR_CELL,)

_SAID = {
    NOT_CALCULATED: (
        "A program wrote the formula and did not calculate it, so that the file has no result to read.",
        "Open the file in a spreadsheet program, save it there, and deliver that.",
    ),
    MERGED: (
        "Of cells that are merged only the first holds the value; whether it is meant for the others can't be known.",
        "Unmerge the cells and fill each, or export the sheet as CSV.",
    ),
    LOST_DIGITS: (
        "A spreadsheet keeps 15 digits of a number; the others were lost when it was typed in or imported.",
        "Bring the values in as text: format the column as text first, or export the file from its source as CSV.",
    ),
}


def said_of(error: str) -> tuple[str, str]:
    """Cause and fix of an error by its name; that of the problem where it is one of a formula."""
    return _SAID.get(error, ("", ""))
