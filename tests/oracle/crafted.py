"""Specs and data made by hand: records on both sides of every boundary, so that any slip of the engine shows."""

from datetime import date, timedelta
from pathlib import Path

from engine import Case
from made import HEADERS

CONTRACT = """
acmspec: 1
contract:
  id: crafted
  title: Crafted
  agency: Agency
  term: {from: 2025-01-01, to: 2025-06-30}
  fiscal_year_starts: July
  currency: USD
  data_date: 2025-06-30
goals:
  homes:
    statement: Homes last
data:
  stays:
    file: stays.csv
    noun: {one: Stay, many: Stays}
    key: stay_id
    date: left
    span: [entered, left]
    lag: 20 days
    received: loaded
    duplicates: drop exact
    reporting: {each: provider, every: quarter, dated: entered}
    fields:
      stay_id: {type: integer}
      client_id: {entity: client, optional: yes}
      provider: {entity: provider}
      kind: {type: text, optional: yes, missing: ["99"]}
      entered: {type: date}
      left: {type: date, optional: yes}
      score: {type: integer, optional: yes}
      fee: {type: money, optional: yes}
      flag: {type: boolean}
      loaded: {type: date}
      came: {type: datetime, optional: yes}
      went: {type: datetime, optional: yes}
      billed: {type: month, optional: yes}
      planned: {type: integer, unit: days, optional: yes}
    checks:
      - left is missing or left >= entered
    accept:
      invalid_records: 20%
  events:
    file: events.csv
    noun: {one: Event, many: Events}
    key: event_id
    date: happened
    lag: 5 days
    fields:
      event_id: {type: integer}
      client_id: {entity: client, optional: yes}
      happened: {type: date, optional: yes}
      grade: {type: integer, optional: yes}
  clients:
    file: clients.csv
    noun: {one: Client, many: Clients}
    key: client_id
    fields:
      client_id: {entity: client}
      race: {type: text, optional: yes}
      born: {type: date, optional: yes}
lists:
  codes: [a, c]
agreements:
  - {provider: North, number: "1"}
  - {provider: Ghost, number: "2"}
calendars:
  county: {weekend: [Saturday, Sunday], holidays: [2025-05-26], from: 2024-01-01, through: 2026-12-31}
definitions:
  rate: {term: Rate, formula: share(flag over stays)}
  total: {term: Total, formula: count(stays)}
cohorts:
  seconds:
    noun: {one: Second, many: Seconds}
    from: stays
    keep: 2nd per client in each period by entered, stay_id
  firsts:
    noun: {one: First, many: Firsts}
    from: stays
    keep: first per client ever by entered, stay_id
  spaced:
    noun: {one: Spaced Stay, many: Spaced Stays}
    from: stays
    keep: more than 30 days after the previous kept per client by entered, stay_id
  leavers:
    noun: {one: Leaver, many: Leavers}
    from: stays
    where: left is known
    keep:
      - last per client in each period by score, stay_id
    exclude:
      - {when: kind = "x", because: first}
      - {when: kind = "y", because: second}
"""
METRIC = """
  {name}:
    name: Measure {name}
    kind: {kind}
    use: reported
    goal: homes
    formula: {formula}
    every: {every}
    {window}
    better: higher
    round: {decimals} decimals
    minimum: {minimum}
    maturity: {maturity}
    missing_is: {missing}
    break_down_by: [provider, client.race]
    benchmarks:
      past:
        kind: historical
        from: 2025-01-01
        to: 2025-03-31
"""
TARGET = """      target:
        kind: target
        value: {target}
"""


def _metric(name: str, formula: str, every: str, **more: object) -> str:
    told = {
        "kind": "lagging", "decimals": 1, "minimum": 0, "maturity": "each record", "window": "window: period",
        "missing": "counted in the denominator only", **more,
    }  # fmt: skip
    text = METRIC.format(name=name, formula=formula, every=every, **told).strip("\n") + "\n"
    return text + (TARGET.format(**told) if "target" in told else "")


SPECS = {
    "windows": [
        _metric("exclusive", "share(entered within 14 days after client.born over stays)", "quarter", target="50%"),
        _metric("inclusive", "share(left on or within 14 days after entered over stays)", "month", target="50%"),
        _metric("months", "count(stays where left on or within 1 month after entered)", "quarter", kind="leading"),
        _metric("lookup", "share(any(events as e for same client where e.happened within 14 days after left)"
                " over stays)", "quarter", maturity="all records"),
        _metric("others", "share(any(other stays as o for same client"
                " where o.entered on or within 30 days after entered)"
                " over stays)", "fiscal quarter", missing="left out"),
    ],
    "choices": [
        _metric("kept", "share(flag over leavers)", "quarter", minimum=2, target="33.3%"),
        _metric("rolled", "sum(score over leavers where flag)", "month", window="window: rolling 2 months"),
        _metric("fiscal", "count(distinct score over leavers)", "fiscal year", kind="leading"),
        _metric("unknown", "share(kind in codes over stays)", "quarter", missing="left out"),
        _metric("kinds", "count(leavers where kind != 'a') out of count(leavers)", "quarter", minimum=3, decimals=0),
    ],
    "numbers": [
        _metric("mean", "average(score over stays)", "quarter", decimals=0),
        _metric("middle", "median(score over stays)", "quarter", decimals=0, minimum=3),
        _metric("money", "sum(fee over stays where flag)", "month", decimals=1),
        _metric("rate", "100 * sum(score over stays where flag) / count(stays)", "quarter", kind="leading"),
        _metric("stay", "average(days from entered to left over stays where kind is known)", "month", decimals=2),
    ],
    "spans": [
        _metric("open", "count(stays open on period end)", "month"),
        _metric("active", "count(stays active in period)", "month"),
        _metric("nights", "sum(days in period over stays)", "month"),
        _metric("lasting", "share(lasts 14 days over stays)", "quarter"),
        _metric("reached", "count(stays where reaches(3, e.grade over events as e for same client by e.happened"
                " where e.happened <= entered) is known)", "quarter", kind="leading"),
    ],
    "times": [
        _metric("hours", "average(hours from came to went over stays)", "quarter"),
        _metric("prompt", "share(went within 24 hours after came over stays)", "quarter"),
        _metric("aged", "count(stays where age of client.born on left >= 0 years and left > client.born)", "quarter"),
        _metric("worked", "sum(business days from entered to left over stays)", "month", kind="leading"),
        _metric("monthly", "count(stays where month of left = month of entered)", "quarter"),
    ],
    "windows of all kinds": [
        _metric("before", "count(stays where entered within 14 days before left)", "month"),
        _metric("between", "count(stays where left from 1 day to 14 days after entered)", "month"),
        _metric("calendar", "count(stays where left in month 1 after entered)", "quarter"),
        _metric("planned", "share(left within planned after entered over stays)", "quarter"),
        _metric("period", "count(stays where entered in period)", "month", kind="leading"),
    ],
    "groups": [
        _metric("weighted", "average(score over stays weighted by planned)", "quarter"),
        _metric("earlier", "rate - rate[1 quarter earlier]", "quarter"),
        _metric("parts", "average(rate for each month)", "quarter"),
        _metric("choice", "if rate >= 50% then total else 0", "quarter"),
        _metric("place", "rank(total for each provider)", "quarter", kind="leading"),
    ],
    "choices of all kinds": [
        _metric("second", "count(seconds)", "quarter"),
        _metric("ever", "count(firsts)", "quarter"),
        _metric("apart", "count(spaced)", "quarter", kind="leading"),
    ],
    "judgings": [
        _metric("generous", "share(kind in codes over stays)", "quarter", missing="counted in both"),
        _metric("hasty", "share(left on or within 14 days after entered over stays)", "month",
                maturity="judge now", missing="counted in both"),
        _metric("patient", "share(left on or within 14 days after entered over stays)", "month", missing="left out"),
    ],
}  # fmt: skip


def _stays() -> list[list[str]]:
    """Stays with ends on both sides of every boundary that the specs draw."""
    starts = [
        date(2025, 1, 2),
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 17),
        date(2025, 4, 1),
        date(2025, 5, 28),
    ]
    lengths = [0, 1, 13, 14, 15, 28, 31, None]
    rows = []
    for number in range(1, 45):
        start = starts[number % 6] + timedelta(days=number % 4 // 3)
        length = lengths[number * 5 % 8]
        late = 45 if number % 7 == 0 else 3
        rows.append([
            str(number), f"c{number % 9}" if number % 11 else "", ["North", "South", "East"][number * 7 % 3],
            ["a", "b", "x", "", "c", "y", "99"][number % 7], start.isoformat(),
            "" if length is None else (start + timedelta(days=length)).isoformat(),
            ["1", "2", "", "3", "-1"][number % 5], ["0.25", "", "1.50", "2.05"][number * 3 % 4],
            "true" if number % 3 else "false", (start + timedelta(days=late)).isoformat(),
        ])  # fmt: skip
    edges = [("2025-03-31", "2025-03-31"), ("2025-03-01", "2025-04-01"), ("2025-06-10", "2025-06-10"),
             ("2025-06-11", "2025-06-11"), ("2024-12-31", "2025-01-01"), ("2025-01-31", "2025-02-28")]  # fmt: skip
    for number, (start, end) in enumerate(edges, start=50):
        rows.append([str(number), "c1", "North", "a", start, end, "2", "0.25", "true", start])
    rows += [
        ["60", "c2", "East", "b", "2025-02-10", "2025-02-01", "9", "5", "true", "2025-02-10"],  # ends before it starts
        ["61", "c3", "East", "b", "2025-02-10", "2025-02-30", "9", "5", "true", "2025-02-10"],  # no such day
        list(rows[3]),  # the same record once more
        ["62", "c4", "South", "a", "2025-04-01", "2025-04-20", "3", "1.00", "true", "2025-07-01"],  # not yet known
    ]
    return rows


def _more(number: int) -> list[str]:
    """A coming and a going around a day's length, a month, and how many days were planned."""
    went = ["2025-03-02 12:00", "2025-03-02 12:01", "2025-03-01 12:00", "", "2025-03-03 09:30"][number % 5]
    return ["2025-03-01 12:00", went, "2025-03", ["14", "13", "", "31", "0"][number % 5]]


DATA = {
    "stays": [[*record, *_more(int(record[0]))] for record in _stays()],
    "events": [
        [str(number), f"c{number % 7}" if number % 5 else "",
         (date(2025, 1, 16) + timedelta(days=number * 9)).isoformat(), ["1", "", "3"][number % 3]]
        for number in range(1, 20)
    ] + [
        ["30", "c1", "2025-04-14", "1"], ["31", "c1", "2025-04-15", "1"], ["32", "c8", "", ""],
        ["33", "c1", "2025-02-28", "1"],
    ],
    "clients": [[f"c{number}", ["x", "y", ""][number % 3], ["2025-01-17", "2025-01-31", "2025-03-31", ""][number % 4]]
                for number in range(8)],
}  # fmt: skip


def crafted(folder: Path) -> list[Case]:
    """The crafted cases, their data written into a folder."""
    files: dict[str, Path] = {}
    for name, records in DATA.items():
        header = HEADERS[name][: len(records[0])]
        files[name] = folder / f"{name}.csv"
        files[name].write_text("\n".join(",".join(line) for line in [header, *records]) + "\n", encoding="utf-8")
    return [Case(f"{CONTRACT}metrics:\n{''.join(metrics)}", files, date(2025, 6, 30)) for metrics in SPECS.values()]
