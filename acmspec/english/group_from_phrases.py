"""Phrases about a group of records as a formula: aggregates over sets, and calculations with what letters stand for."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from acmspec.english.conditions_from_phrases import own_window
from acmspec.english.elsewhere_from_phrases import DECIDED, ELSEWHERE, aggregate_of, each, is_parts
from acmspec.english.names import Names, SetNamed
from acmspec.english.phrases import Block, Phrase
from acmspec.english.problems import meaningless
from acmspec.english.reading import Place, phrase_of, token_of, word_of
from acmspec.english.record_from_phrases import RecordReader
from acmspec.english.sight import Seen, words_of
from acmspec.english.spelling import LITERALS
from acmspec.formula import literals
from acmspec.formula.lexer import Token
from acmspec.formula.tree import Active, Binary, Call, Dated, Formula, Name, Negative, Not, OpenOn, OutOf, SetUse
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span

_SUMS = {"plus": "+", "minus": "-", "multiplied by": "*", "divided by": "/"}

_HOLDING = {"holding": "members_which", "holding_that": "members_that", "holding_all": "members"}
"""What a letter holds, as the set that it is."""


class _Members(NamedTuple):
    """A set, the condition that narrows it, and how its records come into the period, as far as these are said."""

    found: SetNamed
    where: Formula | None
    span: Span
    placed: Dated | OpenOn | Active | None = None


class GroupReader:
    """Reads the phrases of one text about groups; what looks elsewhere, goes by parts or decides is read beside it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.records = RecordReader(names)

    def line(self, block: Block) -> Formula:
        """A whole text."""
        inner = self.records.unwrapped(block)
        is_condition = inner.rule == "said_condition"
        found = self.condition(inner.parts[0], block) if is_condition else self.group(inner.parts[0], block)
        self.records.all_used(block)
        return found

    def condition(self, part: object, block: Block) -> Formula:
        """A condition on a group."""
        phrase = phrase_of(part)
        if phrase.rule not in DECIDED:
            raise meaningless(block.span(phrase), "this is a condition on one record, and one on a group is needed")
        return DECIDED[phrase.rule](self, phrase, block)

    def group(self, part: object, block: Block) -> Formula:
        """A value of a group."""
        phrase = phrase_of(part)
        if phrase.rule in LITERALS:
            return LITERALS[phrase.rule](phrase, block.span(phrase))
        read = _GROUPS.get(phrase.rule) or ELSEWHERE.get(phrase.rule)
        if read is None:
            raise meaningless(block.span(phrase), "this is a value of one record, and a number for a group is needed")
        return read(self, phrase, block)

    def explained(self, token: Token, block: Block) -> Formula:
        """What a letter of a calculation stands for."""
        inner, item = self.records.letter(token, Place((), block))
        if inner.rule != "letter_is":
            raise meaningless(block.span(token), f"the letter {token.text} stands for no value of a group")
        found = self.group(inner.parts[2], item)
        self.records.all_used(item)
        return found

    # --- sets -----------------------------------------------------------------------------------------------

    def members(self, part: object, block: Block) -> _Members:
        """The set an aggregate is over."""
        phrase = phrase_of(part)
        span = block.span(phrase)
        if is_parts(phrase):
            raise meaningless(span, "records are needed here, and these are parts of a period or groups")
        if phrase.rule == "members_in":
            return self._held(phrase, block)
        set_said = phrase_of(phrase.parts[0])
        word = token_of(set_said.parts[0])
        found = self._set(word, block.span(word))
        placed = self._placed(set_said, self.place(found, block))
        if phrase.rule == "members_that":
            verb = token_of(phrase.parts[2])
            says = self.names.says_many.get(verb.text)
            if says is None or says.table != found.table:
                raise meaningless(block.span(verb), f"“{verb.text}” is not said of {word.text}")
            name = Name((says.name,), block.span(verb))
            return _Members(found, Not(name, name.span) if says.negated else name, span, placed)
        if phrase.rule == "members_which":
            return _Members(found, self.records.condition(phrase.parts[2], self.place(found, block)), span, placed)
        return _Members(found, None, span, placed)

    def _placed(self, phrase: Phrase, place: Place) -> Dated | OpenOn | Active | None:
        """How the records of a set come into the period, where it is said."""
        span = place.block.span(phrase)
        match phrase.rule:
            case "dated":
                return Dated(self.records.value(phrase.parts[2], place).formula, span)
            case "placed_open":
                return OpenOn(self.records.value(phrase.parts[2], place).formula, span)
            case "placed_active":
                return Active(own_window(self.records, phrase_of(phrase.parts[2]), place), span)
        return None

    def _held(self, phrase: Phrase, block: Block) -> _Members:
        """`the Leavers in S`, where S is explained below."""
        letter, word = token_of(phrase.parts[3]), token_of(phrase.parts[1])
        inner, item = self.records.letter(letter, Place((), block))
        holding = phrase_of(inner.parts[2]) if inner.rule == "letter_holds" else inner
        rule = _HOLDING.get(holding.rule, "")
        if not rule or token_of(phrase_of(holding.parts[1]).parts[0]).text != word.text:
            raise meaningless(block.span(phrase), f"the letter {letter.text} doesn't hold {word.text}")
        found = self.members(holding._replace(rule=rule, parts=holding.parts[1:]), item)
        self.records.all_used(item)
        return found._replace(span=block.span(phrase))

    def _set(self, word: Token, span: Span) -> SetNamed:
        found = self.names.sets.get(word.text)
        if found is None:
            fix = offer(word.text, self.names.sets)
            raise meaningless(span, f"“{word.text}” is not what a set of records is called", fix)
        return found

    @staticmethod
    def place(found: SetNamed, block: Block) -> Place:
        """A place for what is said of one member."""
        return Place((Seen(found.table, found.one, ""),), block)

    def called(
        self, function: str, members: _Members, span: Span, weight: Formula | None = None, **more: object
    ) -> Formula:
        """An aggregate over a set."""
        use = SetUse(
            members.found.name, "", "", (), members.where, members.span, members.span, (), members.placed, weight
        )
        parts = {"distinct": False, "expression": None, "given": None} | more
        return Call(function=function, over=use, span=span, function_span=span, **parts)  # type: ignore[arg-type]  # each part has the type of its field


Read = Callable[[GroupReader, Phrase, Block], Formula]


def _count(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    return reader.called("count", reader.members(phrase.parts[1], block), block.span(phrase))


def _aggregate(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    lead = token_of(phrase.parts[0])
    members = reader.members(phrase.parts[-1], block)
    value = reader.records.value(phrase.parts[1], reader.place(members.found, block)).formula
    row = aggregate_of(lead, block)
    weight = None
    if phrase.rule == "weighted":
        weight = reader.records.value(phrase.parts[3], reader.place(members.found, block)).formula
    distinct = row == "count distinct"
    return reader.called(row.split()[0], members, block.span(phrase), weight, expression=value, distinct=distinct)


def _percentile(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    members = reader.members(phrase.parts[5], block)
    value = reader.records.value(phrase.parts[3], reader.place(members.found, block)).formula
    place = token_of(phrase.parts[1])
    given = literals.number(place.text[:-2].replace(",", ""), block.span(place))
    return reader.called("percentile", members, block.span(phrase), expression=value, given=given)


def _share(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    if is_parts(phrase.parts[-3]):
        return each(reader, "share", phrase.parts[-1], phrase.parts[-3], phrase, block)
    members = reader.members(phrase.parts[-3], block)
    place = reader.place(members.found, block)
    weight = reader.records.value(phrase.parts[1], place).formula if phrase.rule == "weighted_share" else None
    condition = reader.records.condition(phrase.parts[-1], place)
    return reader.called("share", members, block.span(phrase), weight, expression=condition)


def _arithmetic(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    left, right = (reader.group(phrase.parts[at], block) for at in (0, 2))
    word = word_of(phrase.parts[1])
    if word == "out of":
        return OutOf(left, right, block.span(phrase))
    return Binary(_SUMS[word], left, right, block.span(phrase))


def _negative(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    return Negative(reader.group(phrase.parts[1], block), block.span(phrase))


def _term(reader: GroupReader, phrase: Phrase, block: Block) -> Formula:
    words = words_of(phrase_of(phrase.parts[0]))
    name = reader.names.group_terms.get(words[0].text)
    if name is None or len(words) > 1:
        message = f"“{block.span(phrase).text}” is no number that is defined for a group"
        raise meaningless(block.span(phrase), message, offer(words[0].text, reader.names.group_terms))
    return Name((name,), block.span(phrase))


_GROUPS: Mapping[str, Read] = {
    "count": _count,
    "aggregate": _aggregate,
    "weighted": _aggregate,
    "weighted_share": _share,
    "percentile": _percentile,
    "share": _share,
    "arithmetic": _arithmetic,
    "negative": _negative,
    "path_value": _term,
    "letter": lambda reader, phrase, block: reader.explained(token_of(phrase.parts[0]), block),
    "bracketed": lambda reader, phrase, block: reader.group(phrase.parts[1], block),
}
