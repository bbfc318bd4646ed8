"""The consequence without money: on which side of the level it follows, its line, its page, its words."""

from fractions import Fraction

import pytest

from acmspec.kinds.incentives.non_financial import NON_FINANCIAL
from acmspec.program.exposure import Exposure
from acmspec.report.dashboard_follows import consequences
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from tests.settlement.made import agreements_of, measure_of, program_of, result_of, results_of, term_of, windows_of

PLAN = """\
metric: homes
at_least: 60%
if: missed
consequence: corrective action plan
text: The Provider states how it will reach the level.
days: 30
cure_days: 90
"""
EXTENSION = "metric: homes\nat_least: 60%\nif: reached\nconsequence: extension\ntext: one more year\n"
FOLLOWS = "corrective action plan within 30 days, to be cured within 90 more"


def settled(decoded, context_of, text):
    found = NON_FINANCIAL.lower(decoded(NON_FINANCIAL, text), context_of())
    assert found.diagnostics == ()
    measure = measure_of()
    program = program_of((measure,), terms=[term_of(found.value, name="plan")])
    first, second = windows_of(measure, 2)
    results = [result_of(first, "North", 1, 2), result_of(first, "South", 3, 5), result_of(second, "North", 2, 3),
               result_of(second, "South", 0, 5), result_of(second, "East", 1, 1, state=State.TOO_FEW)]  # fmt: skip
    return program, settle(program, results_of(measure, results))


def test_a_line_of_no_money_says_whether_it_follows(decoded, context_of):
    program, settlement = settled(decoded, context_of, PLAN)
    assert {one.amount for one in settlement.lines} == {Fraction(0)}
    assert [(one.provider, one.basis) for one in settlement.lines if one.period == "2025-Q3"] == [
        ("North", f"the result is below 60%: {FOLLOWS}"),
        ("South", "the result is at least 60%: nothing follows"),
    ]
    assert Exposure(program).total.owed.most == 0


UNDISPUTED = (("undefined", "nothing"), ("disputed", "pay the undisputed part"))


@pytest.mark.parametrize(
    ("numerator", "basis", "standing"),
    [
        # One of ten records in dispute: 60% may turn out as 50%, so that it can't be told whether the plan is owed.
        (6, "what follows may depend on them, withheld until resolved", "disputed, part unknown"),
        (8, "whatever becomes of 1 record in dispute: the result is at least 60%: nothing follows", "disputed"),
        (3, f"whatever becomes of 1 record in dispute: the result is below 60%: {FOLLOWS}", "disputed"),
    ],
)
def test_nothing_follows_before_a_dispute_that_it_depends_on_is_resolved(
    decoded, context_of, numerator, basis, standing
):
    amount = NON_FINANCIAL.lower(decoded(NON_FINANCIAL, PLAN), context_of()).value
    measure = measure_of()
    program = program_of((measure,), terms=[term_of(amount, on=UNDISPUTED)], agreements=agreements_of("North"))
    result = result_of(windows_of(measure, 1)[0], "North", numerator, 10, disputed=1)
    settlement = settle(program, results_of(measure, [result]))
    (line,) = settlement.lines
    assert line.basis.endswith(basis)
    assert (line.counted.standing, line.waits) == (standing, True)
    assert (consequences(program, settlement) is None) is (FOLLOWS not in basis)


def test_the_page_lists_what_follows_the_latest_first(decoded, context_of):
    grid = consequences(*settled(decoded, context_of, PLAN))
    assert [row[:2] for row in grid.rows] == [("2025-Q4", "South"), ("2025-Q3", "North")]
    assert grid.rows[0][3].lower().startswith(FOLLOWS)
    reached = consequences(*settled(decoded, context_of, EXTENSION))
    assert [row[:2] for row in reached.rows] == [("2025-Q4", "North"), ("2025-Q3", "South")]
    program, none = settled(decoded, context_of, EXTENSION.replace("60%", "100%"))
    assert consequences(program, none) is None


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("cure_days: 90\n", "", "ACM559", "corrective action plan"),
        ("corrective action plan", "recognition", "ACM559", "30"),
        ("at_least: 60%", "at_most: 60%", "ACM572", "60%"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, old, new, code, marked
):
    found = NON_FINANCIAL.lower(decoded(NON_FINANCIAL, PLAN.replace(old, new, 1)), context_of())
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


def test_the_clause_says_when_it_follows_and_by_which_day(decoded, words):
    assert [one.inlines[0].text for one in NON_FINANCIAL.clause(decoded(NON_FINANCIAL, PLAN), words)] == [
        (
            "A consequence without money follows for a calendar quarter if the Provider’s own result for “Exits to a "
            "permanent home” is not at least 60 percent, as rounded. The consequence is this: The Provider states how "
            "it will reach the level."
        ),
        (
            "The Provider must hand in the plan within 30 days after the Agency has stated the result. "
            "It must cure the shortfall within 90 days after that."
        ),
        "No money is owed under this section.",
    ]
