"""A table that is looked back into says from which day it is complete."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import Catalog
from acmspec.program.relocate import parts
from acmspec.program.tree import Program, Reach
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM481",
    "a look back into data that may begin too late",
    "Records from before the data begins look as if they had never been, so that “none before” is true of everybody "
    "who is measured early.",
    "Write, for example, complete: {from: 2020-01-01}; records that look back further are then not judged.",
    "Each source must state from which day on it is complete.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every table into which some measure looks back by a length of time has its first complete day."""
    catalog = Catalog(spec)
    told: set[str] = set()
    for measure in program.measures if program is not None else ():
        for one in parts(measure.formula):
            if not isinstance(one, Reach) or one.ahead or not (one.length.days or one.length.months):
                continue
            table = catalog.tables.get(one.table)
            if table is None or table.complete_from is not None or one.table in told:
                continue
            told.add(one.table)
            if not catalog.faulty("data", one.table):
                message = f"“{measure.name}” looks back in “{one.table}”, which doesn't say from when it is complete"
                path = f"data.{one.table}"
                yield PROBLEM.at(table.name.span, message, label="complete from when?", path=path)
