"""Advances in words: what is set off until when, what becomes of the rest, and what is advised of a wrong name."""

import pytest

from acmspec.ground.calendar import Every
from acmspec.kinds.incentives.advance import ADVANCE
from acmspec.program.ports import Earlier

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
    first, *_ = said(decoded, words, keys)
    assert f"They are settled with {settled}" in first
    assert first.endswith(f"What “Card” comes to for {later} not set off.")


@pytest.mark.parametrize(
    ("most", "ends"), [("", "against. "), ("most: $20\n", "more than $20, and the Provider keeps what is left. ")]
)
def test_the_rest_is_recovered_or_kept(decoded, words, most, ends):
    _, rest, put_off = said(decoded, words, f"settle: term\n{most}")
    assert ends in rest
    room = "no more than it recovers, and only as far as the maximum amount leaves room."
    assert put_off.endswith(f"{room} All other limits count what maximum amounts would have left without advances.")


def fixes(decoded, context_of, of):
    """What is advised of a term that is named, by either part."""
    card = Earlier("card_large", "card", Every.QUARTER, takes=False)
    ahead = Earlier("ahead_paid", "ahead", Every.QUARTER, takes=False)
    parts = dict(decoded(ADVANCE, f"amount: $300\nof: [{of}]\nsettle: term\n").parts)
    given = context_of(term="ahead", before=(card, ahead))
    return {one.fix for part in parts.values() for one in ADVANCE.lower(part, given).diagnostics}


@pytest.mark.parametrize(
    ("of", "fix"),
    [
        ("ahaed", "Known here: “card”."),
        ("ahead", "Known here: “card”."),
        ("crad", "Did you mean “card”?"),
        ("card_large", "Write “card”, for all of its lines."),
    ],
)
def test_an_advance_is_never_advised_to_name_itself(decoded, context_of, of, fix):
    assert fixes(decoded, context_of, of) == {fix}
