"""What to say where parsing broke off: one recognizer a habit, in order; it must not change what is accepted."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from acmspec.formula.lalr import Refusal
from acmspec.formula.lexer import END, FOREIGN_OPERATOR, NAME, RESERVED, Token
from acmspec.formula.literals import BAD_LENGTH, BAD_NUMBER
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.source import Source, Span

PARENTHESES = Problem(
    "ACM210",
    "parentheses that don't match",
    "Every `(` has its `)`.",
    "Add or remove a parenthesis.",
    "A condition must show which parts belong together.",
)
BAD_CALL = Problem(
    "ACM212",
    "an aggregate or lookup that is not complete",
    "An aggregate names a set: `count(SET)`, or `share(condition over SET)`, each with an optional `where`.",
    "Name the set, for example `share(permanent_home over leavers)`.",
    "A figure must say which records it is counted over.",
)
INCOMPLETE = Problem(
    "ACM213",
    "a value or a part that is missing",
    "Every operator stands between two values, and every list item between commas is a value.",
    "Add the missing value, or remove what is left over.",
    "A condition must be complete to be agreed.",
)
UNEXPECTED = Problem(
    "ACM220",
    "a formula that can't be read",
    "The words and signs of a formula follow one another in the ways docs/language.md shows.",
    "Write what could stand here, or remove what is left over.",
    "A condition must be written in the words and signs that this contract defines.",
)
PROBLEMS = (PARENTHESES, BAD_CALL, INCOMPLETE, UNEXPECTED)

_A_NUMBER = "A_NUMBER"
_UNITS = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})
_OTHER_UNITS = frozenset({"hour", "hours", "minute", "minutes", "quarter", "quarters", "business"})
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "and", "or", "not", "in"})
_JOINING = _OPERATORS | {",", ".", "over", "where", "after", "before"}
_NO_CHOICE = "Formulas have no `if` yet; name the condition under `definitions`, or use `where`."
_INSTEAD = {
    "coalesce": "Say what a missing value means with `X is missing` or `X is known`.",
    "ifnull": "Say what a missing value means with `X is missing` or `X is known`.",
    "nvl": "Say what a missing value means with `X is missing` or `X is known`.",
    "datediff": "Write `days from A to B`.",
    "dateadd": "Write a deadline as `D within 14 days after X`.",
    "if": _NO_CHOICE,
    "iif": _NO_CHOICE,
    "round": "Formulas are exact; the metric says how its result is rounded: `round: 1 decimal`.",
}
"""What the language says in place of functions of other languages that take arguments with commas."""
_SHOWN = {
    NAME: "a name",
    _A_NUMBER: "a number",
    "A_PERCENT": "a percentage",
    "A_MONEY": "a sum of money",
    "A_TEXT": "a quoted text",
    "A_DATE": "a date",
    END: "the end of the formula",
}


class _Place(NamedTuple):
    """Where parsing broke off, with looks to both sides."""

    source: Source
    tokens: Sequence[Token]
    at: int
    expected: frozenset[str]

    def token(self, step: int = 0) -> Token:
        """The token `step` from the one at hand; an end token beyond both ends."""
        index = self.at + step
        return self.tokens[index] if 0 <= index < len(self.tokens) else Token(END, "", 0, 0)

    def text(self, step: int = 0) -> str:
        """The text of that token."""
        return self.token(step).text

    def span(self, first: int = 0, last: int = 0) -> Span:
        """The range from one token to another, by steps from the one at hand."""
        return Span(self.source, self.token(first).start, self.token(last).end)

    @property
    def wants_value(self) -> bool:
        """Whether a value could stand here."""
        return _A_NUMBER in self.expected and "A_TEXT" in self.expected

    @property
    def is_touching(self) -> bool:
        """Whether the token at hand follows the one before it without a blank."""
        return self.at > 0 and self.token(-1).end == self.token().start


def explain(source: Source, tokens: Sequence[Token], refusal: Refusal) -> Diagnostic:
    """What is wrong where parsing broke off, by the first recognizer that knows the habit."""
    place = _Place(source, tokens, refusal.at, refusal.expected)
    for recognize in _RECOGNIZERS:
        found = recognize(place)
        if found is not None:
            return found
    return _unexpected(place)


# --- other languages --------------------------------------------------------------------------------------


def _spreadsheet(place: _Place) -> Diagnostic | None:
    """`COUNT(*)`, `COUNTIF(…)`, `IF(…)` and the like."""
    open_at = _call_around(place)
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


def _null(place: _Place) -> Diagnostic | None:
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
    sign = "!=" if negative else "="
    fix = f"Write `{sign}` to compare with a value, or `is known` and `is missing`."
    return FOREIGN_OPERATOR.at(
        place.span(first, after - 1), "`is` goes with `known` or `missing` only", label="compares with nothing", fix=fix
    )


def _foreign_word(place: _Place) -> Diagnostic | None:
    """`x like "a"`, `if … then`, `x equals y`, `x contains y`, capitals."""
    fixes = {
        "like": 'Compare with `=`, or list the values: `in ("a", "b")`.',
        "contains": 'Compare with `=`, or list the values: `in ("a", "b")`.',
        "equals": "Write `=`.",
        "equal": "Write `=`.",
        "until": "Write `on or before`.",
        "since": "Write `on or after`.",
        "from": "Write `after`, or `days from A to B` for a number of days.",
        "without": "Write `where not …`.",
        "if": _NO_CHOICE,
        "then": _NO_CHOICE,
        "else": _NO_CHOICE,
        "when": _NO_CHOICE,
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


# --- numbers ----------------------------------------------------------------------------------------------


def _number(place: _Place) -> Diagnostic | None:
    """`1,000`, `65 %`, `50 percent`, `.5`, `5.`, `1e5`."""
    before, token, after = place.token(-1), place.token(), place.token(1)
    if before.kind in {_A_NUMBER, "A_MONEY"} and token.kind == "," and after.kind == _A_NUMBER:
        thousands = len(after.text.partition(".")[0]) == len("000")
        joined = f"{before.text}{after.text}" if thousands else f"{before.text}.{after.text}"
        return BAD_NUMBER.at(place.span(-1, 1), "numbers have no commas", label="one number?", fix=f"Write `{joined}`.")
    if token.text == "." and after.kind == _A_NUMBER and place.wants_value:
        fix = f"Write `0.{after.text}`."
        return BAD_NUMBER.at(place.span(0, 1), "a number starts with a digit", label="starts with a point", fix=fix)
    if before.kind != _A_NUMBER:
        return None
    if token.text == ".":
        fix = f"Write `{before.text}` or `{before.text}.0`."
        return BAD_NUMBER.at(place.span(-1), "a number ends with a digit", label="ends with a point", fix=fix)
    if token.text in {"percent", "pct", "per"}:
        return BAD_NUMBER.at(
            place.span(-1), "a percentage is written with %", label="a percentage", fix=f"Write `{before.text}%`."
        )
    if token.text in {"dollars", "dollar", "usd", "USD"}:
        return BAD_NUMBER.at(
            place.span(-1), "money is written with its sign first", label="an amount", fix=f"Write `${before.text}`."
        )
    if token.kind == NAME and place.is_touching:
        return BAD_NUMBER.at(place.span(-1), f"“{before.text}{token.text}” is no number and no name", label="here")
    return None


# --- windows ----------------------------------------------------------------------------------------------


def _window(place: _Place) -> Diagnostic | None:
    """`within after X`, `within days after X`, `within 30 after X`, `within 30 days of X`, `within 2 hours after X`."""
    start = next((step for step in (0, -1, -2, -3) if place.text(step) == "within"), None)
    if start is None or place.token(start).kind != NAME or start == 0:
        return None
    token = place.token()
    span = place.span(start)
    if start == -1:
        said = f"“{token.text}” is not a length" if token.text else "the length is missing"
        message = f"`within` needs a number of days, weeks, months or years; {said}"
        return BAD_LENGTH.at(span, message, label="how long?")
    number = place.token(start + 1).text
    if token.text.lower() in _OTHER_UNITS:
        message = f"windows are counted in days, weeks, months or years, not in {token.text}"
        return BAD_LENGTH.at(span, message, label="which days?", fix=f"Write for example `within {number} days after`.")
    if "after" not in place.expected:
        return BAD_LENGTH.at(
            span, f"`within {number}` has no unit", label="days, weeks, months or years?",
            fix=f"Write for example `within {number} days after`.",
        )  # fmt: skip
    fix = f"Write `within {number} {place.text(start + 2)} after` and the date it starts from."
    return BAD_LENGTH.at(span, "this window does not say after what", label="after what?", fix=fix)


# --- parentheses, calls, commas ---------------------------------------------------------------------------


def _parentheses(place: _Place) -> Diagnostic | None:
    opens = _opens(place)
    if place.token().kind == END and ")" in place.expected and opens:
        last = place.tokens[opens[-1]]
        missing = "a `)` is missing" if len(opens) == 1 else f"{len(opens)} `)` are missing"
        related = (Label(Span(place.source, last.start, last.end), "opened here"),)
        end = Span(place.source, place.token(-1).end - 1, place.token(-1).end)
        return PARENTHESES.at(end, missing, label="the formula ends here", related=related)
    if place.text() == ")" and not opens:
        return PARENTHESES.at(place.span(), "this `)` has no `(`", label="closes nothing")
    return None


def _call(place: _Place) -> Diagnostic | None:
    """A forgotten set, a forgotten `over`, arguments joined by commas, an empty call."""
    open_at = _call_around(place)
    if open_at is None or ("over" not in place.expected and place.at != open_at + 1):
        return None
    name = place.tokens[open_at - 1]
    word = name.text
    span = Span(place.source, name.start, max(place.token().end, name.end))
    if place.at == open_at + 1:
        if place.text() != ")":
            return None
        return BAD_CALL.at(span, f"`{word}()` does not say which records", label="which records?")
    if place.text() == ",":
        message = f"the parts of `{word}(…)` are joined by words, not by commas"
        fix = _INSTEAD.get(word.lower(), f"Write `{word}(VALUE over SET where CONDITION)`.")
        return BAD_CALL.at(span, message, label="a comma", fix=fix)
    if place.token().kind in {NAME, ")", END} and place.text() not in RESERVED | _UNITS:
        fix = f"Add `over` and the set: `{word}(VALUE over SET)`."
        if place.text() in {"of", "in", "from", "across", "for"}:
            fix = f"Write `over` instead of `{place.text()}`."
        return BAD_CALL.at(span, f"`{word}(…)` does not say over which set", label="over which records?", fix=fix)
    if place.text() == "where":
        fix = f"Name the set before `where`: `{word}(VALUE over SET where CONDITION)`."
        return BAD_CALL.at(span, f"`{word}(…)` does not say over which set", label="over which records?", fix=fix)
    return None


def _comma(place: _Place) -> Diagnostic | None:
    if place.text() == ",":
        return INCOMPLETE.at(place.span(), "this comma separates nothing", label="not in a list", fix="Remove it.")
    if place.text(-1) == "," and place.text() == ")":
        return INCOMPLETE.at(place.span(-1, -1), "nothing follows this comma", label="left over", fix="Remove it.")
    return None


def _second_where(place: _Place) -> Diagnostic | None:
    """`count(SET where a where b)`."""
    opens = _opens(place)
    since = opens[-1] if opens else 0
    if place.text() != "where" or all(token.text != "where" for token in place.tokens[since : place.at]):
        return None
    fix = "Join the conditions with `and`: `where a and b`."
    return UNEXPECTED.at(place.span(), "a set has one `where`", label="a second one", fix=fix)


def _chained(place: _Place) -> Diagnostic | None:
    """`a < b < c`."""
    if place.text() in {"=", "!=", "<", "<=", ">", ">="} and "and" in place.expected and place.at > 1:
        fix = "Join two comparisons with `and`: `a <= x and x <= b`."
        return UNEXPECTED.at(place.span(), "comparisons can't be chained", label="a second comparison", fix=fix)
    return None


def _missing(place: _Place) -> Diagnostic | None:
    """An operator without its right or left side, or two values side by side."""
    token, before = place.token(), place.token(-1)
    if NAME in place.expected and (token.kind == END or token.text in _JOINING | {")"}):
        if before.text in _JOINING:
            return INCOMPLETE.at(place.span(-1, -1), f"nothing follows “{before.text}”", label="what comes next?")
        fix = "Remove it: a formula starts with its value." if place.at == 0 and token.text == "=" else ""
        message = f"a value is missing before “{token.text}”"
        return INCOMPLETE.at(place.span(), message, label="what comes before?", fix=fix)
    if token.kind == END:
        last = place.span(-1, -1)
        return INCOMPLETE.at(last, f"the formula ends too early; {_wanted(place)}", label="what comes next?")
    if token.kind == "A_TEXT" and place.is_touching and before.kind == "A_TEXT":
        fix = "Inside a YAML value in single quotes, quote texts with double quotes."
        return UNEXPECTED.at(place.span(-1), "two texts side by side", label="quotes in quotes?", fix=fix)
    return None


def _unexpected(place: _Place) -> Diagnostic:
    return UNEXPECTED.at(place.span(), f"“{place.text()}” can't stand here; {_wanted(place)}", label="not expected")


_RECOGNIZERS: tuple[Callable[[_Place], Diagnostic | None], ...] = (
    _number,
    _window,
    _spreadsheet,
    _null,
    _foreign_word,
    _second_where,
    _call,
    _parentheses,
    _comma,
    _chained,
    _missing,
)


def _opens(place: _Place) -> list[int]:
    """The indexes of the parentheses open at the place, outermost first."""
    stack: list[int] = []
    for index, token in enumerate(place.tokens[: place.at]):
        if token.kind == "(":
            stack.append(index)
        elif token.kind == ")" and stack:
            stack.pop()
    return stack


def _call_around(place: _Place) -> int | None:
    """The index of the parenthesis of the call that directly surrounds the place."""
    opens = _opens(place)
    if not opens or opens[-1] == 0:
        return None
    before = place.tokens[opens[-1] - 1]
    return opens[-1] if before.kind == NAME and before.text not in RESERVED else None


def _wanted(place: _Place) -> str:
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
