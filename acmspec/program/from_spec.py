"""The door from what the author wrote to what it means: everything resolved, checked and lowered."""

from collections.abc import Mapping

from acmspec.ground.diagnostic import Outcome
from acmspec.program.business import calendars_of
from acmspec.program.catalog import Catalog
from acmspec.program.checks_from_spec import checks_of
from acmspec.program.definitions import Definitions
from acmspec.program.figure import reference_of
from acmspec.program.findings import Findings
from acmspec.program.measures_from_spec import Resolved, measure_of
from acmspec.program.payments_from_spec import payments_of
from acmspec.program.ports import Kinds
from acmspec.program.register import register_of
from acmspec.program.rules import RULES
from acmspec.program.spells_from_spec import spells_of
from acmspec.program.stores_from_spec import store_of
from acmspec.program.tree import Program
from acmspec.program.written_out import bounded, say_oversized
from acmspec.spec.tree import Spec


def resolve(spec: Spec, kinds: Kinds) -> Outcome[Program]:
    """What a spec means, and everything wrong with its meaning.

    Parts with errors are left out of the program, so it is complete only if nothing found is an error.
    """
    findings = Findings()
    spec, oversized = bounded(spec)
    names = Definitions(Catalog(spec), findings)
    names.all()
    say_oversized(oversized, findings)
    stores = tuple(store_of(table, names) for table in spec.data if table.status == "available")
    spells = tuple(one for written in spec.spells if (one := spells_of(written, names)) is not None)
    metrics = {one.name.value: measure_of(one, names, kinds) for one in spec.metrics}
    paid = payments_of(names, kinds, metrics)
    checks = checks_of(spec, names)
    _read_examples(spec, names, metrics)
    contract = spec.contract
    program = Program(
        contract_id=contract.id.value,
        first=contract.term.first.value,
        last=contract.term.last.value,
        data_date=contract.data_date.value if contract.data_date else None,
        fiscal_starts=contract.fiscal_year_starts,
        currency=contract.currency,
        stores=stores,
        spells=spells,
        measures=(*(one.measure for one in metrics.values() if one.measure is not None), *paid.outcomes),
        payments=paid.payments,
        spec=spec,
        referral_checks=checks.meanings,
        checks=checks.measures,
        calendars=calendars_of(spec.calendars),
        register=register_of(names.catalog, findings),
        figures=tuple(reference_of(one) for one in spec.figures),
    )
    for check in RULES:
        findings.extend(check(spec, program))
    return Outcome(program, findings.diagnostics)


def _read_examples(spec: Spec, names: Definitions, metrics: Mapping[str, Resolved]) -> None:
    """The value a worked case expects is in the unit of its metric."""
    for index, one in enumerate(spec.examples):
        if one.value is not None and one.metric.value in metrics:
            found = metrics[one.metric.value].context.convert(one.value)
            names.findings.extend(found.diagnostics, f"examples.{index}.expect.value")
