"""Metrics, benchmarks, dimensions, payment terms, limits and agreements as they reach the program."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.ground.windows import Covers
from acmspec.kinds import KINDS
from acmspec.program import agreed, payment
from acmspec.program.elsewhere import Dates
from acmspec.program.from_spec import resolve
from acmspec.program.group import Slice
from acmspec.program.payments import Payments
from acmspec.program.record import FieldValue
from acmspec.program.tree import GroupConstant, Measure
from tests.program.small import TEXT, formula, look

LOWER = "    every: month\n    better: lower\n"


def measure(name: str, *changes: tuple[str, str]) -> Measure:
    found = look(*changes)
    assert found.program is not None
    assert [one for one in found.diagnostics if one.severity.value == "error"] == []
    return found.program.measure(name)


def payments(*changes: tuple[str, str]) -> Payments:
    found = look(*changes)
    assert found.program is not None
    assert found.said == []
    return found.program.payments


def test_measures_are_the_metrics_and_then_the_outcomes_of_terms() -> None:
    program = look().program
    assert program is not None
    assert [(one.name, one.is_metric) for one in program.measures] == [
        ("exits", True),
        ("visits", True),
        ("card", False),
    ]


def test_a_metric_says_how_it_is_measured() -> None:
    found = measure(
        "exits",
        (
            "    every: quarter\n",
            (
                "    every: fiscal year\n    round: 2 decimals\n    minimum: 20\n"
                "    maturity: each record\n    missing_is: left out\n"
            ),
        ),
        *_untie(),
    )
    assert (found.every, found.decimals, found.minimum, found.maturity) == (Every.FISCAL_YEAR, 2, 20, "each record")
    assert (found.missing_is, found.better, found.window) == ("left out", "higher", Covers.PERIOD)


def _untie() -> tuple[tuple[str, str], ...]:
    return (("per: [provider, quarter]", "per: [provider, fiscal year]"),)


def test_breakdowns_start_with_all_records() -> None:
    found = measure("exits")
    assert [[one.path for one in row] for row in found.breakdowns] == [[], ["provider"], ["client.race"]]
    provider, race = found.breakdowns[1][0], found.breakdowns[2][0]
    assert (provider.is_provider, provider.roster) == (True, ("Bridge", "Ferry"))
    assert (race.is_provider, race.roster) == (False, ())


def test_crossed_breakdowns_and_the_order_of_declared_values() -> None:
    crossed = ("[provider, client.race]\n    benchmarks", "[provider, [client.race, destination]]\n    benchmarks")
    found = measure("exits", crossed)
    assert [one.path for one in found.breakdowns[2]] == ["client.race", "destination"]
    assert found.breakdowns[2][1].order == ("home", "family", "shelter")


def test_a_dimension_has_a_value_for_each_table() -> None:
    two = formula(
        "count(stays) out of count(wages)",
        ("    every: month\n    better", "    every: month\n    break_down_by: [county, client.race]\n    better"),
    )
    assert two.said == []
    assert two.program is not None
    county = two.program.measure("visits").breakdowns[1][0]
    assert [(table, value.column.table) for table, value in county.values if isinstance(value, FieldValue)] == [
        ("stays", "stays"),
        ("wages", "wages"),
    ]


def test_a_breakdown_that_a_set_cannot_give_names_the_table() -> None:
    found = formula(
        "count(stays) out of count(wages)",
        ("    every: month\n    better", "    every: month\n    break_down_by: [destination]\n    better"),
    )
    assert found.said == [("ACM301", "destination")]
    assert "“wages”" in found.diagnostics[0].message


@pytest.mark.parametrize(("path", "code"), [("client.birth_date", "ACM353"), ("rent", "ACM353"), ("rase", "ACM301")])
def test_a_breakdown_that_makes_no_groups(path: str, code: str) -> None:
    found = look(("[provider, client.race]\n    benchmarks", f"[provider, {path}]\n    benchmarks"))
    assert found.said == [(code, path)]


def test_a_target_is_a_constant_and_agreements_may_have_their_own() -> None:
    (target,) = measure("exits").benchmarks
    assert target.value == GroupConstant(Fraction(13, 20), measure("exits").formula.type)
    assert target.own == (("Bridge", Fraction(3, 5)),)


def test_history_is_a_slice_of_the_same_formula() -> None:
    history = ("        kind: target\n", "        kind: historical\n        from: 2023-01-01\n        to: 2023-12-31\n")
    no_comparison = ("      target: met\n", "")
    found = measure(
        "exits", history, ("        value: 65%\n", ""), ("    targets:\n      exits: 60%\n", ""), no_comparison
    )
    assert isinstance(found.benchmarks[0].value, Slice)
    assert found.benchmarks[0].value.to == Dates(date(2023, 1, 1), date(2023, 12, 31))
    assert found.benchmarks[0].value.inner == found.formula


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "offered"),
    [
        ("value: 65%", "value: 65", "ACM310", "65", "65%"),
        ("value: 65%", "value: 0.65", "ACM310", "0.65", "65%"),
        ("value: 65%", "value: $65", "ACM310", "$65", ""),
        ("value: 65%", "value: 65 days", "ACM310", "65 days", ""),
        ("value: 65%", "value: 165%", "ACM319", "165%", ""),
        ("value: 65%", "value: 65.25%", "ACM320", "65.25%", ""),
        ("exits: 60%", "exits: 60", "ACM310", "60", "60%"),
        ("value: 65.0%", "value: 65", "ACM310", "65", "65%"),
        ("- below: 60%", "- below: 60", "ACM310", "60", "60%"),
    ],
)
def test_amounts_are_in_the_unit_of_the_measure(old: str, new: str, code: str, place: str, offered: str) -> None:
    found = look((old, new))
    assert (code, place) in found.said
    assert offered in found.diagnostics[0].fix


@pytest.mark.parametrize(
    ("written", "target", "sound"),
    [
        ("median(days from entry_date to exit_date over stays)", "45 days", True),
        ("median(days from entry_date to exit_date over stays)", "45", False),
        ("median(days from entry_date to exit_date over stays)", "2 months", False),
        ("average(rent over stays)", "$900", True),
        ("average(rent over stays)", "900", False),
        ("sum(rent over stays) / count(stays)", "$900", False),
        ("count(stays)", "40", True),
        ("count(stays)", "40%", False),
        ("count(stays) / count(distinct client_id over stays)", "2", True),
        ("count(stays where served) / count(stays)", "95%", True),
        ("count(stays where served) / count(stays)", "0.95", True),
        ("count(stays where served) / count(stays)", "95", False),
        ("share(served over stays) - share(housed over stays)", "5%", True),
        ("share(served over stays) - share(housed over stays)", "5", False),
    ],
)
def test_targets_of_many_units(written: str, target: str, sound: bool) -> None:
    found = formula(
        written,
        (
            LOWER,
            f"{LOWER}    benchmarks:\n      target:\n        kind: target\n        value: {target}\n",
        ),
    )
    assert ("ACM310" not in found.codes) is sound, found.said


def test_a_term_on_a_metric_is_lowered_and_keeps_its_declared_consequences() -> None:
    bonus = payments().terms[0]
    assert (bonus.name, bonus.kind, bonus.measure, bonus.every, bonus.once_per) == (
        "bonus", "tiered bonus", "exits", Every.QUARTER, None,
    )  # fmt: skip
    assert [state for state, _ in bonus.on] == ["undefined", "too_few", "immature", "missing", "disputed"]
    assert isinstance(bonus.amount, payment.Bands)
    assert [band.first for band in bonus.amount.bands] == [None, Fraction(3, 5)]


def test_an_outcome_of_its_own_is_a_hidden_measure_by_provider() -> None:
    card = payments().terms[1]
    hidden = measure("card")
    assert (card.measure, card.every) == ("card", Every.MONTH)
    assert [[one.path for one in row] for row in hidden.breakdowns] == [[], ["provider"]]
    assert hidden.breakdowns[1][0].roster == ("Bridge", "Ferry")
    assert (hidden.every, hidden.minimum, hidden.maturity, hidden.benchmarks) == (Every.MONTH, 0, "all records", ())


def test_agreements_prices_reach_the_term() -> None:
    amount = payments().terms[1].amount
    assert isinstance(amount, payment.Times)
    assert amount.left == payment.ByProvider(Fraction(100), (("Bridge", Fraction(90)),))


def test_an_agreement_names_its_provider_as_the_data_is_read() -> None:
    text = TEXT.replace("provider: Bridge", 'provider: " Bri\u0301dge "')
    found = look(text=text).program
    assert found is not None
    assert found.payments.agreements[0].provider == "Br\u00eddge"


def test_limits_agreements_and_the_maximum() -> None:
    found = payments()
    (limit,) = found.limits
    assert (limit.kind, limit.over, limit.by_provider, limit.every, limit.at_end) == (
        "cap", ("bonus", "card"), True, Every.YEAR, False,
    )  # fmt: skip
    assert limit.text == "$5,000"
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    assert found.agreements == (
        agreed.Agreement("Bridge", "A-1", first, last, Fraction(60000)),
        agreed.Agreement("Ferry", "A-2", first, last, Fraction(40000)),
    )
    assert (found.maximum, found.phase_in_until) == (Fraction(100000), None)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("metric: exits\n      per", "metric: exit\n      per", "ACM366", "exit"),
        ("per: [provider, quarter]", "per: [provider, month]", "ACM360", "[provider, month]"),
        ("per: [provider, quarter]", "per: [quarter]", "ACM456", "[quarter]"),
        ("[provider, client.race]\n    benchmarks", "[client.race]\n    benchmarks", "ACM361", "exits"),
        ("per: [provider, month]", "per: [provider, month]\n      once_per: household", "ACM362", "household"),
        ("card: $90", "bonus: $90", "ACM363", "bonus"),
        ("outcome: count(leavers where housed)", "outcome: count(wages)", "ACM354", "count(wages)"),
        ("outcome: count(leavers where housed)", "outcome: count(laevers)", "ACM304", "laevers"),
    ],
)
def test_mistakes_in_terms(old: str, new: str, code: str, place: str) -> None:
    assert look((old, new)).said == [(code, place)]


def test_once_per_needs_successes_that_are_counted() -> None:
    once = "outcome: sum(nights over stays)\n      once_per: client"
    assert look(("outcome: count(leavers where housed)", once)).said == [("ACM362", "client")]


def test_once_per_reaches_the_term() -> None:
    found = payments(("per: [provider, month]", "per: [provider, month]\n      once_per: client"))
    assert found.terms[1].once_per == "client"


def test_an_unknown_kind_of_the_shelf_is_an_error() -> None:
    program = look().program
    assert program is not None
    bare = resolve(program.spec, replace(KINDS, benchmarks=(), terms=(), limits=()))
    assert {one.code for one in bare.diagnostics if one.severity.value == "error"} == {"ACM356"}
