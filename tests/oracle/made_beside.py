"""Random lists, reference figures and calendars, and the files beside a spec that some of them come from."""

import re
from dataclasses import dataclass

from drawing import Block, chain, one, seldom
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


@dataclass
class Beside:
    """A part of a spec, and the files that it names."""

    block: Block
    files: dict[str, str]


def _sheet(header: list[str], rows: list[list[str]]) -> str:
    return "".join(f"{','.join(row)}\n" for row in [header, *rows])


# --- lists --------------------------------------------------------------------------------------------------

LISTS = one(
    Beside({"codes": "[a, c]"}, {}),
    Beside({"codes": {"a": "Kind A", "c": "Kind C"}}, {}),
    Beside(
        {"codes": "{file: codes.csv, column: Code, label: Meaning}"},
        {"codes.csv": "Code,Meaning\na,Kind A\nc,Kind C\n"},
    ),
    Beside({"codes": "{file: codes.csv, column: Code}"}, {"codes.csv": "Code\na\nc\n"}),
)

# --- calendars ----------------------------------------------------------------------------------------------

COVERED = one(
    {"from": "1970-01-01", "through": "2027-12-31"},
    {"from": "1965-01-01", "through": "2029-12-31"},
    {"from": "1970-01-01", "through": "2027-12-31"},
    {"from": "1970-01-01", "through": "2025-07-04"},
)
"""All days that a record can ask for, or too few of them."""
HOLIDAYS = one(
    Beside({"holidays": "[2025-05-26, 2025-07-04]"}, {}),
    Beside({"holidays": "{file: off.csv, column: Day}"}, {"off.csv": "Day\n2025-05-26\n2025-07-04\n2025-01-01\n"}),
)
WEEKEND = one({}, {"weekend": "[Saturday, Sunday]"}, {"weekend": "[Friday]"}, {"weekend": "[]"})


def _calendars(weekend: Block, holidays: Beside, covered: Block, more: Block) -> Beside:
    return Beside({"county": {**weekend, **holidays.block, **covered}, **more}, holidays.files)


CALENDARS: SearchStrategy[Beside] = st.builds(
    _calendars, WEEKEND, HOLIDAYS, COVERED, seldom(st.just({"court": {"weekend": "[Sunday]"}}))
)

# --- reference figures --------------------------------------------------------------------------------------

TIMES = {
    "month": [f"{year}-{month:02}" for year in (2023, 2024, 2025, 2026) for month in range(1, 13)],
    "quarter": [f"{year}-Q{quarter}" for year in (2023, 2024, 2025, 2026) for quarter in range(1, 5)],
    "year": ["2023", "2024", "2025", "2026"],
    "fiscal_quarter": [f"FY{year}-Q{quarter}" for year in (2023, 2024, 2025, 2026, 2027) for quarter in range(1, 5)],
    "fiscal_year": ["FY2023", "FY2024", "FY2025", "FY2026", "FY2027"],
}
GROUPS = {"provider": ["North", "South", "East", "Ghost"], "race": ["x", "y"], "kind": ["a", "b", "c"]}
HEADS = {"provider": "House", "race": "Race", "kind": "Kind"}
HAVING = one((), ("provider",), ("race",), ("kind", "provider"))
"""The groups that values are of."""
ANY_TIME = st.tuples(one("last", "first", "average"), one(*TIMES))
"""Values that any window may ask for."""
MONTHS = st.tuples(one("sum", "average"), st.just("month"))
"""Values for windows that are made of whole months."""
AT_ONCE = st.tuples(one("none", "last"), one("quarter", "year"))
"""Values for windows that lie within a quarter."""


def _file(by: tuple[str, ...], heads: list[str], seed: int, omitted: int | None) -> str:
    """A value for all that `by` tells apart, but for some that may be left out."""
    rows: list[list[str]] = [[]]
    for name in by:
        rows = [[*row, one] for row in rows for one in {**TIMES, **GROUPS}[name]]
    numbered = [[*row, str((number * 7 + seed) % 11 + seed % 2)] for number, row in enumerate(rows)]
    if omitted is not None:
        del numbered[omitted % len(numbered) :: 5]
    return _sheet([*heads, "Value"], numbered)


@st.composite
def _figure(draw: st.DrawFn, name: str, over_time: SearchStrategy[tuple[str, str]], shown: set[str]) -> Beside:
    """A reference figure; `shown` is what each breakdown tells apart that asks for it."""
    groups = draw(HAVING)
    when = draw(st.none() | over_time) if groups else draw(over_time)
    by = groups if when is None else (*groups, when[1])
    block: Block = {"file": f"{name}.csv", "value": "Value", "over_groups": "sum"}
    if groups and set(groups) <= shown:
        block["over_groups"] = "none"
    if when is not None:
        block["over_time"] = when[0]
    is_named = draw(st.booleans())
    heads = [HEADS.get(one, one) if is_named else one for one in by]
    block["by"] = dict(zip(by, heads, strict=True)) if is_named else chain(by)
    content = _file(by, heads, draw(st.integers(0, 3)), draw(st.none() | st.integers(0, 4)))
    more = {"type": "money"} if name == "grant" else draw(one({}, {"type": "integer"}, {"type": "decimal"}, {**NOUN}))
    return Beside({name: {**block, **more}}, {f"{name}.csv": content})


NOUN = {"noun": {"one": "Bed", "many": "Beds"}}
FIGURES = ("beds", "grant")


@st.composite
def figures(draw: st.DrawFn, metrics: list[Block]) -> Beside:
    """The figures that some metrics name, such as their windows can ask for."""
    found = Beside({}, {})
    for name in FIGURES:
        asked = [metric for metric in metrics if refers(metric["formula"], name)]
        if asked:
            one = draw(_figure(name, _over_time(asked), set.intersection(*map(_shown, asked))))
            found = Beside({**found.block, **one.block}, {**found.files, **one.files})
    return found


def refers(formula: str, *names: str) -> bool:
    """Whether a formula names a figure."""
    return any(re.search(rf"\b{name}\b", formula) for name in names or FIGURES)


def _shown(metric: Block) -> set[str]:
    """What every breakdown of a metric tells apart."""
    said = str(metric.get("break_down_by", "[]"))[1:-1]
    rows = [said.strip("[]").split(", ")] if said.startswith("[") else [[one] for one in said.split(", ")]
    return set.intersection(*({one.rpartition(".")[2] for one in row} for row in rows))


def _over_time(asked: list[Block]) -> SearchStrategy[tuple[str, str]]:
    if all(_covers(metric, {"month", "quarter"}, {"period"}) for metric in asked):
        return st.one_of(ANY_TIME, MONTHS, AT_ONCE)
    if all(_covers(metric, WHOLE, {"period", "year to date", "rolling 3 months"}) for metric in asked):
        return st.one_of(ANY_TIME, MONTHS)
    return ANY_TIME


WHOLE = {"month", "quarter", "half year", "year", "fiscal quarter", "fiscal year", "year starting October"}
"""Periods that are made of whole months."""


def _covers(metric: Block, periods: set[str], windows: set[str]) -> bool:
    """Whether a metric's windows are of certain kinds, and nothing is seen elsewhere or part by part."""
    elsewhere = "[" in metric["formula"] or " for each " in metric["formula"] or "past" in metric.get("benchmarks", {})
    return str(metric["every"]) in periods and metric.get("window", "period") in windows and not elsewhere
