"""What is paid: one section a payment term, then limits, the order they apply in, agreements, amendment."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.program.exposed_lines import most_taken
from acmspec.program.payment import AS_REPORTED, DEDUCT_MOST, NO_POINTS, SPREAD, Limit, Pooled, Term
from acmspec.program.payment_parts import bases, is_without_money, of_cohorts, paid_ahead, recovered
from acmspec.program.payments import ZEROED
from acmspec.program.tree import Measure
from acmspec.report.clauses_draft import Draft, bare, capital, para, refer, rows, title
from acmspec.report.clauses_metric import measured
from acmspec.report.clauses_order import below_zero, net_of, order, scope, when
from acmspec.report.clauses_waiting import not_yet_mature
from acmspec.report.tree import Grid, Paragraph, Run, Section
from acmspec.settlement.terms import DEDUCTED, UNDISPUTED
from acmspec.spec.tree import Agreement, Incentives

_STATES = {
    "undefined": ("Undefined", "Nothing to divide by: nobody was measured."),
    "too_few": ("Too few", "Fewer are measured than the measure needs."),
    "immature": ("Immature", "Not every record can be judged yet."),
    "missing": ("Missing", "Records did not come, or too many are faulty."),
    "disputed": ("Disputed", "A Provider disputes a record behind the result."),
}
_GATE_STATES = {"failed": ("Failed", "The result does not meet the condition."), **_STATES}
_CONSEQUENCES = {
    "pay": "The condition counts as met.",
    "pay as reported": "The result decides as reported.",
    "nothing": "No payment is due.",
    "carry forward once": "No payment is due now. The counts are added once to those of the next period.",
    "wait": "Payment waits until the result can be stated.",
    "withhold until received": "The Agency withholds payment until the records are received.",
    "withhold until resolved": "The Agency withholds payment until the dispute is resolved.",
    UNDISPUTED: "The Agency pays now what is due whatever becomes of the disputed records.",
}
_DEDUCTED = {
    "nothing": "Nothing is paid or deducted.",
    "carry forward once": "Nothing is paid or deducted now. The counts are added once to those of the next period.",
    "wait": "Payment and deduction wait until the result can be stated.",
    DEDUCTED: "The Agency settles now what is owed by either side whatever becomes of the disputed records.",
}
_SCORED = {
    SPREAD: "The measure is left out. Its weight is spread over the others, in proportion to theirs.",
    NO_POINTS: "The measure earns no points. Its weight counts.",
    AS_REPORTED: "The result decides as reported.",
    "wait": "Payment waits until the result can be stated.",
}

_FOLLOWS = {
    "nothing": "Nothing follows.",
    "carry forward once": "Nothing follows now. The counts are added once to those of the next period.",
    "wait": "Whether it follows is open until the result can be stated.",
    "withhold until received": "Whether it follows is open until the records are received.",
    "withhold until resolved": "Whether it follows is open until the dispute is resolved.",
    UNDISPUTED: "It follows now if it does so whatever becomes of the disputed records. "
    "Whether it follows is open until the dispute is resolved if that depends on them.",
}
"""What states lead to where no money is owed, in the words of what it is that follows."""


def payment(draft: Draft) -> Iterator[Section]:
    """The sections on payment, none if the spec pays nothing."""
    incentives = draft.program.spec.incentives
    if incentives is not None and draft.program.payments.terms:
        yield Section("Payment", tuple(_general(draft, incentives)), "incentives")
        kinds = {one.word: one for one in draft.kinds.terms}
        written = {one.use.name.value: one for one in incentives.terms}
        for term in draft.program.payments.terms:
            use = written[term.written].use
            anchor = f"incentives.terms.{term.name}"
            measure = draft.program.measure_of(term)
            words = draft.term_words(measure, anchor, term.every, term.once_per or "")
            said = kinds[use.kind.value].clause(term.parameters, words)
            rest = _scored(draft, term) if term.scored else _fee(draft, term)
            rest = rest if measure is None else _term(draft, term, measure)
            head = "Consequence." if is_without_money(term.amount) else "Amount."
            yield Section(f"Payment term: {title(term.name)}", (*_headed(said, head), *rest), anchor)
        yield Section("Limits and order of payment", tuple(_limits(draft)), "incentives.limits")


def _general(draft: Draft, incentives: Incentives) -> Iterator[Paragraph]:
    terms = draft.program.payments.terms
    names = numbers.series(tuple(quoted(title(one.name)) for one in terms))
    noun = "payment term" if len(terms) == 1 else "payment terms"
    text = f"The Agency must pay each Provider what it is owed under the {noun} {names}."
    yield para(text, head="Duty to pay", anchor="incentives")
    text = "Each amount is rounded half up to the cent. If an amount comes to less than zero, nothing is due."
    if any(one.takes for one in terms):
        text = "Each amount is rounded to the nearest cent, and half a cent away from zero. "
        taking = tuple(dict.fromkeys(quoted(title(one.name)) for one in terms if one.takes))
        noun = "payment term" if len(taking) == 1 else "payment terms"
        text += f"An amount comes to less than zero only under the {noun} {numbers.series(taking)}."
    yield para(text, head="Cents", anchor="incentives.rounding")
    if incentives.phase_in:
        until = numbers.day(incentives.phase_in.until.value)
        effect = bare(incentives.phase_in.effect)
        text = f"This paragraph holds for each period that ends on or before {until}. Its result is {effect}."
        yield para(text, head="Phase-in", anchor="incentives.phase_in")


def _headed(blocks: tuple[Paragraph | Grid, ...], head: str) -> Iterator[Paragraph | Grid]:
    """A kind's own paragraphs, the first with a heading word like all others."""
    first = next((one for one in blocks if isinstance(one, Paragraph)), None)
    for one in blocks:
        if one is first and isinstance(one, Paragraph):
            yield replace(one, inlines=(Run(head, strong=True), Run(" "), *one.inlines))
        else:
            yield one


# --- one term -------------------------------------------------------------------------------------------------


def _term(draft: Draft, term: Term, measure: Measure) -> Iterator[Paragraph | Grid]:
    anchor = f"incentives.terms.{term.name}"
    scope = _scope(numbers.period(term.every), "Whether it follows" if is_without_money(term.amount) else "Payment")
    if measure.is_metric:
        text = f"{scope} The Provider’s own result decides. It comes from section "
        yield refer(text, f"metrics.{measure.name}", ".", head="Scope", anchor=f"{anchor}.per")
    else:
        yield para(scope, head="Scope", anchor=f"{anchor}.per")
        yield from measured(draft, measure, anchor)
        yield from not_yet_mature(draft, measure, anchor)
    yield from _own_prices(draft, term, anchor)
    if term.once_per:
        entity = draft.words.entity(term.once_per)
        text = (
            f"The Agency must pay a Provider only once for the success of the same {entity} {_under(term)} "
            "A success counts as paid once a payment that rests on it is more than zero. "
            "This holds even if a limit then reduces that payment. "
            f"{_first_day(draft)} A Measurement Period that looks back further does not change this."
        )
        yield para(text, head="Once only", anchor=f"{anchor}.once_per")
    paying = "" if is_without_money(term.amount) else " for payment"
    text = f"Where there is no result, or where it is disputed, the table below says what follows{paying}."
    yield para(text, head="States of the result", anchor=f"{anchor}.on")
    yield Grid(
        ("State", "Meaning", f"Consequence{paying}"),
        tuple((*_STATES[state], _consequence(word, measure, draft, term)) for state, word in term.on),
        caption=f"Consequences under {quoted(title(term.name))}",
        anchor=f"{anchor}.on",
    )


def _scored(draft: Draft, term: Term) -> Iterator[Paragraph | Grid]:
    """What else is to be said of a term that rests on the results of several measures."""
    anchor = f"incentives.terms.{term.name}"
    titles = numbers.series(tuple(quoted(one.title) for one in draft.program.measures_of(term)))
    of = tuple(dict.fromkeys(quoted(title(one)) for one in bases(term.amount)))
    waits = f" Payment waits until what is owed under {numbers.series(of)} is known." if of else ""
    text = f"{_scope(numbers.period(term.every))} The Provider’s own results for {titles} decide.{waits}"
    yield para(text, head="Scope", anchor=f"{anchor}.per")
    text = "For each measure without a result, or whose result is disputed, the table below says what follows."
    yield para(text, head="States of the results", anchor=f"{anchor}.on")
    yield Grid(
        ("State", "Meaning", "Consequence for the score"),
        tuple((*_STATES[state], _SCORED.get(word, _CONSEQUENCES.get(word, word))) for state, word in term.on),
        caption=f"Consequences under {quoted(title(term.name))}",
        anchor=f"{anchor}.on",
    )


def _under(term: Term) -> str:
    """Under which terms a success is paid once, and where one that could be paid under several is."""
    if not term.together:
        return "under this term."
    return (
        f"under {quoted(title(term.written))}, in all of its groups together. "
        f"Of several in one {numbers.period(term.every)}, the one in the group that is named first is paid."
    )


def _fee(draft: Draft, term: Term) -> Iterator[Paragraph | Grid]:
    """What else is to be said of a term that rests on no result."""
    anchor, noun = f"incentives.terms.{term.name}", numbers.period(term.every)
    of = tuple(dict.fromkeys(quoted(title(one)) for one in bases(term.amount)))
    text = (
        f"{_scope(noun)} The payment rests on no result of its own. "
        f"It is due once the {noun} is over and what is owed under {numbers.series(of)} is known."
        if of
        else f"{_scope(noun)} The payment rests on no result. "
        f"It is due once the {noun} is over, whatever the results are."
    )
    of_all = of_cohorts(term.amount)
    if of_all is not None:
        of_each = quoted(title(of_all.of))
        text = (
            f"Payment is worked out once for each agreement. The whole {noun}s within it and the Contract Term count. "
            f"It waits while a payment under {of_each} waits."
        )
        yield para(text, head="Scope", anchor=f"{anchor}.per")
        yield from _own_prices(draft, term, anchor)
        return
    if recovered(term.amount) is not None:
        text = f"{_scope(noun)} What is recovered is worked out once the {noun} is over, by what is known then."
    if draft.program.payments.phase_in_until is not None:
        text += " This holds in the phase-in, too."
    yield para(text, head="Scope", anchor=f"{anchor}.per")
    yield from _own_prices(draft, term, anchor)


def _own_prices(draft: Draft, term: Term, anchor: str) -> Iterator[Paragraph]:
    own = term.name if term.together else term.written
    if _has_own_prices(draft, own) and recovered(term.amount) is None:
        text = "An agreement may set its own price for its Provider, as stated in section "
        yield refer(text, "agreements", ".", head="Own prices", anchor=f"{anchor}.price")


def _scope(noun: str, what: str = "Payment") -> str:
    return (
        f"{what} is worked out for each Provider and each {noun}. "
        f"The whole {noun} must lie within the Contract Term and the term of the Provider’s agreement."
    )


def _first_day(draft: Draft) -> str:
    until = draft.program.payments.phase_in_until
    if until is None:
        return "No success before the first day of the Provider’s agreement is paid."
    return (
        "No success before the first day of the Provider’s agreement is paid. "
        f"No success through {numbers.day(until)}, the last day of the phase-in, is paid either."
    )


def _consequence(word: str, measure: Measure, draft: Draft, term: Term) -> str:
    if term.takes:
        return _most(draft, measure, term) if word == DEDUCT_MOST else _DEDUCTED.get(word, f"{capital(word)}.")
    if word == UNDISPUTED and isinstance(term.amount, Pooled):
        return "Nothing is divided until the dispute is resolved."
    if is_without_money(term.amount):
        return _FOLLOWS["nothing" if word == "carry forward once" and draft.program.overlaps(measure) else word]
    if word == "carry forward once" and draft.program.overlaps(measure):
        return "No payment is due now. Nothing is carried forward, as the next Measurement Period overlaps this one."
    return _CONSEQUENCES.get(word, f"{capital(word)}.")


def _most(draft: Draft, measure: Measure, term: Term) -> str:
    """What is deducted where data did not come: a sum, or what the terms that it is a part of decide."""
    most = "" if bases(term.amount) else f", which is {draft.money(most_taken(term, measure, '', None))}"
    return (
        f"The Agency must deduct the most that can be deducted for any one period{most}. "
        "It settles what is due once the records are received."
    )


def _has_own_prices(draft: Draft, term: str) -> bool:
    return any(name.value == term for one in draft.program.spec.agreements for name, _ in one.prices)


# --- limits ---------------------------------------------------------------------------------------------------


def _limits(draft: Draft) -> Iterator[Paragraph | Grid]:
    payments = draft.program.payments
    kinds = {one.word: one for one in draft.kinds.limits}
    for limit in payments.limits:
        over = numbers.series(tuple(quoted(title(one)) for one in limit.over))
        anchor = f"incentives.limits.{limit.place}"
        paid = draft.program.measure_of(next(one for one in payments.terms if one.name in limit.over))
        measure = draft.program.measure(limit.measure) if limit.measure else paid
        words = draft.term_words(measure, anchor, limit.every)
        sentence = kinds[limit.kind].clause(limit.parameters, words, over, scope(limit))
        sentence += _open_at_first(draft, limit) + net_of(draft, limit)
        yield para(sentence, head=f"Limit {quoted(title(limit.name))}", anchor=anchor)
        yield from _states(limit.name, limit.on, anchor)
    yield from _held(draft)
    yield para(
        "Amounts are worked out in the following order:",
        head="Order",
        anchor="incentives.limits",
        items=rows(order(draft)),
    )
    yield from below_zero(draft)
    text = (
        "A limit or maximum changes only payments of the period at hand, and none to less than zero. "
        "It changes several payments in proportion. Cents that are left over go to the largest fractions of a cent."
    )
    yield para(text, head="How limits work", anchor="incentives.limits")
    if any(one.maximum is not None for one in payments.agreements):
        text = "All payments to a Provider together must be no more than the maximum of its agreement."
        yield para(text, head="Maximum of an agreement", anchor="agreements.maximum")
    if payments.maximum is not None:
        text = f"All payments under this Article together must be no more than {draft.money(payments.maximum)}."
        yield para(text, head="Maximum of the Contract", anchor="contract.maximum")


def _states(name: str, on: tuple[tuple[str, str], ...], anchor: str) -> Iterator[Grid]:
    if on:
        yield Grid(
            ("State", "Meaning", "Consequence for payment"),
            tuple((*_GATE_STATES[state], _CONSEQUENCES[word]) for state, word in on),
            caption=f"Consequences under {quoted(title(name))}",
            anchor=anchor,
        )


def _held(draft: Draft) -> Iterator[Paragraph | Grid]:
    """What is held back, and when it is paid."""
    kinds = {one.word: one for one in draft.kinds.reserves}
    for reserve in draft.program.payments.reserves:
        over = numbers.series(tuple(quoted(title(one)) for one in reserve.over))
        anchor = f"incentives.limits.{reserve.place}"
        measures = (draft.program.measure(gate.measure) for gate, _ in reserve.back)
        words = tuple(draft.term_words(one, anchor) for one in measures)
        text = kinds[reserve.kind].clause(reserve.parameters, words, over, f"from each Provider {when(reserve.every)}")
        text += _whole_at_first(draft) if reserve.back else ""
        text += " Limits and maximums count it as paid when it is held back."
        text += _without_advances(draft)
        yield para(text, head=f"Held back {quoted(title(reserve.name))}", anchor=anchor)
        yield from _states(reserve.name, reserve.back[0][0].on if reserve.back else (), anchor)


def _without_advances(draft: Draft) -> str:
    """That what is recovered of advances frees nothing of what is held back, if there are any."""
    paid = draft.program.payments
    if not paid_ahead(paid) or paid.negative_total == ZEROED:
        return ""
    return " What is due is worked out as if no advance were paid or recovered."


def _open_at_first(draft: Draft, limit: Limit) -> str:
    """That a gate holds only after the phase-in, if there is one."""
    until = draft.program.payments.phase_in_until
    if until is None or not limit.measure:
        return ""
    noun = numbers.period(limit.every) if limit.every else "period"
    ends = f"ends on or before {numbers.day(until)}, the last day of the phase-in"
    return f" This limit does not apply to a {noun} that {ends}."


def _whole_at_first(draft: Draft) -> str:
    """That no result of the phase-in keeps what is held back, if there is one."""
    until = draft.program.payments.phase_in_until
    if until is None:
        return ""
    return (
        f" If the last period of that time ends on or before {numbers.day(until)}, the last day of the phase-in, "
        "the Agency must pay the whole sum."
    )


# --- agreements and amendment ---------------------------------------------------------------------------------


def agreements(draft: Draft) -> Iterator[Section]:
    """The schedule of agreements, none if there is none."""
    found = draft.program.spec.agreements
    if not found:
        return
    text = "Each Provider has the agreement in the schedule below. Its own targets and prices replace the shared ones."
    grid = Grid(
        ("Provider", "Number", "Term", "Maximum", "Own targets and prices", "Invoice"),
        tuple(_agreement(draft, one) for one in found),
        right=(3,),
        caption="Schedule of agreements",
        anchor="agreements",
    )
    yield Section("Agreements", (para(text, head="Agreements", anchor="agreements"), grid), "agreements")


def _agreement(draft: Draft, one: Agreement) -> tuple[str, ...]:
    program = draft.program
    first, last = (one.term.first.value, one.term.last.value) if one.term else (program.first, program.last)
    titles = {measure.name: measure.title for measure in program.measures}
    own = [f"{titles.get(name.value, name.value)}: {draft.amount(said.value)}" for name, said in one.targets]
    own += [f"{title(name.value)}: {draft.amount(said.value)}" for name, said in one.prices]
    return (
        one.provider.value,
        one.number,
        f"{numbers.day(first)} to {numbers.day(last)}",
        draft.amount(one.maximum.value) if one.maximum else "",
        "; ".join(own) or "Shared",
        "; ".join(f"{title(key)} {value}" for key, value in one.invoice),
    )


def amendment(draft: Draft) -> Section:
    """What may change without an amendment and what may not."""
    free = tuple(quoted(one.title.value) for one in draft.program.spec.metrics if one.use.value == "review")
    other = "Apart from the measures named below, this" if free else "This"
    text = f"{other} Article may be changed only by an amendment of the Contract."
    blocks = [para(text, head="Amendment", anchor="amendment")]
    if free:
        noun = "the measure" if len(free) == 1 else "the measures"
        text = f"The Agency may change {noun} {numbers.series(free)} without an amendment. No payment depends on "
        text += "it." if len(free) == 1 else "them."
        blocks.append(para(text, head="Measures under review", anchor="amendment.review"))
    return Section("Amendment", tuple(blocks), "amendment")
