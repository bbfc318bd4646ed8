"""Sentences as people paste and edit them: signs of word processors are taken, other habits are answered."""

import pytest

from acmspec.api import FOUND_ERRORS
from tests.english.test_command import LISTED, english

FORMULA = 'kind = "home" and (not ok or late)\n'
ITEMS = ("the Kind of Visit is “At home, alone”; and", "either the Consent is “no” or the Visit comes late.")
LEAD = "All of the following are true:"


@pytest.mark.parametrize(
    "text",
    [
        LISTED.replace(" the ", " the\u00a0").replace("    ", "\u00a0\u2003"),
        LISTED.replace("following", "fol\u00adlowing").replace("Consent", "Con\u00adsent"),
        LISTED.replace("Consent", "Con\u200bsent"),
        f"\ufeff{LISTED}",
        LISTED.replace("“", '"').replace("”", '"'),
        LISTED.replace("“", "'").replace("”", "'"),
        LISTED.replace("“", "„").replace("”", "“"),
        LISTED.replace("“", "”"),
        LISTED.replace("“", "‘").replace("”", "’"),
        LISTED.replace("“", "«").replace("”", "»"),
        LISTED.replace("    ", "\t").replace("\n", "\r\n"),
        LISTED.replace("\n", "\v"),
        LISTED.replace("At home, alone", "At home,\n        alone"),
    ],
)
def test_signs_of_word_processors_are_no_wording(text: str) -> None:
    done = english(text, "--of", "visits", "--to", "canonical")
    assert (done.exit_code, done.stdout, done.stderr) == (0, FORMULA, "")


@pytest.mark.parametrize("sign", ["-", "−", "–"])
def test_a_minus_may_be_long(sign: str) -> None:
    done = english(f"The Need Score is at least {sign}3.", "--of", "visits", "--to", "canonical")
    assert (done.exit_code, done.stdout) == (0, "score >= -3\n")


def test_what_stands_in_quotes_stays_as_it_is() -> None:
    done = english("The Place is “a–b‑c’d”.", "--of", "visits", "--to", "canonical")
    assert (done.exit_code, done.stdout) == (0, 'place = "a–b‑c’d"\n')


@pytest.mark.parametrize("marks", [("•", "•"), ("-", "-"), ("1.", "2."), ("a.", "b."), ("a)", "b)"), ("", "")])
def test_bullets_and_numbers_are_no_marks(marks: tuple[str, str]) -> None:
    text = "\n".join([LEAD, *(f"{mark} {item}" for mark, item in zip(marks, ITEMS, strict=True))])
    for more in ((), ("--lenient",)):
        done = english(text, "--of", "visits", "--to", "canonical", *more)
        assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
        assert "error[ACM253]: an item starts here, and has no mark" in done.stderr
        assert "Mark items (a), (b), (c)" in done.stderr


@pytest.mark.parametrize("start", ["3.2", "3.2.", "(a)", "7)", "§ 4", "•"])
def test_the_number_of_a_paragraph_is_no_part_of_a_formula(start: str) -> None:
    done = english(f"{start} The Need Score is at least 8.", "--of", "visits")
    assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
    assert "error[ACM252]: a formula starts with its sentence" in done.stderr


def test_an_item_may_start_with_a_capital_in_another_wording() -> None:
    text = LISTED.replace("(a) the", "(a) The").replace("(b) either", "(b) Either")
    assert english(text, "--of", "visits").exit_code == FOUND_ERRORS
    assert english(text, "--of", "visits", "--to", "canonical", "--lenient").stdout == FORMULA


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Need Score is greater than 8.", "Write “is more than”"),
        ("The Need Score is above 8.", "Write “is more than”"),
        ("The Need Score is below 8.", "Write “is less than”"),
        ("The Need Score is at most 8.", "Write “is no more than”"),
        ("The Need Score is greater than or equal to 8.", "Write “is at least”"),
        ("The Need Score is less than or equal to 8.", "“is no more than”"),
        ("The Need Score is 8 or more.", "Write “is at least”"),
        ("The Need Score is not less than 8.", "Write “is at least”"),
        ("The Need Score is no less than 8.", "Write “is at least”"),
        ("The Need Score is not more than 8.", "Write “is no more than”"),
        ("The Need Score is equal to 8.", "Write “is”"),
        ("The Need Score equals 8.", "Write “is”"),
        ("The Need Score shall be at least 8.", "write “is”"),
        ("The Need Score is blank.", "Write “is not recorded”"),
        ("The Need Score is at least eight.", "Write a number in digits"),
        ("The Need Score is at least 2,5.", "Write decimals with a point"),
        ("The Need Score is at least 12 000.", "Write thousands with commas"),
        ("The Visit Date is on or after 7/1/2025.", "Write a date as July 1, 2025"),
        ("The Visit Date is on or after Jul 1, 2025.", "Write a date as July 1, 2025"),
        ("The Visit Date is on or after 1 July 2025.", "Write a date as July 1, 2025"),
        ("The Visit Date is on or after July 1 2025.", "Write a date as July 1, 2025"),
        ("The Visit Date is no later than July 1, 2025.", "Write “is on or before”"),
        ("The Cost is at least $ 500.", "Write the sign right before the number"),
        ("The Cost is at least 500 dollars.", "Write money with its sign"),
        ("The Need Score is at least 65%.", "65 percent"),
        ("The Visit Date of Completion is within thirty (30) days after the Visit Date.", "Write a number in digits"),
        ("The Visit Date of Completion is within 30 calendar days after the Visit Date.", "Write “days”"),
        ("The Visit Date of Completion is within 30 days of the Visit Date.", "Say on which side"),
        ("The Visit Date of Completion is no more than 30 days after the Visit Date.", "“is within 30 days after”"),
        ("The Visit Date of Completion is within 5 business days after the Visit Date.", "Say of which calendar"),
        ("Either the Consent is “no” and/or the Visit comes late.", "“either … or”, which includes both"),
        (
            "Both the Consent is “no” and the Visit comes late and the Visit Date is recorded.",
            "others are a list below",
        ),
        ("THE NEED SCORE IS AT LEAST 8.", "in small letters"),
        ("The Kind of Visit is “At home”.", "“At home, alone”"),
        ("The Kind of Visit is one of the values “At home” and “In a shelter”.", "“At home, alone”"),
    ],
)
def test_a_habit_of_other_contracts_is_answered(text: str, said: str) -> None:
    for more in ((), ("--lenient",)):
        done = english(text, "--of", "visits", *more)
        assert (done.exit_code, done.stdout) == (FOUND_ERRORS, "")
        assert said in " ".join(done.stderr.split())
