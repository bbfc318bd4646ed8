"""The kind `retain`: a share of what is due is held back, and all of it is paid when the stretch of time is over."""

from fractions import Fraction

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.kinds.conditions import held
from acmspec.program.payment import Earned, Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.pieces import SHARE
from acmspec.spec.practice import Name
from acmspec.spec.shape import Shape


@node
class Retain:
    """Held back of each line after all limits; no result decides."""

    word: str = "retain"
    shape: Shape = SHARE

    def share(self, share: Fraction) -> Fraction:
        """As written."""
        return share

    def decided_by(self, _share: Fraction) -> tuple[tuple[Name, Fraction], ...]:
        """No metric."""
        return ()

    def consequences(self, _share: Fraction) -> tuple[tuple[str, str], ...]:
        """None, as no result decides."""
        return ()

    def lower(self, _share: Fraction, _at: int, _context: MeasureContext) -> Outcome[Payment]:
        """All of it is paid."""
        return Outcome(Earned())

    def clause(self, share: Fraction, _titles: tuple[TermWords, ...], over: str, scope: str) -> str:
        """What is held back, and when it is paid."""
        return (
            f"{held(share, over)} "
            f"What it holds back {scope} is one sum. "
            "It must pay the sum when the last result of that time is settled."
        )


RETAIN = Retain()
