"""Phrases for groups that look elsewhere, go part by part, or decide, as formulas; one reader a rule of the grammar."""

from collections.abc import Callable, Mapping
from typing import Protocol

from acmspec.english.elsewhere import CYCLES
from acmspec.english.names import Names
from acmspec.english.phrases import Block, Phrase
from acmspec.english.problems import meaningless
from acmspec.english.reading import Place, phrase_of, token_of, word_of
from acmspec.english.record_from_phrases import RecordReader
from acmspec.english.sight import Seen, named_value
from acmspec.english.spelling import LITERALS, unquoted
from acmspec.formula import literals
from acmspec.formula.lexer import Token
from acmspec.formula.tree import (
    AllOf,
    Binary,
    Each,
    Earlier,
    Formula,
    FromTo,
    If,
    Known,
    Name,
    Not,
    SinceStart,
    Sliced,
    Those,
)
from acmspec.ground.nearest import offer
from acmspec.program.aggregates import AGGREGATES

_ORDERS = {"less than": "<", "no more than": "<=", "more than": ">", "at least": ">="}
_JOINTS = {"all of the following are true:": "and", "at least one of the following is true:": "or"}
_WORDS = {said: every.value for every, said in CYCLES.items()}


class Reading(Protocol):
    """Reads the phrases of one text about groups."""

    @property
    def names(self) -> Names:
        """What the words name."""

    @property
    def records(self) -> RecordReader:
        """Reads what is said of one record."""

    def group(self, part: object, block: Block) -> Formula:
        """A value of a group."""

    def condition(self, part: object, block: Block) -> Formula:
        """A condition on a group."""

    def line(self, block: Block) -> Formula:
        """A whole line."""


Read = Callable[[Reading, Phrase, Block], Formula]

# --- part by part ---------------------------------------------------------------------------------------------


def is_parts(part: object) -> bool:
    """Whether a phrase says parts of a period, or groups, and no set of records."""
    return phrase_of(part).rule in {"parts", "parts_which"}


def each(  # noqa: PLR0913, PLR0917  (one argument a part of the phrase)
    reader: Reading, function: str, value: object, members: object, phrase: Phrase, block: Block
) -> Formula:
    """The values of parts brought together by a function."""
    span, some = block.span(phrase), phrase_of(members)
    asks = function in {"count", "share", "longest run"}
    inner = reader.condition(value, block) if asks else reader.group(value, block)
    where = reader.condition(some.parts[2], block) if some.rule == "parts_which" else None
    place = next((one for one in phrase.parts if isinstance(one, Token) and one.kind == "A_ORDINAL"), None)
    given = None if place is None else literals.number(place.text[:-2].replace(",", ""), block.span(place))
    groups = _groups(reader, phrase_of(some.parts[0]), (inner, where), block)
    return Each(function, given, inner, groups, where, span, span)


def _groups(reader: Reading, phrase: Phrase, inside: tuple[Formula | None, ...], block: Block) -> Name:
    span = block.span(phrase)
    if phrase.rule == "word":
        return Name((_WORDS[token_of(phrase.parts[0]).kind],), span)
    table = _table(reader, inside, phrase, block)
    sight = (Seen(table, reader.names.words.record(table).one, ""),)
    found = named_value(phrase_of(phrase.parts[1]), sight, reader.names, span).formula
    if not isinstance(found, Name):
        raise meaningless(span, "records are grouped by what they have")
    return found


def _table(reader: Reading, inside: tuple[Formula | None, ...], phrase: Phrase, block: Block) -> str:
    """The table of the records that values of a group are about, the first of several."""
    table = next((found for one in inside if (found := reader.names.table_of(one)) is not None), None)
    if table is None:
        raise meaningless(block.span(phrase), "what is calculated here is about no records")
    return table


def _function(function: str, members: int, value: int) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        if not is_parts(phrase.parts[members]):
            raise meaningless(block.span(phrase), "parts of a period or groups are needed here, and not records")
        return each(reader, function, phrase.parts[value], phrase.parts[members], phrase, block)

    return read


def _of_each(reader: Reading, phrase: Phrase, block: Block) -> Formula:
    function = aggregate_of(token_of(phrase.parts[0]), block)
    return each(reader, function, phrase.parts[1], phrase.parts[-1], phrase, block)


def _percentile_of_each(reader: Reading, phrase: Phrase, block: Block) -> Formula:
    return each(reader, "percentile", phrase.parts[3], phrase.parts[-1], phrase, block)


def aggregate_of(lead: Token, block: Block) -> str:
    """The aggregate that a lead such as “the total of” says."""
    for one in AGGREGATES:
        if one.english.startswith(f"{lead.text} {{expression}} across") and not one.weighted:
            return one.name
    raise meaningless(block.span(lead), f"“{lead.text}” is for the other records of one record")


# --- elsewhere ------------------------------------------------------------------------------------------------


def _sliced(reader: Reading, phrase: Phrase, block: Block) -> Formula:
    where, span = phrase_of(phrase.parts[0]), block.span(phrase)
    inner = reader.group(phrase.parts[1], block)
    if not isinstance(inner, Name | Sliced):
        raise meaningless(span, "only what has a name can be looked at elsewhere", "Define it, and use the term.")
    return Sliced(inner, _to(reader, where, inner, block), span)


def _to(reader: Reading, where: Phrase, inner: Formula, block: Block) -> Earlier | FromTo | SinceStart | AllOf | Those:
    span = block.span(where)
    match where.rule:
        case "dates":
            first, last = (phrase_of(where.parts[at]) for at in (1, 3))
            days = [LITERALS[one.rule](one, block.span(one)) for one in (first, last)]
            return FromTo(days[0], days[1], span)
        case "earlier":
            number, unit = token_of(where.parts[1]).text.replace(",", ""), word_of(where.parts[2])
            if not number.isdigit():
                raise meaningless(span, "a period is moved by whole periods")
            return Earlier(int(number), unit.removesuffix("s"), span)
        case "since_start":
            return SinceStart(span)
        case "all_providers":
            return AllOf(Name(("provider",), span), span)
        case "all_groups":
            title = unquoted(token_of(where.parts[1]).text)
            name = reader.names.groupings.get(title)
            if name is None:
                raise meaningless(span, f"nothing is grouped by “{title}”", offer(title, reader.names.groupings))
            return AllOf(Name((name,), span), span)
    table = _table(reader, (inner,), where, block)
    place = Place((Seen(table, reader.names.words.record(table).one, ""),), block)
    return Those(reader.records.condition(where.parts[1], place), span)


def _named(what: str) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        token = token_of(phrase.parts[1])
        known = reader.names.figures if what == "figure" else reader.names.metrics
        name = known.get(unquoted(token.text))
        if name is None:
            message = f"the contract has no {what} {token.text}"
            raise meaningless(block.span(token), message, offer(unquoted(token.text), known))
        return Name((name,), block.span(phrase))

    return read


def _choice(reader: Reading, phrase: Phrase, block: Block) -> Formula:
    condition = reader.condition(phrase.parts[2], block)
    then, otherwise = (reader.group(phrase.parts[at], block) for at in (0, 4))
    return If(condition, then, otherwise, block.span(phrase))


ELSEWHERE: Mapping[str, Read] = {
    "of_each": _of_each,
    "percentile_of_each": _percentile_of_each,
    "each_count": _function("count", 1, 3),
    "rank": _function("rank", 1, 3),
    "longest_run": _function("longest run", 1, 3),
    "sliced": _sliced,
    "figure": _named("figure"),
    "measure": _named("measure"),
    "choice": _choice,
}


# --- conditions -----------------------------------------------------------------------------------------------


def _both(operator: str) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        one, two = (reader.condition(phrase.parts[at], block) for at in (1, 3))
        return Binary(operator, one, two, block.span(phrase))

    return read


def _listed(reader: Reading, phrase: Phrase, block: Block) -> Formula:
    operator = _JOINTS.get(token_of(phrase.parts[0]).kind)
    if operator is None:
        raise meaningless(block.span(phrase), "conditions on groups are not set equal to one another")
    first, *more = (reader.line(one) for one in block.items)
    for one in more:
        first = Binary(operator, first, one, block.span(phrase))
    return first


def _is(*, negated: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        predicate = phrase_of(phrase.parts[2])
        left = reader.group(phrase.parts[0], block)
        if predicate.rule == "ordered" and word_of(predicate.parts[0]) in _ORDERS:
            operator = _ORDERS[word_of(predicate.parts[0])]
        elif predicate.rule == "equal":
            operator = "!=" if negated else "="
        else:
            raise meaningless(block.span(predicate), "a number of a group is compared with a number")
        return Binary(operator, left, reader.group(predicate.parts[-1], block), block.span(phrase))

    return read


def _has_value(*, known: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        return Known(reader.group(phrase.parts[0], block), known, block.span(phrase))

    return read


def _letter_true(reader: Reading, phrase: Phrase, block: Block) -> Formula:
    token = token_of(phrase.parts[0])
    inner, item = reader.records.letter(token, Place((), block))
    if inner.rule != "letter_true_if":
        raise meaningless(block.span(token), f"the letter {token.text} stands for no condition")
    found = reader.condition(inner.parts[-1], item)
    reader.records.all_used(item)
    return found


def _term_true(*, negated: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        path = phrase_of(phrase.parts[0])
        found = reader.group(Phrase("path_value", (path,), path.start, path.end), block)
        return Not(found, block.span(phrase)) if negated else found

    return read


def _seen(*, negated: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, block: Block) -> Formula:
        found = _looked_at(reader, phrase_of(phrase.parts[0]), block)
        return Not(found, block.span(phrase)) if negated else found

    return read


def _looked_at(reader: Reading, phrase: Phrase, block: Block) -> Name | Sliced:
    """A condition with a name, looked at elsewhere, once or several times."""
    where, rest = phrase_of(phrase.parts[0]), phrase_of(phrase.parts[1])
    inner: Formula
    if phrase.rule == "seen_again":
        inner = _looked_at(reader, rest, block)
    else:
        inner = reader.group(Phrase("path_value", (rest,), rest.start, rest.end), block)
    if not isinstance(inner, Name | Sliced):
        raise meaningless(block.span(rest), "only what has a name can be looked at elsewhere")
    return Sliced(inner, _to(reader, where, inner, block), block.span(phrase))


DECIDED: Mapping[str, Read] = {
    "both": _both("and"),
    "either": _both("or"),
    "listed": _listed,
    "is": _is(negated=False),
    "is_not": _is(negated=True),
    "has_value": _has_value(known=True),
    "has_no_value": _has_value(known=False),
    "letter_true": _letter_true,
    "term_true": _term_true(negated=False),
    "term_not_true": _term_true(negated=True),
    "seen_true": _seen(negated=False),
    "seen_not_true": _seen(negated=True),
}
