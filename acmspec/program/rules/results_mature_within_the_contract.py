"""Results that payments rest on mature before the contract ends."""

from collections.abc import Iterator

from acmspec.ground.calendar import Length, Period, periods
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.source import Span
from acmspec.program.calendar import end_of
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Measure, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM396",
    "result that comes after the contract",
    "A record is judged only when its time of observation is over and its data have arrived.",
    "Shorten the time of observation, or settle the last periods after the term ends and say so in the contract.",
    "The parties should settle results that become final after the term ends.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """The last paid period, and some period of each other metric, can be judged before the term ends."""
    if program is None or program.last < program.first:
        return
    spans = {one.name.value: one.formula.span for one in spec.metrics}
    paid = {name for one in program.payments.terms for name in one.rests_on}
    paid |= {one.measure for one in program.payments.gates}
    for measure in program.measures:
        waits = [length for length in _waits(measure) if length.days > 0 or length.months > 0 or length.business > 0]
        every = periods(measure.every, program.first, program.last, program.fiscal_starts)
        counted, last = program.calendars, program.last
        late = [one for one in every if any(end_of(one.last, length, counted) > last for length in waits)]
        if late and (measure.name in paid or len(late) == len(every)):
            yield _said(measure, late, every, program, spans.get(measure.name, measure.span))


def _waits(measure: Measure) -> Iterator[Length]:
    """How long the measure's records are observed."""
    for one in parts(measure.formula):
        if isinstance(one, Aggregate):
            yield from (window.length for window in one.windows)


def _said(measure: Measure, late: list[Period], every: tuple[Period, ...], program: Program, span: Span) -> Diagnostic:
    which = "no result" if len(late) == len(every) else f"the results from {late[0].name} on"
    verb = "matures" if len(late) == len(every) else "mature only after"
    when = "before" if len(late) == len(every) else ""
    message = f"{which} of “{measure.name}” {verb} {when} the term ends on {program.last}".replace("  ", " ")
    path = f"metrics.{measure.name}.formula" if measure.is_metric else f"incentives.terms.{measure.name}"
    return PROBLEM.at(span, message, label="observed too long", path=path)
