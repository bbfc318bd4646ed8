"""What lies beside the spec and is part of the contract: code lists as schedules, figures, calendars."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import humanised, quoted
from acmspec.ground.calendar import Every
from acmspec.program.calendar import BusinessCalendar
from acmspec.program.record import FieldValue, Record
from acmspec.report.clauses_draft import Draft, para
from acmspec.report.tree import Grid, Paragraph
from acmspec.spec.enclosures import WEEKDAYS, CodeList, Figure

_LONG = 12
"""From here on holidays are a schedule of their own."""
_TIME = {
    "sum": "For a Measurement Period of several {many}, their values are added up. It must consist of whole ones.",
    "average": "For a Measurement Period with days in several {many}, the average of their values counts.",
    "first": "For a Measurement Period with days in several {many}, the value of the first one counts.",
    "last": "For a Measurement Period with days in several {many}, the value of the last one counts.",
    "none": "It is used only where the Measurement Period lies within one {one}.",
}


def schedule(draft: Draft, listed: CodeList, column: Record | None) -> Iterator[Paragraph | Grid]:
    """A list of codes; `column` is a value that is compared with it, whose labels say what the codes mean."""
    own = draft.words.labels(column) if isinstance(column, FieldValue) else {}
    labels = {**own, **dict(listed.labels)}
    title = humanised(listed.name.value)
    anchor = f"lists.{listed.name.value}"
    number = draft.program.spec.lists.index(listed) + 1
    text = f"The list {quoted(title)} holds the codes in Schedule {number}."
    if listed.file is not None:
        text += f" They are taken from the file {quoted(listed.file.file.value)}."
    yield para(text, head="List", anchor=anchor)
    rows = tuple((code.value, labels.get(code.value, code.value)) for code in listed.codes)
    yield Grid(("Code", "Meaning"), rows, caption=f"Schedule {number}: {title}", anchor=anchor)


def figure(one: Figure) -> Paragraph:
    """Where a reference figure comes from, and how it is brought to a group and a time."""
    by = numbers.series(tuple(humanised(name.value).lower() for name, _ in one.by))
    text = (
        f"The figure {quoted(humanised(one.name.value))} is the value of the column {quoted(one.value.value)} "
        f"for each {by} in the file {quoted(one.file.value)}, as it stands when the Contract is signed."
    )
    if one.over_groups == "sum":
        text += " For several groups together, their values are added up."
    elif one.groups:
        text += " For several groups together, it has no value."
    if one.every is not None:
        noun = numbers.period(one.every)
        many = "quarters of the Fiscal Year" if one.every is Every.FISCAL_QUARTER else f"{noun}s"
        text += f" {_TIME[one.over_time].format(one=noun, many=many)}"
    text += " Where a value is not there, a result that needs it is “missing”."
    return para(text, head="Figure", anchor=f"figures.{one.name.value}")


def calendar(one: BusinessCalendar, *, counts: bool) -> Iterator[Paragraph | Grid]:
    """Which days are business days, and how they are counted between dates, where something `counts` them."""
    anchor, title = f"calendars.{one.name}", humanised(one.name)
    off = numbers.series(tuple(f"{WEEKDAYS[day]}s" for day in one.weekend))
    days = tuple(numbers.day(day) for day in one.holidays)
    left = [off] if off else []
    if days and len(days) < _LONG:
        left.append(f"the holidays {numbers.series(days)}")
    elif days:
        left.append("the holidays below")
    but = f" except {', and except '.join(left)}" if left else ""
    text = f"A business day of the calendar {quoted(title)} is any day{but}."
    if one.first is not None and one.last is not None:
        text += f" The calendar covers {numbers.day(one.first)} through {numbers.day(one.last)}."
        text += " A result that needs a business day outside this time is “missing”."
    if counts:
        text += " Business days from one date to another are those after the first date, through the second."
        text += " Their number is below zero if the second date comes first."
    yield para(text, head="Business days", anchor=anchor)
    if len(days) >= _LONG:
        rows = tuple((day,) for day in days)
        yield Grid(("Holiday",), rows, caption=f"Holidays of the calendar {quoted(title)}", anchor=anchor)
