"""Random specs with their data, as trees of strategies."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from made_formulas import conditions, figures
from made_tables import DATA, HEADERS, PROVIDERS, Data

Block = dict[str, object]


@dataclass
class Made:
    """A spec as nested mappings, and the records of its tables as lines of text."""

    spec: Block
    data: Data
    data_date: date

    def written(self, folder: Path) -> Mapping[str, Path]:
        """The files of its tables."""
        return {name: self._write(folder, name) for name in HEADERS}

    def _write(self, folder: Path, name: str) -> Path:
        path = folder / self.spec["data"][name]["file"]
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADERS[name], *self.data[name]])
            return path
        columns = {}
        for at, column in enumerate(HEADERS[name]):
            texts = [record[at] or None for record in self.data[name]]
            typed = [_PARQUET.get(column, str)(text) if text else None for text in texts]
            columns[column] = pa.array(typed, _TYPES.get(column, pa.string()))
        pq.write_table(pa.table(columns), path)
        return path


_PARQUET = {"event_id": int, "grade": int, "happened": date.fromisoformat, "born": date.fromisoformat}
_TYPES = {"event_id": pa.int64(), "grade": pa.int32(), "happened": pa.date32(), "born": pa.date32()}


def text(value: object, indent: int = 0) -> str:
    """YAML in block style; texts are written as they are."""
    pad = "  " * indent
    lines = []
    items = value.items() if isinstance(value, dict) else [("-", one) for one in value]
    for key, one in items:
        mark = f"{pad}-" if key == "-" else f"{pad}{key}:"
        if isinstance(one, dict | list):
            lines += [mark, text(one, indent + 1)] if one else [f"{mark} {'{}' if isinstance(one, dict) else '[]'}"]
        else:
            lines.append(f"{mark} {one}")
    return "\n".join(line for line in lines if line)


def one(*some: object) -> SearchStrategy[object]:
    return st.sampled_from(some)


NOTHING: SearchStrategy[Block] = st.just({})


def key(name: str, value: SearchStrategy[object]) -> SearchStrategy[Block]:
    return value.map(lambda drawn: {name: drawn})


def together(*blocks: SearchStrategy[Block]) -> SearchStrategy[Block]:
    """Some keys after each other."""
    return st.tuples(*blocks).map(lambda drawn: {name: value for block in drawn for name, value in block.items()})


def maybe(name: str, value: SearchStrategy[object]) -> SearchStrategy[Block]:
    """A key, or more often none."""
    return st.one_of(NOTHING, NOTHING, key(name, value))


# --- tables -----------------------------------------------------------------------------------------------

LAG = key("lag", one("0 days", "15 days", "1 month", "40 days"))
COMPLETE = st.one_of(
    NOTHING,
    NOTHING,
    key(
        "complete",
        one({"through": "2025-04-14"}, {"from": "2025-01-01"}, {"from": "2025-02-15", "through": "2025-06-30"}),
    ),
)


def _kind(values: object, fold: Block) -> Block:
    return {"type": "text", "optional": "yes", "missing": ['"99"'], **values, **fold}


FOLD = st.one_of(NOTHING, NOTHING, st.just({"fold": "case"}))
KIND = st.builds(_kind, one({}, {"values": {"a": "Kind A", "b": "Kind B", "c": "Kind C"}}), FOLD)


def _stays(start: Block, number: str, kind: Block, fold: Block, more: Block) -> Block:
    fields = {
        "stay_id": {"type": number},
        "client_id": {"entity": "client", "optional": "yes"},
        "provider": {"entity": "provider", **fold},
        "kind": kind,
        "entered": {"type": "date"},
        "left": {"type": "date", "optional": "yes"},
        "score": {"type": "integer", "optional": "yes"},
        "fee": {"type": "money", "optional": "yes"},
        "flag": {"type": "boolean"},
        "loaded": {"type": "date"},
        "came": {"type": "datetime", "optional": "yes"},
        "went": {"type": "datetime", "optional": "yes"},
        "billed": {"type": "month", "optional": "yes"},
        "planned": {"type": "integer", "unit": "days", "optional": "yes"},
    }
    noun = {"one": "Stay", "many": "Stays"}
    return {**start, "noun": noun, "key": "stay_id", "span": "[entered, left]", "fields": fields, **more}


REPORTING = one("month", "quarter", "week").map(lambda every: {"each": "provider", "every": every, "dated": "entered"})
STAYS = st.builds(
    _stays,
    together(
        key("file", one("stays.csv", "stays.csv", "stays.parquet")),
        key("date", one("entered", "left")),
        key("duplicates", one("drop exact", "error")),
    ),
    one("integer", "text"),
    KIND,
    FOLD,
    together(
        LAG,
        COMPLETE,
        key("accept", key("invalid_records", one("100%", "10%", "0%"))),
        maybe("received", one("loaded")),
        maybe("checks", one(["left is missing or left >= entered"])),
        maybe("reporting", REPORTING),
    ),
)


def _events(file: str, more: Block) -> Block:
    fields = {
        "event_id": {"type": "integer"},
        "client_id": {"entity": "client", "optional": "yes"},
        "happened": {"type": "date", "optional": "yes"},
        "grade": {"type": "integer", "optional": "yes"},
    }
    return {
        "file": file,
        "noun": {"one": "Event", "many": "Events"},
        "key": "event_id",
        "date": "happened",
        "fields": fields,
        **more,
    }


def _clients(file: str, more: Block) -> Block:
    fields = {
        "client_id": {"entity": "client"},
        "race": {"type": "text", "optional": "yes"},
        "born": {"type": "date", "optional": "yes"},
    }
    return {"file": file, "noun": {"one": "Client", "many": "Clients"}, "key": "client_id", "fields": fields, **more}


TABLES = st.fixed_dictionaries({
    "stays": STAYS,
    "events": st.builds(_events, one("events.csv", "events.parquet"), together(LAG, COMPLETE)),
    "clients": st.builds(_clients, one("clients.csv", "clients.parquet"), LAG),
})  # fmt: skip


# --- definitions and cohorts --------------------------------------------------------------------------------

DEFINED = {
    "size": st.just({"of": "stays", "term": "Size", "bands": {"value": "score", "from": ["0", "2", "3"],
                                                               "labels": ["low", "middle", "high"]}}),
    "length_of_stay": st.just({"of": "stays", "term": "Duration", "formula": "days from entered to left"}),
    "rate": st.just({"term": "Rate", "formula": "share(flag over leavers)"}),
    "total": st.just({"term": "Total", "formula": "count(stays where kind is known)"}),
    "def1": conditions(1).filter(lambda formula: "def" not in formula).map(
        lambda formula: {"of": "stays", "term": "Term1", "formula": formula}),
    "def2": conditions(1).filter(lambda formula: "def2" not in formula).map(
        lambda formula: {"of": "stays", "term": "Term2", "formula": formula}),
}  # fmt: skip
"""What formulas may name; only what one names is declared."""

CHOICE = st.one_of(
    st.builds(
        "{} per {} ever by {}".format,
        one("first", "2nd and later"),
        one("client", "client and provider"),
        one("entered, stay_id", "left, stay_id"),
    ),
    st.builds(
        "more than {} days after the {} per client by entered, stay_id".format,
        one("14", "30", "0"),
        one("previous", "previous kept"),
    ),
    st.builds(
        "{} per {} in each period by {}".format,
        one("first", "last", "2nd", "2nd and later"),
        one("client", "client and provider", "provider"),
        one("left, stay_id", "entered, stay_id", "score, stay_id", "stay_id", "entered"),
    ),
)


def _reasons(formulas: list[str]) -> list[Block]:
    return [{"when": formula, "because": f"of reason {number}"} for number, formula in enumerate(formulas, start=1)]


EXCLUDED = st.lists(conditions(1), min_size=1, max_size=2).map(_reasons)
WHERE = st.one_of(NOTHING, key("where", conditions(1)))
LEAVERS = together(
    st.just({"noun": {"one": "Leaver", "many": "Leavers"}, "from": "stays"}),
    key("when", one("dated left", "dated entered")),
    WHERE,
    maybe("keep", CHOICE.map(lambda choice: [choice])),
    maybe("exclude", EXCLUDED),
)


def _some(parent: Block) -> SearchStrategy[Block]:
    """A cohort of a cohort. What would follow its parent's choice or exclusions is refused, so it is not drawn."""
    start = st.just({"noun": {"one": "Guest", "many": "Guests"}, "from": "leavers"})
    if "keep" in parent:
        return together(start, maybe("exclude", EXCLUDED))
    keep = NOTHING if "exclude" in parent else maybe("keep", CHOICE.map(lambda choice: [choice]))
    return together(start, maybe("when", one("dated entered")), WHERE, keep, maybe("exclude", EXCLUDED))


def _of_events(noun: str, where: str) -> SearchStrategy[Block]:
    return st.just({"noun": {"one": noun, "many": f"{noun}s"}, "from": "events", "where": where})


STOCK = together(
    st.just({"noun": {"one": "Resident", "many": "Residents"}, "from": "stays"}),
    key("when", one("open on period end", "active in period", "open on period start", "every period")),
    key("where", one("left is known or entered <= period end", "days in period >= 1 days", "entered in period")),
    maybe("exclude", EXCLUDED),
    maybe("span", one("[entered, loaded]")),
)
LOOKED_INTO = {
    "stock": STOCK,
    "good": _of_events("Good Event", "grade >= 2"),
    "lately": _of_events("Late Event", "happened >= period start"),
}  # fmt: skip


# --- metrics ------------------------------------------------------------------------------------------------

EVERY = one(
    "quarter", "month", "year", "fiscal quarter", "fiscal year", "half year", "year starting October", "week",
    {"dates": "[2025-03-31, 2025-06-30]"},
    {"periods": {"spring": {"from": "2025-02-01", "to": "2025-03-15"},
                 "summer": {"from": "2025-04-01", "to": "2025-06-30"}}},
)  # fmt: skip
WINDOW = one("period", "rolling 3 months", "rolling 6 months", "rolling 28 days", "year to date", "since start")
MISSING_IS = one("counted in the denominator only", "left out", "counted in both")
BREAKDOWNS = st.lists(
    one("provider", "kind", "client.race", "[provider, kind]", "[kind, client.race]", "flag", "size", "def1"),
    max_size=2, unique=True,
).map(lambda some: f"[{', '.join(some)}]")  # fmt: skip


def _past(first: date, days: int) -> Block:
    return {"kind": "historical", "from": first.isoformat(), "to": (first + timedelta(days)).isoformat()}


PAST = st.builds(_past, one(date(2025, 1, 1), date(2024, 10, 1), date(2025, 1, 15)), one(58, 120))


def _benchmarks(formula: str) -> SearchStrategy[Block]:
    target = NOTHING
    if formula.startswith("share") or " out of " in formula:
        target = key("target", one("50%", "33.3%", "0%", "100%").map(lambda value: {"kind": "target", "value": value}))
    elif formula.startswith("count(") and "/" not in formula:
        target = key("target", one("1", "0", "2").map(lambda value: {"kind": "target", "value": value}))
    return together(maybe("past", PAST), target)


BACK = {"week": "4 weeks", "month": "1 quarter", "quarter": "1 quarter", "fiscal quarter": "2 quarters"}
"""How far back a slice looks, by periods."""


def _with_bases(metrics: Block) -> Block:
    """The metrics, with those that others are calculated from."""
    found = dict(metrics)
    for name, metric in metrics.items():
        base = f"base{name[1:]}"
        if base in metric["formula"]:
            found[base] = {**metric, "name": f"Base {name}", "formula": "count(leavers)", "window": "rolling 12 months",
                           "break_down_by": "[]", "benchmarks": {}, "maturity": "each record"}  # fmt: skip
            found[base].pop("missing_is", None)
    return found


def _once(cohort: Block) -> bool:
    return any("ever" in one or "previous" in one for one in cohort.get("keep", ()))


def _allowed(cohort: Block) -> Block:
    """A choice made once for all periods stands behind no condition that speaks of one."""
    return {key: value for key, value in cohort.items() if key != "where"} if _once(cohort) else cohort


@st.composite
def _metric(draw: st.DrawFn, number: int) -> Block:
    formula = draw(figures())
    every = draw(EVERY)
    formula = formula.replace("BACK", BACK.get(every, "1 year") if isinstance(every, str) else "1 quarter")
    formula = formula.replace("BASE", f"base{number}")
    metric = {
        "name": f"Measure {number}", "kind": draw(one("lagging", "leading")), "use": "reported", "goal": "homes",
        "formula": formula, "every": every, "window": draw(st.just("period") | WINDOW),
        "better": draw(one("higher", "lower")), "round": draw(one("1 decimal", "0 decimals", "2 decimals")),
        "minimum": draw(one(0, 0, 1, 3)), "maturity": draw(one("all records", "each record", "judge now")),
    }  # fmt: skip
    if "share" in formula:
        metric["missing_is"] = draw(MISSING_IS)
    return {**metric, "break_down_by": draw(BREAKDOWNS), "benchmarks": draw(_benchmarks(formula))}


# --- specs --------------------------------------------------------------------------------------------------


def _declared(draw: st.DrawFn, parts: Block, choices: Mapping[str, SearchStrategy[object]]) -> Block:
    """Of some things to declare, those that are named somewhere, also by each other."""
    found: Block = {}
    for _ in choices:
        for name, choice in choices.items():
            if name not in found and f"{name}" in text({**parts, "own": found}):
                found[name] = draw(choice)
    return {name: found[name] for name in choices if name in found}


@st.composite
def _agreements(draw: st.DrawFn, metrics: Block, last: date) -> list[Block]:
    found = []
    for name in draw(st.lists(one(*PROVIDERS, "Ghost"), min_size=1, max_size=3, unique=True)):
        agreement: Block = {"provider": name, "number": f"N-{len(found)}"}
        shares = [at for at, metric in metrics.items() if "%" in str(metric["benchmarks"].get("target", ""))]
        if shares and draw(st.booleans()):
            agreement["targets"] = {shares[0]: draw(one("40%", "60%"))}
        if draw(one(False, False, True)):
            agreement["term"] = {"from": "2025-03-01", "to": last.isoformat()}
        found.append(agreement)
    return found


CALENDARS = {
    "county": {
        "weekend": "[Saturday, Sunday]", "holidays": "[2025-05-26, 2025-07-04]",
        "from": "1970-01-01", "through": "2027-12-31",
    },
}  # fmt: skip


@st.composite
def made(draw: st.DrawFn) -> Made:
    """A spec with its data. The checker may still refuse it."""
    first = draw(one(date(2025, 1, 1), date(2025, 2, 1), date(2025, 1, 15)))
    last = draw(one(date(2025, 6, 30), date(2025, 12, 31), date(2025, 5, 20)))
    data_date = draw(one(date(2025, 6, 30), date(2025, 4, 15), date(2025, 7, 31), date(2026, 1, 31)))
    metrics = _with_bases({f"m{number}": draw(_metric(number)) for number in range(1, draw(one(1, 2)) + 1)})
    leavers = _allowed(draw(LEAVERS))
    some = draw(_some(leavers))
    if _once(some):
        some.pop("keep")
    parts = {"cohorts": {"leavers": leavers, "some": some}, "metrics": metrics}
    declared = _declared(draw, parts, {**DEFINED, **LOOKED_INTO})
    definitions = {name: it for name, it in declared.items() if name in DEFINED}
    parts["cohorts"] |= {name: it for name, it in declared.items() if name in LOOKED_INTO}
    spec = {
        "acmspec": 1,
        "contract": {
            "id": "made", "title": "Made", "agency": "Agency",
            "term": {"from": first.isoformat(), "to": last.isoformat()},
            "fiscal_year_starts": draw(one("July", "January", "October")), "currency": "USD",
            **draw(maybe("timezone", one("Europe/Berlin"))),
            "data_date": data_date.isoformat(),
        },
        "goals": {"homes": {"statement": "Homes last"}},
        "data": draw(TABLES),
        "lists": {"codes": "[a, c]"},
        "calendars": CALENDARS,
        **({"definitions": definitions} if definitions else {}),
        **parts,
        "agreements": draw(_agreements(metrics, last)),
    }  # fmt: skip
    return Made(spec, draw(DATA), data_date)
