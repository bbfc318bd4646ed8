"""What to say of calls whose parts are joined otherwise than by words of the language; it changes nothing accepted."""

from acmspec.formula.advice_habits import CHOICE
from acmspec.formula.advice_place import BAD_CALL, Place, call_around
from acmspec.formula.lexer import END, NAME, RESERVED
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Span

_MISSING = "Say what a missing value means with `X is missing` or `X is known`."
_ROUND = "Formulas are exact; the metric says how its result is rounded: `round: 1 decimal`."
INSTEAD = {
    **dict.fromkeys(("coalesce", "ifnull", "nvl"), _MISSING),
    **dict.fromkeys(("if", "iif", "iff"), CHOICE),
    "round": _ROUND,
    "rank": "Write `rank(NUMBER for each provider)`.",
}
"""What the language says in place of functions of other languages that take arguments with commas."""
_OF_TWO = {"average": "Write `(A + B) / 2`.", "sum": "Write `A + B`."}
_WHERE = frozenset({"with", "who", "that", "which", "whose", "having", "if", "when", "being", "are", "were", "without"})
_DAYS = "The metric says which days count: leave them out, or ask for a date: `count(SET where D between A and B)`."
_OPEN = "Say on which day, behind the set: `count(SET open on period end)`."
_UNITS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "quarter", "year"}
    | {"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years", "business"}
)


def call(place: Place) -> Diagnostic | None:
    """A forgotten set, a forgotten `over`, arguments joined by commas, an empty call."""
    open_at = call_around(place)
    if open_at is None or ("over" not in place.expected and place.at != open_at + 1):
        return None
    name = place.tokens[open_at - 1]
    word = name.text
    span = Span(place.source, name.start, max(place.token().end, name.end))
    if word.lower() in INSTEAD and place.at > open_at + 1:
        return BAD_CALL.at(span, f"formulas have no “{word}(…)”", label="another language", fix=INSTEAD[word.lower()])
    if place.at == open_at + 1:
        if place.text() != ")":
            return None
        return BAD_CALL.at(span, f"`{word}()` does not say which records", label="which records?")
    if place.text() == ",":
        message = f"the parts of `{word}(…)` are joined by words, not by commas"
        return BAD_CALL.at(span, message, label="a comma", fix=_with_commas(place, open_at))
    behind = place.tokens[min(open_at + 2, place.at)].text
    if {behind, place.text()} & {"between", "from", "during", "last"} or place.text(-1) in {"period", "span"}:
        return BAD_CALL.at(span, f"`{word}(…)` has no days beside its set", label="which days?", fix=_DAYS)
    if place.token().kind in {NAME, ")", END} and place.text() not in RESERVED | _UNITS:
        fix = _over(place, word)
        return BAD_CALL.at(span, f"`{word}(…)` does not say over which set", label="over which records?", fix=fix)
    if place.text() == "where":
        fix = f"Name the set before `where`: `{word}(VALUE over SET where CONDITION)`."
        return BAD_CALL.at(span, f"`{word}(…)` does not say over which set", label="over which records?", fix=fix)
    return None


def _with_commas(place: Place, open_at: int) -> str:
    """What to write for `average(A, B)`, `count(distinct a, b)` and anything else with a comma."""
    word = place.tokens[open_at - 1].text
    if word in _OF_TWO and place.text(-1) == ")":
        return _OF_TWO[word]
    if place.tokens[open_at + 1].text == "distinct":
        return "Write `count(distinct FIELD over SET)`: what is counted once is told apart by one field."
    return f"Write `{word}(VALUE over SET where CONDITION)`."


def _over(place: Place, name: str) -> str:
    """What to write where a word stands in the place of `over`, or behind the set in that of `where`."""
    word, before = place.text(), place.text(-1)
    if before in {"unique", "different"}:
        return f"Write `distinct` instead of `{before}`: `count(distinct FIELD over SET)`."
    if any(one.text == "distinct" for one in place.tokens[: place.at]) and word == ")":
        return "Add `over` and the set: `count(distinct FIELD over SET)`."
    if "open" in {before, word}:
        return _OPEN
    if word in {"of", "in", "from", "across"}:
        return f"Write `over` instead of `{word}`."
    if word == "for":
        return f"Write `for same ENTITY` for other records: `{name}(SET for same client where CONDITION)`."
    if word in _WHERE:
        return f"Write `where` instead of `{word}`, behind the set: `count(SET where CONDITION)`."
    return f"Add `over` and the set: `{name}(VALUE over SET)`."


def place_first(place: Place) -> Diagnostic | None:
    """`percentile(VALUE over SET, 90)`, `reaches(VALUE, AMOUNT over SET)`."""
    open_at = call_around(place)
    if open_at is None or place.text() != "," or place.at <= open_at + 1:
        return None
    first = {"percentile": "90, VALUE over SET", "nth": "2, VALUE over …", "reaches": "$4,000, VALUE over …"}
    word = place.tokens[open_at - 1].text
    if word not in first:
        return None
    fix = f"Write `{word}({first[word]})`."
    return BAD_CALL.at(place.span(), f"what `{word}` is given stands first", label="a comma", fix=fix)
