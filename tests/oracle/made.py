"""Random specs with their data, as trees of strategies."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from drawing import Block, maybe, one, written
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from made_beside import CALENDARS, LISTS, figures
from made_data import RENAMED, as_billed, headers, in_currency, renamed, tables, words
from made_definitions import DEFINED
from made_metrics import metrics, with_bases
from made_sets import CHOSEN, FLAGGED, GOOD, GRAVE, LATELY, LEAVERS, SPELLS, STOCK, TOLD, made_of
from made_tables import DATA, HEADERS, PROVIDERS, STAYS, Data, lately

__all__ = ["HEADERS", "Made", "made", "text"]
text = written


@dataclass
class Made:
    """A spec as nested mappings, the files beside it, and the records of its tables as lines of text."""

    spec: Block
    data: Data
    data_date: date
    beside: Mapping[str, str] = field(default_factory=dict)

    def written(self, folder: Path) -> Mapping[str, Path]:
        """The files of its tables."""
        return {name: self._write(folder, name) for name in self.spec["data"]}

    def _write(self, folder: Path, name: str) -> Path:
        path = folder / self.spec["data"][name]["file"]
        names, header = HEADERS[name], headers(self.spec)[name]
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *self.data[name]])
            return path
        columns = {}
        for at, column in enumerate(names):
            texts = [record[at] or None for record in self.data[name]]
            typed = [_PARQUET.get(column, str)(text) if text else None for text in texts]
            columns[header[at]] = pa.array(typed, _TYPES.get(column, pa.string()))
        pq.write_table(pa.table(columns), path)
        return path


_PARQUET = {"event_id": int, "grade": int, "happened": date.fromisoformat, "born": date.fromisoformat}
_TYPES = {"event_id": pa.int64(), "grade": pa.int32(), "happened": pa.date32(), "born": pa.date32()}


# --- sets -----------------------------------------------------------------------------------------------


@st.composite
def _cohorts(draw: st.DrawFn) -> dict[str, SearchStrategy[Block]]:
    """What sets may be named; only what is named is declared."""
    leavers = draw(LEAVERS)
    some = draw(made_of(leavers, "Guest", "leavers"))
    few = draw(made_of(some, "Friend", "some", (leavers,)))
    fixed = {"leavers": leavers, "some": some, "few": few}
    return {name: st.just(cohort) for name, cohort in fixed.items()} | COHORTS


COHORTS = {
    "stock": STOCK,
    "good": GOOD,
    "grave": GRAVE,
    "lately": LATELY,
    "chosen": CHOSEN,
    "told": TOLD,
    "flagged": FLAGGED,
}


# --- specs --------------------------------------------------------------------------------------------------


def _declared(draw: st.DrawFn, parts: Block, choices: Mapping[str, SearchStrategy[object]]) -> Block:
    """Of some things to declare, those that are named somewhere, also by each other."""
    found: Block = {}
    for _ in choices:
        for name, choice in choices.items():
            if name not in found and re.search(rf"\b{name}\b", text({**parts, "own": found})):
                found[name] = draw(choice)
    return {name: found[name] for name in choices if name in found}


@st.composite
def _agreements(draw: st.DrawFn, found: Block, last: date) -> list[Block]:
    agreements = []
    for name in draw(st.lists(one(*PROVIDERS, "Ghost"), min_size=1, max_size=3, unique=True)):
        agreement: Block = {"provider": name, "number": f"N-{len(agreements)}"}
        shares = [at for at, metric in found.items() if "%" in str(metric.get("benchmarks", {}).get("target", ""))]
        if shares and draw(st.booleans()):
            agreement["targets"] = {shares[0]: draw(one("40%", "60%"))}
        if draw(one(False, False, True)):
            agreement["term"] = {"from": "2025-03-01", "to": last.isoformat()}
        agreements.append(agreement)
    return agreements


def replaced(value: object, words: Mapping[str, str]) -> object:
    """Some nested values, words of their texts replaced by others, the longest first."""
    if isinstance(value, dict):
        return {name: replaced(item, words) for name, item in value.items()}
    if isinstance(value, list):
        return [replaced(item, words) for item in value]
    if isinstance(value, str):
        for word in sorted(words, key=len, reverse=True):
            value = re.sub(rf"\b{word}\b", words[word], value)
    return value


def _of_currency(value: object, currency: str) -> object:
    """Some nested values with sums of money in a currency."""
    if isinstance(value, dict):
        return {name: _of_currency(item, currency) for name, item in value.items()}
    if isinstance(value, list):
        return [_of_currency(item, currency) for item in value]
    return in_currency(value, currency) if isinstance(value, str) else value


def _called(spec: Block, names: Block) -> Block:
    """A spec in which some fields are called otherwise."""
    found = replaced(spec, names)
    data = {table: {**one, "fields": renamed(one["fields"], names)} for table, one in found["data"].items()}
    return {**found, "data": data}


@dataclass
class Specified:
    """A spec as nested mappings, and the files beside it."""

    spec: Block
    beside: Mapping[str, str]


@st.composite
def specs(draw: st.DrawFn, most: int = 2) -> Specified:
    """A spec without data, with so many metrics at most."""
    first = draw(one(date(2025, 1, 1), date(2025, 2, 1), date(2025, 1, 15)))
    last = draw(one(date(2025, 6, 30), date(2025, 12, 31), date(2025, 5, 20)))
    found = with_bases({f"m{number}": draw(metrics(number)) for number in range(1, draw(st.integers(1, most)) + 1)})
    declared = _declared(draw, {"metrics": found}, {**DEFINED, **draw(_cohorts()), "housed": SPELLS})
    definitions = {name: it for name, it in declared.items() if name in DEFINED}
    cohorts = {name: it for name, it in declared.items() if name not in {*DEFINED, "housed"}}
    spells = {name: it for name, it in declared.items() if name == "housed"}
    for metric in found.values():
        if "share(" not in f"{metric['formula']} {definitions.get('rate')}":
            metric.pop("missing_is", None)
    shown = str([metric.get("break_down_by") for metric in found.values()])
    listed, worked = draw(LISTS), draw(CALENDARS)
    referred = draw(figures(list(found.values())))
    spec = {
        "acmspec": 1,
        "contract": {
            "id": "made", "title": "Made", "agency": "Agency",
            "term": {"from": first.isoformat(), "to": last.isoformat()},
            "fiscal_year_starts": draw(one("July", "January", "October")),
            "currency": draw(one("USD", "USD", "EUR", "CAD")),
            **draw(maybe("timezone", one("Europe/Berlin", "America/New_York"))),
            "data_date": draw(one("2025-06-30", "2025-04-15", "2025-07-31", "2026-01-31")),
        },
        "goals": {"homes": {"statement": "Homes last"}},
        "data": draw(tables("def1" not in shown)),
        **draw(maybe("providers", one("houses"))),
        "lists": listed.block,
        "calendars": worked.block,
        **({"figures": referred.block} if referred.block else {}),
        **({"definitions": definitions} if definitions else {}),
        **({"cohorts": cohorts} if cohorts else {}),
        **({"spells": spells} if spells else {}),
        "metrics": found,
        "agreements": draw(_agreements(found, last)),
    }  # fmt: skip
    spec = _of_currency(_called(replaced(spec, words(spec)), draw(RENAMED)), spec["contract"]["currency"])
    return Specified(spec, {**listed.files, **worked.files, **referred.files})


def _made(specified: Specified, data: Data) -> Made:
    spec = specified.spec
    billed, place = spec["data"]["stays"]["fields"]["billed"]["type"], HEADERS["stays"].index("billed")
    paid, currency = HEADERS["stays"].index("fee"), spec["contract"]["currency"]
    stays = [list(record) for record in data["stays"]]
    for record in stays:
        record[place] = as_billed(record[place], billed)
        record[paid] = in_currency(record[paid], currency if currency == "EUR" else "USD")
    data_date = date.fromisoformat(spec["contract"]["data_date"])
    return Made(spec, {**data, "stays": stays}, data_date, specified.beside)


def _drawn(specified: Specified) -> SearchStrategy[Made]:
    data = DATA
    if "spells" in specified.spec:
        # Whether a spell that ended is over hangs on its gap and the day up to which stays are known.
        day = date.fromisoformat(specified.spec["contract"]["data_date"])
        data = st.builds(lambda some, stays: {**some, "stays": stays}, DATA, lately(day) | lately(day) | STAYS)
    return data.map(lambda found: _made(specified, found))


def made() -> SearchStrategy[Made]:
    """A spec with its data. The checker may still refuse it."""
    return specs().flatmap(_drawn)
