"""Formulas about an event, a call or a spell as trees of strategies."""

from dataclasses import dataclass

from drawing import Text, one, say
from hypothesis import strategies as st
from made_formulas import LENGTH, ORDER, WORD, ended


@dataclass(frozen=True)
class Asked:
    """What the records of a table are asked, of themselves and of others."""

    tests: Text
    asked: Text
    timeless: Text | None = None
    """Tests that don't speak of the period."""


_GRADED = st.one_of(
    say("grade {} {}", ORDER, one("2", "1", "3")),
    one("grade is known", "client.race = 'x'", "client.frail", "client is found", "happened > client.born"),
)
_EVENT = st.one_of(
    _GRADED,
    say("happened {} {}", ORDER, one("2025-03-31", "period start", "period end")),
    say("days from happened to period end {} {} days", ORDER, one("14", "30")),
)
_STAYED = one(
    "entered <= happened",
    "entered within 30 days after happened",
    "left within 1 month before happened",
    "entered in month 1 before happened",
)
_BEFORE_EVENT = ended(one("o.happened"), one("happened"), is_of_stay=False)
HAPPENED = Asked(
    _EVENT,
    st.one_of(
        _EVENT,
        say("{}(stays for same client where {})", one("any", "none"), _STAYED),
        say("count(stays for same client where {}) {} 1", _STAYED, ORDER),
        say("any({} for same client open on {})", one("stays", "told"), one("happened", "period end", "2025-03-31")),
        say("none(flagged for same client active {} {} after happened)", WORD, LENGTH),
        say("any(other events as o for same client where {})", _BEFORE_EVENT),
        say("any(stays as s for same client where {} and any({}))", _STAYED.map(lambda text: f"s.{text}"),
            say("events as e for same client where e.happened {} {} after s.left", WORD, LENGTH)),
        say("latest(s.left over stays as s for same client by s.left, s.stay_id where s.entered <= happened) {}",
            one("is known", "> happened")),
    ),
    _GRADED,
)  # fmt: skip

_CALL = st.one_of(
    one("urgent", "lasted is known", "callee is known", "caller = callee"),
    one("caller.race = 'x'", "callee.race is missing", "caller.frail", "callee.helped_by.county = 'E'",
        "callee.age_then >= 45 years"),
    say("lasted {} {}", ORDER, one("90 seconds", "2 minutes")),
    say("called {} {}", ORDER, one("2025-03-30 01:30", "2025-04-01 00:00")),
    say("date of called {} {}", ORDER, one("2025-03-31", "period start")),
)  # fmt: skip
_ROLE = one("caller", "callee")
_BEFORE = one("o.called within 24 hours before called", "o.called < called", "date of o.called <= date of called")
CALLED = Asked(
    _CALL,
    st.one_of(
        _CALL,
        say("any(stays for same client via {} where {} <= date of called)", _ROLE, one("entered", "left")),
        say("any(other calls as o for same {} where {})", one("caller", "callee"), _BEFORE),
        say("any(other calls as o for same {} where {})", one("caller via callee", "callee via caller"), _BEFORE),
        say("any(all calls as o for same caller and callee where {})", _BEFORE),
        say("count(events for same client via callee where happened <= date of called) {} 1", ORDER),
    ),
)  # fmt: skip

_SPELL = st.one_of(
    say("count {} {}", ORDER, one("1", "2")),
    say("days from start to end {} {} days", ORDER, one("14", "30")),
    one("end is known", "client.race = 'x'", "start <= 2025-03-31"),
    say("lasts {}", LENGTH),
    say("active {}", one("in period", "within 14 days before period end", "in month 1 after start")),
    say("open on {}", one("period end", "2025-03-31")),
)  # fmt: skip
MERGED = Asked(
    _SPELL,
    st.one_of(
        _SPELL,
        say("any(events for same client where happened {} {} after end)", WORD, LENGTH),
        say(
            "any(other housed as o for same client where {})",
            ended(one("o.start"), one("start", "end"), is_of_stay=False),
        ),
        say("any(stays as s for same client where s.entered <= start)"),
    ),
)
