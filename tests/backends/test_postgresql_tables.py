"""A spec over tables of a PostgreSQL database: the figures of the same files, and what is said of what is wrong."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from acmspec import api
from acmspec.backends import postgresql_server
from acmspec.facts.ports import Lost
from tests.backends.small import VISITS, small

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "specs" / "examples" / "rapid_rehousing"
TABLES = ("enrollments", "clients", "referrals")
PASSWORD = "a b%c"  # noqa: S105  (of a role that lives as long as the test)


@pytest.fixture(scope="module")
def warehouse(server: str) -> Iterator[str]:
    """A database with the example's data as typed tables, and a user who may read them."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as session:
        session.execute("DROP DATABASE IF EXISTS warehouse")
        session.execute("CREATE DATABASE warehouse")
    inside = server.replace("/postgres?", "/warehouse?")
    with psycopg.connect(inside, autocommit=True) as session:
        session.execute("CREATE SCHEMA hsa")
        session.execute("CREATE ROLE reader LOGIN")
        session.execute("GRANT USAGE ON SCHEMA hsa TO reader")
        for table in TABLES:
            _fill(session, table, (EXAMPLE / "data" / f"{table}.csv").read_text(encoding="utf-8"))
        _fill(session, "visits", VISITS)
    yield inside.replace("user=acmspec", "user=reader")
    with psycopg.connect(server, autocommit=True) as session:
        session.execute("DROP DATABASE warehouse WITH (FORCE)")
        session.execute("DROP ROLE reader")


def _fill(session, table: str, text: str) -> None:
    header, *records = csv.reader(text.splitlines())
    columns = zip(header, zip(*records, strict=True), strict=True)
    typed = ", ".join(f'"{name}" {_type([one for one in cells if one])}' for name, cells in columns)
    session.execute(f"CREATE TABLE hsa.{table} ({typed})")
    with session.cursor().copy(f"COPY hsa.{table} FROM STDIN") as copy:
        # The order in which a database keeps records means nothing, so it is another one here.
        for record in reversed(records):
            copy.write_row([cell or None for cell in record])
    session.execute(f"GRANT SELECT ON hsa.{table} TO reader")


def _type(cells: list[str]) -> str:
    """The type of a column in a database, which a column with a bad cell can't have."""
    for name, read in (("integer", int), ("numeric", Decimal), ("date", date.fromisoformat)):
        try:
            list(map(read, cells))
        except (ValueError, ArithmeticError):
            continue
        return name
    return "text"


def spec_over(folder: Path, url: str, more: str = "") -> Path:
    path = folder / "spec.yaml"
    path.write_text(small(f"\n  warehouse:\n    url: {url}\n{more}".rstrip("\n"), "hsa.visits"), encoding="utf-8")
    (folder / "visits.csv").write_text(VISITS, encoding="utf-8")
    return path


def example_over(folder: Path, url: str) -> Path:
    text = (EXAMPLE / "spec.yaml").read_text(encoding="utf-8")
    for table in TABLES:
        text = text.replace(f"    file: data/{table}.csv\n", f"    table: hsa.{table}\n    connection: warehouse\n")
    path = folder / "example.yaml"
    path.write_text(text.replace("data:\n", f"connections: {{warehouse: '{url}'}}\ndata:\n", 1), encoding="utf-8")
    return path


@pytest.fixture
def asked(tmp_path: Path, warehouse: str) -> Callable[..., api.Run]:
    def run(url: str = warehouse, table: str = "hsa.visits", more: str = "", **options) -> api.Run:
        path = spec_over(tmp_path, url, more)
        path.write_text(path.read_text(encoding="utf-8").replace("hsa.visits", table), encoding="utf-8")
        return api.run(path, tmp_path / "out", threads=1, **options)

    return run


def results(folder: Path) -> str:
    return (folder / "out" / "results.csv").read_text(encoding="utf-8")


def errors(done: api.Run) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in done.diagnostics if one.severity.value == "error"]


def test_tables_give_the_figures_of_the_same_files(tmp_path, warehouse) -> None:
    done = api.run(example_over(tmp_path, warehouse), tmp_path / "out", threads=1)
    assert errors(done) == []
    for name in ("results.csv", "payments.csv"):
        assert (tmp_path / "out" / name).read_text("utf-8") == (EXAMPLE / "expected" / name).read_text("utf-8")


def test_outputs_name_table_and_database_and_no_address(asked, tmp_path, warehouse) -> None:
    assert errors(asked()) == []
    clauses = (tmp_path / "out" / "clauses.md").read_text("utf-8")
    assert "in the table “hsa.visits” of the database “Warehouse”" in clauses
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert [(one["file"], one["records"]) for one in manifest["data"]] == [("warehouse: hsa.visits", 3)]
    pages = [path.read_bytes() for path in (tmp_path / "out").iterdir()]
    assert [one for one in pages if warehouse.encode() in one or b"user=reader" in one] == []


def test_a_table_may_be_read_from_a_file_instead(asked, tmp_path) -> None:
    """Then no database is needed."""
    assert errors(asked()) == []
    of_table = results(tmp_path)
    assert errors(asked(url="postgresql://nobody@127.0.0.1:9/none", data={"visits": tmp_path / "visits.csv"})) == []
    assert results(tmp_path) == of_table


def test_an_address_on_the_command_line_replaces_that_of_the_spec(tmp_path, warehouse) -> None:
    path = spec_over(tmp_path, "postgresql://nobody@127.0.0.1:9/none")
    command = [sys.executable, "-m", "acmspec", "run", str(path), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--connection", f"warehouse={warehouse}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "error[" in done.stderr) == (0, False), done.stderr
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "error[ACM500]: “warehouse” can't be reached" in done.stderr


def test_an_unreachable_database_is_said_and_nothing_written(asked, tmp_path) -> None:
    done = asked(url="postgresql://nobody@127.0.0.1:9/none")
    assert errors(done) == [("ACM500", "“warehouse” can't be reached")]
    assert (done.exit_code, (tmp_path / "out").exists()) == (2, False)


def test_a_password_that_is_not_in_the_environment(asked, monkeypatch) -> None:
    monkeypatch.delenv("WAREHOUSE_PASSWORD", raising=False)
    done = asked(more="    password_from: WAREHOUSE_PASSWORD\n")
    assert errors(done) == [("ACM501", "“warehouse” takes its password from WAREHOUSE_PASSWORD, which is not set")]
    monkeypatch.setenv("WAREHOUSE_PASSWORD", PASSWORD)
    assert errors(asked(more="    password_from: WAREHOUSE_PASSWORD\n")) == []


def test_a_password_in_the_spec_is_refused_and_not_shown(tmp_path) -> None:
    for url in (f"postgresql://reader:{PASSWORD}@db.example/w", f"postgresql://db.example/w?password={PASSWORD}"):
        found = api.check(spec_over(tmp_path, f'"{url}"')).diagnostics
        assert "ACM510" in [one.code for one in found]
        command = [sys.executable, "-m", "acmspec", "check", str(tmp_path / "spec.yaml")]
        shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert PASSWORD not in shown.stdout + shown.stderr


def test_a_password_on_the_command_line_is_refused_and_not_shown(asked) -> None:
    done = asked(connections={"warehouse": f"postgresql://reader:{PASSWORD}@db.example/w"})
    assert [code for code, _ in errors(done)] == ["ACM510"]
    assert PASSWORD not in str(done.diagnostics)
    assert [code for code, _ in errors(asked(connections={"lake": "postgresql://db.example/w"}))] == ["ACM514"]
    assert [code for code, _ in errors(asked(connections={"warehouse": "oracle://db"}))] == ["ACM515"]


def test_a_table_that_is_not_there(asked) -> None:
    done = asked(table="hsa.people")
    assert errors(done) == [("ACM502", "the database has no table or view “hsa.people”")]
    assert done.exit_code == 2


@pytest.fixture
def keeper(server: str) -> Iterator[Callable[[str], None]]:
    """Whoever may change the database."""
    import psycopg

    with psycopg.connect(server.replace("/postgres?", "/warehouse?"), autocommit=True) as session:
        yield session.execute


def test_a_table_that_lost_a_column(asked, keeper) -> None:
    keeper('CREATE OR REPLACE VIEW hsa.fewer AS SELECT "VisitID", "Visited", "Cost" FROM hsa.visits')
    keeper("GRANT SELECT ON hsa.fewer TO reader")
    done = asked(table="hsa.fewer")
    assert ("ACM410", "the table has no column “Place”") in errors(done)
    assert done.exit_code == 1


def test_a_table_that_the_user_may_not_read(asked, keeper) -> None:
    keeper("CREATE TABLE IF NOT EXISTS hsa.secrets AS SELECT * FROM hsa.visits")
    done = asked(table="hsa.secrets")
    assert errors(done) == [("ACM503", "the user may not read “secrets”")]
    assert done.exit_code == 2


def test_a_user_whom_the_database_refuses(asked, warehouse) -> None:
    assert [code for code, _ in errors(asked(url=warehouse.replace("user=reader", "user=nobody")))] == ["ACM503"]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("numeric", "1.500", "1.5"),
        ("numeric", "NaN", "NaN"),
        ("integer", "7", "7"),
        ("money", "12.5", "12.5"),
        ("boolean", "t", "true"),
        ("date", "2025-01-31", "2025-01-31"),
        ("date", "infinity", "infinity"),
        ("timestamp", "2025-01-31 00:00", "2025-01-31"),
        ("timestamp", "2025-01-31 10:00:00.25", "2025-01-31 10:00:00.25"),
        ("timestamptz", "2025-01-31 05:00+02", "2025-01-31 03:00:00"),
        ("double precision", "3", "3"),
        ("double precision", "NaN", None),
        ("char(5)", "ab", "ab"),
        ("uuid", "a0eebc999c0b4ef8bb6d6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ],
)
def test_values_of_typed_columns_are_exact_text(postgresql, kind: str, value: str, expected: str | None) -> None:
    backend = postgresql()
    backend.make("typed", f"SELECT CAST('{value}' AS {kind}) AS v")
    schema = backend.rows("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()")[0][0]
    scan = backend.tables.open(f"{schema}.typed", "typed")
    assert backend.load("read", scan, ["v"]) == 1
    assert backend.rows("SELECT c0 FROM read") == [(expected,)]


@pytest.mark.parametrize(
    ("value", "code"),
    [("0.5::float8", "ACM505"), ("'{}'::json", "ACM504"), ("1 / (random() * 0)::int", "ACM516")],
)
def test_what_has_no_exact_text_is_refused(asked, keeper, value: str, code: str) -> None:
    keeper("DROP VIEW IF EXISTS hsa.odd")
    keeper(f'CREATE VIEW hsa.odd AS SELECT "VisitID", "Visited", {value} AS "Cost", "Place" FROM hsa.visits')
    keeper("GRANT SELECT ON hsa.odd TO reader")
    assert code in [found for found, _ in errors(asked(table="hsa.odd"))]


def test_nothing_but_temporary_tables_can_be_written(postgresql, server) -> None:
    """A view that calls a function that writes is as bad as a statement that does."""
    import psycopg

    from acmspec.facts.ports import Refused

    with psycopg.connect(server, autocommit=True) as session:
        session.execute("CREATE TABLE IF NOT EXISTS public.log (x int)")
        session.execute(
            "CREATE OR REPLACE FUNCTION public.written() RETURNS int LANGUAGE sql VOLATILE"
            " AS 'INSERT INTO public.log VALUES (1) RETURNING 1'"
        )
        session.execute("CREATE OR REPLACE VIEW public.sly AS SELECT public.written() AS x")
    backend = postgresql()
    with pytest.raises(Refused, match="25006"):
        backend.load("x", backend.tables.open("public.sly", "sly"), ["x"])
    with pytest.raises(Refused, match="25006"):
        backend.rows("INSERT INTO public.log VALUES (1) RETURNING x")
    with psycopg.connect(server) as session:
        assert session.execute("SELECT COUNT(*) FROM public.log").fetchone() == (0,)


def test_a_run_sees_one_moment_of_the_database(postgresql, server) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as session:
        session.execute("CREATE TABLE IF NOT EXISTS public.moving (x int)")
        session.execute("TRUNCATE public.moving")
        backend = postgresql()
        assert backend.load("a", backend.tables.open("public.moving", ""), ["x"]) == 0
        session.execute("INSERT INTO public.moving VALUES (1)")
        assert backend.load("b", backend.tables.open("public.moving", ""), ["x"]) == 0


def test_a_database_that_goes_away_is_lost_and_ends_the_run(postgresql, server, tmp_path, warehouse) -> None:
    import psycopg

    backend = postgresql()
    number = backend.rows("SELECT pg_backend_pid()")[0][0]
    with psycopg.connect(server, autocommit=True) as session:
        session.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))
    with pytest.raises(Lost):
        backend.rows("SELECT 1")
    outcome = api.evaluate(spec_over(tmp_path, warehouse), backend=backend)
    assert (outcome.value, [one.code for one in outcome.diagnostics if one.code == "ACM512"]) == (None, ["ACM512"])


def test_names_that_are_too_long_stay_apart(postgresql) -> None:
    backend = postgresql()
    for end in ("a", "b"):
        backend.make("x" * 70 + end, f"SELECT '{end}' AS v")
    assert backend.rows(f"SELECT v FROM {backend.dialect.name('x' * 70 + 'a')}") == [("a",)]


def test_texts_are_told_apart_and_ordered_by_code_point(postgresql) -> None:
    backend = postgresql()
    values = ["b", "B", "ä", "a", "a\\b", "a'b", "Z", "-a", "é", "\U0001f600"]
    listed = ", ".join(f"({backend.dialect.text(one)})" for one in values)
    assert [one for (one,) in backend.rows(f"SELECT v FROM (VALUES {listed}) AS w (v) ORDER BY v")] == sorted(values)


def test_what_the_driver_needs_is_said(tmp_path, warehouse) -> None:
    """Without psycopg, the message says what to install."""
    (tmp_path / "psycopg.py").write_text("raise ImportError('no psycopg')\n")
    path = spec_over(tmp_path, warehouse)
    done = subprocess.run(
        [sys.executable, "-m", "acmspec", "run", str(path), "--out", str(tmp_path / "out")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "error[ACM506]" in done.stderr
    assert "pip install 'acmspec[postgres]'" in done.stderr


def test_a_closing_on_tables_of_a_database_is_that_on_the_same_files(tmp_path, warehouse) -> None:
    from acmspec.closings.close import close
    from acmspec.closings.replay import replay
    from acmspec.closings.request import Request
    from acmspec.ledger.from_text import read
    from acmspec.ledger.tree import Signed

    lines, key = [], {"ACMSPEC_ROWS_KEY": "a passphrase"}
    spec = example_over(tmp_path, warehouse)
    for path, folder in ((spec, tmp_path / "of tables"), (EXAMPLE / "spec.yaml", tmp_path / "of files")):
        signed = Signed("Pat", "Rae", "Cyd")
        asked = Request(path, "2024-Q1", signed, date(2024, 5, 31), folder, environment=key)
        done = close(asked)
        assert done.exit_code == 0, [one.message for one in done.diagnostics]
        found = read((folder / "ledger.txt").read_bytes(), "ledger.txt").value
        assert found is not None
        lines.append(found.entries[0].lines)
    assert lines[0] == lines[1]
    # The database is not needed any more.
    text = spec.read_text(encoding="utf-8").replace(warehouse, "postgresql://nobody@127.0.0.1:9/none")
    spec.write_text(text, encoding="utf-8")
    again = replay(Request(spec, "2024-Q1", signed, ledger=tmp_path / "of tables", environment=key))
    assert again.exit_code == 0, [one.message for one in again.diagnostics]


def test_a_database_in_another_encoding_is_refused(asked, server) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as session:
        session.execute("CREATE DATABASE western TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        found = errors(asked(url=server.replace("/postgres?", "/western?")))
    finally:
        with psycopg.connect(server, autocommit=True) as session:
            session.execute("DROP DATABASE western WITH (FORCE)")
    assert found == [("ACM507", "“warehouse” keeps its texts in LATIN1, not in UTF-8")]


def test_a_server_that_is_too_old_is_refused(asked, monkeypatch) -> None:
    monkeypatch.setattr(postgresql_server, "_OLDEST", 990_000)
    ((code, message),) = errors(asked())
    assert code == "ACM507"
    assert message.startswith("“warehouse” is PostgreSQL ")


@pytest.mark.parametrize("factors", [1, 2, 3])
def test_a_number_past_38_digits_is_right_or_refused(tmp_path, keeper, warehouse, factors: int) -> None:
    """What the embedded engine stops at, this one works out: each gives the exact number or none."""
    large = "999999999999999999.25"
    keeper("DROP TABLE IF EXISTS hsa.large")
    row = f"""1 AS "VisitID", DATE '2025-01-05' AS "Visited", {large} AS "Cost", 'b' AS "Place\""""
    keeper(f"CREATE TABLE hsa.large AS SELECT {row}")
    keeper("GRANT SELECT ON hsa.large TO reader")
    path, file = spec_over(tmp_path, warehouse), tmp_path / "large.csv"
    file.write_text(f"VisitID,Visited,Cost,Place\n1,2025-01-05,{large},b\n", encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("hsa.visits", "hsa.large")
    path.write_text(text.replace("sum(cost over", f"sum({' * '.join(['cost'] * factors)} over"), encoding="utf-8")
    there, here = api.evaluate(path, threads=1), api.evaluate(path, threads=1, data={"visits": file})
    assert there.exit_code == 0
    assert there.value.results.metrics[0].results[0].value == Fraction(large) ** factors
    told = [one.code for one in here.diagnostics if one.severity.value == "error"]
    assert told == ([] if factors == 1 else ["ACM430", "ACM434"])
    assert here.value.results.metrics[0].results[0].value == (Fraction(large) if factors == 1 else None)
