"""Random metrics: a formula, its periods and window, how it is judged, broken down and compared."""

import re
from datetime import date, timedelta

from drawing import NOTHING, Block, chain, key, maybe, one, seldom, together
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from made_beside import refers
from made_formulas import conditions
from made_groups import (
    CALLS,
    EVENTS,
    SPELLS,
    STAYS,
    Subject,
    about_others,
    about_stays,
    aggregates,
    of_parts,
    with_references,
)
from made_sets import EXCLUDED

EVERY = st.one_of(
    one("quarter", "month", "year", "fiscal quarter", "fiscal year", "half year"),
    one("year starting October", "week", "day", "fiscal year", "quarter"),
    one("quarter", "half year"),
    one("quarter", "month"),
    one(
        "month",
        {"dates": "[2025-03-31, 2025-06-30]"},
        {"periods": {"Spring": {"from": "2025-02-01", "to": "2025-03-15"},
                     "Summer": {"from": "2025-04-01", "to": "2025-06-30"}}},
    ),
)  # fmt: skip
WINDOW = one(
    "period", "rolling 3 months", "rolling 6 months", "rolling 28 days", "rolling 2 weeks", "rolling 1 quarter",
    "rolling 1 year", "year to date", "since start",
)  # fmt: skip
MISSING_IS = one("counted in the denominator only", "left out", "counted in both")
RECORDS = re.compile(r"\bover\b|\bcount\(|\b(rate|total|typical|busy|base\d+)\b")
"""What measures records: an aggregate, or what names one; a reference figure and the days of the period don't."""
BACK = {
    "day": "30 days",
    "week": "4 weeks",
    "month": "1 quarter",
    "quarter": "1 quarter",
    "fiscal quarter": "2 quarters",
}
"""How far back a slice looks, by periods."""
PARTS = {
    "day": one("day"), "week": one("week", "day"), "month": one("month", "week", "day"),
    "quarter": one("month", "quarter", "week"), "fiscal quarter": one("month", "week", "fiscal quarter"),
    "half year": one("half year", "month", "quarter", "fiscal quarter"),
    "fiscal year": one("fiscal year", "month", "quarter", "half year"), "year": one("year", "month", "half year"),
}  # fmt: skip
"""Parts that end in a period."""
STATED = ("share(", "count(", "sum(")
"""How formulas start of which a part can be stated."""
UNSTATED = (" for each ", " - ", ") * ", "distinct", "weighted")
"""What is in formulas of which none can be."""


def _past(first: date, days: int) -> Block:
    return {"kind": "historical", "from": first.isoformat(), "to": (first + timedelta(days)).isoformat()}


PAST = st.builds(_past, one(date(2025, 1, 1), date(2024, 10, 1), date(2025, 1, 15)), one(58, 120))


def _benchmarks(formula: str) -> SearchStrategy[Block]:
    target = NOTHING
    if formula.startswith("share(") and "-" not in formula:
        target = key("target", one("50%", "33.3%", "0%", "100%").map(lambda value: {"kind": "target", "value": value}))
    elif formula.startswith("count(") and "/" not in formula and " out of " not in formula:
        target = key("target", one("1", "0", "2").map(lambda value: {"kind": "target", "value": value}))
    past = NOTHING if refers(formula) else maybe("past", PAST)
    return together(past, target)


def _shown(subject: Subject, formula: str) -> SearchStrategy[str]:
    """Breakdowns of a metric; a place among all has its groups in them."""
    if refers(formula):
        return REFERRED
    of_rank = re.match(r"rank\(.* for each (\S+)\)$", formula)
    some = subject.breakdowns if of_rank is None else (of_rank[1], f"[{of_rank[1]}, flag]", f"[size, {of_rank[1]}]")
    return st.lists(one(*some), min_size=int(of_rank is not None), max_size=2, unique=True).map(chain)


def _parts(formula: str) -> SearchStrategy[Block]:
    """Parts of a numerator that is a number of stays, or a sum over them."""
    if not formula.startswith(STATED) or any(word in formula for word in UNSTATED):
        return NOTHING
    named = st.lists(conditions(0), min_size=1, max_size=2)
    return maybe("parts", named.map(lambda some: {f"part{number}": one for number, one in enumerate(some, start=1)}))


TOLD = together(
    key("kind", one("lagging", "leading")),
    maybe("use", one("reported", "review")),
    maybe("question", one("How is it going?")),
)
JUDGED = together(
    NOTHING | key("window", WINDOW),
    key("better", one("higher", "lower")),
    key("round", one("1 decimal", "0 decimals", "2 decimals")),
    key("minimum", one(0, 0, 1, 3)),
    NOTHING | key("maturity", one("all records", "each record", "judge now")),
)
REFERRED = one("[provider]", "[client.race]", "[kind]", "[]", "[[provider, kind]]", "[provider, kind]")
"""Breakdowns that a reference figure may have values for."""
DRAWN = st.one_of(
    of_parts().map(lambda formula: (STAYS, formula)),
    of_parts().map(lambda formula: (STAYS, formula)),
    with_references().map(lambda formula: (STAYS, formula)),
    about_stays().map(lambda formula: (STAYS, formula)),
    about_stays().map(lambda formula: (STAYS, formula)),
    aggregates(EVENTS).map(lambda formula: (EVENTS, formula)),
    aggregates(CALLS).map(lambda formula: (CALLS, formula)),
    aggregates(SPELLS).map(lambda formula: (SPELLS, formula)),
    aggregates(SPELLS).map(lambda formula: (SPELLS, formula)),
    about_others().map(lambda formula: (None, formula)),
)
"""A formula with the one table it is about, if it is about one."""


@st.composite
def metrics(draw: st.DrawFn, number: int) -> Block:
    """One metric."""
    subject, formula = draw(DRAWN)
    every = draw(EVERY)
    part = draw(PARTS.get(every, one("week", "day")) if isinstance(every, str) else one("day"))
    # Inside the parts of a period, a slice looks from one part to another.
    at_hand = part if "PART" in formula else every
    formula = formula.replace("BACK", BACK.get(at_hand, "1 year") if isinstance(at_hand, str) else "1 quarter")
    formula = formula.replace("BASE", f"base{number}").replace("PART", part)
    is_long = every == "day" and subject is not None  # there are so many of them
    metric = {
        "name": f"Measure {number}", **draw(TOLD), "goal": "homes", "formula": formula, "every": every, **draw(JUDGED)
    }  # fmt: skip
    if "share(" in formula or "rate" in formula:
        metric |= draw(NOTHING | key("missing_is", MISSING_IS))
    if subject is STAYS:
        metric |= draw(together(maybe("exceptions", EXCLUDED), _parts(formula)))
    if part == "half year" and every == "fiscal year":
        metric.pop("window", None)  # in a short one none may end
    if subject is not None and not is_long and RECORDS.search(formula):
        metric["break_down_by"] = draw(_shown(subject, formula))
    return {**metric, **draw(seldom(key("benchmarks", _benchmarks(formula))))}


def with_bases(found: Block) -> Block:
    """The metrics, with those that others are calculated from."""
    whole = dict(found)
    for name, metric in found.items():
        base = f"base{name[1:]}"
        if base in metric["formula"]:
            more = {"window": "rolling 12 months", "maturity": "each record"}
            whole[base] = {**metric, "name": f"Base {name}", "formula": "count(leavers)", **more}
            for left in ("missing_is", "exceptions", "parts", "break_down_by", "benchmarks"):
                whole[base].pop(left, None)
    return whole
