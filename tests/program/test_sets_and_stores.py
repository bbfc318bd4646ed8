"""Sets (tables and cohorts), and how tables are read."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every, Length
from acmspec.program.record import Column, FieldValue, Logic
from acmspec.program.tree import Roll
from tests.program.small import formula, look

LEAVERS = "    from: stays\n    when: dated exit_date\n"
CHILD = "cohorts:\n  some:\n    from: {}\n{}"


def test_a_cohort_has_its_date_conditions_choice_and_exclusions() -> None:
    population = look().aggregate("exits").population
    assert (population.name, population.table, population.one, population.many) == (
        "leavers",
        "stays",
        "Leaver",
        "Leavers",
    )
    assert isinstance(population.dated, FieldValue)
    assert population.dated.column == Column("stays", "exit_date")
    (choice,) = population.keep
    assert choice.choice == "last"
    assert [one.column.name for one in choice.entities] == ["client_id"]
    assert [one.column.name for one in choice.by] == ["exit_date", "stay_id"]
    assert [one.because for one in population.exclude] == ["the Client stays in shelter"]


def test_a_table_is_dated_by_its_own_date() -> None:
    population = look().aggregate("visits").population
    assert isinstance(population.dated, FieldValue)
    assert (population.dated.column.name, population.one, population.where) == ("entry_date", "Stay", None)


def test_a_cohort_of_a_cohort_inherits_and_adds() -> None:
    parent = "cohorts:\n  long:\n    from: stays\n    where: nights > 3\n  some:\n    from: long\n    where: served\n"
    population = formula("count(some)", ("cohorts:\n", parent)).aggregate("visits").population
    assert (population.name, population.table, population.one) == ("some", "stays", "Stay")
    assert isinstance(population.where, Logic)
    assert len(population.where.operands) == 2


def test_another_way_into_the_period_would_undo_the_parents_choice() -> None:
    found = formula("count(some)", ("cohorts:\n", CHILD.format("leavers", "    when: dated entry_date\n")))
    assert found.said == [("ACM349", "dated entry_date")]


def test_steps_that_come_after_the_parents_choice_are_a_stage_of_their_own() -> None:
    found = formula("count(some)", ("cohorts:\n", CHILD.format("leavers", "    where: served\n")))
    population = found.aggregate("visits").population
    assert [(one.name, len(one.keep), len(one.exclude)) for one in population.stages] == [
        ("leavers", 1, 1),
        ("some", 0, 0),
    ]
    assert [one.name for one in population.ancestors] == ["leavers"]


def test_exclusions_may_be_added_to_a_parent_with_a_choice() -> None:
    step = "    exclude:\n      - when: served\n        because: it was served\n"
    found = formula("count(some)", ("cohorts:\n", CHILD.format("leavers", step)))
    assert found.said == []
    assert [one.because for one in found.aggregate("visits").population.exclude][-1] == "it was served"


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("from: stays\n", "from: stasy\n", "ACM304", "stasy"),
        ("when: dated exit_date", "when: dated exti_date", "ACM301", "exti_date"),
        ("when: dated exit_date", "when: dated nights", "ACM351", "nights"),
        ("where: exit_date is known", "where: nights", "ACM314", "nights"),
        ("last per client in", "last per clinet in", "ACM352", "clinet"),
        ("by exit_date, stay_id", "by exti_date, stay_id", "ACM301", "exti_date"),
        ("by exit_date, stay_id", "by exit_date, housed", "ACM352", "housed"),
        ('when: destination = "shelter"', 'when: destination = "sheltr"', "ACM317", '"sheltr"'),
    ],
)
def test_mistakes_in_a_cohort(old: str, new: str, code: str, place: str) -> None:
    assert look((old, new)).said == [(code, place)]


def test_a_store_says_how_a_table_is_read() -> None:
    program = look().program
    assert program is not None
    store = program.stores[0]
    assert (store.name, store.file, store.key, store.lag) == ("stays", "stays.csv", ("stay_id",), Length(10))
    assert (store.duplicates, store.accept_invalid, store.complete_through) == ("error", Fraction(0), None)
    destination = next(one for one in store.columns if one.name == "destination")
    assert (destination.type, destination.optional, destination.values) == ("text", True, ("home", "family", "shelter"))
    assert [one.entity for one in store.columns if one.entity] == ["client", "provider"]


def test_checks_and_reporting_are_resolved() -> None:
    more = (
        "    lag: 10 days\n",
        (
            "    lag: 10 days\n    complete: {through: 2026-03-31}\n"
            "    reporting:\n      each: provider\n      every: quarter\n      dated: entry_date\n"
            "    checks:\n      - exit_date is missing or exit_date >= entry_date\n"
        ),
    )
    found = look(more)
    assert found.said == []
    assert found.program is not None
    store = found.program.stores[0]
    assert [one.text for one in store.checks] == ["exit_date is missing or exit_date >= entry_date"]
    assert store.roll == Roll(Column("stays", "provider"), Column("stays", "entry_date"), Every.QUARTER)
    assert store.complete_through == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("    key: stay_id\n", "    key: stay_di\n", "ACM357", "stay_di"),
        ("    date: entry_date\n    status", "    date: entyr_date\n    status", "ACM357", "entyr_date"),
        ("    date: entry_date\n    status", "    date: nights\n    status", "ACM351", "nights"),
        ("    lag: 10 days\n", "    span: [entry_date, county]\n", "ACM351", "county"),
        ("    lag: 10 days\n", "    received: laoded\n", "ACM357", "laoded"),
        ("    lag: 10 days\n", "    checks:\n      - nihgts > 0\n", "ACM301", "nihgts"),
        ("    lag: 10 days\n", "    checks:\n      - nights\n", "ACM314", "nights"),
        ("    lag: 10 days\n", '    checks:\n      - client.race = "a"\n', "ACM457", 'client.race = "a"'),
        ("    lag: 10 days\n", "    reporting: {each: provider, every: month, dated: nights}\n", "ACM351", "nights"),
        ("    lag: 10 days\n", "    reporting: {each: wages, every: month, dated: entry_date}\n", "ACM301", "wages"),
    ],
)
def test_mistakes_in_a_table(old: str, new: str, code: str, place: str) -> None:
    assert look((old, new)).said == [(code, place)]


def test_metrics_on_data_to_be_developed_are_planned_and_not_run() -> None:
    later = ("    status: available\n    refresh: monthly\n    lag: 10 days\n", "    status: to be developed\n")
    found = look(later)
    assert found.codes == ["ACM355", "ACM355", "ACM355", "ACM355"]  # two metrics, a term and a check
    assert found.program is not None
    assert (found.program.measures, found.program.checks, found.program.payments.terms) == ((), (), ())
    assert [one.name for one in found.program.stores] == ["clients", "wages"]
