"""What to say where parsing broke off: one recognizer a habit, in order; it must not change what is accepted."""

from collections.abc import Callable, Sequence

from acmspec.formula.advice_calls import (
    call,
    parts_of_a_set,
    place_first,
    set_in_parentheses,
    several_sets,
    turned,
)
from acmspec.formula.advice_english import HABITS as HABITS_OF_ENGLISH
from acmspec.formula.advice_english import LAST
from acmspec.formula.advice_habits import LISTED, bracket, choice, foreign_word, null, spreadsheet
from acmspec.formula.advice_numbers import HABITS as HABITS_OF_NUMBERS
from acmspec.formula.advice_phrases import loose_phrase
from acmspec.formula.advice_place import (
    A_NUMBER,
    BAD_CALL,
    INCOMPLETE,
    PARENTHESES,
    UNEXPECTED,
    Place,
    call_around,
    opens,
)
from acmspec.formula.advice_time import HABITS
from acmspec.formula.advice_windows import HABITS as HABITS_OF_WINDOWS
from acmspec.formula.lalr import Refusal
from acmspec.formula.lexer import END, NAME, Token
from acmspec.formula.literals import BAD_LENGTH
from acmspec.ground.diagnostic import Diagnostic, Label
from acmspec.ground.source import Source, Span

PROBLEMS = (PARENTHESES, BAD_CALL, INCOMPLETE, UNEXPECTED)

_UNITS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "quarter", "year"}
    | {"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years", "business"}
)
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "and", "or", "not", "in"})
_JOINING = _OPERATORS | {",", ".", "over", "where", "after", "before"}
_IN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12, "thirty": 30,
    "sixty": 60, "ninety": 90,
}  # fmt: skip
_SHOWN = {
    NAME: "a name",
    A_NUMBER: "a number",
    "A_PERCENT": "a percentage",
    "A_MONEY": "a sum of money",
    "A_TEXT": "a quoted text",
    "A_DATE": "a date",
    END: "the end of the formula",
}


def explain(source: Source, tokens: Sequence[Token], refusal: Refusal) -> Diagnostic:
    """What is wrong where parsing broke off, by the first recognizer that knows the habit."""
    place = Place(source, tokens, refusal.at, refusal.expected)
    for recognize in _RECOGNIZERS:
        found = recognize(place)
        if found is not None:
            return found
    return _unexpected(place)


# --- windows ----------------------------------------------------------------------------------------------


def _window(place: Place) -> Diagnostic | None:
    """`within after X`, `within days after X`, `within 30 after X`, `within 30 days of X`, `within X`."""
    start = next((step for step in (0, -1, -2, -3) if place.text(step) == "within"), None)
    if start is None or place.token(start).kind != NAME or place.at + start == 0:
        return None
    length = place.token(start + 1)
    no_length = length.kind in {"A_PERCENT", "A_MONEY", "A_DATE", "A_TEXT"} and start == -1
    if no_length or length.kind == END or length.text in {"after", "before", "of"} | _UNITS:
        said = f"“{length.text}” is not a length" if length.text else "the length is missing"
        message = f"`within` needs a number of days, weeks, months or years; {said}"
        return BAD_LENGTH.at(place.span(start, min(start + 1, 0)), message, label="how long?")
    if length.text in _IN_WORDS:
        fix = f"Write the number in digits: `within {_IN_WORDS[length.text]} …`."
        return BAD_LENGTH.at(place.span(start, start + 1), "a number in words", label="in digits", fix=fix)
    if length.kind == NAME and {"after", "before"} & place.expected:
        fix = f"Write `within {length.text} after` and the date it starts from, or a number: `within 180 days after …`."
        message = "this window does not say after what"
        return BAD_LENGTH.at(place.span(start, start + 1), message, label="after what?", fix=fix)
    if length.kind != A_NUMBER:
        return None
    if "after" not in place.expected:
        counted = place.token(start + 2).text
        if counted in {"working", "work", "workdays", "weekdays", "bd"}:
            fix = f"Write `within {length.text} business days after`; a calendar of the spec says which days these are."
            message = f"`{counted}` is no unit of time"
            return BAD_LENGTH.at(place.span(start), message, label="business days?", fix=fix)
        return BAD_LENGTH.at(
            place.span(start), f"`within {length.text}` has no unit", label="days, weeks, months or years?",
            fix=f"Write for example `within {length.text} days after`.",
        )  # fmt: skip
    fix = f"Write `within {length.text} {place.text(start + 2)} after` and the date it starts from."
    return BAD_LENGTH.at(place.span(start), "this window does not say after what", label="after what?", fix=fix)


# --- parentheses, calls, commas ---------------------------------------------------------------------------


def _parentheses(place: Place) -> Diagnostic | None:
    around = opens(place)
    if place.token().kind == END and ")" in place.expected and around:
        last = place.tokens[around[-1]]
        missing = "a `)` is missing" if len(around) == 1 else f"{len(around)} `)` are missing"
        related = (Label(Span(place.source, last.start, last.end), "opened here"),)
        end = Span(place.source, place.token(-1).end - 1, place.token(-1).end)
        return PARENTHESES.at(end, missing, label="the formula ends here", related=related)
    if place.text() == ")" and not around:
        return PARENTHESES.at(place.span(), "this `)` has no `(`", label="closes nothing")
    return None


def _comma(place: Place) -> Diagnostic | None:
    around = opens(place)
    sign = place.tokens[around[-1] - 1].text if around and around[-1] else ""
    if place.text() == "," and sign in LISTED:
        fix = f"Write `{LISTED[sign]}` in place of `{sign}` for one of several."
        return UNEXPECTED.at(place.span(), "one value is not equal to several", label="a list?", fix=fix)
    if place.text() == ",":
        fix = (
            "Remove it." if around or not place.text(1) else "Write `and` or `or` between two conditions, or remove it."
        )
        return INCOMPLETE.at(place.span(), "this comma separates nothing", label="not in a list", fix=fix)
    if place.text(-1) == "," and place.text() == ")":
        return INCOMPLETE.at(place.span(-1, -1), "nothing follows this comma", label="left over", fix="Remove it.")
    return None


def _second_where(place: Place) -> Diagnostic | None:
    """`count(SET where a where b)`."""
    around = opens(place)
    since = around[-1] if around else 0
    if place.text() != "where" or all(token.text != "where" for token in place.tokens[since : place.at]):
        return None
    fix = "Join the conditions with `and`: `where a and b`."
    return UNEXPECTED.at(place.span(), "a set has one `where`", label="a second one", fix=fix)


def _chained(place: Place) -> Diagnostic | None:
    """`a < b < c`; `any(SET for same client and a < b)`, which lacks its `where`."""
    open_at = call_around(place)
    since = [] if open_at is None else [one.text for one in place.tokens[open_at : place.at]]
    if place.text() in {"=", "!=", "<", "<=", ">", ">="} and "same" in since and "where" not in since:
        same = place.token(since.index("same") + 1 - len(since)).text
        fix = f"Write `where` before the condition: `for same {same} where {place.text(-1)} {place.text()} …`."
        return UNEXPECTED.at(place.span(-1), "a condition follows `where`", label="no entity", fix=fix)
    if place.text() in {"=", "!=", "<", "<=", ">", ">="} and "and" in place.expected and place.at > 1:
        fix = "Join two comparisons with `and`: `a <= x and x <= b`."
        return UNEXPECTED.at(place.span(), "comparisons can't be chained", label="a second comparison", fix=fix)
    return None


def _missing(place: Place) -> Diagnostic | None:
    """An operator without its right or left side, or two values side by side."""
    token, before = place.token(), place.token(-1)
    if NAME in place.expected and (token.kind == END or token.text in _JOINING | {")"}):
        if token.text == "+":
            fix = "Leave `+` out: a number without a sign is above zero."
            return INCOMPLETE.at(place.span(), "nothing stands before this “+”", label="a sign?", fix=fix)
        if before.text in _JOINING | {"then", "else"} or (before.text == "(" and token.kind == END):
            return INCOMPLETE.at(place.span(-1, -1), f"nothing follows “{before.text}”", label="what comes next?")
        fix = "Remove it: a formula starts with its value." if place.at == 0 and token.text == "=" else ""
        message = f"a value is missing before “{token.text}”"
        return INCOMPLETE.at(place.span(), message, label="what comes before?", fix=fix)
    if token.kind == END:
        last = place.span(-1, -1)
        return INCOMPLETE.at(last, f"the formula ends too early; {_wanted(place)}", label="what comes next?")
    if token.kind == "A_TEXT" and not place.is_touching and before.kind == "A_TEXT" and "," in place.expected:
        fix = f"Write a comma between them: `{before.text}, {token.text}`."
        return UNEXPECTED.at(place.span(-1), "two values of a list side by side", label="no comma", fix=fix)
    if token.kind == "A_TEXT" and place.is_touching and before.kind == "A_TEXT":
        fix = "Inside a YAML value in single quotes, quote texts with double quotes."
        return UNEXPECTED.at(place.span(-1), "two texts side by side", label="quotes in quotes?", fix=fix)
    return None


def _unexpected(place: Place) -> Diagnostic:
    return UNEXPECTED.at(place.span(), f"“{place.text()}” can't stand here; {_wanted(place)}", label="not expected")


_RECOGNIZERS: tuple[Callable[[Place], Diagnostic | None], ...] = (
    *HABITS,
    *HABITS_OF_WINDOWS,
    choice,
    place_first,
    *HABITS_OF_NUMBERS,
    _window,
    loose_phrase,
    *HABITS_OF_ENGLISH,
    bracket,
    spreadsheet,
    null,
    foreign_word,
    _second_where,
    turned,
    several_sets,
    parts_of_a_set,
    set_in_parentheses,
    call,
    _parentheses,
    _comma,
    _chained,
    _missing,
    *LAST,
)


def _wanted(place: Place) -> str:
    """What could stand here, in a few words."""
    expected = place.expected
    if place.wants_value:
        return "a value is expected, such as a name, a number or a quoted text"
    some = [_SHOWN.get(kind, f"`{kind}`") for kind in sorted(expected)]
    few = 4
    if len(some) <= few:
        return f"expected {' or '.join(some)}" if some else "nothing can follow"
    if "over" in expected:
        return "expected an operator, or `over` and a set"
    if ")" in expected:
        return "expected an operator or `)`"
    return "expected an operator" if "and" in expected else f"expected {', '.join(some[:few])} …"
