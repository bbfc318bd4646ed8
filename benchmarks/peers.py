"""How acmspec compares with two programs that agencies may have: MetricFlow for a number, datacontract for the checks.

`python benchmarks/peers.py [FOLDER]` sets both up, each in an environment of its own in the folder (a temporary one if
none is given), makes a CSV file of 200,000 records, and prints seconds of processors from start to finish, the least of
three times, and ratios. The proportions must be the same, as numbers of records above and below the line. What can't be
installed is said.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

ROWS = 200_000
ROOT = Path(__file__).parent.parent
LIKE = Path(__file__).parent / "peers"
"""What each program is told: a spec, a dbt project, a data contract."""
METRICFLOW = ("dbt-metricflow>=0.8", "dbt-core<1.11", "dbt-duckdb<1.11")
DATACONTRACT = ("datacontract-cli[duckdb]",)
CHECKS = 16
TIMES = 3

Counts = dict[tuple[str, str], tuple[int, int]]
"""Provider and month to the records above and below the line."""


def make(path: Path) -> None:
    """Stays of clients with 40 providers over the year 2025; the same bytes every time."""
    drawn = random.Random(8)  # noqa: S311  (records, not secrets)
    places = ("rental", "subsidy", "family", "shelter", "street")
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(["stay_id", "client_id", "provider", "county", "entry_date", "exit_date", "destination", "score"])
        for number in range(ROWS):
            entry = date(2025, 1, 1) + timedelta(days=drawn.randrange(365))
            left = entry + timedelta(days=drawn.randrange(200))
            provider, county = f"Provider {drawn.randrange(40):02}", f"County {drawn.randrange(12)}"
            client = f"C{drawn.randrange(10**6):06}"
            write([number, client, provider, county, entry, left, drawn.choice(places), drawn.randrange(21)])


class NotInstalledError(Exception):
    """A program that can't be set up here, with the last words of pip."""


def environment(folder: Path, name: str, packages: tuple[str, ...]) -> Path:
    """The folder of the commands of an environment with some packages; it is made if it is not there."""
    home = folder / name
    if not (home / "ready").exists():
        venv.create(home, with_pip=True)
        install = [str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *packages]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalledError((done.stderr.strip().splitlines() or ["pip failed"])[-1])
        (home / "ready").touch()
    return home / "bin"


def processor(*commands: list[str], folder: Path, more: Mapping[str, str] | None = None) -> float:
    """Seconds of processors that some commands take one after the other, with all that they start."""
    taken = 0.0
    for command in commands:
        log = folder / "log.txt"
        with log.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                command, cwd=folder, stdout=file, stderr=file, env={**os.environ, **(more or {})}
            )
            _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{' '.join(command)} failed:\n{log.read_text(encoding='utf-8')[-3000:]}")
        taken += used.ru_utime + used.ru_stime
    return taken


def least(*commands: list[str], folder: Path, more: Mapping[str, str] | None = None) -> float:
    """The least of some times: what else a computer does makes each of them longer."""
    return min(processor(*commands, folder=folder, more=more) for _ in range(TIMES))


def laid(folder: Path, name: str, data: Path) -> Path:
    """A folder with what one program is told, and the data."""
    home = folder / name
    for source in sorted((LIKE / name).rglob("*")):
        if source.is_file():
            target = home / source.relative_to(LIKE / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (home / "stays.csv").write_bytes(data.read_bytes())
    return home


def by_acmspec(folder: Path, data: Path) -> tuple[float, Counts]:
    """All outputs of a spec of one metric and 16 checks."""
    home = laid(folder, "acmspec", data)
    command = [sys.executable, "-m", "acmspec", "run", "spec.yaml", "--as-of", "2026-01-31", "--out", "out"]
    # The others are installed, which compiles them and their libraries once and for all; so is this, in its own place,
    # since with another folder for what is compiled its libraries would be compiled anew.
    more = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""}
    processor([sys.executable, "-m", "compileall", "-q", str(ROOT / "acmspec")], folder=home, more=more)
    taken = least(command, folder=home, more=more)
    results = json.loads((home / "out" / "results.json").read_text(encoding="utf-8"))
    (metric,) = results["metrics"]
    return taken, {
        (one["group"][0], one["period"]): (int(Fraction(one["numerator"])), int(Fraction(one["denominator"])))
        for one in metric["results"]
        if one["breakdown"]
    }


def by_metricflow(folder: Path, data: Path, commands: Path) -> tuple[float, Counts]:
    """The model built by dbt, and its metric queried."""
    home = laid(folder, "metricflow", data)
    asked = ["--metrics", "home_share,homes,exits", "--group-by", "stay__provider,metric_time__month"]
    more = {"DBT_PROFILES_DIR": str(home), "DBT_PROJECT_DIR": str(home), "DO_NOT_TRACK": "1"}
    build = [str(commands / "dbt"), "build", "--quiet"]
    taken = least(build, [str(commands / "mf"), "query", *asked, "--csv", "answer.csv"], folder=home, more=more)
    with (home / "answer.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return taken, {
        (one["stay__provider"], one["metric_time__month"][:7]): (int(float(one["homes"])), int(float(one["exits"])))
        for one in rows
    }


def by_datacontract(folder: Path, data: Path, commands: Path) -> float:
    """The checks of a data contract."""
    home = laid(folder, "datacontract", data)
    return least([str(commands / "datacontract"), "test", "contract.yaml"], folder=home)


def main(environments: Path, folder: Path) -> None:
    """Everything, one after the other."""
    data = folder / "stays.csv"
    make(data)
    ours, counts = by_acmspec(folder, data)
    print(f"{ROWS:,} records to a proportion by provider and month, with {CHECKS} checks; seconds of processors")
    print(f"{'acmspec':14}{ours:8.2f}")
    try:
        theirs, found = by_metricflow(folder, data, environment(environments, "metricflow", METRICFLOW))
        same = "the same numbers" if found == counts else "OTHER NUMBERS"
        print(f"{'MetricFlow':14}{theirs:8.2f}{theirs / ours:8.1f} times   {len(found)} proportions, {same}")
    except NotInstalledError as error:
        print(f"{'MetricFlow':14}  can't be installed here: {error}")
    try:
        theirs = by_datacontract(folder, data, environment(environments, "datacontract", DATACONTRACT))
        print(f"{'datacontract':14}{theirs:8.2f}{theirs / ours:8.1f} times   {CHECKS} checks")
    except NotInstalledError as error:
        print(f"{'datacontract':14}  can't be installed here: {error}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(made), Path(made))
