"""Everything a renderer may read, in one value."""

from acmspec.ground.node import node
from acmspec.program.tree import Program
from acmspec.report.tree import Clauses, Dashboard
from acmspec.results.tree import Comparison, MeasureResults, Results, State
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

    def targets_missed(self) -> tuple[str, ...]:
        """The metrics whose latest final result over all records misses a target."""
        targets = {
            metric.name.value: {one.name.value for one in metric.benchmarks if one.kind.value == "target"}
            for metric in self.program.spec.metrics
        }
        return tuple(
            one.measure.name
            for one in self.results.metrics
            if any(each.met is False and each.benchmark in targets[one.measure.name] for each in _latest(one))
        )


def _latest(metric: MeasureResults) -> tuple[Comparison, ...]:
    final = [one for one in metric.of() if one.state is State.VALUE and not one.flags]
    return final[-1].comparisons if final else ()
