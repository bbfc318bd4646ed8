"""In which order amounts are worked out, for whom and when a limit holds, and what becomes of totals below zero.

It knows no kind of term or limit.
"""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.ground.calendar import Cycle
from acmspec.program.payment import Limit, Most
from acmspec.program.payment_parts import looks_back
from acmspec.program.payments import CARRY, INVOICED, ZEROED, Payments
from acmspec.report.clauses_draft import Draft, para, title
from acmspec.report.tree import Paragraph

_BELOW_ZERO = {
    CARRY: "nothing is due for them. What is lacking to zero is taken from the Provider’s next total. "
    "What is left after its last period, the Provider must pay to the Agency.",
    INVOICED: "the Provider must pay the difference to the Agency.",
}


def below_zero(draft: Draft) -> Iterator[Paragraph]:
    """What becomes of a total below zero, where it is said."""
    paid = draft.program.payments
    said = _raised(paid) if paid.negative_total == ZEROED else _BELOW_ZERO.get(paid.negative_total)
    if said is not None:
        start = "Amounts for periods that end on one day are one total. If a Provider’s total is less than zero, "
        yield para(start + said, head="Total below zero", anchor="incentives.on_negative_total")


def _raised(paid: Payments) -> str:
    """That what a total lacks is let go, and that neither maximums nor what is held back are in it."""
    maximums = [one.maximum for one in paid.agreements if one.maximum is not None]
    said = "its amounts below zero are raised until the total is zero. Neither side owes what was lacking. "
    if paid.reserves:
        said += (
            "The total is worked out before anything is held back of it, and without what is paid of sums held back. "
            "Such a sum is due whatever the total is. "
        )
    if len(paid.agreements) > 1 and (maximums or paid.maximum is not None):
        said += "If a maximum then leaves less than zero to a Provider, it must pay the difference to the Agency. "
    return said.rstrip()


def net_of(draft: Draft, limit: Limit) -> str:
    """What a limit on deductions counts no longer, as a sentence with a space before it."""
    paid = draft.program.payments
    if limit.measure or not isinstance(limit.bound, Most) or limit.at_end:
        return ""
    back = any(looks_back(one.amount) for one in paid.terms if one.name in limit.over)
    gone: tuple[str, ...] = ("what is earned back",) if back else ()
    gone += ("what a total below zero is raised by",) if paid.negative_total == ZEROED else ()
    return f" They are counted less {numbers.series(gone)}." if gone else ""


def order(draft: Draft) -> Iterator[str]:
    """What is worked out, from the first to the last."""
    payments = draft.program.payments
    for term in payments.terms:
        yield f"the payment term {quoted(title(term.name))}"
    for limit in payments.limits:
        over = numbers.series(tuple(quoted(title(one)) for one in limit.over))
        yield f"the limit {quoted(title(limit.name))} on {over} {scope(limit)}"
    if payments.negative_total == ZEROED:
        yield "raising a total below zero to zero"
    if any(one.maximum is not None for one in payments.agreements):
        yield "the maximum of each agreement"
    if payments.maximum is not None:
        yield "the maximum of the Contract"
    for reserve in payments.reserves:
        over = numbers.series(tuple(quoted(title(one)) for one in reserve.over))
        yield f"what is held back under {quoted(title(reserve.name))} of {over}, and what is paid of it"
    if payments.negative_total in _BELOW_ZERO:
        yield "what becomes of a total below zero"


def scope(limit: Limit) -> str:
    """What a limit is for, such as `for each Provider in each calendar quarter`."""
    who = "for each Provider" if limit.by_provider else "for all Providers together"
    return f"{who} {when(limit.every)}"


def when(every: Cycle | None) -> str:
    """A stretch of time, such as `in each calendar quarter`."""
    return "over the whole Contract Term" if every is None else f"in each {numbers.period(every)}"
