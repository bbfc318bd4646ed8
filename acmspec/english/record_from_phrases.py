"""Phrases about one record as a formula: what stands where, and what its letters stand for."""

from acmspec.english.conditions_from_phrases import CONDITIONS
from acmspec.english.names import Names
from acmspec.english.phrases import Block, Phrase
from acmspec.english.problems import BAD_LETTER, Unreadable, meaningless
from acmspec.english.reading import Place, phrase_of, token_of
from acmspec.english.sight import Sight, Value
from acmspec.english.values_from_phrases import VALUES
from acmspec.formula.lexer import Token
from acmspec.formula.tree import Formula
from acmspec.ground.source import Span
from acmspec.program.record import Column


class RecordReader:
    """Reads the phrases of one text; remembers which letters were used."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.used: set[tuple[int, str]] = set()

    def span(self, one: "Phrase | Token", place: Place) -> Span:
        """The place of a phrase in the text."""
        return place.block.span(one)

    # --- conditions -----------------------------------------------------------------------------------------

    def condition(self, part: object, place: Place) -> Formula:
        """A condition of one record."""
        phrase = phrase_of(part)
        if phrase.rule not in CONDITIONS:
            raise meaningless(self.span(phrase, place), "this is a condition on a group, and one on a record is needed")
        return CONDITIONS[phrase.rule](self, phrase, place)

    def items(self, place: Place) -> list[Formula]:
        """The items of the line's list as conditions."""
        return [self.said_condition(one, place.sight) for one in place.block.items]

    def said(self, block: Block, sight: Sight) -> Formula:
        """A whole line: a condition, or a value."""
        inner = self.unwrapped(block)
        if inner.rule == "said_condition":
            return self.said_condition(block, sight)
        if inner.rule != "said_value":
            raise meaningless(block.span(inner), "a formula about one record is needed, and this is about a group")
        found = self.value(inner.parts[0], Place(sight, block)).formula
        self.all_used(block)
        return found

    def said_condition(self, block: Block, sight: Sight) -> Formula:
        """A whole line that is a condition, with what its letters stand for."""
        inner = self.unwrapped(block)
        if inner.rule != "said_condition":
            raise meaningless(block.span(inner), "a condition is needed here, and this is a value")
        found = self.condition(inner.parts[0], Place(sight, block))
        self.all_used(block)
        return found

    def unwrapped(self, block: Block) -> Phrase:
        """What a line says, without the “where” behind it."""
        phrase = block.phrase
        return phrase_of(phrase.parts[0]) if phrase.rule == "where" else phrase

    # --- letters --------------------------------------------------------------------------------------------

    def letter(self, token: Token, place: Place) -> tuple[Phrase, Block]:
        """The explanation of a letter, and the line it is."""
        for one in place.block.items if place.block.lead == ", where:" else ():
            inner = phrase_of(one.phrase.parts[1])
            if token_of(inner.parts[0]).text == token.text:
                self.used.add((id(place.block), token.text))
                return inner, one
        message = f"the letter {token.text} is not explained below this line"
        raise Unreadable(BAD_LETTER.at(self.span(token, place), message, label="which?"))

    def all_used(self, block: Block) -> None:
        """Refuse letters that are explained and not used, or explained twice."""
        if block.lead != ", where:":
            return
        seen = set()
        for one in block.items:
            token = token_of(phrase_of(one.phrase.parts[1]).parts[0])
            if token.text in seen or (id(block), token.text) not in self.used:
                wrong = "twice" if token.text in seen else "and not used"
                message = f"the letter {token.text} is explained {wrong}"
                raise Unreadable(BAD_LETTER.at(block.span(token), message, label="here"))
            seen.add(token.text)

    # --- values ---------------------------------------------------------------------------------------------

    def value(self, part: object, place: Place) -> Value:
        """A value of one record."""
        phrase = phrase_of(part)
        if phrase.rule not in VALUES:
            raise meaningless(self.span(phrase, place), "a value of one record is needed here")
        return VALUES[phrase.rule](self, phrase, place)

    def explained(self, token: Token, place: Place) -> Value:
        """The value a letter stands for."""
        inner, block = self.letter(token, place)
        if inner.rule not in {"letter_is", "letter_for_each"}:
            raise meaningless(self.span(token, place), f"the letter {token.text} stands for no value")
        if inner.rule == "letter_for_each" and token_of(inner.parts[2]).text != place.sight[0].called:
            raise meaningless(block.span(token_of(inner.parts[2])), f"{token.text} is a value of another record")
        found = self.value(inner.parts[-1], Place(place.sight, block))
        self.all_used(block)
        return found

    def code(self, column: Column | None, label: str) -> str:
        """The code of a label; the text itself where there is none."""
        return label if column is None else self.names.codes(column).get(label, label)
