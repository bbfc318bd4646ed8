"""Turns the limits of incentives into bounds over the terms that are in force."""

from collections.abc import Mapping
from dataclasses import replace

from acmspec.ground.calendar import Cycle
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import offer
from acmspec.ground.source import Located
from acmspec.program import payment
from acmspec.program.definitions import Definitions
from acmspec.program.measures_from_spec import UNKNOWN_KIND
from acmspec.program.ports import Kinds, LimitKind
from acmspec.spec.tree import Limit

WHOSE_PERIOD = Problem(
    "ACM378",
    "whose period?",
    "“period” stands for the periods of the metric that is paid for, and here there is none, or several differ.",
    "Write the stretch of time itself, such as “per: [provider, fiscal year]”.",
    "A payment or a limit must say which stretch of time it is for.",
)
PROBLEMS = (WHOSE_PERIOD,)


def limits_of(names: Definitions, kinds: Kinds, terms: list[payment.Term]) -> tuple[payment.Limit, ...]:
    """The limits over terms that are in force, each with a name of its own; those with an error are left out."""
    incentives = names.catalog.spec.incentives
    every = {one.name: one.every for one in terms}
    limits = [
        _limit(one, index, names, kinds, every) for index, one in enumerate(incentives.limits if incentives else ())
    ]
    return _named_apart(_in_force(limits, set(every)))


def _limit(
    limit: Limit, index: int, names: Definitions, kinds: Kinds, terms: Mapping[str, Cycle]
) -> payment.Limit | None:
    kind: LimitKind | None = next((one for one in kinds.limits if one.word == limit.use.kind.value), None)
    path = f"incentives.limits.{index}"
    if kind is None:
        fix = offer(limit.use.kind.value, (one.word for one in kinds.limits))
        message = f"there is no kind of limit “{limit.use.kind.value}”"
        names.findings.say(UNKNOWN_KIND, limit.use.kind.span, message, path=path, fix=fix)
        return None
    written = limit.use.parameters
    every = limit.per.every
    if limit.per.each_period:
        of_terms = tuple(dict.fromkeys(terms[one.value] for one in limit.over if one.value in terms))
        if len(of_terms) > 1:
            message = f"the terms of this limit are paid each {' and each '.join(one.value for one in of_terms)}"
            names.findings.say(WHOSE_PERIOD, limit.per.span, message, path=f"{path}.per")
            return None
        every = of_terms[0] if of_terms else None
    return payment.Limit(
        name=limit.use.name.value,
        kind=kind.word,
        over=tuple(one.value for one in limit.over),
        by_provider=limit.per.by_provider,
        every=every,
        bound=kind.lower(written),
        at_end=kind.at_end,
        text=written.span.text.strip("\"'") if isinstance(written, Located) else limit.use.span.text,
        parameters=written,
        span=limit.use.kind.span,
    )


def _in_force(limits: list[payment.Limit | None], terms: set[str]) -> list[payment.Limit]:
    """The limits over terms that are in force; a term that is planned or has an error is not."""
    sound = [one for one in limits if one is not None]
    over = [tuple(name for name in one.over if name in terms) for one in sound]
    return [replace(one, over=names) for one, names in zip(sound, over, strict=True) if names]


def _named_apart(limits: list[payment.Limit]) -> tuple[payment.Limit, ...]:
    """Limits of one name get a number, so that their lines in a payment can be told apart."""
    names = [one.name for one in limits]
    return tuple(
        replace(one, name=f"{one.name} {names[: index + 1].count(one.name)}") if names.count(one.name) > 1 else one
        for index, one in enumerate(limits)
    )
