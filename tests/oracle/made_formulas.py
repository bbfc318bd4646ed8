"""Formulas as trees of strategies, well typed, the simplest alternative first, so that failures shrink."""

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Text = SearchStrategy[str]


def one(*texts: str) -> Text:
    """One of some texts, the first being the simplest."""
    return st.sampled_from(texts)


def say(template: str, *parts: Text) -> Text:
    """A text with drawn parts in its gaps."""
    return st.tuples(*parts).map(lambda drawn: template.format(*drawn))


DAYS = one("14 days", "1 day", "13 days", "30 days", "2 weeks", "90 days")
MONTHS = one("1 month", "2 months", "1 quarter")
LENGTH = DAYS | MONTHS
FROM_TO = one("1 day to 14 days", "0 days to 30 days", "1 month to 2 months", "10 days to 10 days")
WORD = one("within", "on or within")
AFTER = one("after", "before")
ORDER = one("<", ">=", "<=", ">")
SMALL = one("1", "0", "2", "3", "4")
CODE = one("'a'", "'b'", "'c'")
DAY = one("2025-03-31", "2025-04-30", "2025-01-31", "2025-02-28")


# --- windows ----------------------------------------------------------------------------------------------


def window(day: Text, anchor: Text) -> Text:
    """A date in a stretch of time after or before another."""
    return st.one_of(
        say("{} {} {} after {}", day, WORD, LENGTH, anchor),
        say("{} {} {} before {}", day, WORD, LENGTH, anchor),
        say("{} from {} after {}", day, FROM_TO, anchor),
        say("{} in {} {} {} {}", day, one("month", "quarter", "week", "year"), one("1", "2", "3"), AFTER, anchor),
        say("{} {} planned {} {}", day, WORD, AFTER, anchor),
    )


def ended(day: Text, anchor: Text) -> Text:
    """A condition that has a last day, as a lookup needs."""
    return st.one_of(
        window(day, anchor),
        say("{} {} {}", day, one("<=", "<", "="), anchor),
        say("{} between 2025-01-15 and {}", day, anchor),
        say("({} {} {} after {} or {} before {})", day, WORD, LENGTH, anchor, day, anchor),
    )


# --- what a record of stays is asked ------------------------------------------------------------------------

START = one("entered", "2025-03-01")
ANCHOR = one("entered", "left", "period start", "period end", "contract start", "2025-03-31")
OWN_DAY = one("left", "entered", "client.born")


def own_window() -> Text:
    """What a record's own span is held against."""
    return one("in period") | say("{} {} {} {}", WORD, LENGTH, one("after", "before"), ANCHOR)


@cache
def of_time() -> Text:
    """Conditions on ages, parts of dates and moments of a stay."""
    return st.one_of(
        say("age of client.born on {} {} {} years", ANCHOR, ORDER, one("44", "45", "0")),
        say("birthday 45 of client.born {} {}", ORDER, ANCHOR),
        say("{} from entered to left {} {}", one("months", "years"), ORDER, one("1 month", "0 months", "12 months")),
        say("weeks from entered to left {} {} weeks", ORDER, one("2", "1")),
        say("business days from entered to left {} {} business days", ORDER, one("5", "1", "10")),
        say("left {} {} business days {} {}", WORD, one("3", "10"), AFTER, one("entered", "2025-03-31")),
        say("month of {} {} month of {}", OWN_DAY, ORDER, one("entered", "left")),
        say("quarter of {} {} 2025-Q1", OWN_DAY, ORDER),
        say("fiscal year of {} {} FY2025", OWN_DAY, ORDER),
        say("year of {} {} 2025", OWN_DAY, ORDER),
        say("hours from came to went {} {}", ORDER, one("24 hours", "90 minutes", "0 hours")),
        say("went {} {} {} came", WORD, one("24 hours", "30 minutes", "2 days", "1 month"), AFTER),
        say("date of {} {} {}", one("went", "came"), ORDER, one("entered", "left", "2025-03-30")),
        say("went {} came", ORDER),
        say("billed {} {}", ORDER, one("2025-03", "month of entered")),
    )


@cache
def of_span() -> Text:
    """Conditions on the span of a stay."""
    return st.one_of(
        say("open on {}", ANCHOR),
        say("active {}", own_window()),
        say("lasts {}", LENGTH),
        say("lasts {} after {}", LENGTH, ANCHOR),
    )


@cache
def numbers(depth: int = 1) -> Text:
    """Plain numbers of a stay."""
    plain = one("score", "2", "score * 2 + 1", "-score")
    if not depth:
        return plain
    return plain | say("(if {} then {} else {})", conditions(depth - 1), numbers(0), numbers(0)) | count_of_events()


@cache
def days() -> Text:
    """Days of a stay."""
    return st.one_of(
        one("days from entered to left", "length of period", "length_of_stay"),
        say("days from {} to {}", ANCHOR, one("left", "entered")),
        one("planned"),
        say("days {}", own_window()),
    )


@cache
def tests() -> Text:
    """Conditions without another condition inside."""
    return st.one_of(
        one("flag", "left is known", "left is missing", "score is known", "client is found", "client.race = 'x'"),
        one("client.race is missing", "provider = 'North'", "score = score", "days from entered to left is known"),
        say("kind {} {}", one("=", "!="), CODE),
        say("kind {} {}", one("in", "not in"), one("codes", "('a', 'b')")),
        say("score {} {}", ORDER, SMALL),
        say("score {} {}", one("in", "not in"), one("(1, 2)", "(0, 3)")),
        say("entered {} {}", one("in", "not in"), one("(2025-01-31, 2025-02-28)", "(2025-03-31)")),
        say("{} {} {} days", days(), ORDER, one("14", "0", "30", "60")),
        say("fee {} ${}.5", ORDER, SMALL),
        say("{} {} {}", OWN_DAY, ORDER, ANCHOR),
        say("{} between {} and {}", OWN_DAY, one("2025-01-15", "entered", "period start"), DAY),
        say("score between {} and {}", SMALL, SMALL),
        window(OWN_DAY, ANCHOR),
        of_span(),
        say("size {} {}", one("=", "!="), one("'low'", "'middle'", "'high'")),
        say("{} in {}", OWN_DAY, one("period", "span")),
        of_time(),
        say("(if {} then 'a' else 'b') = 'a'", one("flag", "score > 1", "left > 2025-04-30")),
    )


@cache
def conditions(depth: int = 2) -> Text:
    """Conditions about a stay."""
    leaves = st.one_of(tests(), one("def1", "def2"), lookups())
    if not depth:
        return leaves
    inner = conditions(depth - 1)
    return st.one_of(
        leaves,
        say("({} {} {})", inner, one("and", "or"), inner),
        say("not ({})", inner),
        say("(if {} then {} else {})", conditions(0), conditions(0), tests()),
        say("{} {} {}", numbers(), ORDER, numbers(0)),
        say("({}) is known", tests()),
    )


# --- lookups ------------------------------------------------------------------------------------------------


@cache
def events() -> Text:
    """Events of the same client, up to some day."""
    more = one("", "", " and e.grade >= 2", " and e.grade is known", " and e.grade > score", " and flag")
    return say(
        "{} as e for same client{{}} where {}{}",
        one("events", "events", "good", "lately"),
        ended(one("e.happened"), ANCHOR),
        more,
    )


def count_of_events() -> Text:
    return say("count({})", events().map(lambda text: text.format("")))


@cache
def others() -> Text:
    """Other stays of the same client, up to some day."""
    more = one("", "", " and o.flag", " and o.kind = kind", " and o.left is known", " and o.score >= 2")
    return say(
        "{} stays as o for same {} where {}{}",
        one("other", "all"),
        one("client", "client and provider"),
        ended(one("o.entered"), one("entered", "left", "period end", "2025-03-31")),
        more,
    )


@cache
def lookups() -> Text:
    """Conditions that look into other records."""
    plain = events().map(lambda text: text.format(""))
    return st.one_of(
        say("{}({})", one("any", "none"), plain),
        say("any(events for same client where grade = 1 and {})", ended(one("happened"), one("left", "entered"))),
        say("{}({})", one("any", "none"), others()),
        say(
            "any({} stays as o for same client where open on {}{})", one("other", "all"), ANCHOR, one("", " and o.flag")
        ),
        say("any(other stays as o for same client where active {})", own_window()),
        say("count({}) {} {}", others(), ORDER, SMALL),
        say("any({} and any({}))", others(), _after_the_other()),
        values(),
    )


def _after_the_other() -> Text:
    return say("events as e for same client where {}", window(one("e.happened"), one("o.entered", "o.left", "entered")))


def reached() -> Text:
    """The day by which a total is reached."""
    by_day = events().map(lambda text: text.format(" by e.happened"))
    return say("reaches({}, e.grade over {})", one("2", "3", "5"), by_day)


@cache
def values() -> Text:
    """Conditions on a value of other records."""
    plain = events().map(lambda text: text.format(""))
    keys = one("e.happened", "e.grade")
    ordered = st.tuples(events(), keys).map(lambda drawn: drawn[0].format(f" by {drawn[1]}, e.event_id"))
    asked = one(">= 2", "< 2", "= 1", "is known", "is missing", "= score")
    return st.one_of(
        say("{}(e.grade over {}) {}", one("sum", "lowest", "highest", "average"), plain, asked),
        say("count(distinct e.grade over {}) {}", plain, asked),
        say("highest(e.happened over {}) {}", plain, one("> left", "is missing", "<= 2025-05-01")),
        say("{}(e.grade over {}) {}", one("latest", "earliest"), ordered, asked),
        say("nth(2, e.grade over {}) {}", ordered, asked),
        say("{} {}", reached(), one("is known", "is missing", "<= 2025-04-30", "> left")),
    )


# --- figures ------------------------------------------------------------------------------------------------

SETS = one("stays", "leavers", "some", "stock")
STOCKS = one("stays", "stock")
"""Sets without a choice in each period."""
WEIGHTS = one("score", "2 * score", "fee", "planned")


@cache
def where() -> Text:
    """The condition of an aggregate, or none."""
    return one("", "") | say(" where {}", conditions(1))


@cache
def measured() -> Text:
    """A number of a stay that is added up."""
    return st.one_of(one("score", "fee"), days(), numbers())


@cache
def aggregates() -> Text:
    """One aggregate."""
    return st.one_of(
        say("share({} over {}{})", conditions(), SETS, where()),
        say("count({}{})", SETS, where()),
        say("count({} {}{})", STOCKS, one("open on period end", "open on period start", "active in period"), where()),
        say("count({} dated {}{})", STOCKS, one("entered", "left"), where()),
        say("share({} over {}{} weighted by {})", conditions(0), SETS, where(), WEIGHTS),
        say("average({} over {} weighted by {})", one("score", "fee"), SETS, WEIGHTS),
        say("{}(hours from came to went over {}{})", one("average", "median", "sum"), SETS, where()),
        say("count(distinct {} over {}{})", one("client_id", "kind", "score"), SETS, where()),
        say("sum({} over {}{})", measured(), SETS, where()),
        say("{}({} over {}{})", one("average", "median", "lowest", "highest", "range"), measured(), SETS, where()),
        say("percentile({}, {} over {}{})", one("90", "5", "12.5"), measured(), SETS, where()),
    )


@cache
def values_of_groups() -> Text:
    """Figures that are put together further: by name, elsewhere, part by part."""
    name = one("rate", "total")
    elsewhere = one(
        "BACK earlier", "from 2025-01-01 to 2025-03-31", "since start", "all providers", "flag", "kind = 'a'"
    )
    return name | say("{}[{}]", name, elsewhere) | say("{}[{}][{}]", name, one("flag", "all providers"), elsewhere)


@cache
def group_conditions() -> Text:
    """Conditions about a group."""
    return st.one_of(
        say("rate {} {}", ORDER, one("50%", "rate[all providers]", "rate[BACK earlier]")),
        say("total {} {}", ORDER, one("1", "2", "0", "total[since start]")),
        say("{} is known", values_of_groups()),
        say(
            "({} {} {})",
            one("total > 1", "rate >= 50%"),
            one("and", "or"),
            one("rate < 50%", "rate is missing", "total = 2"),
        ),
    )


@cache
def put_together() -> Text:
    """Metrics that are made of other figures."""
    parts = one("month", "week", "quarter", "provider", "kind", "client.race", "client")
    return st.one_of(
        say("rate - {}", say("rate[{}]", one("all providers", "BACK earlier", "since start", "flag"))),
        say("total / total[{}]", one("all providers", "BACK earlier", "since start", "kind = 'b'")),
        say("if {} then {} else {}", group_conditions(), one("total", "0", "2"), one("total", "1")),
        say("{}({} for each {})", one("average", "median", "lowest", "highest", "sum", "range"), one("total"), parts),
        say("{}(rate for each {})", one("average", "median", "highest"), parts),
        say("{}({} for each {})", one("share", "count"), one("rate >= 50%", "total > 1", "rate is known"), parts),
        say("average(total for each {} where {})", parts, one("total > 1", "rate >= 50%")),
        say("longest run({} for each {})", one("rate >= 50%", "total > 0"), one("month", "week")),
        say("rank({} for each provider)", one("total", "rate")),
        say("count({}{}) / BASE", SETS, where()),
    )


@cache
def figures() -> Text:
    """The formula of a metric."""
    part = one("flag", "score is known", "entered > 2025-03-31", "kind = 'a'")
    return st.one_of(
        aggregates(),
        aggregates(),
        put_together(),
        say("count({0} where {1}) out of count({0})", SETS, conditions(1)),
        say("count({}{}) / count({}{})", SETS, where(), SETS, where()),
        say("100 * sum(score over {}{}) / count({}{})", SETS, where(), SETS, where()),
        say("sum(score over {}) / length of period", SETS),
        say("count({0}) - count({0} where {1})", SETS, part),
    )
