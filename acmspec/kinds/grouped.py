"""Prices by group, for who is harder to serve: shape, parts and words; it fills formulas in, and resolves none.

A success has the price of the first group that its record is in, and else the price of all others. A record that does
not say whether it is in a group is not in it.
"""

from collections.abc import Iterator
from dataclasses import field
from functools import reduce

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.formula.standing import filled_in
from acmspec.formula.tree import Binary, Call, Formula, Known, Name, Not, Truth
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.prices import Pricing
from acmspec.report.ports import TermWords
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import MapOf, Quantity

BY_GROUP = Problem(
    code="ACM498",
    title="a price by group that can't be told",
    cause="With “groups”, the outcome asks for the group by the word “group”, joined by “and”, and “price” is what is "
    "paid for a success in none of them. Each group has one price, whatever the number of successes.",
    fix="Write “outcome: count(SET where CONDITION and group)”, “price” and “groups”, and no key that says more.",
    contract="Each success must have one price, by the group that it is in.",
)
PROBLEMS = (BY_GROUP,)

GROUP, OTHERS = "group", "others"
"""What stands in the outcome for being in the group at hand, and what the part of all others is called."""
Groups = tuple[tuple[Located[str], Located[Amount]], ...]
GROUPS = MapOf(Quantity("money"), least=1)


@node
class Grouped:
    """The groups with their prices, and the place of one of them; that behind the last is for all others.

    `is_told` is whether the outcome asks for the group at hand, so that a success is in one.
    """

    groups: Groups
    at: int
    is_told: bool = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """What the groups are called."""
        return tuple(name.value for name, _ in self.groups)


def by_group(
    groups: Groups, price: Located[Amount] | None, outcome: FormulaText | None
) -> Iterator[tuple[str, Located[Amount] | None, FormulaText | None, Grouped | None]]:
    """For each group and all others: its word, its price, what is measured in it, and where it stands."""
    if not groups:
        yield "", price, outcome, None
        return
    for at in range(len(groups) + 1):
        word, own = (OTHERS, price) if at == len(groups) else (groups[at][0].value, groups[at][1])
        found, is_told = _within(outcome, groups, at)
        yield word, own, found, Grouped(groups, at, is_told)


def _within(outcome: FormulaText | None, groups: Groups, at: int) -> tuple[FormulaText | None, bool]:
    """The outcome in one group, and whether it speaks of the group at all."""
    if outcome is None or outcome.tree is None:
        return outcome, outcome is not None
    names = [Name((name.value,), name.span) for name, _ in groups]
    conditions: list[Formula] = [*map(_not_in, names[:at]), *names[at : at + 1]]
    first, *more = conditions
    condition = reduce(lambda one, two: Binary("and", one, two, two.span), more, first)
    tree = filled_in(outcome.tree, GROUP, condition)
    return FormulaText(tree, outcome.text, outcome.span), _is_told(outcome.tree)


def _is_told(outcome: Formula) -> bool:
    """Whether it asks that a record be in the group, beside whatever else it asks: each success then has one group."""
    if not isinstance(outcome, Call) or outcome.over.where is None:
        return False
    asked = [*_joined(outcome.over.where)]
    others = [one for one in asked if not (isinstance(one, Name) and one.parts == (GROUP,))]
    elsewhere = (outcome.expression, *others)
    return len(others) == len(asked) - 1 and all(_says_nothing(one) for one in elsewhere if one is not None)


def _joined(condition: Formula) -> Iterator[Formula]:
    """What is joined by `and`."""
    if isinstance(condition, Binary) and condition.operator == "and":
        yield from (*_joined(condition.left), *_joined(condition.right))
    else:
        yield condition


def _says_nothing(formula: Formula) -> bool:
    """Whether the word for the group stands nowhere in a formula."""
    return filled_in(formula, GROUP, Truth(True, formula.span)) is formula


def _not_in(name: Name) -> Formula:
    """That a record is not in a group, or doesn't say so."""
    return Binary("or", Known(name, False, name.span), Not(name, name.span), name.span)


def unsound(grouped: Grouped | None, card: Pricing, place: Span) -> tuple[Diagnostic, ...]:
    """What keeps a price by group from being one; nothing where there are no groups."""
    if grouped is None:
        return ()
    more = next((one for one in (card.figure, card.counted, *card.steps, *card.at_most) if one is not None), None)
    if more is not None:
        return (BY_GROUP.at(more.span, "a price by group has no figure, steps or numbers", label="beside groups"),)
    if not grouped.is_told:
        message = f"the outcome doesn't ask for “{GROUP}” once, beside what else it asks"
        return (BY_GROUP.at(place, message, label="in which group?"),)
    name = next((name for at, (name, _) in enumerate(grouped.groups) if name.value == OTHERS), None)
    if name is not None:
        return (BY_GROUP.at(name.span, f"“{OTHERS}” are those in no group", label="not a group"),)
    if card.price is None:
        return (BY_GROUP.at(grouped.groups[-1][0].span, "nothing is said of a success in no group", label="and else?"),)
    return ()


def said_group(grouped: Grouped | None, words: TermWords) -> str:
    """For which successes a price is."""
    if grouped is None:
        return ""
    titles = [quoted(words.defined(name)) for name in grouped.names]
    if grouped.at == len(titles):
        groups = "the group" if len(titles) == 1 else "any of the groups"
        return f" This price holds for a success that is not in {groups} {numbers.series(tuple(titles), 'or')}."
    before = titles[: grouped.at]
    but = f", and not in {numbers.series(tuple(before), 'or')}" if before else ""
    return f" This price holds for a success in the group {titles[grouped.at]}{but}."
