"""Text to formula: the door of this room; one problem a formula, because what follows a slip is guesswork."""

from collections.abc import Sequence

from acmspec.formula.advice import explain
from acmspec.formula.advice_phrases import phrase
from acmspec.formula.advice_place import Place
from acmspec.formula.builders import Builder
from acmspec.formula.foreign import foreign
from acmspec.formula.lalr import Part, Refusal, TooDeep, run
from acmspec.formula.lexer import Token, tokens
from acmspec.formula.literals import Unbuildable
from acmspec.formula.misspelt import misspelt
from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Outcome, Problem
from acmspec.ground.source import Source, Span

MAX_CHARACTERS = 10_000
MAX_TOKENS = 2_000
MAX_DEPTH = 100

TOO_LONG = Problem(
    "ACM201",
    "a formula that is too long",
    f"A formula has at most {MAX_CHARACTERS:,} characters, so that a person can read what is contracted.",
    "Name parts of it under `definitions`, and put long lists of codes under `lists`.",
    "A condition must be short enough to be read and agreed.",
)
TOO_DEEP = Problem(
    "ACM202",
    "a formula that is nested too deep",
    f"A formula has at most {MAX_DEPTH} levels; each operator and each parenthesis is a level.",
    "Name parts of it under `definitions`, or list values: `in (…)`.",
    "A condition must be short enough to be read and agreed.",
)
TOO_MANY = Problem(
    "ACM203",
    "a formula of too many parts",
    f"A formula has at most {MAX_TOKENS:,} words, numbers and signs.",
    "Name parts of it under `definitions`, and put long lists of codes under `lists`.",
    "A condition must be short enough to be read and agreed.",
)
EMPTY = Problem(
    "ACM204",
    "an empty formula",
    "A formula is an expression such as `share(permanent_home over leavers)`.",
    "Write the formula, or remove the key.",
    "A condition that is not written can't be agreed.",
)
PROBLEMS = (TOO_LONG, TOO_DEEP, TOO_MANY, EMPTY)


def parse(source: Source, start: int, end: int) -> Outcome[Formula]:
    """The formula in a raw slice of a source, whose line ends and indentation are blanks; never raises.

    Spans in the tree are offsets into the source. Codes ACM201 to ACM220.
    """
    text = source.text[start:end]
    whole = Span(source, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
    if not text.strip():
        return Outcome(None, (EMPTY.at(Span(source, start, end), "the formula is empty", label="nothing here"),))
    if len(text) > MAX_CHARACTERS:
        message = f"this formula has {len(text):,} characters"
        return Outcome(None, (TOO_LONG.at(whole, message, label="too long"),))
    outcome = _parsed(source, start, end, whole)
    if outcome.value is None and outcome.diagnostics:
        (refused,) = outcome.diagnostics
        return Outcome(None, (foreign(source, start, end, refused) or refused,))
    return outcome


def _parsed(source: Source, start: int, end: int, whole: Span) -> Outcome[Formula]:
    found, problem = tokens(source, start, end)
    if problem is not None:
        return Outcome(None, (problem,))
    if len(found) > MAX_TOKENS:
        return Outcome(None, (TOO_MANY.at(whole, f"this formula has {len(found) - 1:,} parts", label="too many"),))
    try:
        result = run(found, Builder(source).build, MAX_DEPTH)
    except Unbuildable as unbuildable:
        return Outcome(None, (unbuildable.diagnostic,))
    if isinstance(result, TooDeep):
        span = Span(source, result.start, result.end)
        return Outcome(None, (TOO_DEEP.at(span, f"more than {MAX_DEPTH} levels are nested here", label="too deep"),))
    if isinstance(result, Refusal):
        said = phrase(Place(source, found, result.at, result.expected))
        slip = said or misspelt(source, found, result, lambda other: _reads(other, source))
        return Outcome(None, (slip or explain(source, found, result),))
    return Outcome(_formula(result))


def _reads(found: Sequence[Token], source: Source) -> bool:
    try:
        return isinstance(run(found, Builder(source).build, MAX_DEPTH), Part)
    except Unbuildable:
        return False


def _formula(part: Part) -> Formula:
    if not isinstance(part.value, Formula):
        raise TypeError(f"the grammar's start symbol became {part.value!r}")
    return part.value
