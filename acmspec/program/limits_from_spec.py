"""Turns the limits of incentives into bounds over the terms that are in force."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from acmspec.ground.calendar import Cycle
from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.program import payment
from acmspec.program.deciding import is_by_provider, named
from acmspec.program.definitions import Definitions
from acmspec.program.measures_from_spec import UNKNOWN_KIND, Resolved
from acmspec.program.payment_parts import tables
from acmspec.program.ports import Kinds, LimitKind
from acmspec.spec.practice import Name
from acmspec.spec.tree import Limit

WHOSE_PERIOD = Problem(
    "ACM378",
    "whose period?",
    "“period” stands for the periods of the metric that is paid for, and here there is none, or several differ.",
    "Write the stretch of time itself, such as “per: [provider, fiscal year]”.",
    "A payment or a limit must say which stretch of time it is for.",
)
OTHER_PERIODS = Problem(
    "ACM574",
    "a condition of other periods",
    "A condition decides on the payments of the very period that its result is for. A result for a year can't open a "
    "month that is paid before it.",
    "Name terms that are paid for the metric's periods, or a metric of theirs, such as one with a longer “window”.",
    "Each condition of a payment must rest on the result for the same period.",
)
PROBLEMS = (WHOSE_PERIOD, OTHER_PERIODS)


def limits_of(
    names: Definitions, kinds: Kinds, terms: list[payment.Term], metrics: Mapping[str, Resolved]
) -> tuple[payment.Limit, ...]:
    """The limits over terms that are in force, each with a name of its own; those with an error are left out."""
    incentives = names.catalog.spec.incentives
    every = {one.written: one.every for one in terms}
    limits = [
        Reader(one, index, names, every).limit_of(kinds, metrics)
        for index, one in enumerate(incentives.limits if incentives else ())
        if one.use.kind.value not in {kind.word for kind in kinds.reserves}
    ]
    return _named_apart(_in_force(limits, terms))


@node
class Reader:
    """Reads one limit; `terms` are the periods of each term that is in force."""

    limit: Limit
    place: int
    names: Definitions
    terms: Mapping[str, Cycle]

    @property
    def path(self) -> str:
        """Its path in the spec."""
        return f"incentives.limits.{self.place}"

    def limit_of(self, kinds: Kinds, metrics: Mapping[str, Resolved]) -> payment.Limit | None:
        """The limit in the core."""
        use = self.limit.use
        kind: LimitKind | None = next((one for one in kinds.limits if one.word == use.kind.value), None)
        if kind is None:
            fix = offer(use.kind.value, (one.word for one in kinds.limits))
            message = f"there is no kind of limit “{use.kind.value}”"
            self.names.findings.say(UNKNOWN_KIND, use.kind.span, message, path=self.path, fix=fix)
            return None
        written = use.parameters
        every, sound = self.stretch()
        deciding = kind.decided_by(written)
        found = None if deciding is None else self.gated(deciding, f"{self.path}.{kind.word}.metric", metrics)
        if not sound or (deciding is not None and found is None):
            return None
        bound = kind.lower(written, None if found is None else found.context)
        self.names.findings.extend(bound.diagnostics, f"{self.path}.{kind.word}")
        if bound.value is None:
            return None
        return payment.Limit(
            name=use.name.value,
            kind=kind.word,
            over=tuple(one.value for one in self.limit.over),
            by_provider=self.limit.per.by_provider,
            every=every,
            bound=bound.value,
            at_end=kind.at_end,
            text=_said(written, bound.value, found),
            parameters=written,
            span=use.kind.span,
            measure="" if deciding is None else deciding.value,
            on=kind.consequences(written),
            place=self.place,
        )

    def stretch(self) -> tuple[Cycle | None, bool]:
        """The stretch of time it counts, and whether it can be told."""
        per = self.limit.per
        if not per.each_period:
            return per.every, True
        of_terms = tuple(dict.fromkeys(self.terms[one.value] for one in self.limit.over if one.value in self.terms))
        if len(of_terms) > 1:
            message = f"the terms of this limit are paid each {' and each '.join(one.value for one in of_terms)}"
            self.names.findings.say(WHOSE_PERIOD, per.span, message, path=f"{self.path}.per")
            return None, False
        return (of_terms[0] if of_terms else None), True

    def gated(self, name: Name, path: str, metrics: Mapping[str, Resolved]) -> Resolved | None:
        """The metric that decides for each period, if the limit is for each provider and period, too."""
        found = self.decided(name, path, metrics)
        measure, per = None if found is None else found.measure, self.limit.per
        if measure is None or (per.by_provider and (per.each_period or per.every == measure.every)):
            return found
        message = f"“{name.value}” decides for each provider and {measure.every.value}"
        fix = f"Write “per: [provider, {measure.every.value}]”."
        self.names.findings.say(OTHER_PERIODS, per.span, message, path=f"{self.path}.per", fix=fix)
        return None

    def decided(self, name: Name, path: str, metrics: Mapping[str, Resolved]) -> Resolved | None:
        """A metric that decides, with a result for each provider and each period of all its terms."""
        found = named(name, path, metrics, self.names)
        if found is None or found.measure is None:
            return None
        measure = found.measure
        terms = {one: self.terms[one.value] for one in self.limit.over if one.value in self.terms}
        others = [(one, every) for one, every in terms.items() if every != measure.every]
        for one, every in others[:1]:
            message = f"“{name.value}” decides each {measure.every.value}, and “{one.value}” is paid each {every.value}"
            related = (Label(found.metric.every.span, f"each {measure.every.value}"),)
            self.names.findings.say(OTHER_PERIODS, one.span, message, path=f"{self.path}.over", related=related)
        if others or not is_by_provider(measure, name, found.metric.name, path, self.names):
            return None
        return found


def _said(written: object, bound: payment.Payment, found: Resolved | None) -> str:
    """The bound in a few words, for the head of a column."""
    if found is None or found.measure is None:
        return written.span.text.strip("\"'") if isinstance(written, Located) else ""
    met = next((table.bands[-1].label for table in tables(bound)), "")
    return f"{found.measure.title} {met}".strip()


def _in_force(limits: list[payment.Limit | None], terms: list[payment.Term]) -> list[payment.Limit]:
    """The limits over terms that are in force; a term that is planned or has an error is not."""
    sound = [one for one in limits if one is not None]
    over = [in_force(one.over, terms) for one in sound]
    return [replace(one, over=names) for one, names in zip(sound, over, strict=True) if names]


def in_force(names: Iterable[str], terms: Iterable[payment.Term]) -> tuple[str, ...]:
    """The terms that are meant by some names of the spec: all parts of one that is several, none of one left out."""
    parts = tuple(terms)
    return tuple(one.name for name in names for one in parts if one.written == name)


def _named_apart(limits: list[payment.Limit]) -> tuple[payment.Limit, ...]:
    """Limits of one name get a number, so that their lines in a payment can be told apart."""
    names = [one.name for one in limits]
    return tuple(
        replace(one, name=f"{one.name} {names[: index + 1].count(one.name)}") if names.count(one.name) > 1 else one
        for index, one in enumerate(limits)
    )
