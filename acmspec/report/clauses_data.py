"""Data and reporting, data sharing and privacy: who keeps which records, how soon, how well, and who may see them."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import humanised, quoted
from acmspec.ground.pattern import pattern
from acmspec.program.payment_parts import measured_prior
from acmspec.program.tree import Store
from acmspec.report.clauses_draft import Draft, bare, capital, lasting, owner, para, rows, sentence
from acmspec.report.paragraphs import paragraph
from acmspec.report.tree import Grid, Paragraph, Section
from acmspec.spec.tree import Field, Table

_KINDS = {"text": "text", "integer": "whole number", "decimal": "number", "money": "money", "date": "date"} | {
    "boolean": "yes or no", "datetime": "date and time", "month": "month", "quarter": "quarter", "year": "year",
    "fiscal quarter": "fiscal quarter", "fiscal year": "fiscal year",
}  # fmt: skip

_PATTERN = pattern(r"[*?{]")
_DUE = pattern(r"\{")
_TIMES = ("day", "week", "month", "quarter", "half_year", "year", "fiscal_quarter", "fiscal_year")
_PROVISIONAL = (
    "a source of the records measured is not complete from the first through the last day of the Measurement Period",
    "the period that names the result does not lie wholly within the Contract Term",
    "the result covers several Providers, and one of them has not sent the records that it must send",
)


def reporting(draft: Draft) -> Section:
    """The section “Data and reporting”, with a table of the fields of each source."""
    blocks: list[Paragraph | Grid] = []
    stores = {one.name: one for one in draft.program.stores}
    for table in draft.program.spec.data:
        blocks += _source(draft, table, stores.get(table.name.value))
    text = "A result is provisional if at least one of the following is true:"
    blocks.append(para(text, head="Provisional results", anchor="data.provisional", items=rows(_PROVISIONAL, "or")))
    text = "Payment waits while a result is provisional."
    if _looks_at_others(draft):
        text += (
            " Where payment depends on how far a result is from another result that is measured, payment also waits "
            "while a source of the other result’s records is not complete from the first through the last of its days, "
            "or while it is immature. If a Provider disputes a record behind the other result, the result is disputed."
        )
    blocks.append(para(text, head="Payment waits", anchor="data.provisional"))
    blocks += [_fields(draft, table) for table in draft.program.spec.data]
    return Section("Data and reporting", tuple(blocks), "data")


def _looks_at_others(draft: Draft) -> bool:
    """Whether a payment goes by how far a result is from one that is measured."""
    return any(measured_prior(draft.program, one) for one in draft.program.payments.terms)


def _source(draft: Draft, table: Table, store: Store | None) -> Iterator[Paragraph]:
    anchor = f"data.{table.name.value}"
    source = quoted(humanised(table.name.value))
    text = f"The source {source} holds the {table.noun.many}, {_files(table)}."
    if any(one.provider or _DUE.search(one.file.value) for one in table.files.each):
        text += " If a file that is due does not come, the results that need it are “missing”."
    if table.owner:
        text += f" {owner(table.owner)} owns it."
    if table.refresh:
        text += f" Refresh: {bare(table.refresh)}."
    if table.reliability:
        text += f" Reliability: {bare(table.reliability)}."
    yield para(f"{text} {_status(table)}", head=humanised(table.name.value), anchor=anchor)
    yield from _times(draft, table, anchor)
    yield para(_completeness(table), head="Completeness", anchor=f"{anchor}.lag")
    if table.received is not None:
        by = draft.words.phrase_of(table, table.received.value)
        one = capital(numbers.article(table.noun.one))
        text = f"{one} is known from its {by} on. It does not count in a result with an earlier Data Date."
        yield para(text, head="Time of receipt", anchor=f"{anchor}.received")
    yield from _checks(draft, table, store, anchor)
    yield para(_misfit(table), head="Valid records", anchor=f"{anchor}.fields")
    yield para(_bad(table), head="Faulty records", anchor=f"{anchor}.accept")
    yield para(_duplicates(draft, table), head="Duplicates", anchor=f"{anchor}.duplicates")
    yield from _put_right(table, anchor)


def _files(table: Table) -> str:
    """Where the records lie: in one file, in several, or in those of each provider, with what is due."""
    if table.table is not None and table.connection is not None:
        return f"in the table {quoted(table.table.value)} of the database {quoted(humanised(table.connection.value))}"
    each = table.files.each
    names = [f"{quoted(one.file.value)}{f' of {one.provider.value}' if one.provider else ''}" for one in each]
    if len(each) == 1 and each[0].provider is None and not _PATTERN.search(each[0].file.value):
        return f"in the file {names[0]}"
    listed = numbers.series(tuple(names)) if len(names) > 1 else names[0]
    text = f"in the files {listed}"
    if any("{provider}" in one.file.value for one in each):
        text += ", where {provider} stands for the Provider’s name"
    times = [one for one in _TIMES if any(f"{{{one}}}" in each_one.file.value for each_one in each)]
    if times:
        text += f", with one file for each {times[0].replace('_', ' ')}"
    return text


def _times(draft: Draft, table: Table, anchor: str) -> Iterator[Paragraph]:
    one = capital(numbers.article(table.noun.one))
    if table.date is not None:
        by = draft.words.phrase_of(table, table.date.value)
        text = f"{one} belongs to a period by its {by}, unless a definition in this Article says otherwise."
        yield para(text, head="Date", anchor=f"{anchor}.date")
    if table.interval is not None:
        start, end = (draft.words.phrase_of(table, name.value) for name in table.interval)
        text = lasting(table.noun.one, start, end)
        yield para(text, head="Duration", anchor=f"{anchor}.span")


def _status(table: Table) -> str:
    if table.status == "available":
        return "It is available."
    start = f" from {numbers.day(table.available_from.value)} on" if table.available_from else ""
    return f"It must be developed. It is planned to be available{start}. Measures that need it start then."


def _completeness(table: Table) -> str:
    since = f" It is complete from {numbers.day(table.complete_from.value)} on." if table.complete_from else ""
    if table.complete_through:
        return f"The source is complete through {numbers.day(table.complete_through.value)}.{since}"
    if table.lag.days or table.lag.months:
        text = f"once {numbers.passed(table.lag)} since that day"
        return f"The source counts as complete through a day {text}.{since}"
    return f"The source counts as complete through the Data Date.{since}"


def _checks(draft: Draft, table: Table, store: Store | None, anchor: str) -> Iterator[Paragraph]:
    speaker = draft.say.of_records(table.name.value)
    for at, check in enumerate(store.checks if store else ()):
        # A record fails a check that is false; one that can't be decided does not make it faulty.
        failed = speaker.condition(check.condition, negated=True)
        said = failed.after(f"{capital(numbers.article(table.noun.one))} is not valid if ")
        yield paragraph(said, head="Check", anchor=f"{anchor}.checks.{at}")


def _misfit(table: Table) -> str:
    own = capital(numbers.article(table.noun.one))
    also = "also " if table.checks else ""
    return (
        f"{own} is {also}not valid if its record does not fit the table of fields of this source. "
        "Each field must hold a value of the kind stated there. If values are listed, it must be one of them. "
        "Only a field that may be missing may be empty."
    )


def _bad(table: Table) -> str:
    accepted = numbers.exact_percent(table.accept_invalid)
    text = f"The Agency leaves out and counts {table.noun.many} that are not valid."
    if table.accept_invalid:
        text += (
            f" If they are more than {accepted} of all {table.noun.many}, results that need this source are “missing”."
        )
    else:
        text += " If there is any, results that need this source are “missing”."
    return text


def _duplicates(draft: Draft, table: Table) -> str:
    key = numbers.series(tuple(draft.words.phrase_of(table, one.value) for one in table.key))
    missing = "results that need this source are “missing”"
    if table.duplicates != "drop exact":
        return f"If two {table.noun.many} have the same {key}, {missing}."
    one = numbers.article(table.noun.one)
    return (
        f"{capital(one)} that was sent more than once in exactly the same form counts once. "
        f"If two {table.noun.many} have the same {key} but differ elsewhere, {missing}."
    )


def _put_right(table: Table, anchor: str) -> Iterator[Paragraph]:
    if table.corrections:
        text = (
            f"A value is corrected by an entry in the file {quoted(table.corrections)}. The entry states the record, "
            "the old and the new value, who asks for the correction and why, and who approved it. It takes effect on "
            "the day of the approval."
        )
        yield para(text, head="Corrections", anchor=f"{anchor}.corrections")
    if table.disputes:
        text = (
            f"A Provider may dispute a record by an entry in the file {quoted(table.disputes)}. From the day of the "
            "entry until the dispute is resolved, results that count the record are “disputed”."
        )
        yield para(text, head="Disputes", anchor=f"{anchor}.disputes")


def _fields(draft: Draft, table: Table) -> Grid:
    names = [draft.words.phrase_of(table, one.name.value) for one in table.fields]
    cells = [(one.column, _kind(one), _values(one)) for one in table.fields]
    shown = tuple((name, *cell) for name, cell in zip(names, cells, strict=True))
    title = humanised(table.name.value)
    anchor = f"data.{table.name.value}.fields"
    return Grid(("Field", "Column", "Kind", "Values"), shown, caption=f"Fields of {quoted(title)}", anchor=anchor)


def _kind(field: Field) -> str:
    notes = ["may be missing"] if field.optional else []
    if field.private:
        notes.append("private")
    if field.fold:
        notes.append("upper and lower case are one")
    kind = _KINDS.get(field.type, field.type)
    if field.unit is not None:
        kind += f" of {_unit(field.unit.value)}"
    return f"{kind} ({', '.join(notes)})" if notes else kind


def _unit(written: str) -> str:
    word, _, calendar = written.partition(" of ")
    return f"{word} of the calendar {quoted(humanised(calendar))}" if calendar else word


def _values(field: Field) -> str:
    shown = [f"{code}: {label}" if label and label != code else code for code, label in field.values or ()]
    missing = [quoted(code) for code in field.missing if code]
    if missing:
        shown.append(f"not recorded: {numbers.series(tuple(missing), 'or')}")
    return "; ".join(shown)


# --- sharing --------------------------------------------------------------------------------------------------


def privacy(draft: Draft) -> Section:
    """The section “Data sharing and privacy”."""
    blocks: list[Paragraph] = []
    for table in draft.program.spec.data:
        blocks += _sharing(table)
    private = tuple(
        f"the {draft.words.phrase_of(table, field.name.value)} of {numbers.article(table.noun.one)}"
        for table in draft.program.spec.data
        for field in table.fields
        if field.private
    )
    if private:
        text = f"No report under this Article may show {numbers.series(private, 'or')}."
        blocks.append(para(text, head="Private fields", anchor="privacy.fields"))
    return Section("Data sharing and privacy", tuple(blocks), "privacy")


def _sharing(table: Table) -> Iterator[Paragraph]:
    source = quoted(humanised(table.name.value))
    anchor = f"data.{table.name.value}.sharing"
    if table.sharing is None:
        text = f"The source {source} is used without a sharing agreement of its own."
        yield para(text, head="Sharing", anchor=anchor)
        return
    sharing = table.sharing
    text = (
        f"The source {source} is shared under the agreement {quoted(sharing.agreement)}." if sharing.agreement else ""
    )
    if sharing.basis:
        text += f" Its legal basis is: {sentence(sharing.basis)}"
    if sharing.until:
        text += f" It may be shared until {numbers.day(sharing.until.value)}."
    verb = "may" if sharing.provider_may_see else "must not"
    text += f" A Provider {verb} see its own {table.noun.many}."
    yield para(text.strip(), head="Sharing", anchor=anchor)
