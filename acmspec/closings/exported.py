"""The tables of a database, brought into files before a closing that rests on them; it judges no record."""

from datetime import date
from pathlib import Path

from acmspec.backends.engines import stopped
from acmspec.closings.request import Request
from acmspec.facts.exported import export
from acmspec.ground.diagnostic import Diagnostic, Outcome, has_errors
from acmspec.program.tree import Program


def exported(request: Request, program: Program, as_of: date, aside: Path) -> Outcome[dict[str, str | Path]]:
    """Where each table is read from: what was given, and a file for each that lies in a database.

    A database goes on, and has no bytes to hash. So its records are written down first, and then counted from there.
    """
    data = dict(request.data)
    stores = [one for one in program.stores if one.table and one.name not in data]
    if not stores:
        return Outcome(data)
    found: list[Diagnostic] = []
    given = request.given(data)
    with stopped() as broken, given.engine(program) as backend:
        if isinstance(backend, Diagnostic):
            return Outcome(None, (backend,))
        for one in stores:
            path = aside / f"{one.name}.csv"
            found += export(one, program, as_of, backend, path)
            data[one.name] = path
    found += broken
    return Outcome(None if has_errors(found) else data, tuple(found))
