"""`acmspec prove`: what the example can pay, worked out here by hand, and what is said where nothing is paid."""

from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner

from acmspec import api
from acmspec.cli import program
from acmspec.program.exposure import Exposure
from tests.whole.command import EXAMPLE

CAP_OF_A_YEAR, CAP_OF_A_QUARTER, BONUS = 190_000, 65_000, 9_000
PROVIDERS = 8


def rows(text: str, section: str) -> dict[str, list[str]]:
    part = text.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in lines[2:]}


def without_worked_cases(text: str) -> str:
    """The example without the worked cases, which follow from its own terms."""
    start = text.index("\nexamples:")
    return text[:start] + text[text.index("\n# --- ", start) :]


def test_the_example_pays_no_more_than_its_caps_leave() -> None:
    done = CliRunner().invoke(program, ["prove", str(EXAMPLE)])
    assert done.exit_code == 0
    # Half of fiscal year 2024 is paid; then two caps a quarter and their bonuses are less than the cap of the year.
    half = 2 * (CAP_OF_A_QUARTER + BONUS)
    years = rows(done.stdout, "By fiscal year")
    assert years["FY2024"] == ["$0.00", f"${half * PROVIDERS:,}.00", f"${half * PROVIDERS:,}.00"]
    assert years["FY2025"][1] == f"${CAP_OF_A_YEAR * PROVIDERS:,}.00"
    providers = rows(done.stdout, "By provider")
    owed = half + 2 * CAP_OF_A_YEAR
    assert providers["Cedar Street"] == ["$0.00", f"${owed:,}.00", "$900,000.00", f"${owed:,}.00"]
    assert providers["Riverbend"] == ["$0.00", f"${owed:,}.00", "$150,000.00", "$150,000.00"]
    payable = 5 * owed + 500_000 + 400_000 + 150_000
    assert f"at least $0.00 and at most ${payable:,}.00. Its maximum is $4,800,000.00." in done.stdout


def test_what_a_step_moves_is_said_as_a_share_of_a_year() -> None:
    steps = CliRunner().invoke(program, ["prove", str(EXAMPLE)]).stdout.split("## Steps\n")[1]
    least = min(Fraction(148_000), Fraction(150_000))
    assert f"| $5,000.00 | {float(round(5_000 / least * 100, 1))}% |" in steps


def test_a_ramp_steps_only_at_its_threshold(tmp_path: Path) -> None:
    text = without_worked_cases(EXAMPLE.read_text(encoding="utf-8"))
    start = text.index("      bands:\n        - below: 8%")
    end = text.index("      on:\n", start)
    lower, upper = (f"        result: {at}\n        pay: {pay}\n" for at, pay in (("8%", "$9,000"), ("12%", "$4,000")))
    ends = f"      lower:\n{lower}      upper:\n{upper}"
    spec = tmp_path / "spec.yaml"
    ramp = text[:start] + ends + text[end:]
    spec.write_text(ramp.replace("kind: tiered bonus", "kind: threshold and ramp"), encoding="utf-8")
    done = CliRunner().invoke(program, ["prove", str(spec)])
    assert done.exit_code == 0, done.output
    assert "| staying_bonus | at most 12%: $4,000.00 | above 12%: $0.00 | $4,000.00 |" in done.stdout
    assert done.stdout.count("| $9,000.00 |") == PROVIDERS


def test_the_whole_is_no_more_than_its_parts() -> None:
    meaning = api.check(EXAMPLE).value
    assert meaning is not None
    exposed = Exposure(meaning)
    for parts in (exposed.providers, exposed.years, exposed.terms):
        assert exposed.total.payable.most <= sum(one.payable.most for one in parts)


def test_the_page_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "proof.md"
    done = CliRunner().invoke(program, ["prove", str(EXAMPLE), "--out", str(out)])
    assert done.exit_code == 0
    assert done.stdout == f"{out}\n"
    assert out.read_text(encoding="utf-8") == CliRunner().invoke(program, ["prove", str(EXAMPLE)]).stdout
    lost = CliRunner().invoke(program, ["prove", str(EXAMPLE), "--out", str(tmp_path / "no" / "proof.md")])
    assert lost.exit_code == api.UNREADABLE
    assert "can’t be written" in lost.output


def test_a_spec_with_errors_is_not_proved(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(EXAMPLE.read_text(encoding="utf-8").replace("pay: $0\n", "pay: $20,000\n"), encoding="utf-8")
    done = CliRunner().invoke(program, ["prove", str(spec)])
    assert done.exit_code == api.FOUND_ERRORS
    assert "ACM525" in done.stderr
    assert "What can be paid" not in done.stdout


def test_where_nobody_is_paid_there_is_nothing_to_prove(tmp_path: Path) -> None:
    text = without_worked_cases(EXAMPLE.read_text(encoding="utf-8"))
    start = text.index("incentives:\n")
    end = text.index("\n# --- ", start)
    spec = tmp_path / "spec.yaml"
    unpriced = "\n".join(line for line in (text[:start] + text[end:]).splitlines() if "home_payment:" not in line)
    spec.write_text(unpriced.replace("    prices:\n", ""), encoding="utf-8")
    done = CliRunner().invoke(program, ["prove", str(spec)])
    assert "The spec has no payment terms, or no agreement to pay under." in done.stdout, done.output
