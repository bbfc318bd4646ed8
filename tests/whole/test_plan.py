"""`acmspec plan`: what it prints can be run by hand, and gives what a run gives."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from acmspec import api
from acmspec.backends.duckdb import DuckDB
from acmspec.cli import program
from acmspec.facts import from_query as facts
from acmspec.facts.numbers import text
from acmspec.query import from_program as query
from acmspec.sources import SOURCES

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing"
SPEC = EXAMPLE / "spec.yaml"
AS_OF = date(2026, 4, 15)


def test_the_plan_runs_by_hand_and_gives_what_a_run_gives() -> None:
    meaning = api.check(SPEC).value
    assert meaning is not None
    asked_of = query.plan(meaning, AS_OF)
    backend = DuckDB(threads=1)
    try:
        files = {one.name: (EXAMPLE / one.file, one.file) for one in meaning.stores}
        gathered = facts.gather(meaning, asked_of, AS_OF, backend, SOURCES, files).value
        assert gathered is not None
        shown = api.plan(SPEC).text
        for made in re.findall(r"^CREATE TABLE .*?;$", shown, re.DOTALL | re.MULTILINE):
            backend.rows(made.replace("CREATE TABLE", "CREATE OR REPLACE TABLE", 1))
        by_provider = shown[shown.index("-- by provider\n") :]
        asked = by_provider[by_provider.index("SELECT") : by_provider.index(";\n")]
        rows = backend.rows(asked)
    finally:
        backend.close()
    first = next(one for one in asked_of.gathers if one.dimensions == ("provider",))
    assert first.sql == asked
    aggregate = first.readings[0].aggregate
    for window, provider, n, *_ in rows:
        assert isinstance(window, int)
        assert n == gathered.cells[aggregate, first.windows.periods[window], ("provider",), (text(provider),)].n
    assert len(rows) > 50


def test_the_plan_names_the_columns_it_reads_and_every_breakdown() -> None:
    done = CliRunner().invoke(program, ["plan", str(SPEC), "--as-of", "2026-04-15"])
    assert done.exit_code == 0
    assert '--   "exit_date": date, column “Exit”' in done.stdout
    for by in ("all records", "provider", "client.race", "client.race, client.household"):
        assert f"-- by {by}\n" in done.stdout
    assert "who succeeded, once each, for the payment “home_payment”" in done.stdout


def test_the_plan_is_spelt_for_the_engine_asked_for() -> None:
    done = CliRunner().invoke(program, ["plan", str(SPEC), "--engine", "postgresql"])
    assert done.exit_code == 0
    assert done.stdout != CliRunner().invoke(program, ["plan", str(SPEC)]).stdout


def test_a_spec_with_errors_has_no_plan(tmp_path: Path) -> None:
    broken = tmp_path / "spec.yaml"
    broken.write_text(SPEC.read_text(encoding="utf-8").replace("over leavers)", "over leaver)"), encoding="utf-8")
    done = CliRunner().invoke(program, ["plan", str(broken)])
    assert done.exit_code == 1
    assert not done.stdout


def test_an_engine_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="duckdb"):
        api.plan(SPEC, engine="sqlite")
