"""Typical mistakes in data: each gives its file, place, column, value and rule, and the gate's decision."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import DataPlace, Severity
from acmspec.program.record import Column, Logic, Step
from acmspec.program.tree import Check, Roll
from acmspec.program.types import BooleanType

Run = Callable[..., Any]


def people(build: Any, **changes: Any) -> Any:
    return build.store(
        "people",
        build.column("id", column="ID", optional=False),
        build.column("born", "date"),
        build.column("visits", "integer"),
        build.column("rate", "decimal"),
        build.column("pay", "money"),
        build.column("here", "boolean"),
        build.column("kind", values=("rental", "family")),
        build.column("name", private=True),
        build.column("site", optional=False, missing=("99",)),
        **changes,
    )


HEADER = "ID,born,visits,rate,pay,here,kind,name,site\n"
GOOD = "1,2025-01-01,1,1.5,$5,yes,rental,Ann,a\n"


def run(build: Any, ran: Run, content: Any, **changes: Any) -> Any:
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    done = ran(build.program(build.measure(count), stores=(people(build, **changes),)), {"people": content})
    done.count = count
    return done


CELLS = [
    ("born", "2025-02-29", "ACM420"),
    ("born", "01/02/2025", "ACM420"),
    ("born", "2025-1-2", "ACM420"),
    ("born", "0000-01-01", "ACM420"),
    ("born", "2025-07-01 00:00:00", "ACM420"),
    ("visits", "1.0", "ACM421"),
    ("visits", "two", "ACM421"),
    ("visits", "1234567890123456789", "ACM421"),
    ("visits", "٣", "ACM421"),
    ("rate", "1e3", "ACM422"),
    ("rate", '"1,5"', "ACM422"),
    ("rate", "0.12345678901", "ACM422"),
    ("rate", "NaN", "ACM422"),
    ("pay", '"$1,23.00"', "ACM423"),
    ("pay", '"12,34"', "ACM423"),
    ("pay", "5 USD", "ACM423"),
    ("here", "maybe", "ACM424"),
    ("kind", "Rental", "ACM425"),
    ("kind", "renta", "ACM425"),
]


@pytest.mark.parametrize(("column", "value", "code"), CELLS)
def test_a_bad_cell_gives_place_column_value_and_closes_the_gate(
    build: Any, ran: Run, column: str, value: str, code: str
) -> None:
    names = HEADER.strip().split(",")
    cells = ["2", "2025-01-01", "1", "1", "1", "no", "family", '"Bo\nB"', "a"]
    bad = ["3", *cells[1:]]
    bad[names.index(column)] = value
    content = HEADER + GOOD + ",".join(cells) + "\n\n" + ",".join(bad) + "\n"
    done = run(build, ran, content)
    first, gate = done.outcome.diagnostics
    assert first.code == code
    assert first.severity is Severity.ERROR
    assert first.path == f"data.people.fields.{column}"
    assert first.place == DataPlace("data/people.csv", "line", 6, column, value.strip('"'))
    assert gate.code == "ACM430"
    table = done.facts.table("people")
    assert (table.read, table.used, table.invalid, table.open) == (3, 2, 1, False)
    assert done.facts.cells == {}


def test_good_cells_in_every_accepted_form(build: Any, ran: Run) -> None:
    rows = (
        '1, 2024-02-29 ,-5,.5,"$1,234,567.8901",TRUE,rental,,a\n'
        '2,,+007,-0.1234567890,-$3,0,family,,b\n3,2025-01-01,0,5,$-3.5,No,,x,\u00a0c\u3000\n4,9999-12-31,,,"1,000",,,,e\u0301\n'
    )
    done = run(build, ran, "\ufeff" + HEADER + rows)
    assert done.codes == []
    assert done.facts.table("people").used == 4


def test_a_required_value_that_is_missing_or_coded_as_missing(build: Any, ran: Run) -> None:
    done = run(build, ran, HEADER + GOOD + "2,,,,,,,,99\n3,,,,,,,,  \n,,,,,,,,a\n")
    found = [(one.code, one.place.number, one.place.column) for one in done.outcome.diagnostics]
    assert found == [
        ("ACM427", 5, "ID"),
        ("ACM426", 3, "site"),
        ("ACM426", 4, "site"),
        ("ACM430", None, ""),
    ]


def test_private_values_are_masked_everywhere(build: Any, ran: Run) -> None:
    table = build.store(
        "people", build.column("id", private=True, optional=False), build.column("born", "date", private=True)
    )
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    content = "id,born\nsecret,2025-13-01\nsame,2025-01-01\nsame,2025-01-02\n"
    done = ran(build.program(build.measure(count), stores=(table,)), {"people": content})
    assert [one.code for one in done.outcome.diagnostics] == ["ACM420", "ACM431", "ACM430"]
    assert done.outcome.diagnostics[0].place.value == "•••"
    for one in done.outcome.diagnostics:
        assert "secret" not in repr(one)
        assert "same," not in one.message
        assert "2025-13" not in repr(one)


def test_an_unknown_value_gets_the_nearest_one_offered(build: Any, ran: Run) -> None:
    done = run(build, ran, HEADER + "1,,,,,,renta,,a\n")
    assert "“rental”" in done.outcome.diagnostics[0].fix


def test_within_accept_bad_records_are_warnings_left_out_and_counted(build: Any, ran: Run) -> None:
    rows = "".join(f"{i},2025-01-01,{'x' if i < 2 else 1},,,,,,a\n" for i in range(200))
    done = run(build, ran, HEADER + rows, accept_invalid=Fraction(1, 100))
    assert [one.severity for one in done.outcome.diagnostics] == [Severity.WARNING] * 2
    assert done.facts.table("people").open
    assert (done.facts.table("people").read, done.facts.table("people").used) == (200, 198)
    assert done.cell(done.count, "2025-Q1").n == 198
    over = run(build, ran, HEADER + rows, accept_invalid=Fraction(99, 10_000))
    assert [one.severity for one in over.outcome.diagnostics] == [Severity.ERROR] * 3
    assert "0.99%" in over.outcome.diagnostics[-1].message


def test_only_so_many_are_shown_and_the_rest_is_counted(build: Any, ran: Run) -> None:
    done = run(build, ran, HEADER + "".join(f"{i},bad,,,,,,,a\n" for i in range(1234)))
    assert done.codes == ["ACM420"] * 21 + ["ACM430"]
    assert done.outcome.diagnostics[20].message.startswith("1,214 more")


def test_a_record_with_two_bad_cells_is_one_bad_record(build: Any, ran: Run) -> None:
    done = run(build, ran, HEADER + GOOD + "2,x,y,,,,,,a\n", accept_invalid=Fraction(1, 2))
    assert sorted(done.codes) == ["ACM420", "ACM421"]
    assert done.facts.table("people").invalid == 1


FILES = [
    (b"", "ACM404", None),
    (b"\n\n", "ACM404", None),
    ((HEADER + GOOD).encode("utf-16")[:-1], "ACM402", 2),
    ((HEADER + GOOD).encode() + "2,,,,,,,José,a\n".encode("cp1252"), "ACM402", 3),
    ((HEADER + GOOD).encode() + b"2,,,,,,,\xff\xfe,a\n", "ACM402", 3),
    ((HEADER + GOOD).encode() + b"2,,,,,,,a\0b,a\n", "ACM403", 3),
    ((HEADER + GOOD + '2,,,,,,,"x\ny",a\n3,,,,,,,x,a,b\n').encode(), "ACM405", 5),
    ((HEADER + GOOD + "2,,,\n").encode(), "ACM405", 3),
    ((HEADER + GOOD + "   \n").encode(), "ACM405", 3),
    ((HEADER + GOOD + '2,,,,,,,"Ann,a\n' + GOOD).encode(), "ACM406", 3),
    ((HEADER + GOOD + '2,,,,,,,"A"nn,a\n').encode(), "ACM406", 3),
    ((HEADER + GOOD + "2,,,,,,," + "x" * 3_000_000 + ",a\n").encode(), "ACM407", 3),
    ((HEADER + GOOD + "2,,,,,,,x,a\r\n" + GOOD).encode(), "ACM408", 3),
    (b"id,born\n1,2025-01-01\n", "ACM410", None),
    ((HEADER.strip() + ",born\n" + GOOD.strip() + ",\n").encode(), "ACM411", None),
]


@pytest.mark.parametrize(("content", "code", "line"), FILES)
def test_a_file_that_breaks_the_rules_is_diagnosed_and_closes_the_gate(
    build: Any, ran: Run, content: bytes, code: str, line: int | None
) -> None:
    done = run(build, ran, content)
    first = done.outcome.diagnostics[0]
    assert first.code == code
    assert (first.place.file, first.place.number) == ("data/people.csv", line)
    assert done.codes[-1] == "ACM430"
    table = done.facts.table("people")
    assert (table.open, table.read, len(table.sha256)) == (False, 0, 64)


def test_the_likely_encoding_is_named_with_the_character_meant(build: Any, ran: Run) -> None:
    done = run(build, ran, (HEADER + "2,,,,,,,José,a\n").encode("cp1252"))
    assert "0xE9" in done.outcome.diagnostics[0].message
    assert "“é”" in done.outcome.diagnostics[0].message


def test_a_broken_character_on_the_edge_of_a_block_is_no_fault(build: Any, ran: Run) -> None:
    start = HEADER + "1,2025-01-01,,,,,,"
    filler = "x" * (1024 * 1024 - len(start.encode()) - 1)
    done = run(build, ran, start + filler + "é,a\n")
    assert done.codes == []


def test_a_missing_column_names_the_nearest(build: Any, ran: Run) -> None:
    done = run(build, ran, HEADER.replace("visits", "visit") + GOOD)
    assert done.codes == ["ACM410", "ACM430"]
    assert "“column: visit”" in done.outcome.diagnostics[0].fix


def test_a_missing_file_and_an_unknown_format_close_the_gate(build: Any, ran: Run) -> None:
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    gone = ran(build.program(build.measure(count), stores=(people(build, file="nowhere/people.csv"),)), {})
    assert gone.codes == ["ACM400", "ACM430"]
    assert (gone.facts.table("people").sha256, gone.facts.table("people").open) == ("", False)
    odd = ran(build.program(build.measure(count), stores=(people(build),)), {"people": HEADER}, end="doc")
    assert odd.codes == ["ACM400", "ACM430"]


def test_a_file_of_a_header_only_has_no_records_and_is_open(build: Any, ran: Run) -> None:
    done = run(build, ran, HEADER)
    assert done.codes == []
    assert done.facts.table("people").open
    assert done.facts.table("people").read == 0


def test_a_file_of_a_header_only_is_told_where_somebody_is_to_be_paid(build: Any, ran: Run) -> None:
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    agreed = (build.agreement("Ferry", date(2025, 1, 1), date(2025, 12, 31)),)
    program = build.program(build.measure(count), stores=(people(build),), agreements=agreed)
    assert ran(program, {"people": HEADER}).codes == ["ACM439"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters_are_found_in_the_header_and_extra_columns_are_fine(build: Any, ran: Run, delimiter: str) -> None:
    content = (HEADER.strip() + ",more\n" + GOOD.strip() + ",x\n").replace(",", delimiter)
    done = run(build, ran, content)
    assert done.codes == []
    assert done.facts.table("people").used == 1


def test_equal_records_are_dropped_only_if_the_spec_says_so(build: Any, ran: Run) -> None:
    content = HEADER + GOOD + "2,,,,,,,,a\n" + GOOD + GOOD.replace("$5", "5.00")
    done = run(build, ran, content)
    assert done.codes == ["ACM432", "ACM432", "ACM430"]
    assert done.outcome.diagnostics[0].place == DataPlace("data/people.csv", "line", 4, "ID", "1")
    assert "line 2" in done.outcome.diagnostics[0].message
    dropped = run(build, ran, content, duplicates="drop exact")
    assert dropped.codes == []
    assert (dropped.facts.table("people").duplicates, dropped.facts.table("people").used) == (2, 2)


def test_different_records_of_one_key_always_close_the_gate(build: Any, ran: Run) -> None:
    content = HEADER + GOOD + GOOD.replace("$5", "$6")
    done = run(build, ran, content, duplicates="drop exact", accept_invalid=Fraction(1))
    assert done.codes == ["ACM431", "ACM430"]
    assert done.outcome.diagnostics[0].place.number == 3
    assert "line 2" in done.outcome.diagnostics[0].message


def test_a_check_fails_if_false_and_not_if_unknown(build: Any, ran: Run) -> None:
    visits, born = build.value("people", "visits", "integer"), build.value("people", "born", "date")
    condition = Logic("or", (build.compare(visits, ">", 0), build.compare(born, "<", date(2025, 1, 1))), BooleanType())
    check = Check(condition, "visits > 0 or born < 2025-01-01")
    rows = "1,2025-01-01,1,,,,,,a\n2,2025-01-01,0,,,,,,a\n3,,0,,,,,,a\n4,2024-01-01,0,,,,,,a\n"
    done = run(build, ran, HEADER + rows, checks=(check,), accept_invalid=Fraction(1, 4))
    assert done.codes == ["ACM428"]
    assert done.outcome.diagnostics[0].severity is Severity.WARNING
    assert done.outcome.diagnostics[0].place.number == 3
    assert check.text in done.outcome.diagnostics[0].message
    assert (done.facts.table("people").invalid, done.facts.table("people").used) == (1, 3)


def test_a_check_may_look_at_a_linked_record(build: Any, ran: Run) -> None:
    step = Step("site", Column("people", "site"), "sites")
    opened = build.value("sites", "opened", "date", steps=(step,))
    check = Check(build.compare(build.value("people", "born", "date"), ">=", opened), "born >= site.opened")
    sites = build.store("sites", build.column("site", optional=False), build.column("opened", "date"), key=("site",))
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    one = build.program(build.measure(count), stores=(people(build, checks=(check,)), sites))
    rows = "1,2024-01-01,,,,,,,a\n2,2025-01-01,,,,,,,a\n3,2025-01-01,,,,,,,b\n"
    done = ran(one, {"people": HEADER + rows, "sites": "site,opened\na,2025-01-01\n"})
    assert [(each.code, each.place.number) for each in done.outcome.diagnostics] == [("ACM428", 2), ("ACM430", None)]


def test_records_not_yet_received_are_invisible_and_counted(build: Any, ran: Run) -> None:
    table = build.store(
        "people", build.column("id", optional=False), build.column("born", "date"), build.column("loaded", "date"),
        received="loaded",
    )  # fmt: skip
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    content = (
        "id,born,loaded\n1,2025-01-01,2025-01-31\n2,2025-01-01,2025-02-01\n3,bad,2025-02-01\n"
        "1,2025-01-02,2025-02-01\n4,2025-01-01,\n"
    )
    one = build.program(build.measure(count), stores=(table,))
    before = ran(one, {"people": content}, as_of=date(2025, 1, 31))
    assert before.codes == []
    assert before.cell(count, "2025-Q1").n == 2
    quality = before.facts.table("people")
    assert (quality.read, quality.used, quality.not_received) == (5, 2, 3)
    assert sorted(set(ran(one, {"people": content}, as_of=date(2025, 2, 1)).codes)) == ["ACM420", "ACM430", "ACM431"]


def test_who_sends_nothing_for_a_whole_period_is_silent(build: Any, ran: Run) -> None:
    roll = Roll(Column("people", "site"), Column("people", "born"), Every.MONTH)
    count = build.aggregate("count", None, build.population("people", build.value("people", "born", "date")))
    agreements = (
        build.agreement("a", date(2025, 1, 1), date(2025, 12, 31)),
        build.agreement("b", date(2025, 2, 15), date(2025, 5, 31)),
        build.agreement("c", date(2025, 6, 1), date(2025, 12, 31)),
    )
    one = build.program(build.measure(count), stores=(people(build, roll=roll),), agreements=agreements)
    rows = "1,2025-01-31,,,,,,,a\n2,2025-04-01,,,,,,,a\n3,2025-03-15,,,,,,,b\n4,,,,,,,,b\n"
    done = ran(one, {"people": HEADER + rows}, as_of=date(2025, 6, 29))
    assert done.facts.table("people").silent == (
        ("a", date(2025, 2, 1), date(2025, 3, 31)),
        ("a", date(2025, 5, 1), date(2025, 5, 31)),
        ("b", date(2025, 4, 1), date(2025, 5, 31)),
    )
    assert done.codes == ["ACM435"] * 3
    assert {each.severity for each in done.outcome.diagnostics} == {Severity.WARNING}


def test_one_file_for_two_tables(build: Any, ran: Run, tmp_path: Any) -> None:
    first, second = (
        build.store(name, build.column("id", optional=False), build.column("born", "date")) for name in ("one", "two")
    )
    counts = [
        build.aggregate("count", None, build.population(t, build.value(t, "born", "date"))) for t in ("one", "two")
    ]
    measures = [build.measure(each, name=str(index)) for index, each in enumerate(counts)]
    path = tmp_path / "both.csv"
    path.write_text("id,born\n1,2025-01-01\n")
    done = ran(build.program(*measures, stores=(first, second)), {"one": path, "two": path})
    assert [done.parts(each, "2025-Q1") for each in counts] == [(1,), (1,)]
    assert len({table.sha256 for table in done.facts.tables}) == 1
