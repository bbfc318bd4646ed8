"""Other records of the same thing in English: whether there is one, and what the value of some is."""

from acmspec.english import numbers
from acmspec.english.letters import Line
from acmspec.english.said import TRUE, WHERE, Said
from acmspec.english.speaking import Frame, Speaking
from acmspec.english.words import Nouns, as_name, humanised, quoted
from acmspec.program.lookup_rows import Find, Order, lookup_row
from acmspec.program.record import Constant, Lookup
from acmspec.program.types import DateType

_MOST_WORDS = 25


def looked_into(speaker: Speaking, record: Lookup) -> tuple[Nouns, Frame]:
    """What a record looked into is, and how it is called to tell it from the others in sight."""
    nouns, name = speaker.words.record(record.table), record.alias
    if name and name != as_name(nouns.one) and humanised(name).lower() != nouns.one.lower():
        called = _named(name, nouns.one)
    else:
        name = ""
        taken = any(nouns.one in frame.called for frame in speaker.frames)
        called = f"Other {nouns.one}" if taken else nouns.one
    others = speaker.words.called_so - {nouns.one}
    while called in others or any(f"the {called}" == frame.called for frame in speaker.frames):
        # Said of the name, so that a record read by it is called so again: “Further of Note Stay”.
        name = name and f"further_{name}"
        called = _named(name, nouns.one) if name else f"Further {called}"
    return nouns, Frame(nouns.one, f"the {called}")


def _named(name: str, noun: str) -> str:
    """What a record is called by its name in the formula, with what it is."""
    own = f"_{as_name(noun)}"
    if name.endswith(own) and name.removesuffix(own).strip("_"):
        return f"{humanised(name.removesuffix(own))} {noun}"
    words = humanised(name)
    return words if f" {noun.lower()} " in f" {words.lower()} " else f"{words} {noun}"


def _same(speaker: Speaking, record: Lookup) -> str:
    return " and ".join(f"the same {one}" for one in speaker.words.linked(record, speaker.frames[0].called))


def question(speaker: Speaking, record: Lookup, *, negated: bool) -> Said:
    """Whether there is such a record."""
    none = (lookup_row(record.function).find is Find.ABSENCE) is not negated
    nouns, frame = looked_into(speaker, record)
    called = frame.called.removeprefix("the ")
    name = f" ({quoted(called)})" if called != frame.noun else ""
    other = "other " if record.other else ""
    same = _same(speaker, record)
    # A register is looked into for the very thing it lists.
    link = "that is" if same.startswith(f"the same {nouns.one}") else "for"
    text = f"there is {'no' if none else 'at least one'} {other}{nouns.one} {link} {same}{name}"
    if record.where is None:
        return Said(text)
    said = speaker.inside(frame).condition(record.where)
    if said.items and not said.text.endswith(WHERE):
        return said.after(f"{text} for which ")
    # A sentence that speaks of two records is easier to read in two lines.
    return Said(f"{text} for which {TRUE}", (said,))


def crowd(speaker: Speaking, record: Lookup) -> str:
    """The records looked into, as a noun phrase that names each of them where that is needed."""
    nouns, frame = looked_into(speaker, record)
    called = frame.called.removeprefix("the ")
    name = f" (each called {quoted(called)})" if called != frame.noun else ""
    return f"the {'other ' if record.other else ''}{nouns.many} for {_same(speaker, record)}{name}"


def in_line(speaker: Speaking, record: Lookup) -> str | None:
    """The value of other records as a phrase that closes itself; None where it would be too long, or hold a list."""
    line = Line(speaker.taken)
    value = _value(speaker, record, line)
    group = crowd(speaker, record)
    if record.where is not None:
        said = speaker.inside(looked_into(speaker, record)[1]).condition(record.where)
        if not said.is_single or len(said.text.split()) > _MOST_WORDS:
            return None
        group += f" for which ({said.text})"
    return None if line else _phrase(speaker, record, value, group)


def in_full(speaker: Speaking, record: Lookup, taken: frozenset[str]) -> Said:
    """The value of other records as a line of its own, whose lists stand below it."""
    frame = looked_into(speaker, record)[1]
    line = Line(taken, frame.called.removeprefix("the "))
    group = crowd(speaker, record)
    if record.where is None:
        return line.closed(Said(_phrase(speaker, record, _value(speaker, record, line), group)))
    inner = speaker.inside(frame)
    if not _has_letters(speaker, record, taken):
        said = inner.with_taken(taken).condition(record.where)
        text = _phrase(speaker, record, _value(speaker, record, line), group)
        return said.after(f"{text} for which ")
    where = record.where
    letter = line.letter(
        "the records",
        lambda more: inner.with_taken(more).condition(where).after(f"{group} for which "),
        " holds ",
        "S",
    )
    nouns = looked_into(speaker, record)[0]
    text = _phrase(speaker, record, _value(speaker, record, line), f"the {nouns.many} in set {letter}")
    return line.closed(Said(text))


def _has_letters(speaker: Speaking, record: Lookup, taken: frozenset[str]) -> bool:
    line = Line(taken)
    _value(speaker, record, line)
    return bool(line)


def _value(speaker: Speaking, record: Lookup, line: Line) -> str:
    """What is taken of each record; a plain phrase where more words follow it directly."""
    if record.expression is None:
        return ""
    inner = speaker.inside(looked_into(speaker, record)[1]).on(line)
    ordered = lookup_row(record.function).english.startswith("{value}")
    return inner.plain(record.expression) if ordered else inner.value(record.expression)


def _phrase(speaker: Speaking, record: Lookup, value: str, group: str) -> str:
    row = lookup_row(record.function)
    inner = speaker.inside(looked_into(speaker, record)[1])
    phrase = row.of_dates if row.of_dates and isinstance(record.type, DateType) else row.english
    keys = ", then ".join(inner.value(one) for one in record.by) if row.order is not Order.NONE else ""
    return phrase.format(
        value=value,
        set=group,
        order=keys.removeprefix("the ") if row.is_total_over_time else keys,
        place=numbers.ordinal(record.position),
        amount=_amount(speaker, record),
    )


def _amount(speaker: Speaking, record: Lookup) -> str:
    """What a running total is to reach, in the unit of what is added."""
    if record.amount is None or record.expression is None:
        return ""
    return speaker.value(Constant(record.amount, record.expression.type))
