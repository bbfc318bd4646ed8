"""Bands and months stand in their order, and a place among providers is stated by provider only."""

import re
from fractions import Fraction

import pytest

from acmspec import api
from acmspec.ground.calendar import Every
from acmspec.program.types import Form, NumberType
from acmspec.renderers.dashboard import charts
from acmspec.report import dashboard_words as words
from acmspec.report.tree import Mark, Point, Scale, Series

SPEC = """\
acmspec: 1
contract:
  id: places
  title: Places
  agency: Harbor County
  term: {from: 2025-01-01, to: 2025-12-31}
  fiscal_year_starts: January
  currency: USD
  data_date: 2025-12-31
goals: {g: {statement: People are well.}}
data:
  stays:
    file: stays.csv
    noun: {one: Stay, many: Stays}
    key: stay_id
    date: entry_date
    fields:
      stay_id: text
      provider: {entity: provider}
      entry_date: date
      nights: {type: integer, unit: days}
definitions:
  band: {of: stays, term: Length Band, bands: {value: nights, from: [0, 10, 100 days]}}
  entered: {of: stays, term: Month of Entry, formula: month of entry_date}
metrics:
  nights:
    name: Nights
    kind: leading
    goal: g
    formula: sum(nights over stays)
    every: quarter
    better: higher
    break_down_by: [provider, band, entered]
  place:
    name: Place
    kind: lagging
    goal: g
    formula: rank(average(nights over stays) for each provider)
    every: quarter
    better: lower
    break_down_by: [provider]
  both:
    name: Stays without nights
    kind: lagging
    goal: g
    formula: count(stays) / sum(nights over stays)
    every: quarter
    better: lower
    break_down_by: [provider]
providers: houses
"""
HOUSES = """\
  houses:
    file: houses.csv
    noun: {one: House, many: Houses}
    key: provider
    fields:
      provider: {entity: provider}
"""
STAYS = """\
stay_id,provider,entry_date,nights
1,Oak,2025-10-05,5
2,Oak,2025-11-05,50
3,Elm,2025-12-05,20
4,Fir,2025-10-07,0
"""


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("places")
    spec = SPEC.replace("definitions:\n", f"{HOUSES}definitions:\n", 1)
    (folder / "spec.yaml").write_text(spec, encoding="utf-8")
    (folder / "stays.csv").write_text(STAYS, encoding="utf-8")
    (folder / "houses.csv").write_text("provider\nOak\nElm\nFir\nYew\n", encoding="utf-8")
    assert api.run(folder / "spec.yaml", folder / "out").exit_code == 0
    return (folder / "out" / "dashboard.html").read_text(encoding="utf-8")


def in_order(html: str, *texts: str) -> bool:
    places = [html.find(one) for one in texts]
    return -1 not in places and places == sorted(places)


def test_bands_and_months_stand_in_their_order_and_not_by_value(html: str) -> None:
    assert in_order(html, "by Length Band<", ">0 to 9 days<", ">10 to 99 days<")
    assert in_order(html, "by Month of Entry<", ">Oct 2025<", ">Nov 2025<", ">Dec 2025<")
    assert "Highest value first; bands, months and years in their order." in html


def test_a_place_is_stated_by_provider_only_and_what_is_divided_by_nothing_says_so(html: str) -> None:
    place = html[html.index(">Place<") :]
    assert "stated by provider only" in place[: place.index("</tr>")]
    assert "nothing to divide by" in html
    assert "the dashed line is the target" not in html


def test_providers_are_those_of_the_register(html: str) -> None:
    assert re.search(r"Harbor County · 4 providers · contract term Jan–Dec 2025", html)


def test_what_periods_are_called_as_groups() -> None:
    assert words.period_name("2025-02", Every.MONTH) == "Feb 2025"
    assert words.period_name("2025-Q1", Every.QUARTER) == "Q1 2025"
    assert words.period_name("FY2026-Q1", Every.FISCAL_QUARTER) == "Q1 FY2026"
    assert words.period_name("2025", Every.YEAR) == "2025"
    assert words.period_name("2025-W07", Every.WEEK) == "W07 2025"


def test_differences_of_shares_are_counted_in_points() -> None:
    assert words.scale_of(NumberType(Form.POINTS)) == Scale(percent=True, prefix="", suffix=" pts")
    assert words.scale_of(NumberType(Form.SHARE)).suffix == "%"


def series(*, judged: bool, value: Fraction | None = Fraction(5)) -> str:
    mark = Mark("plain", False, "No target", "5", "n 5", "")
    point = Point("2025", "2025", "2025", value, "5" if value else "", "5 Stays", mark, judged)
    return charts.series(Series("Stays", "", "", (point,), 0, None, "", Scale(percent=False, prefix="", suffix="")))


def test_the_latest_point_is_hollow_while_it_is_not_final() -> None:
    assert 'class="h"' in series(judged=False)
    assert 'class="h"' not in series(judged=True)


def test_without_any_value_no_scale_is_made_up() -> None:
    assert ">5.0<" in series(judged=True) or ">5<" in series(judged=True)
    assert not re.search(r">[01]\.[05]<", series(judged=True, value=None))
