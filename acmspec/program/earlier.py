"""The payment terms that stand before another, as its kind knows them when it is lowered; it knows no kind."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from acmspec.ground.diagnostic import Outcome, Severity
from acmspec.program.definitions import Definitions
from acmspec.program.payment import Payment, Term
from acmspec.program.ports import LEFT_OUT, Earlier, MeasureContext
from acmspec.program.prices_from_figures import index_in_figure

_TERMS = "incentives.terms."
_NAME = _TERMS.count(".")
"""Which part of a path in the spec is a term's name."""


def placed(context: MeasureContext, term: str, before: Sequence[Term], names: Definitions) -> MeasureContext:
    """A context that knows the term and those that stand before it."""
    return replace(
        context,
        term=term,
        before=tuple(Earlier(one.name, one.written, one.every, one.takes) for one in before),
        left_out=_left_out(term, before, names),
        index=partial(index_in_figure, catalog=names.catalog),
        last=names.catalog.spec.contract.term.last.value,
    )


def told(lowered: Outcome[Payment], path: str, names: Definitions) -> Payment | None:
    """What a term comes to; what was found is said, but for what follows from the error of an earlier term."""
    names.findings.extend((one for one in lowered.diagnostics if one.label != LEFT_OUT), path)
    return lowered.value


def _left_out(term: str, before: Sequence[Term], names: Definitions) -> frozenset[str]:
    """The terms written before one that are not in force; none where no error says why, as of one that is planned."""
    spec = names.catalog.spec
    errors = spec.faulty or any(one.severity is Severity.ERROR for one in names.findings.diagnostics)
    if not errors or spec.incentives is None:
        return frozenset()
    written = [one.use.name.value for one in spec.incentives.terms]
    # One that could not be read at all is not among them, so that nobody knows where it stands.
    unread = {one.split(".")[_NAME] for one in spec.faulty if one.startswith(_TERMS)}.difference(written)
    return frozenset((*written[: written.index(term)], *unread)).difference(one.written for one in before)
