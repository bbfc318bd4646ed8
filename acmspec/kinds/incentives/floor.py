"""The limit kind `floor`: what some terms come to in a scope is at least this, once the scope is over."""

from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.program.payment import Earned, Fixed, Most, Payment
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Quantity, Shape

_SHAPE = Quantity("money")


@node
class Floor:
    """Applied once, with the scope's last period, and only when none of its periods waits any more."""

    word: str = "floor"
    shape: Shape = _SHAPE
    at_end: bool = True

    def lower(self, parameters: object) -> Payment:
        """The greater of what was earned and the floor."""
        return Most(Earned(), Fixed(_bound(parameters).value))

    def clause(self, parameters: object, words: TermWords, over: str, scope: str) -> str:
        """What must be reached, and who makes up the difference when."""
        least = words.money(_bound(parameters).value)
        return (
            f"Payments under {over} must be at least {least} {scope}. "
            "The Agency must pay the difference when the last result is settled."
        )


def _bound(parameters: object) -> Amount:
    assert isinstance(parameters, Located)  # noqa: S101  (the shape built it)
    assert isinstance(parameters.value, Amount)  # noqa: S101  (the shape built it)
    return parameters.value


FLOOR = Floor()
