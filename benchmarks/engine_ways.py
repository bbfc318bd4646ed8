"""Five measures in eight groupings, calculated in four ways: run by engine.py, one way a process."""

import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

GROUPINGS: tuple[tuple[str, ...], ...] = (
    (),
    ("provider",),
    ("county",),
    ("program",),
    ("race",),
    ("provider", "county"),
    ("provider", "program"),
    ("county", "race"),
)
FIRST, LAST = date(2023, 7, 1), date(2026, 6, 30)
PERMANENT = ("rental", "subsidy", "family")
Answers = dict[str, str]


def key(measure: str, start: date, grouping: tuple[str, ...], group: tuple[Any, ...]) -> str:
    """The name of a number: a missing group reads the same whichever way it came."""
    shown = ["-" if one is None or one != one else str(one) for one in group]  # noqa: PLR0124  (NaN)
    return " ".join([measure, start.isoformat(), "+".join(grouping), "|".join(shown)])


def quotient(top: Any, bottom: Any) -> str:
    """An exact quotient as text."""
    return str(Fraction(top) / Fraction(bottom))


def acmspec(data: Path, memory: str | None = None) -> Answers:
    """The spec below, evaluated as the command does."""
    import gc

    from acmspec import api
    from acmspec.__main__ import RARELY
    from acmspec.backends.duckdb import DuckDB
    from acmspec.facts.from_query import gather
    from acmspec.query.from_program import plan
    from acmspec.results.from_facts import evaluate
    from acmspec.sources import SOURCES

    gc.set_threshold(*RARELY)
    program = api.check_text(SPEC.replace("«by»", BY)).value
    if program is None:
        raise SystemExit("the spec of the benchmark has errors")
    backend = DuckDB(memory=memory)
    gathered = gather(program, plan(program, LAST), LAST, backend, SOURCES, {"stays": (data, data.name)})
    if gathered.value is None:
        raise SystemExit("the data of the benchmark can't be read")
    found = evaluate(program, gathered.value)
    backend.close()
    answers: Answers = {}
    for measured in found.measures:
        for one in measured.results:
            if one.value is not None:
                name = key(measured.measure.name, one.period.first, one.breakdown, one.group)
                # A group of nobody has no number elsewhere.
                answers |= {name: str(one.value)} if one.value or measured.measure.name != "clients" else {}
    return answers


def duckdb(data: Path) -> Answers:
    """The best SQL that we can write by hand: columns read once, narrow, then one query a grouping."""
    import duckdb as engine

    connection = engine.connect()
    connection.execute(f"CREATE TABLE stays AS SELECT * FROM read_parquet('{data}')")
    if connection.execute("SELECT 1 FROM stays GROUP BY stay_id HAVING COUNT(*) > 1 LIMIT 1").fetchall():
        raise SystemExit("a key stands twice")
    kinds = ("provider", "county", "program", "race")
    for one in kinds:
        connection.execute(f"CREATE TYPE {one}_kind AS ENUM (SELECT DISTINCT {one} FROM stays WHERE {one} IS NOT NULL)")
    coded = ", ".join(f"CAST({one} AS {one}_kind) AS {one}" for one in kinds)
    permanent = f"destination IN {PERMANENT}"
    connection.execute(
        f"CREATE TABLE leavers AS SELECT date_trunc('quarter', exit_date) AS q, {coded}, {permanent} AS home,"
        " CASE WHEN exit_date + 180 > DATE '2026-06-30' THEN NULL ELSE EXISTS (SELECT 1 FROM stays AS later"
        " WHERE later.client_id = s.client_id AND later.stay_id <> s.stay_id AND later.entry_date > s.exit_date"
        f" AND later.entry_date <= s.exit_date + 180) END AS back, exit_date + 180 > DATE '{LAST}' AS waits"
        f" FROM stays AS s WHERE exit_date BETWEEN DATE '{FIRST}' AND DATE '{LAST}'"
    )
    connection.execute(
        f"CREATE TABLE entrants AS SELECT date_trunc('quarter', entry_date) AS q, {coded}, client_id, score, cost"
        f" FROM stays WHERE entry_date BETWEEN DATE '{FIRST}' AND DATE '{LAST}'"
    )
    answers: Answers = {}
    for grouping in GROUPINGS:
        by = ", ".join(("q", *grouping))
        for start, *row in connection.execute(
            f"SELECT {by}, COUNT_IF(home), COUNT(home), COUNT_IF(home AND back), COUNT_IF(home),"
            f" COUNT_IF(waits AND home IS NOT FALSE) FROM leavers GROUP BY {by}"
        ).fetchall():
            *group, homes, known, back, of, waits = row
            _leavers(answers, start, grouping, tuple(group), (homes, known, back, of, waits))
        for start, *row in connection.execute(
            f"SELECT {by}, SUM(cost), COUNT(*), MEDIAN(score), COUNT(DISTINCT client_id) FROM entrants GROUP BY {by}"
        ).fetchall():
            *group, cost, count, middle, clients = row
            _entrants(answers, start, grouping, tuple(group), (cost, count, middle, clients))
    return answers


def polars(data: Path) -> Answers:
    """Polars as its users write it."""
    import polars as pl

    stays = pl.read_parquet(data)
    if stays["stay_id"].n_unique() != stays.height:
        raise SystemExit("a key stands twice")
    leavers = stays.filter(pl.col("exit_date").is_between(FIRST, LAST)).with_columns(
        q=pl.col("exit_date").dt.truncate("1q"),
        home=pl.col("destination").is_in(PERMANENT),
        until=pl.col("exit_date") + pl.duration(days=180),
    )
    later = stays.select("client_id", pl.col("stay_id").alias("other"), "entry_date")
    met = leavers.filter("home").select("client_id", "stay_id", "exit_date", "until").join(later, on="client_id")
    back = met.filter(
        (pl.col("other") != pl.col("stay_id"))
        & (pl.col("entry_date") > pl.col("exit_date"))
        & (pl.col("entry_date") <= pl.col("until"))
    )
    came = back.select("stay_id").unique().with_columns(back=pl.lit(value=True))
    leavers = leavers.join(came, on="stay_id", how="left").with_columns(
        back=pl.col("back").fill_null(value=False), waits=pl.col("until") > LAST
    )
    entrants = stays.filter(pl.col("entry_date").is_between(FIRST, LAST)).with_columns(
        q=pl.col("entry_date").dt.truncate("1q")
    )
    answers: Answers = {}
    for grouping in GROUPINGS:
        by = ["q", *grouping]
        left = leavers.group_by(by).agg(
            pl.col("home").sum().alias("homes"),
            pl.col("home").count().alias("known"),
            (pl.col("home") & pl.col("back")).sum().alias("came"),
            pl.col("home").sum().alias("of"),
            (pl.col("waits") & pl.col("home").fill_null(value=True)).sum().alias("waiting"),
        )
        for start, *row in left.iter_rows():
            _leavers(answers, start, grouping, tuple(row[:-5]), tuple(row[-5:]))
        entered = entrants.group_by(by).agg(
            pl.col("cost").sum().alias("total"),
            pl.len().alias("count"),
            pl.col("score").median().alias("middle"),
            pl.col("client_id").n_unique().alias("clients"),
        )
        for start, *row in entered.iter_rows():
            _entrants(answers, start, grouping, tuple(row[:-4]), tuple(row[-4:]))
    return answers


def pandas(data: Path) -> Answers:
    """Pandas as an analyst writes it; money in cents, since its sums are not exact otherwise."""
    import pandas as pd

    stays = pd.read_parquet(data)
    if stays["stay_id"].duplicated().any():
        raise SystemExit("a key stands twice")
    for one in ("entry_date", "exit_date"):
        stays[one] = pd.to_datetime(stays[one])
    stays["cost"] = (stays["cost"] * 100).astype("int64")
    first, last = pd.Timestamp(FIRST), pd.Timestamp(LAST)
    leavers = stays[stays["exit_date"].between(first, last)].copy()
    leavers["q"] = leavers["exit_date"].dt.to_period("Q").dt.start_time
    known = leavers["destination"].notna()
    leavers["home"] = leavers["destination"].isin(PERMANENT)
    leavers["known"] = known
    leavers["until"] = leavers["exit_date"] + pd.Timedelta(days=180)
    later = stays[["client_id", "stay_id", "entry_date"]].rename(columns={"stay_id": "other", "entry_date": "again"})
    met = leavers.loc[leavers["home"], ["client_id", "stay_id", "exit_date", "until"]].merge(later, on="client_id")
    came = met[(met["other"] != met["stay_id"]) & (met["again"] > met["exit_date"]) & (met["again"] <= met["until"])]
    leavers["back"] = leavers["home"] & leavers["stay_id"].isin(came["stay_id"])
    leavers["waiting"] = (leavers["until"] > last) & (leavers["home"] | ~known)
    entrants = stays[stays["entry_date"].between(first, last)].copy()
    entrants["q"] = entrants["entry_date"].dt.to_period("Q").dt.start_time
    answers: Answers = {}
    for grouping in GROUPINGS:
        by = ["q", *grouping]
        left = leavers.groupby(by, dropna=False, observed=True).agg(
            homes=("home", "sum"),
            known=("known", "sum"),
            came=("back", "sum"),
            of=("home", "sum"),
            waiting=("waiting", "sum"),
        )
        for start, *row in left.reset_index().itertuples(index=False):
            _leavers(answers, start.date(), grouping, tuple(row[:-5]), tuple(int(one) for one in row[-5:]))
        entered = entrants.groupby(by, dropna=False, observed=True).agg(
            total=("cost", "sum"), count=("cost", "size"), middle=("score", "median"), clients=("client_id", "nunique")
        )
        for start, *row in entered.reset_index().itertuples(index=False):
            cents, *others = row[-4:]
            _entrants(answers, start.date(), grouping, tuple(row[:-4]), (Fraction(int(cents), 100), *others))
    return answers


def _leavers(answers: Answers, start: Any, grouping: tuple[str, ...], group: tuple[Any, ...], found: Any) -> None:
    homes, known, back, of, waits = found
    day = start.date() if hasattr(start, "date") else start
    if known:
        answers[key("exits", day, grouping, group)] = quotient(int(homes), int(known))
    # A result waits until every record has been observed for its whole time.
    if of and not waits:
        answers[key("returns", day, grouping, group)] = quotient(int(back), int(of))


def _entrants(answers: Answers, start: Any, grouping: tuple[str, ...], group: tuple[Any, ...], found: Any) -> None:
    cost, count, middle, clients = found
    day = start.date() if hasattr(start, "date") else start
    answers[key("cost", day, grouping, group)] = quotient(cost, int(count))
    answers[key("score", day, grouping, group)] = str(Fraction(middle))
    answers[key("clients", day, grouping, group)] = str(int(clients))


BY = "[provider, county, program, race, [provider, county], [provider, program], [county, race]]"
SPEC = """
acmspec: 1
contract:
  id: engine
  title: Engine
  agency: County
  term: {from: 2023-07-01, to: 2026-06-30}
  fiscal_year_starts: July
  currency: USD
  data_date: 2026-06-30
goals:
  homes: {statement: People leave for homes., population: People without homes}
data:
  stays:
    file: stays.parquet
    noun: {one: Stay, many: Stays}
    key: stay_id
    date: entry_date
    fields:
      stay_id: integer
      client_id: {entity: client}
      provider: {entity: provider}
      county: text
      program: text
      race: {type: text, optional: yes}
      entry_date: date
      exit_date: {type: date, optional: yes}
      destination: {type: text, optional: yes}
      score: integer
      cost: money
lists:
  permanent: [rental, subsidy, family]
cohorts:
  leavers:
    noun: {one: Leaver, many: Leavers}
    from: stays
    when: dated exit_date
    where: exit_date is known
metrics:
  exits:
    name: Exits
    kind: lagging
    goal: homes
    formula: share(destination in permanent over leavers)
    every: quarter
    better: higher
    missing_is: left out
    break_down_by: «by»
  cost:
    name: Cost
    kind: leading
    goal: homes
    formula: average(cost over stays)
    every: quarter
    better: lower
    round: 2 decimals
    break_down_by: «by»
  score:
    name: Score
    kind: leading
    goal: homes
    formula: median(score over stays)
    every: quarter
    better: lower
    break_down_by: «by»
  clients:
    name: Clients
    kind: leading
    goal: homes
    formula: count(distinct client_id over stays)
    every: quarter
    better: higher
    break_down_by: «by»
  returns:
    name: Returns
    kind: lagging
    goal: homes
    formula: >
      share(any(other stays as later for same client
                where later.entry_date within 180 days after exit_date)
            over leavers where destination in permanent)
    every: quarter
    better: lower
    break_down_by: «by»
"""

if __name__ == "__main__":
    _, way, data_path, out_path, *limits = sys.argv
    ways = {"acmspec": acmspec, "duckdb": duckdb, "polars": polars, "pandas": pandas}
    Path(out_path).write_text(json.dumps(ways[way](Path(data_path), *limits)), encoding="utf-8")
