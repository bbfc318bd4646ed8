"""Turns spells into the stays they are made of: each set's span, whose it is, and the condition its records meet."""

from dataclasses import replace

from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.lookups import UNKNOWN_SET
from acmspec.program.maturity import windows_of
from acmspec.program.meanings import Meanings
from acmspec.program.population import Population, Spells, Stays
from acmspec.program.record import Column, FieldValue, IsKnown, Logic, Lookup, Negation, Record
from acmspec.program.relocate import is_bound, parts
from acmspec.program.scope import Frame, single_field
from acmspec.program.span_from_formula import has_faulty_span, say_no_span, span_of
from acmspec.program.types import BooleanType
from acmspec.spec import merged
from acmspec.spec.practice import Name

BAD_SPELLS = Problem(
    "ACM280",
    "stays that can't be merged",
    "Spells are made once, day by day, of the stays of tables and of cohorts that tell their records by conditions.",
    "Merge tables or such cohorts, and count the gap in days; choose among spells in a cohort of them.",
    "A spell must be made of stays that are the same in every period.",
)
PROBLEMS = (BAD_SPELLS,)

_TRUTH = BooleanType()


def spells_of(written: merged.Spells, meanings: Meanings) -> Spells | None:
    """What spells are made of; None where they have an error (reported)."""
    reader = _Reader(written, meanings)
    merge = [reader.stays(one, "merge") for one in written.merge]
    without = [reader.stays(one, "without") for one in written.without]
    sound = reader.counts_days()
    if not sound or None in merge or None in without:
        return None
    gap = 0 if written.gap is None else written.gap.value.days
    taken, left = (tuple(one for one in some if one is not None) for some in (merge, without))
    return Spells(written.name.value, written.per.value, taken, left, gap)


class _Reader:
    """Reads the sets of one kind of spells."""

    def __init__(self, written: merged.Spells, meanings: Meanings) -> None:
        self.written = written
        self.meanings = meanings
        self.path = f"spells.{written.name.value}"

    def counts_days(self) -> bool:
        """Whether the gap is a number of days, which is the same everywhere."""
        gap = self.written.gap
        if gap is None or not gap.value.months:
            return True
        message = f"a gap of “{gap.span.text}” would be longer in one month than in another"
        self.say(gap.span, message, "gap", "Count it in days.")
        return False

    def stays(self, name: Name, key: str) -> Stays | None:
        """The stays of a set."""
        found = self.population(name, key)
        if found is None:
            return None
        catalog, path = self.meanings.catalog, f"{self.path}.{key}"
        frame = Frame(found.table, span=found.span)
        span, (whose, wrong) = span_of(frame, catalog), single_field(self.written.per.value, found.table, catalog)
        if span is None:
            if not has_faulty_span(frame, catalog):
                say_no_span(found.table, name.span, path, self.meanings)
            return None
        if whose is None:
            if wrong:
                self.say(
                    name.span, wrong, key, f"Give the field that identifies it “entity: {self.written.per.value}”."
                )
            return None
        column = Column(found.table, whose.name.value)
        entity = FieldValue(0, (), column, catalog.type_of(found.table, whose), whose.optional)
        return Stays(found.table, entity, span.start, span.end, _condition(found))

    def population(self, name: Name, key: str) -> Population | None:
        """A table or cohort that tells its records by conditions that are the same in every period."""
        catalog = self.meanings.catalog
        made = {one.name.value for one in catalog.spec.spells}
        if name.value in made:
            self.say(name.span, f"“{name.value}” are spells themselves", key, "Merge what they are made of.")
            return None
        if name.value not in catalog.tables and name.value not in catalog.cohorts:
            if not catalog.faulty("data", name.value) and not catalog.faulty("cohorts", name.value):
                fix = offer(name.value, (*catalog.tables, *catalog.cohorts))
                message = f"there is no table or cohort “{name.value}”"
                say = self.meanings.findings.say
                say(UNKNOWN_SET, name.span, message, path=f"{self.path}.{key}", label="unknown", fix=fix)
            return None
        found = self.meanings.population(name.value, name.span)
        message = "" if found is None else _unfit(found, made)
        if message:
            self.say(name.span, f"“{name.value}” {message}", key)
        return None if message else found

    def say(self, span: Span, message: str, key: str, fix: str = "") -> None:
        """Report at one of the keys."""
        path = f"{self.path}.{key}"
        self.meanings.findings.say(BAD_SPELLS, span, message, path=path, label="can't be merged", fix=fix)


def _unfit(found: Population, made: set[str]) -> str:
    """Why spells can't be made of a set; "" if they can."""
    if found.choices:
        return "keeps some of its records, and spells are made of all that meet a condition"
    if any(is_bound(one) for one in found.conditions):
        return "speaks of the period, and spells are made once"
    if any(isinstance(each, Lookup) and each.table in made for one in found.conditions for each in parts(one)):
        return "looks into spells, which are not made yet"
    if windows_of(replace(found, dated=None, member=None)):
        return "waits for days that are still to come, and spells are made once"
    return ""


def _condition(found: Population) -> Record | None:
    """The condition that a record of a set meets; an unknown exclusion leaves nothing out."""
    conditions = [stage.where for stage in found.stages if stage.where is not None]
    conditions += [
        Logic("or", (IsKnown(left.when, False, _TRUTH), Negation(left.when, _TRUTH)), _TRUTH) for left in found.leaving
    ]
    return Logic("and", tuple(conditions), _TRUTH) if len(conditions) > 1 else next(iter(conditions), None)
