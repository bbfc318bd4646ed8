"""Data frames in, data frames out: exact, or refused with the column and the row."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import acmspec
from acmspec.facts.ports import Asked, Scan
from acmspec.sources.csv_file import records_of
from acmspec.sources.frame import FrameSource
from tests.sources.world import rows, run, spec

AS_OF = dt.date(2025, 12, 31)


def visits(**changes: Any) -> pd.DataFrame:
    columns = {
        "id": [1, 2, 3],
        "Provider": ["North", "North", None],
        "asked": pd.to_datetime(["2025-01-05", "2025-02-05", None]),
        "helped": [True, False, None],
        "minutes": [Decimal("10.25"), Decimal(5), None],
        "note": ['a\n"b"', "", None],
    }  # fmt: skip
    return pd.DataFrame(columns | changes)


def evaluate(tmp_path: Path, frame: Any, more: str = "", **arguments: Any) -> acmspec.Evaluation:
    text = spec("nowhere.csv", more, "").replace("        type: date\n", "        type: date\n        optional: yes\n")
    text = text.replace("        entity: provider\n", "        entity: provider\n        optional: yes\n")
    (tmp_path / "spec.yaml").write_text(text, encoding="utf-8")
    return acmspec.evaluate(tmp_path / "spec.yaml", frames={"visits": frame}, as_of=AS_OF, **arguments)


def test_a_frame_is_read_and_results_are_frames(tmp_path: Path) -> None:
    done = evaluate(tmp_path, visits())
    assert done.diagnostics == ()
    first = done.results[(done.results.metric == "minutes") & (done.results.period == "2025-Q1")].iloc[0]
    assert (first.exact, first.value, first.rounded, first.state) == (Fraction(61, 4), 15.25, "15.25", "value")
    assert first.period_start == pd.Timestamp("2025-01-01")
    helped = done.results[(done.results.metric == "helped") & (done.results.group == "North")].iloc[0]
    assert (helped.numerator, helped.denominator, helped.vs_target) == (Fraction(1), Fraction(2), True)


def test_the_quality_of_the_data_is_a_frame(tmp_path: Path) -> None:
    done = evaluate(tmp_path, visits())
    by_kind = done.quality[done.quality.provider == ""].set_index("what")
    assert (by_kind.records["read"], by_kind.records["undated"], by_kind.records["unlinked"]) == (3, 1, 1)
    assert by_kind["last"]["newest record"] == pd.Timestamp("2025-02-05")
    assert done.quality[done.quality.provider == "North"].set_index("what").records["used"] == 2


def test_payments_are_exact_decimals(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(spec("nowhere.csv"), encoding="utf-8")
    frame = visits().iloc[:2]
    done = acmspec.evaluate(tmp_path / "spec.yaml", frames={"visits": frame}, as_of=AS_OF)
    paid = done.payments.set_index(["provider", "period"]).amount
    assert paid["North", "2025-Q1"] == Decimal("1000.00")


def test_a_frame_and_the_file_it_came_from_give_the_same(tmp_path: Path) -> None:
    content = rows("1,North,2025-01-05,yes,10.25,", "2,North,2025-02-05,no,5,")
    from_file = run(tmp_path, spec("a.csv", "", ""), {"a.csv": content})
    frame = pd.read_csv(tmp_path / "a.csv", dtype=str)
    from_frame = acmspec.evaluate(tmp_path / "spec.yaml", frames={"visits": frame}, as_of=AS_OF)
    assert from_frame.value.results.metrics == from_file.outputs.results.metrics


def test_every_kind_of_value_becomes_its_exact_text(tmp_path: Path) -> None:
    values: list[Any] = [
        "x", True, 7, Decimal("1.50"), 3.0, dt.date(2025, 1, 5), dt.datetime(2025, 1, 5, 3, 4), None, float("nan"),  # noqa: DTZ001
        pd.NaT, pd.NA, pd.Timestamp("2025-01-05"), pd.Timestamp("2025-01-05 10:00", tz="Europe/Berlin"),
        pd.Period("2025-07", freq="M"), pd.Period("2025Q3", freq="Q"),
    ]  # fmt: skip
    source = FrameSource({"t": pd.DataFrame({"a": pd.Series(values, dtype=object)})})
    scan = source.open(Path("t.frame"), "frame t", Asked(tmp_path))
    assert isinstance(scan, Scan)
    assert [cells[0] for _, cells in records_of(scan, strict=True)] == [
        "x", "true", "7", "1.50", "3", "2025-01-05", "2025-01-05 03:04:00", "", "", "", "", "2025-01-05",
        "2025-01-05 10:00:00+01:00", "2025-07", "2025Q3",
    ]  # fmt: skip


def test_midnights_are_moments_where_moments_are_meant(tmp_path: Path) -> None:
    frame = pd.DataFrame({"at": pd.to_datetime(["2025-01-05"])})
    scan = FrameSource({"t": frame}).open(Path("t.frame"), "frame t", Asked(tmp_path, moments=frozenset({"at"})))
    assert isinstance(scan, Scan)
    assert [cells for _, cells in records_of(scan)] == [["2025-01-05 00:00:00"]]


@pytest.mark.parametrize(
    ("frame", "code", "place"),
    [
        (visits(minutes=[10.0, 0.1, None]), "ACM412", "frame visits, row 2"),
        (visits(minutes=[Decimal("NaN"), Decimal("Infinity"), None]), "ACM542", "frame visits, row 2"),
        (visits(note=[["a"], "b", "c"]), "ACM542", "frame visits, row 1"),
        (visits(note=["a", "b\0", "c"]), "ACM403", "frame visits, row 2"),
        (visits().drop(columns="helped"), "ACM410", "frame visits"),
        (visits(asked=["2025-01-05", "soon", None]), "ACM420", "frame visits, row 2"),
        ([1, 2], "ACM542", "frame visits"),
    ],
)
def test_what_can_not_be_read_exactly_is_refused(tmp_path: Path, frame: Any, code: str, place: str) -> None:
    done = evaluate(tmp_path, frame)
    assert (done.diagnostics[0].code, str(done.diagnostics[0].place)) == (code, place)
    assert "0.1" not in done.diagnostics[0].message
    assert done.exit_code == 1


def test_columns_of_one_name_are_two(tmp_path: Path) -> None:
    frame = visits()
    frame["again"] = frame.note
    frame.columns = [*frame.columns[:-1], "note"]
    assert evaluate(tmp_path, frame).diagnostics[0].code == "ACM411"


def test_an_unknown_table_and_two_sources_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(spec("a.csv"), encoding="utf-8")
    unknown = acmspec.evaluate(tmp_path / "spec.yaml", frames={"visit": visits()}, as_of=AS_OF)
    assert ([one.code for one in unknown.diagnostics], unknown.exit_code) == (["ACM602"], 2)
    twice = acmspec.evaluate(tmp_path / "spec.yaml", frames={"visits": visits()}, data={"visits": "b.csv"}, as_of=AS_OF)
    assert [one.code for one in twice.diagnostics] == ["ACM543"]


def test_without_a_value_there_are_no_frames(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("acmspec: 1\n", encoding="utf-8")
    done = acmspec.evaluate(tmp_path / "spec.yaml", as_of=AS_OF)
    with pytest.raises(ValueError, match="nothing was evaluated"):
        _ = done.results
