"""The limits and maximums of a contract in the order they apply, each with its formula and scopes; writes nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.program.paid_periods import ends, stretch
from acmspec.program.payment import Limit
from acmspec.program.payment_parts import adjustments, paid_ahead
from acmspec.program.payments import CONTRACT_MAXIMUM, MAXIMUM
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.clauses import Quoted
from acmspec.renderers.worksheet.figures import Figures
from acmspec.renderers.worksheet.figures_sheet import Clause, Part
from acmspec.renderers.worksheet.formulas import Formula, formula
from acmspec.renderers.worksheet.limit_sheet import Bound, Scope
from acmspec.renderers.worksheet.row_cells import Row
from acmspec.renderers.worksheet.term_sheet import Entry
from acmspec.renderers.worksheet.whole import Ratio, first_if
from acmspec.report.clauses_draft import title
from acmspec.report.clauses_order import scope as scope_words
from acmspec.results.tree import Results
from acmspec.settlement.gates import Gates
from acmspec.settlement.tree import Line, Settlement


class Settled:
    """What gates came to in a settlement."""

    def __init__(self, program: Program, results: Results, settlement: Settlement) -> None:
        self._program = program
        self._settlement = settlement
        self.gates = Gates(program, results)

    def opened(self, gate: Limit) -> dict[tuple[str | None, str], bool]:
        """Whether a gate is open for each provider and period of its lines, in their order."""
        found: dict[tuple[str | None, str], bool] = {}
        terms = self._program.payments.terms
        for step in self._settlement.steps:
            for due in (one for one in step.dues if terms[one.term].name in gate.over):
                key = due.line.provider, stretch(self._program, gate, step.day).name
                found[key] = self.gates.decide(gate, due.line.provider, step.day, Fraction(1)).bound > 0
        return found

    def waiting(self, place: int) -> frozenset[tuple[str | None, str]]:
        """The scopes of a limit in which a gate has waited before it."""
        limits = self._program.payments.bounds
        limit = limits[place]
        gates = {
            one.name: at for at, one in enumerate(limits) if one.measure and not set(one.over).isdisjoint(limit.over)
        }
        return frozenset(
            (line.provider if limit.by_provider else None, stretch(self._program, limit, step.day).name)
            for step in self._settlement.steps
            for line in step.changes
            if line.waits and line.term in gates and (gates[line.term] < place or not self._is_end(limit, line))
        )

    def _is_end(self, limit: Limit, line: Line) -> bool:
        return ends(self._program, limit, line.provider if limit.by_provider else None, line.last)


@node
class Limited:
    """A bound with the part of the figures' sheet that it reads."""

    bound: Bound
    part: Part
    without: Bound | None = None
    """A maximum without advances, which limits and what is held back go by; None where it is the same."""


def bounds(program: Program, settled: Settled, figures: Callable[[str], Figures], clauses: Quoted) -> Iterator[Limited]:
    """Limits, then the maximums of agreements, then that of the contract."""
    payments = program.payments
    for place, limit in enumerate(payments.bounds):
        is_written = place < len(payments.limits)
        clause = clauses.of(f"incentives.limits.{limit.place}" if is_written else "incentives.on_negative_total")
        yield _limit(program, settled, place, figures(f"limit_{limit.name}"), clause)
    if any(one.maximum is not None for one in payments.agreements):
        yield _agreements(program, figures("agreements"), clauses.of("agreements.maximum"))
    if payments.maximum is not None:
        yield _contract(program, payments.maximum, figures("contract"), clauses.of("contract.maximum"))


def _limit(program: Program, settled: Settled, place: int, figures: Figures, clause: Clause) -> Limited:
    limit = program.payments.bounds[place]
    opened = settled.opened(limit) if limit.measure else {}
    numbers: dict[tuple[str | None, str], int] = {key: at for at, key in enumerate(opened, 1)}
    waiting = settled.waiting(place)

    def scope_of(entry: Entry) -> Scope | None:
        if program.payments.terms[entry.due.term].name not in limit.over:
            return None
        counted = stretch(program, limit, entry.due.period.last).name
        provider = entry.due.line.provider if limit.by_provider else None
        number = numbers.setdefault((provider, counted), len(numbers) + 1)
        return Scope(number, f"{provider or 'all providers'}, {counted}")

    def is_last(entry: Entry) -> bool:
        day = entry.due.period.last
        provider = entry.due.line.provider if limit.by_provider else None
        held = (provider, stretch(program, limit, day).name) in waiting
        return not program.payments.is_phase_in(day) and not held and ends(program, limit, provider, day)

    over = ", ".join(title(one) for one in limit.over)
    name = title(limit.name)
    about = f"Limit on {over}, {scope_words(limit)}." + _said(clause)
    takes = any(one.takes for one in program.payments.terms if one.name in limit.over)
    made = _gate(opened, figures, takes=takes) if limit.measure else formula(limit.bound, figures)
    return Limited(
        Bound(
            name, limit.name, about, made, scope_of, is_last if limit.at_end else None, not limit.at_end,
            _adjusting(program, limit),
        ),
        Part(f"Limit: {name}, {scope_words(limit)}", clause, figures),
    )  # fmt: skip


def _adjusting(program: Program, limit: Limit) -> tuple[str, ...]:
    """The titles of the terms of a gate that change others of it, and deduct nothing."""
    return tuple(title(program.payments.terms[place].name) for place in sorted(adjustments(program.payments, limit)))


def _gate(opened: Mapping[tuple[str | None, str], bool], figures: Figures, *, takes: bool) -> Formula:
    """All that was earned where the gate is open, which is typed for each scope, else what was deducted."""
    listed = figures.gates(list(opened.values()), [f"{provider}, {period}" for provider, period in opened])

    def bound(row: Row) -> Ratio:
        if not takes:
            return row.earned * listed.at(row.scope)
        taken, earned = row.deducted.top, row.earned.top
        return Ratio(taken + (earned - taken) * listed.at(row.scope).top, row.earned.bottom)

    return bound


def _agreements(program: Program, figures: Figures, clause: Clause) -> Limited:
    agreements = program.payments.agreements
    labels = [f"{one.provider} {one.number}".rstrip() for one in agreements]
    maximums = figures.maximums([one.maximum for one in agreements], labels)
    about = "What an agreement’s lines come to over all of its time is never more than its maximum." + _said(clause)

    def scope_of(entry: Entry) -> Scope | None:
        one = agreements[entry.due.agreement]
        if one.maximum is None:
            return None
        return Scope(entry.due.agreement + 1, labels[entry.due.agreement])

    bound = Bound(
        "Maximum of each agreement", MAXIMUM, about,
        lambda row: first_if(row.earned, maximums.at(row.scope), smaller=True), scope_of, None,
        program=_with_advances(program), own=True,
    )  # fmt: skip
    part = Part("Maximum of each agreement", clause, figures)
    return Limited(bound, part, _without(program, bound, "Agreements without advances"))


def _contract(program: Program, maximum: Fraction, figures: Figures, clause: Clause) -> Limited:
    most = figures.money("maximum", "Maximum of the contract", maximum)
    about = "What all lines of the contract come to is never more than its maximum." + _said(clause)
    whole = Scope(1, "the contract")
    bound = Bound(
        "Maximum of the contract", CONTRACT_MAXIMUM, about,
        lambda row: first_if(row.earned, most, smaller=True), lambda _: whole, None,
        program=_with_advances(program),
    )  # fmt: skip
    part = Part("Maximum of the contract", clause, figures)
    return Limited(bound, part, _without(program, bound, "Contract without advances"))


def _with_advances(program: Program) -> Program | None:
    """The program where advances are recovered, so that a maximum puts off what it takes meanwhile."""
    return program if paid_ahead(program.payments) else None


def _without(program: Program, maximum: Bound, title: str) -> Bound | None:
    """What a maximum would do without advances; None where there are none, or nothing goes by it."""
    ahead, paid = paid_ahead(program.payments), program.payments
    if not ahead or not (paid.limits or paid.reserves):
        return None
    about = f"{title}: what limits count so far, and what is held back of. It is not paid."
    return replace(
        maximum, title=title, line="", about=about, program=None,
        scope_of=lambda entry: None if entry.due.term in ahead else maximum.scope_of(entry),
    )  # fmt: skip


def _said(clause: Clause) -> str:
    return f" Paragraph {clause.number} of the contract." if clause.number else ""
