"""Formulas about a stay as trees of strategies, well typed, the simplest alternative first, so that failures shrink.

Words in capitals stand for what other parts of the spec decide: the type of a field, the unit of another.
"""

from functools import cache

from drawing import Text, one, say, without
from hypothesis import strategies as st

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
START = one("entered", "2025-03-01")
ANCHOR = one("entered", "left", "period start", "period end", "contract start", "contract end", "2025-03-31")
OWN_DAY = one("left", "entered", "client.born")
WINDOW_OF_VALUE = one("planned", "notice", "(planned * 2)", "(if flag then 3 days else 1 week)", "client.patience")
"""Lengths that each record has its own of."""


# --- windows ----------------------------------------------------------------------------------------------


def window(day: Text, anchor: Text, *, is_of_stay: bool = True) -> Text:
    """A date in a stretch of time after or before another; of a stay, also as long as one of its fields says."""
    fixed = [
        say("{} {} {} after {}", day, WORD, LENGTH, anchor),
        say("{} {} {} before {}", day, WORD, LENGTH, anchor),
        say("{} from {} after {}", day, FROM_TO, anchor),
        say("{} in {} {} {} {}", day, one("month", "quarter", "week", "year"), one("1", "2", "3"), AFTER, anchor),
    ]
    if not is_of_stay:
        return st.one_of(*fixed, say("{} {} client.patience {} {}", day, WORD, AFTER, anchor))
    return st.one_of(
        *fixed,
        say("{} {} {} {} {}", day, WORD, WINDOW_OF_VALUE, AFTER, anchor),
        say("{} from planned to (planned + planned) after {}", day, anchor),
    )


def ended(day: Text, anchor: Text, *, is_of_stay: bool = True) -> Text:
    """A condition that has a last day, as a lookup needs."""
    return st.one_of(
        window(day, anchor, is_of_stay=is_of_stay),
        say("{} {} {}", day, one("<=", "<", "="), anchor),
        say("{} between 2025-01-15 and {}", day, anchor),
        say("({} {} {} after {} or {} before {})", day, WORD, LENGTH, anchor, day, anchor),
    )


# --- what a record of stays is asked ------------------------------------------------------------------------


def own_window(*, is_own: bool = True) -> Text:
    """What a record's own span is held against; without lengths of its own where another record asks."""
    if not is_own:
        return one("in period") | say("{} {} {} {}", WORD, LENGTH, AFTER, ANCHOR)
    return st.one_of(
        one("in period"),
        say("{} {} {} {}", WORD, LENGTH, AFTER, ANCHOR),
        say("in {} {} {} {}", one("month", "quarter", "week", "year"), one("1", "2"), AFTER, ANCHOR),
        say("within planned {} {}", AFTER, ANCHOR),
    )


@cache
def of_time() -> Text:
    """Conditions on ages and dates of a stay."""
    return st.one_of(
        say("age of client.born on {} {} {} years", ANCHOR, ORDER, one("44", "45", "0")),
        say("birthday 45 of client.born {} {}", ORDER, ANCHOR),
        say("{} from entered to left {} {}", one("months", "years"), ORDER, one("1 month", "0 months", "12 months")),
        say("weeks from entered to left {} {} weeks", ORDER, one("2", "1")),
        say("business days from entered to left {} {} business days", ORDER, one("5", "1", "10")),
        say("left {} {} business days {} {}", WORD, one("3", "10"), AFTER, one("entered", "2025-03-31")),
        say("entered {} data date", one("<=", "=", "<")),
    )


@cache
def of_periods() -> Text:
    """Conditions on the months, quarters and years of a stay."""
    return st.one_of(
        say("month of {} {} month of {}", OWN_DAY, ORDER, one("entered", "left")),
        say("week of {} {} week of {}", OWN_DAY, one("=", "!=", "<"), one("entered", "2025-03-31")),
        say("quarter of {} {} 2025-Q1", OWN_DAY, ORDER),
        say("fiscal year of {} {} {}", OWN_DAY, ORDER, one("FY2025", "2025")),
        say("year of {} {} 2025", OWN_DAY, ORDER),
        say("billed {} {}", ORDER | one("=", "!="), one("BILLED", "THAT of entered")),
        say("billed {} (BILLED, BILLED)", one("in", "not in")),
        say("LARGER of billed {} {}", ORDER, one("MUCH", "LARGER of entered")),
        one("billed in period", "month of entered in period", "billed in span"),
        say("month of came {} month of went", one("=", "<")),
    )


@cache
def of_moments() -> Text:
    """Conditions on the moments of a stay."""
    moment = one("came", "2025-03-30 01:30", "2025-03-29T02:30:15")
    return st.one_of(
        say("{} from came to went {} {}", one("hours", "minutes"), ORDER, one("24 hours", "90 minutes", "0 hours")),
        say("days from came to went {} {} days", ORDER, one("1", "0")),
        say("went {} {} {} came", WORD, one("24 hours", "30 minutes", "2 days", "1 month"), AFTER),
        say("went {} {} after {}", WORD, one("24 hours", "1 day"), moment),
        say("date of {} {} {}", one("went", "came"), ORDER, one("entered", "left", "2025-03-30")),
        say("went {} {}", ORDER, moment),
        say("went between {} and {}", moment, one("2025-04-01 00:00", "came")),
        say("paused {} {}", ORDER, one("90 minutes", "2 hours", "45 seconds")),
    )


@cache
def of_span() -> Text:
    """Conditions on the span of a stay."""
    return st.one_of(
        say("open on {}", ANCHOR),
        say("active {}", own_window()),
        say("lasts {}", LENGTH),
        say("lasts {} after {}", LENGTH, ANCHOR),
        say("lasts {}", one("planned", "(planned + planned)", "3 business days", "notice")),
        say("lasts {} after {}", one("planned", "2 business days"), ANCHOR),
        say("{} in {}", OWN_DAY, one("period", "span")),
        say("{} not in {}", OWN_DAY, one("period", "span", "quarter 1 after entered", "month 2 before left")),
    )


@cache
def numbers(depth: int = 1) -> Text:
    """Plain numbers of a stay."""
    plain = one("score", "2", "score * 2 + 1", "-score", "score - 0.5", "50% * score")
    if not depth:
        return plain
    return plain | say("(if {} then {} else {})", conditions(depth - 1), numbers(0), numbers(0)) | count_of_events()


@cache
def days() -> Text:
    """Days of a stay."""
    return st.one_of(
        one("days from entered to left", "length of period", "length_of_stay"),
        say("days from {} to {}", ANCHOR, one("left", "entered")),
        one("planned", "planned - days from entered to left", "client.patience"),
        say("days {}", own_window()),
    )


@cache
def of_values() -> Text:
    """Conditions on single values of a stay."""
    return st.one_of(
        say("kind {} {}", one("=", "!="), CODE),
        say("kind {} {}", one("in", "not in"), one("codes", "('a', 'b')")),
        say("score {} {}", ORDER, SMALL),
        say("score {} {}", one("in", "not in"), one("(1, 2)", "(0, 3)")),
        say("entered {} {}", one("in", "not in"), one("(2025-01-31, 2025-02-28)", "(2025-03-31)")),
        say("{} {} {} days", days(), ORDER, one("14", "0", "30", "60")),
        say("fee {} ${}.5", ORDER, SMALL),
        say("fee {} (50% * fee + $1)", ORDER),
        say("(if {} then fee else $1) {} ${}", one("flag", "score > 1"), ORDER, SMALL),
        say("(if {} then left else entered) {} {}", one("flag", "score > 1"), ORDER, DAY),
        say("notice {} NOTICE", ORDER),
        say("score between {} and {}", SMALL, SMALL),
        say("size {} {}", one("=", "!="), one("'low'", "'middle'", "'high'")),
        say("flag {} {}", one("=", "!="), one("true", "false", "(score > 1)")),
        say("(if {} then 'a' else 'b') = 'a'", one("flag", "score > 1", "left > 2025-04-30")),
    )


@cache
def of_client() -> Text:
    """Conditions on the client's own record."""
    return st.one_of(
        one("client.race = 'x'", "client.race is missing", "client.race in ('x', 'y')", "client.frail"),
        one("client is found", "client is not found", "provider is found", "client.helped_by is found"),
        one("client.helped_by.county = 'E'", "client.helped_by.opened <= entered", "client.helped_by = provider"),
        say("client.born {} {}", ORDER, ANCHOR),
        say("client.age_then {} {} years", ORDER, one("44", "45", "0")),
    )


@cache
def tests() -> Text:
    """Conditions without another condition inside."""
    return st.one_of(
        one("flag", "left is known", "left is missing", "score is known"),
        one("provider = 'North'", "score = score", "days from entered to left is known"),
        say("{} {} {}", OWN_DAY, ORDER, ANCHOR),
        say("{} between {} and {}", OWN_DAY, one("2025-01-15", "entered", "period start"), DAY),
        window(OWN_DAY, ANCHOR),
        of_values(),
        of_client(),
        of_span(),
        of_time(),
        of_periods(),
        of_moments(),
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


@cache
def timeless() -> Text:
    """Conditions that don't speak of the period, as a choice made once needs them."""
    return without(conditions(1), "period", "def1", "def2", "lately", "stock", "length_of_stay")


# --- lookups ------------------------------------------------------------------------------------------------


@cache
def events() -> Text:
    """Events of the same client, up to some day, with a place for an order."""
    more = one("", "", " and e.grade >= 2", " and e.grade is known", " and e.grade > score", " and flag")
    return say(
        "{} as e for same client{{}} where {}{}",
        one("events", "grave", "good", "lately"),
        ended(one("e.happened"), ANCHOR),
        more,
    )


@cache
def calls() -> Text:
    """Calls that the client made or got, up to some moment, with a place for an order."""
    when = st.one_of(
        say("k.called {} {} {} went", WORD, one("24 hours", "2 days", "1 month"), AFTER),
        say("k.called {} {}", one("<=", "<"), one("went", "came", "2025-03-30 01:30")),
        say("date of k.called {} {}", one("<=", "<", "="), ANCHOR),
        window(one("date of k.called"), ANCHOR),
    )
    more = one("", "", " and k.urgent", " and k.lasted > 90 seconds", " and k.called > came")
    return say("calls as k for same {}{{}} where {}{}", one("caller via client_id", "callee via client_id"), when, more)


def count_of_events() -> Text:
    """How many events or calls there are."""
    return say("count({})", (events() | calls()).map(lambda text: text.format("")))


@cache
def others() -> Text:
    """Other stays of the same client, up to some day."""
    more = one("", "", " and o.flag", " and o.kind = kind", " and o.left is known", " and o.score >= 2")
    return say(
        "{} as o for same {} where {}{}",
        one("other stays", "all stays", "other stock", "all stock"),
        one("client", "client and provider"),
        ended(one("o.entered"), one("entered", "left", "period end", "2025-03-31")),
        more,
    )


@cache
def lookups() -> Text:
    """Conditions that look into other records."""
    plain = (events() | calls()).map(lambda text: text.format(""))
    placed = one("other stock", "all told", "other flagged", "all stock")
    standing = one("active in span") | say("open on {}", ANCHOR) | say("active {}", own_window(is_own=False))
    return st.one_of(
        say("{}({})", one("any", "none"), plain),
        say("any(events for same client where grade = 1 and {})", _ended_without_alias()),
        say("{}({})", one("any", "none"), others()),
        say("{}(events as e for same client where e.happened in span{})", one("any", "none"), one("", " and flag")),
        say("count(events as e for same client where e.happened in span) {} {}", ORDER, SMALL),
        say("any({} stays as o for same client where {}{})", one("other", "all"), standing, one("", " and o.flag")),
        say("any({} stays as o for same client {}{})", one("other", "all"), standing, one("", " where o.flag")),
        say("{}({} as o for same client {}{})", one("any", "none"), placed, standing, one("", " where o.score >= 2")),
        say("count({}) {} {}", others(), ORDER, SMALL),
        say("any({} and any({}))", others(), _after_the_other()),
        say("{}(housed as h for same client where {})", one("any", "none"), ended(one("h.start"), ANCHOR)),
        values(),
        one_value(),
    )


def _ended_without_alias() -> Text:
    """The same of what both records have speaks of neither."""
    return ended(one("happened"), one("left", "entered")).filter(lambda text: "client." not in text)


def _after_the_other() -> Text:
    return say("events as e for same client where {}", window(one("e.happened"), one("o.entered", "o.left", "entered")))


@cache
def values() -> Text:
    """Conditions on what other records come to together."""
    plain = events().map(lambda text: text.format(""))
    called = calls().map(lambda text: text.format(""))
    asked = one(">= 2", "< 2", "= 1", "is known", "is missing", "= score")
    return st.one_of(
        say("{}(e.grade over {}) {}", one("sum", "lowest", "highest", "average"), plain, asked),
        say("count(distinct {} over {}) {}", one("e.grade", "e.grade", "score"), plain, asked),
        say("{}(score over {}) {}", one("sum", "lowest", "highest", "average"), plain, asked),
        say("{}(e.happened over {}) {}", one("lowest", "highest"), plain, one("> left", "is missing", "<= 2025-05-01")),
        say("{}(k.lasted over {}) {}", one("sum", "highest"), called, one(">= 2 minutes", "is known", "< 90 seconds")),
        say("the(client.race over clients as r for same client) {}", one("= 'x'", "is missing")),
        say("the(r.race over clients as r for same client) {}", one("= 'x'", "is missing", "in ('x', 'y')")),
    )


@cache
def one_value() -> Text:
    """Conditions on the value of one of several records."""
    keys = one("e.happened", "e.grade")
    ordered = st.tuples(events(), keys).map(lambda drawn: drawn[0].format(f" by {drawn[1]}, e.event_id"))
    called = st.tuples(calls(), one("k.called", "k.lasted")).map(
        lambda drawn: drawn[0].format(f" by {drawn[1]}, k.caller, k.line")
    )
    asked = one(">= 2", "< 2", "= 1", "is known", "is missing", "= score")
    late = one("is known", "<= went", "> 2025-03-30 01:30")
    return st.one_of(
        say("{}(e.grade over {}) {}", one("latest", "earliest"), ordered, asked),
        say("nth({}, e.grade over {}) {}", one("2", "1", "3"), ordered, asked),
        say("{}(k.called over {}) {}", one("latest", "earliest"), called, late),
        say("{} {}", reached(), one("is known", "is missing", "<= 2025-04-30", "> left")),
    )


def reached() -> Text:
    """The day by which a total is reached."""
    by_day = events().map(lambda text: text.format(" by e.happened"))
    return say("reaches({}, e.grade over {})", one("2", "3", "5"), by_day)
