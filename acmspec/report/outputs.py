"""Everything a renderer may read, in one value."""

from acmspec.ground.node import node
from acmspec.program.tree import Program
from acmspec.report.tree import Clauses, Dashboard
from acmspec.results.tree import Results
from acmspec.settlement.tree import Settlement


@node
class Outputs:
    """One run: meaning, results, money, pages. `spec_sha256` hashes the spec's bytes; `version` is acmspec's.

    `files` are the names of all files the run writes, in order.
    """

    program: Program
    results: Results
    settlement: Settlement
    clauses: Clauses
    dashboard: Dashboard
    spec_sha256: str
    version: str
    files: tuple[str, ...] = ()
