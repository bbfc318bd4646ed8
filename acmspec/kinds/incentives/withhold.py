"""The kind `withhold`: a share of what is due is held back, and paid as far as metrics have earned it back."""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.conditions import ON, PARTS, Part, asked, bands, held
from acmspec.program.payment import Earned, Fixed, Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.pieces import SHARE
from acmspec.spec.practice import Name
from acmspec.spec.shape import Choice, Key, Record


@node
class Parameters:
    """The share held back, and what earns it back."""

    share: Fraction
    earn_back: tuple[Part, ...]
    unearned: Located[str]
    on: Mapping[str, str]
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "what is withheld",
    Parameters,
    (
        *(Key("share", SHARE, required=True), Key("earn_back", PARTS, required=True)),
        *(Key("unearned", Choice("kept by the agency"), required=True), Key("on", ON, required=True)),
    ),
)


@node
class Withhold:
    """Held back after all limits, and earned back by the results with which the stretch of time ends."""

    word: str = "withhold"
    shape: Record = _SHAPE

    def share(self, written: Parameters) -> Fraction:
        """As written."""
        return written.share

    def decided_by(self, written: Parameters) -> tuple[tuple[Name, Fraction], ...]:
        """The metric of each part, with its weight."""
        return tuple((one.condition.metric, Fraction(one.weight.value)) for one in written.earn_back)

    def consequences(self, written: Parameters) -> tuple[tuple[str, str], ...]:
        """As declared, for each state."""
        return tuple(written.on.items())

    def lower(self, written: Parameters, at: int, context: MeasureContext) -> Outcome[Payment]:
        """The metric's part of the sum if its condition is met, else nothing."""
        return bands(written.earn_back[at].condition, context, Earned(), Fixed(Fraction(0)))

    def clause(self, written: Parameters, titles: tuple[TermWords, ...], over: str, scope: str) -> str:
        """What is held back, and what earns it back."""
        whole = sum(one.weight.value for one in written.earn_back)
        parts = "".join(
            f"{one.weight.value} of {whole} parts of the sum {'is' if one.weight.value == 1 else 'are'} due "
            f"if the result for “{words.measure}” is {asked(one.condition, words)}. "
            for one, words in zip(written.earn_back, titles, strict=True)
        )
        return (
            f"{held(written.share, over)} "
            f"What it holds back {scope} is one sum. {parts}"
            "The Provider’s own results for the last period of that time decide, as rounded. "
            "The Agency must pay what they earn back once they are settled, and keeps the rest."
        )


WITHHOLD = Withhold()
