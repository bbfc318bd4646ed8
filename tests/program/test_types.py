"""Types and units: what may be compared, added, multiplied and divided, and the right form offered."""

import pytest

from acmspec.ground.exact import ONE, Unit
from acmspec.program.types import Form, NumberType, Type
from tests.program.small import condition, formula

USD, DAY, STAY = Unit.of("USD"), Unit.of("day"), Unit.of("Stay")


@pytest.mark.parametrize(
    "written",
    [
        "nights > 3",
        "rent > $100",
        "rent > 30% * income",
        "rent + $5 <= income",
        "-rent < $0",
        "rent * 3 < income",
        "rent * weight < income",
        "days from entry_date to exit_date > 14 days",
        "days from entry_date to exit_date <= 2 weeks",
        "exit_date >= 2025-03-01",
        "exit_date after entry_date",
        "exit_date on or within 30 days after entry_date",
        "exit_date is missing or exit_date >= entry_date",
        'destination = "home"',
        'destination in ("home", "family")',
        "destination in permanent",
        "served",
        "served = true",
        "served and nights > 3 or housed",
        "3 < nights",
    ],
)
def test_sound_conditions(written: str) -> None:
    assert condition(written).said == []


@pytest.mark.parametrize(
    ("written", "code", "place", "offered"),
    [
        ("nights >= 65%", "ACM310", "65%", "without the percent sign"),
        ("rent > 100", "ACM310", "100", "$100"),
        ("100.50 < rent", "ACM310", "100.50", "$100.50"),
        ("days from entry_date to exit_date > 14", "ACM310", "14", "14 days"),
        ("days from entry_date to exit_date > 2 months", "ACM310", "2 months", "in days"),
        ("rent > 14 days", "ACM310", "14 days", ""),
        ("rent + 5 > $100", "ACM310", "5", "$5"),
        ("destination = 3", "ACM311", "3", ""),
        ('nights = "three"', "ACM311", '"three"', ""),
        ('exit_date > "2025-03-01"', "ACM311", '"2025-03-01"', "without quotes: 2025-03-01"),
        ("rent * income > $5", "ACM312", "income", ""),
        ("served * 3 > 2", "ACM312", "served", ""),
        ("exit_date - entry_date > 14 days", "ACM313", "exit_date", "days from entry_date to exit_date"),
        ("entry_date + 14 > exit_date", "ACM313", "entry_date", ""),
        ("nights", "ACM314", "nights", ""),
        ("served and nights", "ACM314", "nights", ""),
        ("not nights", "ACM314", "nights", ""),
        ("nights in permanent", "ACM327", "nights", ""),
        ("served < true", "ACM314", "served < true", ""),
        ("days from nights to exit_date > 3 days", "ACM315", "nights", ""),
        ("nights within 3 days after exit_date", "ACM315", "nights", ""),
        ("rent / income > 0.3", "ACM316", "rent / income", "“rent > 0.3 * income”"),
        ("30% <= rent / income", "ACM316", "rent / income", "“30% * income <= rent”"),
        ("rent / 2 > $5", "ACM316", "rent / 2", "“rent * 0.5”"),
        ("rent / 3 > $5", "ACM316", "rent / 3", "“rent > $5 * 3”"),
        ('destination = "hoem"', "ACM317", '"hoem"', "“home”"),
        ('destination in ("home", "famly")', "ACM317", '"famly"', "“family”"),
    ],
)
def test_unsound_conditions(written: str, code: str, place: str, offered: str) -> None:
    found = condition(written)
    assert found.said == [(code, place)]
    assert offered in found.diagnostics[0].fix
    assert found.program is not None
    assert "visits" not in [one.name for one in found.program.measures]


def test_a_code_of_a_list_must_be_a_value_of_the_field() -> None:
    found = condition("destination in permanent", ("[home, family]", "[home, famly]"))
    assert set(found.said) == {("ACM317", "famly")}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("count(stays)", NumberType(Form.NUMBER, STAY, integral=True)),
        ("count(distinct client_id over stays)", NumberType(Form.NUMBER, Unit.of("Client"), integral=True)),
        ("count(distinct county over stays)", NumberType(Form.NUMBER, ONE, integral=True)),
        ("sum(rent over stays)", NumberType(Form.NUMBER, USD)),
        ("average(nights over stays)", NumberType()),
        ("median(days from entry_date to exit_date over stays)", NumberType(Form.NUMBER, DAY)),
        ("share(served over stays)", NumberType(Form.SHARE)),
        ("count(stays where served) out of count(stays)", NumberType(Form.SHARE)),
        ("sum(rent over stays) out of sum(income over stays)", NumberType(Form.SHARE)),
        ("sum(rent over stays) / count(stays)", NumberType(Form.NUMBER, USD / STAY)),
        ("sum(rent over stays) / count(leavers) * count(leavers)", NumberType(Form.NUMBER, USD)),
        ("$500 * count(stays)", NumberType(Form.NUMBER, USD)),
        ("sum(rent over stays) / sum(income over stays)", NumberType(Form.RATIO)),
        ("count(stays where served) / count(stays)", NumberType(Form.RATIO)),
        ("1000 * sum(nights over stays) / sum(weight over stays)", NumberType()),
        ("sum(nights over stays) / sum(weight over stays)", NumberType(Form.RATIO)),
        ("share(served over stays) - share(housed over stays)", NumberType(Form.POINTS)),
        ("1 - share(served over stays)", NumberType(Form.SHARE)),
        ("100% - share(served over stays)", NumberType(Form.SHARE)),
        ("-share(served over stays)", NumberType(Form.POINTS)),
        ("share(served over stays) / share(housed over stays)", NumberType(Form.RATIO)),
        ("share(served over stays) * sum(rent over stays)", NumberType(Form.NUMBER, USD)),
        ("count(stays) + count(wages)", NumberType()),
        ("count(stays) + 5", NumberType(Form.NUMBER, STAY)),
    ],
)
def test_the_type_of_a_figure(written: str, expected: Type) -> None:
    found = formula(written)
    assert [code for code in found.codes if code != "ACM308"] == []
    assert found.measure("visits").type == expected


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("sum(rent over stays) + 5", "ACM310", "5"),
        ("sum(rent over stays) * sum(income over stays)", "ACM312", "sum(income over stays)"),
        ("share(served over stays) + 5", "ACM310", "5"),
        ("sum(rent over stays) - count(stays)", "ACM310", "count(stays)"),
        ("share(served over stays) out of count(stays)", "ACM310", "share(served over stays)"),
        ("sum(rent over stays) out of count(stays)", "ACM310", "sum(rent over stays) out of count(stays)"),
        ("sum(served over stays)", "ACM333", "served"),
        ("median(exit_date over stays)", "ACM333", "exit_date"),
    ],
)
def test_figures_without_a_unit(written: str, code: str, place: str) -> None:
    assert formula(written).said == [(code, place)]
