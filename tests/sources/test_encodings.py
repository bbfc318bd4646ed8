"""CSV files in other encodings, with other delimiters, with their header further down."""

from pathlib import Path

import pytest

from acmspec.ground.diagnostic import Diagnostic
from acmspec.sources.encodings import in_utf8
from tests.sources.world import rows, run, spec

TEXT = rows("1,Zürich,2025-01-05,yes,10,„a“", "2,Zürich,2025-02-05,no,10,é")


@pytest.mark.parametrize(
    ("codec", "stated"),
    [
        ("utf-8", ""), ("utf-8", "UTF-8"), ("utf-8-sig", ""), ("utf-8-sig", "UTF-8"), ("utf-16", ""),
        ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp1252", "Windows-1252"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_in_its_encoding(tmp_path: Path, codec: str, stated: str, end: str) -> None:
    more = f"format: {{encoding: {stated}}}" if stated else ""
    done = run(tmp_path, spec("a.csv", more, ""), {"a.csv": TEXT.replace("\n", end).encode(codec)})
    assert done.codes == []
    assert done.values()["2025-Q1", "Zürich"] == "50.0%"


NOT_UTF8 = "byte 0xFC on line 2 (byte 42 of the file) is not UTF-8; in Windows-1252, which is likely, it is “ü”"


@pytest.mark.parametrize(
    ("content", "stated", "told"),
    [
        (TEXT.encode(), "Windows-1252", "the spec says that the file is in Windows-1252, and it is in UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-16", "the spec says that the file is in UTF-16, and it is in UTF-8"),
        (TEXT.encode("utf-16"), "UTF-8", "the spec says that the file is in UTF-8, and it is in UTF-16"),
        (TEXT.encode("utf-16"), "Windows-1252", "the spec says that the file is in Windows-1252, and it is in UTF-16"),
        (TEXT.encode("cp1252"), "", NOT_UTF8),
        (rows("1,a\x81,2025-01-05,yes,1,").encode("latin-1"), "Windows-1252",
         "byte 0x81 on line 2 stands for nothing in Windows-1252"),
        (TEXT.encode("utf-16")[:-1], "", "line 3 is not UTF-16: the file breaks off, or is in another encoding"),
    ],
)  # fmt: skip
def test_a_file_in_another_encoding_than_stated_is_refused(
    tmp_path: Path, content: bytes, stated: str, told: str
) -> None:
    more = f"format: {{encoding: {stated}}}" if stated else ""
    done = run(tmp_path, spec("a.csv", more, ""), {"a.csv": content})
    assert [one.message for one in done.diagnostics if one.code == "ACM402"] == [told]
    assert done.codes[-1] == "ACM430"


def test_lines_are_those_of_the_file_as_sent(tmp_path: Path) -> None:
    content = rows('1,a,2025-01-05,yes,10,"two\nlines"', "2,a,2025-01-35,yes,10,").encode("utf-16")
    done = run(tmp_path, spec("a.csv", "", ""), {"a.csv": content})
    assert [str(one.place) for one in done.diagnostics if one.code == "ACM420"] == ["a.csv:4"]


def test_a_character_on_the_edge_of_a_block_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "x" * (1024 * 1024 // 2 - 2) + "𝄞" * 3 + "é"
    path.write_bytes(text.encode("utf-16"))
    made = in_utf8(path, "a.csv", "", tmp_path)
    assert not isinstance(made, Diagnostic)
    assert made.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("word", "sign"), [("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|"), (";", ";")]
)
def test_the_delimiter_stated_holds_even_if_the_header_has_more_of_others(tmp_path: Path, word: str, sign: str) -> None:
    head = sign.join(
        ["id", "Provider", "asked", "helped", "minutes", "note", '"a,b;c,d;e,f|g"', "h,i;j;k;l,m|n".replace(sign, "")]
    )
    line = sign.join(["1", "a", "2025-01-05", "yes", "10", "", "", ""])
    done = run(tmp_path, spec("a.csv", f"format: {{delimiter: '{word}'}}", ""), {"a.csv": f"{head}\n{line}\n"})
    assert done.values()["2025-Q1", "a"] == "100.0%"


def test_quoted_line_ends_and_delimiters_stay_in_their_cell(tmp_path: Path) -> None:
    content = rows('1,a,2025-01-05,yes,10,"a, ""b""\r\n\nc"', "2,a,2025-01-06,yes,10,")
    done = run(tmp_path, spec("a.csv", "", ""), {"a.csv": content})
    assert done.values()["2025-Q1", "a"] == "100.0%"
    assert done.outputs.results.tables[0].read == 2


@pytest.mark.parametrize("above", ["Report of visits\n", 'The "report\nof\n', "\n,,,,,\n", 'a,"b\n"'])
def test_the_header_may_stand_further_down(tmp_path: Path, above: str) -> None:
    above = above if above.endswith("\n") else above + "\n"
    row = above.count("\n") + 1
    content = above + rows("1,a,2025-01-05,yes,10,", "2,a,2025-01-35,yes,10,")
    more = f"format: {{header_row: {row}}}\naccept: {{invalid_records: 50%}}"
    done = run(tmp_path, spec("a.csv", more, ""), {"a.csv": content})
    assert done.values()["2025-Q1", "a"] == "100.0%"
    assert [str(one.place) for one in done.diagnostics if one.code == "ACM420"] == [f"a.csv:{row + 2}"]


def test_a_header_further_down_that_was_not_stated_is_explained(tmp_path: Path) -> None:
    done = run(tmp_path, spec("a.csv", "", ""), {"a.csv": "Visits of July,,,,,\n" + rows()})
    found = next(one for one in done.diagnostics if one.code == "ACM410")
    assert "header_row" in found.fix


def test_a_header_row_behind_the_end_is_no_header(tmp_path: Path) -> None:
    done = run(tmp_path, spec("a.csv", "format: {header_row: 9}", ""), {"a.csv": rows()})
    assert [one.message for one in done.diagnostics if one.code == "ACM404"] == ["the file has no line 9"]


def test_a_sheet_of_a_csv_file_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, spec("a.csv", "format: {sheet: Data}", ""), {"a.csv": rows()})
    assert done.codes == ["ACM537", "ACM430"]
