"""The HTML file: deterministic, small, safe, sound and readable by everyone."""

import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from acmspec.renderers import dashboard
from acmspec.renderers.dashboard import charts, svg
from acmspec.renderers.dashboard.axis import axis
from acmspec.report.tree import Mark, Scale

VOID = {"meta", "br", "link", "img", "input", "hr"}
PERCENT = Scale(percent=True, prefix="", suffix="%")
PLAIN = Scale(percent=False, prefix="", suffix=" days")


class Page(HTMLParser):
    """Reads the page as a list of elements with their attributes, and fails on any that is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else, line {self.getpos()[0]}"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def html(sample: Any) -> str:
    return dashboard.render(sample.outputs()).decode()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_same_run_gives_the_same_bytes(sample: Any) -> None:
    assert dashboard.render(sample.outputs()) == dashboard.render(sample.outputs())


def test_the_page_is_under_150_kilobytes(html: str) -> None:
    assert 20_000 < len(html.encode()) < 150_000


def test_no_script_and_nothing_from_elsewhere(page: Any, html: str) -> None:
    names = {name for name, _ in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    addresses = [
        value for _, each in page.elements for key, value in each.items() if key in {"href", "src", "xlink:href"}
    ]
    assert addresses
    assert all(value.startswith("#") for value in addresses)
    assert not re.search(r"url\(|@import|https?:|javascript:", html)
    assert not [key for _, each in page.elements for key in each if key.startswith("on")]


def test_the_page_forbids_itself_everything_but_its_own_style(page: Any) -> None:
    policy = next(one for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_reference_inside_the_page_leads_somewhere(page: Any) -> None:
    ids = [each["id"] for _, each in page.elements if "id" in each]
    assert len(ids) == len(set(ids))
    wanted = {value.lstrip("#") for _, each in page.elements for key, value in each.items() if key == "href"}
    wanted |= {value for _, each in page.elements for key, value in each.items() if key == "aria-labelledby"}
    assert wanted <= set(ids)


def test_headings_go_down_one_level_at_a_time(page: Any) -> None:
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_language_title_and_a_way_past_the_header(page: Any, html: str) -> None:
    assert page.all("html") == [{"lang": "en"}]
    assert "<title>Rapid Re-Housing Services: dashboard, data to 31 Mar 2026</title>" in html
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert page.all("main")[0]["id"] == "main"


def test_every_table_head_has_a_scope_and_every_picture_words(page: Any) -> None:
    assert all(one.get("scope") in {"col", "row"} for one in page.all("th"))
    for one in page.all("svg"):
        assert (one.get("role") == "img" and one.get("aria-label")) or one.get("aria-hidden") == "true"


def test_the_sections_come_in_the_order_people_read_them(page: Any) -> None:
    order = [one["aria-labelledby"] for one in page.all("section")]
    assert order == [
        "goals", "discuss", "measures", "time", "providers", "groups", "payments", "quality", "practice", "reading",
    ]  # fmt: skip


def test_columns_of_later_statistics_are_absent(page: Any) -> None:
    assert not re.search(r"signal|control limit|forecast|if nothing changes", page.text, re.IGNORECASE)


def test_every_mark_that_is_used_is_drawn_and_said(sample: Any, html: str, page: Any) -> None:
    for mark, meaning in sample.dashboard().matrix.legend:
        assert f'<svg class="m {mark.kind}" aria-hidden="true"><use href="#m-{svg.shape(mark)}"/></svg>' in html
        assert meaning in page.text
    for note in ("4 of 7: too few", "matures Sep 2026", "not received", "nobody eligible"):
        assert note in page.text


def test_a_hollow_mark_is_another_drawing() -> None:
    whole, hollow = (Mark("met", one, "", "", "", "") for one in (False, True))
    assert svg.mark(whole) != svg.mark(hollow)
    assert 'id="m-met-h"' in svg.symbols()


def test_the_page_says_what_each_finding_says(sample: Any, page: Any) -> None:
    for one in sample.dashboard().findings:
        assert " ".join(one.headline.split()) in page.text
        assert one.text in page.text


def test_every_point_of_a_chart_stands_in_its_table(sample: Any, html: str) -> None:
    for one in sample.dashboard().measures:
        for point in one.series.points:
            assert f'<th scope="row">{point.period}</th>' in html


def test_questions_meetings_roles_and_commitments_are_shown(page: Any) -> None:
    for text in (
        "Households with a need score of 8 or more", "Where do households wait longest?", "Every month, 3rd week",
        "Program director", "Landlord engagement", "Answer eligibility questions within 2 business days",
        "five cases per provider every quarter", "share(in_need over referrals)",
    ):  # fmt: skip
        assert text in page.text


def test_a_hostile_name_is_only_text(sample: Any) -> None:
    evil = "<script>alert('x')</script>\"&<img src=x onerror=y>"

    def renamed(result: Any) -> Any:
        return replace(result, group=tuple(evil if one == "Keystone" else one for one in result.group))

    changed = sample.with_results(renamed)
    spec = replace(changed.program.spec, motivation=evil, responsibilities=((evil, evil),))
    measures = tuple(replace(one, title=evil) for one in changed.program.measures[:1])
    results = replace(
        changed.results,
        measures=(replace(changed.results.measures[0], measure=measures[0]), *changed.results.measures[1:]),
    )
    hostile = replace(changed, program=replace(changed.program, spec=spec), results=results)
    text = dashboard.render(hostile.outputs()).decode()
    page = Page(text)
    assert not page.all("script")
    assert not page.all("img")
    assert evil in page.text
    assert page.text.count(evil) > 3


def test_a_name_cannot_turn_the_numbers_beside_it_around(sample: Any) -> None:
    def renamed(result: Any) -> Any:
        return replace(result, group=tuple("Key\u202estone\x07" if one == "Keystone" else one for one in result.group))

    text = dashboard.render(sample.with_results(renamed).outputs()).decode()
    assert "Key\ufffdstone\ufffd" in text
    assert not {"\u202e", "\x07"} & set(text)


def test_a_run_without_results_is_still_a_page(sample: Any) -> None:
    empty = replace(sample, results=replace(sample.results, measures=(), tables=()))
    page = Page(dashboard.render(empty.outputs()).decode())
    assert "Five measures" not in page.text
    assert "Data quality" in page.text


# --- axes and drawings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "scale", "ticks"),
    [
        ([Fraction(52, 100), Fraction(61, 100)], PERCENT, ["52%", "54%", "56%", "58%", "60%", "62%"]),
        ([Fraction(120, 1000), Fraction(143, 1000)], PERCENT, ["12.0%", "12.5%", "13.0%", "13.5%", "14.0%", "14.5%"]),
        ([Fraction(0), Fraction(1)], PERCENT, ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ([Fraction(45), Fraction(51)], PLAIN, ["44", "46", "48", "50", "52"]),
        ([Fraction(7)], PLAIN, ["6.0", "6.5", "7.0", "7.5", "8.0"]),
        ([Fraction(1, 3), Fraction(-1, 3)], PLAIN, ["−0.4", "−0.2", "0.0", "0.2", "0.4"]),
        ([Fraction(1200), Fraction(48000)], Scale(percent=False, prefix="$", suffix=""),
         ["$0", "$10,000", "$20,000", "$30,000", "$40,000", "$50,000"]),
    ],
)  # fmt: skip
def test_ticks_are_round_and_hold_all_values(values: list[Fraction], scale: Scale, ticks: list[str]) -> None:
    found = axis(values, scale, Fraction(0), Fraction(100), from_zero=False)
    assert [found.text(one) for one in found.ticks()] == ticks
    assert all(found.low <= one <= found.high for one in values)
    assert all(0 <= found.place(one) <= 100 for one in values)


def test_coordinates_have_one_decimal_and_no_float_noise(html: str) -> None:
    numbers = re.findall(r'\b(?:x|y|cx|cy)="(-?[\d.]+)"', html)
    assert len(numbers) > 100
    assert all(re.fullmatch(r"-?\d+(\.\d)?", one) for one in numbers)


def test_points_that_are_not_judged_are_not_joined(sample: Any) -> None:
    of = next(one for one in sample.dashboard().measures if one.title == "Returns within six months").series
    drawn = charts.series(of)
    judged = [one for one in of.points if one.judged]
    (line,) = re.findall(r'<path class="l" d="M([^"]+)"', drawn)
    assert len(line.split("L")) == len(judged) == 9
    assert drawn.count('<circle class="h"') == len(of.points) - len(judged) == 3
    assert "not yet mature" in drawn


def test_a_period_without_a_value_breaks_the_line_and_shows_its_mark(sample: Any) -> None:
    of = next(one for one in sample.dashboard().measures if one.title == "First contact within three days").series
    gap = replace(
        of.points[5], value=None, printed="", mark=Mark("missing", False, "Not received", "", "", "not received")
    )
    drawn = charts.series(replace(of, points=(*of.points[:5], gap, *of.points[6:])))
    assert drawn.count('<path class="l"') == 2
    assert 'href="#m-missing"' in drawn


def test_too_few_is_a_dashed_ring_apart(sample: Any) -> None:
    of = next(one for one in sample.dashboard().measures if one.title == "First contact within three days").series
    few = replace(of.points[5], printed="", mark=Mark("too_few", False, "Too few to say", "", "", "4 of 7: too few"))
    drawn = charts.series(replace(of, points=(*of.points[:5], few, *of.points[6:])))
    assert drawn.count('<circle class="h few"') == 1
    assert "Dashed rings" in charts.hint((replace(of, points=(few,)),))


# --- contrast -------------------------------------------------------------------------------------------------


def _luminance(color: str) -> float:
    """The relative luminance of WCAG, which is defined with a power of 2.4 and so has no exact value."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["ink", "soft", "blue", "rust", "violet", "gray"])
def test_every_color_of_text_and_marks_stands_out_from_the_page(html: str, name: str) -> None:
    color = re.search(rf"--{name}:(#[0-9a-f]{{6}})", html)
    assert color is not None
    assert 1.05 / (_luminance(color[1]) + 0.05) >= 4.5


def test_a_long_target_stands_over_its_line_and_a_short_one_beside_it(sample: Any) -> None:
    of = next(one for one in sample.dashboard().measures if one.title == "First contact within three days").series
    assert ">target ≥ $1,250.00 per Leaver</text>" in charts.series(replace(of, target_label="≥ $1,250.00 per Leaver"))
    assert ">≥ 85%</text>" in charts.series(of)
