"""What to say of calls whose parts are joined otherwise than by words of the language; it changes nothing accepted."""

from acmspec.formula.advice_habits import CHOICE
from acmspec.formula.advice_place import BAD_CALL, UNEXPECTED, Place, call_around
from acmspec.formula.lexer import END, NAME, RESERVED
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.nearest import nearest
from acmspec.ground.source import Span

_MISSING = "Say what a missing value means with `X is missing` or `X is known`."
_ROUND = "Formulas are exact; the metric says how its result is rounded: `round: 1 decimal`."
INSTEAD = {
    **dict.fromkeys(("coalesce", "ifnull", "nvl", "isnull"), _MISSING),
    **dict.fromkeys(("if", "iif", "iff"), CHOICE),
    "round": _ROUND,
    "rank": "Write `rank(NUMBER for each provider)`.",
}
"""What the language says in place of functions of other languages that take arguments with commas."""
_KNOWN = frozenset(
    {
        "count",
        "sum",
        "average",
        "share",
        "median",
        "percentile",
        "lowest",
        "highest",
        "range",
        "any",
        "none",
        "earliest",
    }
    | {"latest", "nth", "reaches", "the"}
)
_OF_VALUES = frozenset({"sum", "average", "share", "median", "lowest", "highest", "range"})
_OF_TWO = {"average": "Write `(A + B) / 2`.", "sum": "Write `A + B`."}
_LONG = 60
_WHERE = frozenset({"with", "who", "that", "which", "whose", "having", "if", "when", "being", "are", "were", "without"})
_SETS = "Write `count(SET where CONDITION)`; two sets are counted each by itself: `count(A) + count(B)`."
_NONE = "Write one of the language: `count(SET where CONDITION)`, `share(CONDITION over SET)`, `sum(NUMBER over SET)` …"
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
    counted = place.tokens[min(open_at + 1, place.at)].text in _UNITS
    between = {behind, place.text()} & {"between", "from", "during", "last", "this", "current"} and not counted
    if between or place.text(-1) in {"period", "span"}:
        return BAD_CALL.at(span, f"`{word}(…)` has no days beside its set", label="which days?", fix=_DAYS)
    if place.token().kind in {NAME, ")", END} and place.text() not in RESERVED | _UNITS:
        fix = _over(place, word, open_at)
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
    meant, value = _meant(word), place.tokens[open_at + 1]
    ends = place.at == open_at + 2 and place.token(1).kind == NAME and place.text(2) == ")"
    if meant in _OF_VALUES and ends and value.kind == NAME:
        return f"Write `{meant}({value.text} over {place.text(1)})`."
    return _SETS if word == "count" else f"Write `{meant}(VALUE over SET where CONDITION)`." if meant else _NONE


def _meant(word: str) -> str:
    """A word of the language, or the one that another is like; "" for one that is like none."""
    return word if word in _KNOWN else nearest(word.lower(), sorted(_KNOWN))


def _over(place: Place, name: str, open_at: int) -> str:
    """What to write where a word stands in the place of `over`, or behind the set in that of `where`."""
    word, before = place.text(), place.text(-1)
    if before in {"unique", "different"}:
        return f"Write `distinct` instead of `{before}`: `count(distinct FIELD over SET)`."
    if any(one.text == "distinct" for one in place.tokens[: place.at]) and word == ")":
        return "Add `over` and the set: `count(distinct FIELD over SET)`."
    if "open" in {before, word}:
        return _OPEN
    if word in {"on", "at", "as"}:
        return _OPEN
    if word in {"of", "in", "from", "across"} or (word == "for" and name in _OF_VALUES and place.text(1) != "same"):
        return f"Write `over` instead of `{word}`."
    if word == "for":
        fix = f"Write `for same ENTITY` for other records: `{name}(SET for same client where CONDITION)`"
        return f"{fix}; a result for each is `break_down_by: [{place.text(1)}]` of the metric."
    if name in {"any", "none"}:
        return f"Write `{name}(SET for same ENTITY where CONDITION)`: windows and comparisons stand behind `where`."
    if word in _WHERE:
        return f"Write `where` instead of `{word}`, behind the set: `count(SET where CONDITION)`."
    return _with_over(place, name, open_at)


def _with_over(place: Place, name: str, open_at: int) -> str:
    """What to write where `over` and the set are forgotten."""
    word = place.text()
    inside = place.tokens[open_at + 1 : place.at]
    if name == "count" and any(one.text in {"and", "or"} for one in inside):
        return _SETS
    if not inside or not _meant(name):
        return f"Add `over` and the set: `{_meant(name)}(VALUE over SET)`." if _meant(name) else _NONE
    said = place.source.text[inside[0].start : inside[-1].end]
    if inside[0].text in _KNOWN and inside[1:2] and inside[1].text == "(" and word == ")":
        return f"Write `{_meant(name)}({said} for each month)`, or name what else its parts are."
    joined = [one.kind if one.kind == NAME and one.text not in RESERVED else one.text for one in inside]
    if joined in ([NAME, ".", NAME], [NAME, "in", NAME]) and word == ")" and name != "count":
        of, over = (inside[2], inside[0]) if joined[1] == "." else (inside[0], inside[2])
        return f"Write `{_meant(name)}({of.text} over {over.text})`."
    value = said if word == ")" and len(said) < _LONG and "\n" not in said else "VALUE"
    return f"Add `over` and the set: `{_meant(name)}({value} over SET)`."


def _own(place: Place, open_at: int) -> set[str]:
    """The words that stand in a call itself, and in no call inside."""
    found, depth = set(), 0
    for one in place.tokens[open_at + 1 : place.at]:
        depth += {"(": 1, ")": -1}.get(one.kind, 0)
        if depth == 0:
            found.add(one.text)
    return found


def turned(place: Place) -> Diagnostic | None:
    """`share(ok where urgent over visits)`."""
    open_at = call_around(place)
    since = [] if open_at is None else [one.text for one in place.tokens[open_at + 1 : place.at]]
    if open_at is None or place.text() != "over" or "where" not in since or "over" in since:
        return None
    word, where = place.tokens[open_at - 1].text, open_at + 1 + since.index("where")
    value = place.source.text[place.tokens[open_at].end : place.tokens[where].start].strip()
    asked = place.source.text[place.tokens[where].start : place.token().start].strip()
    fix = f"Write `{word}({value} over {place.text(1) or 'SET'} {asked})`."
    return UNEXPECTED.at(place.span(), "the set stands before its `where`", label="further to the front", fix=fix)


def parts_of_a_set(place: Place) -> Diagnostic | None:
    """`average(count(visits) over visits for each client)`."""
    open_at = call_around(place)
    since = [] if open_at is None else [one.text for one in place.tokens[open_at + 1 : place.at]]
    if open_at is None or (place.text(), place.text(1)) != ("for", "each") or "over" not in since:
        return None
    word, over = place.tokens[open_at - 1].text, open_at + 1 + since.index("over")
    value = place.source.text[place.tokens[open_at].end : place.tokens[over].start].strip()
    fix = f"Write `{word}(NUMBER for each {place.text(2) or 'NAME'})`, with a count, a sum or a share of each."
    if ")" in since:
        fix = f"Write `{word}({value} for each {place.text(2) or 'NAME'})`."
    message = "“for each” brings together numbers of groups, and names no set"
    return UNEXPECTED.at(place.span(0, 1), message, label="of which parts?", fix=fix)


def set_in_parentheses(place: Place) -> Diagnostic | None:
    """`average(score over (visits where ok))`."""
    if place.text() != "(" or place.text(-1) != "over":
        return None
    fix = "Leave the parentheses out: `average(NUMBER over SET where CONDITION)`."
    return UNEXPECTED.at(place.span(), "a set stands without parentheses", label="left over", fix=fix)


def several_sets(place: Place) -> Diagnostic | None:
    """`share(ok over visits, arrests)`."""
    open_at = call_around(place)
    since = set() if open_at is None else _own(place, open_at)
    if open_at is None or place.text() != "," or "over" not in since or since & {"where", "by", "same"}:
        return None
    fix = "Measure each set by itself and join the two: `sum(N over A) + sum(N over B)`."
    return UNEXPECTED.at(place.span(), "an aggregate is over one set", label="a second set?", fix=fix)


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
