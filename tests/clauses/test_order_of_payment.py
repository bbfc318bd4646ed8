"""What the clauses say of the order of payment, of totals below zero and of what is overpaid, in every way there is."""

import pytest

from acmspec.kinds import KINDS
from acmspec.report.clauses import clauses
from acmspec.report.tree import Paragraph
from tests.clauses.reading_aloud import FOLDER, program

CARRY, INVOICE, ZERO = "carry forward", "invoice", "zero"
SPEC = (FOLDER / "payments.yaml").read_text(encoding="utf-8")
SETTLED = "settlement: {corrections_within: 90 days, claw_back: yes, keep_rows: 7 years}"
RETAINED = "    - retain: 5%\n      over: [site_fee]\n      per: [provider, fiscal year]\n"
SECOND = '  - {provider: South, number: "2"}\nincentives:'


def said(below: str, *changes: tuple[str, str]) -> dict[str, Paragraph]:
    """The paragraphs on limits and closings by their heads, where totals below zero lead to something."""
    spec = SPEC.replace(f"on_negative_total: {CARRY}\n", f"on_negative_total: {below}\n  {SETTLED}\n") + RETAINED
    for old, new in changes:
        assert old in spec
        spec = spec.replace(old, new)
    blocks = (block for one in clauses(program(spec), KINDS).article.sections for block in one.blocks)
    return {one.inlines[0].text.removesuffix("."): one for one in blocks if isinstance(one, Paragraph)}


def text(one: Paragraph) -> str:
    return "".join(run.text for run in one.inlines[1:]).strip()


HELD = "what is held back under “Retain 2” of “Site fee”, and what is paid of it"
MAXIMUM = "the maximum of the Contract"
BELOW = "what becomes of a total below zero"


@pytest.mark.parametrize(
    ("below", "last"),
    [
        (CARRY, [MAXIMUM, HELD, BELOW]),
        (INVOICE, [MAXIMUM, HELD, BELOW]),
        (ZERO, ["raising a total below zero to zero", MAXIMUM, HELD]),
    ],
)
def test_the_order_is_the_one_in_which_amounts_are_worked_out(below: str, last: list[str]) -> None:
    items = ["".join(run.text for run in one.inlines) for one in said(below)["Order"].items]
    assert [one.rstrip(";.").removesuffix("; and") for one in items[-3:]] == last


def test_a_total_that_is_raised_to_zero_is_told_apart_from_sums_held_back() -> None:
    lone = (
        "Amounts for periods that end on one day are one total. If a Provider’s total is less than zero, its amounts "
        "below zero are raised until the total is zero. Neither side owes what was lacking. The total is worked out "
        "before anything is held back of it, and without what is paid of sums held back. Such a sum is due whatever "
        "the total is."
    )
    assert text(said(ZERO)["Total below zero"]) == lone
    more = " If a maximum then leaves less than zero to a Provider, it must pay the difference to the Agency."
    assert text(said(ZERO, ("incentives:", SECOND))["Total below zero"]) == lone + more


@pytest.mark.parametrize(
    ("below", "less"),
    [
        (INVOICE, "what is earned back"),
        (ZERO, "what is earned back and what a total below zero is raised by"),
    ],
)
def test_a_cap_on_deductions_says_what_it_no_longer_counts(below: str, less: str) -> None:
    limit = text(said(below)["Limit “Deduction cap 1”"])
    assert limit.endswith(f"for each Provider in each Fiscal Year. They are counted less {less}.")


DEDUCTED = "If the differences of a Provider come to less than zero, they are deducted from what is owed to it."
LATER = (
    f"{DEDUCTED} What is left then is deducted in the next closings. What is left after the last closing, the Provider "
    "must pay to the Agency."
)


@pytest.mark.parametrize(
    ("below", "owed"),
    [
        (CARRY, LATER),
        (INVOICE, f"{DEDUCTED} What is left then, the Provider must pay to the Agency."),
        (ZERO, f"{LATER} This holds although a total below zero is raised to zero."),
    ],
)
def test_what_is_overpaid_is_owed_where_nothing_is_due(below: str, owed: str) -> None:
    assert text(said(below)["Overpayment"]) == owed
