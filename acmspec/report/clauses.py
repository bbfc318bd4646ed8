"""From a program to the clauses of a contract: one article, its recitals and its sections; knows no word processor."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.program.tree import Program
from acmspec.report.clauses_closing import closing
from acmspec.report.clauses_data import privacy, reporting
from acmspec.report.clauses_definitions import definitions
from acmspec.report.clauses_draft import Draft, para, sentence
from acmspec.report.clauses_metric import metric, planned
from acmspec.report.clauses_payment import agreements, amendment, payment
from acmspec.report.clauses_practice import practice
from acmspec.report.paragraphs import added_before, has_letters
from acmspec.report.ports import SaidKinds
from acmspec.report.tree import Article, Clauses, Paragraph, Section

ARTICLE = 4
"""The article's place in an agency's contract: parties, term and services commonly fill the three before it."""


def clauses(program: Program, kinds: SaidKinds) -> Clauses:
    """The outcome clauses of a spec that means something."""
    draft = Draft(program, kinds)
    contract = program.spec.contract
    sections = tuple(_with_letters(tuple(_sections(draft))))
    article = Article(ARTICLE, "Outcomes and payment", tuple(_recitals(program)), sections)
    return Clauses(contract.agency.value, contract.title.value, contract.id.value, article)


def _recitals(program: Program) -> Iterator[Paragraph]:
    spec = program.spec
    if spec.motivation.strip():
        yield para(sentence(spec.motivation), head="Background", anchor="motivation")
    for goal in spec.goals:
        text = sentence(goal.statement.value)
        if goal.population:
            text += f" This goal is for: {sentence(goal.population.value)}"
        yield para(text, head="Goal", anchor=f"goals.{goal.name.value}")


def _with_letters(sections: tuple[Section, ...]) -> Iterator[Section]:
    """The sections, and in the first of them how to read letters, where any are used."""
    first, *others = sections
    said = (one for section in sections for one in section.blocks if isinstance(one, Paragraph))
    if any(has_letters(one) for one in said):
        text = "A letter such as “A” means what is said of it directly below, and nothing elsewhere."
        rule = para(text, head="Letters", anchor="reading.letters")
        first = replace(first, blocks=tuple(added_before(first.blocks, "reading.days", rule)))
    yield from (first, *others)


def _sections(draft: Draft) -> Iterator[Section]:
    yield definitions(draft)
    measures = {one.name: one for one in draft.program.measures if one.is_metric}
    for one in draft.program.spec.metrics:
        measure = measures.get(one.name.value)
        yield metric(draft, measure, one) if measure else planned(draft, one)
    yield reporting(draft)
    yield privacy(draft)
    yield from practice(draft)
    yield from payment(draft)
    yield from closing(draft)
    yield from agreements(draft)
    yield amendment(draft)
