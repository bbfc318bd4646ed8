"""English through the command: in, out, loosely, and what is said of a text that can't be taken."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from acmspec.api import FOUND_ERRORS, check_text, formula
from acmspec.cli import program
from tests.english.saying import WORLD

LISTED = """\
All of the following are true:
    (a) the Kind of Visit is “At home, alone”; and
    (b) either the Consent is “no” or the Visit comes late.
"""


def typed(text: str, *options: str, given: str | None = None) -> Result:
    return CliRunner().invoke(program, ["formula", text, "--in", str(WORLD), *options], input=given)


def english(text: str, *options: str) -> Result:
    """A text given on standard input."""
    return typed("-", "--from", "english", *options, given=text)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("share(at_home over visits where seen_on is known)", ()),
        ("1000 * count(done) / count(visits)", ()),
        ("home_rate[4 quarters earlier]", ()),
        ("home_rate[from contract start to 2025-06-30]", ()),
        ("average(home_rate for each month)", ()),
        ("if home_rate >= 65% then $500 * count(done) else $0", ()),
        ('kind = "home" and (not ok or late)', ("--of", "visits")),
        ("age of client.born_on on seen_on >= 18 years", ("--of", "visits")),
    ],
)
def test_what_the_command_says_the_command_reads(text: str, options: tuple[str, ...]) -> None:
    said = typed(text, *options)
    assert said.exit_code == 0, said.stderr
    for view in ("english", "type"):
        assert english(said.stdout, *options, "--to", view).stdout == typed(text, *options, "--to", view).stdout


@pytest.mark.parametrize(
    ("text", "said", "options"),
    [
        ("seen_on in quarter 2 after due_on", "in the 2nd calendar quarter after the one that holds the", True),
        ("kind in ('home', 'family')", "is one of the values “At home, alone” and “With family and friends”.", True),
        ("(hours + 2) * 3 > 9", "(The Hours of Care plus 2) multiplied by 3 is more than 9.", True),
        ("((hours + 2) * 3 + 1) * 2 > 9", "(((The Hours of Care plus 2)", True),
        ("nth(2, fine over arrests for same client by arrest)", "for the 2nd (by the Arrest Number", True),
        (
            "any(other visits as v for same client where v.seen_on <= seen_on and active in span)",
            "the V Visit is active on some day in the span of the Visit.",
            True,
        ),
        ("count(visits open on period end where urgent)", "of the Measurement Period and for which the", False),
        ("count(visits active in period where late)", "in the Measurement Period and that come late.", False),
        ("count(visits where urgent)", "The number of Visits for which the", False),
    ],
)
def test_what_could_be_taken_otherwise_is_said_in_full(text: str, said: str, options: bool) -> None:
    of = ("--of", "visits") if options else ()
    shown = typed(text.replace("arrest)", "arrest where arrested_on <= seen_on)"), *of)
    assert said in shown.stdout
    assert english(shown.stdout, *of, "--to", "canonical").exit_code == 0


def test_a_register_is_looked_into_for_the_thing_it_lists(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    named = WORLD.read_text(encoding="utf-8").replace(
        "client: {entity: client", "client: {phrase: Person, entity: client"
    )
    spec.write_text(named, encoding="utf-8")
    (tmp_path / "population.csv").write_bytes((WORLD.parent / "population.csv").read_bytes())
    text = "any(people for same client where born_on >= 2001-01-01)"
    shown = formula(text, spec, "english", of="arrests")
    assert "There is at least one Person that is the same Person for which" in shown.text
    back = formula(shown.text, spec, "canonical", of="arrests", written="english")
    assert (back.exit_code, back.text) == (0, text)


def test_a_list_comes_back_as_the_formula() -> None:
    done = english(LISTED, "--of", "visits", "--to", "canonical")
    assert (done.exit_code, done.stdout) == (0, 'kind = "home" and (not ok or late)\n')
    one_line = typed(" ".join(LISTED.split()), "--from", "english", "--of", "visits", "--to", "tree")
    assert (one_line.exit_code, one_line.stdout.splitlines()[0]) == (0, "Logic operator=and · a condition")


def test_days_that_are_named_are_spoken_by_their_names() -> None:
    """The contract's days move when it is amended, and the sentence with them."""
    said = typed("home_rate[from 2025-01-01 to contract end]").stdout
    assert "from January 1, 2025 to the last day of the Contract Term, both days included" in said
    done = english(said, "--to", "canonical")
    assert (done.exit_code, done.stdout) == (0, "home_rate[from 2025-01-01 to contract end]\n")


def test_another_wording_is_refused_with_the_right_one_and_read_loosely() -> None:
    text = "The Need Score is not 8."
    strict = english(text, "--of", "visits", "--to", "canonical")
    assert (strict.exit_code, strict.stdout) == (FOUND_ERRORS, "")
    assert "error[ACM260]" in strict.stderr
    assert "Write: The Need Score is recorded and is not 8." in strict.stderr
    loose = english(text, "--of", "visits", "--to", "canonical", "--lenient")
    assert (loose.exit_code, loose.stdout) == (0, "score != 8\n")
    assert "note[ACM261]: the wording differs, the meaning does not" in loose.stderr


def test_lenient_goes_with_english_only() -> None:
    done = typed("score >= 8", "--of", "visits", "--lenient")
    assert done.exit_code == 2
    assert "--lenient goes with --from english" in done.stderr


@pytest.mark.parametrize(
    ("text", "of", "code", "said"),
    [
        ("", "visits", "ACM252", "there is no text"),
        ("The Need Scor is at least 8.", "visits", "ACM250", "Did you mean “Need Score”?"),
        ("The Need Score is at least.", "visits", "ACM252", "breaks off after “at least”"),
        ("The Need Score is at least 8 is recorded.", "visits", "ACM252", "“is recorded” doesn't fit here"),
        ("The Charge is “theft”.", "visits", "ACM255", "“Charge” names nothing of the Visit"),
        ("The Team of the Person is “x”.", "visits", "ACM255", "“Team” names nothing of the Person"),
        ("The Visit is serious.", "visits", "ACM257", "“is serious” is not said of one Visit"),
        ("A is at least 8.", "visits", "ACM256", "the letter A is not explained below this line"),
        (LISTED.replace("(b)", "(c)"), "visits", "ACM253", "the mark “(c)” is not the next one of its list"),
        (LISTED.replace("; and", "; or"), "visits", "ACM253", "its list needs “; and” there"),
        (LISTED.splitlines()[0], "visits", "ACM253", "this leads to no list"),
        ("The number of Visits.", "visits", "ACM257", "a formula about one record is needed"),
        ("The Need Score is at least 8.", "", "ACM257", "“The Need Score” is no number that is defined for a group"),
        (
            "The share, among Visits, of those for which the Load per Person is 5.",
            "",
            "ACM255",
            "names nothing of the Visit",
        ),
        ("The Urban Rate.", "", "ACM250", "“Urban” is no word of the contract's English here"),
        ("The value for all Providers together: 5.", "", "ACM257", "only what has a name can be looked at elsewhere"),
        ("The Visit Date is after February 30, 2025.", "visits", "ACM257", "there is no day February 30, 2025"),
        ("The Need Score is at least 08.", "visits", "ACM207", "starts with a zero"),
        (f"{'(' * 70}the Need Score{')' * 70} is 1.", "visits", "ACM254", "more than 60 levels"),
        ("x" * 20_001, "visits", "ACM251", "this text has 20,001 characters"),
        (
            "There is at least one Arrest for the same Visit.",
            "visits",
            "ACM257",
            "these records don't have “Visit” in common",
        ),
        ("The Cost has a value.", "visits", "ACM257", "this is a condition on a group, and one on a record is needed"),
        (
            "A is 3, where: (a) A is the Hours of Care; and (b) B is the Cost.",
            "visits",
            "ACM256",
            "the letter B is explained and not used",
        ),
    ],
)
def test_a_text_that_can_not_be_taken_is_told_why(text: str, of: str, code: str, said: str) -> None:
    for more in ((), ("--lenient",)):
        done = english(text, *(("--of", of) if of else ()), *more)
        assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
        assert f"error[{code}]" in done.stderr
        assert said in done.stderr


def test_what_no_person_could_follow_is_refused_with_advice() -> None:
    text = " or ".join(f"hours = {number}" for number in range(9))
    done = typed(text, "--of", "visits")
    assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
    assert "error[ACM258]" in done.stderr
    assert "Name a part of the formula under `definitions`" in done.stderr


def test_a_name_that_runs_into_another_word_is_refused_rather_than_said() -> None:
    """The name of a record is chosen in the formula, so that no check of the spec can see it before."""
    text = 'any(other visits as visit_date_of for same client where visit_date_of.seen_on <= seen_on and place = "x")'
    done = typed(text, "--of", "visits")
    assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
    assert "error[ACM259]" in done.stderr
    assert "Change the name behind “as”" in done.stderr


def test_the_check_finds_what_no_person_could_follow() -> None:
    world = WORLD.read_text(encoding="utf-8")
    nine = " or ".join(f"hours = {number}" for number in range(9))
    text = world.replace("    formula: kind in safe\n", f"    formula: {nine}\n", 1)
    found = [(one.code, one.path) for one in check_text(text, str(WORLD)).diagnostics]
    assert ("ACM258", "definitions.at_home.formula") in found
