"""A contract applied to its past, and what it can be expected to pay, as a page: how it is evaluated for that."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from acmspec import api
from acmspec.given import Given
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.pipeline import is_sound
from acmspec.renderers.markdown import page

if TYPE_CHECKING:
    from acmspec.program.tree import Program


class UnknownError(ValueError):
    """There is no such metric; the text says which there are."""


@node
class Request:
    """Which spec, from which day on it is applied (its own, if None), and what is assumed by metric.

    `rates` are shares; the other arguments are those of `api.evaluate`.
    """

    spec: str
    since: date | None = None
    rates: Mapping[str, Fraction] | None = None
    cases: Mapping[str, int] | None = None
    as_of: date | None = None
    data: Mapping[str, str] | None = None
    connections: Mapping[str, str] | None = None
    outside: bool = False


def simulate(request: Request) -> api.Shown:
    """The page as Markdown, and what was found on the way; UnknownError if a metric is assumed that there is not."""
    from acmspec.report.simulated import Simulated, simulated
    from acmspec.settlement.spending import Assumed, is_share

    checked = api.check(request.spec, allow_outside=request.outside)
    if checked.value is None or not is_sound(checked):
        code = api.UNREADABLE if api.is_unreadable(checked) else api.FOUND_ERRORS
        return api.Shown("", checked.diagnostics, code)
    program = applied(checked.value, request.since)
    assumed = Assumed(request.rates or {}, request.cases or {})
    known = [one.name for one in program.measures if is_share(one)]
    for name in (*assumed.rates, *assumed.cases):
        if name not in known:
            raise UnknownError(f"there is no metric “{name}” that is a share. {offer(name, known)}")
    data_date = request.as_of or program.data_date
    if data_date is None:
        found = api.NO_DATA_DATE.at(None, "no date says how far the data goes")
        return api.Shown("", (*checked.diagnostics, found), api.UNREADABLE)
    given = Given(request.data or {}, {}, request.connections or {}, request.outside)
    done = given.evaluate(program, data_date, Path(request.spec).parent, api.VERSION)
    if done.value is None:
        return api.Shown("", (*checked.diagnostics, *done.diagnostics), api.UNREADABLE)
    told = simulated(Simulated(program, done.value.results, done.value.settlement, assumed))
    contract = program.spec.contract
    under = f"{contract.agency.value} · {contract.title.value} · {program.contract_id}"
    return api.Shown(page("Simulation", under, told), (*checked.diagnostics, *done.diagnostics), api.CLEAN)


def applied(program: "Program", since: date | None) -> "Program":
    """The contract as if it began on a day, with the agreements that begin with it, and without a phase-in."""
    first = since or program.first
    agreements = tuple(
        replace(one, first=first) if one.first == program.first else one for one in program.payments.agreements
    )
    return replace(program, first=first, payments=replace(program.payments, agreements=agreements, phase_in_until=None))
