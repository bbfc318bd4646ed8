"""Whether a text is worded as the contract words it; it must not know what the text means."""

from acmspec.english.typed import as_typed, straightened
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.source import Source

OTHER_WORDING = Problem(
    "ACM260",
    "a wording that is not the contract's",
    "Each formula has one wording, so that a text that differs from it by a word is seen to differ.",
    "Use the wording shown, or give --lenient to see what the text means.",
    "A condition must be worded as this Agreement words it.",
)
SAME_MEANING = Problem(
    "ACM261",
    "a wording that differs",
    "The wording differs from the contract's; the meaning is that of the wording shown.",
    "Compare the wording shown with what was meant.",
    "A condition means what its wording in this Agreement says.",
    Severity.NOTE,
)
PROBLEMS = (OTHER_WORDING, SAME_MEANING)


def judged(source: Source, canonical: str, *, lenient: bool) -> tuple[Diagnostic, ...]:
    """What to say of a text whose meaning is worded `canonical`: nothing where it is that, signs of print aside."""
    given, wanted = straightened(source), straightened(Source("", canonical))
    if as_typed(given.plain) == as_typed(wanted.plain):
        return ()
    at = next(
        (at for at, (one, two) in enumerate(zip(given.plain, wanted.plain, strict=False)) if one != two),
        min(len(given.plain), len(wanted.plain)),
    )
    start = given.plain.rfind(" ", 0, at) + 1
    end = given.plain.find(" ", at)
    span = given.span(start, len(given.plain) if end < 0 else end)
    if lenient:
        message = "the wording differs, the meaning does not: in the contract's words it reads as shown"
        return (SAME_MEANING.at(span, message, label="differs here", fix=f"The wording is: {wanted.plain}"),)
    message = "this is not how the contract words it"
    return (OTHER_WORDING.at(span, message, label="differs here", fix=f"Write: {wanted.plain}"),)
