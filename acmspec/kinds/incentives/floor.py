"""The limit kind `floor`: what some terms come to in a scope is at least this, once the scope is over."""

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
class Floor:
    """Applied once, with the scope's last period, and only when none of its periods waits any more."""

    word: str = "floor"
    shape: Shape = _SHAPE
    at_end: bool = True

    def decided_by(self, _bound: Located[Amount]) -> None:
        """No result: only what was earned counts."""

    def consequences(self, _bound: Located[Amount]) -> tuple[tuple[str, str], ...]:
        """None, as no result decides."""
        return ()

    def lower(self, bound: Located[Amount], _context: MeasureContext | None) -> Outcome[Payment]:
        """The greater of what was earned and the floor."""
        return Outcome(Most(Earned(), Fixed(bound.value.value)))

    def clause(self, bound: Located[Amount], words: TermWords, over: str, scope: str) -> str:
        """What must be reached, and who makes up the difference when."""
        least = words.money(bound.value.value)
        return (
            f"Payments under {over} must be at least {least} {scope}. "
            "The Agency must pay the difference when the last result is settled. "
            "Nothing is paid for a time in which no result is to be paid for."
        )


FLOOR = Floor()
