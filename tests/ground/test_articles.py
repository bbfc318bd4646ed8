"""The article of a noun goes by its first sound."""

import pytest

from acmspec.ground.articles import article


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("Visit", "a Visit"),
        ("officer", "an officer"),
        ("Exit to Home", "an Exit to Home"),
        ("unit", "a unit"),
        ("user", "a user"),
        ("uninsured Client", "an uninsured Client"),
        ("Umbrella Case", "an Umbrella Case"),
        ("hour", "an hour"),
        ("European Grant", "a European Grant"),
    ],
)
def test_an_article_goes_by_the_sound(noun: str, said: str) -> None:
    assert article(noun) == said
