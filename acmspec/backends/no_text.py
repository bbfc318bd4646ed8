"""Columns of a database whose values have no exact text: how a load is refused, and what is said; knows no engine."""

from acmspec.facts.databases import NO_TEXT, NOT_WHOLE
from acmspec.facts.ports import Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic

OTHER = "no text: "
"""What the kind of a column begins with whose type has no exact text, before the name of the type."""
NOT_EXACT = "not exact"
"""What an engine's word holds where a floating-point number is not whole."""


def raise_for(scan: Scan, column: str) -> None:
    """Raise `ValueError` if a column's type has no exact text; `said` reads its word."""
    kind = scan.option(f"type {column}")
    if kind.startswith(OTHER):
        raise ValueError(f"{OTHER}{column}\n{kind.removeprefix(OTHER)}")


def said(scan: Scan, error: str) -> Diagnostic | None:
    """What is said of the word a load was refused with; None if it is about something else."""
    if error.startswith(OTHER):
        column, kind = error.removeprefix(OTHER).split("\n")
        return NO_TEXT.at(DataPlace(scan.shown, column=column), f"the column “{column}” is of the type {kind}")
    if NOT_EXACT in error:
        floats = ", ".join(f"“{one}”" for one in scan.columns if scan.option(f"type {one}") == "float")
        message = f"a floating-point column ({floats}) holds a number that is not whole"
        return NOT_WHOLE.at(DataPlace(scan.shown), message)
    return None
