"""Which letter is another in lower case, one for one, for engines whose own answer hangs on their locale."""

from functools import cache
from sys import maxunicode

_DOTTED = "İ"
"""The one letter that becomes two where a whole text is brought to lower case; alone it becomes a plain i."""


@cache
def lower_case() -> tuple[str, str]:
    """All letters that have one in lower case, and in the same order what they are there."""
    found = [(upper, upper.lower()) for upper in map(chr, range(maxunicode + 1)) if upper.lower() != upper]
    pairs = [(upper, lower[0]) for upper, lower in found if len(lower) == 1 or upper == _DOTTED]
    return "".join(upper for upper, _ in pairs), "".join(lower for _, lower in pairs)
