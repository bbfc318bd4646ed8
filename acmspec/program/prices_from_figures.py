"""Turns a figure of prices by provider and time into an amount for each period; knows no kind of term."""

from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import periods
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import Catalog
from acmspec.program.payment import ByProvider, Payment, Since
from acmspec.spec.enclosures import Figure
from acmspec.spec.practice import Name

NO_FIGURE = Problem(
    "ACM589",
    "no such figure",
    "The price is read from a figure, and the spec has none of this name.",
    "Correct the name, or declare the figure under “figures”.",
    "Each price must be stated in this Agreement.",
)
NO_PRICE = Problem(
    "ACM590",
    "a figure that states no price",
    "A price is a sum of money for each provider that is paid and for each time in which it is.",
    "Let the figure have “type: money”, values by provider or by time alone, and one for each.",
    "The price must be stated for each Provider and for the whole Contract Term.",
)
PROBLEMS = (NO_FIGURE, NO_PRICE)


def price_in_figure(name: Name, own: tuple[tuple[str, Fraction], ...], catalog: Catalog) -> Outcome[Payment]:
    """The price that a figure states for each provider and period; an agreement's own one replaces it."""
    figure = catalog.figures.get(name.value)
    if figure is None:
        if catalog.faulty("figures", name.value):
            return Outcome(None)
        message, fix = f"there is no figure “{name.value}”", offer(name.value, catalog.figures)
        return Outcome(None, (NO_FIGURE.at(name.span, message, label="unknown", fix=fix),))
    wrong = _refused(figure, catalog)
    if not wrong and not figure.values:
        return Outcome(None)  # its file could not be read, which is reported
    if wrong:
        return Outcome(None, (_at(name, wrong),))
    steps: list[tuple[date, Payment]] = []
    spec = catalog.spec
    stated = {(one.groups, one.period): one.value for one in figure.values}
    term = spec.contract.term
    times = [(date.min, "")]
    if figure.every is not None:
        found = periods(figure.every, term.first.value, term.last.value, spec.contract.fiscal_year_starts)
        times = [(one.first, one.name) for one in found]
    for first, when in times:
        prices = {}
        for provider in dict.fromkeys(one.provider.value for one in spec.agreements):
            price = stated.get(((provider,) if figure.groups else (), when), dict(own).get(provider))
            if price is None or price < 0:
                wrong = "is negative" if price is not None else "has none"
                return Outcome(None, (_at(name, f"{wrong} for “{provider}”{f' in {when}' if when else ''}"),))
            prices[provider] = price
        steps.append((first, ByProvider(Fraction(0), tuple((prices | dict(own)).items()))))
    return Outcome(steps[0][1] if len(steps) == 1 else Since(tuple(steps)))


def index_in_figure(name: Name, catalog: Catalog) -> Outcome[tuple[tuple[date, Fraction], ...]]:
    """The values of a figure by time, each with the first day from which it holds."""
    figure = catalog.figures.get(name.value)
    if figure is None:
        if catalog.faulty("figures", name.value):
            return Outcome(None)
        message, fix = f"there is no figure “{name.value}”", offer(name.value, catalog.figures)
        return Outcome(None, (NO_FIGURE.at(name.span, message, label="unknown", fix=fix),))
    if figure.type == "money" or figure.groups or figure.every is None:
        message = f"the figure “{name.value}” is no index: that is a number by time alone"
        return Outcome(None, (NO_PRICE.at(name.span, message, label="no index"),))
    if not figure.values:
        return Outcome(None)  # its file could not be read, which is reported
    term, starts = catalog.spec.contract.term, catalog.spec.contract.fiscal_year_starts
    stated = {one.period: one.value for one in figure.values}
    steps = []
    for one in periods(figure.every, term.first.value, term.last.value, starts):
        value = stated.get(one.name)
        if value is None or value < 0:
            wrong = "has none" if value is None else "is negative"
            return Outcome(None, (_at(name, f"{wrong} in {one.name}"),))
        steps.append((one.first, value))
    return Outcome(tuple(steps))


def _at(name: Name, wrong: str) -> Diagnostic:
    return NO_PRICE.at(name.span, f"the figure “{name.value}” {wrong}", label="states no price")


def _refused(figure: Figure, catalog: Catalog) -> str:
    """Why a figure can't state prices; empty if it can."""
    if figure.type != "money":
        return f"is of type {figure.type}, and a price is money"
    providers = {
        field.name.value
        for table in catalog.spec.data
        for field in table.fields
        if field.entity and field.entity.value == "provider"
    }
    other = [one for one in figure.groups if one not in {"provider", *providers}]
    return f"is by {other[0]}, and a price is by provider and time" if other else ""
