"""Agreements and data that name providers differently are told, and so is a file with nothing in it."""

import pytest

from acmspec.facts.providers import unmatched
from acmspec.ground.diagnostic import DataPlace

PLACE = DataPlace("stays.csv", column="Provider")


def said(agreed: list[str], named: list[str]) -> list[tuple[str, str, str]]:
    return [(one.code, one.message, one.fix) for one in unmatched("stays", agreed, named, PLACE, "data.stays")]


def test_names_that_agree_leave_nothing_to_say() -> None:
    assert said(["Elm Works"], ["Elm Works"]) == []
    assert said([], ["Elm Works"]) == []


def test_a_name_spelt_in_two_ways_is_one_finding_that_shows_both() -> None:
    ((code, message, fix),) = said(["Birch", "Elm Works"], ["Birch", "Elm Work"])
    assert code == "ACM437"
    assert message == "“Elm Works” has an agreement, and no record of “stays” names it"
    assert fix == "The data have “Elm Work”: write it in one way in both."


@pytest.mark.parametrize("written", ["elm works", "Elm\u00a0Works"])
def test_a_few_records_under_another_name_are_told(written: str) -> None:
    ((code, _, fix),) = said(["Elm Works"], ["Elm Works", written])
    assert code == "ACM438"
    assert "for “Elm Works”?" in fix
    assert "\u00a0" not in fix


def test_many_providers_without_an_agreement_are_one_finding() -> None:
    ((code, message, fix),) = said(["Elm Works"], ["Elm Works", *(f"Number {one}" for one in range(10, 30))])
    assert code == "ACM438"
    assert "and 12 more have records" in message
    assert "Correct the name" in fix
