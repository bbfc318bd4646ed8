"""A text as it was typed, made plain: blanks, quotes, dashes and what can't be seen; it must not know any word.

Word processors put other signs for those that are typed; that is no other wording.
"""

import unicodedata

from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Source, Span

_CANONICAL = pattern(r"“[^“”]*”")
_STRAIGHT = pattern(r"\"[^\"]*\"|'[^'\s][^']*'")
_OTHERS = pattern(r"„[^“”„]*[“”]|”[^“”]*”|“[^“”]*“|«[^»]*»|»[^«]*«|‘[^‘’]*’(?!\w)")
_IN_QUOTES = pattern(r"“[^“”]*”|\"[^\"]*\"|'[^'\s][^']*'")
_SIGN = pattern(r"[‐‑’]|[−–](?=[0-9])")
_TYPED = {"‐": "-", "‑": "-", "−": "-", "–": "-", "’": "'"}
"""Hyphens, signs of minus and apostrophes that word processors put, and what is typed for each."""
_CLOSED_BY = {"“": "”“", '"': '"', "'": "'", "„": "“”", "”": "”", "«": "»", "»": "«", "‘": "’"}
"""The signs that can close what each of them opens."""
_BREAKS = "\n\r\v\f\u2028"


@node
class Text:
    """A text with single blanks outside its quotes; `places` say where each of its characters stands in the source."""

    source: Source
    plain: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The place in the source of a part of the text."""
        last = self.places[max(start, min(end, len(self.plain)) - 1)] if self.plain else 0
        first = self.places[min(start, len(self.plain) - 1)] if self.plain else 0
        return Span(self.source, first, last + 1 if self.plain else 0)


def straightened(source: Source) -> Text:
    """The text of a source with single blanks outside quotes, and one kind of quotes."""
    characters: list[str] = []
    places: list[int] = []
    at, text = 0, source.text
    ends = {sign: max(map(text.rfind, closing)) for sign, closing in _CLOSED_BY.items()}
    while at < len(text):
        # What nothing closes is not looked through to the end of the text again and again.
        opens = ends.get(text[at], -1) > at and not (at and text[at - 1].isalnum())
        quoted = _quoted(text, at) if opens else ""
        if quoted:
            for one, place in _inside(quoted, at):
                characters.append(one)
                places.append(place)
            at += len(quoted)
            continue
        if text[at].isspace():
            if characters and characters[-1] != " ":
                characters.append(" ")
                places.append(at)
        elif not _is_unseen(text[at]):
            characters.append(text[at])
            places.append(at)
        at += 1
    if characters and characters[-1] == " ":
        del characters[-1], places[-1]
    return Text(source, "".join(characters), tuple(places))


def as_typed(plain: str, known: frozenset[str] = frozenset()) -> str:
    """A plain text with typed signs outside its quotes; a sign that known words have stays as it is."""
    found, at = "", 0
    for quoted in (*_IN_QUOTES.finditer(plain), None):
        end = len(plain) if quoted is None else quoted.start()
        found += _SIGN.sub(lambda one: one.group() if one.group() in known else _TYPED[one.group()], plain[at:end])
        if quoted is not None:
            found, at = found + quoted.group(), quoted.end()
    return found


def _quoted(text: str, at: int) -> str:
    found = _CANONICAL.match(text, at) or _STRAIGHT.match(text, at) or _OTHERS.match(text, at)
    return found.group() if found else ""


def _inside(quoted: str, at: int) -> list[tuple[str, int]]:
    """A quoted text in curly quotes, where it holds none itself; a line that ends in it goes on after one blank."""
    inner, curly = quoted[1:-1], "“" not in quoted[1:-1] and "”" not in quoted[1:-1]
    first, last = ("“", "”") if curly else (quoted[0], quoted[-1])
    found = [(first, at)]
    for place, one in enumerate(inner, at + 1):
        if one not in _BREAKS:
            found.append((one, place))
        elif found[-1][0] != " ":
            found.append((" ", place))
    broken = any(one in inner for one in _BREAKS)
    kept = [pair for before, pair in zip([None, *found], found, strict=False) if not _doubled(before, pair, broken)]
    return [*kept, (last, at + len(quoted) - 1)]


def _doubled(before: tuple[str, int] | None, one: tuple[str, int], broken: bool) -> bool:
    """Whether a blank is of the indentation behind a line that ends in a quoted text."""
    return broken and one[0] in " \t" and before is not None and before[0] == " "


def _is_unseen(character: str) -> bool:
    """Whether a character only says where a line may break or which way text runs."""
    return unicodedata.category(character) == "Cf"
