"""The readers of files: both readers of CSV number records alike; Parquet's types become exact text."""

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.backends.duckdb import DuckDB
from acmspec.facts.ports import Asked, Refused, Scan
from acmspec.sources.csv_file import CsvFile
from acmspec.sources.parquet import ParquetFile

CELL = st.text(alphabet='ab ,;"\n\ré1', max_size=5)


@given(st.integers(1, 3), st.data(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_both_readers_of_a_csv_file_count_its_records_alike(width: int, data: Any, end: str, mark: bool) -> None:
    rows = data.draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6))
    blanks = data.draw(st.lists(st.integers(0, 2), min_size=len(rows) + 2, max_size=len(rows) + 2))
    written, starts = "\ufeff" if mark else "", []
    for number, row in enumerate([[f"h{i}" for i in range(width)], *rows]):
        written += end * blanks[number]
        if width == 1 and number > 0:
            starts += [_line(written) - back for back in range(blanks[number], 0, -1)]
        line = io.StringIO()
        csv.writer(line, lineterminator=end, quoting=csv.QUOTE_ALL).writerow(row)
        if number > 0:
            starts.append(_line(written))
        written += line.getvalue()
    written += end * blanks[-1]
    if width == 1:
        starts += [_line(written) - back for back in range(blanks[-1], 0, -1)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(written.encode())
        scan = CsvFile().open(path, "x.csv", Asked(path.parent))
        assert isinstance(scan, Scan)
        backend = DuckDB(threads=1)
        count = backend.load("x", scan, scan.columns)
        backend.close()
        assert count == len(starts)
        assert [place.number for place in CsvFile().places(scan, range(1, count + 1))] == starts


def _line(written: str) -> int:
    return written.count("\n") + written.count("\r") - written.count("\r\n") + 1


def parquet(path: Path, **columns: Any) -> Scan:
    arrow = pytest.importorskip("pyarrow")
    tables = pytest.importorskip("pyarrow.parquet")
    tables.write_table(arrow.table(columns), path)
    scan = ParquetFile().open(path, path.name, Asked(path.parent))
    assert isinstance(scan, Scan)
    return scan


def loaded(scan: Scan, *columns: str) -> list[tuple[Any, ...]]:
    backend = DuckDB(threads=1)
    try:
        backend.load("x", scan, columns)
        return list(backend.rows("SELECT * FROM x ORDER BY 1"))
    finally:
        backend.close()


def test_every_exact_type_becomes_its_text(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    scan = parquet(
        tmp_path / "x[1].parquet",
        whole=arrow.array([1, None, -(2**62)]),
        amount=arrow.array([Decimal("0.10"), Decimal("-12345678901234567890.12"), None]),
        day=arrow.array([dt.date(2024, 2, 29), None, dt.date(9999, 12, 31)]),
        stamp=arrow.array([dt.datetime(2024, 2, 29), dt.datetime(2024, 2, 29, 5), None]),  # noqa: DTZ001
        flag=arrow.array([True, False, None]),
        code=arrow.array(["x", None, "é"]).dictionary_encode(),
        gaps=arrow.array([1.0, None, -3.0]),
        nested=arrow.array([[1], [2], None]),
    )
    assert scan.columns == ("whole", "amount", "day", "stamp", "flag", "code", "gaps")
    assert loaded(scan, *scan.columns) == [
        (1, "1", "0.10", "2024-02-29", "2024-02-29", "true", "x", "1"),
        (2, None, "-12345678901234567890.12", None, "2024-02-29 05:00:00", "false", None, None),
        (3, str(-(2**62)), None, "9999-12-31", None, None, "é", "-3"),
    ]
    assert [str(place) for place in ParquetFile().places(scan, [3, 1])] == [
        "x[1].parquet, row 3",
        "x[1].parquet, row 1",
    ]


def test_floating_point_numbers_are_refused_by_name(tmp_path: Path) -> None:
    scan = parquet(tmp_path / "x.parquet", amount=[1.0, 0.1])
    with pytest.raises(Refused) as refused:
        loaded(scan, "amount")
    found = ParquetFile().diagnose(scan, str(refused.value))
    assert found.code == "ACM412"
    assert "“amount”" in found.message
    assert "0.1" not in repr(found).replace(found.cause, "")


def test_what_the_engine_refuses_without_a_known_mistake_is_said_with_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    scan = CsvFile().open(path, "x.csv", Asked(path.parent))
    assert isinstance(scan, Scan)
    found = CsvFile().diagnose(scan, "Out of paper. See the manual.")
    assert (found.code, str(found.place)) == ("ACM401", "x.csv")
    assert found.cause == "The engine says: Out of paper. See the manual."


@pytest.mark.parametrize("keep", [0, 3, 20, 0.5, 0.99])
def test_a_parquet_file_cut_short_is_said_to_be(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "x.parquet"
    parquet(path, a=list(range(1000)))
    whole = path.read_bytes()
    path.write_bytes(whole[: keep if isinstance(keep, int) else int(len(whole) * keep)])
    found = ParquetFile().open(path, "x.parquet", Asked(path.parent))
    assert not isinstance(found, Scan)
    assert (found.code, str(found.place)) == ("ACM409", "x.parquet")


def test_a_parquet_file_damaged_in_the_middle_is_diagnosed(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    scan = parquet(path, a=[f"text {i}" for i in range(1000)])
    whole = bytearray(path.read_bytes())
    whole[4:200] = b"\xff" * 196
    path.write_bytes(whole)
    with pytest.raises(Refused) as refused:
        loaded(scan, "a")
    assert ParquetFile().diagnose(scan, str(refused.value)).code == "ACM409"


@given(st.binary(max_size=300))
def test_no_footer_is_ever_a_crash(noise: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.parquet"
        path.write_bytes(b"PAR1" + noise + len(noise).to_bytes(4, "little") + b"PAR1")
        found = ParquetFile().open(path, "x.parquet", Asked(path.parent))
        assert isinstance(found, Scan) or found.code == "ACM409"


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ('"a,b";c', ("a,b", "c")),
        ("a", ("a",)),
        (" a ,\te\u0301", ("a", "é")),
        ('"a\n1",b', ("a\n1", "b")),
        ('"a""b"|c', ('a"b', "c")),
    ],
)
def test_the_header_gives_names_and_delimiter(tmp_path: Path, header: str, columns: tuple[str, ...]) -> None:
    path = tmp_path / "x.csv"
    path.write_text(header, encoding="utf-8")
    scan = CsvFile().open(path, "x.csv", Asked(path.parent))
    assert isinstance(scan, Scan)
    assert scan.columns == columns
    backend = DuckDB(threads=1)
    assert backend.load("x", scan, columns) == 0
    backend.close()


def test_a_file_of_many_blocks_is_numbered_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("i,filler\n" + "".join(f"{i},{'x' * (i % 97)}\n" for i in range(1, 400_001)))
    scan = CsvFile().open(path, "x.csv", Asked(path.parent))
    assert isinstance(scan, Scan)
    backend = DuckDB(threads=2)
    assert backend.load("x", scan, ["i"]) == 400_000
    assert backend.rows("""SELECT COUNT(*) FROM x WHERE CAST("#record" AS VARCHAR) <> c0""") == [(0,)]
    backend.close()


def test_the_csv_module_keeps_its_own_limit(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1," + "x" * 200_000 + "\n2,3\n")
    scan = CsvFile().open(path, "x.csv", Asked(path.parent))
    assert isinstance(scan, Scan)
    assert [place.number for place in CsvFile().places(scan, [2])] == [3]
    assert csv.field_size_limit() == before
