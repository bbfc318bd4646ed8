"""What is told when data meets lists, calendars, figures and registers: warnings, reasons, clauses."""

from datetime import date

import duckdb
import pytest

from acmspec import api
from acmspec.results.tree import State
from tests.enclosed.world import evaluated, said

VISITS = "id,seen_on,place\n1,2025-02-01,North\n2,2025-02-01,North\n3,2025-03-01,South\n"


def test_a_text_that_no_record_has_is_told_with_the_nearest_and_its_count(tmp_path):
    (found,) = said(
        evaluated(tmp_path, formula='count(visits where place = "Nrth")', tables={"visits": VISITS}), "ACM491"
    )
    assert "“Nrth” in column “place”" in found.message
    assert found.fix == "Did you mean “North”, which stands in 2 records?"
    assert found.severity.value == "warning"


@pytest.mark.parametrize(
    ("formula", "count"),
    [
        ('count(visits where place = "North")', 0),
        ('count(visits where place in ("North", "East", "West"))', 2),
        ('count(visits where place != "East")', 1),
        ('count(visits where kind = "shelter")', 0),
    ],
    ids=["there", "in place", "unequal", "listed values"],
)
def test_texts_are_looked_for_one_by_one(tmp_path, formula, count):
    assert len(said(evaluated(tmp_path, formula=formula, tables={"visits": VISITS}), "ACM491")) == count


def test_nothing_is_said_of_a_table_without_records(tmp_path):
    assert said(evaluated(tmp_path, formula='count(visits where place = "x")', tables={}), "ACM491") == []


def test_a_private_field_offers_nothing(tmp_path):
    private = ["      place:\n        type: text\n        optional: yes\n  people:"]
    private.append("      place:\n        private: yes\n        optional: yes\n  people:")
    outcome = evaluated(
        tmp_path, formula='count(visits where place = "Nrth")', tables={"visits": VISITS}, changes=[private]
    )
    (found,) = said(outcome, "ACM491")
    assert "North" not in f"{found.message} {found.fix}"


CENSUS = "county,year,Persons\nEast,2025,4\nWest,2024,5\n"
BY_COUNTY = "{file: census.csv, value: Persons, by: [county, year], over_groups: sum, over_time: last}"


def rate(tmp_path, census=CENSUS):
    return evaluated(
        tmp_path,
        formula="count(visits) / population",
        metric={"break_down_by": "[client.county]"},
        figures={"population": BY_COUNTY},
        files={"census.csv": census},
        tables={"visits": "id,seen_on,client\n1,2025-02-01,a\n", "people": "client,county\na,West\n"},
    )


def test_a_result_says_which_figure_is_missing(tmp_path):
    outcome = rate(tmp_path)
    results = {one.group: one for one in outcome.value.results.metrics[0].results}
    assert results["West",].state is State.MISSING
    assert results["West",].because == ("the figure “population” has no value for West, 2025",)
    assert results[()].because == ("the figure “population” has no value for West, 2025",)


def test_a_gap_is_told_before_any_data_is_read(tmp_path):
    messages = [one.message for one in said(rate(tmp_path), "ACM447")]
    assert messages == ["“population” has no value for East, 2024", "“population” has no value for West, 2025"]


def test_the_clause_says_where_a_figure_comes_from(tmp_path):
    article = str(rate(tmp_path).value.clauses)
    assert "census.csv" in article
    assert "with days in several calendar years, the value of the last one counts" in article


def test_a_provider_that_is_not_registered_is_told_with_the_nearest(tmp_path):
    agencies = "  agencies:\n    file: agencies.csv\n    noun: {one: Agency, many: Agencies}\n    key: provider\n"
    agencies += "    fields:\n      provider: {entity: provider}\n"
    outcome = evaluated(
        tmp_path,
        formula="count(visits)",
        metric={"break_down_by": "[provider]"},
        providers="agencies",
        agreements=["{provider: Lantern, number: N-1}"],
        changes=[["  arrests:\n    file: arrests.csv", f"{agencies}  arrests:\n    file: arrests.csv"]],
        tables={
            "agencies": "provider\nHarbor House\n",
            "visits": "id,seen_on,provider\n1,2025-02-01,Harbour House\n2,2025-02-01,Lantern\n",
        },
    )
    (stranger,) = said(outcome, "ACM489")
    assert "1 record names “Harbour House”" in stranger.message
    assert "for “Harbor House”" in stranger.fix
    (lacking,) = said(outcome, "ACM490")
    assert "“Lantern” has an agreement" in lacking.message
    assert dict(outcome.value.results.tables[0].unlinked)["provider"] == 1


def test_a_calendar_that_ends_too_soon_names_the_record(tmp_path):
    outcome = evaluated(
        tmp_path,
        formula="count(visits where done_on within 3 business days after seen_on)",
        calendars={"county": "{holidays: [2025-07-04]}"},
        tables={"visits": "id,seen_on,done_on\n1,2025-07-03,2025-07-07\n2,2025-12-30,2026-01-05\n"},
    )
    (found,) = said(outcome, "ACM486")
    assert found.place.number == 3
    assert outcome.value.results.metrics[0].results[0].because == (
        "the calendar “county” doesn't cover all days that are needed",
    )


def test_a_holiday_schedule_is_printed(tmp_path):
    days = "Day\n" + "".join(f"2025-{month:02d}-15\n" for month in range(1, 13))
    outcome = evaluated(
        tmp_path,
        formula="count(visits where done_on within 3 business days after seen_on)",
        calendars={"county": "{holidays: {file: days.csv, column: Day}}"},
        files={"days.csv": days},
        tables={"visits": "id,seen_on,done_on\n1,2025-07-03,2025-07-07\n"},
    )
    article = str(outcome.value.clauses)
    assert "Holidays of the calendar “County”" in article
    assert "December 15, 2025" in article


@pytest.mark.parametrize(
    ("maturity", "says"),
    [
        ("all records", "As long as a result has one, it is “missing”."),
        ("each record", "It stays out of the result."),
        ("judge now", "The Agency judges it by the records there are."),
    ],
)
def test_the_clause_says_what_becomes_of_who_looks_back_too_far(tmp_path, maturity, says):
    outcome = evaluated(
        tmp_path,
        formula="share(any(arrests for same client where arrested_on within 12 months before seen_on) over visits)",
        metric={"maturity": maturity},
        changes=[["lag: 10 days", "complete: {from: 2024-06-01}"]],
        tables={"visits": "id,seen_on,client\n1,2025-05-31,a\n2,2025-06-01,b\n"},
    )
    article = str(outcome.value.clauses)
    assert "The source “Arrests” is complete from June 1, 2024 on." in article
    assert f"A Visit that is judged by earlier days too cannot be judged for certain. {says}" in article
    assert "The source counts as complete through the Data Date. It is complete from June 1, 2024 on." in article


def test_a_result_says_that_the_data_begin_too_late(tmp_path):
    outcome = evaluated(
        tmp_path,
        formula="share(any(arrests for same client where arrested_on within 12 months before seen_on) over visits)",
        changes=[["lag: 10 days", "complete: {from: 2024-06-01}"]],
        tables={"visits": "id,seen_on,client\n1,2025-05-31,a\n2,2025-06-01,b\n"},
    )
    assert outcome.value.results.metrics[0].results[0].because == (
        "1 record looks at days from before the data is complete",
    )


def test_the_clause_waits_for_business_days(tmp_path):
    outcome = evaluated(
        tmp_path,
        formula="share(done_on within 3 business days after seen_on over visits)",
        calendars={"county": "{holidays: [2025-07-04]}"},
        tables={"visits": "id,seen_on,done_on\n1,2025-07-03,2025-07-07\n"},
    )
    assert "once 3 business days of the calendar “County” have passed since the Seen on" in str(outcome.value.clauses)


def test_the_queries_of_business_days_make_the_calendar_they_count_on(tmp_path):
    calendars = {"county": "{holidays: [2025-07-04]}", "state": "{holidays: [2025-07-04]}"}
    formula = "count(visits where business days of county from seen_on to done_on > 1 business day of county)"
    evaluated(tmp_path, formula=formula, calendars=calendars, tables={})
    shown = api.formula(formula, tmp_path / "spec.yaml", "sql", as_of=date(2026, 6, 30)).text
    assert shown.index('CREATE TABLE "calendar county"') < shown.index('CREATE TABLE "facts 0"')
    assert "calendar state" not in shown
    with duckdb.connect() as engine:
        columns = '"#record" BIGINT, seen_on DATE, done_on DATE'
        engine.execute(f"CREATE TABLE visits ({columns})")
        engine.execute("INSERT INTO visits VALUES (1, DATE '2025-10-03', DATE '2025-10-07')")
        for statement in shown.split(";")[:-1]:
            rows = engine.execute(statement).fetchall()
    assert rows[0][1] == 1


def test_the_clauses_say_who_is_a_provider_and_where_case_is_one(tmp_path):
    agencies = "  agencies:\n    file: agencies.csv\n    noun: {one: Agency, many: Agencies}\n    key: provider\n"
    agencies += "    span: [opened_on, closed_on]\n    fields:\n      provider: {entity: provider}\n"
    agencies += "      opened_on: date\n      closed_on: {type: date, optional: yes}\n"
    folded = "      place:\n        fold: case\n        optional: yes\n  people:"
    outcome = evaluated(
        tmp_path,
        formula="count(visits)",
        providers="agencies",
        changes=[
            ["  arrests:\n    file: arrests.csv", f"{agencies}  arrests:\n    file: arrests.csv"],
            ["      place:\n        type: text\n        optional: yes\n  people:", folded],
        ],
        tables={"agencies": "provider,opened_on,closed_on\nA,2025-01-01,\n"},
    )
    article = str(outcome.value.clauses)
    assert "means an organization that the source “Agencies” lists." in article
    assert "text (may be missing, upper and lower case are one)" in article


def test_records_that_another_column_tells_apart_are_offered_that_column(tmp_path):
    census = "county,note,quarter,persons\nNorth,a,2025-Q1,10\nNorth,b,2025-Q2,11\nNorth,b,2025-Q2,11\n"
    figures = {"pop": "{file: census.csv, value: persons, by: [county], over_groups: sum}"}
    outcome = evaluated(tmp_path, formula="count(visits) / pop", figures=figures, files={"census.csv": census})
    first, second = said(outcome, "ACM443")
    assert first.fix == "Add “quarter” under “by”, if that tells the records apart; else remove one of them."
    assert second.message == "“North” stands on line 2 already"
