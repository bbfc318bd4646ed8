"""Processor time of `acmspec run` on the example by stage, imports of libraries apart: medians of several runs."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROUNDS = 3
SPEC = Path(__file__).parent.parent / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
T = TypeVar("T")


class Watch:
    """Milliseconds by stage, of every round."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        """Do some work and note how long it took."""
        start = time.process_time()
        found = work()
        self.taken.setdefault(stage, []).append((time.process_time() - start) * 1000)
        return found


def libraries() -> None:
    """Import what others made."""
    import click  # noqa: F401
    import duckdb  # noqa: F401
    import jinja2  # noqa: F401
    import yaml  # noqa: F401


def own() -> None:
    """Import what acmspec is made of."""
    import acmspec.backends.duckdb
    import acmspec.facts.from_query
    import acmspec.pipeline
    import acmspec.renderers
    import acmspec.report.dashboard
    import acmspec.settlement.from_results
    import acmspec.sources  # noqa: F401


def once(watch: Watch, folder: Path) -> None:
    """One run, stage by stage, as `api.run` has them."""
    from acmspec.api import VERSION, check
    from acmspec.backends.duckdb import DuckDB
    from acmspec.facts.from_query import gather
    from acmspec.kinds import KINDS
    from acmspec.query.from_program import plan
    from acmspec.renderers import RENDERERS
    from acmspec.renderers.placed import place
    from acmspec.report import clauses, dashboard
    from acmspec.report.outputs import Outputs
    from acmspec.results.from_facts import evaluate
    from acmspec.settlement.from_results import settle
    from acmspec.sources import SOURCES

    program = watch.time("check the spec", lambda: check(SPEC)).value
    if program is None or program.data_date is None:
        sys.exit("the example is not sound")
    data_date = program.data_date
    asked = watch.time("plan the queries", lambda: plan(program, data_date))
    files = {one.name: (SPEC.parent / one.file, one.file) for one in program.stores}
    backend = watch.time("open the engine", DuckDB)
    gathered = watch.time("read and gather", lambda: gather(program, asked, data_date, backend, SOURCES, files))
    backend.close()
    facts = gathered.value
    if facts is None:
        sys.exit("the example's data could not be read")
    results = watch.time("results", lambda: evaluate(program, facts))
    owed = watch.time("settlement", lambda: settle(program, results))
    said = watch.time("clauses", lambda: clauses.clauses(program, KINDS))
    page = watch.time("dashboard", lambda: dashboard.dashboard(program, results, owed, KINDS))
    names = tuple(one.FILE for one in RENDERERS)
    outputs = Outputs(program, results, owed, said, page, "0" * 64, VERSION, names)
    pages = [(one.FILE, watch.time(f"write {one.FILE}", lambda one=one: one.render(outputs))) for one in RENDERERS]
    watch.time("put in place", lambda: place(folder, pages))


def main() -> None:
    imports = Watch()
    imports.time("libraries", libraries)
    imports.time("acmspec itself", own)
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            once(watch, Path(folder) / "out")
    rows = sum(line.count(b"\n") for line in (one.read_bytes() for one in (SPEC.parent / "data").glob("*.csv")))
    medians = {stage: statistics.median(taken) for stage, taken in watch.taken.items()}
    print(f"{'import of libraries':32} {imports.taken['libraries'][0]:9.1f} ms, once")
    print(f"{'import of acmspec itself':32} {imports.taken['acmspec itself'][0]:9.1f} ms, once")
    for stage, taken in medians.items():
        print(f"{stage:32} {taken:9.1f} ms")
    print(f"{'all stages':32} {sum(medians.values()):9.1f} ms for {rows:,} lines of data, median of {ROUNDS} runs")


if __name__ == "__main__":
    main()
