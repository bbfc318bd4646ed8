"""`acmspec explain`: the records told one by one are those that were counted, and the page says what they are paid."""

import os
import shutil
from collections import Counter
from contextlib import closing
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from acmspec import api
from acmspec.backends.engines import connect
from acmspec.cli import program
from acmspec.facts.records import records
from acmspec.ground.diagnostic import Diagnostic
from acmspec.program.payment import Band, Bands, Outcome
from acmspec.program.rounding import rounded
from acmspec.query.record_rows import Whose, record_rows
from acmspec.report.explained_tiers import tiers
from acmspec.settlement.evaluate import Environment
from acmspec.settlement.tree import Counted
from tests.settlement.made import SHARE, SPAN, fixed, measure_of
from tests.whole.command import EXAMPLE
from tools import conformance

PERIODS = {"quarter": ("2024-Q1", "2025-Q3"), "month": ("2024-02", "2026-02")}


@pytest.fixture(scope="module")
def told() -> list[tuple]:
    """Each result of some periods of the example's shares, with its provider's records."""
    engine = connect(None, os.environ, 1, None)
    assert not isinstance(engine, Diagnostic)
    found = []
    with closing(engine) as backend:
        outputs = api.evaluate(EXAMPLE, backend=backend).value
        assert outputs is not None
        for one in outputs.results.metrics:
            provider = next(by[0] for by in one.measure.breakdowns if len(by) == 1 and by[0].is_provider)
            for result in one.of(provider.path):
                if result.period.name in PERIODS[one.measure.every.value] and result.group[0] in {
                    "Lantern",
                    "Open Gate",
                }:
                    whose = Whose(one.measure, result.period.name, provider)
                    rows = record_rows(outputs.program, whose, outputs.results.data_date, backend.dialect)
                    found.append((one.measure, result, list(records(backend, rows, result.group[0]))))
    return found


def test_there_are_results_of_each_metric(told) -> None:
    assert len({measure.name for measure, *_ in told}) == 5
    assert len(told) >= 15


def test_the_records_told_are_those_counted(told) -> None:
    shares = [
        (result, rows) for measure, result, rows in told if len(rows) == 1 and rows[0][0].aggregate.function == "share"
    ]
    assert len(shares) >= 6
    for result, ((_, each),) in shares:
        if result.numerator is not None:
            judged = [one for one in each if one.judged]
            assert (sum(one.success for one in judged), len(judged)) == (result.numerator, result.denominator)


def test_so_are_those_left_out_and_those_that_wait(told) -> None:
    for _, result, ((_, each), *_) in told:
        if result.state.value != "missing":
            left = Counter(one.left_out for one in each if one.left_out)
            assert left == Counter({one.because: count for one, count in result.left_out if count})
            assert sum(one.matures is not None for one in each) == result.immature
            assert sum(one.measured for one in each) == result.n


def explained(*arguments: str) -> str:
    done = CliRunner().invoke(program, ["explain", str(EXAMPLE), *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_tiered_bonus_is_explained_to_its_records() -> None:
    page = explained("Cedar Street", "returns", "2024-Q1")
    assert "Returns within six months (section 4.3), from 2024-01-01 to 2024-03-31. It is 6.1% (10 of 165)." in page
    assert "$9,000.00 under “Staying bonus” (section 4.15)." in page
    # 13 of 165 are 7.9%, and 14 are 8.5%.
    assert Fraction(13, 165) < Fraction(8, 100) < Fraction(14, 165)
    tier = "pays $4,000.00 and begins at 8%, 1.9 points from the result: 4 more counted, of the same 165."
    assert f"The tier above it, “at least 8% and below 12%”, {tier}" in page
    assert "| Counted |  | 10 |" in page
    assert "| In the denominator only |  | 155 |" in page
    assert page.count("| Counted |") == 11


def test_a_limit_is_told_with_its_reason() -> None:
    page = explained("Cedar Street", "permanent_exits", "2025-Q2", "--for-provider")
    assert "| 4 | $420.00 × 150 = $63,000.00 |" in page
    assert "| Cap 2 | cap $190,000.00 in FY2025; its terms came to $262,000.00 | -$72,000.00 |" in page
    assert "First Door" not in page
    assert "| Counted | paid for before, or not due | 508 |" in page
    assert "| Counted | paid for now | 150 |" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Cedar Streat", "returns", "2024-Q1"), "there is no provider “Cedar Streat”. Did you mean “Cedar Street”?"),
        (("Cedar Street", "return", "2024-Q1"), "there is no metric “return”. Did you mean “returns”?"),
        (("Cedar Street", "returns", "2024"), "there is no period “2024”"),
    ],
)
def test_an_unknown_name_is_wrong_usage(arguments, said) -> None:
    done = CliRunner().invoke(program, ["explain", str(EXAMPLE), *arguments])
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_provider_is_not_shown_what_others_came_to(tmp_path) -> None:
    shutil.copytree(EXAMPLE.parent / "data", tmp_path / "data")
    written = EXAMPLE.read_text(encoding="utf-8")
    spec = tmp_path / "spec.yaml"
    of_all = "- cap: $200,000\n      over: [home_payment, staying_bonus]\n      per: [quarter]\n    - cap: $190,000"
    assert "- cap: $190,000" in written
    spec.write_text(written.replace("- cap: $190,000", of_all), encoding="utf-8")
    asked = ["explain", str(spec), "Cedar Street", "permanent_exits", "2024-Q2"]
    for options, said in (([], "its terms came to"), (["--for-provider"], "it counts all providers together")):
        done = CliRunner().invoke(program, [*asked, *options])
        assert done.exit_code == 0, done.output
        assert f"| Cap 2 | {'cap $200,000.00 in 2024-Q2; ' if not options else ''}{said}" in done.stdout


def laid(folder: Path, case: str, *names: tuple[str, str], **tables: str) -> str:
    """Where the spec of a conformance case lies, with its tables beside it and other names in it."""
    found = next(each for each in conformance.cases() if each["id"] == case)
    one = conformance.question(found | {"tables": found["tables"] | tables})
    text = one["spec"]
    for old, new in names:
        assert old in text
        text = text.replace(old, new)
    (folder / "spec.yaml").write_text(text, encoding="utf-8")
    for name, rows in one["tables"].items():
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    return str(folder / "spec.yaml")


def small(folder: Path, case: str, *asked: str, **tables: str) -> str:
    """The page of a result of a conformance case."""
    spec = laid(folder, case, **tables)
    done = CliRunner().invoke(program, ["explain", spec, *asked, "--as-of", "2026-06-30"])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_provider_is_not_shown_the_part_of_others_in_a_pool(tmp_path) -> None:
    said = "1 of 6 parts of the pool of $1,000.00"
    assert said in small(tmp_path, "a-pool-by-successes", "A", "subject", "2025")
    page = small(tmp_path, "a-pool-by-successes", "A", "subject", "2025", "--for-provider")
    assert said not in page
    assert "| 2 | a part of the pool, which depends on the results of all providers |" in page
    assert "$166.67, to the cent by the largest remainders" in page


def test_a_day_of_nobody_is_told_with_its_reason(tmp_path) -> None:
    visits = "id,provider,client,seen_on,done_on\nx,A,,2025-02-01,2025-02-11\ny,A,c1,2025-02-01,2025-02-04\n"
    page = small(tmp_path, "the-days-of-each-period", "A", "stay", "2025-H1", visits=visits)
    assert "| 3 | 3 of 13 days: 10 without a client |" in page
    assert "| Counted | not paid for: it does not say whose it is | 1 |" in page


def bands(*edges: str):
    ends = [None, *(Fraction(one) for one in edges), None]
    pairs = enumerate(pairwise(ends))
    return Bands(Outcome(), tuple(Band(low, high, fixed(at * 100), f"tier {at}", SPAN) for at, (low, high) in pairs))


def counted(top: int, bottom: int):
    value = rounded(Fraction(top, bottom), SHARE, 1)
    at = Environment(outcome=value)
    return Counted("value", Fraction(top), Fraction(bottom), None, bottom, value, at)


def test_the_tiers_beside_a_result_and_how_far_they_are() -> None:
    said = list(tiers(bands("0.5", "0.55"), counted(46, 84), measure_of(), "USD"))
    tier, below, above = said
    assert tier == "The result falls in the tier “tier 1”."
    assert below.startswith("The tier below it, “tier 0”, pays $0.00 and ends below 50%, 4.8 points from the result: ")
    assert below.endswith("5 fewer counted, of the same 84.")
    assert above.startswith("The tier above it, “tier 2”, pays $200.00 and begins at 55%, 0.2 points from the result: ")
    assert above.endswith("1 more counted, of the same 84.")
    # 54.8% of 84 do not reach 55%, and 47 are 56.0%; 42 are 50.0%, which is no longer below it.
    assert rounded(Fraction(47, 84), SHARE, 1) == Fraction(56, 100)
    assert rounded(Fraction(42, 84), SHARE, 1) == Fraction(1, 2)


def test_a_tier_that_no_number_of_successes_reaches_is_told_without_one() -> None:
    said = list(tiers(bands("3/2"), counted(46, 84), measure_of(), "USD"))
    assert said[1] == "The tier above it, “tier 1”, pays $100.00 and begins at 150%, 95.2 points from the result."


def test_a_line_without_a_result_is_explained_by_the_name_of_its_term(tmp_path) -> None:
    case = "a-maximum-that-gives-back-what-it-took-for-advances"
    for options in ([], ["--for-provider"]):
        page = small(tmp_path, case, "A", "ahead_recovered", "2025-Q4", *options)
        assert page.startswith("# Ahead recovered, A, 2025-Q4\n")
        assert "\\-$700.00 under “Ahead recovered” (section 4." in page
        assert "| 5 | −($800.00 − $100.00) = -$700.00 |" in page
        assert "| Maximum | as advances are recovered, $260.30 that was put off is due; its terms" in page
        assert "The records" not in page
    assert "$220.10 under “Fee” (section 4." in small(tmp_path, case, "A", "fee", "2025-Q1")


def test_a_term_of_two_lines_is_explained_by_its_name_in_the_spec(tmp_path) -> None:
    names = ("ahead:\n      kind: advance", "on_account:\n      kind: advance"), ("ahead: $400", "on_account: $400")
    spec = laid(tmp_path, "an-advance-settled-at-the-end-of-the-year", *names)
    asked = ["explain", spec, "B", "on_account", "2025-Q3", "--as-of", "2026-06-30"]
    done = CliRunner().invoke(program, asked)
    assert [one for one in done.stdout.splitlines() if one.startswith("## ")] == [
        "## Payment: On account paid",
        "## Payment: On account recovered",
    ], done.output
    assert "$400.00 under “On account paid”" in done.stdout
    for name, said in (("B", "2025-Q9"), ("C", "2025-Q3")):
        wrong = CliRunner().invoke(program, [*asked[:2], name, "on_account", said, *asked[5:]])
        assert (wrong.exit_code, "there is no " in wrong.stderr) == (2, True)
