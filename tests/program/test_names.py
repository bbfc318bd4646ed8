"""Names in formulas: scopes, aliases, steps, definitions, circles, and the nearest name offered."""

import pytest

from acmspec.ground.nearest import nearest, offer
from acmspec.program.record import Column, Compare, Defined, FieldValue, Lookup, Step
from acmspec.program.relocate import parts
from acmspec.program.tree import GroupDefined
from tests.program.small import condition, formula, look

NIGHTS = Column("stays", "nights")
WAGE = "any(wages {} for same client where {} within 10 days after exit_date and {})"


def test_the_small_spec_is_sound() -> None:
    assert look().said == []


def test_a_bare_name_is_a_field_of_the_record() -> None:
    found = condition("nights > 3").aggregate("visits").expression
    assert isinstance(found, Compare)
    assert isinstance(found.left, FieldValue)
    assert (found.left.scope, found.left.steps, found.left.column) == (0, (), NIGHTS)


def test_a_step_leads_to_the_one_record_of_the_entity() -> None:
    found = condition('client.race = "a"').aggregate("visits").expression
    assert isinstance(found, Compare)
    assert isinstance(found.left, FieldValue)
    assert found.left.steps == (Step("client", Column("stays", "client_id"), "clients"),)
    assert found.left.column == Column("clients", "race")


def test_a_step_may_be_named_by_its_field() -> None:
    found = condition('client_id.race = "a"').aggregate("visits").expression
    assert isinstance(found, Compare)
    assert isinstance(found.left, FieldValue)
    assert found.left.column == Column("clients", "race")


def test_with_an_alias_bare_names_are_the_outer_records() -> None:
    found = condition(WAGE.format("as later", "later.paid_on", 'county = "a"')).aggregate("visits").expression
    assert isinstance(found, Lookup)
    counties = [one for one in parts(found.where) if isinstance(one, FieldValue) and one.column.name == "county"]
    assert [(one.scope, one.column.table) for one in counties] == [(1, "stays")]


def test_without_an_alias_a_name_of_one_record_only_is_that_records() -> None:
    found = condition(WAGE.format("", "paid_on", "amount > $5")).aggregate("visits").expression
    assert isinstance(found, Lookup)
    values = {one.column.name: one.scope for one in parts(found.where) if isinstance(one, FieldValue)}
    assert values == {"paid_on": 0, "exit_date": 1, "amount": 0}


def test_without_an_alias_a_name_of_both_records_is_an_error_that_shows_both() -> None:
    found = condition(WAGE.format("", "paid_on", 'county = "a"'))
    assert found.said == [("ACM302", "county")]
    assert [one.span.text for one in found.diagnostics[0].related] == ["county", "county"]


def test_a_definition_speaks_from_its_place_of_use() -> None:
    other = "any(other stays as l for same client where l.entry_date within 9 days after exit_date and {})"
    inner = condition(other.format("l.housed")).aggregate("visits").expression
    outer = condition(other.format("housed")).aggregate("visits").expression
    for found, scope in ((inner, 0), (outer, 1)):
        assert isinstance(found, Lookup)
        used = next(one for one in parts(found.where) if isinstance(one, Defined))
        assert used.scope == scope
        assert {one.scope for one in parts(used) if isinstance(one, FieldValue)} == {scope}


def test_a_group_definition_keeps_its_name() -> None:
    found = look().measure("exits")
    assert isinstance(found, GroupDefined)
    assert found.name == "housing_rate"


@pytest.mark.parametrize(
    ("written", "place", "offered"),
    [
        ("nihgts > 3", "nihgts", "“nights”"),
        ('client.rase = "a"', "rase", "“race”"),
        ('clinet.race = "a"', "clinet", "“client”"),
        ("huosed", "huosed", "“housed”"),
        ('clients.race = "a"', "clients", "client.race"),
        ("destination in permanant", "permanant", "“permanent”"),
    ],
)
def test_an_unknown_name_is_said_where_it_stands_with_the_nearest(written: str, place: str, offered: str) -> None:
    found = condition(written)
    assert [text for _, text in found.said] == [place]
    assert offered in found.diagnostics[0].fix


def test_an_entity_is_no_field_and_its_field_is_offered() -> None:
    found = formula("count(distinct client over stays)")
    assert found.said == [("ACM301", "client")]
    assert found.diagnostics[0].fix == "Name the field: “client_id”."


def test_a_misspelt_alias_is_offered() -> None:
    found = condition(WAGE.format("as later", "laetr.paid_on", "later.amount > $5"))
    assert found.said == [("ACM301", "laetr")]
    assert "“later”" in found.diagnostics[0].fix


def test_an_inner_name_without_its_alias_is_offered_with_it() -> None:
    found = condition(WAGE.format("as later", "later.paid_on", "amount > $5"))
    assert found.said == [("ACM301", "amount")]
    assert "later.amount" in found.diagnostics[0].fix


def test_a_step_over_a_plain_value_is_refused() -> None:
    assert condition('county.race = "a"').said == [("ACM303", "county.race")]


def test_a_step_needs_one_field_of_the_entity() -> None:
    twice = ("      nights: integer\n", "      nights: integer\n      parent_id:\n        entity: client\n")
    found = condition('client.race = "a"', twice)
    assert ("ACM303", "client.race") in found.said


def test_a_definition_of_another_table_is_named_as_such() -> None:
    found = formula("count(wages where housed)")
    assert found.said == [("ACM301", "housed")]
    assert "“stays”" in found.diagnostics[0].cause


def test_a_circle_of_definitions_is_said_once_with_its_path() -> None:
    more = (
        "    formula: destination in permanent\n",
        "    formula: later or served\n  later:\n    of: stays\n    formula: served and housed\n",
    )
    found = look(more, ("lists:\n  permanent: [home, family]\n", ""))
    assert found.codes == ["ACM305"]
    assert "housed → later → housed" in found.diagnostics[0].message


def test_a_cohort_from_itself_is_a_circle() -> None:
    found = look(("    from: stays\n", "    from: leavers\n"))
    assert found.said == [("ACM305", "leavers")]


def test_an_unknown_set_is_said_once_and_hides_no_other_mistake() -> None:
    found = formula("count(stasy) + count(stays where nihgts > 3)")
    assert found.said == [("ACM304", "stasy"), ("ACM301", "nihgts")]


def test_nothing_is_said_of_names_that_could_not_be_read() -> None:
    found = look(("      nights: integer\n", "      nights: integr\n"))
    assert [code[:4] for code in found.codes] == ["ACM1"]


def test_a_metric_with_an_error_is_left_out_and_the_others_stay() -> None:
    found = condition("nihgts > 3")
    assert found.program is not None
    assert [one.name for one in found.program.measures] == ["exits", "card"]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("permanant", ["goal", "permanent"], "permanent"),
        ("exti_date", ["entry_date", "exit_date"], "exit_date"),
        ("Race", ["race"], "race"),
        ("x", ["nights"], ""),
        ("ab", [], ""),
    ],
)
def test_the_nearest_word_is_the_one_with_the_fewest_edits(word: str, known: list[str], expected: str) -> None:
    assert nearest(word, known) == expected


def test_few_words_are_all_named_where_none_is_near() -> None:
    assert offer("zzz", ["alpha", "beta"]) == "Known here: “alpha”, “beta”."
    assert offer("zzz", [f"name_{number}" for number in range(20)]) == ""
