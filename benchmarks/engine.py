"""How acmspec compares with hand-written code on the same rows: DuckDB, Polars, pandas, each in its own process.

`python benchmarks/engine.py [ROWS …]` makes the rows (1,000,000 if none are given), calculates five measures in eight
groupings four ways, holds the results against one another exactly, and prints times, memory and ratios. Polars and
pandas must be installed; what is not there is left out and said. `--only acmspec --memory 2GiB` shows how costs grow
where the others would not fit: it says the seconds a million rows, too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
WAYS = ("acmspec", "duckdb", "polars", "pandas")
DEFAULT = (1_000_000,)


def make(rows: int, path: Path) -> None:
    """Stays of people with providers, in Parquet; the same bytes for the same number of rows."""
    import duckdb

    def drawn(seed: int) -> str:
        return f"(hash(i * 31 + {seed}) % 1000000007)"

    cents = f"CAST({drawn(11)} % 500000 AS DECIMAL(12, 0))"
    columns = {
        "stay_id": "i",
        "client_id": f"'C' || lpad(CAST({drawn(1)} % {max(rows * 2 // 3, 1)} AS VARCHAR), 9, '0')",
        "provider": f"'Provider ' || lpad(CAST({drawn(2)} % 40 AS VARCHAR), 2, '0')",
        "county": f"'County ' || CAST({drawn(3)} % 12 AS VARCHAR)",
        "program": f"'Program ' || CAST({drawn(4)} % 5 AS VARCHAR)",
        "race": f"CASE WHEN {drawn(5)} % 50 > 0 THEN 'Group ' || CAST({drawn(6)} % 6 AS VARCHAR) END",
        "entry_date": f"DATE '2023-07-01' + CAST({drawn(7)} % 1000 AS INTEGER)",
        "exit_date": f"CASE WHEN {drawn(8)} % 20 > 0 THEN"
        f" DATE '2023-07-01' + CAST({drawn(7)} % 1000 + 1 + {drawn(9)} % 200 AS INTEGER) END",
        "destination": f"list_extract([NULL, 'rental', 'subsidy', 'family', 'shelter', 'street', 'friends', 'friends'],"
        f" CAST({drawn(10)} % 8 + 1 AS BIGINT))",
        "score": f"CAST({drawn(12)} % 21 AS INTEGER)",
        "cost": f"CAST({cents} * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(12, 2))",
    }
    listed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {listed} FROM range({rows}) AS t(i)) TO '{path}' (FORMAT parquet)")


def run(way: str, data: Path, out: Path, memory: str | None) -> dict[str, float] | None:
    """One way in a process of its own: seconds, seconds of processors, megabytes; None if it can't be run.

    `memory` is what acmspec's engine is told to keep to; the others can't be told.
    """
    if way in {"polars", "pandas"} and find_spec(way) is None:
        return None
    command = [sys.executable, str(HERE / "engine_ways.py"), way, str(data), str(out)]
    command += [memory] if memory and way == "acmspec" else []
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{way} failed")
    taken = time.perf_counter() - start
    return {"seconds": taken, "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}


def compare(rows: int, folder: Path, ways: Sequence[str], memory: str | None) -> None:
    """So many rows, in each of the ways."""
    data = folder / f"{rows}.parquet"
    make(rows, data)
    print(f"\n{rows:,} rows, five measures by quarter in eight groupings (acmspec = 1)")
    print(f"{'':10}{'seconds':>10}{'ratio':>8}{'processor':>11}{'ratio':>8}{'MB':>8}{'s a million':>13}")
    answers, first = {}, None
    for way in ways:
        out = folder / f"{way}.json"
        found = run(way, data, out, memory)
        if found is None:
            print(f"{way:10}  not installed")
            continue
        first = first or found
        clock, processor = (found[one] / first[one] for one in ("seconds", "processor"))
        print(
            f"{way:10}{found['seconds']:10.1f}{clock:8.2f}{found['processor']:11.1f}{processor:8.2f}"
            f"{found['megabytes']:8.0f}{found['processor'] * 1e6 / rows:13.2f}",
            flush=True,
        )
        answers[way] = json.loads(out.read_text(encoding="utf-8"))
    ours = answers.pop("acmspec")
    for way, theirs in answers.items():
        different = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
        same = "the same" if not different else f"{len(different)} DIFFERENT, such as {min(different)}"
        print(f"{way}: {len(theirs):,} numbers, {same}")


def main() -> None:
    """Read what is asked, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", default=DEFAULT, type=lambda one: int(one.replace(",", "")))
    parser.add_argument("--only", choices=WAYS[:1], help="leave the others out")
    parser.add_argument("--memory", help="how much memory acmspec's engine may use: 2GiB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        for number in asked.rows:
            compare(number, Path(made), [asked.only] if asked.only else WAYS, asked.memory)


if __name__ == "__main__":
    main()
