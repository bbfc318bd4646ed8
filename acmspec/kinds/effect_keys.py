"""The keys of what is paid for an effect, and its parts: each period, and all together; nothing of what they mean."""

from dataclasses import field, replace

from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.ports import Parted
from acmspec.spec.shape import Identifier, Key, Quantity, Record

EACH, ALL = "each", "together"
"""The words of the two parts: each period by itself, and all that was not paid for."""


@node
class Pooled:
    """What all periods must reach together, and the most that is paid then."""

    at_least: Located[Amount]
    most: Located[Amount] | None
    span: Span = field(compare=False, repr=False)


@node
class Effect:
    """What is held against what, the least change, the price of an event and the most; and which part of it this is."""

    part: str
    metric: Located[str]
    comparator: Located[str]
    at_least: Located[Amount]
    price: Located[Amount]
    most: Located[Amount] | None
    pooled: Pooled | None
    span: Span = field(compare=False, repr=False)


_MOST, _LEAST = Key("most", Quantity("money")), Key("at_least", Quantity("percent"), required=True)
_NAMED = (
    "Write the name of a benchmark of the metric; a level is one, such as “baseline: {kind: target, value: 60%}” under "
    "its “benchmarks”."
)
KEYS = (
    Key("metric", Identifier(), required=True),
    Key("comparator", replace(Identifier(), example="baseline", instead=_NAMED), required=True),
    _LEAST,
    Key("price", Quantity("money"), required=True),
    _MOST,
    Key("pooled", Record("a fallback", Pooled, (_LEAST, _MOST))),
)


def parted(  # noqa: PLR0913, PLR0917  (the keys of the kind)
    span: Span,
    metric: Located[str],
    comparator: Located[str],
    at_least: Located[Amount],
    price: Located[Amount],
    most: Located[Amount] | None,
    pooled: Pooled | None,
) -> Parted[Effect]:
    """The one part, or each period and all together."""
    words = ("",) if pooled is None else (EACH, ALL)
    return Parted(tuple((one, Effect(one, metric, comparator, at_least, price, most, pooled, span)) for one in words))
