"""Which of several records is kept, and in which order, in words."""

from acmspec.english import numbers
from acmspec.english.records import Speaker
from acmspec.program.record import IsKnown, Logic, Record
from acmspec.program.tree import Choice
from acmspec.program.types import DateType
from acmspec.spec.chosen import APART, LAST, ONE

_EVER = " that meet all other conditions, in whatever Measurement Period they are"
_FIRST: dict[type, str] = {DateType: "earliest"}


def which(choice: Choice, many: str, per: str, record: str, speaker: Speaker) -> str:
    """Which records are kept, of those of the same client (or another entity)."""
    if choice.choice == ONE:
        alike = f"They must be equal in everything but what identifies {many}. If they differ, the result is “missing”."
        return f"If one Measurement Period has several such {many} of {per}, only one of them is {record}. {alike}"
    if choice.choice == APART:
        before = f"the last one before it that is {record}" if choice.kept else "the one before it"
        far = f"more than {numbers.counted(choice.days, 'day', 'days')} after that of {before}"
        also = "" if choice.kept else f" The one before it need not be {record}."
        return (
            f"Of several {many} of {per}{_EVER}, the first is {record}. "
            f"Each other one is {record} only if {speaker.value(choice.by[0])} is {far}.{also}"
        )
    place = "last" if choice.choice == LAST else "first"
    if choice.position > 1:
        place = numbers.ordinal(choice.position)
    among = f"Of all {many} of {per}{_EVER}," if choice.ever else ""
    among = among or f"If one Measurement Period has several such {many} of {per},"
    kept = f"the {place} one and each one after it" if choice.later else f"only the {place}"
    text = f"{among} {kept} is {record}."
    if choice.position > 1:
        text += f" Those before the {place} are left out."
    return text


def order(choice: Choice, wheres: tuple[Record, ...], speaker: Speaker) -> str:
    """What makes a record the first or last, tie-breaks included; nothing for equal ones, which have no order."""
    if choice.choice == ONE:
        return ""
    fields = tuple(speaker.value(one) for one in choice.by)
    text = f"Their order is that of {fields[0]}, {_FIRST.get(type(choice.by[0].type), 'lowest')} first."
    for before, one, name in zip(fields, choice.by[1:], fields[1:], strict=False):
        text += f" Where {before} is the same, {name} decides, {_FIRST.get(type(one.type), 'lowest')} first."
    for one, name in zip(choice.by, fields, strict=True):
        # What the set requires to be recorded needs no rule for the case that it is not.
        if one.optional and not is_required(one, wheres) and one not in choice.needed:
            text += f" One without {name} {_without(choice)}"
    return text


def _without(choice: Choice) -> str:
    if choice.position == 1 and choice.choice != APART and not choice.later:
        return "is kept only if there is none with it."
    return "comes after those with it."


def is_required(field: Record, conditions: tuple[Record, ...]) -> bool:
    """Whether conditions all hold only for records that have a value of the field."""
    return any(_requires(one, field) for one in conditions)


def _requires(condition: Record, field: Record) -> bool:
    match condition:
        case IsKnown(operand, known):
            return known and operand == field
        case Logic("and", operands):
            return is_required(field, operands)
    return False
