"""Tokens of an English text, longest match first among what may follow the token before; it must not know meanings."""

import re
from dataclasses import replace
from functools import cache
from string import ascii_uppercase

from acmspec.english.habits import instead
from acmspec.english.lexicon import (
    DATE,
    DEFINE,
    ENDS,
    LETTER,
    MOMENT,
    MONEY,
    NUMBER,
    ORDINAL,
    PERIOD,
    TEXT,
    Lexicon,
    may_follow,
)
from acmspec.english.marks import place_of
from acmspec.english.typed import Text, as_typed
from acmspec.formula.lexer import END, Token
from acmspec.ground.calendar import MONTHS
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import nearest
from acmspec.ground.pattern import pattern

UNKNOWN_WORD = Problem(
    "ACM250",
    "a word that can't stand here",
    "The English of a formula is made of fixed phrases, the words that the contract declares, and values.",
    "Use the words of the contract as they are declared, with their capitals.",
    "A condition must be written in the words that this Agreement defines.",
)
PROBLEMS = (UNKNOWN_WORD,)

MARK = "mark"
"""The kind of a token that is the mark of an item; its text is the mark without brackets."""

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
SHAPES = (
    (DATE, pattern(rf"(?:{'|'.join(MONTHS)}) [0-9]{{1,2}}, [0-9]{{1,4}}(?!\w)")),
    (MOMENT, pattern(rf"(?:{'|'.join(MONTHS)}) [0-9]{{1,2}}, [0-9]{{1,4}}, [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?!\w)")),
    (PERIOD, pattern(r"(?:[0-9]{4}-(?:Q[1-4]|[0-9]{2})|FY[0-9]{4}(?:-Q[1-4])?)(?![\w-])")),
    (ORDINAL, pattern(rf"{_DIGITS}(?:st|nd|rd|th)(?!\w)")),
    (MONEY, pattern(rf"-?(?:\$|[A-Z]{{3}} ){_DIGITS}(?!\w)")),
    (NUMBER, pattern(rf"-?{_DIGITS}(?!\w)")),
    (LETTER, pattern(r"[A-Z](?!\w)")),
    (TEXT, pattern(r"“[^“”]*”|\"[^\"]*\"|'[^']*'")),
)
STARTS = frozenset(f"0123456789-$“\"'{ascii_uppercase}")
"""The characters that a token with a shape begins with; months have a capital."""
_MARK = pattern(r"\(([a-hivA-H1-8]{1,4})\)(?= )")
_NAMED = pattern(r"\((?:each called )?“([^“”]+)”\)")
_WORD = pattern(r"\w+|\S")


def tokens(text: Text, lexicon: Lexicon) -> tuple[list[Token], Diagnostic | None]:
    """The tokens of a text, with an end token, and the first thing that is none. Places are those in the plain text."""
    text = replace(text, plain=as_typed(text.plain, lexicon.characters))
    known = lexicon.with_words(_NAMED.findall(text.plain))
    found: list[Token] = []
    explains: list[bool] = []
    at, before, starts = 0, END, True
    while at < len(text.plain):
        if text.plain[at] == " ":
            at += 1
            continue
        one = _token(text.plain, at, before, known, first=starts or found[-1].kind == MARK)
        if one is None:
            return found, _refusal(text, at, before, known)
        leads = found[-1].kind if found else ""
        found.append(one)
        starts = starts and one.kind == "("  # a sentence starts behind the brackets that it opens with
        at, before = one.end, one.kind if one.kind != MARK else _behind_mark(one, leads, explains)
    found.append(Token(END, "", at, at))
    return found, None


def _behind_mark(mark: Token, leads: str, explains: list[bool]) -> str:
    """What stands behind a mark: it starts a line anew, one below “where:” explains a letter.

    `explains` says it of the list at each depth that the mark stands in, and is kept up to date.
    """
    depth = (place_of(mark.text) or (0, 0))[0]
    del explains[depth + 1 :]
    if len(explains) <= depth:
        explains.append(leads == ", where:")
    return DEFINE if explains[-1] else END


def _token(text: str, at: int, before: str, known: Lexicon, *, first: bool) -> Token | None:
    allowed = may_follow(before)
    best: Token | None = None
    mark = _MARK.match(text, at)
    if mark and before.endswith((":", *ENDS)) and place_of(mark.group(1)):
        return Token(MARK, mark.group(1), at, mark.end())
    for kind, shape in SHAPES:
        match = shape.match(text, at) if kind in allowed else None
        if match and (best is None or match.end() > best.end):
            best = Token(kind, match.group(), at, match.end())
    lowered = text[:at] + text[at].lower() + text[at + 1 :] if first else text
    for read in dict.fromkeys((text, lowered)):
        for one in known.starting(read, at):
            if one.kind in allowed and (best is None or at + len(one.text) > best.end):
                best = Token(one.kind, one.text, at, at + len(one.text))
    if best is None:
        # What ends an item ends it everywhere, so that a sentence that breaks off is seen to do so.
        end = next((one for one in sorted(ENDS, key=len, reverse=True) if text.startswith(one, at)), "")
        best = Token(end, end, at, at + len(end)) if end else None
    return best


def _refusal(text: Text, at: int, before: str, known: Lexicon) -> Diagnostic:
    word = _WORD.match(text.plain, at)
    end = word.end() if word else at + 1
    allowed = may_follow(before)
    if any(True for _ in known.starting(text.plain, at)) or _is_shaped(text.plain, at):
        message = f"“{text.plain[at:end]}” can't stand here"
    else:
        message = f"“{text.plain[at:end]}” is no word of the contract's English here"
    some = [one.text for one in known.entries if one.kind in allowed and len(one.text) > 1]
    close = nearest(_phrase(text.plain, at), some)
    habit = instead(text.plain, at)
    is_other = close[:1].isupper() and text.plain[at : at + 1].islower()
    # A word in small letters is rather one of other contracts than a declared one.
    fix = f"Did you mean “{close}”?" if close and not (is_other and habit) else habit
    return UNKNOWN_WORD.at(text.span(at, end), message, label="not understood", fix=fix)


def _is_shaped(text: str, at: int) -> bool:
    return any(shape.match(text, at) for _, shape in SHAPES)


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(r" (?:is|are|for|of|that|and|or|in|after|before|across|among) |[,;:.()“]")


def _phrase(text: str, at: int) -> str:
    """The words from a place to the next small one, which may be a misspelt phrase."""
    stop = _stop().search(text, at)
    return text[at : stop.start() if stop else len(text)]
