"""Who should have sent records and did not."""

from rowwise import periods
from rowwise.periods import Stretch
from rowwise.world import World


def silences(world: World, name: str) -> list[tuple[str, Stretch]]:
    """Provider and period, wherever a table should have had a record and has none."""
    if world.spells(name) is not None:
        return [one for source in world.sources(name) for one in silences(world, source)]
    reporting, loaded = world.table(name).reporting, world.tables[name]
    if reporting is None or not loaded.is_open:
        return []
    reported = [(row.values[reporting.each.value], row.values[reporting.dated.value]) for row in loaded.rows]
    found = []
    for agreement in world.spec.agreements:
        provider, term = agreement.provider.value, agreement.term or world.spec.contract.term
        first, last = term.first.value, term.last.value
        for period in periods.between(first, last, reporting.every, world.spec.contract.fiscal_year_starts):
            is_due = first <= period.first and period.last <= min(last, loaded.through)
            if is_due and not any(who == provider and period.holds(day) for who, day in reported):
                found.append((provider, period))
    return found
