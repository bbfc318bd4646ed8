"""In which order amounts are worked out, for whom and when a limit holds, and what becomes of totals below zero.

It knows no kind of term or limit.
"""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.ground.calendar import Cycle
from acmspec.program.payment import Limit
from acmspec.program.payments import CARRY, INVOICED, ZEROED
from acmspec.report.clauses_draft import Draft, para, title
from acmspec.report.tree import Paragraph

_BELOW_ZERO = {
    CARRY: "nothing is due for them. What is lacking to zero is taken from the Provider’s next total. "
    "What is left after its last period, the Provider must pay to the Agency.",
    INVOICED: "the Provider must pay the difference to the Agency.",
    ZEROED: "the total is zero. Neither the Agency nor the Provider owes anything for them.",
}


def below_zero(draft: Draft) -> Iterator[Paragraph]:
    """What becomes of a total below zero, where it is said."""
    said = _BELOW_ZERO.get(draft.program.payments.negative_total)
    if said is not None:
        start = "Amounts for periods that end on one day are one total. If a Provider’s total is less than zero, "
        yield para(start + said, head="Total below zero", anchor="incentives.on_negative_total")


def order(draft: Draft) -> Iterator[str]:
    """What is worked out, from the first to the last."""
    payments = draft.program.payments
    for term in payments.terms:
        yield f"the payment term {quoted(title(term.name))}"
    for limit in payments.limits:
        over = numbers.series(tuple(quoted(title(one)) for one in limit.over))
        yield f"the limit {quoted(title(limit.name))} on {over} {scope(limit)}"
    if any(one.maximum is not None for one in payments.agreements):
        yield "the maximum of each agreement"
    if payments.maximum is not None:
        yield "the maximum of the Contract"
    for reserve in payments.reserves:
        over = numbers.series(tuple(quoted(title(one)) for one in reserve.over))
        yield f"what is held back under {quoted(title(reserve.name))} of {over}"
    if payments.negative_total:
        yield "what becomes of a total below zero"


def scope(limit: Limit) -> str:
    """What a limit is for, such as `for each Provider in each calendar quarter`."""
    who = "for each Provider" if limit.by_provider else "for all Providers together"
    return f"{who} {when(limit.every)}"


def when(every: Cycle | None) -> str:
    """A stretch of time, such as `in each calendar quarter`."""
    return "over the whole Contract Term" if every is None else f"in each {numbers.period(every)}"
