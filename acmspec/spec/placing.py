"""The shape of `when`: by which date, or in which state of its span, a record of a cohort comes into a period."""

import re

from acmspec.document.tree import Node
from acmspec.formula.tree import Active, OpenOn
from acmspec.ground.node import node
from acmspec.spec.formulas import BAD_PREFIX, FormulaShape
from acmspec.spec.shape import FAULT, Desk, Fault
from acmspec.spec.tree import When
from acmspec.spec.written import scalar_of, words

_DATED = FormulaShape("dated")
_PLAIN = FormulaShape()
_OWN_SPAN = ("open", "active")
EVERY_PERIOD = "every period"


@node
class WhenShape:
    """`dated D`, `open on D`, `active WINDOW` or `every period`: a `When`."""

    def decode(self, node: Node, desk: Desk) -> When | Fault:
        """How records come into a period, whichever way it is said."""
        scalar = scalar_of(node, desk, "“dated” and a date")
        if scalar is FAULT:
            return FAULT
        text = " ".join(words(scalar).split())
        if text == EVERY_PERIOD:
            return When(None, None, scalar.span)
        if re.fullmatch("(each|all|any|every|in every|in each) periods?", text):
            message, fix = f"“{text}” does not say how records come into a period", "Write every period."
            return desk.report(BAD_PREFIX, scalar.span, message, label="write every period", fix=fix)
        if text.split(" ")[0] == "dated" or not text.startswith(_OWN_SPAN):
            found = _DATED.decode(node, desk)
            return FAULT if found is FAULT else When(found, None, scalar.span)
        found = _PLAIN.decode(node, desk)
        if found is FAULT:
            return FAULT
        if found.tree is not None and not isinstance(found.tree, Active | OpenOn):
            message = f"{desk.here} must be “{text.split(' ')[0]}” and no more"
            return desk.report(BAD_PREFIX, found.span, message, label="say the rest under “where”")
        return When(None, found, scalar.span)

    def schema(self) -> dict[str, object]:
        """JSON Schema: text of one of the forms; its grammar is beyond the schema."""
        return {"type": "string", "pattern": r"^\s*((dated|open\s+on|active)\s+\S|every\s+period\s*$)"}
