"""What was said: a sentence, or a lead and lettered items below it; knows nothing of its meaning."""

from collections.abc import Sequence
from dataclasses import replace

from acmspec.ground.node import node

ALL = "all of the following are true:"
ANY = "at least one of the following is true:"
TRUE = "the following is true:"
NEITHER = "both or neither of the following are true:"
ONE = "exactly one of the following is true:"
WHERE = ", where:"
_MOST_WORDS = 14


@node
class Said:
    """One phrase. With `items`, `text` ends in a colon and leads to them; `joint` (`and`, `or`) stands between them.

    A phrase with items stands at the end of its block, as nothing may follow the list.
    """

    text: str
    items: "tuple[Said, ...]" = ()
    joint: str = "and"

    @property
    def is_short(self) -> bool:
        """Whether it can be one of two in a `both … and`: no list, no second such phrase, few words."""
        return self.is_single and len(self.text.split()) <= _MOST_WORDS

    @property
    def is_single(self) -> bool:
        """Whether it is one condition on one line, in which no other is nested."""
        words = (" both ", " either ", " there is ", " for which ", ": ")
        compound = any(word in f" {self.text}" for word in words)
        return not self.items and not compound

    def after(self, words: str) -> "Said":
        """The same with words before it."""
        return replace(self, text=f"{words}{self.text}")


def joined(parts: Sequence[Said], operator: str) -> Said:
    """Conditions under `and` or `or`: one sentence for two short ones, else a lettered list."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and all(one.is_short for one in parts):  # noqa: PLR2004  (both and either take two)
        first = "both" if operator == "and" else "either"
        return Said(f"{first} {parts[0].text} {operator} {parts[1].text}")
    return Said(ALL if operator == "and" else ANY, tuple(parts), operator)
