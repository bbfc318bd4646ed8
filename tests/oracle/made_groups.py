"""Formulas about a group as trees of strategies: aggregates over the sets of a table, and what is put together of them.

Words in capitals stand for what other parts of the spec decide.
"""

from dataclasses import dataclass
from functools import cache

from drawing import Text, one, say
from hypothesis import strategies as st
from made_formulas import ORDER, conditions, days, numbers
from made_others import CALLED, HAPPENED, MERGED


@dataclass(frozen=True)
class Subject:
    """The sets of a table, what their records are asked, and by what they can be broken down."""

    sets: Text
    placed: Text
    """Sets with how their records come into the period."""
    tests: Text
    asked: Text
    """Conditions that look further."""
    numbers: Text
    weights: Text
    values: Text
    """What is counted once each."""
    breakdowns: tuple[str, ...]
    choices: Text
    """Conditions of slices, about the records of any of the sets."""


STANDING = one("stays", "stock")
"""Sets without a choice in each period."""
STAYS = Subject(
    one("stays", "leavers", "some", "few", "stock"),
    st.one_of(
        say("{} {}", STANDING, one("open on period end", "open on period start", "active in period")),
        say("{} open on {}", STANDING, one("contract start", "2025-03-31", "entered")),
        say("{} active within 14 days before period end", STANDING),
        say("{} dated {}", STANDING, one("entered", "left", "loaded", "came")),
    ),
    conditions(1),
    conditions(),
    st.one_of(one("score", "fee", "planned", "paused", "notice"), days(), numbers()),
    one("score", "2 * score", "fee", "planned", "paused"),
    one("client_id", "kind", "score", "provider", "entered", "came"),
    ("provider", "kind", "client.race", "[provider, kind]", "[kind, client.race]", "flag", "size", "def1", "billed",
     "age_band", "entered_in", "season", "fee_band", "provider.county", "[client.race, provider.county]",
     "client.generation", "client.frail", "client.helped_by.county", "client.helped_by", "[size, client.generation]"),
    one("flag", "kind = 'a'", "kind in codes", "client.race = 'x'", "score > 1 and flag", "def2", "provider = 'North'"),
)  # fmt: skip
EVENTS = Subject(
    one("events", "good", "chosen", "grave"),
    one("events", "good"),
    HAPPENED.tests,
    HAPPENED.asked,
    one("grade", "grade * 2", "days from happened to period end"),
    one("grade"),
    one("client_id", "grade"),
    ("client.race", "grade", "client.helped_by.county"),
    one("grade = 2", "client.race = 'x'", "client is found"),
)
CALLS = Subject(
    one("calls"),
    one("calls dated called"),
    CALLED.tests,
    CALLED.asked,
    one("lasted", "days from called to called"),
    one("lasted"),
    one("caller", "callee", "lasted"),
    ("urgent", "caller.helped_by.county"),
    one("urgent", "lasted > 1 minute"),
)
SPELLS = Subject(
    one("housed"),
    one("housed open on period end", "housed active in period", "housed dated start"),
    MERGED.tests,
    MERGED.asked,
    one("count", "days from start to end", "days in period"),
    one("count"),
    one("client", "count"),
    ("client.race",),
    one("count > 1", "client.race = 'x'"),
)


def where(subject: Subject) -> Text:
    """The condition of an aggregate, or none."""
    return one("", "") | say(" where {}", subject.tests)


def aggregates(of: Subject) -> Text:
    """One aggregate."""
    over, measured = of.sets, of.numbers
    over = st.one_of(over, over, of.placed)
    least = one("lowest", "highest", "range", "median")
    return st.one_of(
        say("share({} over {}{})", of.asked, over, where(of)),
        say("share({} over {})", of.tests, over),
        say("count({}{})", over, where(of)),
        say("share({} over {}{} weighted by {})", of.tests, over, where(of), of.weights),
        say("average({} over {} weighted by {})", measured, over, of.weights),
        say("count(distinct {} over {}{})", of.values, over, where(of)),
        say("{}({} over {}{})", one("sum", "average"), measured, over, where(of)),
        say("{}({} over {}{})", least, measured, over, where(of)),
        say("percentile({}, {} over {}{})", one("90", "5", "12.5"), measured, over, where(of)),
    )


# --- figures of groups --------------------------------------------------------------------------------------

PARTS = one("PART")
"""Parts of a period: some that end in it."""
GROUPS = one(
    "provider", "kind", "client.race", "client", "flag", "size", "client.generation", "client.helped_by.county"
)
ELSEWHERE = st.one_of(
    one("BACK earlier", "since start", "all providers", "all kinds"),
    one("from 2025-01-01 to 2025-03-31", "from contract start to 2025-04-30", "from 2025-02-10 to contract end"),
    one("flag", "kind = 'a'", "client.race = 'x' or flag", "provider = 'North'"),
)


@cache
def values_of_groups() -> Text:
    """Figures seen here or elsewhere."""
    name = one("rate", "total", "typical")
    return st.one_of(name, say("{}[{}]", name, ELSEWHERE), say("{}[{}][{}]", name, ELSEWHERE, ELSEWHERE))


@cache
def group_conditions() -> Text:
    """Conditions about a group."""
    simple = one("total > 1", "rate >= 50%", "rate < 50%", "rate is missing", "total = 2", "busy")
    return st.one_of(
        say("rate {} {}", ORDER, one("50%", "rate[all providers]", "rate[BACK earlier]")),
        say("total {} {}", ORDER, one("1", "2", "0", "total[since start]")),
        say("{} is known", values_of_groups()),
        say("({} {} {})", simple, one("and", "or"), simple),
        say("not ({})", simple),
        say("length of period {} 31 days", ORDER),
        one("(beds is known or total > 1)", "total / beds < 0.5"),
    )


@cache
def of_parts() -> Text:
    """What the parts of a period, or groups, come to."""
    parts = st.one_of(PARTS, PARTS, GROUPS)
    total = one("total", "total[BACK earlier]", "total - 1", "if rate is known then total else 0")
    rate = one("rate", "rate[all providers]")
    narrowed = one("", "") | say(" where {}", one("total > 1", "rate >= 50%", "rate is known"))
    share = one("rate >= 50%", "total > 1", "rate is known", "rate < rate[all providers]")
    together = one("average", "median", "lowest", "highest", "sum", "range")
    return st.one_of(
        say("{}({} for each {}{})", together, total, parts, narrowed),
        say("{}({} for each {}{})", one("average", "median", "highest", "range"), rate, parts, narrowed),
        say("percentile({}, {} for each {})", one("90", "25"), one("total", "rate"), parts),
        say("{}({} for each {}{})", one("share", "count"), share, parts, narrowed),
        say("longest run({} for each {}{})", one("rate >= 50%", "total > 0"), PARTS, narrowed),
        say("rank({} for each {})", one("total", "rate", "-total"), one("provider", "kind", "client.race")),
    )  # fmt: skip


@cache
def put_together() -> Text:
    """Metrics that are made of other figures."""
    return st.one_of(
        say("rate - {}", say("rate[{}]", ELSEWHERE)),
        say("{}{}", one("1 - rate", "100% - rate", "rate * total"), one("", "[all providers]", "[since start]")),
        say("total / total[{}]", ELSEWHERE),
        values_of_groups(),
        say("if {} then {} else {}", group_conditions(), one("total", "0", "2"), one("total", "1")),
        say("if {} then rate else rate[{}]", group_conditions(), ELSEWHERE),
        say("{}[{}]", one("BASE"), ELSEWHERE),
        say("count({}{}) / BASE", STAYS.sets, where(STAYS)),
        say("average(BASE for each {})", GROUPS),
    )


@cache
def with_references() -> Text:
    """Figures held against reference figures."""
    return st.one_of(
        say("sum(fee over {}{}) {} grant", STAYS.sets, where(STAYS), one("/", "-", "out of")),
        one("grant"),
        say("total / {}", one("beds", "(beds + 1)")),
        say("1000 * count({}{}) / beds", STAYS.sets, where(STAYS)),
        say("{} - total", one("beds", "2 * beds")),
        say("if total / beds > 0.5 then 1 else {}", one("2", "total / beds", "total - total")),
        one("beds", "sum(total / beds for each provider)", "average(total - beds for each provider)"),
    )


@cache
def about_stays() -> Text:
    """The formula of a metric about stays."""
    part = one("flag", "score is known", "entered > 2025-03-31", "kind = 'a'")
    every, narrowed = STAYS.sets, where(STAYS)
    return st.one_of(
        aggregates(STAYS),
        aggregates(STAYS),
        put_together(),
        of_parts(),
        with_references(),
        say("count({0} where {1}) out of count({0})", every, conditions(1)),
        say("count({}{}) / count({}{})", every, narrowed, every, narrowed),
        say("100 * sum(score over {}{}) / count({}{})", every, narrowed, every, narrowed),
        say("sum(score over {}) / length of period", every),
        say("count({0}) - count({0} where {1})", every, part),
        say("sum(fee over {0} where {1}) out of sum(fee over {0})", every, part),
        say("sum({0} over {1}) out of sum({0} over {2}{3})", one("score", "fee", "paused"), every, every, narrowed),
        say("count({0}) out of count({0} where {1})", every, part),
        say("sum(fee over {0}) / count({0}) * count({0} where {1})", every, part),
        say("{} from came to went over {}{})", one("average(hours", "median(minutes", "sum(days"), every, narrowed),
    )


@cache
def about_others() -> Text:
    """The formula of a metric about another table than stays."""
    return st.one_of(
        aggregates(EVENTS),
        aggregates(CALLS),
        say("count({}{}) / count({}{})", EVENTS.sets, where(EVENTS), STAYS.sets, where(STAYS)),
        say("sum(lasted over calls{}) / count(calls)", where(CALLS)),
        say("count({} where {}) out of count(events)", EVENTS.sets, HAPPENED.tests),
    )
