"""Spells as the tables they make: one record a spell, with who has it, its first day, the day it ends and its stays."""

from fractions import Fraction

from acmspec.ground.calendar import Length
from acmspec.ground.source import Located, Span
from acmspec.spec.deliveries import Files
from acmspec.spec.merged import Spells
from acmspec.spec.practice import Name
from acmspec.spec.tree import Field, Noun, Spec, Table

START, END, COUNT = "start", "end", "count"
"""The fields of a spell besides the entity, whose field is called as it is."""


def tables(spec: Spec) -> tuple[Table, ...]:
    """All tables of a spec: those that are read, and those that spells make; one name is one table."""
    read = {one.name.value for one in spec.data}
    return (*spec.data, *(table_of(one, spec) for one in spec.spells if one.name.value not in read))


def sources(spells: Spells, spec: Spec) -> tuple[str, ...]:
    """The tables that spells draw on, each once; a set that is not known is left out."""
    cohorts = {one.name.value: one.source.value for one in spec.cohorts}
    read = {one.name.value for one in spec.data}
    found: list[str] = []
    for name in (*spells.merge, *spells.without):
        at, seen = name.value, set[str]()
        while at in cohorts and at not in seen:
            seen.add(at)
            at = cohorts[at]
        found += [at] if at in read else []
    return tuple(dict.fromkeys(found))


def table_of(spells: Spells, spec: Spec) -> Table:
    """The table that spells make; it waits as long as one of its sources is still to be developed."""
    span, entity = spells.span, spells.per
    read = {one.name.value: one for one in spec.data}
    waiting = any(read[one].status != "available" for one in sources(spells, spec))
    start, end = Located(START, span), Located(END, span)
    fields = (
        _whose(entity, [read[one] for one in sources(spells, spec)], span),
        _field(start, "date", span),
        _field(end, "date", span, optional=True),
        _field(Located(COUNT, span), "integer", span),
    )
    return Table(
        name=spells.name,
        files=Files("", (), span),
        noun=Noun(*spells.noun),
        key=(Located(entity.value, span), start),
        date=end if spells.date.value == END else start,
        interval=(start, end),
        owner="",
        status="to be developed" if waiting else "available",
        available_from=None,
        refresh="",
        lag=Length(),
        complete_through=None,
        received=None,
        reliability="",
        sharing=None,
        duplicates="error",
        reporting=None,
        fields=fields,
        checks=(),
        accept_invalid=Fraction(0),
        span=span,
    )


def _whose(entity: Name, read: list[Table], span: Span) -> Field:
    """The field that tells whose spell it is, of the type that it has where it is read."""
    for table in read:
        for one in table.fields:
            if one.entity is not None and one.entity.value == entity.value:
                return Field(
                    Located(entity.value, span), entity.value, one.type, entity, False, one.private, "", (), None, span
                )
    return _field(Located(entity.value, span), "text", span, entity)


def _field(name: Name, kind: str, span: Span, entity: Name | None = None, *, optional: bool = False) -> Field:
    return Field(name, name.value, kind, entity, optional, False, "", (), None, span)
