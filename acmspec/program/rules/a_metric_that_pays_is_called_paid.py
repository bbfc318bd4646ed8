"""A metric is called paid if, and only if, a payment rests on it."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM384",
    "use and payment at odds",
    "“use” is what readers and clauses go by: a metric for review may change without an amendment, a paid one may not.",
    "Write “use: paid” for a metric that a payment term or a gate names, and another use for one that none names.",
    "Each measure that payments rest on should be called so.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every metric that a term or a gate names has `use: paid`, and every metric with `use: paid` is named by one."""
    if program is None or spec.incentives is None:
        return
    payments = program.payments
    paying = {limit.measure: (f"“{limit.name}” looks at", limit.span) for limit in reversed(payments.gates)}
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms}
    paying |= {
        measure: (f"“{one.name}” pays for", written[one.written].span)
        for one in reversed(payments.terms)
        for measure in one.rests_on
    }
    limits = (*payments.limits, *payments.reserves)
    terms = {one.written for one in payments.terms}
    complete = len(terms) == len(written) and len(limits) == len(spec.incentives.limits)
    complete = complete and not any(one.partition(".")[0] == "incentives" for one in spec.faulty)
    for metric in spec.metrics:
        name, path = metric.name.value, f"metrics.{metric.name.value}.use"
        if faulty(spec, "metrics", name, "use"):
            continue
        use, term = metric.use, paying.get(name)
        if term is not None and use.value != "paid":
            says, place = term
            message = f"{says} “{name}”, whose use is “{use.value}”"
            related = (Label(place, "payment depends on it here"),)
            yield PROBLEM.at(use.span, message, label="not “paid”", path=path, related=related)
        elif term is None and use.value == "paid" and written and complete:
            message = f"“{name}” is called paid, and no term pays for it"
            yield PROBLEM.at(use.span, message, label="what is paid?", path=path)
