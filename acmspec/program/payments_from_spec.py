"""Turns incentives into payments: each term's measure found or made, kinds lowered, limits and agreements in force."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial

from acmspec.ground.calendar import Cycle, Every
from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.exact import Unit
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.ground.windows import Covers
from acmspec.program import agreed, payment
from acmspec.program.agreements_from_spec import agreements_of, own_prices, own_targets
from acmspec.program.amounts import converter
from acmspec.program.deciding import is_by_provider, named
from acmspec.program.definitions import Definitions
from acmspec.program.dimensions import provider_dimension, tables_of
from acmspec.program.earlier import placed, told
from acmspec.program.fitting import Fitting
from acmspec.program.group_from_formula import resolve_group
from acmspec.program.intervals import results
from acmspec.program.judged import judged
from acmspec.program.judging import Judging
from acmspec.program.limits_from_spec import WHOSE_PERIOD, limits_of
from acmspec.program.measures_from_spec import UNKNOWN_KIND, Resolved, is_planned
from acmspec.program.payment_parts import numbered, takes
from acmspec.program.payments import Payments
from acmspec.program.ports import Kinds, MeasureContext, NoResult, Several, TermKind
from acmspec.program.prices_from_figures import price_in_figure
from acmspec.program.relocate import is_faulty
from acmspec.program.reserves_from_spec import reserves_of
from acmspec.program.said import is_money
from acmspec.program.told_apart import ADDED, COUNTED, ONCE_PER_WHOM, is_told_apart
from acmspec.program.tree import GroupConstant, Measure
from acmspec.program.types import ErrorType, NumberType, Type
from acmspec.spec.ports import Parameters, Parted, lines_of, parts_of
from acmspec.spec.practice import FormulaText, Name
from acmspec.spec.settling import Settling
from acmspec.spec.tree import DENOMINATOR_ONLY, PaymentTerm

_DECISIVE = ("every", "better", "window", "break_down_by")
"""Keys of a metric without which nothing can be said of a term that pays for it."""

_MEASURES = ("metric", "outcome")
STATES = ("undefined", "too_few", "immature", "missing", "disputed")
"""The states of a result that pay nothing by themselves: each term declares what they lead to."""

OTHER_PERIOD = Problem(
    "ACM360",
    "term and metric with different periods",
    "A term pays for each result of its metric, so both must have the same periods.",
    "Give the term's “per” the metric's “every”, or the other way round.",
    "Each payment must rest on the result for the same period.",
)
NOTHING_MEASURED = Problem(
    "ACM364",
    "term without a measure",
    "A term pays for the results of a metric, or of an outcome of its own, and this one names neither.",
    "Add “metric:” with a metric's name, or “outcome:” with a formula.",
    "Each payment must say which result it is for.",
)
NOT_PER_PROVIDER = Problem(
    "ACM456",
    "a payment that isn't for a provider and a period",
    "What a term comes to stands on an invoice, which is one provider's for one period.",
    "Write “per: [provider, quarter]”, with the metric's period.",
    "Each payment must be owed to one provider for one period.",
)
NO_STATES = Problem(
    "ACM585",
    "a result where there is none",
    "A term of this kind is due whatever the results are: no state of a result and no success bears on it.",
    "Remove the key.",
    "A payment that rests on no result must not depend on one.",
)
PROBLEMS = (
    NO_STATES,
    NOT_PER_PROVIDER,
    OTHER_PERIOD,
    NOTHING_MEASURED,
)


@node
class Paid:
    """The payments, and the hidden measures of terms that pay for an outcome of their own."""

    payments: Payments
    outcomes: tuple[Measure, ...]


def payments_of(names: Definitions, kinds: Kinds, metrics: Mapping[str, Resolved]) -> Paid:
    """Everything that moves money; terms and limits with an error are reported and left out."""
    spec = names.catalog.spec
    terms: list[payment.Term] = []
    outcomes: list[Measure] = []
    incentives = spec.incentives
    for one in incentives.terms if incentives else ():
        for part, own in parts_of(one.use.parameters):
            found = _Reader(one, part, own, names, kinds, tuple(terms)).read(metrics)
            if found is not None:
                terms.append(found[0])
                outcomes += [] if found[1] is None else [found[1]]
    maximum = spec.contract.maximum
    paid = Payments(
        terms=tuple(terms),
        limits=limits_of(names, kinds, terms, metrics),
        reserves=reserves_of(names, kinds, terms, metrics),
        agreements=agreements_of(names),
        maximum=maximum.value.value if maximum else None,
        phase_in_until=incentives.phase_in.until.value if incentives and incentives.phase_in else None,
        without_results=frozenset(
            one.use.name.value for one in (incentives.terms if incentives else ()) if _is_free(one, kinds)
        ),
        settling=_settling(incentives.settlement) if incentives and incentives.settlement else None,
        negative_total=incentives.on_negative_total.value if incentives and incentives.on_negative_total else "",
    )
    return Paid(paid, tuple(outcomes))


@node
class _Reader:
    """Reads one payment term, or one of its parts, which a word tells apart, with its `own` parameters."""

    term: PaymentTerm
    part: str
    own: Parameters
    names: Definitions
    kinds: Kinds
    before: tuple[payment.Term, ...]

    @property
    def written(self) -> str:
        return self.term.use.name.value

    @property
    def name(self) -> str:
        return f"{self.written}_{self.part}" if self.part else self.written

    @property
    def path(self) -> str:
        return f"incentives.terms.{self.written}"

    def read(self, metrics: Mapping[str, Resolved]) -> tuple[payment.Term, Measure | None] | None:
        """The term in the core, and the measure it brings along."""
        kind = next((one for one in self.kinds.terms if one.word == self.term.use.kind.value), None)
        if kind is None:
            fix = offer(self.term.use.kind.value, (one.word for one in self.kinds.terms))
            message = f"there is no kind of term “{self.term.use.kind.value}”"
            self.say(UNKNOWN_KIND, self.term.use.kind, message, fix)
            return None
        if self.is_half_read():
            return None
        measured = kind.measured_by(self.own)
        if measured is None:
            if not any(self.names.catalog.faulty("incentives", "terms", self.written, key) for key in _MEASURES):
                message = f"the term “{self.written}” names no metric and no outcome"
                self.names.findings.say(NOTHING_MEASURED, self.term.use.name.span, message, path=self.path)
            return None
        if isinstance(measured, NoResult | Several):
            of_several = partial(self.of_several, kind, metrics=metrics)
            term = of_several(measured) if isinstance(measured, Several) else self.without_result(kind)
            return None if term is None else (term, None)
        is_metric = isinstance(measured, Located)
        context, measure = self.of_metric(measured, metrics) if is_metric else self.of_outcome(measured)  # type: ignore[arg-type]
        if context is None:
            return None
        once_per, held = self.term.once_per is not None, () if measure is None else measure.benchmarks
        own = self.own_prices(kind)
        context = replace(context, own_targets=own_targets(context.name, self.names.catalog.spec))
        context = self.placed(replace(context, once_per=once_per, own_prices=own, held_against=held))
        if isinstance(context.type, ErrorType):
            return None
        amount = told(kind.lower(self.own, context), self.path, self.names)
        number = None if amount is None else numbered(amount)
        each = None if number is None or number.each is None else number.each.entity
        apart = partial(is_told_apart, context.formula, path=f"{self.path}.once_per", names=self.names)
        sound = [apart(self.term.once_per, COUNTED), apart(each, ADDED)]
        if amount is None or measure is None or not all(sound):
            return None
        term = self.made(kind, measure.name, measure.every, amount)
        if measure.is_metric:
            return term, None
        # What money is taken for is no success, and fewer of it are better.
        return term, replace(measure, better="lower") if term.takes else measure

    def own_prices(self, kind: TermKind) -> tuple[tuple[str, Fraction], ...]:
        """What agreements set for their provider in the term, or in the group at hand."""
        is_group = self.name in lines_of(self.written, self.term.use.parameters)
        return own_prices(self.name if is_group else self.written, kind, self.names)

    def placed(self, context: MeasureContext) -> MeasureContext:
        """A context that knows the term and those that stand before it."""
        return placed(context, self.written, self.before, self.names)

    def of_several(self, kind: TermKind, measured: Several, metrics: Mapping[str, Resolved]) -> payment.Term | None:
        """A term that rests on the results of several metrics for the same period."""
        found = [self.of_metric(name, metrics, f"metrics.{at}.metric") for at, name in enumerate(measured.metrics)]
        contexts = tuple(context for context, measure in found if context is not None and measure is not None)
        if len(contexts) < len(found) or any(isinstance(one.type, ErrorType) for one in contexts):
            return None
        every, once = contexts[0].every, self.term.once_per
        for name, one in zip(measured.metrics, contexts, strict=True):
            if one.every != every:
                message = (
                    f"“{name.value}” has a result each {one.every.value}, and “{contexts[0].name}” each {every.value}"
                )
                self.names.findings.say(OTHER_PERIOD, name.span, message, path=f"{self.path}.metrics")
                return None
        if once is not None:
            message = "the points of several metrics have no successes that are counted one by one"
            self.names.findings.say(ONCE_PER_WHOM, once.span, message, path=f"{self.path}.once_per")
            return None
        without = frozenset(one.value for one in self.term.on.values())
        context = replace(self.of_nothing(kind), every=every, several=contexts, without=without)
        amount = told(kind.lower(self.own, self.placed(context)), self.path, self.names)
        if amount is None:
            return None
        return replace(self.made(kind, None, every, amount), scored=tuple(one.name for one in contexts))

    def made(self, kind: TermKind, measure: str | None, every: Cycle, amount: payment.Payment) -> payment.Term:
        """The term in the core."""
        return payment.Term(
            name=self.name,
            kind=kind.word,
            measure=measure,
            every=every,
            amount=amount,
            on=tuple((state, self.term.on[state].value) for state in STATES if state in self.term.on),
            once_per=self.term.once_per.value if self.term.once_per else None,
            parameters=self.own,
            takes=takes(amount),
            span=self.term.use.span,
            of=self.written if self.part else "",
            together=bool(self.part) and isinstance(parts := self.term.use.parameters, Parted) and parts.together,
        )

    def of_nothing(self, kind: TermKind) -> MeasureContext:
        """What is known of a measure where there is none of the term's own."""
        of = NumberType(unit=Unit.of(self.names.catalog.spec.contract.currency))
        nothing = GroupConstant(Fraction(0), of)
        return MeasureContext(
            self.name, nothing, of, "higher", 2, False, False, self.own_prices(kind),
            converter(of, None), self.term.per.every or Every.YEAR, (),
            partial(price_in_figure, catalog=self.names.catalog),
        )  # fmt: skip

    def without_result(self, kind: TermKind) -> payment.Term | None:
        """A term that rests on no result, so that no state of one and no success of a person can bear on it."""
        amount = told(kind.lower(self.own, self.placed(self.of_nothing(kind))), self.path, self.names)
        # A part may follow one that rests on a metric, and then has its periods.
        every = next((one.every for one in self.before if one.written == self.written), self.term.per.every)
        if self.term.per.each_period and every is None:
            message = f"“{self.written}” rests on no metric, so that nothing says how long its period is"
            fix = "Write the period itself, such as “per: [provider, quarter]”."
            self.names.findings.say(WHOSE_PERIOD, self.term.per.span, message, path=f"{self.path}.per", fix=fix)
            return None
        if not self.is_scoped() or self.says_what_rests_on_a_result() or every is None or amount is None:
            return None
        return replace(self.made(kind, None, every, amount), on=())

    def says_what_rests_on_a_result(self) -> bool:
        """Whether the author declared something of results for a term that rests on none (reported)."""
        if not _is_free(self.term, self.kinds):
            return False
        once, on = self.term.once_per, self.term.on_span
        said = {"once_per": once.span if once else None, "on": on}
        for key, span in said.items():
            if span is not None:
                message = f"“{self.written}” rests on no result, and “{key}” speaks of one"
                self.names.findings.say(NO_STATES, span, message, path=f"{self.path}.{key}", fix=f"Remove “{key}”.")
        return any(said.values())

    def of_metric(
        self, name: Name, metrics: Mapping[str, Resolved], key: str = "metric"
    ) -> tuple[MeasureContext | None, Measure | None]:
        """The metric a term names; its periods and providers must be the term's."""
        path = f"{self.path}.{key}"
        found = named(name, path, metrics, self.names)
        if found is None:
            return None, None
        every = self.term.per.every
        metric = found.metric
        if any(self.names.catalog.faulty("metrics", name.value, key) for key in _DECISIVE):
            return None, None
        if every is not None and every != metric.every.value:
            message = (
                f"the term pays each {every.value}, and “{name.value}” has a result each {metric.every.value.value}"
            )
            related = (Label(metric.every.span, f"each {metric.every.value.value}"),)
            per = f"{self.path}.per"
            word = metric.every.value.value if isinstance(metric.every.value, Every) else "period"
            fix = f"Write “per: [provider, {word}]”, or give the metric “every: {every.value}”."
            self.names.findings.say(OTHER_PERIOD, self.term.per.span, message, path=per, related=related, fix=fix)
            return found.context, None
        if not self.is_scoped():
            return found.context, None
        measure = found.measure
        unread = any(self.names.catalog.fields_unread(table) for table in tables_of(found.context.formula))
        if unread:
            return found.context, None
        if measure is not None and not is_by_provider(measure, name, metric.name, path, self.names):
            return found.context, None
        return found.context, measure

    def of_outcome(self, formula: FormulaText) -> tuple[MeasureContext | None, Measure | None]:
        """A measure made for the term alone."""
        if formula.tree is None:
            return None, None
        path = f"{self.path}.outcome"
        group = judged(resolve_group(formula.tree, path, self.names), Judging())
        decimals = 2 if _is_money(group.type) else 0
        convert = converter(group.type, decimals, results(group, group.type))
        context = MeasureContext(
            self.name, group, group.type, "higher", decimals, False, False, (), convert,
            self.term.per.every or Every.YEAR, (), partial(price_in_figure, catalog=self.names.catalog),
        )  # fmt: skip
        tables = tables_of(group)
        place = Located(self.name, formula.span)
        every = self.term.per.every
        if self.term.per.each_period:
            message = f"the outcome of “{self.written}” is measured for this term alone, which doesn't say how often"
            fix = "Write the period itself, such as “per: [provider, quarter]”."
            self.names.findings.say(WHOSE_PERIOD, self.term.per.span, message, path=f"{self.path}.per", fix=fix)
            return context, None
        if is_planned(group, self.name, formula, path, self.names):
            return context, None
        fitting = Fitting(path, formula.span, self.names)
        if every is not None and not is_faulty(group) and not fitting.fits(group, every, Covers.PERIOD):
            return context, None
        if is_faulty(group) or not tables or not self.is_scoped() or every is None:
            return context, None
        by = provider_dimension(tables, place, path, self.names.catalog, self.names.findings)
        if by is None:
            return context, None
        measure = Measure(
            name=self.name,
            formula=group,
            every=every,
            window=Covers.PERIOD,
            breakdowns=((), (by,)),
            better="higher",
            decimals=decimals,
            minimum=0,
            missing_is=DENOMINATOR_ONLY,
            maturity="all records",
            benchmarks=(),
            title=self.name.replace("_", " "),
            is_metric=False,
            span=formula.span,
        )
        return context, measure

    def is_half_read(self) -> bool:
        """Whether some of the kind's own keys could not be read, so that the kind would judge a mere part of them."""
        start = f"{self.path}."
        keys = {
            one.removeprefix(start).split(".")[0] for one in self.names.catalog.spec.faulty if one.startswith(start)
        }
        return bool(keys - {"on", "per", "once_per"})

    def is_scoped(self) -> bool:
        """Whether the term pays each provider in each period, since an invoice is one provider's for one period."""
        per = self.term.per
        if self.names.catalog.faulty("incentives", "terms", self.written, "per"):
            return False
        if per.by_provider and (per.every is not None or per.each_period):
            return True
        message = "a term pays each provider in each period"
        word = "quarter" if per.every is None else per.every.value
        fix = f"Write “per: [provider, {word}]”, with the metric's period."
        self.names.findings.say(NOT_PER_PROVIDER, per.span, message, path=f"{self.path}.per", fix=fix)
        return False

    def say(self, problem: Problem, name: Name, message: str, fix: str, key: str = "kind") -> None:
        """Report at a name of the term."""
        self.names.findings.say(problem, name.span, message, path=f"{self.path}.{key}", fix=fix)


def _is_free(term: PaymentTerm, kinds: Kinds) -> bool:
    """Whether a term's kind rests on no result."""
    kind = next((one for one in kinds.terms if one.word == term.use.kind.value), None)
    return kind is not None and isinstance(kind.measured_by(parts_of(term.use.parameters)[0][1]), NoResult)


def _is_money(kind: Type) -> bool:
    return isinstance(kind, NumberType) and is_money(kind.unit)


def _settling(one: Settling) -> agreed.Settling:
    tolerance = one.tolerance.value.value if one.tolerance else Fraction(0)
    return agreed.Settling(one.corrections_within, tolerance, one.claw_back, one.keep_rows)
