"""Random specs and random data, small enough that collisions, ties, gaps and boundaries happen all the time."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

DAYS = [
    *(date(2025, month, day) for month in range(1, 8) for day in (1, 2, 15, 28)),
    *(
        date(2024, 12, 31),
        date(2025, 1, 31),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 6, 30),
        date(2025, 7, 31),
    ),
]
CLIENTS = ["c1", "c2", "c3", "c4"]
PROVIDERS = ["North", "South", "East"]
KINDS = ["a", "b", "c"]
HEADERS = {
    "stays": ["stay_id", "client_id", "provider", "kind", "entered", "left", "score", "fee", "flag", "loaded"],
    "events": ["event_id", "client_id", "happened", "grade"],
    "clients": ["client_id", "race", "born"],
}


@dataclass
class Made:
    """A spec as nested mappings, and the records of its tables as lines of text."""

    spec: dict[str, object]
    data: dict[str, list[list[str]]]
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
            columns[column] = pa.array([_PARQUET.get(column, str)(one) if one else None for one in texts],
                                            _TYPES.get(column, pa.string()))  # fmt: skip
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


# --- formulas ---------------------------------------------------------------------------------------------


class Formulas:
    """Formulas over stays, by what they come to."""

    def __init__(self, draw: st.DrawFn, definitions: dict[str, str]) -> None:
        self.draw = draw
        self.definitions = definitions

    def pick(self, *some: str) -> str:
        return self.draw(st.sampled_from(some))

    def many(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def condition(self, depth: int = 2) -> str:
        kinds = ["test"] * 3 + ["window", "window", "lookup", "lookup", "definition"]
        kinds += ["and", "or", "not"] if depth else []
        kind = self.pick(*kinds)
        if kind in {"and", "or"}:
            return f"({self.condition(depth - 1)} {kind} {self.condition(depth - 1)})"
        if kind == "not":
            return f"not ({self.condition(depth - 1)})"
        known = [name for name, what in self.definitions.items() if what == "condition"]
        if kind == "definition" and known:
            return self.pick(*known)
        return {"window": self.window, "lookup": self.lookup}.get(kind, self.test)()

    def test(self) -> str:
        return self.pick(
            f"kind = '{self.pick(*KINDS)}'", f"kind != '{self.pick(*KINDS)}'", "kind in ('a', 'b')",
            "kind not in codes", "kind in codes", f"score >= {self.many(0, 4)}", f"score < {self.many(0, 4)}",
            "score is known",
            "left is missing", "left is known", "left > entered", "left <= 2025-04-30", "flag", "not flag",
            "client.race = 'x'", "client.race is missing", f"days from entered to left <= {self.many(0, 60)} days",
            f"fee > ${self.many(0, 3)}.5", "client.born before 1990-01-01", "provider = 'North'", "score = score",
            f"score * 2 - 1 > {self.many(0, 4)}",
        )  # fmt: skip

    def length(self) -> str:
        return self.pick("1 day", "13 days", "14 days", "30 days", "1 month", "2 months", "2 weeks", "90 days")

    def window(self) -> str:
        word = self.pick("within", "on or within")
        return self.pick(
            f"left {word} {self.length()} after entered",
            f"entered {word} {self.length()} after client.born",
            f"left {word} {self.length()} after 2025-03-31",
        )

    def lookup(self) -> str:
        word = self.pick("within", "on or within")
        more = self.pick("", "", " and e.grade >= 2", " and e.grade is known", " and e.grade > score", " and flag")
        return self.pick(
            f"any(events as e for same client where e.happened {word} {self.length()} after left{more})",
            f"any(events as e for same client where e.happened {word} {self.length()} after entered{more})",
            f"any(events as e for same client where e.happened <= left{more})",
            "any(events for same client where happened before entered)",
            f"any(events for same client where grade = 1 and happened {word} {self.length()} after left)",
            f"any(other stays as o for same client where o.entered {word} {self.length()} after left)",
            f"any(other stays as o for same client and provider where o.entered {word} {self.length()} after left)",
            f"any(all stays as o for same client where o.entered {word} {self.length()} after entered and o.flag)",
            "any(other stays as o for same client where o.entered < entered and o.kind = kind)",
            self.other_value(),
            self.other_value(),
            "any(other stays as o for same client where o.entered < entered and "
            f"any(events as e for same client where e.happened {word} {self.length()} after o.left))",
        )

    def other_value(self) -> str:
        """A condition on a value of other records."""
        word = self.pick("within", "on or within")
        events = f"events as e for same client where e.happened {word} {self.length()} after entered"
        ordered = events.replace("same client", f"same client by {self.pick('e.happened', 'e.grade')}, e.event_id")
        ask = self.pick(">= 2", "< 2", "= 1", "is known", "is missing", "= score")
        return self.pick(
            f"count({events}) {ask}",
            f"sum(e.grade over {events}) {ask}",
            f"average(e.grade over {events}) {ask}",
            f"lowest(e.grade over {events}) {ask}",
            f"highest(e.happened over {events}) {self.pick('> left', 'is missing', '<= 2025-05-01')}",
            f"latest(e.grade over {ordered}) {ask}",
            f"earliest(e.grade over {ordered}) {ask}",
            f"nth(2, e.grade over {ordered}) {ask}",
            "client is found",
            f"count(other stays as o for same client where o.entered < entered) {ask}",
        )

    def number(self) -> str:
        known = [name for name, what in self.definitions.items() if what == "number"]
        return self.pick("score", "days from entered to left", "fee", "score * 2 + 1", *known)

    def where(self) -> str:
        return f" where {self.condition(1)}" if self.pick("", "", "w") else ""

    def aggregate(self, sets: list[str]) -> str:
        kind = self.pick("share", "share", "share", "count", "distinct", "sum", "average", "median")
        kind = self.pick(kind, kind, kind, "lowest", "highest", "range", "percentile")
        over = f"{self.pick(*sets)}{self.where()}"
        if kind == "share":
            return f"share({self.condition()} over {over})"
        if kind == "count":
            return f"count({over})"
        if kind == "distinct":
            return f"count(distinct {self.pick('client_id', 'kind', 'score')} over {over})"
        place = f"{self.pick('5', '50', '90', '12.5')}, " if kind == "percentile" else ""
        return f"{kind}({place}{self.number()} over {over})"

    def figure(self, sets: list[str]) -> str:
        kind = self.pick(*["one"] * 6, "out of", "ratio", "scaled", "per", "sum of")
        over = self.pick(*sets)
        if kind == "out of":
            return f"count({over} where {self.condition(1)}) out of count({over})"
        if kind == "ratio":
            return f"count({over}{self.where()}) / count({self.pick(*sets)}{self.where()})"
        if kind == "scaled":
            return f"100 * sum(score over {over}{self.where()}) / count({over}{self.where()})"
        if kind == "per":
            return f"sum(score over {over}) / sum(score over {over} where flag)"
        if kind == "sum of":
            return f"count({over}) - count({over} where {self.pick('flag', 'score is known', 'entered > 2025-03-31')})"
        return self.aggregate(sets)


# --- data -------------------------------------------------------------------------------------------------

_maybe_day = st.one_of(
    st.just(""), st.sampled_from(DAYS).map(date.isoformat), st.sampled_from(DAYS).map(date.isoformat)
)


@st.composite
def _stay(draw: st.DrawFn, number: int, has_dirt: bool) -> list[str]:
    entered = draw(st.sampled_from(DAYS))
    left = draw(st.sampled_from(["", "same", "day", "far", "any", "any"]))
    ends = {
        "": "",
        "same": entered.isoformat(),
        "day": (entered + timedelta(days=draw(st.sampled_from([1, 13, 14, 15, 30])))).isoformat(),
        "far": (entered + timedelta(days=90)).isoformat(),
        "any": draw(st.sampled_from(DAYS)).isoformat(),
    }
    record = [
        str(number),
        draw(st.sampled_from([*CLIENTS, *CLIENTS, "c9", ""])),
        draw(st.sampled_from([*PROVIDERS, "North"])),
        draw(st.sampled_from([*KINDS, "", "99"])),
        entered.isoformat(),
        ends[left],
        draw(st.sampled_from(["", "0", "1", "2", "3", "-1"])),
        draw(st.sampled_from(["", "0", "0.50", "1.5", "2.25", "3"])),
        draw(st.sampled_from(["true", "false"])),
        (entered + timedelta(days=draw(st.sampled_from([0, 5, 60])))).isoformat(),
    ]
    if has_dirt and draw(st.integers(0, 5)) == 0:
        place, dirt = draw(st.sampled_from([(4, "2025-02-30"), (3, "zz"), (6, "1.5"), (4, ""), (5, "soon"), (7, "x")]))
        record[place] = dirt
    return record


@st.composite
def _data(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    has_dirt = draw(st.integers(0, 2)) == 0
    stays = [draw(_stay(number, has_dirt)) for number in range(1, draw(st.integers(0, 14)) + 1)]
    if stays and draw(st.integers(0, 3)) == 0:
        stays.append(list(draw(st.sampled_from(stays))))
    if stays and draw(st.integers(0, 9)) == 0:
        other = list(draw(st.sampled_from(stays)))
        other[6] = "4"
        stays.append(other)
    client = st.sampled_from([*CLIENTS, ""])
    events = [
        [str(number), draw(client), draw(_maybe_day), draw(st.sampled_from(["", "1", "2", "3"]))]
        for number in range(1, draw(st.integers(0, 10)) + 1)
    ]
    clients = [
        [name, draw(st.sampled_from(["x", "y", ""])), draw(st.sampled_from(["", "1980-05-05", "2025-02-28"]))]
        for name in CLIENTS[: draw(st.integers(2, 4))]
    ]
    return {"stays": draw(st.permutations(stays)), "events": events, "clients": clients}


# --- specs ------------------------------------------------------------------------------------------------


def _lag(draw: st.DrawFn) -> dict[str, str]:
    return {"lag": draw(st.sampled_from(["0 days", "0 days", "15 days", "1 month", "40 days"]))}


def _tables(draw: st.DrawFn) -> dict[str, object]:
    def one(*some: object) -> object:
        return draw(st.sampled_from(some))

    stays: dict[str, object] = {
        "file": one("stays.csv", "stays.csv", "stays.parquet"), "noun": {"one": "Stay", "many": "Stays"},
        "key": "stay_id",
        "date": one("entered", "left"),
        **_lag(draw), **({"complete": {"through": "2025-04-14"}} if one(True, *[False] * 5) else {}),
        "duplicates": one("drop exact", "drop exact", "error"),
        "fields": {
            "stay_id": {"type": one("integer", "text")},
            "client_id": {"entity": "client", "optional": "yes"},
            "provider": {"entity": "provider"},
            "kind": {"type": "text", "optional": "yes", "missing": ['"99"'],
                     **({"values": {"a": "Kind A", "b": "Kind B", "c": "Kind C"}} if one(True, False) else {})},
            "entered": {"type": "date"},
            "left": {"type": "date", "optional": "yes"},
            "score": {"type": "integer", "optional": "yes"},
            "fee": {"type": "money", "optional": "yes"},
            "flag": {"type": "boolean"},
            "loaded": {"type": "date"},
        },
        "accept": {"invalid_records": one("100%", "100%", "10%", "0%")},
    }  # fmt: skip
    if one(True, False, False):
        stays["received"] = "loaded"
    if one(True, False, False):
        stays["checks"] = ["left is missing or left >= entered"]
    if one(True, False):
        stays["reporting"] = {"each": "provider", "every": one("month", "quarter"), "dated": "entered"}
    events = {
        "file": one("events.csv", "events.parquet"), "noun": {"one": "Event", "many": "Events"}, "key": "event_id",
        "date": "happened", **_lag(draw),
        "fields": {
            "event_id": {"type": "integer"},
            "client_id": {"entity": "client", "optional": "yes"},
            "happened": {"type": "date", "optional": "yes"},
            "grade": {"type": "integer", "optional": "yes"},
        },
    }  # fmt: skip
    clients = {
        "file": one("clients.csv", "clients.parquet"), "noun": {"one": "Client", "many": "Clients"}, "key": "client_id",
        **_lag(draw),
        "fields": {
            "client_id": {"entity": "client"},
            "race": {"type": "text", "optional": "yes"},
            "born": {"type": "date", "optional": "yes"},
        },
    }  # fmt: skip
    return {"stays": stays, "events": events, "clients": clients}


def _cohorts(draw: st.DrawFn, formulas: Formulas) -> dict[str, object]:
    made: dict[str, object] = {}
    for name, source in (("leavers", "stays"), ("some", "leavers")):
        cohort: dict[str, object] = {"noun": {"one": name.title(), "many": f"{name.title()} Group"}, "from": source}
        if source == "stays" or ("keep" not in made[source] and draw(st.integers(0, 4)) == 0):
            cohort["when"] = draw(st.sampled_from(["dated left", "dated entered"]))
        # Conditions that would follow a parent's choice, and choices that would follow its exclusions, are refused.
        before = made.get(source, {})
        if "keep" not in before and draw(st.booleans()):
            cohort["where"] = formulas.condition(1)
        if "keep" not in before and "exclude" not in before and draw(st.booleans()):
            choice = draw(st.sampled_from(["first", "last"]))
            per = draw(st.sampled_from(["client", "client and provider", "provider"]))
            by = draw(st.sampled_from(["left, stay_id", "entered, stay_id", "score, stay_id", "stay_id", "entered"]))
            cohort["keep"] = [f"{choice} per {per} in each period by {by}"]
        if draw(st.booleans()):
            cohort["exclude"] = [
                {"when": formulas.condition(1), "because": f"of reason {number}"}
                for number in range(1, draw(st.integers(1, 2)) + 1)
            ]
        made[name] = cohort
    return made


def _metric(draw: st.DrawFn, formulas: Formulas, number: int) -> dict[str, object]:
    def one(*some: object) -> object:
        return draw(st.sampled_from(some))

    formula = formulas.figure(["leavers", "some", "stays"])
    metric: dict[str, object] = {
        "name": f"Measure {number}", "kind": one("lagging", "leading"), "use": "reported", "goal": "homes",
        "formula": formula, "every": one("month", "quarter", "year", "fiscal quarter", "fiscal year"),
        "better": one("higher", "lower"), "round": one("0 decimals", "1 decimal", "2 decimals"),
        "minimum": one(0, 1, 2, 4), "maturity": one("all records", "each record", "judge now"),
    }  # fmt: skip
    if "share" in formula:
        metric["missing_is"] = one("counted in the denominator only", "left out", "counted in both")
    if metric["every"] in {"month", "quarter", "fiscal quarter"} and one(True, False, False):
        metric["window"] = one("rolling 3 months", "rolling 6 months", "rolling 12 months")
    breakdowns = draw(st.lists(
        st.sampled_from(["provider", "kind", "client.race", "[provider, kind]", "[kind, client.race]",
                         "score", "flag"]),
        max_size=3, unique=True,
    ))  # fmt: skip
    metric["break_down_by"] = f"[{', '.join(breakdowns)}]"
    first = draw(st.sampled_from([date(2024, 10, 1), date(2025, 1, 1), date(2025, 2, 1), date(2025, 1, 15)]))
    metric["benchmarks"] = {
        "past": {
            "kind": "historical", "from": first.isoformat(), "to": (first + timedelta(days=one(58, 120))).isoformat(),
        },
    }  # fmt: skip
    if formula.startswith("share") or " out of " in formula:
        metric["benchmarks"]["target"] = {"kind": "target", "value": one("50%", "33.3%", "67%", "0%", "100%")}
    elif formula.startswith("count(") and "/" not in formula:
        metric["benchmarks"]["target"] = {"kind": "target", "value": one("0", "1", "2")}
    return metric


@st.composite
def made(draw: st.DrawFn) -> Made:
    """A spec with its data. The checker may still refuse it."""
    definitions: dict[str, str] = {}
    formulas = Formulas(draw, definitions)
    bodies: dict[str, object] = {}
    for number in range(1, draw(st.integers(0, 2)) + 1):
        bodies[f"def{number}"] = {"of": "stays", "term": f"Term{number}", "formula": formulas.condition()}
        definitions[f"def{number}"] = "condition"
    if draw(st.booleans()):
        bodies["length_of_stay"] = {"of": "stays", "term": "Duration", "formula": "days from entered to left"}
        definitions["length_of_stay"] = "number"
    first = draw(st.sampled_from([date(2025, 1, 1), date(2025, 2, 1), date(2025, 1, 15)]))
    last = draw(st.sampled_from([date(2025, 6, 30), date(2025, 12, 31), date(2025, 5, 20)]))
    data_date = draw(st.sampled_from([date(2025, 4, 15), date(2025, 6, 30), date(2025, 7, 31), date(2026, 1, 31)]))
    agreements = [
        {"provider": name, "number": f"N-{at}"} for at, name in enumerate(draw(st.lists(
            st.sampled_from([*PROVIDERS, "Ghost"]), min_size=1, max_size=3, unique=True)))
    ]  # fmt: skip
    metrics = {f"m{at}": _metric(draw, formulas, at) for at in range(1, draw(st.integers(1, 2)) + 1)}
    for agreement in agreements:
        name = draw(st.sampled_from(sorted(metrics)))
        if "target" in metrics[name]["benchmarks"] and metrics[name]["benchmarks"]["target"]["value"].endswith("%"):
            agreement["targets"] = {name: draw(st.sampled_from(["40%", "60%"]))}
        if draw(st.integers(0, 3)) == 0:
            agreement["term"] = {"from": date(2025, 3, 1).isoformat(), "to": last.isoformat()}
    spec = {
        "acmspec": 1,
        "contract": {
            "id": "made", "title": "Made", "agency": "Agency",
            "term": {"from": first.isoformat(), "to": last.isoformat()},
            "fiscal_year_starts": draw(st.sampled_from(["July", "January", "October"])), "currency": "USD",
            "data_date": data_date.isoformat(),
        },
        "goals": {"homes": {"statement": "Homes last"}},
        "data": _tables(draw),
        "lists": {"codes": "[a, c]"},
        **({"definitions": bodies} if bodies else {}),
        "cohorts": _cohorts(draw, formulas),
        "metrics": metrics,
        "agreements": agreements,
    }  # fmt: skip
    return Made(spec, draw(_data()), data_date)
