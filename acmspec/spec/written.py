"""Shapes of one value: text, words, whole numbers, dates, amounts, lengths; what a value means together is not theirs.

A value's text is what its author typed. As JSON Schema sees it, plain `yes`, `no`, `on`, `off`, `true` and `false` are
booleans, plain digits with or without decimals are numbers, an empty plain value is null, all else is a string.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from acmspec.document.tree import Mapping, Node, Scalar
from acmspec.ground.calendar import Every, Length
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.ground.exact import Unit, significant
from acmspec.ground.nearest import nearest
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Located
from acmspec.spec.amounts import DURATION, SHOWN, WRITTEN, amount
from acmspec.spec.desk import FAULT, Desk, Fault
from acmspec.spec.meant import chosen, either, meant

TRUTHS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
NUMBER = pattern(r"[-+]?[0-9]{1,15}(\.[0-9]{1,10})?")
SNAKE = "[a-z][a-z0-9_]*"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOST = 999_999_999

NOT_A_CHOICE = Problem(
    code="ACM103",
    title="not one of the choices",
    cause="This key takes one of a few words, and this is none of them.",
    fix="Write one of the words that the message lists.",
    contract="A term of the contract must use one of the words the contract knows.",
)
WRONG_VALUE = Problem(
    code="ACM104",
    title="a value of another kind",
    cause="This key takes another kind of value.",
    fix="Write the value in the form the message names.",
    contract="Every term of the contract must be stated in the form it calls for.",
)
WRONG_STRUCTURE = Problem(
    code="ACM105",
    title="another structure is needed",
    cause="A single value, a list and a set of keys are different things, and this key takes another one of them.",
    fix="Write one value after the colon, a list of lines that start with “- ”, or indented keys, as the message says.",
    contract="Every term of the contract must stand in the place and form set out for it.",
)
NO_VALUE = Problem(
    code="ACM106",
    title="no value",
    cause="There is a key, but nothing stands after its colon.",
    fix="Write the value, or remove the key.",
    contract="A term that is named must also be stated.",
)
UNQUOTED = Problem(
    code="ACM107",
    title="a word that YAML takes for something else",
    cause="Without quotes, YAML reads yes, no, on, off, true and false as true or false instead of as text.",
    fix="Put the word in quotes.",
    contract="Words of the contract must be written so that no reader can take them for anything else.",
)
NOT_A_DATE = Problem(
    code="ACM111",
    title="not a date",
    cause="Dates are written year-month-day with four, two and two digits, and the day must exist.",
    fix="Write the date as in 2025-07-01.",
    contract="Every date in the contract must be a day of the calendar.",
)
OUT_OF_RANGE = Problem(
    code="ACM114",
    title="a number out of range",
    cause="The number is smaller or larger than this key allows.",
    fix="Write a number within the range that the message names.",
    contract="Every number in the contract must lie within the range set for it.",
)
SEXAGESIMAL = Problem(
    code="ACM151",
    title="some readers take this for a number",
    cause="Older YAML readers take digits with a colon for minutes and seconds: 1:30 becomes 90.",
    fix="Put the value in quotes.",
    contract="Words of the contract must be written so that no reader can take them for anything else.",
    severity=Severity.WARNING,
)
PROBLEMS = (
    NOT_A_CHOICE, WRONG_VALUE, WRONG_STRUCTURE, NO_VALUE, UNQUOTED, NOT_A_DATE, OUT_OF_RANGE, SEXAGESIMAL,
)  # fmt: skip

_SURELY_PERCENT = 10
_TRUTH = "YAML reads yes, no, on, off, true and false as true or false, and this key takes something else."
_SEXAGESIMAL = pattern(r"[-+]?[0-9]+(:[0-5]?[0-9])+")


def words(scalar: Scalar) -> str:
    """The text of a scalar; a block scalar's last line end is not part of what its author means."""
    return scalar.text.rstrip("\n") if scalar.style in {"|", ">"} else scalar.text


def scalar_of(node: Node, desk: Desk, said: str, fix: str = "") -> Scalar | Fault:
    """The node as a single value that is not empty, or a fault that says what was `said` to stand here.

    `fix` is what to write in place of keys or a list, if more can be said of it.
    """
    if not isinstance(node, Scalar):
        found = "keys" if isinstance(node, Mapping) else "a list"
        message = f"{desk.here} must be {said}, not {found}"
        return desk.report(WRONG_STRUCTURE, node.span, message, label=f"expected {said}", fix=fix)
    if node.is_null:
        return desk.report(NO_VALUE, node.span, f"{desk.here} has no value", label=f"expected {said}")
    return node


@node
class Text:
    """Words for people: `Located[str]`. Numbers count as the text typed. `blank` allows the empty text."""

    said: str = "text"
    blank: bool = False

    def decode(self, node: Node, desk: Desk) -> Located[str] | Fault:
        """The text as typed; faults on a bare yes, no, true, false or nothing."""
        scalar = scalar_of(node, desk, self.said)
        if scalar is FAULT:
            return FAULT
        text = words(scalar)
        if not scalar.style and text.lower() in TRUTHS:
            return desk.report(
                UNQUOTED, scalar.span, f"“{text}” is not text unless it is quoted", label=f'write "{text}"'
            )
        if not self.blank and not text.strip():
            return desk.report(NO_VALUE, scalar.span, f"{desk.here} is empty", label=f"expected {self.said}")
        if not scalar.style and _SEXAGESIMAL.fullmatch(text):
            desk.report(SEXAGESIMAL, scalar.span, f"“{text}” should be quoted", label=f'write "{text}"')
        return Located(text, scalar.span)

    def schema(self) -> dict[str, object]:
        """JSON Schema: a string or a number."""
        return {"type": ["string", "number"]} | ({} if self.blank else {"pattern": r"\S"})


@node
class Written:
    """A value in one written form: `Located` of what `build` makes of the match of `pattern`.

    `said` names the form in a message, `example` shows it. `build` gives None for text in the right form that
    still means nothing, such as 30 February. `extra` are further schema keywords that say the same.
    """

    pattern: str
    said: str
    example: str
    build: Callable[[re.Match[str]], Any]
    problem: Problem = WRONG_VALUE
    extra: tuple[tuple[str, object], ...] = ()
    numbers: bool = False
    words: tuple[str, ...] = ()
    offers: Callable[[str], str] | None = None
    """What a text surely means that another form than this one would leave in doubt; "" for nothing."""
    instead: str = ""
    """What to write where something else stands; "" for the form and its example."""

    def decode(self, node: Node, desk: Desk) -> Located[Any] | Fault:
        """What the text means, or a fault with the form and an example."""
        scalar = scalar_of(node, desk, self.said)
        if scalar is FAULT:
            return FAULT
        text = words(scalar)
        plain = "" if scalar.style else text
        found = self._read(text, plain)
        if found is None:
            close = (self.offers(plain) if self.offers else "") or meant(text, self._takes, self.words)
            message = f"{desk.here} must be {self.said}, not “{_short(text)}”"
            ways = " or ".join(one for one in either(text) if self._takes(one))
            form = self.instead or f"Write {self.said}, for example {self.example}."
            otherwise = f"Write {ways}, if that is the day that is meant." if ways else form
            return desk.report(
                self.problem,
                scalar.span,
                message,
                label=f"write {close}" if close else f"expected, for example, {self.example}",
                cause=_TRUTH if plain.lower() in TRUTHS else "",
                fix=f"Write {close}, if that is what is meant." if close else otherwise,
            )
        return Located(found, scalar.span)

    def _read(self, text: str, plain: str) -> Any:
        """What a text means, or None; `plain` is the text if it has no quotes, else ""."""
        if plain.lower() in TRUTHS or (NUMBER.fullmatch(plain) and not self.numbers):
            return None
        match = re.fullmatch(self.pattern, text)
        return match and self.build(match)

    def _takes(self, text: str) -> bool:
        return self._read(text, text) is not None

    def schema(self) -> dict[str, object]:
        """JSON Schema: a string of the form, or a number where numbers are one."""
        kind = ["string", "number"] if self.numbers else "string"
        return {"type": kind, "pattern": f"^({self.pattern})$", "examples": [self.example], **dict(self.extra)}


def _short(text: str) -> str:
    most = 40
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[: most - 1] + "…"


def Identifier() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """A name of the spec in snake_case: `Located[str]`."""
    said = "a name in lower case such as exit_date (letters, digits and _, starting with a letter)"
    return Written(SNAKE, said, "exit_date", re.Match.group)


def Path() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """A name, or a path of names joined by dots: `Located[str]`."""
    return Written(rf"{SNAKE}(\.{SNAKE})*", "a field or a path to one", "client.race", re.Match.group)


def Slug() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """A name that may stand in a file name: lower-case words joined by hyphens, `Located[str]`."""
    said = "lower-case words joined by hyphens"
    return Written("[a-z][a-z0-9]*([-_][a-z0-9]+)*", said, "harbor-rapid-rehousing", re.Match.group)


def Day() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """A day of the calendar: `Located[date]`."""
    return Written(_DAY, "a date", "2025-07-01", _day, NOT_A_DATE, (("format", "date"),))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(match.group())
    except ValueError:
        return None


def Quantity(*written: str) -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """An exact amount written as "number", "percent", "money" or "duration": `Located[Amount]`."""
    pattern = "|".join(WRITTEN[one] for one in written)
    said = " or ".join(SHOWN[one][0] for one in written)
    return Written(pattern, said, SHOWN[written[0]][1], _amount, numbers="number" in written)


def Factor() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """What an amount is multiplied by, as a percentage: `Located[Amount]`."""
    return replace(Quantity("percent"), offers=_times)


def _times(text: str) -> str:
    """The percentage of a factor below ten: 1.5 is 150%; a greater number is one without its sign."""
    if not NUMBER.fullmatch(text) or not 0 < Fraction(text) < _SURELY_PERCENT:
        return ""
    return f"{significant(Fraction(text) * 100)}%"


def _amount(match: re.Match[str]) -> object:
    return amount(match.group())


def Duration() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """A length of days or months: `Located[Length]`."""
    return Written(DURATION, "a length of time", "15 days", _length)


def _length(match: re.Match[str]) -> Length:
    one = amount(match.group())
    months = one.unit == Unit.of("month")
    return Length(months=int(one.value), said=one.said) if months else Length(int(one.value), said=one.said)


def EveryWord() -> Written:  # noqa: N802  (reads as a shape in a table of keys)
    """How often a period starts: `Located[Every]`."""
    every = tuple(one.value for one in Every)
    said = "one of " + ", ".join(every)
    return Written("|".join(every), said, "quarter", lambda match: Every(match.group()), words=every)


@node
class Chosen:
    """One of a few words: `Located[str]`. `shown` are those that messages list, where there are too many.

    `dated` is the key beside this one that takes a day instead.
    """

    options: tuple[str, ...]
    shown: tuple[str, ...] = ()
    dated: str = ""

    def decode(self, node: Node, desk: Desk) -> Located[str] | Fault:
        """The word, or a fault that lists the words and offers the nearest."""
        listed = _listed(self.shown or self.options)
        scalar = scalar_of(node, desk, f"one of: {listed}")
        if scalar is FAULT:
            return FAULT
        text = words(scalar)
        if text in self.options and (scalar.style or text.lower() not in TRUTHS):
            return Located(text, scalar.span)
        close = chosen(text, self.options) or nearest(text, self.options)
        fix = f"Did you mean “{close}”?" if close else f"Write one of: {listed}."
        if self.dated and re.fullmatch(_DAY, text):
            fix = f"A day stands under another key: write “{self.dated}: {text}”."
        return desk.report(
            NOT_A_CHOICE,
            scalar.span,
            f"“{_short(text)}” is not a choice for {desk.here}",
            label=f"expected: {listed}",
            fix=fix,
        )

    def schema(self) -> dict[str, object]:
        """JSON Schema: one of the strings."""
        return {"enum": list(self.options)}


def _listed(options: tuple[str, ...]) -> str:
    return options[0] if len(options) == 1 else ", ".join(options[:-1]) + " or " + options[-1]


def Choice(*options: str) -> Chosen:  # noqa: N802  (reads as a shape in a table of keys)
    """One of a few words: `Located[str]`."""
    return Chosen(options)


@node
class Whole:
    """A whole number from `least` to `most`, both counted: `Located[int]`."""

    least: int | None = None
    most: int | None = None

    @property
    def _example(self) -> int:
        """Twenty, or the nearest number that is allowed."""
        return max(self.least or 0, min(20, self.most if self.most is not None else 20))

    def decode(self, node: Node, desk: Desk) -> Located[int] | Fault:
        """The number, or a fault that says whether its form or its size is wrong."""
        scalar = scalar_of(node, desk, "a whole number")
        if scalar is FAULT:
            return FAULT
        text = words(scalar)
        if scalar.style or not NUMBER.fullmatch(text) or text.partition(".")[2].strip("0"):
            quoted = bool(scalar.style) and NUMBER.fullmatch(text) is not None
            return desk.report(
                WRONG_VALUE,
                scalar.span,
                f"{desk.here} must be a whole number, not “{_short(text)}”",
                label="remove the quotes" if quoted else f"expected, for example, {self._example}",
                cause=_TRUTH if not scalar.style and text.lower() in TRUTHS else "",
                fix="Remove the quotes." if quoted else f"Write {self._meant(text)}.",
            )
        number = int(text.partition(".")[0])
        least, most = self._bounds()
        if not least <= number <= most:
            wanted = f"{least}" if least == most else f"between {least:,} and {most:,}"
            message = f"{desk.here} must be {wanted}, not {number:,}"
            fix = f"Write {least}: this program knows no other." if least == most else ""
            return desk.report(OUT_OF_RANGE, scalar.span, message, label="out of range", fix=fix)
        return Located(number, scalar.span)

    def _meant(self, text: str) -> str:
        """The number among words that say nothing more, else an example."""
        found = meant(text, lambda one: one.isdecimal() and self._bounds()[0] <= int(one) <= self._bounds()[1])
        return found or f"a whole number, for example {self._example}"

    def _bounds(self) -> tuple[int, int]:
        return (0 if self.least is None else self.least, MOST if self.most is None else self.most)

    def schema(self) -> dict[str, object]:
        """JSON Schema: an integer with its range."""
        least, most = self._bounds()
        return {"type": "integer", "minimum": least, "maximum": most}


@node
class Flag:
    """Yes or no: `Located[bool]`."""

    def decode(self, node: Node, desk: Desk) -> Located[bool] | Fault:
        """Whether it says yes or true; faults on any other word."""
        scalar = scalar_of(node, desk, "yes or no")
        if scalar is FAULT:
            return FAULT
        text = words(scalar)
        found = TRUTHS.get(text if scalar.style else text.lower())
        if found is None:
            message = f"{desk.here} must be yes or no, not “{_short(text)}”"
            close = meant(text, TRUTHS.__contains__, ("yes", "no"))
            fix = f"Write {close}." if close else "Write yes or no."
            return desk.report(WRONG_VALUE, scalar.span, message, label="expected: yes or no", fix=fix)
        return Located(found, scalar.span)

    def schema(self) -> dict[str, object]:
        """JSON Schema: a boolean, or one of the words for readers that take them for strings."""
        return {"enum": [True, False, *TRUTHS]}
