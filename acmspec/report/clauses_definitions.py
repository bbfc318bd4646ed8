"""The section of definitions: who, when, what a record is called, which terms the spec defines and how to read it."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.days import day_counts
from acmspec.english.groups import aggregates, group_definitions
from acmspec.english.parts import everything
from acmspec.english.records import Speaker
from acmspec.english.speaking import Frame
from acmspec.english.words import Nouns, humanised, quoted
from acmspec.ground.calendar import MONTHS
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.record import Defined, FieldValue, Lookup, OneOf, Record
from acmspec.program.tree import Aggregate, Choice, GroupDefined, Population
from acmspec.program.types import BooleanType
from acmspec.report.clauses_draft import (
    Draft,
    capital,
    cohort_anchors,
    defined,
    meaning,
    para,
    records,
)
from acmspec.report.clauses_reference import calendar as business_days
from acmspec.report.clauses_reference import figure, schedule
from acmspec.report.paragraphs import followed
from acmspec.report.tree import Grid, Paragraph, Reference, Run, Section
from acmspec.spec.merged import Spells
from acmspec.spec.tree import Definition, Table

_DAYS = "Counting days"


def definitions(draft: Draft) -> Section:
    """The section “Definitions used in this Article”, with the code lists as schedules."""
    spec = draft.program.spec
    blocks: list[Paragraph | Grid] = [*_parties(draft), *_times(draft)]
    blocks += [_record(draft, table) for table in spec.data]
    for name, population in _cohorts(draft).items():
        blocks += _cohort(draft, name, population)
    blocks += _merged(draft)
    blocks += [_spells(draft, one) for one in spec.spells]
    uses = {node.name: node for node in _nodes(draft) if isinstance(node, Defined)}
    roots = (*(one.formula for one in draft.program.measures), *draft.program.referral_checks)
    groups = {one.name: one for root in roots for one in group_definitions(root)}
    for one in spec.definitions:
        blocks += _definition(draft, one, uses.get(one.name.value), groups.get(one.name.value))
    blocks += _reading(draft)
    for listed in spec.lists:
        blocks += schedule(draft, listed, _compared_with(draft, listed.name.value))
    blocks += [figure(one) for one in spec.figures]
    for calendar in draft.program.calendars:
        blocks += business_days(calendar)
    return Section("Definitions used in this Article", tuple(blocks), "definitions")


def _parties(draft: Draft) -> Iterator[Paragraph]:
    contract = draft.program.spec.contract
    yield defined("Agency", f"means {contract.agency.value}.", "contract.agency")
    if draft.program.spec.agreements:
        inlines = (Run("Provider", strong=True), Run(" means each organization named in the schedule of section "))
        yield Paragraph((*inlines, Reference("agreements"), Run(".")), (), "agreements.provider")
    elif draft.program.register is not None:
        source = quoted(humanised(draft.program.register.key.table))
        text = f"means an organization that the source {source} lists."
        if draft.program.register.start is not None:
            text += " It has a result for each Measurement Period in which it is active on at least one day."
        yield defined("Provider", text, "agreements.provider")
    else:
        text = "means an organization that delivers services under the Contract."
        yield defined("Provider", text, "agreements.provider")
    name = f"{quoted(contract.title.value)}, with the identifier {quoted(contract.id.value)}"
    yield defined("Contract", f"means the contract {name}.", "contract.id")
    text = f"All sums of money are in the currency with the ISO 4217 code {contract.currency}."
    yield para(text, head="Currency", anchor="contract.currency")


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
            "Hours are hours that passed, also where clocks change."
        )
        yield para(text, head="Times", anchor="contract.timezone")
    elif any(one.type == "datetime" for table in draft.program.spec.data for one in table.fields):
        text = "Times of day are those that clocks show. Hours are counted as clocks show them."
        yield para(text, head="Times", anchor="contract.timezone")


def _record(draft: Draft, table: Table) -> Paragraph:
    keys = numbers.series(tuple(draft.words.phrase_of(table, key.value) for key in table.key))
    text = f"means one record of the source {quoted(humanised(table.name.value))}. Its {keys} identif"
    anchor = f"data.{table.name.value}"
    return defined(table.noun.one, f"{text}{'ies' if len(table.key) == 1 else 'y'} it.", anchor)


# --- cohorts --------------------------------------------------------------------------------------------------


def _cohorts(draft: Draft) -> dict[str, Population]:
    # What a measure itself says about a set comes last: the cohort's own way defines it.
    found = sorted((one.population for one in _aggregates(draft)), key=lambda one: one.replaced, reverse=True)
    used = {one.name: one for each in found for one in (*each.ancestors, each)}
    return {one.name.value: used[one.name.value] for one in draft.program.spec.cohorts if one.name.value in used}


def _cohort(draft: Draft, name: str, population: Population) -> Iterator[Paragraph]:
    speaker = draft.say.of_records(population.table)
    base, nouns = draft.words.record(population.table), draft.words.nouns(population)
    anchor = f"cohorts.{name}"
    dated = f" means {numbers.article(base.one)}{_falls(draft, population)}"
    if population.before:
        # What it comes from has chosen already, and is defined on its own.
        base = draft.words.nouns(population.ancestors[-1])
        dated = f" means {numbers.article(base.one)}"
    if population.where is None:
        yield defined(nouns.one, f"{dated.strip()}.", anchor)
    else:
        joint = ", and" if population.member is not None and not population.replaced else " and"
        joint = "" if population.replaced or population.before else joint
        said = speaker.condition(population.where).after(f"{dated}{joint} for which ")
        after = day_counts(population.where, speaker)
        yield from followed(meaning(nouns.one, said, anchor), after, _DAYS)
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
        yield para(text, head=f"Choice of {nouns.many}", anchor=path)


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
    text += " It starts when the first of them starts, and ends when the last of them ends."
    text += f" Until then, the {one} is open."
    return defined(one, text, f"spells.{written.name.value}")


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
        return " that is looked at in every Measurement Period"
    return f" that belongs to a Measurement Period if {speaker.condition(population.member).text}"


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


# --- how to read it -------------------------------------------------------------------------------------------


def _reading(draft: Draft) -> Iterator[Paragraph]:
    text = "A condition counts as true only if the recorded values show that it is true."
    yield para(text, head="Conditions", anchor="reading.conditions")
    text = "The words “either … or” include the case in which both are true."
    yield para(text, head="Either", anchor="reading.either")
    text = "A code or a text is compared letter by letter, and capital letters differ from small ones."
    yield para(text, head="Codes", anchor="reading.codes")
    nodes = tuple(_nodes(draft))
    if any(isinstance(node, Lookup) for node in nodes):
        text = "Words such as “there is at least one” look at all valid records of a source, whatever their date."
        yield para(text, head="Records looked for", anchor="reading.lookups")
    if any(isinstance(node, Lookup) and not lookup_row(node.function).is_question for node in nodes):
        text = (
            "A number or a total of other records is 0 where there are none. "
            "Any other value of other records then counts as not recorded. "
            "In an order, what is not recorded comes last."
        )
        yield para(text, head="Values of other records", anchor="reading.values")
    if any(isinstance(node, FieldValue) and node.steps for node in nodes):
        text = "A value of a record that another record points to is the value recorded on the Data Date."
        yield para(text, head="Linked records", anchor="reading.links")
    text = "A period is counted in calendar days. The first and the last day named for it belong to it."
    yield para(text, head="Days", anchor="reading.days")


def _compared_with(draft: Draft, listed: str) -> Record | None:
    """A value that is looked for in a list."""
    found = (node.operand for node in _nodes(draft) if isinstance(node, OneOf) and node.list_name == listed)
    return next(found, None)


# --- what is used ---------------------------------------------------------------------------------------------


def _aggregates(draft: Draft) -> Iterator[Aggregate]:
    for check in draft.program.referral_checks:
        yield from aggregates(check)
    for measure in draft.program.measures:
        yield from aggregates(measure.formula)
        for benchmark in measure.benchmarks:
            yield from aggregates(benchmark.value)


def _roots(draft: Draft) -> Iterator[Record]:
    for one in _aggregates(draft):
        yield from records(one)
    for measure in draft.program.measures:
        for breakdown in measure.breakdowns:
            for dimension in breakdown:
                yield from (record for _, record in dimension.values)
    for store in draft.program.stores:
        yield from (check.condition for check in store.checks)


def _nodes(draft: Draft) -> Iterator[Record]:
    for root in _roots(draft):
        yield from everything(root)
