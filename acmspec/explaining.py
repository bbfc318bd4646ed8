"""From an amount down to the records: one evaluation, then what it rests on; it prints nothing and decides nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from acmspec import api
from acmspec.facts.records import records
from acmspec.given import Given
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.pipeline import is_sound
from acmspec.program.tree import Dimension, Measure
from acmspec.query.record_rows import Whose, record_rows
from acmspec.renderers.markdown import page
from acmspec.report.explained import Asked, explained

if TYPE_CHECKING:
    from acmspec.facts.ports import Backend
    from acmspec.report.outputs import Outputs


class UnknownError(ValueError):
    """There is no such provider, measure or period; the text says which there are."""


@node
class Request:
    """Whose result of which measure and period is explained, from which data.

    `own` is whether the page is for the provider itself: it then says nothing of what others came to. `connections` are
    addresses instead of the spec's own; `outside` is whether files may lie outside the spec's folder.
    """

    spec: str
    provider: str
    metric: str
    period: str
    own: bool = False
    as_of: date | None = None
    data: Mapping[str, str | Path] | None = None
    connections: Mapping[str, str] | None = None
    outside: bool = False


def explain(request: Request) -> api.Shown:
    """The page as Markdown, and what was found on the way; UnknownError if there is nothing of that name."""
    checked = api.check(request.spec, allow_outside=request.outside)
    if checked.value is None or not is_sound(checked):
        code = api.UNREADABLE if api.is_unreadable(checked) else api.FOUND_ERRORS
        return api.Shown("", checked.diagnostics, code)
    given = Given(request.data or {}, {}, request.connections or {})
    with given.engine(checked.value) as backend:
        if isinstance(backend, Diagnostic):
            return api.Shown("", (*checked.diagnostics, backend), api.UNREADABLE)
        done = api.evaluate(
            request.spec,
            as_of=request.as_of,
            data=request.data,
            connections=request.connections,
            backend=backend,
            allow_outside=request.outside,
        )
        if done.value is None:
            return api.Shown("", done.diagnostics, done.exit_code)
        return api.Shown(_page(done.value, request, backend), done.diagnostics, done.exit_code)


def _page(outputs: "Outputs", request: Request, backend: "Backend") -> str:
    measure = _measure(outputs, request.metric)
    provider = _provider(measure)
    of_measure = next(one for one in outputs.results.measures if one.measure.name == measure.name)
    own = [one for one in of_measure.of(provider.path) if one.group == (request.provider,)]
    if not own:
        groups = (str(one.group[0]) for one in of_measure.of(provider.path))
        raise _unknown("provider", request.provider, groups)
    result = next((one for one in own if one.period.name == request.period), None)
    if result is None:
        raise _unknown("period", request.period, (one.period.name for one in own))
    whose = Whose(measure, request.period, provider)
    rows = record_rows(outputs.program, whose, outputs.results.data_date, backend.dialect)
    told = list(records(backend, rows, request.provider))
    asked = Asked(request.provider, measure, result, request.own)
    contract = outputs.program.spec.contract
    under = f"{contract.title.value} · {outputs.program.contract_id} · data as of {outputs.results.data_date}"
    return page(f"{measure.title}, {request.provider}, {request.period}", under, explained(outputs, asked, told))


def _measure(outputs: "Outputs", name: str) -> Measure:
    """A metric, or what a payment term measures for itself, by the name of the term."""
    found = next((one for one in outputs.program.measures if one.name == name), None)
    if found is None:
        raise _unknown("metric", name, (one.name for one in outputs.program.measures))
    return found


def _provider(measure: Measure) -> Dimension:
    found = next((one[0] for one in measure.breakdowns if len(one) == 1 and one[0].is_provider), None)
    if found is None:
        raise UnknownError(f"“{measure.name}” is not broken down by provider")
    return found


def _unknown(what: str, name: str, known: Iterable[str]) -> UnknownError:
    return UnknownError(f"there is no {what} “{name}”. {offer(name, dict.fromkeys(known))}")
