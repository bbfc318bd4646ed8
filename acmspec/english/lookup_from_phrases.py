"""Phrases about other records of the same thing, as lookups; what they say of these records is read elsewhere."""

from typing import NamedTuple

from acmspec.english.phrases import Block, Phrase, series
from acmspec.english.problems import meaningless
from acmspec.english.reading import Place, Reading, phrase_of, token_of, word_of
from acmspec.english.sight import AliasNeeded, Seen, Value, new_alias
from acmspec.english.spelling import unquoted
from acmspec.formula import literals
from acmspec.formula.lexer import Token
from acmspec.formula.tree import Call, Formula, Name, Number, Same, SetUse
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.lookup_rows import LOOKUPS


class _Others(NamedTuple):
    """The records looked into: their noun, what they have in common, and the name the text gives each."""

    noun: Token
    other: bool
    same: tuple[Phrase, ...]
    name: Token | None


class _Which(NamedTuple):
    """The condition on the records looked into: a phrase, or the items of the line, and where it stands."""

    phrase: Phrase | None
    block: Block


# --- questions ------------------------------------------------------------------------------------------------


def question(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    """`there is at least one …`, `there is no …`."""
    said = phrase if phrase.rule in {"exists", "exists_named"} else phrase_of(phrase.parts[0])
    there = word_of(said.parts[0])
    name = token_of(said.parts[5]) if said.rule == "exists_named" else None
    same = tuple(phrase_of(one) for one in series(said.parts[3]))
    others = _Others(token_of(said.parts[1]), there.endswith("other"), same, name)
    which: _Which | None = None
    if phrase.rule == "exists_which":
        which = _Which(phrase_of(phrase.parts[2]), place.block)
    elif phrase.rule == "exists_listed":
        which = _Which(None, place.block)
    function = "none" if there.startswith("there is no") else "any"
    return _call(reader, _Asked(function, others, which), place, reader.span(phrase, place)).formula


# --- values ---------------------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """A lookup's parts as phrases."""

    function: str
    others: _Others
    which: _Which | None
    value: object = None
    keys: tuple[Phrase, ...] = ()
    number: Token | Phrase | None = None
    distinct: bool = False


def lookup(reader: Reading, phrase: Phrase, place: Place) -> Value:
    """The value of other records."""
    which: _Which | None = None
    said = phrase
    if phrase.rule in {"lookup_which", "lookup_open"}:
        said = phrase_of(phrase.parts[0])
        condition = phrase.parts[3] if phrase.rule == "lookup_which" else phrase.parts[2]
        which = _Which(phrase_of(condition), place.block)
    others, held = _others(reader, phrase_of(said.parts[-1]), place)
    if which is not None and held is not None:
        raise meaningless(reader.span(phrase, place), "the letter says already which records are meant")
    span = reader.span(phrase, place)
    return _call(reader, _asked(said, others, which or held, span), place, span)


def _asked(said: Phrase, others: _Others, which: _Which | None, span: Span) -> "_Asked":
    keys = next((tuple(phrase_of(one) for one in series(part)) for part in said.parts if type(part) is tuple), ())
    number = next((one for one in said.parts[1:] if isinstance(one, Token) and one.kind == "A_ORDINAL"), None)
    match said.rule:
        case "lookup_reaches":
            amount = phrase_of(said.parts[5])
            return _Asked("reaches", others, which, said.parts[3], (phrase_of(said.parts[1]),), amount)
        case "lookup_count":
            return _Asked("count", others, which)
        case "lookup":
            row = _row(token_of(said.parts[0]).text, span)
            distinct = row == "count distinct"
            return _Asked(row.split()[0], others, which, said.parts[1], distinct=distinct)
    function = {"lookup_first": "earliest", "lookup_last": "latest", "lookup_nth": "nth", "lookup_only": "the"}
    return _Asked(function[said.rule], others, which, said.parts[0], keys, number)


def _row(lead: str, span: Span) -> str:
    """The lookup that a lead such as “the total of” says."""
    for one in LOOKUPS:
        if any(text.startswith(f"{lead} {{value}} among") for text in (one.english, one.of_dates)):
            return one.name
    raise meaningless(span, f"“{lead}” is for groups of records")


def _others(reader: Reading, phrase: Phrase, place: Place) -> tuple[_Others, _Which | None]:
    """The records a phrase names, and the condition that a letter adds to them."""
    if phrase.rule == "crowd_in":
        letter = token_of(phrase.parts[3])
        inner, block = reader.letter(letter, place)
        if inner.rule != "letter_holds" or phrase_of(inner.parts[2]).rule != "holding_crowd":
            raise meaningless(reader.span(letter, place), f"the letter {letter.text} stands for no such records")
        holding = phrase_of(inner.parts[2])
        others, _ = _others(reader, phrase_of(holding.parts[0]), place)
        if others.noun.text != token_of(phrase.parts[1]).text:
            raise meaningless(reader.span(phrase, place), f"{letter.text} holds the {others.noun.text}")
        return others, _Which(phrase_of(holding.parts[2]), block)
    name = token_of(phrase.parts[5]) if phrase.rule == "crowd_named" else None
    same = tuple(phrase_of(one) for one in series(phrase.parts[3]))
    is_other = token_of(phrase.parts[0]).kind == "the other"
    return _Others(token_of(phrase.parts[1]), is_other, same, name), None


# --- both -----------------------------------------------------------------------------------------------------


def _call(reader: Reading, asked: _Asked, place: Place, span: Span) -> Value:
    """The lookup as a formula; with an alias where its text gives a name, or where bare names would mean two things."""
    table = reader.names.records.get(asked.others.noun.text)
    if table is None:
        known = reader.names.records
        fix = offer(asked.others.noun.text, known)
        at = reader.span(asked.others.noun, place)
        raise meaningless(at, f"“{asked.others.noun.text}” are no records of a source", fix)
    noun = reader.names.words.record(table).one
    called = unquoted(asked.others.name.text) if asked.others.name else noun
    given = new_alias(called, noun, place.sight, reader.names)
    if asked.others.name:
        return _read(reader, asked, place, span, Seen(table, called, given))
    try:
        return _read(reader, asked, place, span, Seen(table, called, ""))
    except AliasNeeded as needed:
        if needed.depth != len(place.sight):
            raise
        return _read(reader, asked, place, span, Seen(table, called, given))


def _read(reader: Reading, asked: _Asked, place: Place, span: Span, seen: Seen) -> Value:
    sight = (seen, *place.sight)
    where = None if asked.which is None else _where(reader, asked.which, sight)
    value = None if asked.value is None else reader.value(asked.value, place._replace(sight=sight))
    by = tuple(_key(reader, one, place._replace(sight=sight)) for one in asked.keys)
    own = place.sight[0].table
    links = reader.names.links(seen.table, own)
    entities = tuple(_link(reader, one, links, place) for one in asked.others.same)
    reach = "other" if asked.others.other else "all" if seen.table == own else ""
    use = SetUse(seen.table, reach, seen.alias, entities, where, span, span, by)
    given = None if asked.number is None else _given(reader, asked.number, place)
    formula = Call(asked.function, asked.distinct, None if value is None else value.formula, use, span, span, given)
    is_value = value is not None and asked.function not in {"count", "sum", "average"}
    if value is None or not is_value:
        return Value(formula, None, asked.function in {"any", "none"})
    return value._replace(formula=formula)


def _where(reader: Reading, which: _Which, sight: tuple[Seen, ...]) -> Formula:
    inner = Place(sight, which.block)
    return reader.items(inner)[0] if which.phrase is None else reader.condition(which.phrase, inner)


def _key(reader: Reading, path: Phrase, place: Place) -> Name:
    found = reader.value(Phrase("path_value", (path,), path.start, path.end), place).formula
    if not isinstance(found, Name):
        raise meaningless(reader.span(path, place), "records are put in order by what they have")
    return found


def _link(reader: Reading, phrase: Phrase, links: dict[tuple[str, str], tuple[str, str]], place: Place) -> Same:
    span = reader.span(phrase, place)
    said = token_of(phrase.parts[0]).text, token_of(phrase.parts[2]).text if phrase.rule == "link_as" else ""
    if phrase.rule == "link_as" and token_of(phrase.parts[4]).text != place.sight[0].called:
        fix = f"Write “of the {place.sight[0].called}”."
        raise meaningless(span, "what is the same must be of the record that looks at others", fix)
    if said not in links:
        message = f"these records don't have “{span.text}” in common"
        raise meaningless(span, message, offer(said[0], [one for one, _ in links]))
    name, via = links[said]
    return Same(Name((name,), span), Name((via,), span) if via else None, span)


def _given(reader: Reading, number: Token | Phrase, place: Place) -> Number:
    if isinstance(number, Phrase):
        found = reader.value(number, place).formula
        if not isinstance(found, Number):
            raise meaningless(reader.span(number, place), "a total comes to a number or an amount of money")
        return found
    return literals.number(number.text[: -len("th")].replace(",", ""), reader.span(number, place))
