"""The shape of `keep`: lines that say which records of a client (or another entity) are kept, in which order."""

import re

from acmspec.document.tree import Node
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Located, Span
from acmspec.spec.chosen import APART, FIRST, LAST, ONE, Keep
from acmspec.spec.formulas import inside
from acmspec.spec.shape import FAULT, As, Desk, Either, Fault, ListOf
from acmspec.spec.written import SNAKE, scalar_of, words

NOT_A_STEP = Problem(
    code="ACM116",
    title="not a way to choose records",
    cause="A choice says which record, of whom, in each period or ever, and in which order; acmspec knows a few forms.",
    fix="Write, for example, last per client in each period by exit_date, enrollment_id.",
    contract="The contract must say which record counts where a person has several.",
)
PROBLEMS = (NOT_A_STEP,)

_AND = rf"{SNAKE}(?:\s+and\s+{SNAKE})*"
_COMMA = rf"{SNAKE}(?:\s*,\s*{SNAKE})*"
_ORDINAL = r"[1-9][0-9]?(?:st|nd|rd|th)"
_PLACED = (
    rf"(?P<which>first|last|{_ORDINAL})(?P<later>\s+and\s+later)?\s+per\s+(?P<per>{_AND})"
    rf"\s+(?P<when>in\s+each\s+period|ever)\s+by\s+(?P<by>{_COMMA})"
)
_EQUAL = rf"one\s+per\s+(?P<same>{SNAKE}(?:(?:\s*,\s*|\s+and\s+){SNAKE})*)"
_SPACED = (
    r"more\s+than\s+(?P<days>[0-9]{1,5})\s+days?\s+after\s+the\s+previous(?P<kept>\s+kept)?"
    rf"\s+per\s+(?P<whose>{_AND})\s+by\s+(?P<order>{_COMMA})"
)
_LAST = frozenset({"latest", "newest", "most recent"})
_FORM = pattern(rf"\s*(?:{_PLACED}|{_EQUAL}|{_SPACED})\s*")
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)
_TEN = 10


@node
class KeepShape:
    """One step of a choice: a `Keep` whose names have their places."""

    def decode(self, node: Node, desk: Desk) -> Keep | Fault:
        """The step, or a fault with the form."""
        scalar = scalar_of(node, desk, "a line such as “last per client in each period by exit_date”")
        if scalar is FAULT:
            return FAULT
        start, end = inside(scalar)
        match = _FORM.fullmatch(scalar.span.source.text, start, end) if _FORM.fullmatch(words(scalar)) else None
        if match is None:
            message = f"“{words(scalar)[:60]}” does not say which record to keep"
            label = "expected “first/last per … in each period by …”"
            return desk.report(NOT_A_STEP, scalar.span, message, label=label, fix=_fix(words(scalar)))
        if match["days"]:
            whose, order = _located(scalar.span, match, "whose"), _located(scalar.span, match, "order")
            return Keep(APART, whose, order, scalar.span, ever=True, days=int(match["days"]), kept=bool(match["kept"]))
        if match["same"]:
            return Keep(ONE, _located(scalar.span, match, "same"), (), scalar.span)
        return _placed(match, scalar.span, desk)

    def schema(self) -> dict[str, object]:
        """JSON Schema: a string of one of the forms."""
        form = re.sub(r"\?P<[a-z]+>", "?:", f"{_PLACED}|{_EQUAL}|{_SPACED}")
        examples = [
            "last per client in each period by exit_date",
            "2nd and later per client ever by entry_date, id",
            "one per client, entry_date",
            "more than 90 days after the previous per client by entry_date, id",
        ]
        return {"type": "string", "pattern": rf"^\s*(?:{form})\s*$", "examples": examples}


def _placed(match: re.Match[str], span: Span, desk: Desk) -> Keep | Fault:
    """First, last, or a place in the order, with all behind it or without."""
    which, later = match["which"], bool(match["later"])
    position = int(which[:-2]) if which[0].isdigit() else 1
    if which[0].isdigit() and which != ordinal(position):
        fix = f"Write {ordinal(position)}."
        return desk.report(NOT_A_STEP, span, f"“{which}” is no place in an order", label="which one?", fix=fix)
    if later and position == 1:
        fix = "Leave “and later” out, or start with the 2nd."
        message = f"“{which} and later” leaves nothing to choose"
        return desk.report(NOT_A_STEP, span, message, label="which ones?", fix=fix)
    ever = match["when"] == "ever"
    per, by = _located(span, match, "per"), _located(span, match, "by")
    return Keep(LAST if which == LAST else FIRST, per, by, span, position=position, later=later, ever=ever)


def ordinal(position: int) -> str:
    """A place in an order as it is written: 1st, 2nd, 3rd, 4th, 11th, 22nd."""
    return f"{position}{'th' if position in _TEENS else _SUFFIX.get(position % _TEN, 'th')}"


def _fix(text: str) -> str:
    """What is likely wrong with a line that is no choice; "" for what can't be told."""
    said = " ".join(text.split())
    if re.fullmatch(SNAKE, said):
        return "Between [ and ] a comma ends the line: write it on a line of its own that starts with “- ”."
    if found := re.match(r"(?:the\s+)?(latest|newest|most recent|earliest|oldest)\b", said):
        return f"Write “{'last' if found[1] in _LAST else 'first'}” in place of “{found[0]}”."
    if found := re.search(r"\b(desc|asc|descending|ascending)\b", said):
        return f"Leave “{found[0]}” out: “last” keeps the greatest of the order, and “first” the least."
    if found := re.search(r"in each (month|quarter|year|week)", said):
        return f"Write “in each period” in place of “{found[0]}”: the metric says how long a period is."
    if re.match(r"(second|third|fourth|fifth)\b", said):
        return "Write 2nd, 3rd, 4th or 5th."
    if re.match(rf"(first|last|{_ORDINAL})\b", said) and " by " not in said:
        return "Say by which order: “… by exit_date, enrollment_id”."
    if re.match(rf"(first|last|{_ORDINAL})\b", said) and not re.search(r"in each period|\bever\b", said):
        return "Say among which records: “… in each period by …” or “… ever by …”."
    if said.startswith("more than") and "days" not in said:
        return "Count in days: “more than 90 days after the previous per client by entry_date, enrollment_id”."
    return ""


def _located(span: Span, match: re.Match[str], group: str) -> tuple[Located[str], ...]:
    start = match.start(group)
    names = [one for one in re.finditer(SNAKE, match[group]) if one.group() != "and"]
    return tuple(Located(one.group(), Span(span.source, start + one.start(), start + one.end())) for one in names)


KEEP = Either(scalar=As(KeepShape(), lambda step: (step,)), sequence=ListOf(KeepShape()))
