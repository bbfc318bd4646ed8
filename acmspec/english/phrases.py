"""A text as a tree of phrases: its lines by their marks, each line by the grammar; it must not know what they mean."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from acmspec.english.habits import instead
from acmspec.english.lexer import MARK, tokens
from acmspec.english.lexicon import DEFINE, ENDS, Lexicon, grammar
from acmspec.english.marks import place_of
from acmspec.english.typed import Text, straightened
from acmspec.formula.lalr import Part, Refusal, TooDeep, run
from acmspec.formula.lexer import END, Token
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Outcome, Problem
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Source, Span

MAX_CHARACTERS = 20_000
MAX_DEPTH = 60

TOO_LONG = Problem(
    "ACM251",
    "a text that is too long to be a formula",
    f"The English of a formula has at most {MAX_CHARACTERS:,} characters.",
    "Give the text of one formula only, and name parts of it under `definitions`.",
    "A condition must be short enough to be read and agreed.",
)
NO_SENTENCE = Problem(
    "ACM252",
    "a sentence that breaks off or goes on wrongly",
    "The English of a formula is built in one way only, so that it has one meaning.",
    "Build the sentence as the clauses do: `acmspec formula … --to english` shows how a formula reads.",
    "A condition must be written as one complete sentence.",
)
BAD_LIST = Problem(
    "ACM253",
    "a list that doesn't fit its lead",
    "A list is led to by a phrase with a colon. Its items are marked (a), (b), (c), in order; the last but one says "
    "whether they are joined by “and” or by “or”.",
    "Mark the items in order, level by level: (a), then (i), then (A), then (1).",
    "The items of a list must be numbered in order, and joined as their lead says.",
)
NESTED = Problem(
    "ACM254",
    "a text that is nested too deep",
    "Brackets inside brackets can't be followed by a reader.",
    "Name parts of the formula under `definitions`.",
    "A condition must be short enough to be read and agreed.",
)
PROBLEMS = (TOO_LONG, NO_SENTENCE, BAD_LIST, NESTED)


class Phrase(NamedTuple):
    """One phrase: the name of its rule, its parts, and its place in the plain text."""

    rule: str
    parts: "tuple[Phrase | Token | Series, ...]"
    start: int
    end: int


Series = tuple["Phrase | Token", ...]
"""Phrases of one kind in a row."""


@node
class Block:
    """A line and the items it leads to; `lead` is the phrase with a colon it ends in, "" if it has no items."""

    phrase: Phrase
    lead: str
    items: "tuple[Block, ...]"
    text: Text

    def span(self, one: "Phrase | Token") -> Span:
        """The place of one of its phrases in the source."""
        return self.text.span(one.start, one.end)


JOINTS = {
    "all of the following are true:": "and",
    "at least one of the following is true:": "or",
    "both or neither of the following are true:": "and",
    "exactly one of the following is true:": "or",
    "the following is true:": "and",
    ", where:": "and",
}
"""The phrases that lead to a list, and what joins its items."""


@node
class _Line:
    depth: int
    mark: Token | None
    tokens: tuple[Token, ...]
    end: Token


def parse(source: Source, lexicon: Lexicon) -> Outcome[Block]:
    """The phrases of a text; one problem a text, because what follows a slip is guesswork."""
    if len(source.text) > MAX_CHARACTERS:
        message = f"this text has {len(source.text):,} characters"
        return Outcome(None, (TOO_LONG.at(Span(source, 0, len(source.text)), message, label="too long"),))
    text = straightened(source)
    found, wrong = tokens(text, lexicon)
    if wrong is not None:
        return Outcome(None, (_numbered(found, text, wrong.place) or wrong,))
    if len(found) == 1:
        message = "there is no text"
        return Outcome(None, (NO_SENTENCE.at(Span(source, 0, len(source.text)), message, label="nothing here"),))
    try:
        lines = list(_lines(found))
        return Outcome(_whole(lines, text))
    except _Wrong as refused:
        return Outcome(None, (refused.diagnostic,))


_NUMBER_BEFORE = pattern(r"(?:\(?[0-9]+(?:\.[0-9]+)*[.)]?|\(?[A-Za-z][.)]|[•·▪◦*-]|§ ?[0-9.]+) ")


def _numbered(found: Sequence[Token], text: Text, place: Span | DataPlace | None) -> Diagnostic | None:
    """What to say of a sentence or an item that starts as word processors number them; None if this one doesn't."""
    before = _NUMBER_BEFORE.match(text.plain)
    if before is not None and all(one.end <= before.end() for one in found):
        message, fix = "a formula starts with its sentence", "Leave the number or mark before it out."
        return NO_SENTENCE.at(text.span(0, before.end() - 1), message, label="not a part of it", fix=fix)
    if found and (found[-1].kind in JOINTS or found[-1].kind in ENDS):
        fix = "Mark items (a), (b), (c), those below them (i), (ii); bullets and numbers don't say how deep they lie."
        return BAD_LIST.at(place, "an item starts here, and has no mark", label="here", fix=fix)
    return None


def _whole(lines: Sequence[_Line], text: Text) -> Block:
    block, rest = _block(lines, 0, text, defines=False)
    if rest != len(lines):
        raise _Wrong(_misplaced(lines[rest], text))
    _check_joints(lines, text, block)
    return block


class _Wrong(Exception):  # noqa: N818  (a message on its way to the door, not an error of the program)
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


# --- lines and lists --------------------------------------------------------------------------------------


def _lines(found: Sequence[Token]) -> Iterator[_Line]:
    """The text cut at its marks: each line with its depth, its tokens without mark and end, and how it ends."""
    depth, mark, some = -1, None, list[Token]()
    for at, one in enumerate(found):
        if one.kind == MARK:
            place = place_of(one.text)
            yield _Line(depth, mark, tuple(some), found[at - 1] if at else one)
            depth, mark, some = place[0] if place else 0, one, []
        elif one.kind in ENDS:
            following = found[at + 1].kind
            if following not in {MARK, END}:
                some.append(one)
        elif one.kind != END:
            some.append(one)
    yield _Line(depth, mark, tuple(some), found[-2])


def _block(lines: Sequence[_Line], at: int, text: Text, *, defines: bool) -> tuple[Block, int]:
    """The line at a place with all lines below it, and the place of the next."""
    own = lines[at]
    phrase = _phrase(own, text, defines=defines)
    lead = own.tokens[-1].kind if own.tokens[-1].kind in JOINTS else ""
    for one in own.tokens[:-1]:
        if one.kind in JOINTS:
            raise _Wrong(_list_fault(text.span(one.start, one.end), "a list stands at the end of its line"))
    items = list[Block]()
    at += 1
    while at < len(lines) and lines[at].depth == own.depth + 1:
        mark = lines[at].mark
        place = place_of(mark.text) if mark else None
        if mark and (place is None or place[1] != len(items) + 1):
            message = f"the mark “({mark.text})” is not the next one of its list"
            raise _Wrong(_list_fault(text.span(mark.start, mark.end), message))
        item, at = _block(lines, at, text, defines=lead == ", where:")
        items.append(item)
    if bool(lead) is not bool(items) or (
        items and (lead == "the following is true:") is not (len(items) == 1) and lead != ", where:"
    ):
        last = own.tokens[-1]
        message = "this leads to no list" if not items else "this doesn't lead to such a list"
        raise _Wrong(_list_fault(text.span(last.start, last.end), message))
    return Block(phrase, lead, tuple(items), text), at


def _misplaced(line: _Line, text: Text) -> Diagnostic:
    mark = line.mark or line.tokens[0]
    return _list_fault(
        text.span(mark.start, mark.end), f"the mark “({mark.text})” belongs to no list that is open here"
    )


def _list_fault(span: Span, message: str) -> Diagnostic:
    return BAD_LIST.at(span, message, label="list")


def _check_joints(lines: Sequence[_Line], text: Text, block: Block) -> None:
    """Hold the ends of lines against what the leads say: `;`, the joint before the last item, the full stop."""
    wanted = [*_ends(block, ".")]
    for line, end in zip(lines, wanted, strict=True):
        given = line.end.kind if line.end.kind in ENDS else ""
        if end and given != end and not (end == "." and not given):
            shown = f"“{given}”" if given else "nothing"
            message = f"the item ends with {shown}, and its list needs “{end}” there"
            raise _Wrong(_list_fault(text.span(line.end.start, line.end.end), message))


def _ends(block: Block, end: str) -> Iterator[str]:
    yield "" if block.items else end
    joint = JOINTS.get(block.lead, "and")
    for at, item in enumerate(block.items, 1):
        behind = len(block.items) - at
        yield from _ends(item, end if not behind else f"; {joint}" if behind == 1 else ";")


def series(part: "Phrase | Token | Series") -> Series:
    """Phrases in a row, also where there is only one."""
    return part if type(part) is tuple else (part,)  # type: ignore[return-value]  # a phrase is a tuple with a class of its own


# --- one line ---------------------------------------------------------------------------------------------


def _phrase(line: _Line, text: Text, *, defines: bool) -> Phrase:
    found = [*line.tokens]
    start = line.mark.end if line.mark else 0
    if not found:
        span = text.span(start, start + 1) if line.mark is None else text.span(line.mark.start, line.mark.end)
        raise _Wrong(NO_SENTENCE.at(span, "there is no text here", label="nothing here"))
    if defines:
        found.insert(0, Token(DEFINE, "", start, start))
    found.append(Token(END, "", found[-1].end, found[-1].end))
    result = run(found, _build, MAX_DEPTH, grammar())
    if isinstance(result, TooDeep):
        span = text.span(result.start, result.end)
        raise _Wrong(NESTED.at(span, f"more than {MAX_DEPTH} levels are nested here", label="too deep"))
    if isinstance(result, Refusal):
        raise _Wrong(_refused(found, result, text))
    return result.value if isinstance(result.value, Phrase) else Phrase("", (), 0, 0)


def _build(rule: str, parts: list[Part]) -> object:
    """A phrase of each rule; lists become series."""
    values = tuple(one.value for one in parts)
    if rule in {"first_item", "first_word"}:
        return values
    if rule in {"next_item", "next_word"}:
        return (*values[0], values[-1])  # type: ignore[misc]  # the first part of such a rule is the series so far
    return Phrase(rule, values, parts[0].start, parts[-1].end)  # type: ignore[arg-type]  # phrases, tokens, series


def _refused(found: Sequence[Token], refusal: Refusal, text: Text) -> Diagnostic:
    token = found[refusal.at]
    if token.kind == END:
        before = found[refusal.at - 1]
        span, message = text.span(before.start, before.end), f"the sentence breaks off after “{before.text}”"
    else:
        span, message = text.span(token.start, token.end), f"“{token.text}” doesn't fit here"
    expected = sorted(one for one in refusal.expected if not one.startswith(("A_", "$")))
    few = 6
    fix = "" if token.kind == END else instead(text.plain, token.start)
    if not fix and 0 < len(expected) <= few:
        fix = f"What can stand here: {', '.join(f'“{one}”' for one in expected)}."
    return NO_SENTENCE.at(span, message, label="here", fix=fix)
