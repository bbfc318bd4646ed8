"""How acmspec compares with hand-written code on the same rows: DuckDB, Polars, pandas, each in its own process.

`python benchmarks/engine.py [ROWS …]` makes the rows (1,000,000 if none are given), calculates five measures in eight
groupings four ways, holds the results against one another exactly, and prints times, memory and ratios. Polars and
pandas must be installed; what is not there is left out and said.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
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


def run(way: str, data: Path, out: Path) -> dict[str, float] | None:
    """One way in a process of its own: seconds, seconds of processors, megabytes; None if it can't be run."""
    if way in {"polars", "pandas"} and find_spec(way) is None:
        return None
    command = [sys.executable, str(HERE / "engine_ways.py"), way, str(data), str(out)]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{way} failed")
    taken = time.perf_counter() - start
    return {"seconds": taken, "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}


def compare(rows: int, folder: Path) -> None:
    """All ways on so many rows."""
    data = folder / f"{rows}.parquet"
    make(rows, data)
    print(f"\n{rows:,} rows, five measures by quarter in eight groupings")
    print(f"{'':10}{'seconds':>10}{'processor':>11}{'MB':>8}{'ratio':>8}  (processor time, acmspec = 1)")
    answers, first = {}, None
    for way in WAYS:
        out = folder / f"{way}.json"
        found = run(way, data, out)
        if found is None:
            print(f"{way:10}  not installed")
            continue
        first = first or found
        ratio = found["processor"] / first["processor"]
        print(
            f"{way:10}{found['seconds']:10.1f}{found['processor']:11.1f}{found['megabytes']:8.0f}{ratio:8.2f}",
            flush=True,
        )
        answers[way] = json.loads(out.read_text(encoding="utf-8"))
    ours = answers.pop("acmspec")
    for way, theirs in answers.items():
        different = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
        same = "the same" if not different else f"{len(different)} DIFFERENT, such as {min(different)}"
        print(f"{way}: {len(theirs):,} numbers, {same}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for number in [int(one.replace("_", "").replace(",", "")) for one in sys.argv[1:]] or DEFAULT:
            compare(number, Path(made))
