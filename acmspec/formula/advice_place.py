"""Where parsing of a formula broke off, and the problems that can be said of it; it must not know any habit."""

from collections.abc import Sequence
from typing import NamedTuple

from acmspec.formula.lexer import END, NAME, RESERVED, Token
from acmspec.ground.diagnostic import Problem
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

A_NUMBER = "A_NUMBER"


class Place(NamedTuple):
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
        return A_NUMBER in self.expected and "A_TEXT" in self.expected

    @property
    def is_touching(self) -> bool:
        """Whether the token at hand follows the one before it without a blank."""
        return self.at > 0 and self.token(-1).end == self.token().start


def opens(place: Place) -> list[int]:
    """The indexes of the parentheses open at the place, outermost first."""
    stack: list[int] = []
    for index, token in enumerate(place.tokens[: place.at]):
        if token.kind == "(":
            stack.append(index)
        elif token.kind == ")" and stack:
            stack.pop()
    return stack


def call_around(place: Place) -> int | None:
    """The index of the parenthesis of the call that directly surrounds the place."""
    around = opens(place)
    if not around or around[-1] == 0:
        return None
    before = place.tokens[around[-1] - 1]
    return around[-1] if before.kind == NAME and before.text not in RESERVED else None
