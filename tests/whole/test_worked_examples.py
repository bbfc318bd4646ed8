"""`acmspec test`: worked examples settled, worked out here by hand, and what neither they nor the data reach."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acmspec.cli import program
from tests.program.small import changed
from tests.whole.command import EXAMPLE

Row = list[str]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["test", *map(str, arguments)])


def rows(text: str, section: str) -> list[Row]:
    part = text.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in part.splitlines() if "|" in line]
    return lines[2:]


def small(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(changed(*changes), encoding="utf-8")
    return path


def test_examples_are_settled_at_their_provider_s_price_and_under_the_caps() -> None:
    done = run(EXAMPLE)
    assert done.exit_code == 0
    said = {row[0]: row[2:] for row in rows(done.stdout, "Worked examples")}
    assert said["1"] == ["any", "46 of 84", "54.8%", "none", f"${46 * 400:,}.00"]
    assert said["2"] == ["any", "3 of 30", "10.0%", "at least 8% and below 12%", "$4,000.00"]
    assert said["3"] == ["Cedar Street", "51 of 84", "60.7%", "none", f"${51 * 420:,}.00"]
    assert said["4"][-1] == "$65,000.00"
    capped = [row for row in rows(done.stdout, "Why they pay") if row[0] == "4"]
    assert [(row[1], row[3]) for row in capped] == [
        ("home_payment", f"${170 * 400:,}.00"),
        ("cap_1", f"-${170 * 400 - 65_000:,}.00"),
    ]


def test_the_example_reaches_all_that_counts_can_and_the_data_the_rest() -> None:
    done = run(EXAMPLE, "--strict")
    assert done.exit_code == 0
    assert "Every part that can be is reached. “counts can’t” marks what only records reach." in done.stdout
    never = [row for row in rows(done.stdout, "What they reach") if row[-1] in {"none", "counts can’t"}]
    assert [row[0] for row in never] == ["Left out"] * 4
    with_data = run(EXAMPLE, "--strict", "--history")
    assert with_data.exit_code == 0
    by_data = {tuple(row[1:3]): row[3:] for row in rows(with_data.stdout, "What they reach")}
    assert by_data["permanent_exits", "the Client died"] == ["counts can’t", "reached"]
    assert by_data["staying_bonus", "at least 12%"][1] == "reached"
    assert by_data["home_payment", "undefined: nothing"][1] == "never"


def test_what_nothing_reaches_is_an_exit_code_if_asked_for(tmp_path: Path) -> None:
    path = small(tmp_path)
    assert run(path).exit_code == 0
    done = run(path, "--strict")
    assert done.exit_code == 1
    reached = {tuple(row[1:3]): row[3] for row in rows(done.stdout, "What they reach") if row[0] == "Tier"}
    assert sorted(reached.values()) == ["1", *["none"] * (len(reached) - 1)]
    assert f"No worked example reaches {done.stdout.count('| none |')} of " in done.stdout


@pytest.mark.parametrize(
    ("expected", "code", "found"),
    [("tier: below 50%", "ACM464", "falls in “at least 60%”"), ("payment: $2,000.01", "ACM465", "comes to $1,000.00")],
)
def test_an_example_that_does_not_come_out_is_refused_by_check_too(
    tmp_path: Path, expected: str, code: str, found: str
) -> None:
    path = small(tmp_path, ("      target: met\n", f"      target: met\n      {expected}\n"))
    for command in ("check", "test"):
        done = CliRunner().invoke(program, [command, str(path)])
        assert done.exit_code == 1
        assert f"error[{code}]" in done.stderr
        assert found in done.stderr


def test_a_spec_without_examples_says_so(tmp_path: Path) -> None:
    text = changed()
    path = tmp_path / "spec.yaml"
    path.write_text(text[: text.index("examples:\n")], encoding="utf-8")
    done = run(path)
    assert done.exit_code == 0
    assert "The spec has no worked examples." in done.stdout


def test_options_for_data_go_with_the_data(tmp_path: Path) -> None:
    assert run(small(tmp_path), "--as-of", "2026-01-01").exit_code == 2
    assert run(tmp_path / "nowhere.yaml").exit_code == 2
