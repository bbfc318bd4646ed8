"""Spells as an author wrote them: which stays are merged, of whom, over which gaps, and which days are taken out."""

from dataclasses import field

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.practice import Name


@node
class Spells:
    """Stays of several sets that overlap or lie near one another as one spell each, under a noun for one and many.

    `date` is "start" or "end": the day that puts a spell into a period.
    """

    name: Name
    noun: tuple[str, str]
    merge: tuple[Name, ...]
    per: Name
    gap: Located[Length] | None
    without: tuple[Name, ...]
    date: Located[str]
    span: Span = field(compare=False, repr=False)
