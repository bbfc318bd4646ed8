"""Words of other contracts in place of those of this language, and what to write for each; it changes no text."""

import re

from acmspec.ground.pattern import pattern

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|zero"
)
_DATE = "Write a date as July 1, 2025."
_HABITS = tuple(
    (pattern(shape, re.IGNORECASE), fix)
    for shape, fix in (
        (
            r"(?:share|percentage|percent|proportion|rate|portion|fraction|ratio) (?:of|among)\b",
            "Write “The share, among VISITS, of those for which the VISIT …”, with nouns of the contract.",
        ),
        (r"same [A-Z]", "Write “for the same”, as in “There is at least one Arrest for the same Person”."),
        (
            r"no\b(?! (?:less|fewer|later|earlier) than)",
            "Write “is not” behind the name of the value, or “it is not true that” before the condition.",
        ),
        (r"(?:greater|higher|larger|bigger|longer) than or equal", "Write “is at least”; of dates “is on or after”."),
        (r"(?:less|lower|smaller|fewer|shorter) than or equal", "Write “is no more than”; of dates “is on or before”."),
        (r"(?:exceeds|(?:greater|higher|larger) than|above|over)\b", "Write “is more than”; of dates “is after”."),
        (r"(?:fewer than|lower than|smaller than|below|under)\b", "Write “is less than”; of dates “is before”."),
        (r"(?:at most|not more than|up to)\b", "Write “is no more than”; of dates “is on or before”."),
        (r"(?:(?:not|no) less than|no fewer than|a minimum of)\b", "Write “is at least”; of dates “is on or after”."),
        (r"(?:equal to|equals|exactly|the same as)\b", "Write “is”; of dates “is on”."),
        (r"(?:no later than|not later than)\b", "Write “is on or before”."),
        (r"(?:no earlier than|not earlier than|starting)\b", "Write “is on or after”."),
        (r"(?:until|through|by)\b", "Write “is on or before” where the day itself counts, else “is before”."),
        (r"(?:blank|empty|missing|null|unknown)\b", "Write “is not recorded”."),
        (r"(?:shall|must|should|will|may)\b", "A formula says what is so, and not what must be: write “is”."),
        (r"and/or\b", "Write “either … or”, which includes both."),
        (r"%|per cent\b", "Write “percent” behind the number: 65 percent."),
        (r"(?:dollars?|usd|cents?)\b", "Write money with its sign, as in $500 or $1,200.50."),
        (r"\$ ", "Write the sign right before the number: $500."),
        (rf"(?:{_WORDS})\b", "Write a number in digits: 30."),
        (r"(?:calendar|consecutive) days?\b", "Write “days”; each day of the calendar counts."),
        (r"(?:business|working) days?\b", "Say of which calendar: 5 business days of the calendar “County”."),
        (rf"(?:{_MONTHS})[a-z]*\.? ", _DATE),
        (r"/", _DATE),
        (r",[0-9]", "Write decimals with a point: 2.5."),
        (r"[0-9]{3}(?![0-9])", "Write thousands with commas and no blanks: 12,000."),
    )
)  # fmt: skip
_OR_MORE = pattern(r"or (?:equal|more|less|fewer|greater|higher|lower|above|below|later|earlier)\b")
_MORE_THAN_TWO = (
    "Two short conditions are joined by “both … and” or “either … or”; others are a list below “all of the following "
    "are true:” or “at least one of the following is true:”."
)
_SIDES = pattern(r"of the |from the ")
_LENGTH = pattern(r"(?:days?|weeks?|months?|years?|hours?)$")
_NEGATED = pattern(r"(?:less|more|fewer|greater) than")


def instead(text: str, at: int) -> str:
    """What to write instead of the words that a text goes on with at a place, "" where nothing is known of them."""
    rest, before = text[at : at + 60], text[:at].rstrip()
    last = before.rsplit(" ", 1)[-1]
    some = (f"{last} {rest}", rest) if last in {"not", "no"} else (rest,)
    found = _joined(rest, before) or next((fix for one in some for shape, fix in _HABITS if shape.match(one)), "")
    if not found and text[at : at + 3].isupper() and sum(one.isupper() for one in text) > len(text) // 2:
        return "Write words of the language in small letters, and only the first letter of those declared in capitals."
    return found


def _joined(rest: str, before: str) -> str:
    """What to write where the words before a place matter as well."""
    if rest.startswith("in the Measurement Period") and before.endswith("active"):
        return "Write “active on some day in the Measurement Period”."
    if _LENGTH.search(before) and _SIDES.match(rest):
        return "Say on which side: “within 30 days after” or “within 30 days before”."
    if _LENGTH.search(before) and rest.startswith(("after ", "before ")):
        return "Write “is within 30 days after”; “is on or within 30 days after” where the day itself counts, too."
    if _OR_MORE.match(rest if rest.startswith("or ") else f"or {rest}" if before.endswith(" or") else ""):
        return "Write “is at least”, or “is no more than”; of dates “is on or after”, or “is on or before”."
    if rest.startswith(("and ", "or ")):
        return _MORE_THAN_TWO
    if rest.startswith("/") and before.endswith("and"):
        return "Write “either … or”, which includes both."
    if _NEGATED.match(rest) and before.endswith("not"):
        return "Write “is at least”." if rest.startswith(("less", "fewer")) else "Write “is no more than”."
    return ""
