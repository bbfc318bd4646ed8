"""A spec over tables of a Spark session: the figures of the same files, and what is said of what is wrong."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest

from acmspec import api
from acmspec.backends import spark_server
from acmspec.facts.ports import Lost, Refused
from acmspec.query.dialect import UnsayableError
from acmspec.query.dialect_spark import SPARK
from tests.backends.small import VISITS, small

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
pytestmark = pytest.mark.xdist_group("spark")

ROWS = [
    (10, date(2025, 3, 31), Decimal("3.00"), None),
    (2, date(2025, 2, 5), Decimal("2.25"), "B"),
    (1, date(2025, 1, 5), Decimal("1.10"), "b"),
]
TYPED = "VisitID INT, Visited DATE, Cost DECIMAL(10, 2), Place STRING"


@pytest.fixture
def asked(tmp_path: Path, spark_session) -> Callable[..., api.Run]:
    spark_session.createDataFrame(ROWS, TYPED).createOrReplaceTempView("visits")
    (tmp_path / "visits.csv").write_text(VISITS, encoding="utf-8")

    def run(table: str = "visits", **options) -> api.Run:
        path = tmp_path / "spec.yaml"
        path.write_text(small('{warehouse: "spark://local"}', table), encoding="utf-8")
        return api.run(path, tmp_path / "out", threads=1, **options)

    return run


def results(folder: Path) -> str:
    return (folder / "out" / "results.csv").read_text(encoding="utf-8")


def errors(done: api.Run) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in done.diagnostics if one.severity.value == "error"]


def test_a_view_of_a_session_gives_the_figures_of_the_same_file(asked, tmp_path, spark_session) -> None:
    assert errors(asked(spark=spark_session)) == []
    of_view = results(tmp_path)
    assert errors(asked(data={"visits": tmp_path / "visits.csv"})) == []
    assert results(tmp_path) == of_view


def test_the_address_means_the_session_of_this_process(asked, tmp_path, spark_session) -> None:
    assert errors(asked(spark=spark_session)) == []
    of_session = results(tmp_path)
    assert errors(asked()) == []
    assert results(tmp_path) == of_session


def test_a_table_of_parquet_files_in_the_catalog(asked, tmp_path, spark_session) -> None:
    assert errors(asked(spark=spark_session)) == []
    of_view = results(tmp_path)
    spark_session.sql("CREATE DATABASE IF NOT EXISTS hsa")
    spark_session.table("visits").write.mode("overwrite").format("parquet").saveAsTable("hsa.visits")
    assert errors(asked(table="hsa.visits", spark=spark_session)) == []
    assert results(tmp_path) == of_view


def test_files_beside_are_read_as_ever(asked, tmp_path, spark_session) -> None:
    assert errors(asked(spark=spark_session)) == []
    of_view = results(tmp_path)
    assert errors(asked(spark=spark_session, data={"visits": tmp_path / "visits.csv"})) == []
    assert results(tmp_path) == of_view


def test_a_session_stays_as_it_was(asked, spark_session) -> None:
    def state() -> tuple[object, ...]:
        return spark_session.sql("SHOW TABLES IN global_temp").collect(), spark_session.conf.getAll

    asked()
    before = state()
    assert errors(asked(spark=spark_session)) == []
    assert state() == before
    assert spark_session.sql('SELECT "text" AS v').collect()[0].v == "text"


def test_an_error_of_the_session_is_told_as_ever_after_a_run(asked, spark_session) -> None:
    from pyspark.errors import AnalysisException

    asked(spark=spark_session)
    with pytest.raises(AnalysisException):
        spark_session.sql("SELECT nothing").collect()


def test_a_table_that_is_not_there(asked) -> None:
    done = asked(table="hsa.people")
    assert errors(done) == [("ACM502", "the catalog has no table or view “hsa.people”")]
    assert done.exit_code == 2


def test_a_table_that_lost_a_column(asked, spark_session) -> None:
    spark_session.createDataFrame(ROWS, TYPED).drop("Place").createOrReplaceTempView("fewer")
    done = asked(table="fewer")
    assert ("ACM410", "the table has no column “Place”") in errors(done)
    assert done.exit_code == 1


PARIS = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("DECIMAL(10, 3)", Decimal("1.500"), "1.5"),
        ("DECIMAL(38, 20)", Decimal("0.00000000000000000001"), "0.00000000000000000001"),
        ("INT", 7, "7"),
        ("BIGINT", -(2**63), str(-(2**63))),
        ("BOOLEAN", True, "true"),
        ("DATE", date(2025, 1, 31), "2025-01-31"),
        ("TIMESTAMP_NTZ", datetime(2025, 1, 31), "2025-01-31"),  # noqa: DTZ001  (what a clock shows)
        ("TIMESTAMP_NTZ", datetime(2025, 1, 31, 10, 0, 0, 250_000), "2025-01-31 10:00:00.25"),  # noqa: DTZ001
        ("TIMESTAMP", datetime(2025, 1, 31, 5, tzinfo=PARIS), "2025-01-31 03:00:00"),
        ("DOUBLE", 3.0, "3"),
        ("DOUBLE", float("nan"), None),
        ("STRING", "ab", "ab"),
        ("STRING COLLATE UNICODE_CI", "aB", "aB"),
        ("STRING", normalize("NFD", "é\n'ö"), "é\n'ö"),
        ("STRING", "e\u0301 a", "é a"),
    ],
)
def test_values_of_typed_columns_are_exact_text(spark, spark_session, kind, value, expected) -> None:
    spark_session.createDataFrame([(value,)], f"v {kind}").createOrReplaceTempView("typed")
    backend = spark()
    assert backend.load("read", backend.tables.open("typed", "typed"), ["v"]) == 1
    assert backend.rows("SELECT c0 FROM read") == [(expected,)]


@pytest.mark.parametrize(
    ("value", "code"),
    [("CAST(0.5 AS DOUBLE)", "ACM505"), ("array(1)", "ACM504"), ("CAST(raise_error('Jane') AS STRING)", "ACM516")],
)
def test_what_has_no_exact_text_is_refused(asked, spark_session, value: str, code: str) -> None:
    odd = f"SELECT VisitID, Visited, {value} AS Cost, Place FROM visits"
    spark_session.sql(odd).createOrReplaceTempView("odd")
    found = errors(asked(table="odd", spark=spark_session))
    assert code in [one for one, _ in found]
    assert "Jane" not in str(found)


BIG = "CAST('99999999999999999999999999999999999999' AS DECIMAL(38, 0))"
SMALL_ONE = "CAST('0.1234567890' AS DECIMAL(38, 10))"


@pytest.mark.parametrize(
    "sql",
    [
        f"{BIG} + 1", f"{BIG} * 2", f"{BIG} > {SMALL_ONE}", f"{BIG} = {SMALL_ONE}", f"{BIG} IN ({SMALL_ONE})",
        f"COALESCE({BIG}, {SMALL_ONE})", f"GREATEST({BIG}, {SMALL_ONE})", f"{BIG} * {SMALL_ONE}",
        f"SUM(x) FROM (SELECT {BIG} AS x UNION ALL SELECT {BIG}) AS t", "2147483647 + 1",
        "SUM(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1) AS t",
    ],
)  # fmt: skip
def test_a_number_that_leaves_the_range_is_refused_and_never_rounded(spark, sql: str) -> None:
    with pytest.raises(Refused) as refused:
        spark().rows(f"SELECT {sql}")
    assert refused.value.too_large


def test_a_product_with_more_decimals_than_spark_keeps_is_refused(spark) -> None:
    dialect = spark().dialect
    dialect.make_room(38)
    with pytest.raises(UnsayableError, match="39 digits"):
        dialect.make_room(39)


def test_the_first_of_others_is_numbered_in_the_order_asked_for(spark_session) -> None:
    session = spark_session.newSession()
    session.conf.set("spark.sql.maxPlanStringLength", "1000000")
    for name in ("own", "others"):
        session.sql("SELECT id, id AS at, id AS v FROM range(3)").createOrReplaceTempView(name)
    found = SPARK.placed("o.v", "others AS o WHERE o.id = own.id", ["o.at"], "DESC", 1)
    [(plan,)] = session.sql(f"EXPLAIN EXTENDED SELECT {found} AS first FROM own").collect()
    optimized = plan.split("== Optimized")[1].split("== Physical")[0]
    [order] = re.findall(r"row_number\(\) windowspecdefinition\(([^()]*), specifiedwindowframe", optimized)
    assert re.sub("#[0-9L]+", "", order).endswith("o0 DESC NULLS LAST")


def test_texts_mean_what_is_written_and_are_ordered_by_code_point(spark) -> None:
    backend = spark()
    values = ["b", "B", "ä", "a", "a\\b", "a\\nb", "a'b", "Z", "-a", "é", "${env:HOME}", "a\0b", "\U0001f600"]
    listed = ", ".join(f"({backend.dialect.text(one)})" for one in values)
    assert [one for (one,) in backend.rows(f"SELECT v FROM (VALUES {listed}) AS w (v) ORDER BY v")] == sorted(values)


def test_letters_are_brought_to_lower_case_one_by_one(spark) -> None:
    backend = spark()
    lower = backend.dialect.lower(backend.dialect.text("ÄÖİΣς𐐀ẞK"))
    assert backend.rows(f"SELECT {lower}") == [("äöiσς𐐨ßk",)]


def test_a_whole_number_of_days_is_rounded_as_everywhere(spark) -> None:
    backend = spark()
    moved = backend.dialect.moved_by("DATE '2025-01-01'", "CAST('1.5' AS DECIMAL(2, 1))", "day")
    assert backend.rows(f"SELECT {moved}") == [(date(2025, 1, 3),)]


def test_sql_opens_no_file(spark, tmp_path) -> None:
    with pytest.raises(Refused, match="TABLE_OR_VIEW_NOT_FOUND"):
        spark().rows(f"SELECT * FROM csv.`{tmp_path}`")


def test_a_session_that_was_stopped_is_lost(asked, spark, monkeypatch) -> None:
    backend = spark()

    def stopped(_: str) -> None:
        raise ConnectionRefusedError("[Errno 111] Connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(backend._session, "sql", stopped)
        with pytest.raises(Lost):
            backend.rows("SELECT 1")


def test_a_session_of_another_kind_is_refused() -> None:
    class Other:
        version = "3.5.1"

    class Remote:
        version = "4.3.0"

    for session, word in ((Other(), "4.1 is the least"), (Remote(), "Spark Connect")):
        found = spark_server.over(session)
        assert (found.code, word in found.message) == ("ACM507", True)


def test_another_address_of_spark_is_of_no_database(asked) -> None:
    assert [code for code, _ in errors(asked(connections={"warehouse": "spark://other:7077"}))] == ["ACM515"]


def test_a_local_session_is_quiet_and_ends_with_the_run(asked, tmp_path) -> None:
    """In a process without a session: nothing is said but what acmspec says."""
    asked()
    done = subprocess.run(
        [sys.executable, "-m", "acmspec", "run", str(tmp_path / "spec.yaml"), "--out", str(tmp_path / "local")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "error[ACM502]: the catalog has no table or view “visits”" in done.stderr
    assert "WARN" not in done.stderr
    assert done.stdout == ""


def test_the_plan_is_spelt_for_spark_and_says_what_it_relies_on(spark) -> None:
    shown = api.plan(EXAMPLE, engine="spark").text
    assert "\nSET spark.sql.ansi.enabled = true;\n" in shown
    assert "CREATE TEMPORARY VIEW" in shown
    assert "datediff(" in shown


@pytest.mark.parametrize("lacks", ["pyspark", "java"])
def test_what_spark_needs_is_said(tmp_path, asked, lacks: str) -> None:
    asked()
    if lacks == "pyspark":
        (tmp_path / "pyspark.py").write_text("raise ImportError('no pyspark')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "acmspec", "run", str(tmp_path / "spec.yaml"), "--out", str(tmp_path / "x")],
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join([str(tmp_path), str(ROOT), *sys.path]), "PATH": "", "JAVA_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "error[ACM506]" in done.stderr
    assert "pip install 'acmspec[spark]'" in done.stderr
