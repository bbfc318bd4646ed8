"""Levels (one record, a group of records), lookups of other records, and the windows that must be over."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Length
from acmspec.ground.exact import Unit
from acmspec.program.record import Column, Constant, FieldValue, Logic, Lookup
from acmspec.program.tree import Window
from acmspec.program.types import NumberType
from tests.program.small import Found, condition, formula, look

OTHER = "any(other stays as l for same client where {})"


@pytest.mark.parametrize(
    ("written", "code", "place", "offered"),
    [
        ("share(count(stays) > 3 over stays)", "ACM330", "count", ""),
        ("sum(sum(nights over stays) over stays)", "ACM330", "sum", ""),
        ("count(stays where housed out of served)", "ACM330", "housed out of served", ""),
        ("nights", "ACM330", "nights", "inside an aggregate"),
        ("housed", "ACM330", "housed", "inside an aggregate"),
        ("stays", "ACM330", "stays", "count(stays)"),
        ("any(wages for same client)", "ACM330", "any", "share(any(…) over SET)"),
        ("share(served over stays) > 65%", "ACM330", "share(served over stays) > 65%", ""),
        ("avg(nights over stays)", "ACM331", "avg", "average("),
        ("mean(nights over stays)", "ACM331", "mean", "average("),
        ("COUNTIF(stays)", "ACM331", "COUNTIF", "count(SET where CONDITION)"),
        ("max(nights over stays)", "ACM331", "max", "highest("),
        ("Min(nights over stays)", "ACM331", "Min", "lowest("),
        ("percentile(nights over stays)", "ACM333", "percentile(nights over stays)", "percentile(90, "),
        ("percentile(100, nights over stays)", "ACM333", "100", "highest"),
        ("percentile(0, nights over stays)", "ACM333", "0", "lowest"),
        ("percentile(90%, nights over stays)", "ACM333", "90%", "Write 90"),
        ("percentile(90, served over stays)", "ACM333", "served", ""),
        ("highest(entry_date over stays)", "ACM333", "entry_date", ""),
        ("median(90, nights over stays)", "ACM333", "90", "median(nights over stays)"),
        ("Count(stays)", "ACM331", "Count", "“count”"),
        ("cuont(stays)", "ACM331", "cuont", "“count”"),
        ("sum(nights)", "ACM333", "sum(nights)", "sum(nights over SET)"),
        ("sum(stays)", "ACM333", "sum(stays)", "sum(… over stays)"),
        ("count(served over stays)", "ACM333", "served", "count(stays where served)"),
        ("sum(distinct nights over stays)", "ACM333", "sum(distinct nights over stays)", ""),
        ("count(all stays)", "ACM332", "all stays", ""),
        ("count(stays as s where s.nights > 3)", "ACM332", "stays as s where s.nights > 3", ""),
        ("count(clients)", "ACM350", "clients", ""),
    ],
)
def test_a_formula_at_the_wrong_level_or_incomplete(written: str, code: str, place: str, offered: str) -> None:
    found = formula(written)
    assert (code, place) in found.said
    assert len([one for one in found.codes if one != "ACM314"]) == 1
    assert offered in found.diagnostics[0].fix


def test_an_order_statistic_has_the_unit_of_its_values() -> None:
    found = formula("percentile(90, days from entry_date to exit_date over stays where served)").aggregate("visits")
    assert (found.function, found.at, found.type) == ("percentile", Fraction(9, 10), NumberType(unit=Unit.of("day")))
    assert formula("median(nights over stays)").aggregate("visits").at == Fraction(1, 2)
    assert formula("lowest(rent over stays)").aggregate("visits").type == NumberType(unit=Unit.of("USD"))


def test_a_lookup_links_the_fields_of_the_entity_on_both_sides() -> None:
    found = condition(OTHER.format("l.entry_date within 9 days after exit_date")).aggregate("visits").expression
    assert isinstance(found, Lookup)
    (column, outer), *more = found.links
    assert more == []
    assert column == Column("stays", "client_id")
    assert isinstance(outer, FieldValue)
    assert (outer.scope, outer.column) == (0, Column("stays", "client_id"))
    assert (found.other, found.function, found.table) == (True, "any", "stays")


def test_none_is_the_negated_lookup_and_all_includes_the_record_itself() -> None:
    found = condition("none(all stays as l for same client where l.entry_date < exit_date)").aggregate("visits")
    assert isinstance(found.expression, Lookup)
    assert (found.expression.function, found.expression.other) == ("none", False)


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("any(stays for same client where entry_date < exit_date)", "ACM332", None),
        ("any(other stays for same client where entry_date < exit_date)", "ACM332", None),
        ("any(stays as l for same client where l.entry_date < exit_date)", "ACM332", None),
        ("any(other wages for same client where paid_on < exit_date)", "ACM332", None),
        ("any(wages where paid_on < exit_date)", "ACM332", None),
        ("any(wages for same clinet where paid_on < exit_date)", "ACM332", "clinet"),
        ("any(wages for same provider where paid_on < exit_date)", "ACM332", "provider"),
        ("any(amount over wages for same client where paid_on < exit_date)", "ACM334", None),
        ("any(leavers for same client where served)", "ACM332", None),
        ("any(wgaes for same client where paid_on < exit_date)", "ACM304", "wgaes"),
        ("any(wages for same client where any(stays for same client))", "ACM340", "any(stays for same client)"),
    ],
)
def test_an_incomplete_lookup(written: str, code: str, place: str | None) -> None:
    found = condition(written)
    assert found.codes == [code]
    if place is not None:
        assert found.said == [(code, place)]


def test_a_definition_that_looks_further_is_used_inside_a_lookup() -> None:
    returned = (
        "definitions:\n",
        (
            "definitions:\n  paid:\n    of: stays\n"
            "    formula: any(wages for same client where paid_on within 9 days after exit_date)\n"
        ),
    )
    found = formula(f"share({OTHER.format('l.paid and l.entry_date < exit_date')} over stays)", returned)
    assert found.codes == []


def test_a_lookup_over_a_cohort_takes_its_conditions() -> None:
    cohort = (
        "cohorts:\n",
        (
            "cohorts:\n  earners:\n    from: wages\n    where: amount > $5\n"
            "    exclude:\n      - when: amount > $500\n        because: it is too much\n"
        ),
    )
    found = formula("share(any(earners for same client where paid_on < exit_date) over stays)", cohort)
    assert found.said == []
    lookup = found.aggregate("visits").expression
    assert isinstance(lookup, Lookup)
    assert lookup.table == "wages"
    assert isinstance(lookup.where, Logic)
    assert len(lookup.where.operands) == 3


# --- windows ----------------------------------------------------------------------------------------------


def windows(found: Found) -> list[tuple[object, Length, str]]:
    """The windows of `visits`: the anchor's field or literal, the length, the table."""
    assert found.said == []
    return [(_anchor(one), one.length, one.table) for one in found.aggregate("visits").windows]


def _anchor(window: Window) -> object:
    if isinstance(window.anchor, FieldValue):
        assert window.anchor.scope == 0
        return window.anchor.column.name
    assert isinstance(window.anchor, Constant)
    return window.anchor.value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("nights > 3", []),
        ("exit_date within 30 days after entry_date", [("entry_date", Length(30), "stays")]),
        ("entry_date within 30 days before exit_date", []),
        ("exit_date from 1 month to 3 months after entry_date", [("entry_date", Length(0, 3), "stays")]),
        ("exit_date between entry_date and 2025-12-31", []),
        (OTHER.format("l.entry_date within 9 days before exit_date"), [("exit_date", Length(), "stays")]),
        (OTHER.format("exit_date within 9 days before l.entry_date"), [("exit_date", Length(9), "stays")]),
        (OTHER.format("exit_date within 1 month before l.entry_date"), [("exit_date", Length(3, 1), "stays")]),
        (OTHER.format("l.entry_date from 9 days to 90 days after exit_date"), [("exit_date", Length(90), "stays")]),
        (OTHER.format("l.entry_date between exit_date and 2025-12-31"), [(date(2025, 12, 31), Length(), "stays")]),
        ("exit_date on or within 2 months after entry_date", [("entry_date", Length(0, 2), "stays")]),
        (
            "not (exit_date within 30 days after entry_date) and exit_date is known",
            [("entry_date", Length(30), "stays")],
        ),
        (OTHER.format("l.entry_date within 180 days after exit_date"), [("exit_date", Length(180), "stays")]),
        (OTHER.format("l.entry_date < exit_date"), [("exit_date", Length(), "stays")]),
        (
            OTHER.format("exit_date >= l.entry_date and l.entry_date after entry_date"),
            [("exit_date", Length(), "stays")],
        ),
        (OTHER.format("not l.entry_date > exit_date and exit_date is known"), [("exit_date", Length(), "stays")]),
        (OTHER.format("l.entry_date < 2025-07-01"), [(date(2025, 7, 1), Length(), "stays")]),
        (OTHER.format("exit_date within 9 days after l.exit_date"), [("exit_date", Length(), "stays")]),
        (
            OTHER.format("l.entry_date < exit_date or l.entry_date within 9 days after exit_date"),
            [("exit_date", Length(), "stays"), ("exit_date", Length(9), "stays")],
        ),
        (
            OTHER.format("l.entry_date < exit_date and l.exit_date within 30 days after l.entry_date"),
            [("exit_date", Length(), "stays"), ("exit_date", Length(30), "stays")],
        ),
        (
            OTHER.format("l.entry_date < exit_date and (l.nights > 3 or exit_date within 5 days after entry_date)"),
            [("exit_date", Length(), "stays"), ("entry_date", Length(5), "stays")],
        ),
        (
            "any(wages for same client where paid_on within 1 year after exit_date)",
            [("exit_date", Length(0, 12), "wages")],
        ),
        ('any(clients for same client where race = "a")', []),
    ],
)
def test_windows_of_a_success(written: str, expected: list[object]) -> None:
    assert windows(condition(written)) == expected


@pytest.mark.parametrize(
    "written",
    [
        OTHER.format("l.entry_date after exit_date"),
        OTHER.format("served"),
        OTHER.format("l.entry_date < exit_date or l.served"),
        OTHER.format("exit_date is known and not l.entry_date within 9 days after exit_date"),
        OTHER.format("l.exit_date within 9 days after l.entry_date"),
        "none(wages for same client where paid_on > exit_date)",
    ],
)
def test_a_lookup_without_a_last_day_never_matures(written: str) -> None:
    assert condition(written).codes == ["ACM340"]


def test_windows_come_through_definitions_cohorts_and_exclusions() -> None:
    early = "definitions:\n  early:\n    of: stays\n    formula: exit_date within 7 days after entry_date\n"
    cohort = (
        "cohorts:\n  quick:\n    from: stays\n    where: exit_date within 90 days after entry_date\n"
        "    exclude:\n      - when: early\n        because: it was a visit\n"
    )
    found = formula(
        "share(served over quick where exit_date within 60 days after entry_date)",
        ("definitions:\n", early),
        ("cohorts:\n", cohort),
    )
    assert windows(found) == [("entry_date", Length(days), "stays") for days in (90, 7, 60)]


def test_the_windows_of_the_small_spec_are_none() -> None:
    assert look().aggregate("exits").windows == ()
