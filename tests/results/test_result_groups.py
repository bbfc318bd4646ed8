"""Which groups appear in which order, and what comes along with results."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from acmspec.facts.tree import Success
from acmspec.program.tree import (
    Dimension,
    GroupArithmetic,
    GroupConstant,
)
from acmspec.program.types import Form, NumberType
from acmspec.results.from_facts import evaluate
from acmspec.results.tree import State
from tests.results.worked_out import compared, only
from tests.settlement.made import (
    PROVIDERS,
    SHARE,
    aggregate_of,
    by_provider,
    cell_of,
    facts_of,
    field_of,
    fixed,
    measure_of,
    program_of,
    term_of,
    windows_of,
)


def test_the_roster_comes_first_in_every_period_then_others_sorted_and_missing_last():
    measure = measure_of()
    window = windows_of(measure, 1)[0]
    groups = {(measure.formula, window, ("provider",)): ((None,), ("Zed",), ("South",), ("Abe",))}
    found = evaluate(program_of((measure,)), facts_of({}, groups=groups)).measures[0].of("provider")
    first = [one.group[0] for one in found if one.period == window]
    assert first == ["North", "South", "East", "Abe", "Zed", None]
    assert [one.group[0] for one in found if one.period == windows_of(measure, 2)[1]] == list(PROVIDERS)


def test_other_dimensions_show_what_was_found_in_declared_order_then_by_code_point():
    kind = Dimension("kind", (("stays", field_of("kind")),), False, (), ("b", "a"))
    measure = measure_of(breakdowns=((), (kind,), (by_provider(), kind)))
    window = windows_of(measure, 1)[0]
    groups = {
        (measure.formula, window, ("kind",)): (("Z",), (None,), ("a",), ("b",)),
        (measure.formula, window, ("provider", "kind")): (("South", None), ("North", "a"), ("South", "b")),
    }
    found = evaluate(program_of((measure,)), facts_of({}, groups=groups)).measures[0]
    assert [one.group for one in found.of("kind")] == [("b",), ("a",), ("Z",), (None,)]
    assert [one.group for one in found.of("provider", "kind")] == [("North", "a"), ("South", "b"), ("South", None)]


def test_successes_come_in_the_order_of_terms_windows_providers():

    first, second = windows_of(measure_of(), 2)
    program = program_of(terms=(term_of(fixed(1), name="b"), term_of(fixed(1), name="a")))
    one, two, three, four = (Success(who, which, first.first) for who, which in ("N1", "N2", "S3", "S1"))
    successes = {("a", first): (one,), ("b", second): (two, three), ("b", first): (four,)}
    found = evaluate(program, facts_of({}, successes=successes)).successes
    assert found == (("b", first, (four,)), ("b", second, (two, three)), ("a", first, (one,)))


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 3))
def test_met_follows_from_the_printed_text_alone(successes, failures, decimals):
    found = compared(successes, successes + failures, "0.55", decimals=decimals)
    measure = measure_of(decimals=decimals)
    result = only(measure, {measure.formula: cell_of(successes + failures, successes)})
    if result.state is State.VALUE:
        assert found.met is (Fraction(result.printed.rstrip("%")) >= 55)
    else:
        assert found.met is None


def test_points_and_ratios_keep_their_own_decimals():
    for form, printed in ((Form.POINTS, "25.0 points"), (Form.RATIO, "0.3")):
        formula = GroupArithmetic("-", aggregate_of(), GroupConstant(Fraction(1, 2), SHARE), NumberType(form))
        assert only(measure_of(formula), {formula.left: cell_of(4, 3)}).printed == printed
