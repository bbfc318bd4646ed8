"""How periods are closed, and what becomes of one whose result would be another later: one section."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.program.agreed import Settling
from acmspec.program.payments import INVOICED, ZEROED
from acmspec.report.clauses_draft import Draft, para
from acmspec.report.tree import Paragraph, Section

_ANCHOR = "incentives.settlement"


def closing(draft: Draft) -> Iterator[Section]:
    """The section on closings and corrections, none if the spec doesn't say how it is settled."""
    payments = draft.program.payments
    if payments.settling is not None and payments.terms:
        yield Section("Closings and corrections", tuple(_said(draft, payments.settling)), _ANCHOR)


def _said(draft: Draft, rules: Settling) -> Iterator[Paragraph]:
    text = (
        "The Agency must close each period. A closing states what is owed to each Provider under each payment term, "
        "and what each amount follows from. One person must prepare it, another must review it and a third must "
        "certify it."
    )
    yield para(text, head="Closing", anchor=_ANCHOR)
    text = (
        "What was certified for a closed period is not changed. If the amount for a closed period would be another "
        "because of later data, the difference is settled in the next closing. That closing must state the amount as "
        "certified, the amount as it would be now, and the reasons. All that was certified counts toward any maximum."
    )
    yield para(text, head="Differences", anchor=_ANCHOR)
    text = (
        "Later periods rest on what was certified. Limits and maximums, what is held back, carried forward or earned "
        "back, and numbers that go on from one period to the next count the amounts and results as certified, with the "
        "differences that were settled. A difference that is not settled is left out of them."
    )
    yield para(text, head="Later periods", anchor=_ANCHOR)
    within = numbers.length(rules.within)
    text = (
        f"A difference counts only if the closing takes its data to a date at most {within} after the end of the "
        "period that the difference is for. This does not hold for a payment that had to wait."
    )
    if any(one.once_per for one in draft.program.payments.terms):
        text += (
            " Nor does it hold for a success that is paid once and that later data moves to another period, as far as "
            "a payment for it is taken back or made there."
        )
    yield para(text, head="Last date for corrections", anchor=f"{_ANCHOR}.corrections_within")
    if rules.tolerance:
        text = (
            f"If the differences of a Provider come together to {draft.money(rules.tolerance)} or less, above or below "
            "zero, they are not settled yet. They count again in the next closing. This does not hold if a payment "
            "that had to wait is among them."
        )
        yield para(text, head="Small differences", anchor=f"{_ANCHOR}.tolerance")
    yield para(_overpaid(draft, rules), head="Overpayment", anchor=f"{_ANCHOR}.claw_back")
    text = (
        f"The Agency must keep the records that a closing rests on, encrypted, for {numbers.length(rules.keep)} after "
        "the date to which their data is taken. The closing itself must not contain a record of a person."
    )
    yield para(text, head="Records", anchor=f"{_ANCHOR}.keep_rows")


def _overpaid(draft: Draft, rules: Settling) -> str:
    if rules.claw_back:
        said = "If the differences of a Provider come to less than zero, they are deducted from what is owed to it."
        below = draft.program.payments.negative_total
        if below == INVOICED:
            return f"{said} What is left then, the Provider must pay to the Agency."
        said += (
            " What is left then is deducted in the next closings. "
            "What is left after the last closing, the Provider must pay to the Agency."
        )
        return f"{said} This holds although a total below zero is raised to zero." if below == ZEROED else said
    return (
        "If the differences of a Provider come to less than zero, the Agency must not recover the amount. It is set "
        "off only against later differences of the Provider."
    )
