"""The limit kind `cap`: what some terms come to in a scope is never more than this."""

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.program.payment import Earned, Fixed, Least, Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Quantity, Shape

_SHAPE = Quantity("money")


@node
class Cap:
    """Applied after every period to what the terms have come to in the scope so far."""

    word: str = "cap"
    shape: Shape = _SHAPE
    at_end: bool = False

    def decided_by(self, _bound: Located[Amount]) -> None:
        """No result: only what was earned counts."""

    def consequences(self, _bound: Located[Amount]) -> tuple[tuple[str, str], ...]:
        """None, as no result decides."""
        return ()

    def lower(self, bound: Located[Amount], _context: MeasureContext | None) -> Outcome[Payment]:
        """The smaller of what was earned and the cap."""
        return Outcome(Least(Earned(), Fixed(bound.value.value)))

    def clause(self, bound: Located[Amount], words: TermWords, over: str, scope: str) -> str:
        """What must not be exceeded."""
        return f"Payments under {over} must be no more than {words.money(bound.value.value)} {scope}."


CAP = Cap()
