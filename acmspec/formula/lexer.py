"""Raw tokens of a formula, longest match first; it must not know the grammar: words are told apart by the parser."""

import re
from typing import NamedTuple

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.source import Source, Span

END = "$END"
NAME = "A_NAME"

RESERVED = frozenset({"and", "or", "not", "in", "is", "true", "false", "over", "where"})
"""Words that are never names, so that a forgotten operand is seen where it is missing."""

FOREIGN_CHARACTER = Problem(
    "ACM205",
    "a character that formulas don't have",
    "A formula is made of names, numbers, straight quotes, `+ - * /`, `= != < <= > >=`, commas and parentheses.",
    "Replace or remove the character.",
    "A condition must be written in the words and signs that this contract defines.",
)
OPEN_TEXT = Problem(
    "ACM206",
    "a quoted text without its end",
    "A text starts and ends with the same straight quote, on one line, and has no such quote inside.",
    "Add the closing quote.",
    "A quoted value must show where it starts and where it ends.",
)
FOREIGN_OPERATOR = Problem(
    "ACM209",
    "an operator of another language",
    "The formula language has its own operators.",
    "Write it in the words of the formula language.",
    "A condition must be written in the words and signs that this contract defines.",
)
PROBLEMS = (FOREIGN_CHARACTER, OPEN_TEXT, FOREIGN_OPERATOR)

_FOREIGN = {
    "==": "`=` compares two values",
    "===": "`=` compares two values",
    ":=": "`=` compares two values",
    "<>": "`!=` means “is not equal to”",
    "!==": "`!=` means “is not equal to”",
    "=>": "“greater than or equal to” is `>=`",
    "=<": "“less than or equal to” is `<=`",
    "&": "`and` joins two conditions",
    "&&": "`and` joins two conditions",
    "|": "`or` joins two conditions",
    "||": "`or` joins two conditions",
    "!": "`not` turns a condition round",
    "??": "say what a missing value means with `X is known` or `X is missing`",
    "!>": "“not greater than” is `<=`",
    "!<": "“not less than” is `>=`",
    "**": "there are no powers; multiply with `*`",
    "->": "a field of another record stands behind a point: `client.race`",
    "//": "a formula has no comments; put the comment on a YAML line of its own, behind `#`",
    "/*": "a formula has no comments; put the comment on a YAML line of its own, behind `#`",
    "≤": "“less than or equal to” is `<=`",
    "≥": "“greater than or equal to” is `>=`",
    "≠": "`!=` means “is not equal to”",
    "×": "`*` multiplies",
    "·": "`*` multiplies",
    "÷": "`/` divides",
    "–": "a minus is the plain hyphen `-`",  # en dash
    "—": "a minus is the plain hyphen `-`",
    "−": "a minus is the plain hyphen `-`",  # minus sign
    "‐": "a minus is the plain hyphen `-`",  # typographic hyphen
}
_CHARACTERS = {
    ";": "a formula needs no `;`; the parts of a call are joined by words: `share(CONDITION over SET)`, "
    "conditions by `and`, the values of a list by commas",
    ":": "there are no ranges of cells; name the set: `sum(VALUE over SET)`",
    "“": 'write straight quotes: `"like this"`',
    "”": 'write straight quotes: `"like this"`',
    "„": 'write straight quotes: `"like this"`',
    "«": 'write straight quotes: `"like this"`',
    "»": 'write straight quotes: `"like this"`',
    "~": 'texts are compared whole: `X = "a"`, or `X in ("a", "b")`',
    "€": "money is `€` with a number right behind it, such as €4,000",
    "£": "money is `£` with a number right behind it, such as £4,000",
    "^": "there are no powers; multiply with `*`",
    "‘": "write straight quotes: `'like this'`",
    "’": "write straight quotes: `'like this'`",
    "`": "write a name without quotes and a text in straight quotes",
    "{": "parentheses group: `( … )`",
    "}": "parentheses group: `( … )`",
    "?": "write `if CONDITION then A else B`",
    "#": "a formula has no comments; put the comment on a YAML line of its own",
    "%": "a percentage is a number with `%` right behind it, such as 65%",
    "$": "money is `$` with a number right behind it, such as $4,000",
    "\\": "texts have no escapes; choose the other kind of quote",
}
_DIGITS = r"[0-9]+(?:\.[0-9]+)?"
_GROUPED = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<blank>\s+)",
            r"(?P<A_MOMENT>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?!\w))",
            r"(?P<A_DATE>[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\w))",
            r"(?P<A_PERIOD>(?:(?:19|20)[0-9]{2}-(?:Q[1-4]|(?:0[1-9]|1[0-2]))|FY[0-9]{4}(?:-Q[1-4])?)(?![\w-]))",
            rf"(?P<A_MONEY>(?:[$€£]|[A-Z]{{3}} ){_GROUPED})",
            rf"(?P<A_PERCENT>{_DIGITS}%)",
            rf"(?P<A_NUMBER>{_DIGITS})",
            r"(?P<A_NAME>[^\W\d]\w*)",
            r"""(?P<A_TEXT>"[^"\n]*"|'[^'\n]*')""",
            r"(?P<open>[\"'])",
            r"(?P<foreign>===?|!==|:=|<>|=>|=<|![<>]|\?\?|&&?|\|\|?|\*\*|->|//|/\*|!(?!=)|[≤≥≠×·÷–—−‐])",
            r"(?P<sign>!=|<=|>=|[=<>+\-*/(),.\[\]])",
            r"(?P<character>.)",
        )
    ),
    re.DOTALL,
)
_SIGNS_OF_MONEY = frozenset("$€£")
_SHOUTED = RESERVED | {"null", "between", "like"}


class Token(NamedTuple):
    """One raw token: its kind (a sign is its own kind), its text, and its place in the source."""

    kind: str
    text: str
    start: int
    end: int


def tokens(source: Source, start: int, end: int) -> tuple[list[Token], Diagnostic | None]:
    """The tokens of a slice, with an end token, and the first thing that is no token at all."""
    found: list[Token] = []
    for match in _TOKEN.finditer(source.text, start, end):
        kind = match.lastgroup or ""
        if kind == "blank":
            continue
        token = Token(kind, match.group(), match.start(), match.end())
        if kind == "sign":
            token = Token(token.text, token.text, token.start, token.end)
        elif kind in {"open", "foreign", "character"} or (kind == NAME and _is_shouted(token.text)):
            return found, _refusal(source, token, found[-1] if found else token, end)
        found.append(token)
    last = found[-1].end if found else start
    found.append(Token(END, "", last, last))
    return found, None


def _is_shouted(word: str) -> bool:
    return word.isupper() and word.lower() in _SHOUTED


def _refusal(source: Source, token: Token, before: Token, end: int) -> Diagnostic:
    span = Span(source, token.start, token.end)
    if token.kind == "open":
        stop = source.text.find("\n", token.start, end)
        rest = Span(source, token.start, (end if stop < 0 else stop))
        fix = _apostrophe(source, token, before) or _curled(rest.text)
        return OPEN_TEXT.at(rest, f"the text that starts with {token.text} has no end", label="starts here", fix=fix)
    if token.kind == "foreign":
        return FOREIGN_OPERATOR.at(
            span, f"formulas have no “{token.text}”", label="not an operator here", fix=_sentence(_FOREIGN[token.text])
        )
    if token.kind == NAME:
        return FOREIGN_OPERATOR.at(span, _shouted(token.text), label="in capitals", fix=_lowered(token.text))
    advice = _CHARACTERS.get(token.text, "")
    if token.text == "#" and (day := re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").match(source.text, token.end, end)):
        advice = f"write the date alone: {day[0]}"
    if token.text == ":" and before.kind == "A_NUMBER" and source.text[token.end : token.end + 1].isdigit():
        advice = "a time of day stands behind its date: 2025-03-01 17:30"
    if token.text in _SIGNS_OF_MONEY and (amount := _amount(source, token, before, end)):
        advice = f"write `{token.text}{amount}`"
    if token.text == "%" and before.kind == "A_NUMBER":
        advice = f"write `{before.text}%`, without a blank"
    if token.text == "%" and before.kind == NAME:
        advice = "there are no remainders; a percentage is a number with `%` right behind it, such as 65%"
    if token.text == "%" and before.kind == ")":
        advice = "leave it out: `share(…)` and `A out of B` are percentages by themselves"
    shown = token.text if token.text.isprintable() else f"U+{ord(token.text):04X}, which can't be seen"
    return FOREIGN_CHARACTER.at(span, f"formulas have no “{shown}”", label="not understood", fix=_sentence(advice))


def _amount(source: Source, token: Token, before: Token, end: int) -> str:
    """The number behind a sign of money and a blank, or right before the sign; "" where there is none."""
    behind = re.compile(rf"\s+({_GROUPED})").match(source.text, token.end, end)
    if behind:
        return behind[1]
    return before.text if before.kind == "A_NUMBER" and before.end == token.start else ""


def _apostrophe(source: Source, token: Token, before: Token) -> str:
    """What to write for `1'000` and `the client's race`; "" where a text begins."""
    if token.text != "'" or before.end != token.start:
        return ""
    if before.text in {"isn", "aren", "wasn", "doesn", "hasn"}:
        return "Write `!=` to compare with a value, `is missing`, or `not` before a condition."
    digits = re.match("[0-9]+", source.text[token.end :])
    if before.kind == "A_NUMBER" and digits:
        return f"Write `{before.text}{digits[0]}`, if it is one number."
    return f"A field of another record stands behind a point: `{before.text}.FIELD`." if before.kind == NAME else ""


def _curled(text: str) -> str:
    """What to write for a text that starts with a straight quote and ends with a curled one; "" for any other."""
    return 'Write straight quotes at both ends: `"like this"`.' if set(text) & set("“”„‘’") else ""


def _shouted(word: str) -> str:
    return f"“{word}” is not a word of formulas; its words are in lower case"


def _lowered(word: str) -> str:
    if word in {"IS", "NULL"}:
        return "Write `is missing` or `is known`."
    if word == "BETWEEN":
        return "Write `x between a and b`; both ends count."
    if word == "LIKE":
        return 'Compare with `=`, or list the values: `in ("a", "b")`.'
    return f"Write `{word.lower()}`."


def _sentence(advice: str) -> str:
    if not advice:
        return ""
    first = advice[0].upper() + advice[1:]
    return first if first.endswith(".") else f"{first}."
