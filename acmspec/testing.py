"""The worked examples of a spec, settled and shown with what they reach, and on request what its data reach."""

from collections.abc import Mapping
from datetime import date

from acmspec import api
from acmspec.ground.node import node
from acmspec.pipeline import is_sound
from acmspec.renderers.markdown import page


@node
class Request:
    """Which spec, and whether a part that nothing reaches is an error.

    With `history`, the spec's own data are evaluated to see what they reach; the other arguments are then those of
    `api.evaluate`.
    """

    spec: str
    history: bool = False
    strict: bool = False
    as_of: date | None = None
    data: Mapping[str, str] | None = None
    connections: Mapping[str, str] | None = None
    outside: bool = False


def test(request: Request) -> api.Shown:
    """The page as Markdown; examples that don't come out are among the findings, as the checker finds them."""
    from acmspec.report.tested import tested
    from acmspec.settlement.coverage import reached_in

    checked = api.check(request.spec, allow_outside=request.outside)
    if checked.value is None or not is_sound(checked):
        code = api.UNREADABLE if api.is_unreadable(checked) else api.FOUND_ERRORS
        return api.Shown("", checked.diagnostics, code)
    program, found, code, seen = checked.value, checked.diagnostics, api.CLEAN, None
    if request.history:
        done = api.evaluate(
            request.spec,
            as_of=request.as_of,
            data=request.data,
            connections=request.connections,
            allow_outside=request.outside,
        )
        found, code = done.diagnostics, done.exit_code
        if done.value is None:
            return api.Shown("", found, code)
        seen = reached_in(program, done.value.results, done.value.settlement)
    told = tested(program, seen)
    contract = program.spec.contract
    under = f"{contract.agency.value} · {contract.title.value} · {program.contract_id}"
    if request.strict and told.unreached:
        code = max(code, api.FOUND_ERRORS)
    return api.Shown(page("Worked examples", under, told.sections), found, code)
