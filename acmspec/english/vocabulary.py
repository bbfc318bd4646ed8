"""What a spec's words must be so that each sentence has one reading; it looks at words, not at formulas."""

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from string import ascii_uppercase
from typing import NamedTuple

from acmspec.english.clashes import clashes
from acmspec.english.lexicon import SAYS, WORD, keywords, value_leads
from acmspec.english.names import Names
from acmspec.english.words import humanised
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.source import Span
from acmspec.program.record import Column
from acmspec.program.spell_tables import tables
from acmspec.spec.pieces import UNREAD
from acmspec.spec.tree import Spec

BAD_FORM = Problem(
    "ACM262",
    "a word that isn't written as contracts write such words",
    "In a sentence, nouns, phrases and terms are known by their capital letter, and verb phrases by their small one.",
    "Start nouns, phrases and terms with a capital letter and verb phrases with a small one; use no quotes, line ends "
    "or double blanks.",
    "Defined terms must be written with a capital letter.",
)
TWO_THINGS = Problem(
    "ACM263",
    "one word for two things",
    "A sentence names both by this word, so it would have two meanings.",
    "Choose another phrase, noun, term, label or verb phrase for one of them.",
    "One word must mean one thing.",
)
RUNS_INTO = Problem(
    "ACM264",
    "words that run into one another",
    "In some sentence, one of these would be read where the other is meant.",
    "Change one of them, for example so that it doesn't start with the other.",
    "The words of this Agreement must not be readable in two ways.",
)
PROBLEMS = (BAD_FORM, TWO_THINGS, RUNS_INTO)

_QUOTES = frozenset('“”"«»„')


class Word(NamedTuple):
    """A declared word: what kind of word it is, where it was declared, and what it names."""

    text: str
    is_verb: bool
    span: Span
    path: str
    thing: Hashable


def check(spec: Spec) -> tuple[Diagnostic, ...]:
    """Everything about a spec's words that would give a sentence two readings."""
    names = Names(spec)
    # What could not be read has no words of its own, and was told.
    words = tuple(one for one in _words(names) if one.text != UNREAD)
    found = [*_forms(words), *_labels_form(names), *_like_the_language(names.spec, words)]
    groups = [*_groups(names, words)]
    for group in groups:
        found += _twice(group)
    if not found:
        found += _run_into(names, words)
    return tuple(found)


# --- which words there are ------------------------------------------------------------------------------------


def _words(names: Names) -> Iterator[Word]:
    spec = names.spec
    for table in tables(spec):
        path = f"data.{table.name.value}"
        for text in dict.fromkeys((table.noun.one, table.noun.many)):
            yield Word(text, False, table.name.span, f"{path}.noun", ("record", table.name.value))
        for field in table.fields:
            phrase = names.words.phrase(Column(table.name.value, field.name.value))
            yield Word(phrase, False, field.name.span, f"{path}.fields.{field.name.value}", ("value", field.name.value))
            if field.entity is not None:
                # What it leads to, and what other records have in common with it.
                yield Word(names.words.entity(field.entity.value), False, field.name.span, f"{path}.fields", ("thing",))
                yield Word(humanised(field.name.value), False, field.name.span, f"{path}.fields", ("thing",))
    for cohort in spec.cohorts:
        path = f"cohorts.{cohort.name.value}"
        base = names.catalog.base_table(cohort.name.value)
        nouns = names.words.set_nouns(cohort.name.value, base) if base else None
        for text in dict.fromkeys((nouns.one, nouns.many)) if nouns else ():
            yield Word(text, False, cohort.name.span, f"{path}.noun", ("set", cohort.name.value))
    for one in spec.definitions:
        path, name = f"definitions.{one.name.value}", one.name.value
        yield Word(names.words.term(name), False, one.name.span, f"{path}.term", ("value", name))
        if one.of is not None:
            says = names.words.says(name)
            for key in ("one", "many", "not_one", "not_many"):
                yield Word(getattr(says, key), True, one.name.span, f"{path}.says.{key}", ("says", name, key))


# --- how they are written -------------------------------------------------------------------------------------


def _forms(words: Iterable[Word]) -> Iterator[Diagnostic]:
    for one in words:
        first = one.text[:1]
        wrong = ""
        if _QUOTES & set(one.text) or one.text != " ".join(one.text.split()) or not one.text.isprintable():
            wrong = "has a quote, a line end or a blank too many in it"
        elif not one.text:
            wrong = "is empty"
        elif one.is_verb and first.isupper():
            wrong = "is a verb phrase and starts with a capital letter"
        elif not one.is_verb and (not first.isalpha() or first.islower()):
            wrong = "doesn't start with a capital letter"
        if wrong:
            yield BAD_FORM.at(one.span, f"“{one.text}” {wrong}", label="here", path=one.path)


def _labels_form(names: Names) -> Iterator[Diagnostic]:
    """Labels stand in quotes, so they have none themselves, and no blanks that a reader would not see."""
    for table in tables(names.spec):
        for field in table.fields:
            path = f"data.{table.name.value}.fields.{field.name.value}.values"
            for code, label in field.values or ():
                if _QUOTES & set(label) or label != " ".join(label.split()) or not label.isprintable():
                    message = f"the label “{label}” of “{code}” has a quote, a line end or a blank too many in it"
                    yield BAD_FORM.at(field.name.span, message, label="here", path=path)


# --- whether they look like words of the language ------------------------------------------------------------


def _like_the_language(spec: Spec, words: tuple[Word, ...]) -> Iterator[Diagnostic]:
    """Words that a machine tells from the language's own by a capital letter alone, which a person may not see."""
    declared = _declared(spec)
    sets = {one.text.lower() for one in words if _kind(one) in {"record", "set"}}
    values = {one.text.lower() for one in words if _kind(one) == "value"}
    ways = ((_OF_SETS, sets), (_of_values(), values))
    openings = {f"{lead} {text}" for leads, some in ways for lead in leads for text in some}
    told: set[tuple[str, str]] = set()
    for one in words:
        own = "" if one.is_verb or (one.text, one.path) in told else _own(one, openings, declared)
        if own:
            told.add((one.text, one.path))
            message = f"“{one.text}” would be read as {own}"
            fix = "Choose words that no sentence has of its own, such as “Visits Made” for “Number of Visits”."
            if " " not in one.text:
                fix = "Write it out in one word or more, such as “All Visits”."
            yield RUNS_INTO.at(one.span, message, label=f"“{one.text}”", path=one.path, fix=fix)


def _declared(spec: Spec) -> frozenset[str]:
    """The words that were written as such, and not made of a short name."""
    nouns = [*(one.noun for one in tables(spec)), *(one.noun for one in spec.cohorts if one.noun is not None)]
    phrases = [field.phrase for table in tables(spec) for field in table.fields]
    terms = [one.term for one in spec.definitions]
    return frozenset(filter(None, (*(one.one for one in nouns), *(one.many for one in nouns), *phrases, *terms)))


def _own(one: Word, openings: set[str], declared: frozenset[str]) -> str:
    """What of the language's own a word looks like; "" if it looks like nothing else."""
    text, small, is_term = one.text, one.text.lower(), one.path.startswith("definitions.")
    if small in _ARTICLES:
        return f"the article “{small}”"
    if len(text) == 1 and text in ascii_uppercase and (text in declared or is_term):
        return f"one of the letters A, B, C that stand for parts of a sentence, as in “{text} minus {text}, where:”"
    with_article = f"the {small.removeprefix('the ')}"
    if " " in small and with_article in _phrases():
        return f"the words “{_phrases()[with_article]}”"
    if with_article.replace(" of the ", " of ") in openings:
        return f"what sentences say by “{with_article.partition(' of ')[0]} of …” or “among”"
    return ""


_ARTICLES = frozenset({"a", "an", "the"})
_OF_SETS = ("the number of", "the share of")
_ALMOST = ("the sum of",)
"""What sentences don't say, as little as the share of a set, but a reader takes for the total of."""


@cache
def _phrases() -> dict[str, str]:
    return {one.lower(): one for one in keywords()}


@cache
def _of_values() -> tuple[str, ...]:
    own = (one for one in keywords() if one.startswith("the ") and one.endswith(" of") and one not in _OF_SETS)
    return tuple(dict.fromkeys((*own, *value_leads(), *_ALMOST)))


# --- whether they name one thing ------------------------------------------------------------------------------


def _groups(names: Names, words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Words that must differ from one another: those that can stand in one place."""
    yield [one for one in words if one.is_verb and one.path.endswith(("one",))]
    yield [one for one in words if one.is_verb and one.path.endswith(("many",))]
    yield [one for one in words if _kind(one) in {"record", "set"}]
    phrases: dict[str, list[Word]] = {}
    terms: dict[str, list[Word]] = {}
    for one in words:
        if one.path.startswith("definitions.") and not one.is_verb:
            terms.setdefault(_name(one), []).append(one)
        elif one.path.startswith("data.") and _kind(one) == "value":
            phrases.setdefault(one.path.split(".")[1], []).append(one)
    for table in tables(names.spec):
        own = names.catalog.definitions_of(table.name.value)
        yield [*phrases.get(table.name.value, ()), *(one for name in own for one in terms.get(name, ()))]
        yield from _fields_of(names, table.name.value)
    groups = {one.name.value for one in names.spec.definitions if one.of is None}
    yield [one for one in words if one.path.startswith("definitions.") and _name(one) in groups]
    yield [
        Word(humanised(one.name.value), False, one.name.span, f"lists.{one.name.value}", one.name.value)
        for one in names.spec.lists
    ]
    yield [
        Word(names.words.source(one.name.value), False, one.name.span, f"data.{one.name.value}", one.name.value)
        for one in tables(names.spec)
    ]


def _fields_of(names: Names, table: str) -> Iterator[list[Word]]:
    """The labels of each field, the ways to other records, and what records can have in common."""
    fields = names.catalog.fields(table)
    for name, field in fields.items():
        path = f"data.{table}.fields.{name}"
        yield [
            Word(label or code, False, field.name.span, f"{path}.values", code) for code, label in field.values or ()
        ]
    spans = {name: field.name.span for name, field in fields.items()}
    path = f"data.{table}.fields"
    yield [
        Word(text, False, spans[way.step.via.name], f"{path}.{way.step.via.name}", way.step.via.name)
        for text, way in names.steps(table)
    ]
    yield [
        Word(names.words.in_common(Column(table, name)), False, spans[name], f"{path}.{name}", name)
        for name, field in fields.items()
        if field.entity is not None
    ]


def _kind(one: Word) -> str:
    return str(one.thing[0]) if isinstance(one.thing, tuple) else ""


def _name(one: Word) -> str:
    return str(one.thing[1]) if isinstance(one.thing, tuple) else ""


def _twice(words: Iterable[Word]) -> Iterator[Diagnostic]:
    first: dict[str, Word] = {}
    for one in words:
        other = first.setdefault(one.text, one)
        if other.thing != one.thing:
            message = f"“{one.text}” names two things"
            related: tuple[Label, ...] = (Label(other.span, f"“{other.text}” here, too"),)
            if other.span == one.span:
                keys = [each.path.rpartition(".")[2] for each in (other, one)]
                message, related = f"{message}: it is both “{keys[0]}” and “{keys[1]}”", ()
            yield TWO_THINGS.at(one.span, message, label=f"“{one.text}”", path=one.path, related=related)


# --- whether they run into one another ------------------------------------------------------------------------


def _run_into(names: Names, words: tuple[Word, ...]) -> Iterator[Diagnostic]:
    places = {(one.text, one.is_verb): one for one in reversed(words)}
    told: set[tuple[str, str]] = set()
    for clash in clashes(names.lexicon):
        one = places.get((clash.read.text, clash.read.kind == SAYS)) if clash.read.kind in {SAYS, WORD} else None
        other = places.get((clash.meant.text, clash.meant.kind == SAYS)) if clash.meant.kind in {SAYS, WORD} else None
        behind = (places.get((text, is_verb)) for text in clash.then for is_verb in (False, True))
        place = one or other or next((found for found in behind if found is not None), None)
        if place is None:
            # Keywords alone don't clash, which a test holds; so a name that a step alone is called by is the cause.
            continue
        if (clash.read.text, place.path) in told:
            continue
        told.add((clash.read.text, place.path))
        then = f" followed by “{' '.join(clash.then)}”" if clash.then else ""
        message = f"“{clash.read.text}” would be read where “{clash.meant.text}”{then} is meant"
        related = (Label(other.span, f"“{other.text}”"),) if one is not None and other is not None else ()
        yield RUNS_INTO.at(place.span, message, label=f"“{place.text}”", path=place.path, related=related)
