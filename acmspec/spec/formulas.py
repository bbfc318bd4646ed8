"""The shape of a formula: which raw characters of the source it is; how formulas are read is handed in by the desk."""

from dataclasses import replace

from acmspec.document.tree import Node, Scalar, Sequence
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Source, Span
from acmspec.spec.desk import FAULT, Desk, Fault
from acmspec.spec.practice import FormulaText
from acmspec.spec.written import NO_VALUE, scalar_of

BAD_PREFIX = Problem(
    code="ACM115",
    title="not how records come into a period",
    cause="A record comes into a period by “dated” and one of its dates, by “open on” a day or “active in period”, "
    "which go by its span, or in “every period”.",
    fix="Write, for example, dated exit_date, or open on period end.",
    contract="The contract must say which date puts a record into a reporting period.",
)
ESCAPED = Problem(
    code="ACM152",
    title="a formula in quotes with escapes",
    cause="Escapes such as \\\" or '' change the formula's text, so messages could no longer point at the right place.",
    fix="Write the formula without quotes around it, or after “>” on indented lines of its own.",
    contract="A formula of the contract must be written plainly.",
)
PROBLEMS = (BAD_PREFIX, ESCAPED)


@node
class FormulaShape:
    """A formula: `FormulaText`, its tree None if it does not parse. `prefix` is a word that must stand before it."""

    prefix: str = ""

    def decode(self, node: Node, desk: Desk) -> FormulaText | Fault:
        """The formula with exact places, whichever way the value is written."""
        fix = "Write it as one text in the words of formulas, without keys."
        if isinstance(node, Sequence):
            fix = "Write one formula: conditions are joined by “and” or “or”."
        scalar = scalar_of(node, desk, f"“{self.prefix}” and a formula" if self.prefix else "a formula", fix)
        if scalar is FAULT:
            return FAULT
        start, end = _trimmed(scalar.span.source, *inside(scalar))
        if start == end:
            return desk.report(NO_VALUE, scalar.span, f"{desk.here} is empty", label="expected a formula")
        if self.prefix:
            after = start + len(self.prefix)
            rest, end = _trimmed(scalar.span.source, after, end)
            if scalar.span.source.text[start:after] != self.prefix or rest in {after, end}:
                span = Span(scalar.span.source, start, end)
                message = f"{desk.here} must be “{self.prefix}” and a date"
                return desk.report(BAD_PREFIX, span, message, label=f"expected, for example, {self.prefix} exit_date")
            start = rest
        if (scalar.style == "'" and "''" in scalar.span.text[1:-1]) or (
            scalar.style == '"' and "\\" in scalar.span.text
        ):
            desk.report(
                ESCAPED, scalar.span, f"{desk.here} is a formula in quotes with escapes", label="escaped quotes"
            )
            return FormulaText(None, scalar.text, scalar.span)
        return _parsed(scalar.span.source, start, end, desk)

    def schema(self) -> dict[str, object]:
        """JSON Schema: text that is not blank; its grammar is beyond the schema."""
        if self.prefix:
            return {"type": "string", "pattern": rf"^\s*{self.prefix}\s+\S"}
        return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def inside(scalar: Scalar) -> tuple[int, int]:
    """The offsets of the author's characters without quotes or block header."""
    span = scalar.span
    if scalar.style in {"'", '"'}:
        return span.start + 1, span.end - 1
    if scalar.style in {"|", ">"}:
        header = span.source.text.find("\n", span.start, span.end)
        return (span.end if header < 0 else header), span.end
    return span.start, span.end


def _trimmed(source: Source, start: int, end: int) -> tuple[int, int]:
    text = source.text[start:end]
    left = start + len(text) - len(text.lstrip())
    return left, max(left, start + len(text.rstrip()))


def _parsed(source: Source, start: int, end: int, desk: Desk) -> FormulaText:
    outcome = desk.parse(source, start, end)
    for one in outcome.diagnostics:
        desk.found.append(replace(one, path=desk.path))
    if outcome.value is None:
        desk.faulty.add(desk.path)
    return FormulaText(outcome.value, source.text[start:end], Span(source, start, end))
