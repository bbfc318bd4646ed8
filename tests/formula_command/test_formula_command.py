"""One formula shown in each way, and its mistakes shown as everywhere."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acmspec.api import FOUND_ERRORS, UNREADABLE, formula
from acmspec.cli import program

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["formula", arguments[0], "--in", str(EXAMPLE), *arguments[1:]])


HOUSED = (
    "The share, among Leavers for which the Race of the Client is recorded, "
    "of those for which the Leaver exits to a Permanent Home.\n"
)
PER_THOUSAND = """\
(1,000 multiplied by A) divided by (B plus 2), where:
    (a) A is the number of Leavers; and
    (b) B is the number of Entrants.
"""
DESTINATIONS = "a text, one of: “rental”, “subsidy”, “family”, “friends”, “shelter”, “street”, “transfer”, “deceased”\n"
TREE = """\
Compare operator=>= · a condition
  left: FieldValue scope=0 column=referrals.score · a plain number optional=True
  right: Constant value=8 · a plain number
"""
NO_RECORDS = """\
-- quarter 2026-Q2: 2026-04-01 to 2026-06-30, with data to 2026-04-15

-- a number that needs no records
"""


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("share(permanent_home over leavers where client.race is not missing)", (), HOUSED),
        ("1000 * count(leavers) / (count(entrants) + 2)", (), PER_THOUSAND),
        ("score >= 8", ("--of", "referrals"), "The Need Score is at least 8.\n"),
        ("days_to_home", ("--of", "move_ins"), "The Days to Home.\n"),
        (
            "count( leavers where  not (not came_back))",
            ("--to", "canonical"),
            "count(leavers where not not came_back)\n",
        ),
        ("share(permanent_home over leavers)", ("--to", "type"), "a share\n"),
        ("median(days_to_home over move_ins)", ("--to", "type"), "a number of days\n"),
        ("count(leavers)", ("--to", "type"), "a count of Leaver records\n"),
        ("destination", ("--of", "leavers", "--to", "type"), DESTINATIONS),
        ("score >= 8", ("--of", "referrals", "--to", "tree"), TREE),
        ("2 + 3", ("--to", "sql"), NO_RECORDS),
    ],
)
def test_a_formula_is_shown_in_each_way(text: str, options: tuple[str, ...], said: str) -> None:
    done = typed(text, *options)
    assert (done.exit_code, done.stdout, done.stderr) == (0, said, "")


def test_a_list_of_conditions_is_lettered_level_by_level() -> None:
    done = typed(
        "destination is known and entry_date > 2024-01-01 and (came_back or permanent_home or exit_date is missing)",
        "--of", "enrollments",
    )  # fmt: skip
    lines = [line.strip().split(" ")[0] for line in done.stdout.splitlines()]
    assert lines == ["All", "(a)", "(b)", "(c)", "(i)", "(ii)", "(iii)"]
    assert done.stdout.endswith("is not recorded.\n")


def test_sql_is_that_of_the_latest_period_that_has_begun() -> None:
    done = typed("share(permanent_home over leavers)", "--to", "sql", "--every", "month", "--as-of", "2025-02-28")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("-- month 2025-02: 2025-02-01 to 2025-02-28, with data to 2025-02-28\n")
    assert done.stdout.count("DATE '2025-02-01', DATE '2025-02-28'") == 1
    assert done.stdout.count("CREATE TABLE") == 1
    assert done.stdout.count(' FROM "facts 0" GROUP BY "window"') == 1


def test_sql_of_a_record_s_formula_is_that_of_its_facts() -> None:
    done = typed("came_back", "--of", "leavers", "--to", "sql")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.count("CREATE TABLE") == 1
    assert "GROUP BY" not in done.stdout.split(";")[-1]


def test_before_the_contract_there_is_nothing_to_gather() -> None:
    done = formula("count(leavers)", EXAMPLE, "sql", as_of=date(2020, 1, 1))
    assert done.text == "-- no quarter of the contract has begun by 2020-01-01: there is nothing to gather"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("share(permanent_hom over leavers)", (), "error[ACM301]: “permanent_hom” is not a name of “enrollments”"),
        ("share(permanent_home", (), "--> formula:1:1\n"),
        ("score >= 8", (), "error[ACM330]"),
        ("count(leavers)", ("--of", "referrals"), "error[ACM330]"),
        ("score >= 8", ("--of", "referal"), "there is no table or cohort “referal”"),
        ("race", ("--of", "clients", "--to", "sql"), "“clients” has no date that puts its records into periods"),
        ("", (), "error[ACM204]"),
    ],
)
def test_mistakes_are_shown_as_everywhere(text: str, options: tuple[str, ...], said: str) -> None:
    done = typed(text, *options)
    assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
    assert said in done.stderr
    assert "fix:" in done.stderr


def test_a_spec_with_errors_is_shown_with_its_own(tmp_path: Path) -> None:
    broken = tmp_path / "spec.yaml"
    broken.write_text(EXAMPLE.read_text(encoding="utf-8").replace("from: enrollments", "from: enrolments", 1), "utf-8")
    done = formula("count(enrollments)", broken)
    assert (done.text, done.exit_code) == ("", FOUND_ERRORS)
    assert {one.code for one in done.diagnostics} >= {"ACM304"}
    absent = formula("count(enrollments)", tmp_path / "absent.yaml")
    assert (absent.text, absent.exit_code) == ("", UNREADABLE)


def test_sql_needs_a_date(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    dateless = tmp_path / "spec.yaml"
    dateless.write_text("\n".join(one for one in text.splitlines() if "data_date:" not in one) + "\n", "utf-8")
    done = formula("count(enrollments)", dateless, "sql")
    assert ([one.code for one in done.diagnostics], done.exit_code) == (["ACM601"], UNREADABLE)


def test_a_formula_that_begins_with_a_minus_is_no_option() -> None:
    refused = typed("-score > 3", "--of", "referrals")
    assert refused.exit_code == UNREADABLE
    assert 'write `--` before the formula: acmspec formula --in SPEC -- "-score > 3"' in refused.stderr
    taken = CliRunner().invoke(
        program, ["formula", "--in", str(EXAMPLE), "--of", "referrals", "--to", "canonical", "--", "-score > 3"]
    )
    assert (taken.exit_code, taken.stdout) == (0, "-score > 3\n")
    misspelt = typed("score > 3", "--off", "referrals")
    assert "No such option" in misspelt.stderr
    assert "--off" in misspelt.stderr
