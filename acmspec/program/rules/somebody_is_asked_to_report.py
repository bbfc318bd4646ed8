"""Where a source asks for reports in each period, somebody has agreed to send them."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM458",
    "reports that nobody is asked for",
    "“reporting” asks each provider with an agreement for records in every period of it, and there is no agreement: "
    "a provider who sends nothing counts as zero, not as missing.",
    "Add “agreements:” with the providers who report, or leave “reporting” out.",
    "Each report that is due must be due from a named provider.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No table has `reporting` in a spec without agreements."""
    if spec.agreements or any(one.split(".")[0] == "agreements" for one in spec.faulty):
        return
    for table in spec.data:
        if table.reporting is not None:
            message = f"no provider has an agreement to report “{table.noun.many}” under"
            path = f"data.{table.name.value}.reporting"
            yield PROBLEM.at(table.reporting.each.span, message, label="asked of nobody", path=path)
