"""Files beside a spec are read with it, hashed and held to their rules; messages name the line and the way out."""

from hashlib import sha256
from pathlib import Path

import pytest

from acmspec import api
from acmspec.sources.sheet import MOST_BYTES, MOST_RECORDS

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
INLINE = "  permanent: [rental, subsidy, family]\n"
CODES = "Code,Meaning\nrental,Rental\nsubsidy,Rental with subsidy\nfamily,Family\n"


def checked(folder, lists, **files):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(INLINE) == 1
    (folder / "spec.yaml").write_text(text.replace(INLINE, f"  permanent: {lists}\n"), encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return api.check(folder / "spec.yaml")


def the(outcome, code):
    (found,) = [one for one in outcome.diagnostics if one.code == code]
    return found


def test_a_list_from_a_file_is_the_list_written_out(tmp_path):
    outcome = checked(tmp_path, "{file: codes.csv, column: Code, label: Meaning}", codes=CODES)
    spec = outcome.value.spec
    (listed,) = spec.lists
    assert [one.value for one in listed.codes] == ["rental", "subsidy", "family"]
    assert listed.labels == (("rental", "Rental"), ("subsidy", "Rental with subsidy"), ("family", "Family"))
    (enclosure,) = spec.enclosures
    assert (enclosure.path, enclosure.file, enclosure.records) == ("lists.permanent", "codes.csv", 3)
    assert enclosure.sha256 == sha256(CODES.encode()).hexdigest()
    assert outcome.value.measures == api.check(EXAMPLE).value.measures


def test_the_file_is_looked_for_from_the_folder_of_the_spec(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    outcome = checked(tmp_path, "{file: codes.csv, column: Code}", codes=CODES)
    assert not outcome.has_errors


def test_a_missing_file_is_told_once_and_nothing_else_of_the_list(tmp_path):
    outcome = checked(tmp_path, "{file: kodes.csv, column: Code}", codes=CODES)
    found = the(outcome, "ACM440")
    assert found.place.text == "kodes.csv"
    assert found.path == "lists.permanent.file"
    assert "no such file" in found.message
    assert [one.code for one in outcome.diagnostics if one.severity.value == "error"] == ["ACM440"]


def test_a_wrong_column_is_offered_the_right_one(tmp_path):
    found = the(checked(tmp_path, "{file: codes.csv, column: Kode}", codes=CODES), "ACM441")
    assert "“Code”" in found.fix


def test_a_code_that_stands_twice_is_told_with_both_lines(tmp_path):
    twice = CODES + "rental,Once more\n"
    found = the(checked(tmp_path, "{file: codes.csv, column: Code}", codes=twice), "ACM443")
    assert (found.place.number, found.place.column, found.place.value) == (5, "Code", "rental")
    assert "line 2" in found.message


def test_many_bad_rows_are_counted_and_not_all_shown(tmp_path):
    outcome = checked(tmp_path, "{file: codes.csv, column: Code}", codes=CODES + ",blank\n" * 30)
    found = [one for one in outcome.diagnostics if one.code == "ACM444"]
    assert len(found) == 21
    assert found[-1].message.startswith("10 more of these")


def test_a_broken_file_is_told_by_the_rules_of_its_format(tmp_path):
    found = the(checked(tmp_path, "{file: codes.csv, column: Code}", codes=CODES + "a,b,c\n"), "ACM405")
    assert (found.path, found.place.number) == ("lists.permanent.file", 5)


@pytest.mark.parametrize(
    "content",
    ["Code\n" + "\n".join(f"c{at}" for at in range(MOST_RECORDS + 1)) + "\n", "Code\n" + "x" * MOST_BYTES + "\n"],
    ids=["records", "bytes"],
)
def test_a_file_has_a_bounded_size(tmp_path, content):
    assert the(checked(tmp_path, "{file: codes.csv, column: Code}", codes=content), "ACM446")


def test_another_format_is_refused_with_the_ones_that_are_known(tmp_path):
    found = the(checked(tmp_path, "{file: codes.xlsx, column: Code}"), "ACM440")
    assert ".csv" in found.cause


def test_half_a_file_s_keys_are_still_a_file_s(tmp_path):
    found = the(checked(tmp_path, "{column: Code, label: Meaning}", codes=CODES), "ACM102")
    assert "file" in found.message
