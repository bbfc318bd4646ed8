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
from acmspec.program.tree import Dimension, Measure, Program
from acmspec.query.record_rows import Whose, record_rows
from acmspec.renderers.markdown import page
from acmspec.report.clauses_draft import title
from acmspec.report.explained import Asked, AskedLines, explained, explained_lines

if TYPE_CHECKING:
    from acmspec.facts.ports import Backend
    from acmspec.report.outputs import Outputs


class UnknownError(ValueError):
    """There is no such provider, measure or period; the text says which there are."""


@node
class Request:
    """Whose result of which measure and period is explained, or lines of which term without one; from which data.

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
    if request.metric in _terms_without_result(outputs.program):
        return _page_of_lines(outputs, request)
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
    return page(
        f"{measure.title}, {request.provider}, {request.period}", _under(outputs), explained(outputs, asked, told)
    )


def _page_of_lines(outputs: "Outputs", request: Request) -> str:
    """The page about a term that rests on no result: what its lines of a period follow from."""
    terms = outputs.program.payments.terms
    dues = [
        due
        for step in outputs.settlement.steps
        for due in step.dues
        if request.metric in {terms[due.term].name, terms[due.term].written}
    ]
    own = [due.line for due in dues if due.line.provider == request.provider]
    if not own:
        raise _unknown("provider", request.provider, (due.line.provider for due in dues))
    if request.period not in {line.period for line in own}:
        raise _unknown("period", request.period, (line.period for line in own))
    asked = AskedLines(request.provider, request.metric, request.period, request.own)
    about = f"{title(request.metric)}, {request.provider}, {request.period}"
    return page(about, _under(outputs), explained_lines(outputs, asked))


def _under(outputs: "Outputs") -> str:
    contract = outputs.program.spec.contract
    return f"{contract.title.value} · {outputs.program.contract_id} · data as of {outputs.results.data_date}"


def _terms_without_result(program: Program) -> tuple[str, ...]:
    """The names of terms that rest on no result, as the spec has them and as their lines do."""
    measures = {one.name for one in program.measures}
    terms = [one for one in program.payments.terms if not one.rests_on]
    names = dict.fromkeys(name for one in terms for name in (one.written, one.name))
    return tuple(name for name in names if name not in measures)


def _measure(outputs: "Outputs", name: str) -> Measure:
    """A metric, or what a payment term measures for itself, by the name of the term."""
    found = next((one for one in outputs.program.measures if one.name == name), None)
    if found is None:
        measures = (one.name for one in outputs.program.measures)
        raise _unknown("metric", name, (*measures, *_terms_without_result(outputs.program)))
    return found


def _provider(measure: Measure) -> Dimension:
    found = next((one[0] for one in measure.breakdowns if len(one) == 1 and one[0].is_provider), None)
    if found is None:
        raise UnknownError(f"“{measure.name}” is not broken down by provider")
    return found


def _unknown(what: str, name: str, known: Iterable[str]) -> UnknownError:
    return UnknownError(f"there is no {what} “{name}”. {offer(name, dict.fromkeys(known))}")
