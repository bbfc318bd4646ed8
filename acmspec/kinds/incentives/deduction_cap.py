"""The limit kind `deduction cap`: what some terms take in a scope is never more than this."""

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.program.payment import Earned, Fixed, Most, Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Quantity, Shape

_SHAPE = Quantity("money")


@node
class DeductionCap:
    """Applied after every period to what the terms have taken in the scope so far."""

    word: str = "deduction cap"
    shape: Shape = _SHAPE
    at_end: bool = False

    def decided_by(self, _bound: Located[Amount]) -> None:
        """No result: only what was taken counts."""

    def consequences(self, _bound: Located[Amount]) -> tuple[tuple[str, str], ...]:
        """None, as no result decides."""
        return ()

    def lower(self, bound: Located[Amount], _context: MeasureContext | None) -> Outcome[Payment]:
        """What was earned, but not less than the cap below zero."""
        return Outcome(Most(Earned(), Fixed(-bound.value.value)))

    def clause(self, bound: Located[Amount], words: TermWords, over: str, scope: str) -> str:
        """What must not be exceeded."""
        return f"Deductions under {over} must be no more than {words.money(bound.value.value)} {scope}."


DEDUCTION_CAP = DeductionCap()
