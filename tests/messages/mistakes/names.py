"""Names that nothing answers to, wherever the example uses one."""

import re
from collections.abc import Iterator

from tests.messages.judge import Mistake, mistake
from tests.messages.places import Example, Place, misspelt

KEYWORDS = {
    "after", "and", "any", "as", "count", "dated", "days", "for", "from", "in", "is", "known", "median", "missing",
    "on", "or", "other", "out", "of", "over", "same", "share", "to", "where", "within",
}  # fmt: skip
FUNCTIONS = {"any", "count", "median", "share"}
# A value at one of these places names something that is declared elsewhere in the spec.
REFERENCES = (
    "data.*.key", "data.*.date", "data.*.span.*", "data.*.received", "data.*.reporting.each", "data.*.reporting.dated",
    "definitions.*.of", "cohorts.*.from", "metrics.*.break_down_by.*", "metrics.*.break_down_by.*.*",
    "incentives.terms.*.metric", "incentives.terms.*.once_per", "incentives.limits.*.over.*", "examples.*.metric",
    "referral.steps.*.set", "referral.steps.*.date", "roadmap.*.looks_at.*", "roadmap.*.by.*",
    "attendees.*.meetings.*", "follow_up.working_groups.*.reports_to",
)  # fmt: skip
KEYED = ("agreements.*.targets.*", "agreements.*.prices.*", "examples.*.expect.target")
UNKNOWN = "ACM301 ACM304 ACM318 ACM331 ACM332 ACM352 ACM357 ACM362 ACM366 ACM381 ACM385 ACM387 ACM388 ACM389"


def _words(example: Example, place: Place) -> Iterator[tuple[str, int, int]]:
    """The words of a formula outside quotation marks, with their ranges."""
    for found in re.finditer(r'"[^"]*"|[a-z_][a-z_0-9]*', example.raw(place)):
        if not found.group().startswith('"'):
            yield found.group(), place.start + found.start(), place.start + found.end()


def unknown_name_in_formula(example: Example) -> Iterator[Mistake]:
    """A field, definition, list, set, entity or alias misspelt in a formula."""
    for place in example.formulas:
        for word, start, end in _words(example, place):
            declares = example.text[:start].endswith(" as ")  # an alias's own place; its uses are mistaken instead
            if word not in KEYWORDS and not declares:
                what = f"{place.dotted}: {word}"
                yield mistake(example, what, (start, end, misspelt(word)), UNKNOWN, says=(word,))


def unknown_function(example: Example) -> Iterator[Mistake]:
    """A function misspelt in a formula."""
    for place in example.formulas:
        for word, start, end in _words(example, place):
            if word in FUNCTIONS and example.text[end] == "(":
                yield mistake(example, f"{place.dotted}: {word}", (start, end, misspelt(word)), UNKNOWN, says=(word,))


def misspelt_keyword(example: Example) -> Iterator[Mistake]:
    """A word of the language misspelt in a formula."""
    for place in example.formulas:
        for word, start, end in _words(example, place):
            if word in KEYWORDS and not (word in FUNCTIONS and example.text[end] == "("):
                codes = "ACM214 ACM115"
                yield mistake(example, f"{place.dotted}: {word}", (start, end, misspelt(word)), codes)


def unknown_reference(example: Example) -> Iterator[Mistake]:
    """A value that names nothing, where it must name a part of the spec."""
    for place in example.scalars:
        if place.fits(*REFERENCES):
            last = example.raw(place).rpartition(".")[2]
            change = (place.end - len(last), place.end, misspelt(last))
            yield mistake(example, place.dotted, change, UNKNOWN, says=(last,))


def unknown_keyed_reference(example: Example) -> Iterator[Mistake]:
    """A key that names nothing, where it must name a metric, a term or a benchmark."""
    for place in example.entries:
        if place.fits(*KEYED):
            assert place.key is not None
            change = (*place.key, misspelt(place.name))
            yield mistake(example, place.dotted, change, UNKNOWN, says=(f"“{place.name}”",))


def unknown_goal(example: Example) -> Iterator[Mistake]:
    """A metric for a goal that does not exist."""
    for place in example.scalars:
        if place.fits("metrics.*.goal"):
            for wrong in (misspelt(example.raw(place)), "prosperity"):
                yield mistake(example, place.dotted, (place.start, place.end, wrong), UNKNOWN, says=(wrong,))


def misspelt_choice_of_records(example: Example) -> Iterator[Mistake]:
    """A word of `keep` misspelt."""
    for place in example.scalars:
        if place.fits("cohorts.*.keep.*"):
            for word, start, end in _words(example, place):
                yield mistake(example, f"{place.dotted}: {word}", (start, end, misspelt(word)), f"{UNKNOWN} ACM116")


def circle(example: Example) -> Iterator[Mistake]:
    """Definitions that rest on themselves, alone or two by two."""
    formulas = {place.path[1]: place for place in example.formulas if place.path[0] == "definitions"}
    tables = {name: example.raw(example.at("definitions", name, "of")) for name in formulas}
    unused = "ACM308"  # the formula that was there used a list, and now nothing does
    for name, place in formulas.items():
        if place.is_plain:
            change = (place.start, place.end, name)
            yield mistake(example, name, change, "ACM305", says=(f"{name} → {name}",), also=unused)
    names = list(formulas)
    for number, first in enumerate(names):
        for second in names[number + 1 :]:
            one, two = formulas[first], formulas[second]
            if tables[first] == tables[second] and one.is_plain and two.is_plain:
                change = (one.start, two.end, second + example.text[one.end : two.start] + first)
                ways = (f"{first} → {second} → {first}",)
                line = example.line(two.start)  # where the way comes back to its start
                yield mistake(example, f"{first}, {second}", change, "ACM305", line=line, says=ways, also=unused)


DECLARED = (
    "goals.*",
    "lists.*",
    "definitions.*",
    "cohorts.*",
    "metrics.*",
    "cadence.*",
    "incentives.terms.*",
    "data.*",
)


def renamed(example: Example) -> Iterator[tuple[Place, str, set[int]]]:
    """Declarations under another name, with the lines of the values and keys that use the old one."""
    users = [place for place in example.scalars if place.is_formula or place.fits(*REFERENCES, "metrics.*.goal")]
    for place in example.entries:
        if place.fits(*DECLARED):
            assert place.key is not None
            word = re.compile(rf"\b{place.name}\b")
            starts = {user.start + found.start() for user in users for found in word.finditer(example.raw(user))}
            starts |= {key.key[0] for key in example.entries if key.key and key.fits(*KEYED) and key.name == place.name}
            text = example.text[: place.key[0]] + misspelt(place.name) + example.text[place.key[1] :]
            yield place, text, {example.line(at) for at in starts}
