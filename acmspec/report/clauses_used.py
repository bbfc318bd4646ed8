"""What the measures, checks and breakdowns of a program use, for the sentences that explain only what is there."""

from collections.abc import Iterator

from acmspec.english.groups import aggregates
from acmspec.english.parts import everything
from acmspec.program.record import Record
from acmspec.program.tree import Aggregate
from acmspec.report.clauses_draft import Draft, records


def aggregates_used(draft: Draft) -> Iterator[Aggregate]:
    """All aggregates of the program, those of its checks of matching first."""
    for check in draft.program.referral_checks:
        yield from aggregates(check)
    for measure in draft.program.measures:
        yield from aggregates(measure.formula)
        for benchmark in measure.benchmarks:
            yield from aggregates(benchmark.value)


def nodes_used(draft: Draft) -> Iterator[Record]:
    """All record expressions of the program and what they are made of."""
    for root in _roots(draft):
        yield from everything(root)


def _roots(draft: Draft) -> Iterator[Record]:
    for one in aggregates_used(draft):
        yield from records(one)
    for measure in draft.program.measures:
        for breakdown in measure.breakdowns:
            for dimension in breakdown:
                yield from (record for _, record in dimension.values)
        yield from (one.condition for one in measure.parts)
    for store in draft.program.stores:
        yield from (check.condition for check in store.checks)
    for spells in draft.program.spells:
        yield from (one.where for one in (*spells.merge, *spells.without) if one.where is not None)
