"""What to say to sentences that people write where a formula has its own words; it changes nothing accepted."""

from collections.abc import Callable, Mapping

from acmspec.formula.advice_place import A_NUMBER, UNEXPECTED, Place, opens
from acmspec.formula.lalr import tables
from acmspec.formula.lexer import NAME, RESERVED
from acmspec.ground.diagnostic import Diagnostic

_OF_NUMBERS = {word: f"Write `{word}(NUMBER over SET)`." for word in ("sum", "average", "median", "lowest", "highest")}
_OF_RECORDS = {
    word: f"Write `{word}(VALUE over SET for same ENTITY by FIELD where CONDITION)`." for word in ("earliest", "latest")
}
_COUNT, _SHARE = "Write `count(SET where CONDITION)`.", "Write `share(CONDITION over SET)`."
_CALLED: Mapping[str, str] = {
    **_OF_NUMBERS,
    **_OF_RECORDS,
    **{word: f"Write `{word}(SET for same ENTITY where CONDITION)`." for word in ("any", "none")},
    **dict.fromkeys(("count", "number", "numbers"), _COUNT),
    **dict.fromkeys(("share", "percent", "percentage", "proportion", "fraction", "rate"), _SHARE),
    **dict.fromkeys(("mean", "avg"), _OF_NUMBERS["average"]),
    "total": _OF_NUMBERS["sum"],
    "no": "Write `X is missing` for a value; of other records, `none(SET for same ENTITY where CONDITION)`.",
    **dict.fromkeys(("max", "maximum"), _OF_NUMBERS["highest"]),
    **dict.fromkeys(("min", "minimum"), _OF_NUMBERS["lowest"]),
}
"""How each number is written, by the word that English has for it."""
_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_VALUES = frozenset({A_NUMBER, "A_TEXT", "A_MONEY", "A_PERCENT", "A_DATE", "A_MOMENT"})
_ARTICLES = frozenset({"the", "an"})


def without_parentheses(place: Place) -> Diagnostic | None:
    """`share of leavers where …`, `the number of leavers`, `count leavers`, `average days over leavers`."""
    start = 0 if place.text(-1) in _ARTICLES else -1
    word, counted = place.text(start).lower(), place.text(start + 2)
    if place.token(start).kind != NAME or place.token(start + 1).kind != NAME:
        return None
    if word in {"number", "numbers"} and place.text(start + 1) == "of" and counted in _UNITS:
        fix = f"Write `{counted} from A to B`, without “{word} of”."
        message = f"formulas don't say “{word} of”"
        return UNEXPECTED.at(place.span(start, start + 1), message, label="said twice", fix=fix)
    if word not in _CALLED or place.text(start + 1).lower() in RESERVED:
        return None
    message = f"“{place.text(start)}” has parentheses around what it is of"
    return UNEXPECTED.at(place.span(start, start + 1), message, label="of what?", fix=_CALLED[word])


def article(place: Place) -> Diagnostic | None:
    """`the leavers`."""
    if place.text(-1) not in _ARTICLES or place.token().kind != NAME:
        return None
    fix = f"Leave `{place.text(-1)}` out."
    return UNEXPECTED.at(place.span(-1, -1), f"formulas have no “{place.text(-1)}”", label="an article", fix=fix)


def of_another(place: Place) -> Diagnostic | None:
    """`race of client`, `length of stay`."""
    if place.text() == "of" and _is_length(place):
        return UNEXPECTED.at(place.span(), "this window does not say after what", label="after?", fix="Write `after`.")
    if place.text() != "of" or not _are_names(place, 1):
        return None
    if place.text(-1) in {"length", "duration"}:
        fix = "Write `days from A to B` with two dates; `lasts 90 days` asks whether a record's span is so long."
    elif not _are_names(place, -1):
        return None
    else:
        fix = f"A field of another record stands behind it: `{place.text(1)}.{place.text(-1)}`."
    return UNEXPECTED.at(place.span(-1, 1), "a value has no “of”", label="of what?", fix=fix)


def _is_length(place: Place) -> bool:
    """Whether the name before the place is the length of a window: `within level.days_allowed of`."""
    step = -1
    while place.token(step).kind in {NAME, "."} and place.text(step) != "within":
        step -= 1
    return place.text(step) == "within"


def unit(place: Place) -> Diagnostic | None:
    """`8 points`."""
    if place.token(-1).kind != A_NUMBER or not _are_names(place, 0):
        return None
    fix = f"Leave `{place.text()}` out: a number without a unit of time stands alone."
    if place.text() in {"points", "pp", "pct_points"}:
        fix = f"Leave `{place.text()}` out; points of a share are written `{place.text(-1)}%`."
    return UNEXPECTED.at(place.span(-1), f"“{place.text()}” is no unit of formulas", label="a unit?", fix=fix)


def behind_a_name(place: Place) -> Diagnostic | None:
    """`permanent_exits where …`, `permanent_exits for each provider`."""
    if place.text() not in {"where", "for"} or opens(place) or not _are_names(place, -1):
        return None
    name = place.text(-1)
    some = f"Write `{name}[CONDITION]` for the value of some records, or `count({name} where CONDITION)` of a set."
    each = f"Write `average({name} for each NAME)`, or list what it is parted by under `break_down_by`."
    fix = some if place.text() == "where" else each
    return UNEXPECTED.at(place.span(-1), f"`{place.text()}` does not stand behind a name", label="of what?", fix=fix)


def side_by_side(place: Place) -> Diagnostic | None:
    """`permanent home`, `exit_date entry_date`, `count(a) count(b)`."""
    if place.text(-1) == ")" and place.token().kind == NAME and not place.wants_value:
        if place.text() in _UNITS:
            fix = f"Leave `{place.text()}` out: the value says itself what it is counted in."
            return UNEXPECTED.at(place.span(), "a unit behind a value", label="left over", fix=fix)
        fix = "Say what joins them, such as `+`, `/`, `out of`, or `and` between conditions."
        return UNEXPECTED.at(place.span(), "two values stand side by side", label="and?", fix=fix)
    if not _are_names(place, -1, 0):
        return None
    fix = f"Write one name with an underscore: `{place.text(-1)}_{place.text()}`; between two, say what joins them."
    message = f"“{place.text(-1)}” and “{place.text()}” stand side by side"
    return UNEXPECTED.at(place.span(), message, label="one name?", fix=fix)


def value_behind_a_name(place: Place) -> Diagnostic | None:
    """`kind "home"`, `score 5`, `cost $100`."""
    if place.token().kind not in _VALUES or not _are_names(place, -1):
        return None
    fix = f"Write `{place.text(-1)} = {place.text()}`, or another sign between the two."
    if place.text(-1) in {"percentile", "nth", "reaches"}:
        fix = f"Write `{place.text(-1)}({place.text()}, VALUE over SET)`."
    return UNEXPECTED.at(place.span(-1), "a value stands right behind a name", label="compared how?", fix=fix)


def _are_names(place: Place, *steps: int) -> bool:
    """Whether words are names that an author chooses, and none of the language."""
    some = [place.token(step) for step in steps]
    return all(one.kind == NAME and one.text not in tables().words and one.text not in RESERVED for one in some)


HABITS: tuple[Callable[[Place], Diagnostic | None], ...] = (without_parentheses,)
"""Those that are asked before the habits of other languages."""
LAST: tuple[Callable[[Place], Diagnostic | None], ...] = (
    article,
    of_another,
    behind_a_name,
    unit,
    value_behind_a_name,
    side_by_side,
)
"""Those that are asked when no other has an answer."""
