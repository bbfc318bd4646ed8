"""What to say to habits from spreadsheets, SQL and programming; each knows one habit and changes nothing accepted."""

from acmspec.formula.advice_place import BAD_CALL, INCOMPLETE, Place, call_around
from acmspec.formula.lexer import FOREIGN_OPERATOR, NAME, RESERVED
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Span

LISTED = {"=": "in", "!=": "not in"}
"""How a value is held against several that are listed, by the sign for one."""
CHOICE = "Write `if CONDITION then A else B`; every `if` has its `else`."


def spreadsheet(place: Place) -> Diagnostic | None:
    """`COUNT(*)`, `COUNTIF(…)`, `IF(…)` and the like."""
    open_at = call_around(place)
    if open_at is None:
        return None
    name = place.tokens[open_at - 1]
    span = Span(place.source, name.start, place.token().end)
    if place.text() == "*" and place.text(-1) == "(":
        return BAD_CALL.at(
            span, "`*` is not a set", label="which records?", fix=f"Name the set: `{name.text.lower()}(leavers)`."
        )
    word = name.text.lower()
    if word in {"countif", "countifs", "sumif", "sumifs", "averageif", "averageifs"} and word != name.text:
        plain = word.removesuffix("s").removesuffix("if")
        inside = "SET" if plain == "count" else "VALUE over SET"
        fix = f"Write `{plain}({inside} where CONDITION)`."
        return BAD_CALL.at(span, f"formulas have no “{name.text}”", label="a spreadsheet function", fix=fix)
    return None


def null(place: Place) -> Diagnostic | None:
    """`is null`, `is not null`, `is "a"`."""
    first = 0 if place.text() == "is" else -1 if place.text(-1) == "is" else None
    if first is None:
        return None
    negative = place.text(first + 1) == "not"
    after = first + 1 + negative
    if place.text(after).lower() in {"null", "none", "blank", "empty", "na", "nan"}:
        fix = f"Write `is {'known' if negative else 'missing'}`."
        return FOREIGN_OPERATOR.at(
            place.span(first, after),
            f"“{place.text(after)}” is not a word of formulas",
            label="means missing?",
            fix=fix,
        )
    if place.text(first - 1) in {"where", "and", "or", "not", "(", ""}:
        fix = "Leave `is` out: what is yes or no stands alone, as in `where permanent_home`."
        return FOREIGN_OPERATOR.at(place.span(first, first), "nothing stands before `is`", label="what is?", fix=fix)
    sign = "!=" if negative else "="
    fix = f"Write `{sign}` to compare with a value, or `is known` and `is missing`."
    return FOREIGN_OPERATOR.at(
        place.span(first, after - 1), "`is` goes with `known` or `missing` only", label="compares with nothing", fix=fix
    )


def foreign_word(place: Place) -> Diagnostic | None:
    """`x like "a"`, `if … then`, `x equals y`, `x contains y`, capitals."""
    fixes = {
        "like": 'Compare with `=`, or list the values: `in ("a", "b")`.',
        "contains": 'Compare with `=`, or list the values: `in ("a", "b")`.',
        "equals": "Write `=`.",
        "exceeds": "Write `>`.",
        "equal": "Write `=`.",
        "until": "Write `on or before`.",
        "since": "Write `on or after`.",
        "from": "Write `after`, or `days from A to B` for a number of days.",
        "without": "Write `where not …`.",
        "if": CHOICE,
        "then": CHOICE,
        "else": CHOICE,
        "when": "Write `if CONDITION then A else B`, or use `where`.",
        "select": "A formula is the value alone: `count(SET where CONDITION)`, or `sum(VALUE over SET)`.",
        "xor": "Write `(a or b) and not (a and b)`.",
    }
    for step in (0, -1):
        token = place.token(step)
        word = token.text.lower()
        habit = word in fixes if step == 0 else word in {"if", "select"}
        if token.kind == NAME and (habit or (word != token.text and word in RESERVED)):
            fix = fixes.get(word, f"Write `{word}`, in lower case.")
            span = place.span(step, step)
            return FOREIGN_OPERATOR.at(span, f"“{token.text}” can't stand here", label="not expected", fix=fix)
    return None


def choice(place: Place) -> Diagnostic | None:
    """`if a then b` without its `else`; `if a, b, c`; `end` behind it all."""
    starts = [index for index, one in enumerate(place.tokens[: place.at]) if one.kind == NAME and one.text == "if"]
    if starts and place.text() in {"end", "endif"}:
        return INCOMPLETE.at(place.span(), "nothing closes an `if`", label="left over", fix="Leave it out.")
    if not starts or not {"then", "else"} & place.expected:
        return None
    start = place.tokens[starts[-1]]
    missing = "then" if "then" in place.expected else "else"
    span = Span(place.source, start.start, start.end)
    return INCOMPLETE.at(span, f"this `if` has no `{missing}`", label=f"no `{missing}`", fix=CHOICE)


def bracket(place: Place) -> Diagnostic | None:
    """`in [1, 2]`, `count[x]`, `]`."""
    if place.text() not in {"[", "]"}:
        return None
    fix = 'A list stands in parentheses: `in ("a", "b")`.' if place.text(-1) == "in" else ""
    if place.text(-1) in LISTED:
        fix = f'Write `{LISTED[place.text(-1)]} ("a", "b")` for one of some.'
    message = f"“{place.text()}” can't stand here"
    if place.text() == "[" and place.text(-1) == ")":
        fix = "Only a name is looked at elsewhere: name the number under `definitions`, and write `NAME[…]`."
    if not fix:
        fix = "Square brackets follow the name of a metric or of a definition for groups: `rate[4 quarters earlier]`."
    return FOREIGN_OPERATOR.at(place.span(), message, label="not expected", fix=fix)
