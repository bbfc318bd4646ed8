"""Whatever stands in a file, beside a spec or with its data, ends in values or in findings with a code and a place."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acmspec import api
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.display import pretty
from acmspec.ground.source import Span
from acmspec.sources.sheet import MOST_BYTES
from tests.safety.steps import steps
from tests.sources.world import rows, run, spec

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
CHECKED, RUN = (5_000, 2_000) if LONG else (150, 60)
"""How many examples are checked, and how many are run, for each test."""

PIECES = st.sampled_from(
    [
        b",", b";", b"\t", b"|", b'"', b'""', b"'", b"\n", b"\r\n", b"\r", b"\n\n", b"\x00", b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3", b"\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80", b" ", b"=1+1", b"N/A", b"NULL", b"nan", b"inf", b"-0",
        b"1e9",
        b"9" * 40, b"1,5", b"$1,0", b"$", b"+-1", b".5", b"0x1F", b"2025-02-30", b"0000-00-00", b"9999-12-31",
        b"2025-W53", b"2025-13", b"2025-Q5", b"FY0000", b"10000", b"yes", b"\xe2\x88\x921", b"\xd9\xa1", b"e\xcc\x81",
        b"x" * 3_000, b"", b"North", b"1",
    ]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(0, 400), st.one_of(st.just(0), st.integers(0, 30)), st.one_of(PIECES, st.binary(max_size=8))),
    min_size=1,
    max_size=6,
)
LISTS = """\
lists:
  good: {file: beside.csv, column: Code, label: Meaning}
calendars:
  county: {holidays: {file: beside.csv, column: Day}}
figures:
  persons: {file: beside.csv, value: Persons, by: {provider: Place, month: Month}, over_groups: sum, over_time: last}
  money: {file: beside.csv, value: Money, by: {fiscal_year: Fiscal}, type: money}
"""
BESIDE = """\
Code,Meaning,Day,Place,Month,Persons,Money,Fiscal
a,Good,2025-01-01,North,2025-01,120,"$1,200.50",FY2024
b,"Fair, so far",2025-07-04,North,2025-02,121,$0,FY2025
c,,2025-12-25,South,2025-01,80,-$3,FY2026
"""
DATA = rows(
    "1,North,2025-01-05,yes,10,",
    '2,North,2025-02-05,no,12.50,"a, b"',
    "3,South,2025-04-05,,0,x",
    "4,South,2025-05-06,yes,-7,“y”",
)


def _edited(content: str, edits: list[tuple[int, int, bytes]]) -> bytes:
    data = content.encode()
    for start, length, new in edits:
        at = start % (len(data) + 1)
        data = data[:at] + new + data[at + length :]
    return data


def _whole(found: tuple[Diagnostic, ...]) -> None:
    """Every finding has what a reader needs, and can be shown."""
    for one in found:
        assert one.code.startswith("ACM")
        assert one.message
        assert one.cause
        assert one.fix
        assert isinstance(one.place, DataPlace | Span), one
        assert pretty(one, color=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzzed")


def _checked(folder: Path, content: bytes) -> tuple[Diagnostic, ...]:
    (folder / "beside.csv").write_bytes(content)
    (folder / "spec.yaml").write_text(spec("a.csv").replace("metrics:\n", f"{LISTS}metrics:\n", 1), encoding="utf-8")
    found = api.check(folder / "spec.yaml").diagnostics
    _whole(found)
    return found


def test_the_files_that_are_changed_are_sound(folder: Path) -> None:
    assert [one.code for one in _checked(folder, BESIDE.encode()) if one.severity.value == "error"] == []
    done = run(folder, spec("a.csv"), {"a.csv": DATA})
    assert done.codes == []
    assert done.values()["2025-Q1", "North"] == "50.0%"


@settings(max_examples=CHECKED, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_a_changed_file_beside_a_spec_is_read_or_refused(folder: Path, edits: list[tuple[int, int, bytes]]) -> None:
    _checked(folder, _edited(BESIDE, edits))


@settings(max_examples=CHECKED)
@given(content=st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(b"".join)))
def test_any_file_beside_a_spec_is_read_or_refused(folder: Path, content: bytes) -> None:
    _checked(folder, content)


@settings(max_examples=RUN)
@given(
    edits=EDITS,
    more=st.sampled_from(["", "format: {header_row: 2}", "format: {delimiter: ;}", "format: {encoding: UTF-16}"]),
)
def test_a_changed_data_file_is_read_or_refused(folder: Path, edits: list[tuple[int, int, bytes]], more: str) -> None:
    done = run(folder, spec("a.csv", more), {"a.csv": _edited(DATA, edits)})
    _whole(done.diagnostics)
    if done.outputs is None:
        assert done.diagnostics


@settings(max_examples=RUN)
@given(content=st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(b"".join)), headed=st.booleans())
def test_any_data_file_is_read_or_refused(folder: Path, content: bytes, headed: bool) -> None:
    head = b"id,Provider,asked,helped,minutes,note\n" if headed else b""
    done = run(folder, spec("a.csv"), {"a.csv": head + content})
    _whole(done.diagnostics)
    if done.outputs is None:
        assert done.diagnostics


# --- large, and where nothing is to be read ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit", ["a", ",", '"', '""', "\n", "\r", "a,b\n", '"\n', "\x00", "é", "1;", "a,b,c,d,e,f,g,h\n"], ids=repr
)
def test_a_megabyte_of_anything_is_read_or_refused(folder: Path, unit: str) -> None:
    content = unit * (1_000_000 // len(unit))
    for head in ("", BESIDE.partition("\n")[0] + "\n"):
        assert _checked(folder, f"{head}{content}".encode())
    head = "id,Provider,asked,helped,minutes,note\n"
    for each in (content, head + content):
        _whole(run(folder, spec("a.csv"), {"a.csv": each}).diagnostics)


def test_a_file_beside_a_spec_has_a_stated_size(folder: Path) -> None:
    found = _checked(folder, BESIDE.encode() + b"," * MOST_BYTES)
    assert "ACM446" in [one.code for one in found]


@pytest.mark.parametrize(
    "made",
    [lambda size: "a,b,2025-01-01,c,2025-01,1,1,FY2025\n" * size, lambda size: "," * size, lambda size: '"' * size],
)
def test_reading_twice_as_much_takes_about_twice_the_steps(folder: Path, made: Callable[[int], str]) -> None:
    head = BESIDE.partition("\n")[0] + "\n"
    _checked(folder, BESIDE.encode())
    one, two = (steps(lambda size=size: _checked(folder, (head + made(size)).encode())) for size in (400, 800))
    assert two <= 2.5 * one


def test_the_header_is_looked_for_no_further_than_the_file_goes(folder: Path) -> None:
    def read(line: int) -> list[str]:
        return run(folder, spec("a.csv", f"format: {{header_row: {line}}}"), {"a.csv": DATA}).codes

    few, many = (steps(lambda line=line: read(line)) for line in (90, 1_000_000))
    assert many <= few + 1_000
    assert read(90)[:1] == ["ACM404"]


@pytest.mark.parametrize(
    ("content", "line"), [('"id,Provider\n1,North\n', 1), ('id,"Provider\n1,North\r2,South\n', 1), ('\n\n"\n', 3)]
)
def test_a_quotation_mark_left_open_in_the_header_is_told_at_its_line(folder: Path, content: str, line: int) -> None:
    done = run(folder, spec("a.csv"), {"a.csv": content})
    assert done.said("ACM406") == [f"a.csv:{line}: a quotation mark in the header is never closed rightly"]


def test_a_link_to_itself_can_t_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "a.csv")
    assert run(tmp_path, spec("a.csv"), {}).codes == ["ACM400"]
    text = spec("b.csv").replace("metrics:\n", "lists:\n  kept: {file: a.csv, column: code}\nmetrics:\n", 1)
    (tmp_path / "spec.yaml").write_text(text, encoding="utf-8")
    assert "ACM440" in [one.code for one in api.check(tmp_path / "spec.yaml").diagnostics]


@pytest.mark.parametrize("pattern", ["/**/*.csv", "../**/*.csv", "in/../../*.csv", "/{provider}/**"])
def test_no_search_begins_outside_the_folder(tmp_path: Path, pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def searched(*_: object, **__: object) -> list[str]:
        raise AssertionError("the disk is searched")

    monkeypatch.setattr("acmspec.facts.delivered.glob", searched)
    assert set(run(tmp_path, spec(f"'{pattern}'"), {}).codes) == {"ACM534"}
