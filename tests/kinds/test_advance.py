"""Advances in words: what is set off until when, and what becomes of the rest."""

import pytest

from acmspec.kinds.incentives.advance import ADVANCE

AMOUNT = "amount: $300\nof: [card]\n"


def said(decoded, words, keys):
    """The paragraphs of what is recovered."""
    parts = dict(decoded(ADVANCE, AMOUNT + keys).parts)
    return ["".join(run.text for run in one.inlines) for one in ADVANCE.clause(parts["recovered"], words)]


@pytest.mark.parametrize(
    ("keys", "settled", "later"),
    [
        (
            "settle: term\n",
            "the last calendar quarter within the Contract Term and the term of the",
            "later periods is",
        ),
        (
            "settle_on: 2025-12-31\n",
            "the last calendar quarter that starts on or before December 31, 2025 and lies within the Contract Term",
            "later periods is",
        ),
        (
            "settle: fiscal year\n",
            "the last of these calendar quarters that lies within the Contract Term and the term of the",
            "later periods that end in that Fiscal Year is",
        ),
    ],
)
def test_what_is_earned_behind_the_last_advance_is_not_set_off(decoded, words, keys, settled, later):
    first, _ = said(decoded, words, keys)
    assert f"They are settled with {settled}" in first
    assert first.endswith(f"What “Card” comes to for {later} not set off.")


@pytest.mark.parametrize(
    ("most", "ends"), [("", "against. "), ("most: $20\n", "more than $20, and the Provider keeps what is left. ")]
)
def test_the_rest_is_recovered_or_kept(decoded, words, most, ends):
    _, rest = said(decoded, words, f"settle: term\n{most}")
    assert ends in rest
