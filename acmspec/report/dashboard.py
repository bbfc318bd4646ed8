"""The dashboard's page, from meaning, results and settlement; how it looks is a renderer's matter."""

from acmspec.program.tree import Program
from acmspec.report import dashboard_words as words
from acmspec.report.dashboard_data import payments, quality, reading
from acmspec.report.dashboard_findings import findings
from acmspec.report.dashboard_measures import NOT_PROVIDERS, breakdowns, matrix, measure_rows
from acmspec.report.dashboard_practice import goals, practice
from acmspec.report.ports import SaidKinds
from acmspec.report.tree import Dashboard
from acmspec.results.tree import Results
from acmspec.settlement.tree import Settlement


def dashboard(program: Program, results: Results, settlement: Settlement, kinds: SaidKinds) -> Dashboard:
    """One page about a program: goals, what to discuss, measures, providers, groups, money, data, practice.

    `kinds` say in a few words what a benchmark compares with; all else follows from the lowered program.
    """
    contract = program.spec.contract
    found = matrix(results)
    listed = [row.name for row in found.rows if row.name not in NOT_PROVIDERS] if found else []
    providers = len(program.payments.agreements if program.register is None else listed)
    about = [
        f"{providers} {'provider' if providers == 1 else 'providers'}" if providers else "",
        f"contract term {words.days(program.first, program.last)}",
    ]
    through = min((one.through for one in results.tables), default=results.data_date)
    return Dashboard(
        title=contract.title.value,
        agency=contract.agency.value,
        subtitle=" · ".join(one for one in about if one),
        data_to=words.day(through),
        data_date=words.day(results.data_date),
        motivation=" ".join(program.spec.motivation.split()),
        goals=goals(program),
        findings=findings(program, results),
        measures=measure_rows(program, results, kinds),
        matrix=found,
        breakdowns=breakdowns(program, results),
        payments=payments(program, settlement),
        quality=quality(program, results),
        practice=practice(program, results),
        reading=reading(program),
    )
