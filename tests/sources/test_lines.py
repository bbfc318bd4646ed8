"""On which line a record stands: told without parsing where every line is a record, and never told otherwise."""

import random
from pathlib import Path

import pytest

from acmspec.facts.ports import Asked, Scan
from acmspec.sources import csv_faults
from acmspec.sources.csv_faults import is_line_by_line
from acmspec.sources.csv_file import CsvFile, records_of

PIECES = ["a", "b,c", "é", " ", ",", "\n", "\n", "\n", "\r\n", "\r", '"', '"x\ny"', "\ufeff"]


@pytest.mark.parametrize("chunk", [3, 1024])
def test_a_file_is_line_by_line_only_where_parsing_finds_the_same_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(csv_faults, "_CHUNK", chunk)
    drawn, path, found = random.Random(3), tmp_path / "a.csv", 0  # noqa: S311  (no secret)
    for _ in range(1500):
        kinds = drawn.sample(PIECES, drawn.randrange(2, 6))
        text = "h,i" + drawn.choice(["\n", "\r\n"]) + "".join(drawn.choice(kinds) for _ in range(drawn.randrange(12)))
        path.write_bytes(drawn.choice(["", "\ufeff", "\n"]).encode() + text.encode())
        if is_line_by_line(path):
            lines = [line for line, _ in records_of(Scan("csv", path, "a.csv", ("h", "i")))]
            assert lines == [*range(2, 2 + len(lines))], path.read_bytes()
            found += 1
    assert found > 100


@pytest.mark.parametrize("text", ["id\n1\n2\n3\n", "id\r\n1\r\n2\r\n3", 'id\n1\n"2"\n3\n', "\ufeffid\n1\n2\n3\n"])
def test_a_place_is_the_line_in_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    for above in ("0", "4"):
        scan = Scan("csv", path, "a.csv", ("id",), (("above", above),))
        places = CsvFile().places(scan, [3, 1])
        assert [(one.unit, one.number) for one in places] == [("line", 4 + int(above)), ("line", 2 + int(above))]


@pytest.mark.parametrize("long", ['"' + "a\n" * 20_000 + '"', "b" * 40_000, '"' + "c" * 16_383 + '\n"'])
@pytest.mark.parametrize("blank", ["", "\r\n" * 9_000])
def test_a_header_may_be_longer_than_the_piece_that_is_read_first(tmp_path: Path, long: str, blank: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{blank}{long};id\n1;2\n".encode())
    scan = CsvFile().open(path, "a.csv", Asked(tmp_path))
    assert isinstance(scan, Scan)
    assert scan.columns == (long.strip('"').strip(), "id")
    assert scan.options == (("delimiter", ";"), ("skip", f"{blank.count(chr(10))}"), ("above", "0"))
