"""Finds formulas of a spec that no person could read in the contract: too many levels, or lists that are too long."""

from collections.abc import Iterator

from acmspec.english.groups import Announcer
from acmspec.english.lines import TOO_DEEP, is_readable
from acmspec.english.records import Speaker
from acmspec.english.said import Said
from acmspec.english.speaking import Frame
from acmspec.english.words import Vocabulary
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Span
from acmspec.program.record import Defined
from acmspec.program.relocate import is_faulty, parts
from acmspec.program.tree import Aggregate, GroupDefined, Population, Program


def check(program: Program) -> Iterator[Diagnostic]:
    """Each metric, each definition and each set that is used, said as the clauses say it."""
    say = Announcer(Vocabulary(program.spec))
    seen: set[str] = set()
    written = {one.name.value: one.formula.span for one in program.spec.metrics}
    for measure in program.measures:
        if is_faulty(measure.formula):
            continue
        if measure.is_metric:
            span = written.get(measure.name, measure.span)
            yield from _judged(say.group(measure.formula), span, f"metrics.{measure.name}.formula")
        for one in parts(measure.formula):
            if isinstance(one, Defined | GroupDefined) and one.name not in seen:
                seen.add(one.name)
                yield from _definition(say, one)
            if isinstance(one, Aggregate) and one.population.name not in seen:
                seen.add(one.population.name)
                yield from _set(say, one.population)


def _definition(say: Announcer, one: Defined | GroupDefined) -> Iterator[Diagnostic]:
    declared = say.words.definition(one.name)
    if declared is None:
        return
    if isinstance(one, GroupDefined):
        said = say.group(one.body)
    else:
        noun = say.words.base(declared.of.value).noun.one if declared.of else ""
        # The body counts scopes from where the definition was used; all of them are this one record.
        said = Speaker(say.words, (Frame(noun, f"the {noun}"),) * (one.scope + 1)).said(one.body)
    yield from _judged(said, declared.formula.span, f"definitions.{one.name}.formula")


def _set(say: Announcer, population: Population) -> Iterator[Diagnostic]:
    declared = say.words.cohort(population.name)
    if declared is None:
        return
    speaker, path = say.of(population), f"cohorts.{population.name}"
    if population.where is not None and declared.where is not None:
        yield from _judged(speaker.condition(population.where), declared.where.span, f"{path}.where")
    for at, (left, written) in enumerate(
        zip(population.exclude[-len(declared.exclude) :], declared.exclude, strict=False)
    ):
        yield from _judged(speaker.condition(left.when), written.when.span, f"{path}.exclude.{at}.when")


def _judged(said: Said, span: Span, path: str) -> Iterator[Diagnostic]:
    if not is_readable(said):
        message = "in the contract, this formula has more levels or longer lists than a person can follow"
        yield TOO_DEEP.at(span, message, label="too deep", path=path)
