"""Defined terms, nouns and labels differ by more than case, plural or article."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.source import Span
from acmspec.program.spell_tables import tables
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec, Table

PROBLEM = Problem(
    "ACM307",
    "terms that can't be told apart",
    "The contract's sentences name things by these words; words that differ only in case, plural or article name the "
    "same thing.",
    "Choose words that differ clearly.",
    "Defined terms must differ by more than capital letters, plural or article.",
)

_ARTICLES = ("the ", "a ", "an ")


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No two terms or nouns, and no two labels of one table's fields, read alike."""
    yield from _alike(_terms(spec))
    for table in tables(spec):
        yield from _alike(_labels(table))


def _terms(spec: Spec) -> Iterator[tuple[str, str, Span, str]]:
    for table in tables(spec):
        for word in dict.fromkeys((plain(table.noun.one), plain(table.noun.many))):
            yield word, table.noun.one, table.name.span, f"data.{table.name.value}.noun"
    for cohort in spec.cohorts:
        for word in dict.fromkeys((plain(cohort.noun.one), plain(cohort.noun.many))) if cohort.noun else ():
            yield word, cohort.noun.one if cohort.noun else "", cohort.name.span, f"cohorts.{cohort.name.value}.noun"
    for definition in spec.definitions:
        if definition.term:
            path = f"definitions.{definition.name.value}.term"
            yield plain(definition.term), definition.term, definition.name.span, path


def _labels(table: Table) -> Iterator[tuple[str, str, Span, str]]:
    for field in table.fields:
        if field.phrase:
            path = f"data.{table.name.value}.fields.{field.name.value}.phrase"
            yield plain(field.phrase), field.phrase, field.name.span, path


def _alike(words: Iterator[tuple[str, str, Span, str]]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, Span]] = {}
    for word, shown, span, path in words:
        if word in first:
            other, place = first[word]
            related = (Label(place, f"“{other}”"),)
            message = f"“{shown}” reads like “{other}”"
            yield PROBLEM.at(span, message, label=f"“{shown}”", path=path, related=related)
        first.setdefault(word, (shown, span))


def plain(term: str) -> str:
    """A term without case, article and plural, to compare with others."""
    word = " ".join(term.lower().split())
    for article in _ARTICLES:
        word = word.removeprefix(article)
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
