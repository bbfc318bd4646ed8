"""The whole flow, from a spec's text to all that a run hands to the renderers; it opens no file, knows no shelf."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from acmspec.document import from_text as document
from acmspec.enclosed import from_spec as enclosed
from acmspec.english import readable, vocabulary
from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Diagnostic, Outcome, has_errors
from acmspec.ground.node import node
from acmspec.ground.source import Source, Span
from acmspec.ground.watch import UNWATCHED, Watch
from acmspec.program import from_spec as program
from acmspec.spec import from_document as spec

if TYPE_CHECKING:
    from acmspec.enclosed.ports import Files
    from acmspec.facts.delivered import Folder
    from acmspec.facts.ports import Backend
    from acmspec.facts.ports import Source as DataSource
    from acmspec.formula.tree import Formula
    from acmspec.program.tree import Program
    from acmspec.report.formula_views import Understood
    from acmspec.report.outputs import Outputs
    from acmspec.report.ports import SaidKinds


@node
class Shelves:
    """The interchangeable parts a run uses, handed in by the caller."""

    kinds: "SaidKinds"
    sources: "Sequence[DataSource]"
    backend: "Backend"


@node
class View:
    """How a formula is to be shown: `to` is english, canonical, tree, sql or type.

    With `of` it speaks of one record of that set, else of a group. `data_date` and `every` are for `sql` alone.
    `written` is how it is given: `formula`, `english`, or `lenient` for English in any wording.
    """

    to: str
    of: str | None
    data_date: date
    every: Every
    written: str = "formula"


def check(source: Source, kinds: "SaidKinds", files: "Files") -> "Outcome[Program]":
    """What a spec means, and everything wrong with it; the value is None where nothing sound can be evaluated.

    `files` are those beside the spec, which its lists, figures and calendars may be drawn from.
    """
    found: list[Diagnostic] = []
    node = document.read(source)
    found += node.diagnostics
    if node.value is None:
        return Outcome(None, tuple(found))
    decoded = spec.decode(node.value, source, kinds)
    found += decoded.diagnostics
    if decoded.value is None:
        return Outcome(None, tuple(found))
    whole = enclosed.enclose(decoded.value, files)
    found += whole.diagnostics
    read = whole.value or decoded.value
    meaning = program.resolve(read, kinds)
    said = vocabulary.check(read)
    if meaning.value is not None and not has_errors((*found, *meaning.diagnostics, *said)):
        said += tuple(readable.check(meaning.value))
        said += _expected(meaning.value)
    return Outcome(meaning.value, (*found, *meaning.diagnostics, *said))


def _expected(meaning: "Program") -> tuple[Diagnostic, ...]:
    """What worked examples expect of tiers and payments, settled only where there are any."""
    if not meaning.spec.examples:
        return ()
    from acmspec.settlement import expected

    return expected.check(meaning)


def run(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    meaning: "Program", shelves: Shelves, data_date: date, files: "Folder", version: str, watch: Watch = UNWATCHED
) -> "Outcome[Outputs]":
    """Evaluate a sound spec against its data. `files` says where its files lie.

    The value is None only if a file could not be opened at all; a closed gate is an error finding with a value.
    """
    # Imported here because `check`, the command people run most, must not pay for them.
    from acmspec.facts import from_query as facts
    from acmspec.facts.databases import NO_TABLE, NOT_ALLOWED
    from acmspec.facts.delivered import OUTSIDE
    from acmspec.facts.problems import GATE_CLOSED, NOT_OPENED
    from acmspec.query import from_program as query
    from acmspec.report import clauses, dashboard
    from acmspec.report.outputs import Outputs
    from acmspec.results import from_facts as results
    from acmspec.settlement import from_results as settlement

    reading = [f"reading {one.name}" for one in meaning.stores]
    watch.expect(["planning", *reading, facts.GATHERING, "working out results", "laying out pages"])
    watch.begin("planning")
    plan = query.plan(meaning, data_date, shelves.backend.dialect)
    gathered = facts.gather(meaning, plan, data_date, shelves.backend, shelves.sources, files, watch)
    unread = {NOT_OPENED, OUTSIDE, NO_TABLE, NOT_ALLOWED}
    if gathered.value is None or any(one.problem in unread for one in gathered.diagnostics):
        # Nothing is evaluated, so there is no gate to speak of, and warnings would only bury what stopped the run.
        errors = (one for one in gathered.diagnostics if has_errors((one,)) and one.problem is not GATE_CLOSED)
        return Outcome(None, tuple(errors))
    watch.begin("working out results")
    values = results.evaluate(meaning, gathered.value)
    owed = settlement.settle(meaning, values)
    watch.begin("laying out pages")
    outputs = Outputs(
        program=meaning,
        results=values,
        settlement=owed,
        clauses=clauses.clauses(meaning, shelves.kinds),
        dashboard=dashboard.dashboard(meaning, values, owed, shelves.kinds),
        spec_sha256=sha256(meaning.spec.source.text.encode()).hexdigest(),
        version=version,
    )
    return Outcome(outputs, gathered.diagnostics)


def formula(meaning: "Program", source: Source, view: View) -> Outcome[str]:
    """One formula, `source`, read among a sound spec's declarations and shown; the value is None if it is wrong."""
    from acmspec.english import from_text as english
    from acmspec.english.names import Names
    from acmspec.formula import from_text
    from acmspec.program.from_formula import table_of

    place = Span(source, 0, len(source.text))
    if view.written == "formula":
        syntax = from_text.parse(source, place.start, place.end)
    else:
        table = None if view.of is None else table_of(meaning.spec, view.of)
        syntax = english.read(source, Names(meaning.spec), table)
    if syntax.value is None:
        return Outcome(None, syntax.diagnostics)
    if view.of is None:
        return _of_group(meaning, syntax.value, place, view)
    return _of_record(meaning, syntax.value, place, view, view.of)


def _of_group(meaning: "Program", syntax: "Formula", place: Span, view: View) -> Outcome[str]:
    from acmspec.program.from_formula import group_meaning
    from acmspec.report.formula_views import OfGroup, group_sql

    read = group_meaning(meaning.spec, syntax)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    found = OfGroup(syntax, read.value, meaning, place)
    shown = Outcome(group_sql(found, view.data_date, view.every)) if view.to == "sql" else _shown(found, view)
    return Outcome(shown.value, (*read.diagnostics, *shown.diagnostics, *_wording(found, view)))


def _of_record(meaning: "Program", syntax: "Formula", place: Span, view: View, of: str) -> Outcome[str]:
    from acmspec.program.from_formula import record_meaning, set_meaning, table_of
    from acmspec.report.formula_views import OfRecord, record_sql

    read, table = record_meaning(meaning.spec, syntax, of), table_of(meaning.spec, of)
    if read.value is None or table is None:
        return Outcome(None, read.diagnostics)
    found = OfRecord(syntax, read.value, meaning, place, table)
    if view.to != "sql":
        shown = _shown(found, view)
    else:
        dated = set_meaning(meaning.spec, of)
        if dated.value is None:
            return Outcome(None, dated.diagnostics)
        shown = Outcome(record_sql(found, dated.value, view.data_date, view.every))
    return Outcome(shown.value, (*read.diagnostics, *shown.diagnostics, *_wording(found, view)))


def _shown(found: "Understood", view: View) -> Outcome[str]:
    from acmspec.report.formula_views import in_english, shown

    return in_english(found) if view.to == "english" else Outcome(shown(found, view.to))


def _wording(found: "Understood", view: View) -> tuple[Diagnostic, ...]:
    """What to say of the wording of a formula that was given in English."""
    from acmspec.english.wording import judged
    from acmspec.report.formula_views import in_english

    if view.written == "formula":
        return ()
    said = in_english(found)
    if said.value is None:
        return said.diagnostics if view.to != "english" else ()
    return judged(found.place.source, said.value, lenient=view.written == "lenient")


def is_sound(outcome: "Outcome[Program]") -> bool:
    """Whether a checked spec may be evaluated: it has a meaning and no error was found."""
    return outcome.value is not None and not has_errors(outcome.diagnostics)
