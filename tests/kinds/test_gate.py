"""The gate: its meaning, its words, its bounds, and the specs that are refused."""

from fractions import Fraction

import pytest

from acmspec.kinds.incentives.gate import GATE
from acmspec.program.intervals import COUNTED, Interval, Known, interval
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import COUNT, aggregate_of

ON = """\
on:
  failed: nothing
  undefined: pay
  too_few: nothing
  immature: wait
  missing: nothing
  disputed: pay as reported
"""


def written(level):
    return f"metric: homes\n{level}\n{ON}"


@pytest.mark.parametrize(
    ("level", "better", "result", "due"),
    [
        ("at_least: 60%", "higher", "0.6", 7),
        ("at_least: 60%", "higher", "0.599", 0),
        ("at_least: 60.05%", "higher", "0.6", 0),
        ("at_least: 60.05%", "higher", "0.601", 7),
        ("at_most: 60%", "lower", "0.6", 7),
        ("at_most: 60%", "lower", "0.601", 0),
        ("at_most: 60.05%", "lower", "0.6", 7),
        ("at_most: 60.05%", "lower", "0.601", 0),
    ],
)
def test_what_it_leaves(decoded, context_of, level, better, result, due):  # noqa: PLR0917  (pytest passes them by name)
    found = GATE.lower(decoded(GATE, written(level)), context_of(better=better))
    assert found.diagnostics == ()
    assert evaluate(found.value, Environment(outcome=Fraction(result), earned=Fraction(7))) == due
    assert interval(found.value, Known(outcome=Interval(Fraction(0), Fraction(1)), earned=COUNTED)) == COUNTED


@pytest.mark.parametrize(
    ("level", "better", "code"),
    [
        ("", "higher", "ACM571"),
        ("at_least: 60%\nat_most: 80%", "higher", "ACM571"),
        ("at_most: 60%", "higher", "ACM572"),
        ("at_least: 60%", "lower", "ACM572"),
        ("at_least: 0%", "higher", "ACM573"),
        ("at_most: 100%", "lower", "ACM573"),
        ("at_least: 60", "higher", "ACM310"),
    ],
)
def test_a_condition_that_decides_nothing_is_refused(decoded, context_of, level, better, code):
    found = GATE.lower(decoded(GATE, written(level)), context_of(better=better))
    assert found.value is None
    assert [one.code for one in found.diagnostics] == [code]


def test_a_count_is_never_below_nothing(decoded, context_of):
    counted = context_of(aggregate_of("count", COUNT), type=COUNT, decimals=0, better="lower")
    found = GATE.lower(decoded(GATE, written("at_most: -1")), counted)
    assert [one.code for one in found.diagnostics] == ["ACM573"]
    assert GATE.lower(decoded(GATE, written("at_most: 0")), counted).diagnostics == ()


def test_it_says_so_in_words(decoded, words):
    gate = decoded(GATE, written("at_least: 60%"))
    said = GATE.clause(gate, words, "“Bonus”", "for each Provider in each calendar quarter")
    assert said == (
        "Payments under “Bonus” are due for each Provider in each calendar quarter only if a condition is met. "
        "The Provider’s own result for “Exits to a permanent home” must be at least 60 percent. "
        "The result for the same calendar quarter decides, as rounded. "
        "What is deducted stays deducted, whether or not the condition is met."
    )
    assert dict(GATE.consequences(gate))["undefined"] == "pay"
