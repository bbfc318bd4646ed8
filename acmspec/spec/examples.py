"""A worked case of a metric as its author wrote it; what it comes to is not known here."""

from dataclasses import field

from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.practice import Name


@node
class Example:
    """A worked case: given counts, and the printed value, comparisons, tier and payment expected.

    Without a `provider`, the targets and prices are those that all share. `state` says why there is no result for all
    that was counted; `disputed` is how many of the records are in dispute. `also` are the counts of other metrics, for
    terms that rest on several together; `others` are those of other providers, for a pool that is divided among them.
    """

    metric: Name
    numerator: int
    denominator: int
    value: Located[Amount] | None
    expect: tuple[tuple[Name, Located[str]], ...]
    span: Span = field(compare=False, repr=False)
    provider: Name | None = None
    state: Located[str] | None = None
    disputed: int = 0
    tier: Located[str] | None = None
    payment: Located[Amount] | None = None
    also: tuple["Example", ...] = ()
    others: tuple["Example", ...] = ()
