"""Regular expressions that are compiled when one is first needed; it knows nothing of what they look for.

Most of them recognise what an author may have meant by what is wrong. Few specs need any of these, and compiling all of
them takes a command longer than reading the spec.
"""

import re
from typing import AnyStr, Generic, cast


class _Waiting(Generic[AnyStr]):
    """Stands for a pattern; what was asked of it once is its own from then on."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._text: AnyStr = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        # The module keeps what it compiled, so that two methods of one pattern don't compile it twice.
        found: object = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(text: AnyStr, flags: int = 0) -> "re.Pattern[AnyStr]":
    """A regular expression, not compiled yet."""
    return cast("re.Pattern[AnyStr]", _Waiting(text, flags))
