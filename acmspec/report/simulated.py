"""What a contract would have paid, and can be expected to pay, as a page; it evaluates nothing itself."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from acmspec.english.words import quoted
from acmspec.ground.exact import fixed
from acmspec.ground.node import node
from acmspec.program.agreed import Agreement
from acmspec.program.exposure import Exposed, Exposure
from acmspec.program.payment import Term
from acmspec.program.tree import Measure, Program
from acmspec.report.tree import Grid, Paragraph, Run, Section
from acmspec.results.printed import money, stated
from acmspec.results.tree import Results
from acmspec.settlement.chances import MEANS_SOMETHING, MOST_CASES, in_tiers
from acmspec.settlement.spending import UNKNOWN, Assumed, Spent, caseload, is_share, judged, spending, spread, target
from acmspec.settlement.tree import Settlement

_ALL = "All"


@node
class Simulated:
    """A contract applied to the past, and what is assumed in place of it."""

    program: Program
    results: Results
    settlement: Settlement
    assumed: Assumed


def simulated(what: Simulated) -> tuple[Section, ...]:
    """The sections of the page."""
    if not what.program.payments.terms or not what.program.payments.agreements:
        return (Section("Nothing is paid", (_said("The spec has no payment terms, or no agreement."),), ""),)
    return (_back_cast(what), *_tiers(what), *_spending(what))


def _back_cast(what: Simulated) -> Section:
    """What past periods would have paid, by the same settlement."""
    providers = tuple(dict.fromkeys(one.provider for one in what.program.payments.agreements))
    sums: dict[str, dict[str, Fraction]] = {}
    for line in sorted(what.settlement.lines, key=lambda one: one.last):
        of = sums.setdefault(line.period, {})
        of[line.provider] = of.get(line.provider, Fraction(0)) + line.amount
    rows = [(name, *_row(what, of, providers)) for name, of in sums.items()]
    every = {one: sum((of.get(one, Fraction(0)) for of in sums.values()), Fraction(0)) for one in providers}
    grid = Grid(
        ("Period", *providers, _ALL),
        (*rows, (_ALL, *_row(what, every, providers))),
        tuple(range(1, len(providers) + 2)),
    )
    text = (
        f"The contract applied to the data as of {what.results.data_date}, from {what.program.first} on and without "
        "a phase-in. What waits for data is not in it yet."
    )
    return Section("What past periods would have paid", (_said(text), grid), "")


def _row(what: Simulated, of: dict[str, Fraction], providers: Sequence[str]) -> tuple[str, ...]:
    amounts = [of.get(one, Fraction(0)) for one in providers]
    return tuple(money(one, what.program.currency) for one in (*amounts, sum(amounts, Fraction(0))))


def _tiers(what: Simulated) -> Iterator[Section]:
    """The chance of each tier for a provider that is exactly as good as its target."""
    rows = tuple(
        row for term, measure, agreement in _paid_on_shares(what) for row in _chances(what, term, measure, agreement)
    )
    if rows:
        heads = ("Term", "Provider", "Records a period", "True rate", "Tier", "Chance", "Means something from")
        text = (
            "Each record is a success with the true rate, whatever the others are, so that the number of successes is "
            "binomial; the chances are exact. The true rate is the provider’s target, the number of records the median "
            "of its past periods, unless stated. A tier means something from the smallest number of records on with "
            "which a provider that belongs in it falls in it with a chance of at least "
            f"{_percent(MEANS_SOMETHING)}: one whose true rate is in the middle of the tier, in the lowest and the "
            "highest as far from the edge as in the tier beside it."
        )
        yield Section("Chances of tiers", (_said(text), Grid(heads, rows, (2, 3, 5, 6))), "")


def _paid_on_shares(what: Simulated) -> Iterator[tuple[Term, Measure, Agreement]]:
    for term in what.program.payments.terms:
        measure = what.program.measure_of(term)
        if measure is not None and is_share(measure):
            yield from ((term, measure, one) for one in what.program.payments.agreements)


def _chances(what: Simulated, term: Term, measure: Measure, agreement: Agreement) -> Iterator[tuple[str, ...]]:
    found = judged(what.results, measure, agreement.provider)
    cases, rate = caseload(found, measure, what.assumed), target(measure, agreement.provider, what.assumed)
    if not cases or rate is None:
        return
    shown = stated(rate, measure.formula.type, what.program.currency)
    if cases < measure.minimum:
        few = f"fewer than the {measure.minimum:,} records needed"
        yield (term.name, agreement.provider, f"{cases:,}", shown, few, "", "")
        return
    for one in in_tiers(term, measure, cases, rate):
        least = f"more than {MOST_CASES}" if one.least is None else f"{one.least:,}"
        yield (term.name, agreement.provider, f"{cases:,}", shown, one.label, _percent(one.chance), least)


def _spending(what: Simulated) -> Iterator[Section]:
    """Means and intervals of what is spent over the term, and what is at risk."""
    exposed, currency = Exposure(what.program), what.program.currency
    found = spending(what.program, what.results, what.settlement, what.assumed)
    mean = sum((_expected(found, one) for one in exposed.providers), Fraction(0))
    aside, payable = spread(sum((one.variance for one in found), Fraction(0))), exposed.total.payable
    most = min(mean + aside, Fraction(payable.most)) if payable.ends else mean + aside
    least = max(mean - aside, payable.least)
    text = (
        f"Over the whole term, {money(_cent(mean), currency)} are expected, and with a chance of 90% between "
        f"{money(_cent(Fraction(least)), currency)} and {money(_cent(most), currency)}. "
        f"At risk: with a chance of 5% more than {money(_cent(most - mean), currency)} above what is expected."
    )
    if payable.ends:
        text += f" Whatever happens, no more than {money(Fraction(payable.most), currency)} are payable."
    method = (
        "Terms on a share are paid for each number of successes by the contract’s own settlement, weighted with its "
        "chance at the provider’s past rate (its target, where there is no past). What rests on no result is certain; "
        "other terms come, before limits, to what they did on average. A provider is expected no more than is payable "
        "to it at most, and no less than at least. Providers and periods vary apart from one another, and their sum as "
        "a normal variable. Limits "
        "over longer times than a period, gates and what is held back are left out otherwise, so that less may be "
        "spent. Where windows overlap, only those that share no day are counted, as each success is paid once."
    )
    unknown = [one for one in found if one.how == UNKNOWN]
    if unknown:
        named = dict.fromkeys(f"{quoted(term)} of {one.provider}" for one in unknown for term in one.terms)
        text += f" Not in it, as nothing is known of them: {', '.join(named)}."
    heads = ("Provider", "Terms", "How", "Records", "Rate", "Periods", "Expected")
    rows = tuple(_spent(one, currency) for one in found)
    yield Section("Expected spending", (_said(text), _said(method), Grid(heads, rows, (3, 4, 5, 6))), "")


def _expected(found: Sequence[Spent], provider: Exposed) -> Fraction:
    """What a provider's terms are expected to come to, within what is payable to it at least and at most."""
    mean = sum((one.mean for one in found if one.provider == provider.name), Fraction(0))
    within = max(mean, provider.payable.least)
    return Fraction(min(within, provider.payable.most) if provider.payable.ends else within)


def _spent(one: Spent, currency: str) -> tuple[str, ...]:
    rate = "" if one.rate is None else _percent(one.rate)
    cases, mean = f"{one.cases:,}" if one.cases else "", _cent(one.mean)
    expected = "" if one.how == UNKNOWN else money(mean, currency)
    return (one.provider, ", ".join(one.terms), one.how, cases, rate, str(one.periods), expected)


def _cent(amount: Fraction) -> Fraction:
    """To the cent, half up."""
    return Fraction(fixed(amount, 2))


def _percent(share: Fraction) -> str:
    return f"{fixed(share * 100, 1)}%"


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))
