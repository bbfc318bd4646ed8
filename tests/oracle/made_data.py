"""Random declarations of the tables, and the cells as the types of their fields want them."""

import re
from datetime import date

from drawing import NOTHING, Block, chain, key, maybe, one, seldom, together
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from made_tables import HEADERS

LAG = key("lag", one("0 days", "15 days", "1 month", "40 days", "2 weeks", "1 quarter"))
COMPLETE = seldom(
    key(
        "complete",
        one({"through": "2025-04-14"}, {"from": "2025-01-01"}, {"from": "2025-02-15", "through": "2025-06-30"}),
    )
)
FOLD = seldom(st.just({"fold": "case"}))
KIND = st.builds(
    lambda values, fold: {"type": "text", "optional": "yes", "missing": '["99"]', **values, **fold},
    one({}, {"values": {"a": "Kind A", "b": "Kind B", "c": "Kind C"}}, {"values": "[a, b, c]"}),
    FOLD,
)
TOLD = together(
    maybe("owner", one("The Agency")),
    maybe("refresh", one("monthly")),
    maybe("reliability", one("high", "medium", "low")),
    maybe("available_from", one("2025-02-01")),
    maybe("status", one("available")),
    maybe("sharing", one({"agreement": "DSA 1", "basis": "consent", "until": "2027-01-01", "provider_may_see": "yes"})),
)
"""What is said about a table and changes no number."""


BILLED = {
    "month": {"BILLED": "2025-03", "THAT": "month", "LARGER": "quarter", "MUCH": "2025-Q1"},
    "quarter": {"BILLED": "2025-Q1", "THAT": "quarter", "LARGER": "year", "MUCH": "2025"},
    "year": {"BILLED": "2025", "THAT": "year", "LARGER": "year", "MUCH": "2025"},
    "fiscal year": {"BILLED": "FY2025", "THAT": "fiscal year", "LARGER": "fiscal year", "MUCH": "FY2025"},
    "fiscal quarter": {
        "BILLED": "FY2025-Q3", "THAT of entered": "FY2025-Q2", "LARGER": "fiscal year", "MUCH": "2025",
    },
}  # fmt: skip
"""What a field of periods can be, and how formulas then speak of it."""


def words(spec: Block) -> dict[str, str]:
    """What the words in capitals stand for."""
    fields = spec["data"]["stays"]["fields"]
    unit = fields["notice"]["unit"]
    found = {**BILLED[fields["billed"]["type"]], "NOTICE": f"3 {unit}"}
    if len(spec["calendars"]) > 1:
        worked = "business days of county"
        found |= {"business days(?! of)": worked, "NOTICE": f"3 {worked if unit == 'business days' else unit}"}
    return found


def as_billed(text: str, kind: str) -> str:
    """A month as a cell of another type of period."""
    if not text:
        return text
    month = date.fromisoformat(f"{text}-01")
    quarter = (month.month + 2) // 3
    return {
        "month": text,
        "quarter": f"{month.year}{'-' if quarter > 1 else ''}Q{quarter}",
        "year": str(month.year),
        "fiscal year": f"FY{month.year}" if quarter > 1 else str(month.year),
        "fiscal quarter": f"{'FY' if quarter > 1 else ''}{month.year}-Q{quarter}",
    }[kind]


PLANNED = one("days", "weeks")
PAUSED = one("minutes", "hours", "seconds")
NOTICE = one("months", "days", "weeks", "years", "business days", "business days of county")


def _stays(number: str, kind: Block, fields: tuple[str, ...], told: tuple[Block, ...], more: Block) -> Block:
    """The table of stays: the type of its key and of billed, units, and what is said of some of its fields."""
    billed, planned, paused, notice = fields
    fold, private, phrase, column, start = told
    fields = {
        "stay_id": {"type": number},
        "client_id": {"entity": "client", "optional": "yes"},
        "provider": {"entity": "provider", **fold},
        "kind": {**kind, **phrase},
        "entered": {"type": "date", **start},
        "left": {"type": "date", "optional": "yes"},
        "score": {"type": "integer", "optional": "yes", **private},
        "fee": {"type": "money", "optional": "yes", **column},
        "flag": {"type": "boolean"},
        "loaded": "date",
        "came": {"type": "datetime", "optional": "yes"},
        "went": {"type": "datetime", "optional": "yes"},
        "billed": {"type": billed, "optional": "yes"},
        "planned": {"type": "integer", "unit": planned, "optional": "yes"},
        "paused": {"type": "decimal", "unit": paused, "optional": "yes"},
        "notice": {"type": "integer", "unit": notice, "optional": "yes"},
    }
    noun = {"one": "Stay", "many": "Stays"}
    return {"noun": noun, "key": "stay_id", "span": "[entered, left]", "fields": fields, **more}


REPORTING = one("month", "quarter", "week").map(lambda every: {"each": "provider", "every": every, "dated": "entered"})
ACCEPT = key("accept", key("invalid_records", one("100%", "10%", "0%")))


def stays(fold: Block, private: SearchStrategy[Block]) -> SearchStrategy[Block]:
    """The table of stays; `fold` is what is said of providers."""
    return st.builds(
        _stays,
        one("integer", "text"),
        KIND,
        st.tuples(one(*BILLED), PLANNED, PAUSED, NOTICE),
        st.tuples(
            st.just(fold),
            private,
            seldom(st.just({"phrase": "Sort of the Stay"})),
            seldom(st.just({"column": "Fee Paid"})),
            seldom(st.just({"optional": "yes"})),
        ),
        together(
            key("file", one("stays.csv", "stays.csv", "stays.parquet")),
            key("date", one("entered", "left")),
            key("duplicates", one("drop exact", "error")),
            LAG,
            COMPLETE,
            ACCEPT,
            maybe("received", one("loaded")),
            maybe("checks", one(["left is missing or left >= entered"])),
            maybe("reporting", REPORTING),
            TOLD,
        ),
    )


def _events(file: str, more: Block) -> Block:
    fields = {
        "event_id": {"type": "integer"},
        "client_id": {"entity": "client", "optional": "yes"},
        "happened": {"type": "date", "optional": "yes"},
        "grade": {"type": "integer", "optional": "yes"},
    }
    noun = {"one": "Event", "many": "Events"}
    return {"file": file, "noun": noun, "key": "event_id", "date": "happened", "fields": fields, **more}


def _clients(file: str, private: Block, fold: Block, more: Block) -> Block:
    fields = {
        "client_id": {"entity": "client"},
        "race": {"type": "text", "optional": "yes"},
        "born": {"type": "date", "optional": "yes", **private},
        "helped_by": {"entity": "provider", "optional": "yes", **fold},
    }
    return {"file": file, "noun": {"one": "Client", "many": "Clients"}, "key": "client_id", "fields": fields, **more}


def _calls(unit: str, more: Block) -> Block:
    fields = {
        "caller": {"entity": "client"},
        "line": {"type": "integer"},
        "callee": {"entity": "client", "optional": "yes"},
        "called": {"type": "datetime", "optional": "yes"},
        "lasted": {"type": "decimal", "unit": unit, "optional": "yes"},
        "urgent": {"type": "boolean"},
    }
    noun = {"one": "Call", "many": "Calls"}
    return {"file": "calls.csv", "noun": noun, "key": chain(["caller", "line"]), "date": "called", "fields": fields,
            **more}  # fmt: skip


def _houses(fold: Block, span: Block, more: Block) -> Block:
    fields = {
        "provider": {"entity": "provider", **fold},
        "opened": {"type": "date", "optional": "yes"},
        "closed": {"type": "date", "optional": "yes"},
        "county": {"type": "text", "optional": "yes"},
    }
    noun = {"one": "House", "many": "Houses"}
    return {"file": "houses.csv", "noun": noun, "key": "provider", **span, "fields": fields, **more}


@st.composite
def tables(draw: st.DrawFn, may_hide: bool) -> Block:
    """All tables; what is hidden in them can't be shown by a breakdown."""
    fold = draw(FOLD)
    private = seldom(st.just({"private": "yes"})) if may_hide else NOTHING
    return {
        "stays": draw(stays(fold, private)),
        "events": draw(st.builds(_events, one("events.csv", "events.parquet"), together(LAG, COMPLETE))),
        "clients": draw(st.builds(_clients, one("clients.csv", "clients.parquet"), private, st.just(fold), LAG)),
        "calls": draw(st.builds(_calls, one("seconds", "minutes"), together(LAG, COMPLETE))),
        "houses": draw(st.builds(_houses, st.just(fold), NOTHING | st.just({"span": "[opened, closed]"}), seldom(LAG))),
    }


def headers(spec: Block) -> dict[str, list[str]]:
    """The columns of the files as the fields name them; a field that is called otherwise says its column."""
    return {
        table: [_column(spec["data"][table]["fields"].get(name, name), name) for name in names]
        for table, names in HEADERS.items()
    }


def _column(field: object, name: str) -> str:
    return field.get("column", name) if isinstance(field, dict) else name


RENAMED = one(
    *[{}] * 6,
    {"grade": "month", "score": "share", "happened": "day"},
    {"flag": "earlier", "planned": "length", "paused": "minutes"},
    {"urgent": "found", "born": "start", "score": "days", "grade": "sum"},
    {"planned": "days", "flag": "period", "happened": "date", "urgent": "week"},
)
"""Fields that are called as words of the language are, which is no matter where a word can only be a name."""


def renamed(fields: Block, names: Block) -> Block:
    """The fields of a table under other names, each of the column and the phrase it had."""
    found = {}
    for name, field in fields.items():
        if name in names:
            found[names[name]] = {"column": name, "phrase": name.capitalize(), **field}
        else:
            found[name] = field
    return found


def in_currency(text: str, currency: str) -> str:
    """Sums of money in dollars as such of another currency."""
    before = {"USD": "$", "EUR": "€"}.get(currency, f"{currency} ")
    return re.sub(r"\$(?=[0-9])", before, text)
