"""Lookups from the formula to the exact number, for each record of data small enough to count by hand."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from acmspec import api
from acmspec.program.tree import Program
from acmspec.query.dialect import DUCKDB, Dialect
from acmspec.query.dialect_postgresql import POSTGRESQL
from acmspec.query.dialect_spark import SPARK
from acmspec.report.plan_text import plan_text

SPEC = """\
acmspec: 1
contract:
  id: small
  title: Small Services
  agency: Harbor County
  term:
    from: 2025-01-01
    to: 2025-12-31
  currency: USD
goals:
  homes:
    statement: Families keep their homes.
data:
  stays:
    file: stays.csv
    noun: {one: Stay, many: Stays}
    key: stay_id
    date: exit_date
    refresh: monthly
    fields:
      stay_id: text
      client_id: {entity: client, optional: yes}
      provider: {entity: provider}
      entry_date: date
      exit_date: date
  wages:
    file: wages.csv
    noun: {one: Wage, many: Wages}
    key: wage_id
    date: paid_on
    refresh: monthly
    fields:
      wage_id: text
      client_id: {entity: client, optional: yes}
      provider: {entity: provider}
      paid_on: {type: date, optional: yes}
      amount: {type: money, optional: yes}
  addresses:
    file: addresses.csv
    noun: {one: Address, many: Addresses}
    key: [client_id, from_date]
    date: from_date
    refresh: monthly
    fields:
      client_id: {entity: client}
      from_date: date
      to_date: {type: date, optional: yes}
      county: text
  clients:
    file: clients.csv
    noun: {one: Client, many: Clients}
    key: client_id
    refresh: monthly
    fields:
      client_id: {entity: client}
      race: {type: text, optional: yes}
metrics:
  m:
    name: Measure
    kind: lagging
    goal: homes
    formula: FORMULA
    every: year
    better: higher
    break_down_by: [stay_id]
"""
FILES = {
    "stays": "stay_id,client_id,provider,entry_date,exit_date\n"
    "1,a,P,2025-01-01,2025-01-31\n2,a,P,2025-02-10,2025-02-20\n3,b,Q,2025-01-05,2025-02-01\n"
    "4,,Q,2025-01-06,2025-02-02\n5,c,P,2025-03-01,2025-03-10\n6,d,P,2025-03-01,2025-03-10\n",
    "wages": "wage_id,client_id,provider,paid_on,amount\n"
    "w1,a,P,2025-01-10,100.10\nw2,a,Q,2025-01-20,200.05\nw3,a,P,2025-02-15,50\nw4,b,Q,2025-01-20,\n"
    "w5,b,Q,,70\nw6,,Q,2025-01-20,999\nw7,d,P,,5\n",
    "addresses": "client_id,from_date,to_date,county\na,2025-01-01,2025-02-05,X\na,2025-02-05,,Y\nb,2025-01-01,,Z\n",
    "clients": "client_id,race\na,\nb,blue\n",
}
OF_CLIENT = "wages for same client where paid_on <= exit_date"
BY_DAY = "wages for same client by paid_on, wage_id where paid_on <= exit_date"


def meaning(formula: str, text: str = SPEC) -> Program:
    outcome = api.check_text(text.replace("FORMULA", formula))
    assert outcome.value is not None
    assert [one.message for one in outcome.diagnostics if one.severity.name == "ERROR"] == []
    return outcome.value


def of_each(done: Any) -> list[Any]:
    """The one part of the measure for stays 1 to 6."""
    found = {group[0]: cell for (_, _, by, group), cell in done.facts.cells.items() if by == ("stay_id",)}
    return [next(iter(found[str(number)].parts.values())) for number in range(1, 7)]


def decimals(*values: str | None) -> list[Fraction | None]:
    return [None if one is None else Fraction(one) for one in values]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"count({OF_CLIENT})", ["2", "3", "1", "0", "0", "0"]),
        ("count(all stays as s for same client where s.entry_date <= exit_date)", ["1", "2", "1", "0", "1", "1"]),
        ("count(other stays as s for same client where s.entry_date <= exit_date)", ["0", "1", "0", "0", "0", "0"]),
        (
            "count(distinct w.provider over wages as w for same client where w.paid_on <= exit_date)",
            ["2", "2", "1", "0", "0", "0"],
        ),
        (f"sum(amount over {OF_CLIENT})", ["300.15", "350.15", "0", "0", "0", "0"]),
        (f"lowest(amount over {OF_CLIENT})", ["100.10", "50", None, None, None, None]),
        (f"highest(amount over {OF_CLIENT})", ["200.05", "200.05", None, None, None, None]),
        (f"earliest(amount over {BY_DAY})", ["100.10", "100.10", None, None, None, None]),
        (f"latest(amount over {BY_DAY})", ["200.05", "50", None, None, None, None]),
        (f"nth(2, amount over {BY_DAY})", ["200.05", "200.05", None, None, None, None]),
        (f"nth(3, amount over {BY_DAY})", [None, "50", None, None, None, None]),
        (
            ("days from latest(from_date over addresses for same client by to_date, from_date "
            "where from_date <= 2025-12-31) to exit_date"),
            ["30", "50", "31", None, None, None],
        ),
        ("sum(amount over wages for same client and provider where paid_on <= exit_date)",
         ["100.10", "150.10", "0", "0", "0", "0"]),
        (f"days from lowest(paid_on over {OF_CLIENT}) to exit_date", ["21", "41", "12", None, None, None]),
        (f"2 * sum(amount over {OF_CLIENT}) - highest(amount over {OF_CLIENT})",
         ["400.25", "500.25", None, None, None, None]),
        (
            ("count(wages as w for same client where w.paid_on <= exit_date and "
            "any(stays as s for same client where s.exit_date within 11 days after w.paid_on))"),
            ["1", "2", "0", "0", "0", "0"],
        ),
        (
            ("highest(count(wages as w for same client where w.paid_on <= s.exit_date) "
            "over other stays as s for same client where s.exit_date <= 2025-12-31)"),
            ["3", "2", None, None, None, None],
        ),
        (
            ("sum(w.amount over wages as w for same client where w.paid_on <= exit_date and w.amount < "
            "highest(x.amount over other wages as x for same client where x.paid_on within 10 days after w.paid_on))"),
            ["100.10", "100.10", "0", "0", "0", "0"],
        ),
    ],
)  # fmt: skip
def test_the_value_of_other_records(value: str, expected: list[str | None], ran: Callable[..., Any]) -> None:
    done = ran(meaning(f"sum({value} over stays)"), FILES)
    assert done.codes == []
    assert of_each(done) == decimals(*expected)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (f"average(amount over {OF_CLIENT}) >= $150.075", [1, 0, 0, 0, 0, 0]),
        (f"average(amount over {OF_CLIENT}) > $150.075", [0, 0, 0, 0, 0, 0]),
        (f"$116.72 > average(amount over {OF_CLIENT})", [0, 1, 0, 0, 0, 0]),
        (f"average(amount over {OF_CLIENT}) > average(amount over wages for same client where paid_on < 2025-02-20)",
         [1, 0, 0, 0, 0, 0]),
        (f"average(amount over {OF_CLIENT}) is missing", [0, 0, 1, 1, 1, 1]),
        (f"latest(amount over {BY_DAY}) = $50", [0, 1, 0, 0, 0, 0]),
        (("latest(w.provider over wages as w for same client by w.paid_on, w.wage_id where w.paid_on <= exit_date) "
         "= provider"), [0, 1, 1, 0, 0, 0]),
        (f"latest(paid_on over {BY_DAY}) within 13 days after entry_date", [0, 1, 0, 0, 0, 0]),
        (f"latest(amount < $100 over {BY_DAY})", [0, 1, 0, 0, 0, 0]),
        (f"sum(amount over {OF_CLIENT}) = $0", [0, 0, 1, 1, 1, 1]),
        ("client is found", [1, 1, 1, 0, 0, 0]),
        ("client is not found", [0, 0, 0, 1, 1, 1]),
        ("client.race is known", [0, 0, 1, 0, 0, 0]),
        ("any(wages as w for same client where w.paid_on <= exit_date and w.client is found)", [1, 1, 1, 0, 0, 0]),
        (
            ("the(county over addresses for same client where from_date <= exit_date and "
            '(to_date is missing or to_date > exit_date)) in ("X", "Z")'),
            [1, 0, 1, 0, 0, 0],
        ),
    ],
)  # fmt: skip
def test_what_holds_of_other_records(condition: str, expected: list[int], ran: Callable[..., Any]) -> None:
    done = ran(meaning(f"share({condition} over stays)"), FILES)
    assert done.codes == []
    assert of_each(done) == expected


@pytest.mark.parametrize(
    ("formula", "unjudged"),
    [
        (f"share(any({OF_CLIENT}) over stays)", 1),
        (f"sum(count({OF_CLIENT}) over stays)", 1),
        # Client b has a wage without its amount, which the total leaves out.
        (f"sum(sum(amount over {OF_CLIENT}) over stays)", 2),
        (f"share(sum(amount over {OF_CLIENT}) > $0 over stays)", 2),
        (f"share(latest(amount over {BY_DAY}) is known over stays)", 1),
        (f"share(latest(amount over {BY_DAY}) > $5 over stays)", 4),
        (f"share(average(amount over {OF_CLIENT}) is known over stays)", 1),
        ("share(client is found over stays)", 0),
    ],
)
def test_a_record_is_unjudged_where_nothing_matched_and_something_might(
    formula: str, unjudged: int, ran: Callable[..., Any]
) -> None:
    done = ran(meaning(formula), FILES)
    assert next(cell.unjudged for (_, _, by, _), cell in done.facts.cells.items() if not by) == unjudged


THE = "the(county over addresses for same client where from_date <= exit_date and to_date is missing)"


def test_the_only_record_is_the_only_one_or_the_gate_closes(ran: Callable[..., Any]) -> None:
    formula = f'share({THE} = "Z" over stays)'
    assert ran(meaning(formula), FILES).codes == []
    doubled = FILES | {"addresses": FILES["addresses"] + "b,2025-01-02,,W\n"}
    done = ran(meaning(formula), doubled)
    assert sorted(done.codes) == ["ACM430", "ACM436"]
    assert "line 4" in done.outcome.diagnostics[0].message
    assert not done.facts.table("addresses").open
    assert done.facts.table("stays").open


def test_the_only_record_inside_another_lookup_is_checked_too(ran: Callable[..., Any]) -> None:
    inside = THE.replace("exit_date", "w.paid_on")
    formula = f'share(any(wages as w for same client where w.paid_on <= exit_date and {inside} = "Z") over stays)'
    assert of_each(ran(meaning(formula), FILES)) == [0, 0, 1, 0, 0, 0]
    doubled = FILES | {"addresses": FILES["addresses"] + "b,2025-01-02,,W\n"}
    assert "ACM436" in ran(meaning(formula), doubled).codes


def test_a_record_found_that_is_not_over_keeps_the_one_that_looks_waiting(ran: Callable[..., Any]) -> None:
    """Stays 1 and 3 find wages of 20 January, which look 330 days ahead, to 16 December; stay 2 finds a later one."""
    formula = (
        "share(any(wages as w for same client where w.paid_on <= exit_date and "
        "none(stays as s for same client where s.entry_date within 330 days after w.paid_on)) over stays)"
    )
    program = meaning(formula)
    for as_of, immature in (((2025, 12, 15), 3), ((2025, 12, 16), 1), ((2026, 1, 10), 1), ((2026, 1, 11), 0)):
        done = ran(program, FILES, as_of=date(*as_of))
        assert next(cell.immature for (_, _, by, _), cell in done.facts.cells.items() if not by) == immature, as_of


@pytest.mark.parametrize("dialect", [DUCKDB, POSTGRESQL, SPARK], ids=["duckdb", "postgresql", "spark"])
@pytest.mark.parametrize("day", ["exit_date", "period end"])
def test_what_is_asked_of_others_is_asked_once(day: str, dialect: Dialect) -> None:
    """Engines work out each mention anew, and Spark plans each anew: of thirty until its memory is spent."""
    formula = f"count(stays where highest(amount over wages for same client where paid_on <= {day}) between $1 and $4)"
    plan = plan_text(meaning(formula), date(2025, 12, 31), dialect)
    assert plan.count(f"{dialect.name('wages')} AS") == plan.count(f"AS {dialect.name('#asked ')[:-1]}") > 1
