"""The path of a data file leads to it on every computer that has the spec's folder."""

import re
from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.pattern import pattern
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM497",
    "a path that leads nowhere on other computers",
    "The files lie beside the spec, and whoever has its folder must find them: a drive, a web address or a "
    "backslash is of one computer or of none.",
    "Put the file below the folder of the spec and write its path from there with “/”, such as data/visits.csv.",
    "The files in which data is delivered must lie where the parties agreed.",
    Severity.WARNING,
)

_DRIVE = pattern(r"[A-Za-z]:[\\/]|[\\/]{2}|~")
_ADDRESS = pattern(r"[a-z]+://|www\\.")


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No path starts at a drive or in the web, and none is written with backslashes."""
    for table in spec.data:
        path = f"data.{table.name.value}.file"
        for one in table.files.each if table.table is None and not faulty(spec, "data", table.name.value) else ():
            written = one.file.value
            name = re.split(r"[\\/]", written)[-1]
            if _ADDRESS.match(written):
                fix = f"Download the file and write “file: data/{name}”."
                yield PROBLEM.at(one.file.span, "a web address is no file", label="of the web", path=path, fix=fix)
            elif _DRIVE.match(written):
                fix = f"Put the file below the folder of the spec, and write “file: data/{name}”."
                yield PROBLEM.at(one.file.span, "this path is of one computer", label="of a drive", path=path, fix=fix)
            elif "\\" in written:
                fix = "Write “file: " + written.replace("\\", "/") + "”."
                yield PROBLEM.at(one.file.span, "a path is written with “/”", label="backslash", path=path, fix=fix)
