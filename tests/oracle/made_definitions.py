"""Random definitions: what formulas may name of a stay, a client or a group."""

from drawing import Block, Text, maybe, one, without
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from made_formulas import conditions


def _of(table: str, term: str, formula: Text) -> SearchStrategy[Block]:
    return formula.map(lambda drawn: {"of": table, "term": term, "formula": drawn})


def _group(term: str, *formulas: str) -> SearchStrategy[Block]:
    return one(*formulas).map(lambda drawn: {"term": term, "formula": drawn})


def _bands(term: str, value: str, edges: Text, labels: Block, of: str = "stays") -> SearchStrategy[Block]:
    return edges.map(lambda drawn: {"of": of, "term": term, "bands": {"value": value, "from": drawn, **labels}})


def _said(definition: Block, says: Block) -> Block:
    return {**definition, **says}


_LOOKS = one(
    "any(events for same client where happened <= 2025-03-31)",
    "race = 'x'",
    "any(stays as s for same client where s.entered <= 2025-03-31 and s.flag)",
    "count(events for same client where happened <= contract start) >= 1",
    "born < 2025-01-01",
)
_TIMES = one(
    "month of entered", "quarter of left", "week of entered", "fiscal year of entered", "year of loaded",
    "if flag then kind else 'd'",
)  # fmt: skip
_SAYS = {"one": "is hasty", "many": "are hasty", "not_one": "is not hasty", "not_many": "are not hasty"}
DEFINED = {
    "size": _bands("Size", "score", one("[0, 2, 3]"), {"labels": "[low, middle, high]"}),
    "age_band": _bands("Age Band", "days from client.born to entered", one("[0, 30 days]", "[0, 1, 14]"), {}),
    "season": _bands("Season", "entered", one("[2025-01-15, 2025-04-01]", "[2025-02-01]"), {}),
    "fee_band": _bands("Fee Band", "fee", one("[$0, $1.50]", "[$0.5, $2, $3]"), {}),
    "generation": _bands("Generation", "born", one("[1985-01-01, 2025-01-01]", "[1970-01-01]"), {}, "clients"),
    "length_of_stay": _of("stays", "Duration", one("days from entered to left", "if flag then 3 days else planned")),
    "entered_in": _of("stays", "Entry Time", _TIMES),
    "patience": _of("clients", "Patience", one(
        "days from born to 2025-03-31", "if race = 'x' then 3 days else 9 days")),
    "age_then": _of("clients", "Age Then", one("age of born on 2025-04-30", "age of born on contract start")),
    "frail": _of("clients", "Frail", _LOOKS),
    "busy": _group("Busy", "total >= 2"),
    "rate": _group("Rate",
        "share(flag over leavers)", "share(score > 1 over stays)", "count(some) out of count(leavers)"),
    "total": _group("Total", "count(stays where kind is known)", "count(stays)", "count(stock)", "count(few)"),
    "typical": _group(
        "Typical", "median(score over stays)", "sum(fee over leavers)", "average(days in period over stays)"
    ),
    "def1": st.builds(_said, _of("stays", "Term1", without(conditions(1), "def", "stock")),
                      maybe("says", st.just(_SAYS))),
    "def2": _of("stays", "Term2", without(conditions(1), "def2", "stock")),
}  # fmt: skip
"""Only what a formula names is declared."""
