"""The indefinite article of a noun, which goes by its first sound; knows nothing of where the noun comes from."""

import re

from acmspec.ground.pattern import pattern

_LIKE_A_CONSONANT = pattern(r"(?:eu|ewe|one\b|once|unit|univers|unio|unif|uniq|use|usu|usa|util)", re.IGNORECASE)
"""A unit, a user, a one-time payment: written with a vowel and said without one."""
_LIKE_A_VOWEL = pattern(r"(?:hour|heir|honest|honou?r)", re.IGNORECASE)


def article(noun: str) -> str:
    """The noun with its article: `a Visit`, `an officer`, `a unit`, `an hour`."""
    starts_with_vowel = noun[:1].lower() in set("aeiou") and not _LIKE_A_CONSONANT.match(noun)
    return f"{'an' if starts_with_vowel or _LIKE_A_VOWEL.match(noun) else 'a'} {noun}"
