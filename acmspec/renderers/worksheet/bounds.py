"""The limits and maximums of a contract in the order they apply, each with its formula and scopes; writes nothing."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.program.paid_periods import stretch
from acmspec.program.payment import CONTRACT_MAXIMUM, MAXIMUM, Limit
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.clauses import Quoted
from acmspec.renderers.worksheet.figures import Figures
from acmspec.renderers.worksheet.figures_sheet import Clause, Part
from acmspec.renderers.worksheet.formulas import formula
from acmspec.renderers.worksheet.limit_sheet import Bound, Scope
from acmspec.renderers.worksheet.term_sheet import Entry
from acmspec.renderers.worksheet.whole import first_if
from acmspec.report.clauses_draft import title
from acmspec.report.clauses_payment import scope as scope_words
from acmspec.settlement.limits import Ledger


@node
class Limited:
    """A bound with the part of the figures' sheet that it reads."""

    bound: Bound
    part: Part


def bounds(program: Program, figures: Callable[[str], Figures], clauses: Quoted) -> Iterator[Limited]:
    """Limits, then the maximums of agreements, then that of the contract."""
    payments = program.payments
    for place, limit in enumerate(payments.limits):
        clause = clauses.of(f"incentives.limits.{place}")
        yield _limit(program, limit, figures(f"limit_{limit.name}"), clause)
    if any(one.maximum is not None for one in payments.agreements):
        yield _agreements(program, figures("agreements"), clauses.of("agreements.maximum"))
    if payments.maximum is not None:
        yield _contract(payments.maximum, figures("contract"), clauses.of("contract.maximum"))


def _limit(program: Program, limit: Limit, figures: Figures, clause: Clause) -> Limited:
    numbers: dict[tuple[str | None, str], int] = {}
    ledger = Ledger(program)

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
        return not program.payments.is_phase_in(day) and ledger.ends(limit, provider, day)

    over = ", ".join(title(one) for one in limit.over)
    name = title(limit.name)
    about = f"Limit on {over}, {scope_words(limit)}." + _said(clause)
    made = formula(limit.bound, figures)
    return Limited(
        Bound(name, limit.name, about, made, scope_of, is_last if limit.at_end else None),
        Part(f"Limit: {name}, {scope_words(limit)}", clause, figures),
    )


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

    return Limited(
        Bound(
            "Maximum of each agreement", MAXIMUM, about,
            lambda row: first_if(row.earned, maximums.at(row.scope), smaller=True), scope_of, None,
        ),
        Part("Maximum of each agreement", clause, figures),
    )  # fmt: skip


def _contract(maximum: Fraction, figures: Figures, clause: Clause) -> Limited:
    most = figures.money("maximum", "Maximum of the contract", maximum)
    about = "What all lines of the contract come to is never more than its maximum." + _said(clause)
    whole = Scope(1, "the contract")
    return Limited(
        Bound(
            "Maximum of the contract", CONTRACT_MAXIMUM, about,
            lambda row: first_if(row.earned, most, smaller=True), lambda _: whole, None,
        ),
        Part("Maximum of the contract", clause, figures),
    )  # fmt: skip


def _said(clause: Clause) -> str:
    return f" Paragraph {clause.number} of the contract." if clause.number else ""
