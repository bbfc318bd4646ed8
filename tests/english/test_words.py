"""The words of the language and of a spec can be told apart in every sentence, or the spec is told so."""

from pathlib import Path

import pytest

from acmspec.api import check_text
from acmspec.english.clashes import clashes
from acmspec.english.from_program import spoken, understood
from acmspec.english.lexicon import Lexicon
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from tests.english.saying import meaning

PATH = Path(__file__).with_name("world.yaml")
WORLD = PATH.read_text(encoding="utf-8")
VOCABULARY = {"ACM262", "ACM263", "ACM264"}


def changed(*changes: tuple[str, str]) -> str:
    text = WORLD
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def found(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    outcome = check_text(changed(*changes), str(PATH))
    return [(one.code, one.path) for one in outcome.diagnostics if one.code in VOCABULARY]


def test_no_keyword_can_be_read_as_another() -> None:
    assert list(clashes(Lexicon((), ()))) == []


def test_the_search_sees_a_clash_of_keywords() -> None:
    """A verb phrase that is a keyword, and one that goes on as a sentence may, are both seen."""
    for says in ("is recorded", "comes late and the Visit", "comes late; and"):
        assert list(clashes(Lexicon(("Visit",), ("comes late", says))))


def test_the_world_has_no_two_words_that_could_be_confused() -> None:
    assert found() == []


def test_a_record_looked_into_is_not_called_as_a_set_is() -> None:
    """By its alias it would be a Later Visit, which here is the noun of a set."""
    late = "  late_ones:\n    noun: {one: Later Visit, many: Later Visits}\n    from: visits\n"
    program = check_text(changed(("cohorts:\n", f"cohorts:\n{late}")), str(PATH)).value
    assert program is not None
    names = Names(program.spec)
    formula = "any(other visits as later for same client where later.seen_on within 30 days after seen_on)"
    meant = meaning(formula, "visits", names)
    said = written(spoken(meant, names, "visits"))
    assert "the Further Later Visit" in said
    assert understood(said, names, "visits") == normal(meant)


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("phrase: Need Score", "phrase: need score", "ACM262", "data.visits.fields.score"),
        ("phrase: Need Score", "phrase: 'Need “Score”'", "ACM262", "data.visits.fields.score"),
        ("phrase: Need Score", "phrase: 3rd Score", "ACM262", "data.visits.fields.score"),
        ("one: is a Home Visit", "one: Is a Home Visit", "ACM262", "definitions.at_home.says.one"),
        ("shelter: In a shelter", "shelter: 'In a “shelter”'", "ACM262", "data.visits.fields.kind.values"),
        ("phrase: Need Score", "phrase: Cost", "ACM263", "data.visits.fields.cost"),
        ("term: Waiting Time", "term: Need Score", "ACM263", "definitions.wait.term"),
        ("shelter: In a shelter", "shelter: With family and friends", "ACM263", "data.visits.fields.kind.values"),
        ("not_one: comes in time", "not_one: comes late", "ACM263", "definitions.late.says.not_one"),
        ("one: is serious", "one: comes late", "ACM263", "definitions.serious.says.one"),
        ("many: First Visits", "many: Done Visits", "ACM263", "cohorts.firsts.noun"),
        ("term: Load per Person", "term: Home Rate", "ACM263", "definitions.load.term"),
        ("phrase: Need Score", "phrase: Cost of the Person", "ACM264", "data.visits.fields.score"),
        ("phrase: Need Score", "phrase: Cost is recorded", "ACM264", "data.visits.fields.score"),
        ("phrase: Need Score", "phrase: Visit Date plus 1 day", "ACM264", "data.visits.fields.score"),
        ("one: comes late", "one: is recorded", "ACM264", "definitions.late.says.one"),
        ("one: comes late", "one: is before the Visit Date", "ACM264", "definitions.late.says.one"),
        (
            "not_one: is not serious",
            "not_one: is serious and the Arrest is serious",
            "ACM264",
            "definitions.serious.says.not_one",
        ),
        ("phrase: Need Score", "phrase: Visit Date of", "ACM264", "data.visits.fields.score"),
        ("many: First Visits", "many: Done Visits that are Home Visits", "ACM264", "cohorts.firsts.noun"),
    ],
)
def test_words_that_give_a_sentence_two_readings_are_told(old: str, new: str, code: str, path: str) -> None:
    assert (code, path) in found((old, new))


@pytest.mark.parametrize(
    "phrase",
    [
        "Score of and",
        "Cost or Budget",
        "The Score",
        "Date of Visit",
        "Is recorded",
        "Score (a)",
        "Score; and so",
        "Ärger",
    ],
)
def test_words_that_hold_words_are_fine_where_nothing_can_be_confused(phrase: str) -> None:
    assert found(("phrase: Need Score", f"phrase: {phrase}")) == []


def test_both_places_are_shown() -> None:
    outcome = check_text(changed(("phrase: Need Score", "phrase: Cost of the Person")), str(PATH))
    (one,) = [one for one in outcome.diagnostics if one.code == "ACM264"]
    assert "“Cost of the Person” would be read where “Cost” followed by “of the Person” is meant" in one.message
    assert [label.span.text for label in one.related] == ["cost"]


def test_a_record_that_goes_by_its_noun_is_called_by_it_whatever_signs_it_has() -> None:
    checked = check_text(changed(("{one: Arrest,", "{one: Arrest & Charge,")), str(PATH))
    assert checked.value is not None
    names, said = Names(checked.value.spec), []
    for alias in ("arrest___charge", "first"):
        formula = f"any(arrests as {alias} for same client where {alias}.arrested_on <= seen_on)"
        meant = meaning(formula, "visits", names)
        said.append(written(spoken(meant, names, "visits")))
        assert understood(said[-1], names, "visits") == normal(meant)
    assert "“" not in said[0]
    assert "(“First Arrest & Charge”)" in said[1]
