import pytest

from acmspec.formula.from_text import parse
from acmspec.ground.source import Source


@pytest.mark.parametrize(
    ("written", "word", "meant"),
    [
        ("share(a oevr stays)", "oevr", "over"),
        ("count(stays whree a)", "whree", "where"),
        ("d on or wihtin 30 days after e", "wihtin", "within"),
        ("d onn or within 30 days after e", "onn", "on"),
        ("any(otehr stays as x for same client where x.d > d)", "otehr", "other"),
        ("any(other stays as x for smae client where x.d > d)", "smae", "same"),
        ("d is misisng", "misisng", "missing"),
        ("dyas from a to b", "dyas", "days"),
    ],
)
def test_a_misspelt_word_is_shown_with_the_word_it_must_be(written: str, word: str, meant: str) -> None:
    (found,) = parse(Source("x", written), 0, len(written)).diagnostics
    assert (found.code, found.place.text, found.fix) == ("ACM214", word, f"Write `{meant}`.")


def test_a_word_is_offered_only_if_the_formula_then_reads() -> None:
    written = "share(a oevr stays whree"
    (found,) = parse(Source("x", written), 0, len(written)).diagnostics
    assert found.code != "ACM214"
