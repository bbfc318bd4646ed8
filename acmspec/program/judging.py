"""How a measure judges the records of its figures; knows nothing of how they are counted."""

from acmspec.ground.node import node
from acmspec.spec.tree import DENOMINATOR_ONLY


@node
class Judging:
    """Whether records are judged at once or when mature, and where one counts whose whole condition is missing."""

    at_once: bool = False
    missing_is: str = DENOMINATOR_ONLY
