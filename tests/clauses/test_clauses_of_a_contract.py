"""The article says everything the spec says, in its fixed order, in plain sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyphen
import pytest

from acmspec import pipeline
from acmspec.english.marks import letter, mark, roman
from acmspec.english.numbers import money
from acmspec.ground.exact import Unit, round_half_up
from acmspec.ground.source import Source
from acmspec.kinds import KINDS
from acmspec.program.payments import Payments
from acmspec.program.tree import Benchmark, GroupConstant
from acmspec.program.types import Form, NumberType
from acmspec.report.clauses import clauses
from acmspec.report.clauses_comparison import around
from acmspec.report.clauses_numbering import numbers
from acmspec.report.tree import Article, Clauses, Grid, Paragraph, Reference, Section
from acmspec.sources.sheet import Beside

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
ORDER = (
    "Measure",
    "Counted as a success",
    "Who is measured",
    "Left out",
    "Source of truth",
    "Target and comparison",
    "Rounding",
    "Small numbers",
    "Not yet mature",
    "Missing data",
    "Worked example",
)


@pytest.fixture(scope="module")
def example() -> Clauses:
    outcome = pipeline.check(Source("spec.yaml", EXAMPLE.read_text(encoding="utf-8")), KINDS, Beside(EXAMPLE.parent))
    assert outcome.value is not None
    return clauses(outcome.value, KINDS)


@pytest.fixture(scope="module")
def built(hand: Any) -> Clauses:
    return clauses(hand.program, hand.kinds)


def everything(blocks: tuple[Paragraph | Grid, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            yield from everything(block.items)


def paragraphs(article: Article) -> Iterator[Paragraph]:
    yield from article.recitals
    for section in article.sections:
        yield from everything(section.blocks)


def text(paragraph: Paragraph) -> str:
    return "".join("4.2" if isinstance(one, Reference) else one.text for one in paragraph.inlines)


def anchors(article: Article) -> set[str]:
    found = {one.anchor for one in paragraphs(article)} | {section.anchor for section in article.sections}
    return found | {one.anchor for section in article.sections for one in section.blocks if isinstance(one, Grid)}


def section(article: Article, anchor: str) -> Section:
    return next(one for one in article.sections if one.anchor == anchor)


def heads(of: Section) -> list[str]:
    firsts = [one.inlines[0] for one in of.blocks if isinstance(one, Paragraph)]
    return [one.text.rstrip(".") for one in firsts if one.strong]


def said(of: Section, head: str) -> str:
    return next(text(one) for one in of.blocks if isinstance(one, Paragraph) and text(one).startswith(head))


def test_every_part_of_the_spec_has_its_clause(built: Any) -> None:
    assert {
        "motivation", "goals.stable", "contract.agency", "contract.id", "contract.currency", "contract.term",
        "contract.fiscal_year_starts", "contract.maximum", "data.stays", "data.stays.lag", "data.stays.received",
        "data.stays.checks.0", "data.stays.accept", "data.stays.sharing", "data.stays.reporting", "data.stays.fields",
        "data.clients", "lists.permanent", "definitions.permanent_home", "definitions.came_back", "definitions.spare",
        "cohorts.leavers", "cohorts.leavers.keep.0", "cohorts.leavers.exclude.0", "metrics.exits",
        "metrics.exits.formula", "metrics.exits.benchmarks.target", "metrics.exits.better", "metrics.exits.round",
        "metrics.exits.minimum", "metrics.exits.maturity", "metrics.exits.missing_is", "metrics.exits.use",
        "metrics.exits.goal", "metrics.exits.break_down_by", "metrics.returns", "examples.0", "agreements",
        "referral.criteria", "referral.matched_by", "referral.steps", "referral.checks.0", "roadmap.0",
        "cadence.provider_meeting", "attendees", "responsibilities.analysis", "responsibilities.snacks",
        "follow_up.agenda_minutes", "follow_up.case_reviews", "follow_up.working_groups.0", "commitments.0",
        "incentives.phase_in", "incentives.terms.exit_bonus", "incentives.terms.exit_bonus.on",
        "incentives.terms.exit_bonus.once_per", "incentives.limits.0", "amendment",
    } <= anchors(built.article)  # fmt: skip


def test_every_named_part_of_the_example_has_its_clause(example: Any) -> None:
    outcome = pipeline.check(Source("spec.yaml", EXAMPLE.read_text(encoding="utf-8")), KINDS, Beside(EXAMPLE.parent))
    spec = outcome.value.spec
    wanted = {f"goals.{one.name.value}" for one in spec.goals}
    wanted |= {f"data.{one.name.value}" for one in spec.data}
    wanted |= {f"lists.{one.name.value}" for one in spec.lists}
    wanted |= {f"definitions.{one.name.value}" for one in spec.definitions}
    wanted |= {f"cohorts.{one.name.value}" for one in spec.cohorts}
    wanted |= {f"metrics.{one.name.value}" for one in spec.metrics}
    wanted |= {
        f"metrics.{one.name.value}.benchmarks.{use.name.value}" for one in spec.metrics for use in one.benchmarks
    }
    wanted |= {f"incentives.terms.{one.use.name.value}" for one in spec.incentives.terms}
    wanted |= {f"cadence.{one.name.value}" for one in spec.cadence}
    for part in ("roadmap", "commitments", "examples"):
        wanted |= {f"{part}.{at}" for at in range(len(getattr(spec, part)))}
    assert wanted <= anchors(example.article)


def test_a_metric_keeps_the_order_of_its_paragraphs(built: Any) -> None:
    found = heads(section(built.article, "metrics.exits"))
    assert [one for one in found if one in ORDER] == list(ORDER)


def test_every_cross_reference_has_a_number(built: Any, example: Any) -> None:
    for article in (built.article, example.article):
        known = numbers(article)
        used = [one.anchor for p in paragraphs(article) for one in p.inlines if isinstance(one, Reference)]
        assert used
        assert all(anchor in known for anchor in used)
    assert numbers(built.article)["metrics.exits"] == "4.2"
    assert numbers(built.article)["metrics.exits.minimum"].startswith("4.2(")


@pytest.mark.parametrize(
    ("better", "target", "decimals", "pair"),
    [
        ("higher", Fraction(55, 100), 1, (Fraction(5495, 10000), Fraction(5494, 10000))),
        ("lower", Fraction(10, 100), 1, (Fraction(1004, 10000), Fraction(1005, 10000))),
        ("higher", Fraction(625, 1000), 0, (Fraction(625, 1000), Fraction(624, 1000))),
        ("higher", Fraction(1), 1, (Fraction(9995, 10000), Fraction(9994, 10000))),
        ("lower", Fraction(0), 1, (Fraction(4, 10000), Fraction(5, 10000))),
        ("higher", Fraction(0), 1, None),
        ("lower", Fraction(1), 1, None),
    ],
)
def test_the_pair_around_a_target_meets_it_and_does_not(
    hand: Any, better: Any, target: Any, decimals: Any, pair: Any
) -> None:
    measure = replace(hand.program.measures[0], better=better, decimals=decimals)
    value = GroupConstant(target, NumberType(Form.SHARE))
    found = around(measure, Benchmark("target", "target", value, (), None))
    assert found == pair
    if pair:
        good, bad = (round_half_up(one, decimals + 2) for one in pair)
        meets = (lambda one: one >= target) if better == "higher" else (lambda one: one <= target)
        assert meets(good)
        assert not meets(bad)


def test_the_rounding_paragraph_shows_the_pair(built: Any) -> None:
    shown = said(section(built.article, "metrics.exits"), "Rounding")
    assert "54.95 percent becomes 55.0 percent and meets the target" in shown
    assert "54.94 percent becomes 54.9 percent and does not meet it" in shown


@pytest.mark.parametrize(
    ("type_", "target", "text"),
    [
        (NumberType(unit=Unit.of("day")), 1, "0.5 days becomes 1 day and meets the target"),
        (NumberType(unit=Unit.of("USD")), 400, "$399.5 becomes $400 and meets the target"),
        (NumberType(Form.POINTS), Fraction(1, 20), "4.5 points becomes 5 points and meets the target"),
    ],
)
def test_the_rounding_paragraph_says_units_as_results_are_printed(hand: Any, type_, target, text) -> None:
    first, *others = hand.program.measures
    formula = replace(first.formula, function="median", type=type_)
    benchmark = Benchmark("target", "target", GroupConstant(Fraction(target), type_), (), None)
    measure = replace(first, formula=formula, decimals=0, benchmarks=(benchmark,))
    program = replace(hand.program, measures=(measure, *others))
    built = clauses(program, hand.kinds)
    assert text in said(section(built.article, "metrics.exits"), "Rounding")


def test_a_measure_that_should_fall_counts_no_success(built: Any) -> None:
    of = section(built.article, "metrics.returns")
    assert "Counted as a success" not in heads(of)
    assert said(of, "Counted.") == "Counted. A Leaver is counted if the Leaver meets the definition of Return."


def test_a_metric_without_data_is_planned(hand: Any) -> None:
    first, *others = hand.program.measures
    article = clauses(
        replace(hand.program, measures=tuple(others), payments=Payments((), (), (), None, None)), hand.kinds
    )
    shown = said(section(article.article, "metrics.exits"), "Measure")
    assert "is a planned measure. It takes effect when its sources are available." in shown
    assert first.title in shown


def test_waiting_is_said_for_a_measure_that_looks_ahead(built: Any) -> None:
    of = section(built.article, "metrics.returns")
    assert "once 180 days have passed since the Exit Date" in said(of, "Not yet mature")
    assert "as soon as they are recorded" in said(section(built.article, "metrics.exits"), "Not yet mature")


def test_a_measure_with_a_condition_of_its_own_waits_for_all_of_its_set(built: Any) -> None:
    shown = said(section(built.article, "metrics.returns"), "Not yet mature")
    assert "every one of the Leavers of the Measurement Period. This includes those that are not measured." in shown
    assert "It does not include those left out." in shown


def test_a_record_without_the_value_is_measured_and_has_no_part_in_the_figure(example: Any) -> None:
    shown = said(section(example.article, "metrics.days_to_move_in"), "Missing data")
    assert "is measured. It has no part in the median." in shown


def test_a_record_that_does_not_fit_its_fields_is_not_valid(built: Any) -> None:
    shown = said(section(built.article, "data"), "Valid records")
    assert "A Stay is also not valid if its record does not fit the table of fields" in shown


def test_limits_are_told_apart_by_the_names_they_have_in_the_payments(example: Any) -> None:
    shown = said(section(example.article, "incentives.limits"), "Limit “Cap 2”")
    assert "no more than $190,000" in shown


def test_a_price_finer_than_a_cent_is_printed_in_full() -> None:
    assert money(Fraction("10.005"), "USD") == "$10.005"
    assert money(Fraction("10.5"), "EUR") == "EUR 10.50"


def test_every_state_has_its_consequence_in_a_table(built: Any) -> None:
    of = section(built.article, "incentives.terms.exit_bonus")
    grid = next(one for one in of.blocks if isinstance(one, Grid) and one.heads[0] == "State")
    assert [row[0] for row in grid.rows] == ["Undefined", "Too few", "Immature", "Missing", "Disputed"]
    assert all(row[2].endswith(".") for row in grid.rows)
    # The window is longer than the period, so carrying counts forward would count records twice.
    assert grid.rows[1][2].startswith("No payment is due now. Nothing is carried forward")


def test_private_fields_are_named_and_agreements_show_their_own_terms(built: Any) -> None:
    assert "the Birth of a Client" in said(section(built.article, "privacy"), "Private fields")
    grid = next(one for one in section(built.article, "agreements").blocks if isinstance(one, Grid))
    assert grid.rows[0][3:] == (
        "$600,000",
        "Exits to permanent housing: 62 percent; Exit bonus: $15",
        "Fund 2210",
    )


def test_nothing_shall_be_written_as_shall(built: Any, example: Any) -> None:
    for article in (built.article, example.article):
        assert not [text(one) for one in paragraphs(article) if re.search(r"\bshall\b", text(one))]


def sentences(article: Article) -> Iterator[list[str]]:
    for one in paragraphs(article):
        for sentence in re.split(r"(?<=[.?!;:])\s+", text(one)):
            words = re.findall(r"[\w$’'-]+", sentence)
            if words:
                yield words


def test_sentences_are_short_and_easy(built: Any, example: Any) -> None:
    hyphens = pyphen.Pyphen(lang="en_US")
    for article in (built.article, example.article):
        found = list(sentences(article))
        words = [word for sentence in found for word in sentence]
        per_sentence = Fraction(len(words), len(found))
        syllables = Fraction(sum(len(hyphens.positions(word)) + 1 for word in words), len(words))
        grade = Fraction(39, 100) * per_sentence + Fraction(118, 10) * syllables - Fraction(1559, 100)
        assert per_sentence <= 20
        assert grade <= 10
        assert max(map(len, found)) <= 45


def test_numbers_of_paragraphs() -> None:
    assert [letter(at) for at in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [roman(at) for at in (1, 4, 9, 14, 40, 99)] == ["i", "iv", "ix", "xiv", "xl", "xcix"]
    assert [mark(depth, 2) for depth in range(5)] == ["(b)", "(ii)", "(B)", "(2)", "(b)"]


def test_a_check_says_when_a_record_fails_it(built: Any) -> None:
    shown = said(section(built.article, "data"), "Check")
    assert shown == "Check. A Stay is not valid if the Exit Date is before the Entry Date."


SMALL = "If fewer than 20 Leavers "


@pytest.mark.parametrize(
    ("function", "changes", "shown"),
    [
        ("share", {}, f"{SMALL}are measured, the Agency"),
        ("share", {"maturity": "each record"}, f"{SMALL}are measured and can be judged, the Agency"),
        ("median", {}, f"{SMALL}are measured and have their value recorded, the Agency"),
        ("sum", {}, f"{SMALL}belong to the Measurement Period, whether measured or not, the Agency"),
        ("count", {"minimum": 0}, "The Agency states a result for any number of Leavers, also for none."),
        ("median", {"minimum": 0}, "for any number of Leavers, unless none is measured."),
    ],
)
def test_small_numbers_are_those_that_the_results_count(hand: Any, function: str, changes: Any, shown: str) -> None:
    exits, returns = hand.program.measures
    returns = replace(returns, formula=replace(returns.formula, function=function), **changes)
    built = clauses(replace(hand.program, measures=(exits, returns)), hand.kinds)
    assert shown in said(section(built.article, "metrics.returns"), "Small numbers")
