"""The section of definitions: who, when, what a record is called, which terms the spec defines and how to read it."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.days import day_counts
from acmspec.english.groups import group_definitions
from acmspec.english.records import Speaker
from acmspec.english.speaking import Frame
from acmspec.english.words import Nouns, humanised, quoted
from acmspec.ground.calendar import MONTHS
from acmspec.program.record import BusinessDaysBetween, Column, Defined, OneOf, Record
from acmspec.program.tree import Choice, GroupDefined, Population
from acmspec.program.types import BooleanType
from acmspec.report.clauses_draft import (
    Draft,
    capital,
    cohort_anchors,
    defined,
    lasting,
    meaning,
    para,
)
from acmspec.report.clauses_reading import reading
from acmspec.report.clauses_reference import calendar as business_days
from acmspec.report.clauses_reference import figure, schedule
from acmspec.report.clauses_used import aggregates_used, nodes_used
from acmspec.report.paragraphs import followed
from acmspec.report.tree import Grid, Paragraph, Reference, Run, Section
from acmspec.spec.chosen import ONE
from acmspec.spec.merged import Spells
from acmspec.spec.tree import Definition, Table

_DAYS = "Counting days"
_EXACT = "Hours and minutes are counted exactly, with parts of them."


def definitions(draft: Draft) -> Section:
    """The section “Definitions used in this Article”, with the code lists as schedules."""
    spec = draft.program.spec
    blocks: list[Paragraph | Grid] = [*_parties(draft), *_times(draft)]
    blocks += [_record(draft, table) for table in spec.data]
    for name, population in _cohorts(draft).items():
        blocks += _cohort(draft, name, population)
    blocks += _merged(draft)
    blocks += [_spells(draft, one) for one in spec.spells]
    uses = {node.name: node for node in nodes_used(draft) if isinstance(node, Defined)}
    roots = (*(one.formula for one in draft.program.measures), *draft.program.referral_checks)
    groups = {one.name: one for root in roots for one in group_definitions(root)}
    for one in spec.definitions:
        blocks += _definition(draft, one, uses.get(one.name.value), groups.get(one.name.value))
    blocks += reading(draft)
    for listed in spec.lists:
        blocks += schedule(draft, listed, _compared_with(draft, listed.name.value))
    blocks += [figure(one) for one in spec.figures]
    counted = {node.calendar for node in nodes_used(draft) if isinstance(node, BusinessDaysBetween)}
    for calendar in draft.program.calendars:
        blocks += business_days(calendar, counts=calendar.name in counted)
    return Section("Definitions used in this Article", tuple(blocks), "definitions")


def _parties(draft: Draft) -> Iterator[Paragraph]:
    contract = draft.program.spec.contract
    yield defined("Agency", f"means {contract.agency.value}.", "contract.agency")
    yield _provider(draft)
    name = f"{quoted(contract.title.value)}, with the identifier {quoted(contract.id.value)}"
    yield defined("Contract", f"means the contract {name}.", "contract.id")
    text = f"All sums of money are in the currency with the ISO 4217 code {contract.currency}."
    yield para(text, head="Currency", anchor="contract.currency")


def _provider(draft: Draft) -> Paragraph:
    register, anchor = draft.program.register, "agreements.provider"
    listed = "" if register is None else f"organization that the source {quoted(humanised(register.key.table))} lists"
    active = ""
    if register is not None and register.start is not None:
        active = (
            " One that is listed has a result for each Measurement Period in which it is active on at least one day."
        )
    if not draft.program.spec.agreements:
        listed = listed or "organization that delivers services under the Contract"
        return defined("Provider", f"means an {listed}.{active}", anchor)
    inlines = (Run("Provider", strong=True), Run(" means each organization named in the schedule of section "))
    also = f", and each {listed}.{active}" if listed else "."
    return Paragraph((*inlines, Reference("agreements"), Run(also)), (), anchor)


def _times(draft: Draft) -> Iterator[Paragraph]:
    contract = draft.program.spec.contract
    first, last = numbers.day(draft.program.first), numbers.day(draft.program.last)
    yield defined("Contract Term", f"means the days from {first} to {last}, both days included.", "contract.term")
    month = MONTHS[contract.fiscal_year_starts - 1]
    if contract.fiscal_year_starts == 1:
        text = f"means the 12 months that start on {month} 1."
    else:
        text = f"means the 12 months that start on {month} 1. It is named by the calendar year in which it ends."
    yield defined("Fiscal Year", text, "contract.fiscal_year_starts")
    text = (
        "means the days to which one result belongs. Each measure states its own. "
        "A record falls into it by a date if the date is one of these days."
    )
    yield defined("Measurement Period", text, "metrics")
    text = "means the date that the Agency states with each result. The result shows what was recorded up to that date."
    if contract.data_date:
        text += f" Unless the Agency states another date, it is {numbers.day(contract.data_date.value)}."
    yield defined("Data Date", text, "contract.data_date")
    yield from _clocks(draft)


def _clocks(draft: Draft) -> Iterator[Paragraph]:
    """Which clocks the times in the data are of, where there are any."""
    zone = draft.program.spec.contract.timezone
    if zone is not None:
        text = (
            f"Times of day are those of the time zone {zone.value} of the IANA Time Zone Database. "
            "Hours are hours that passed, also where clocks change. "
            "A time that clocks show twice is the first of the two, unless its record says which one it is. "
            f"{_EXACT}"
        )
        yield para(text, head="Times", anchor="contract.timezone")
    elif any(one.type == "datetime" for table in draft.program.spec.data for one in table.fields):
        text = "Times of day are those that clocks show. Hours are counted as clocks show them. " + _EXACT
        yield para(text, head="Times", anchor="contract.timezone")


def _record(draft: Draft, table: Table) -> Paragraph:
    keys = numbers.series(tuple(draft.words.phrase_of(table, key.value) for key in table.key))
    text = f"means one record of the source {quoted(humanised(table.name.value))}. Its {keys} identif"
    anchor = f"data.{table.name.value}"
    return defined(table.noun.one, f"{text}{'ies' if len(table.key) == 1 else 'y'} it.", anchor)


# --- cohorts --------------------------------------------------------------------------------------------------


def _cohorts(draft: Draft) -> dict[str, Population]:
    # What a measure itself says about a set comes last: the cohort's own way defines it.
    found = sorted((one.population for one in aggregates_used(draft)), key=lambda one: one.replaced, reverse=True)
    used = {one.name: one for each in found for one in (*each.ancestors, each)}
    return {one.name.value: used[one.name.value] for one in draft.program.spec.cohorts if one.name.value in used}


def _cohort(draft: Draft, name: str, population: Population) -> Iterator[Paragraph]:
    speaker = draft.say.of_records(population.table)
    base, nouns = draft.words.record(population.table), draft.words.nouns(population)
    anchor = f"cohorts.{name}"
    of = draft.words.nouns(population.ancestors[-1]) if population.before else base
    # What it comes from has chosen already, and is defined on its own.
    falls = "" if population.before else _falls(draft, population)
    means = f" means {numbers.article(of.one)}{falls}"
    if population.where is None:
        yield defined(nouns.one, f"{means.strip()}.", anchor)
    else:
        said = speaker.condition(population.where).after(f"{means}{' and' if falls else ''} for which ")
        yield from followed(meaning(nouns.one, said, anchor), day_counts(population.where, speaker), _DAYS)
    yield from _times_of(draft, population, anchor)
    if not population.keep:
        return
    for choice, path in zip(population.keep, cohort_anchors(draft, name, "keep")[-len(population.keep) :], strict=True):
        chosen = draft.say.choice(choice, population, numbers.article(nouns.one))
        order = draft.say.order(choice, population)
        text = f"{chosen}{f' {order}' if order else ''}{_over_providers(draft, choice)}"
        unlinked = [speaker.value(one) for one in choice.needed if one.optional]
        if unlinked:
            text += (
                f" {capital(numbers.article(base.one))} without {numbers.series(tuple(unlinked), 'or')} is left out."
            )
        yield para(f"{text}{_tie(draft, choice, population)}", head=f"Choice of {nouns.many}", anchor=path)


def _merged(draft: Draft) -> Iterator[Paragraph]:
    """What the sets are that spells are made of, where no measure defines them."""
    made = {one.name: one for one in draft.program.spells}
    said = set(_cohorts(draft))
    for written in draft.program.spec.spells:
        meant = made[written.name.value]
        for name, stays in zip((*written.merge, *written.without), (*meant.merge, *meant.without), strict=True):
            if name.value in said or draft.words.cohort(name.value) is None:
                continue
            said.add(name.value)
            one, anchor = _set(draft, name.value).one, f"cohorts.{name.value}"
            speaker, base = draft.say.of_records(stays.table), draft.words.record(stays.table).one
            means = f" means {numbers.article(base)}"
            if stays.where is None:
                yield defined(one, f"{means.strip()}.", anchor)
            else:
                condition = speaker.condition(stays.where).after(f"{means} for which ")
                yield from followed(meaning(one, condition, anchor), day_counts(stays.where, speaker), _DAYS)


def _spells(draft: Draft, written: Spells) -> Paragraph:
    """Which stays are one spell, and which days are in none."""
    entity, one = draft.words.entity(written.per.value), written.noun[0]
    merged = numbers.series(tuple(_set(draft, name.value).many for name in written.merge))
    text = f"joins the {merged} of one {entity} that overlap"
    if written.gap is not None and written.gap.value.days:
        near = numbers.counted(written.gap.value.days, "day", "days")
        text += f", or of which one starts no more than {near} after the others ended. The days between belong to it"
    else:
        text += ", or of which one starts on the day on which the others ended"
    text += ". Each day counts once."
    if written.without:
        left = numbers.series(tuple(_set(draft, name.value).many for name in written.without), "or")
        text += f" A day of the {left} of the {entity} belongs to no {one}, and no {one} goes on over it."
    text += " It starts on its first day, and ends on the day after its last."
    text += f" While one of the {merged} is open, the {one} is open."
    text += _settling(written, merged)
    stays = numbers.series(tuple(_set(draft, name.value).one for name in written.merge), "or")
    text += f" {capital(numbers.article(stays))} without {numbers.article(entity)} or a start is not used."
    text += " Nor is one that ends before it starts."
    return defined(one, text, f"spells.{written.name.value}")


def _settling(written: Spells, merged: str) -> str:
    """Through which day spells are complete, as a stay that comes later may continue one."""
    if written.gap is None or not written.gap.value.days:
        return ""
    days, source = written.gap.value.days, quoted(humanised(written.name.value))
    near, have = numbers.counted(days, "day", "days"), "has" if days == 1 else "have"
    return (
        f" One of the {merged} may continue it until {near} {have} passed since its end. So the source {source} is"
        f" complete only through the day {near} before the last day through which all of its own sources are complete."
    )


def _set(draft: Draft, name: str) -> Nouns:
    """What the records of a table or cohort are called."""
    at = name
    while (cohort := draft.words.cohort(at)) is not None:
        at = cohort.source.value
    return draft.words.set_nouns(name, at)


def _falls(draft: Draft, population: Population) -> str:
    """How a record comes into a Measurement Period, behind its noun; nothing where the measure says so itself."""
    if population.replaced:
        return ""
    speaker = draft.say.of_records(population.table)
    if population.dated is not None:
        return f" that falls into a Measurement Period by {speaker.value(population.dated)}"
    if population.member is None:
        return ""
    one = draft.words.record(population.table).one
    return f" that {speaker.condition(population.member).text.removeprefix(f'the {one} ')}"


def _times_of(draft: Draft, population: Population, anchor: str) -> Iterator[Paragraph]:
    """From when to when a record lasts here, and whether it may belong to several periods."""
    nouns, base = draft.words.nouns(population), draft.words.record(population.table).one
    if population.span is not None:
        start, end = (draft.words.phrase(Column(population.table, name)) for name in population.span)
        yield para(lasting(nouns.one, start, end), head=f"Duration of {nouns.many}", anchor=f"{anchor}.span")
    if population.dated is None and not population.replaced:
        text = f"Each {base} is looked at anew for each Measurement Period."
        text += f" It may be {numbers.article(nouns.one)} in several of them."
        yield para(text, head=f"Periods of {nouns.many}", anchor=f"{anchor}.when")


def _tie(draft: Draft, choice: Choice, population: Population) -> str:
    """What happens where the order leaves two records equal; nothing where it can't."""
    keys = {one.value for table in draft.program.spec.data if table.name.value == population.table for one in table.key}
    if choice.choice == ONE or keys <= {one.column.name for one in (*choice.entities, *choice.by)}:
        return ""
    return " If the order cannot tell which of two records to take, results that need this choice are “missing”."


def _over_providers(draft: Draft, choice: Choice) -> str:
    """Whose records are chosen among, where there are providers: this moves money between them."""
    entities = [draft.words.field(one.column).entity for one in choice.entities]
    fields = draft.words.table(choice.entities[0].column.table).fields
    if not any(field.entity and field.entity.value == "provider" for field in fields):
        return ""
    if any(entity and entity.value == "provider" for entity in entities):
        return " The choice is made for each Provider on its own."
    return " The choice is made once over the records of all Providers."


# --- definitions ----------------------------------------------------------------------------------------------


def _definition(draft: Draft, one: Definition, used: Defined | None, group: GroupDefined | None) -> Iterator[Paragraph]:
    anchor = f"definitions.{one.name.value}"
    term = draft.words.term(one.name.value)
    if group is not None:
        yield meaning(term, draft.say.group(group.body).after(" means "), anchor)
    elif used is not None and one.of is not None:
        yield from _record_definition(draft, one, used, anchor)
    else:
        text = f"is declared as {quoted(' '.join(one.formula.text.split()))}. No measure uses it."
        yield defined(term, text, anchor)


def _record_definition(draft: Draft, one: Definition, used: Defined, anchor: str) -> Iterator[Paragraph]:
    noun = draft.words.record(one.of.value if one.of else "").one
    # The body counts scopes from where the definition was used; all of them are this one record.
    frames = (Frame(noun, f"the {noun}"),) * (used.scope + 1)
    speaker = Speaker(draft.words, frames)
    after = day_counts(used.body, speaker)
    subject = numbers.article(noun)
    if not isinstance(used.type, BooleanType):
        said = speaker.said(used.body).after(f" of {subject} means ")
        yield from followed(meaning(draft.words.term(one.name.value), said, anchor), after, _DAYS)
        return
    says = draft.words.says(one.name.value)
    before = f"{capital(subject)} "
    condition = speaker.condition(used.body).after(" if ")
    yield from followed(meaning(says.one, condition, anchor, before), after, _DAYS)
    yield meaning(says.not_one, speaker.condition(used.body, negated=True).after(" if "), anchor, before)


def _compared_with(draft: Draft, listed: str) -> Record | None:
    """A value that is looked for in a list."""
    found = (node.operand for node in nodes_used(draft) if isinstance(node, OneOf) and node.list_name == listed)
    return next(found, None)
