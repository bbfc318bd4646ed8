"""Whatever is asked of dates, moments, periods and ages is refused inside the formula; nothing raises."""

import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from acmspec import api
from acmspec.ground.diagnostic import Severity
from acmspec.ground.source import Span
from tools import conformance

ZONE = [["currency: USD", "currency: USD\n  timezone: America/New_York"]]
ATOMS = st.sampled_from(
    [
        "seen_on", "done_on", "client.born_on", "began_at", "ended_at", "paid_in", "budget_year", "score", "ok",
        "2025-03-09", "2025-03-09 03:30", "2025-03", "2025-Q1", "FY2025", "FY2025-Q3", "2025", "18", "1.5 hours",
        "90 minutes", "2 weeks", "18 years", "30 months", "1 day", "place",
    ]
)  # fmt: skip
LENGTHS = st.sampled_from(["24 hours", "90 minutes", "3 days", "1 month", "2 years", "1 week"])
UNITS = st.sampled_from(["days", "weeks", "months", "years", "hours", "minutes"])
PARTS = st.sampled_from(["date", "week", "month", "quarter", "year", "fiscal year"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operator = st.sampled_from(["+", "-", "*", "=", "!=", "<", ">=", "and"])
    side = st.sampled_from(["within", "on or within"])
    return st.one_of(
        st.builds("({}) {} ({})".format, inner, operator, inner),
        st.builds("{} from ({}) to ({})".format, UNITS, inner, inner),
        st.builds("{} of ({})".format, PARTS, inner),
        st.builds("age of ({}) on ({})".format, inner, inner),
        st.builds("birthday 18 of ({})".format, inner),
        st.builds("({}) {} {} after ({})".format, inner, side, LENGTHS, inner),
        st.builds("({}) {} {} before ({})".format, inner, side, LENGTHS, inner),
        st.builds("({}) from {} to {} after ({})".format, inner, LENGTHS, LENGTHS, inner),
        st.builds("if ok then {} else {}".format, inner, inner),
        st.builds("highest(({}) over all visits as v for same client where v.ended_at <= ({}))".format, inner, inner),
        st.builds(
            "any(other visits as v for same client where v.ended_at within {} after ({}))".format, LENGTHS, inner
        ),
        st.builds("({}) is known".format, inner),
    )


FORMULAS = st.recursive(ATOMS, _grown, max_leaves=5)


@settings(max_examples=150, deadline=None)
@given(FORMULAS, st.booleans())
def test_what_is_wrong_is_said_inside_the_formula(written: str, zoned: bool) -> None:
    changes = ZONE if zoned else []
    asked = conformance.question({"id": "x", "kind": "meaning", "of": "visits", "formula": written, "changes": changes})
    found = [one for one in api.check_text(asked["spec"]).diagnostics if one.severity is Severity.ERROR]
    start, end = asked["start"], asked["end"]
    for one in found:
        assert isinstance(one.place, Span), one
        # What can't be a breakdown or be counted is said where that is asked, and not in the formula.
        inside = start <= one.place.start and one.place.end <= end
        assert inside or one.path.startswith("metrics."), (written, one)
