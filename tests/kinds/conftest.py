"""A kind at work on a few lines of YAML: decoded by its shape, lowered in a context, said in words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from acmspec.document.from_text import read
from acmspec.english import numbers
from acmspec.formula.from_text import parse
from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.source import Source
from acmspec.program.amounts import converter
from acmspec.program.ports import MeasureContext
from acmspec.program.tree import Group
from acmspec.report.ports import TermWords
from acmspec.results.printed import stated
from acmspec.spec.ports import parts_of
from acmspec.spec.shape import FAULT, Desk
from tests.settlement.made import MONEY, SHARE, aggregate_of


def read_by(kind: Any, text: str) -> Any:
    """What a kind's shape makes of YAML text, which must be sound."""
    source = Source("spec.yaml", text)
    node = read(source).value
    assert node is not None
    desk = Desk(source, parse)
    value = kind.shape.decode(node, desk)
    assert value is not FAULT, desk.found
    assert desk.found == []
    return value


@pytest.fixture
def decoded() -> Callable[[Any, str], Any]:
    """The same; of a term that is one, its one part."""

    def decode(kind: Any, text: str) -> Any:
        value = read_by(kind, text)
        word, alone = parts_of(value)[0]
        return value if word else alone

    return decode


@pytest.fixture
def context_of() -> Callable[..., MeasureContext]:
    """The context of a share at one decimal, unless told otherwise."""

    def make(formula: Group | None = None, **changes: Any) -> MeasureContext:
        formula = formula or aggregate_of()
        of = changes.pop("type", getattr(formula, "type", SHARE))
        given = {
            "better": "higher",
            "decimals": 1,
            "overlaps": False,
            "once_per": False,
            "own_prices": (),
            "every": Every.QUARTER,
            "benchmarks": ("last_year",),
            "figure": lambda name, own: Outcome(None),
        } | changes
        return MeasureContext(name="homes", formula=formula, type=of, convert=converter(of, given["decimals"]), **given)

    return make


@pytest.fixture
def words() -> TermWords:
    """The words of a quarterly measure of Leavers."""
    made = TermWords(
        measure="Exits to a permanent home",
        period="calendar quarter",
        success="Leaver",
        successes="Leavers",
        once_per="Client",
        entity=str.capitalize,
        better="higher",
        money=lambda value: stated(value, MONEY, "USD"),
        amount=lambda amount: f"{amount.value * 100} percent" if amount.written == "percent" else f"{amount.value}",
        day=numbers.day,
        anchor="incentives.terms.bonus",
        defined=str.capitalize,
        of=lambda name: replace(made, measure=name.capitalize()),
    )
    return made
