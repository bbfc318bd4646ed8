"""The limit kind `cap`: what some terms come to in a scope is never more than this."""

from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.program.payment import Earned, Fixed, Least, Payment
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Quantity, Shape

_SHAPE = Quantity("money")


@node
class Cap:
    """Applied after every period to what the terms have come to in the scope so far."""

    word: str = "cap"
    shape: Shape = _SHAPE
    at_end: bool = False

    def lower(self, parameters: object) -> Payment:
        """The smaller of what was earned and the cap."""
        return Least(Earned(), Fixed(_bound(parameters).value))

    def clause(self, parameters: object, words: TermWords, over: str, scope: str) -> str:
        """What must not be exceeded."""
        return f"Payments under {over} must be no more than {words.money(_bound(parameters).value)} {scope}."


def _bound(parameters: object) -> Amount:
    assert isinstance(parameters, Located)  # noqa: S101  (the shape built it)
    assert isinstance(parameters.value, Amount)  # noqa: S101  (the shape built it)
    return parameters.value


CAP = Cap()
