"""Values of other records: what is accepted and of which type, what is refused and where, what they wait for."""

import pytest

from acmspec.ground.calendar import Length
from acmspec.ground.exact import Unit
from acmspec.program.lookup_rows import LOOKUPS, lookup_row
from acmspec.program.record import Compare, Lookup
from acmspec.program.types import BooleanType, DateType, NumberType, TextType, Type
from tests.program.small import condition, formula

W = "wages for same client where paid_on <= exit_date"
BY = "wages for same client by paid_on, wage_id where paid_on <= exit_date"
OF_L = "average(x.amount over wages as x for same client where x.paid_on <= l.exit_date)"


def looked_up(written: str) -> Lookup:
    found = condition(f"{written} is known")
    operand = getattr(found.aggregate("visits").expression, "operand", None)
    assert isinstance(operand, Lookup)
    # Numbers of records, and totals, have a value where nothing matches: whether it is known is no question.
    assert found.codes == (["ACM414"] if lookup_row(operand.function).never_missing else [])
    return operand


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (f"count({W})", NumberType(unit=Unit.of("Wage"), integral=True)),
        (f"count(distinct client_id over {W})".replace("client_id", "amount"), NumberType(integral=True)),
        (f"sum(amount over {W})", NumberType(unit=Unit.of("USD"))),
        (f"average(amount over {W})", NumberType(unit=Unit.of("USD"))),
        (f"lowest(paid_on over {W})", DateType()),
        (f"highest(amount over {W})", NumberType(unit=Unit.of("USD"))),
        (f"earliest(wage_id over {BY})", TextType()),
        (f"latest(amount > $5 over {BY})", BooleanType()),
        (f"nth(3, paid_on over {BY})", DateType()),
        (f"the(wage_id over {W})", TextType()),
    ],
)
def test_what_is_looked_up_has_a_type(written: str, kind: Type) -> None:
    assert looked_up(written).type == kind


def test_the_place_in_an_order_is_kept() -> None:
    found = looked_up(f"nth(3, amount over {BY})")
    assert (found.function, found.position) == ("nth", 3)
    assert [one.column.name for one in found.by] == ["paid_on", "wage_id"]


def test_every_row_is_either_a_question_or_says_its_value_in_english() -> None:
    for row in LOOKUPS:
        assert row.is_question is not ("{set}" in row.english)
        assert ("{order}" in row.english) is (row.order.value != "none")
        assert ("{place}" in row.english) is row.numbered


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        (f"sum({W}) > $5", "ACM334", None),
        (f"count(amount over {W}) > 5", "ACM334", None),
        (f"sum(distinct amount over {W}) > $5", "ACM334", None),
        (f"sum(wage_id over {W}) > 5", "ACM334", "wage_id"),
        (f"highest(wage_id over {W}) = 'a'", "ACM334", "wage_id"),
        (f"sum(3, amount over {W}) > $5", "ACM334", None),
        (f"nth(amount over {BY}) > $5", "ACM334", None),
        (f"nth(0, amount over {BY}) > $5", "ACM334", "0"),
        (f"nth(1.5, amount over {BY}) > $5", "ACM334", "1.5"),
        (f"nth($2, amount over {BY}) > $5", "ACM334", "$2"),
        (f"latest(amount over {W}) > $5", "ACM335", None),
        (f"sum(amount over {BY}) > $5", "ACM335", "paid_on"),
        ("latest(amount over wages for same client by paid_on where paid_on <= exit_date) > $5", "ACM335", "paid_on"),
        (f"latest(amount over {BY.replace('by paid_on', 'by nights')}) > $5", "ACM335", "nights"),
        ("latest(amount over wages for same client where paid_on <= exit_date) > $5", "ACM335", None),
        (f"average(amount over {W}) + $1 > $5", "ACM336", f"average(amount over {W})"),
        (f"-average(amount over {W}) < $5", "ACM336", f"average(amount over {W})"),
        (f"highest({OF_L} over other stays as l for same client where l.entry_date <= exit_date) > $5", "ACM336", OF_L),
        ("latest(amount over wages for same client by paid_on, wage_id) > $5", "ACM340", None),
        (f"sum(amount over {W}) > 5", "ACM310", "5"),
        (f"count({W}) = 'a'", "ACM311", "'a'"),
        (f"latest(amont over {BY}) > $5", "ACM301", "amont"),
        (f"latest(county over {BY}) = 'a'", "ACM302", "county"),
        ("any(other stays as l for same client where l.entry_date < exit_date and "  # noqa: ISC004  (one formula)
         "any(wages as l for same client where l.paid_on < exit_date))", "ACM332", None),
        ("any(wages for same client where paid_on <= exit_date and any(stays as s for same client where s.served))",
         "ACM340", "s.served"),
        ("county is found", "ACM303", "county"),
        ("clinet is found", "ACM301", "clinet"),
        ("client.race is found", "ACM303", "client.race"),
    ],
)  # fmt: skip
def test_an_unclear_value_is_refused(written: str, code: str, place: str | None) -> None:
    found = condition(written)
    assert found.codes == [code], found.said
    if place is not None:
        assert found.said == [(code, place)]


@pytest.mark.parametrize(
    "written", [f"sum(average(amount over {W}) over stays)", f"median(average(amount over {W}) over stays)"]
)
def test_an_average_of_other_records_is_no_value_of_an_aggregate(written: str) -> None:
    assert formula(written).codes == ["ACM336"]


def test_an_average_behind_a_definition_is_found() -> None:
    pay = ("definitions:\n", f"definitions:\n  pay:\n    of: stays\n    formula: average(amount over {W})\n")
    assert condition("pay > $5", pay).codes == []
    assert condition("pay * 2 > $5", pay).codes == ["ACM336"]
    assert formula("sum(pay over stays)", pay).codes == ["ACM336"]


@pytest.mark.parametrize(
    "written", [f"latest(amount over {BY})", f"count({W})", f"the(amount over {W})", f"nth(2, amount over {BY})"]
)
def test_a_lookup_asks_about_one_record_and_not_about_a_group(written: str) -> None:
    assert formula(written).codes == ["ACM330"]


def test_an_aggregate_and_a_lookup_of_one_word_are_told_apart_by_for_same() -> None:
    inner = formula(f"sum(sum(amount over {W}) over stays)")
    assert isinstance(inner.aggregate("visits").expression, Lookup)
    assert formula("sum(sum(amount over wages) over stays)").codes == ["ACM330"]


def test_two_entities_link_by_two_fields() -> None:
    found = looked_up("count(other stays as l for same client and provider where l.entry_date <= exit_date)")
    assert [column.name for column, _ in found.links] == ["client_id", "provider"]


def test_a_lookup_waits_for_its_last_day_and_for_what_the_records_found_wait_for() -> None:
    written = (
        "any(other stays as l for same client where l.entry_date within 30 days after exit_date and "
        "any(wages as w for same client where w.paid_on within 90 days after l.exit_date) and l.served)"
    )
    found = condition(written)
    assert found.said == []
    own, nested = found.aggregate("visits").windows
    assert (own.anchor.column.name, own.length, own.table) == ("exit_date", Length(30), "stays")
    assert (nested.length, nested.table) == (Length(90), "wages")
    assert isinstance(nested.anchor, Lookup)
    assert (nested.anchor.function, nested.anchor.other, nested.anchor.table) == ("highest", True, "stays")
    assert nested.anchor.expression.column.name == "exit_date"


def test_a_nested_lookup_that_looks_from_the_outermost_record_waits_from_there() -> None:
    written = (
        "any(other stays as l for same client where l.entry_date within 30 days after exit_date and "
        "any(wages as w for same provider where w.paid_on within 90 days after exit_date))"
    ).replace("same provider", "same client")
    windows = condition(written).aggregate("visits").windows
    assert [(one.anchor.column.name, one.length, one.table) for one in windows] == [
        ("exit_date", Length(30), "stays"), ("exit_date", Length(90), "wages"),
    ]  # fmt: skip


OPTIONAL = ("      paid_on: date\n", "      paid_on: date\n      place: {type: text, optional: yes}\n")


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("count(wages as w for same client where w.paid_on <= exit_date and w.place != 'a') > 3", ["ACM309"]),
        ("count(wages as w for same client where w.paid_on <= exit_date and w.place = 'a') != 3", []),
        ("not sum(amount over wages for same client where paid_on <= entry_date and place = 'a') > $3", []),
        (("latest(w.amount over wages as w for same client by w.paid_on, w.wage_id where w.paid_on <= exit_date "
         "and not w.place = 'a') is known"), ["ACM309"]),
    ],
)  # fmt: skip
def test_a_negation_inside_a_lookup_asks_about_missing_and_one_around_it_does_not(
    written: str, codes: list[str]
) -> None:
    assert condition(written, OPTIONAL).codes == codes


def test_an_average_is_compared_as_written() -> None:
    found = condition(f"average(amount over {W}) >= $5").aggregate("visits").expression
    assert isinstance(found, Compare)
    assert isinstance(found.left, Lookup)
    assert found.left.function == "average"
