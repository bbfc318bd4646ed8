"""Values in the wrong form or unit, at every value of the example."""

import re
from collections.abc import Iterator

from tests.messages.judge import Mistake, mistake
from tests.messages.places import Example

FLAGS = {"yes", "no"}
CHOICES = (
    "data.*.status", "data.*.reliability", "data.*.duplicates", "data.*.fields.*.type", "data.*.reporting.every",
    "metrics.*.kind", "metrics.*.use", "metrics.*.every", "metrics.*.better", "metrics.*.maturity",
    "metrics.*.missing_is", "metrics.*.benchmarks.*.kind", "incentives.terms.*.kind", "incentives.terms.*.on.*",
    "incentives.terms.*.per.*", "incentives.limits.*.per.*", "incentives.phase_in.effect", "examples.*.expect.target",
    "cadence.*.every", "follow_up.case_reviews.every", "contract.fiscal_year_starts", "contract.currency",
    "metrics.*.window",
)  # fmt: skip
PROSE = {"title", "what", "statement", "fund", "criteria", "matched_by", "name", "purpose", "motivation", "question"}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LITERAL = re.compile(r"\$[\d,]+|\d+(?:\.\d+)?%|\d+ (?:days|minutes|months|decimals?)|(?<=[<>]= )\d+")
WRONG_FORM = "ACM103 ACM104 ACM114"


def bad_date(example: Example) -> Iterator[Mistake]:
    """A date that no calendar has, or written another way."""
    for place in example.scalars:
        if DATE.fullmatch(example.raw(place)):
            for wrong in ("2025-02-30", "2025-13-01", "01/07/2025", "2025-7-1", "July 1, 2025", "2025", "tomorrow"):
                yield mistake(example, f"{place.dotted}: {wrong}", (place.start, place.end, wrong), "ACM111")


def unquoted_no(example: Example) -> Iterator[Mistake]:
    """A bare `no` where a text, a name, a number or a date stands."""
    for place in example.scalars:
        if example.raw(place) not in FLAGS and not place.is_formula:
            codes = f"{WRONG_FORM} ACM105 ACM107 ACM111 ACM116"
            yield mistake(example, place.dotted, (place.start, place.end, "no"), codes)


def neither_yes_nor_no(example: Example) -> Iterator[Mistake]:
    """Another word where yes or no is asked."""
    for place in example.scalars:
        if example.raw(place) in FLAGS:
            yield mistake(example, place.dotted, (place.start, place.end, "maybe"), WRONG_FORM)


def wrong_unit(example: Example) -> Iterator[Mistake]:
    """A number in another unit: a percentage without its sign, money for days, days for money."""
    for place in example.scalars:
        if place.name in PROSE or place.node.style in {"'", '"'}:
            continue
        codes = "ACM464" if place.fits("examples.*.expect.tier") else f"{WRONG_FORM} ACM211 ACM310 ACM311 ACM595"
        for found in LITERAL.finditer(example.raw(place)):
            start, end = place.start + found.start(), place.start + found.end()
            for wrong in _other_units(found.group()):
                yield mistake(example, f"{place.dotted}: {wrong}", (start, end, wrong), codes)


def _other_units(literal: str) -> Iterator[str]:
    """The same number in every unit but its own."""
    number = "".join(re.findall(r"[\d.]", literal))
    own = literal[0] if literal[0] == "$" else literal[-1]
    for unit, wrong in (("", number), ("%", f"{number}%"), ("$", f"${number}"), ("s", f"{number} days")):
        if unit != own and wrong != literal:
            yield wrong


def no_choice(example: Example) -> Iterator[Mistake]:
    """A word that is none of the choices."""
    for place in example.scalars:
        if place.fits(*CHOICES):
            yield mistake(example, place.dotted, (place.start, place.end, "sometimes"), f"{WRONG_FORM} ACM393")


def misspelt_choice(example: Example) -> Iterator[Mistake]:
    """One of the choices, misspelt."""
    for place in example.scalars:
        if place.fits(*CHOICES):
            word = example.raw(place)
            change = (place.start, place.end, misspelt_word(word))
            yield mistake(example, f"{place.dotted}: {change[2]}", change, f"{WRONG_FORM} ACM393", says=(word,))


def misspelt_word(words: str) -> str:
    """A letter lost in the longest word."""
    longest = max(words.split(), key=len)
    return words.replace(longest, longest[:2] + longest[3:], 1)


def no_number(example: Example) -> Iterator[Mistake]:
    """Something else where a whole number is asked."""
    for place in example.scalars:
        if place.is_plain and re.fullmatch(r"\d+", example.raw(place)):
            for wrong in ("ten", "1.5", "-1", '"3"'):
                yield mistake(example, f"{place.dotted}: {wrong}", (place.start, place.end, wrong), WRONG_FORM)
