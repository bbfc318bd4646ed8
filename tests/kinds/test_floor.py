"""The floor: its meaning, its words, and that a spec may use it as soon as it stands on the shelf."""

from fractions import Fraction
from pathlib import Path

from acmspec.api import check_text
from acmspec.kinds import KINDS
from acmspec.kinds.incentives.floor import FLOOR
from acmspec.program.payment import Earned, Fixed, Most, Successes, Times
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    agreements_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"


def test_it_stands_on_the_shelf():
    assert [one.word for one in KINDS.limits] == ["cap", "floor", "gate", "deduction cap"]


def test_it_is_the_greater_of_what_was_earned_and_its_bound(decoded):
    assert FLOOR.lower(decoded(FLOOR, "$5,000\n"), None).value == Most(Earned(), Fixed(Fraction(5000)))
    assert FLOOR.at_end is True


def test_it_says_so_in_words(decoded, words):
    said = FLOOR.clause(decoded(FLOOR, "$5,000\n"), words, "“Exits Bonus”", "for each Provider in each Fiscal Year")
    assert said == (
        "Payments under “Exits Bonus” must be at least $5,000 for each Provider in each Fiscal Year. "
        "The Agency must pay the difference when the last result is settled. "
        "Nothing is paid for a time in which no result is to be paid for."
    )
    assert all(len(sentence.split()) <= 20 for sentence in said.split(". "))


def test_a_spec_may_use_it():
    text = EXAMPLE.read_text(encoding="utf-8")
    limits = "  limits:\n"
    floor = "    - floor: $20,000\n      over: [home_payment]\n      per: [provider, fiscal year]\n"
    checked = check_text(text.replace(limits, limits + floor, 1))
    assert not checked.has_errors, checked.diagnostics
    assert checked.value is not None
    first = checked.value.payments.limits[0]
    assert (first.kind, first.at_end, first.bound) == ("floor", True, Most(Earned(), Fixed(Fraction(20000))))


def test_it_pays_the_difference_once_its_scope_is_over(decoded):
    measure = measure_of()
    results = [result_of(window, "North", 10, 20) for window in windows_of(measure, 5)]
    limit = limit_of(
        FLOOR.lower(decoded(FLOOR, "$100\n"), None).value, at_end=FLOOR.at_end, kind="floor", name="floor_1"
    )
    program = program_of(
        (measure,), terms=[term_of(Times(fixed(1), Successes()))], limits=[limit], agreements=agreements_of("North")
    )
    found = settle(program, results_of(measure, results))
    assert [(line.period, line.amount) for line in found.lines if line.term == "floor_1"] == [("2026-Q2", 60)]
    assert all(words in found.lines[4].basis for words in ("floor", "$100.00", "FY2026", "$40.00"))
