"""How many records of a table there are of each kind, by provider and by the rule that they break."""

from collections.abc import Iterator, Sequence

from acmspec.facts.numbers import text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import Table
from acmspec.facts.tree import Tally
from acmspec.ground.node import node


@node
class Counted:
    """One kind of record to count: what it is called, the rule's code and what the rule is about; `when` is SQL."""

    what: str
    rule: str
    of: str
    when: str


def provider_column(table: Table) -> int | None:
    """Which column of a table names the provider; None if there is none, or it is private."""
    for index, one in enumerate(table.store.columns):
        if one.name == table.store.each and not one.private:
            return index
    return None


Counts = dict[str, list[int]]
"""By provider, "" for nobody: how many records are of each kind."""


def count(backend: Backend, source: str, provider: str, kinds: Sequence[Counted]) -> Counts:
    """Counts over what stands after FROM; `provider` is SQL, "" if there is none."""
    sums = ", ".join(backend.dialect.counted(one.when) for one in kinds)
    of = provider or backend.dialect.shown("NULL")
    rows = backend.rows(f"SELECT {of}, {sums} FROM {source} GROUP BY {of}") if kinds else ()
    return {text(name) or "": [0 if one is None else whole(one) for one in counts] for name, *counts in rows}


def told(kinds: Sequence[Counted], found: Counts) -> Iterator[Tally]:
    """What was counted, for each provider and for all.

    A record without a provider counts in the total alone. Of what no record is, nothing is said.
    """
    for index, kind in enumerate(kinds):
        total = sum(counts[index] for counts in found.values())
        for name, number in [("", total), *((name, counts[index]) for name, counts in sorted(found.items()) if name)]:
            if number:
                yield Tally(name, kind.what, kind.rule, kind.of, number)


def tally(backend: Backend, source: str, provider: str, kinds: Sequence[Counted]) -> Iterator[Tally]:
    """What there is of each kind, counted over what stands after FROM."""
    return told(kinds, count(backend, source, provider, kinds))
