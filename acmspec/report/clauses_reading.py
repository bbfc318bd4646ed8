"""How to read the article: rules that hold for all of its sentences, each only where something needs it."""

from collections.abc import Callable, Iterator

from acmspec.ground.calendar import Length
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.record import (
    Active,
    Banded,
    Completed,
    Conditional,
    DaysBetween,
    DaysIn,
    FieldValue,
    InDays,
    Lasts,
    Later,
    Lookup,
    OpenOn,
    Record,
)
from acmspec.program.types import PeriodType, TextType
from acmspec.report.clauses_draft import Draft, para
from acmspec.report.clauses_used import aggregates_used, nodes_used
from acmspec.report.tree import Paragraph

_CODES = "A code or a text is compared letter by letter, and capital letters differ from small ones."
_FOLDED = " They do not differ where the table of fields says that upper and lower case are one."


def reading(draft: Draft) -> Iterator[Paragraph]:
    """The rules, those that always hold first."""
    text = "A condition counts as true only if the recorded values show that it is true."
    yield para(text, head="Conditions", anchor="reading.conditions")
    text = "The words “either … or” include the case in which both are true."
    yield para(text, head="Either", anchor="reading.either")
    folded = any(one.fold for table in draft.program.spec.data for one in table.fields)
    yield para(f"{_CODES}{_FOLDED if folded else ''}", head="Codes", anchor="reading.codes")
    nodes = tuple(nodes_used(draft))
    for needs, head, text, name in _RULES:
        if any(needs(one) for one in nodes):
            yield para(text, head=head, anchor=f"reading.{name}")
    if _orders_texts(draft, nodes):
        text = "Texts are put in order character by character, so that “10” comes before “9”."
        yield para(text, head="Order of texts", anchor="reading.order")
    text = "A period is counted in calendar days. The first and the last day named for it belong to it."
    yield para(text, head="Days", anchor="reading.days")
    if any(isinstance(one, DaysBetween) for one in nodes):
        text = (
            "The number of days from one date to another does not count the first date. "
            "On the same date it is 0. It is below zero if the second date comes first."
        )
        yield para(text, head="Days from one date to another", anchor="reading.days_between")
    text = (
        "A result is “undefined” if there is nothing to divide by, or no value to take. "
        "It is neither zero nor a failure. What is worked out from an undefined value is undefined, too."
    )
    yield para(text, head="Undefined", anchor="reading.undefined")


def _orders_texts(draft: Draft, nodes: tuple[Record, ...]) -> bool:
    """Whether a record is chosen, or taken a value of, by the order of texts."""
    chosen = (by for one in aggregates_used(draft) for choice in one.population.choices for by in choice.by)
    taken = (by for one in nodes if isinstance(one, Lookup) for by in one.by)
    return any(isinstance(by.type, TextType) for by in (*chosen, *taken))


def _has_span(one: Record) -> bool:
    return isinstance(one, DaysIn | Lasts) or (isinstance(one, InDays) and one.what == "span")


def _is_length_by_value(one: Record) -> bool:
    return isinstance(one, Later | Lasts) and not isinstance(one.length, Length)


def _is_period_held(one: Record) -> bool:
    """Whether a month, quarter or year is held against days, which is said of its two ends."""
    return isinstance(one, InDays) and any(isinstance(two.type, PeriodType) for two in _operands(one.operand))


def _operands(one: Record) -> Iterator[Record]:
    yield one
    inner = getattr(one, "operand", None)
    if isinstance(inner, Record):
        yield from _operands(inner)


_RULES: tuple[tuple[Callable[[Record], bool], str, str, str], ...] = (
    (
        lambda one: isinstance(one, Lookup),
        "Records looked for",
        "Words such as “there is at least one” look at all valid records of a source, whatever their date.",
        "lookups",
    ),
    (
        lambda one: isinstance(one, Lookup) and not lookup_row(one.function).is_question,
        "Values of other records",
        (
            "A number or a total of other records is 0 where there are none. "
            "Any other value of other records then counts as not recorded. "
            "In an order, what is not recorded comes last."
        ),
        "values",
    ),
    (
        lambda one: isinstance(one, FieldValue) and bool(one.steps),
        "Linked records",
        "A value of a record that another record points to is the value recorded on the Data Date.",
        "links",
    ),
    (
        lambda one: isinstance(one, OpenOn),
        "Open on a night",
        "A record is open on the night after a day if it has started by that day and has not ended by it.",
        "open",
    ),
    (
        lambda one: isinstance(one, Active),
        "Active on a day",
        "A record is active from the day on which it starts through the day on which it ends. Both days count.",
        "active",
    ),
    (
        _has_span,
        "Span of a record",
        (
            "The span of a record is all days from the one on which it starts up to the one on which it ends. "
            "The day on which it ends is not in it."
        ),
        "span",
    ),
    (
        lambda one: isinstance(one, DaysIn),
        "Days that a record is open",
        (
            "The number of days that a record is open is the number of days of its span. "
            "If it has not ended, they go through the day through which its source is complete."
        ),
        "days_open",
    ),
    (
        lambda one: isinstance(one, Lasts),
        "Lasting",
        (
            "A record lasts for a time if its span holds every day of that time. "
            "The time is counted from the day on which the record starts, unless another day is named. "
            "The day that is named must be in the span."
        ),
        "lasting",
    ),
    (
        lambda one: isinstance(one, Conditional),
        "Otherwise",
        (
            "What stands after “otherwise” holds only where the recorded values show that the condition is not true. "
            "Where they do not show whether it is true, the value counts as not recorded."
        ),
        "otherwise",
    ),
    (
        lambda one: isinstance(one, Banded),
        "Bands",
        (
            "A band starts with its own number or date and ends before the next one starts. The last band has no end. "
            "A value below the first band is in none."
        ),
        "bands",
    ),
    (
        lambda one: isinstance(one, Completed),
        "Whole months and years",
        (
            "Whole months and years are counted from date to date. "
            "A month is complete on the day with the same number in the next month. "
            "If that month has no such day, it is complete on its last day. A year is 12 months."
        ),
        "whole",
    ),
    (
        _is_period_held,
        "Months in a period",
        "A month, quarter or year lies in a period or window if all of its days do.",
        "months",
    ),
    (
        _is_length_by_value,
        "Lengths of time in the data",
        (
            "A length of time that is not recorded, is below zero or is longer than 100 years decides nothing. "
            "What is counted by it is then not known."
        ),
        "lengths",
    ),
)
"""Each rule with what needs it, its heading word and its name."""
