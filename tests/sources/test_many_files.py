"""A source in several files: patterns, one file a provider or month, and what is missing when one did not come."""

from datetime import date
from pathlib import Path

import pytest

from acmspec import api
from tests.sources.world import rows, run, spec

JAN = rows("1,North,2025-01-05,yes,10,", "2,North,2025-02-05,no,10,")
APR = rows("3,South,2025-04-05,yes,10,", "4,North,2025-04-06,yes,5.5,")


def test_a_pattern_reads_every_file_in_order_of_name(tmp_path: Path) -> None:
    files = {"d/b.csv": APR, "d/a.csv": JAN, "d/.hidden.csv": "x", "d/~$a.csv": "x", "d/c.txt": "x"}
    done = run(tmp_path, spec("d/*.csv"), files)
    assert done.codes == []
    assert done.values()["2025-Q1", ""] == "50.0%"
    assert done.values()["2025-Q2", ""] == "100.0%"
    (table,) = done.outputs.results.tables
    assert (table.read, table.file) == (4, "d/*.csv")
    assert [(one.file, one.records) for one in table.files] == [("d/a.csv", 2), ("d/b.csv", 2)]


def test_a_list_reads_its_files(tmp_path: Path) -> None:
    done = run(tmp_path, spec("[b.csv, a.csv]"), {"a.csv": JAN, "b.csv": APR})
    assert done.codes == []
    assert [one.file for one in done.outputs.results.tables[0].files] == ["b.csv", "a.csv"]


def test_columns_may_stand_in_another_order_and_more_of_them_is_told(tmp_path: Path) -> None:
    other = rows("yes,2025-04-05,South,3,10,,x", head="helped,asked,Provider,id,minutes,note,extra")
    done = run(tmp_path, spec("'*.csv'"), {"a.csv": JAN, "b.csv": other})
    assert done.values()["2025-Q2", "South"] == "100.0%"
    assert done.said("ACM536") == ["b.csv: “b.csv” has “extra” besides, compared with “a.csv”"]


def test_a_file_that_lost_a_column_closes_the_gate(tmp_path: Path) -> None:
    lost = rows("3,South,2025-04-05,10,", head="id,Provider,asked,minutes,note")
    done = run(tmp_path, spec("'*.csv'"), {"a.csv": JAN, "b.csv": lost})
    assert done.codes == ["ACM410", "ACM430"]
    assert done.said("ACM410") == ["b.csv: the file has no column “helped”"]
    assert set(done.values().values()) == {"missing"}


def test_places_name_the_file_and_its_own_line(tmp_path: Path) -> None:
    bad = rows("5,South,2025-13-05,yes,10,", "1,North,2025-04-05,yes,10,")
    done = run(tmp_path, spec("'*.csv'", "accept: {invalid_records: 50%}"), {"a.csv": JAN, "b.csv": bad})
    assert done.said("ACM420") == ["b.csv:2: “2025-13-05” in column “asked” is not a date"]
    assert done.said("ACM431") == [
        "b.csv:3: the record with the key “1” has the same key and other values than the one on line 2 of “a.csv”"
    ]


def test_one_file_may_not_be_read_twice(tmp_path: Path) -> None:
    done = run(tmp_path, spec("[a.csv, '*.csv']"), {"a.csv": JAN, "b.csv": APR})
    assert done.codes == ["ACM533", "ACM430"]


def test_the_same_content_under_another_name_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, spec("'*.csv'", "duplicates: drop exact"), {"a.csv": JAN, "b.csv": JAN})
    assert done.said("ACM535") == ["b.csv: “b.csv” is the same file as “a.csv”"]


def test_a_pattern_without_files_can_not_be_opened(tmp_path: Path) -> None:
    done = run(tmp_path, spec("nowhere/*.csv"), {})
    assert done.codes == ["ACM400"]
    assert done.outputs is None


# --- one file a provider -----------------------------------------------------------------------------------------

EACH = "\n      North: north.csv\n      South: south-*.csv"


def test_a_provider_that_sent_no_file_is_missing_and_the_total_provisional(tmp_path: Path) -> None:
    done = run(tmp_path, spec(EACH), {"north.csv": JAN})
    assert done.said("ACM520") == ["south-*.csv: “south-*.csv” of “South” is not there"]
    values = done.values()
    assert (values["2025-Q1", "North"], values["2025-Q2", "South"]) == ("50.0%", "missing")
    assert values["2025-Q2", "North"] == "undefined"
    # Its agreement begins in April: nothing of it was due before.
    assert values["2025-Q1", "South"] == "undefined"
    total = next(
        one for one in done.outputs.results.metrics[0].results if one.group == () and one.period.name == "2025-Q2"
    )
    assert total.flags == ("provisional",)
    paid = {(one.provider, one.period): one.basis for one in done.outputs.settlement.lines}
    assert paid["South", "2025-Q2"] == "data not received: withheld until received"


def test_a_file_without_records_is_not_a_file_that_did_not_come(tmp_path: Path) -> None:
    done = run(tmp_path, spec(EACH), {"north.csv": JAN, "south-1.csv": rows()})
    assert done.values()["2025-Q2", "South"] == "undefined"
    assert "ACM520" not in done.codes


def test_the_file_says_the_provider_where_the_column_is_missing(tmp_path: Path) -> None:
    bare = rows("3,2025-04-05,yes,10,", head="id,asked,helped,minutes,note")
    done = run(tmp_path, spec(EACH), {"north.csv": JAN, "south-1.csv": bare})
    assert done.values()["2025-Q2", "South"] == "100.0%"


def test_a_record_of_another_provider_is_refused(tmp_path: Path) -> None:
    wrong = rows("3,South,2025-04-05,yes,10,", "9,North,2025-04-05,yes,10,")
    done = run(tmp_path, spec(EACH), {"north.csv": JAN, "south-1.csv": wrong})
    assert done.said("ACM538") == ["south-1.csv:3: “North” in column “Provider” is a record of another provider"]
    assert done.codes[-1] == "ACM430"


def test_a_provider_s_file_that_can_not_be_read_is_its_own_matter(tmp_path: Path) -> None:
    broken = b"id,Provider\n\xff\xfe\xfa"
    done = run(tmp_path, spec(EACH), {"north.csv": JAN, "south-1.csv": broken})
    assert done.codes[0] == "ACM402"
    assert "ACM430" not in done.codes
    assert (done.values()["2025-Q1", "North"], done.values()["2025-Q2", "South"]) == ("50.0%", "missing")


def test_a_pattern_may_stand_for_each_provider(tmp_path: Path) -> None:
    done = run(tmp_path, spec("'{provider}.csv'"), {"North.csv": JAN})
    assert done.values()["2025-Q2", "South"] == "missing"
    assert done.values()["2025-Q1", "North"] == "50.0%"


def test_who_has_an_agreement_and_no_entry_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, spec("\n      North: north.csv"), {"north.csv": JAN})
    assert done.values()["2025-Q3", "South"] == "missing"
    assert "ACM520" in done.codes


# --- one file a period --------------------------------------------------------------------------------------------


def test_a_month_whose_file_did_not_come_is_missing(tmp_path: Path) -> None:
    files = {f"v-2025-{month:02}.csv": rows() for month in range(1, 13) if month != 5}
    done = run(tmp_path, spec("v-{month}.csv"), files | {"v-2025-01.csv": JAN})
    assert done.said("ACM520") == ["v-2025-05.csv: “v-2025-05.csv” is not there"]
    values = done.values()
    assert (values["2025-Q1", ""], values["2025-Q2", ""], values["2025-Q3", ""]) == ("50.0%", "missing", "undefined")
    assert values["2025-Q2", "North"] == "missing"
    result = next(one for one in done.outputs.results.metrics[0].results if one.period.name == "2025-Q2")
    assert result.because == ("no file of “visits” came for 2025-05-01 to 2025-05-31",)


def test_months_whose_files_did_not_come_are_told_once(tmp_path: Path) -> None:
    first = "v-2025-02.csv"
    done = run(tmp_path, spec("v-{month}.csv"), {"v-2025-01.csv": JAN, "v-2025-12.csv": rows()})
    assert done.said("ACM520") == [
        f"{first}: “{first}” is not there, nor are the files of 9 other periods: 2025-03, 2025-04, 2025-05 and 6 more"
    ]
    files = {f"v-2025-{month:02}.csv": rows() for month in range(1, 13) if month not in {5, 7}}
    done = run(tmp_path, spec("v-{month}.csv"), files)
    assert done.said("ACM520")[0].endswith("is not there, nor is the file of 1 other period: 2025-07")


def test_files_are_due_only_once_the_table_is_complete_to_their_end(tmp_path: Path) -> None:
    files = {f"v-2025-{month:02}.csv": rows() for month in range(1, 6)}
    more = "lag: 15 days"
    early = run(tmp_path, spec("v-{month}.csv", more), files, as_of=date(2025, 7, 14))
    late = run(tmp_path, spec("v-{month}.csv", more), files, as_of=date(2025, 7, 15))
    assert early.said("ACM520") == []
    assert late.said("ACM520") == ["v-2025-06.csv: “v-2025-06.csv” is not there"]


def test_files_of_periods_after_the_data_date_are_not_read_and_earlier_ones_are(tmp_path: Path) -> None:
    files = {f"v-2025-{month:02}.csv": rows() for month in range(1, 4)}
    files |= {"v-2025-04.csv": APR, "v-2024-12.csv": rows("0,North,2024-12-05,yes,10,")}
    done = run(tmp_path, spec("v-{month}.csv"), files, as_of=date(2025, 3, 31))
    assert [one.file for one in done.outputs.results.tables[0].files] == [
        "v-2024-12.csv", "v-2025-01.csv", "v-2025-02.csv", "v-2025-03.csv",
    ]  # fmt: skip


def test_a_name_that_is_no_period_is_told(tmp_path: Path) -> None:
    files = {"v-2025-Q1.csv": JAN, "v-2025-1.csv": APR, "v-2025-Q2.csv": rows()}
    done = run(tmp_path, spec("v-{quarter}.csv"), files, as_of=date(2025, 6, 30))
    assert done.said("ACM531") == ["v-2025-1.csv: “v-2025-1.csv” fits “v-{quarter}.csv” and names no quarter"]


def test_providers_and_months_may_stand_in_one_pattern(tmp_path: Path) -> None:
    files = {f"{name}/2025-0{month}.csv": rows() for name in ("North", "South") for month in (1, 2, 3, 4, 5, 6)}
    del files["North/2025-02.csv"], files["South/2025-02.csv"], files["South/2025-06.csv"]
    done = run(tmp_path, spec("'{provider}/{month}.csv'"), files, as_of=date(2025, 6, 30))
    assert [one.partition(":")[0] for one in done.said("ACM520")] == ["North/2025-02.csv", "South/2025-06.csv"]
    values = done.values()
    assert (values["2025-Q1", "North"], values["2025-Q2", "North"]) == ("missing", "undefined")
    assert (values["2025-Q1", "South"], values["2025-Q2", "South"]) == ("undefined", "missing")


def test_a_table_that_is_looked_into_makes_results_missing_too(tmp_path: Path) -> None:
    text = spec("v.csv").replace(
        "metrics:\n",
        "  calls:\n    file: c-{month}.csv\n    noun: {one: Call, many: Calls}\n    key: call\n    date: day\n"
        "    fields: {call: text, visit: text, id: {entity: visit}, day: date}\nmetrics:\n",
        1,
    )
    text = text.replace("      id: text\n", "      id: {entity: visit}\n").replace(
        "count(visits where helped)",
        "count(visits where any(calls for same visit where day within 3 days after asked))",
    )
    files = {f"c-2025-{month:02}.csv": "call,visit,id,day\n" for month in range(1, 12)}
    done = run(tmp_path, text, files | {"v.csv": JAN})
    assert done.values()["2025-Q1", ""] == "missing"
    assert done.values()["2025-Q1", "North"] == "missing"


# --- what can't be said --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("v-{mnth}.csv", "“{mnth}” stands for nothing"),
        ("v-{month}-{year}.csv", "the path has more than one period in it"),
        ("\n      North: '{provider}.csv'", "the path has {provider} in it and is already one provider’s"),
        ("\n      Noth: n.csv", "“Noth” has a file in “visits” and no agreement"),
    ],
)
def test_patterns_that_can_not_be_followed(file: str, told: str) -> None:
    found = [one for one in api.check_text(spec(file)).diagnostics if one.severity.value == "error"]
    assert [(one.code, one.message) for one in found] == [("ACM532", told)]


def test_the_nearest_word_is_offered() -> None:
    (found,) = (one for one in api.check_text(spec("v-{mnth}.csv")).diagnostics if one.code == "ACM532")
    assert "month" in found.fix


def test_each_provider_needs_agreements() -> None:
    found = api.check_text(spec("'{provider}.csv'", agreements=""))
    assert "ACM532" in [one.code for one in found.diagnostics]


def test_the_contract_says_which_files_and_what_follows(tmp_path: Path) -> None:
    run(tmp_path, spec(EACH), {"north.csv": JAN, "south-1.csv": rows("3,South,2025-04-05,yes,10,")})
    done = api.run(tmp_path / "spec.yaml", tmp_path / "out", as_of=date(2025, 12, 31))
    text = (tmp_path / "out" / "clauses.md").read_text(encoding="utf-8")
    assert "in the files “north.csv” of North and “south-\\*.csv” of South" in text or "“south-*.csv” of South" in text
    assert "If a file that is due does not come, the results that need it are “missing”." in text
    assert done.exit_code == 0
    manifest = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert '"file": "south-1.csv"' in manifest
