"""Turns what is held back into reserves over the terms that are in force; limits that bound are not its matter."""

from collections.abc import Mapping
from fractions import Fraction

from acmspec.ground.diagnostic import Label, Problem
from acmspec.program import agreed, payment
from acmspec.program.definitions import Definitions
from acmspec.program.limits_from_spec import Reader, in_force
from acmspec.program.measures_from_spec import Resolved
from acmspec.program.ports import Kinds, ReserveKind
from acmspec.spec.practice import Name
from acmspec.spec.tree import Incentives, Limit

HELD_OF_ALL = Problem(
    "ACM575",
    "held back from whom?",
    "What is held back is paid to the provider from whom it was held back, so each has a sum of its own.",
    "Write “per: [provider, fiscal year]”, with the stretch of time after which it is paid.",
    "The Agreement must state from whom payment is withheld, and when it is paid.",
)
LIMIT_BEHIND = Problem(
    "ACM576",
    "a limit behind what is held back",
    "A share is held back of what is left after all limits and maximums, which count it as paid.",
    "Move the limit up, before everything that is held back.",
    "The Agreement must state the order in which amounts are worked out.",
)
PROBLEMS = (HELD_OF_ALL, LIMIT_BEHIND)


def reserves_of(
    names: Definitions, kinds: Kinds, terms: list[payment.Term], metrics: Mapping[str, Resolved]
) -> tuple[agreed.Reserve, ...]:
    """What is held back of terms that are in force; what has an error is reported and left out."""
    incentives = names.catalog.spec.incentives
    if incentives is None:
        return ()
    shelf = {kind.word: kind for kind in kinds.reserves}
    _say_limits_behind(incentives, shelf, names)
    every = {one.written: one.every for one in terms}
    found = [
        _reserve(Reader(one, at, names, every), terms, shelf[one.use.kind.value], metrics)
        for at, one in enumerate(incentives.limits)
        if one.use.kind.value in shelf
    ]
    return tuple(one for one in found if one is not None)


def _say_limits_behind(incentives: Incentives, shelf: Mapping[str, ReserveKind], names: Definitions) -> None:
    held: Limit | None = None
    for at, one in enumerate(incentives.limits):
        if one.use.kind.value in shelf:
            held = held or one
        elif held is not None:
            related = (Label(held.use.kind.span, "held back"),)
            message = f"the {one.use.kind.value} stands behind “{held.use.name.value}”"
            path = f"incentives.limits.{at}"
            names.findings.say(LIMIT_BEHIND, one.use.kind.span, message, path=path, related=related)


def _reserve(
    reader: Reader, terms: list[payment.Term], kind: ReserveKind, metrics: Mapping[str, Resolved]
) -> agreed.Reserve | None:
    limit, written = reader.limit, reader.limit.use.parameters
    if not limit.per.by_provider:
        message = "what is held back from all providers together is nobody's"
        reader.names.findings.say(HELD_OF_ALL, limit.per.span, message, path=f"{reader.path}.per")
        return None
    every, sound = reader.stretch()
    over = in_force((one.value for one in limit.over), terms)
    back = [_back(reader, kind, at, name, metrics) for at, (name, _) in enumerate(kind.decided_by(written))]
    gates = [one for one in back if one is not None]
    if not sound or not over or len(gates) < len(back):
        return None
    weights = [weight for _, weight in kind.decided_by(written)]
    whole = sum(weights, Fraction(0))
    return agreed.Reserve(
        name=limit.use.name.value,
        kind=kind.word,
        over=over,
        every=every,
        share=kind.share(written),
        back=tuple((gate, weight / whole) for gate, weight in zip(gates, weights, strict=True)),
        text="",
        parameters=written,
        span=limit.use.kind.span,
        place=reader.place,
    )


def _back(
    reader: Reader, kind: ReserveKind, at: int, name: Name, metrics: Mapping[str, Resolved]
) -> payment.Limit | None:
    """The condition of one metric as a gate over its part of what is held back."""
    path = f"{reader.path}.{kind.word}.earn_back.{at}"
    found = reader.decided(name, f"{path}.metric", metrics)
    if found is None:
        return None
    bound = kind.lower(reader.limit.use.parameters, at, found.context)
    reader.names.findings.extend(bound.diagnostics, path)
    if bound.value is None:
        return None
    return payment.Limit(
        name=reader.limit.use.name.value,
        kind=kind.word,
        over=(),
        by_provider=True,
        every=found.metric.every.value,
        bound=bound.value,
        at_end=True,
        text="",
        parameters=None,
        span=name.span,
        measure=name.value,
        on=kind.consequences(reader.limit.use.parameters),
        place=reader.place,
    )
