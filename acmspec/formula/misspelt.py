"""Finds the misspelt keyword behind a formula that can't be read; it offers one only if the formula then reads."""

from collections.abc import Callable, Sequence

from acmspec.formula.lalr import Refusal, tables
from acmspec.formula.lexer import NAME, Token
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import nearest
from acmspec.ground.source import Source, Span

MISSPELT = Problem(
    "ACM214",
    "a misspelt word of the language",
    "The words that join the parts of a formula are fixed, and this is none of them.",
    "Correct the word.",
    "A condition must be written in the words and signs that this contract defines.",
)
PROBLEMS = (MISSPELT,)

_NO_SLIPS = frozenset({"unknown", "xor", "nor", "no"})
"""Words that are close to one of the language and mean another thing."""
_AROUND = (0, -1, 1, 2, *range(-2, -10, -1))
"""Steps from the token where reading broke off to those that may have caused it, the likeliest first."""


def misspelt(
    source: Source, tokens: Sequence[Token], refusal: Refusal, reads: Callable[[Sequence[Token]], bool]
) -> Diagnostic | None:
    """The word near the break that is close to a keyword with which the whole formula reads; `reads` tries it."""
    keywords = sorted({word for phrases in tables().words.values() for phrase in phrases for word in phrase})
    for step in _AROUND:
        index = refusal.at + step
        if not 0 <= index < len(tokens) or tokens[index].kind != NAME or tokens[index].text in keywords:
            continue
        token = tokens[index]
        if token.text.lower() in {*keywords, *_NO_SLIPS}:  # capitals have advice of their own
            continue
        for word in keywords:
            right = Token(NAME, word, token.start, token.end)
            if nearest(token.text, (word,)) and reads([*tokens[:index], right, *tokens[index + 1 :]]):
                span = Span(source, token.start, token.end)
                message = f"“{token.text}” is not a word of formulas"
                return MISSPELT.at(span, message, label=f"did you mean `{word}`?", fix=f"Write `{word}`.")
    return None
