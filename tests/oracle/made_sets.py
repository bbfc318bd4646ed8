"""Random cohorts, choices and spells."""

from drawing import Block, key, maybe, one, say, seldom, together, without
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from made_formulas import conditions, timeless
from made_others import HAPPENED

PER = one("client", "client and provider", "provider", "client and kind")
ORDERED = one("left, stay_id", "entered, stay_id", "score, stay_id", "stay_id", "came, stay_id", "entered")
PLACE = one("first", "last", "2nd", "2nd and later", "3rd", "3rd and later")
EVER = st.one_of(
    say("{} per {} ever by {}", PLACE, PER, ORDERED),
    say(
        "more than {} days after the {} per {} by {}, stay_id",
        one("14", "30", "0"),
        one("previous", "previous kept"),
        PER,
        one("entered", "left"),
    ),
)
"""Choices among the records of all periods."""
_SAME = ["entered", "left", "score", "fee", "flag", "loaded", "came", "went", "billed", "planned", "paused", "notice"]
IN_PERIOD = st.one_of(
    say("{} per {} in each period by {}", PLACE, PER, ORDERED),
    say("{} per {} in each period by {}", PLACE, PER, ORDERED),
    one(f"one per client, provider, kind, {', '.join(_SAME)}", "one per client, entered"),
)
"""Choices in each period."""


def _listed(first: list[str], then: list[str]) -> object:
    steps = [*first, *then]
    return steps[0] if len(steps) == 1 else steps


IN_PERIODS = st.builds(_listed, st.just([]), st.lists(IN_PERIOD, min_size=1, max_size=2))
ONCE = st.builds(_listed, st.lists(EVER, min_size=1, max_size=2), st.lists(IN_PERIOD, max_size=1))


def _reasons(formulas: list[str]) -> list[Block]:
    return [{"when": formula, "because": f"of reason {number}"} for number, formula in enumerate(formulas, start=1)]


EXCLUDED = st.lists(conditions(1), min_size=1, max_size=2).map(_reasons)
"""Who is left out, and why."""
SPAN = seldom(key("span", one("[entered, loaded]", "[loaded, left]")))


def _noun(word: str, source: str) -> Block:
    return {"noun": {"one": word, "many": f"{word}s"}, "from": source}


WHEN = one("dated left", "dated entered", "dated came", "dated if flag then left else entered")
"""How a record comes into one period at most."""
STANDING = one(
    "open on period end", "active in period", "open on period start", "open on data date",
    "active on or within 14 days before period end", "active in month 1 before period end",
)  # fmt: skip
LEAVERS = st.one_of(
    together(
        st.just(_noun("Leaver", "stays")),
        maybe("when", WHEN),
        maybe("where", conditions(1)),
        maybe("keep", IN_PERIODS),
        maybe("exclude", EXCLUDED),
        SPAN,
    ),
    together(
        st.just(_noun("Leaver", "stays")),
        maybe("when", WHEN),
        maybe("where", timeless()),
        key("keep", ONCE),
        maybe("exclude", EXCLUDED),
    ),
)
"""The cohort that others are made of."""


def _keeps(cohort: Block) -> bool:
    return "keep" in cohort


def made_of(parent: Block, noun: str, source: str, upper: tuple[Block, ...] = ()) -> SearchStrategy[Block]:
    """A cohort of a cohort, which stands in the order of steps behind all that it is made of."""
    line = (*upper, parent)
    start = st.just(_noun(noun, source))
    further = together(maybe("where", conditions(1)), maybe("keep", IN_PERIODS), maybe("exclude", EXCLUDED))
    if any(_keeps(cohort) for cohort in line):
        return together(start, further)
    return together(start, maybe("when", WHEN), further, SPAN)


STOCK = together(
    st.just(_noun("Resident", "stays")),
    st.one_of(
        together(key("when", STANDING), maybe("where", without(conditions(1), "stock"))),
        together(
            st.just({"when": "every period"}),
            key(
                "where",
                one("left is known or entered <= period end", "days in period >= 1 days", "open on period end"),
            ),
        ),
    ),
    maybe("exclude", without(conditions(1), "stock").map(lambda formula: _reasons([formula]))),
    SPAN,
)  # fmt: skip
_STRAY = maybe(
    "exclude", one("client.race = 'x'", "grade = 3", "happened > client.born").map(lambda one: _reasons([one]))
)
GOOD = together(
    st.just(_noun("Good Event", "events")),
    key(
        "where",
        one(
            "grade >= 2",
            "grade >= 2 and client is found",
            "grade >= 2 and happened >= 2025-02-10",
            "happened >= 2025-01-10 or grade >= 2",
        ),
    ),
    _STRAY,
)
GRAVE = together(
    st.just(_noun("Grave Event", "good")),
    key(
        "where",
        one("grade <= 2", "happened is known", "client is found", "happened <= contract end", "happened <= 2025-04-30"),
    ),
    _STRAY,
)
"""A set of a set, which is looked into as sets are."""
LATELY = together(
    st.just(_noun("Late Event", "events")),
    key("where", one("happened >= period start", "happened >= period start and happened <= period end")),
)
_CHOSEN_ONCE = one(
    "first per client ever by grade, event_id",
    "more than 14 days after the previous per client by happened, event_id",
)
_CHOSEN = one("last per client in each period by happened, event_id", "one per client, happened, grade")
CHOSEN = together(
    st.just({"from": "events"}),
    st.one_of(
        together(maybe("where", HAPPENED.tests), key("keep", _CHOSEN)),
        together(maybe("where", HAPPENED.timeless), key("keep", _CHOSEN_ONCE)),
    ),
    maybe("exclude", HAPPENED.tests.map(lambda formula: _reasons([formula]))),
)
SPELLS = together(
    st.just({"noun": {"one": "Spell", "many": "Spells"}}),
    key("merge", one("[stays]", "[told]", "[stays, told]")),
    st.just({"per": "client"}),
    one({}, {"gap": "30 days"}, {"gap": "7 days"}, {"gap": "0 days"}, {"gap": "14 days"}, {"gap": "1 day"}),
    maybe("without", one("[flagged]")),
    maybe("date", one("start", "end")),
)
TOLD = together(
    st.just(_noun("Told Stay", "stays")), key("where", one("kind is known", "score >= 1", "left is known")), SPAN
)
FLAGGED = together(st.just(_noun("Flagged Stay", "stays")), key("where", one("flag", "score >= 2")), SPAN)
"""Sets that spells are made of."""
