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
    "Write “use: paid” for a metric that a payment term names, and another use for one that none names.",
    "Each measure that payments rest on should be called so.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every metric that a term names has `use: paid`, and every metric with `use: paid` is named by a term."""
    if program is None or spec.incentives is None:
        return
    paying = {term.measure: term.name for term in reversed(program.payments.terms) if term.measure}
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms}
    complete = len(program.payments.terms) == len(written) and not any(
        one == "incentives" or one.startswith("incentives.terms") for one in spec.faulty
    )
    for metric in spec.metrics:
        name, path = metric.name.value, f"metrics.{metric.name.value}.use"
        if faulty(spec, "metrics", name, "use"):
            continue
        use, term = metric.use, paying.get(name)
        if term is not None and use.value != "paid":
            message = f"“{term}” pays for “{name}”, whose use is “{use.value}”"
            related = (Label(written[term].span, "this term pays for it"),)
            yield PROBLEM.at(use.span, message, label="not “paid”", path=path, related=related)
        elif term is None and use.value == "paid" and written and complete:
            message = f"“{name}” is called paid, and no term pays for it"
            yield PROBLEM.at(use.span, message, label="what is paid?", path=path)
