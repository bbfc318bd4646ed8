"""The service fee: what is due when, by whose agreement, what is wrong with one, and its words and derivation."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.kinds.incentives.service_fee import SERVICE_FEE
from acmspec.program.ports import NoResult
from acmspec.report.tree import Grid
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate

CHANGING = "amount: $5,000\nschedule:\n  - from: 2026-07-01\n    amount: $5,150\n"


def at(day, provider="North"):
    return Environment(provider=provider, day=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "provider", "due", "says"),
    [
        ("2025-07-01", "North", 5_000, "$5,000.00"),
        ("2026-06-30", "North", 5_000, "$5,000.00"),
        ("2026-07-01", "North", Fraction("5150"), "$5,150.00, for periods that start on or after 2026-07-01"),
        ("2026-07-01", "South", 4_000, "$4,000.00 by own agreement"),
    ],
)
def test_the_amount_in_force_is_due(decoded, context_of, day, provider, due, says):  # noqa: PLR0917  (by name)
    own = (("South", Fraction(4_000)),)
    found = SERVICE_FEE.lower(decoded(SERVICE_FEE, CHANGING), context_of(own_prices=own))
    assert found.diagnostics == ()
    assert evaluate(found.value, at(day, provider)) == due
    assert phrases(found.value, at(day, provider), "USD") == (says,)
    assert arithmetic(found.value, at(day, provider), "USD") == says.partition(",  ")[0].partition(" ")[0].rstrip(",")


def test_it_rests_on_no_result(decoded):
    assert SERVICE_FEE.measured_by(decoded(SERVICE_FEE, "amount: $1\n")) == NoResult()


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("amount: -$1\n", "ACM526", "-$1"),
        (CHANGING.replace("$5,150", "-$2"), "ACM526", "-$2"),
        (CHANGING + "  - from: 2026-06-30\n    amount: $6\n", "ACM586", "2026-06-30"),
        (CHANGING + "  - from: 2026-07-01\n    amount: $6\n", "ACM586", "2026-07-01"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(decoded, context_of, text, code, marked):
    found = SERVICE_FEE.lower(decoded(SERVICE_FEE, text), context_of())
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


def test_the_clause_says_who_pays_and_when_it_changes(decoded, words):
    paragraph, grid = SERVICE_FEE.clause(decoded(SERVICE_FEE, CHANGING), words)
    assert paragraph.inlines[0].text.startswith("For each calendar quarter, the Agency must pay the Provider $5,000.")
    assert isinstance(grid, Grid)
    assert grid.rows == (("July 1, 2026", "$5,150"),)
    assert len(SERVICE_FEE.clause(decoded(SERVICE_FEE, "amount: $5,000\n"), words)) == 1
