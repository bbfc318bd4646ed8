"""What a payment is held against lies where the data is complete."""

from collections.abc import Iterator
from datetime import date

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.dimensions import tables_of
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.payment_parts import prior_benchmark
from acmspec.program.tree import Benchmark, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM728",
    "held against days before the data begins",
    "Of days before “complete: {from: …}” it is never known whether all records are there, so that a payment that is "
    "held against them waits for ever.",
    "Let the benchmark's days start when the data does, or have the earlier records delivered and say so under "
    "“complete”.",
    "A result that payments are measured against must rest on complete data.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No benchmark that a term pays against looks at days before a table it rests on is complete."""
    if program is None:
        return
    spans = {(m.name.value, b.name.value): b.name.span for m in spec.metrics for b in m.benchmarks}
    told: set[tuple[str, str]] = set()
    for term in program.payments.terms:
        measure, name = program.measure_of(term), prior_benchmark(term.amount)
        key = "" if measure is None else measure.name, name
        for one in measure.benchmarks if measure is not None and key in spans else ():
            begins = _begins(one, program) if one.name == name else None
            if begins is not None and key not in told:
                told.add(key)
                first, table = begins
                message = f"“{name}” looks at days before {first}, from which on “{table}” is complete"
                path = f"metrics.{key[0]}.benchmarks.{name}"
                fix = f"Let “{name}” start on {first} or later, or say from when on “{table}” is complete."
                yield PROBLEM.at(spans[key], message, label="never known to be complete", path=path, fix=fix)


def _begins(one: Benchmark, program: Program) -> tuple[date, str] | None:
    """The first complete day of the table that begins last, if a benchmark looks at days before it."""
    if not isinstance(one.value, Slice) or not isinstance(one.value.to, Dates):
        return None
    made = {each.name: each.sources for each in program.spells}
    read = [name for table in tables_of(one.value) for name in made.get(table, (table,))]
    since = {store.name: store.complete_from for store in program.stores}
    found = [(first, name) for name in read if (first := since.get(name)) is not None]
    latest = max(found, default=None)
    return latest if latest is not None and latest[0] > one.value.to.first else None
