"""A small driver for LALR(1) tables with soft keywords; it must not know what the rules mean.

It keeps its own stack, so no nesting of the input can exhaust Python's.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from acmspec.formula.lexer import END, NAME, RESERVED, Token

_FLAT = frozenset({"next_item", "next_entity", "next_word", "path", "path_of", "sliced"})
"""Rules that make a list longer, not a tree deeper."""
_LOOK_AHEAD = 2
"""How many further tokens decide between a keyword and a name where the grammar takes both."""


class Tables(NamedTuple):
    """The compiled grammar.

    `actions[state]` maps a symbol to the state to go to, or to -1 - the number of the rule to reduce. `words` maps
    a keyword's first word to the keywords that start with it, longest first, each split into words. `follows`, for the
    grammars that need it, says which terminals may come after a terminal; the end stands for the start as well.
    """

    accept: int
    rules: tuple[tuple[str, int, str], ...]
    actions: tuple[dict[str, int], ...]
    words: dict[str, tuple[tuple[str, ...], ...]]
    follows: dict[str, frozenset[str]]


class Part(NamedTuple):
    """What a symbol on the stack became, the range it covers, and how deep its tree is."""

    value: object
    start: int
    end: int
    depth: int


class Reading(NamedTuple):
    """One way to take a token: as what terminal, and the index of the token behind it."""

    kind: str
    end: int


class Refusal(NamedTuple):
    """Where parsing broke off: the index of the token, and the terminals that could have stood there."""

    at: int
    expected: frozenset[str]


class TooDeep(NamedTuple):
    """A part nested deeper than allowed, by its range."""

    start: int
    end: int


Build = Callable[[str, list[Part]], object]
"""Makes the value of a rule's alias from its parts; for a token the part's value is the `Token`."""


def tables() -> Tables:
    """The compiled grammar of formulas."""
    return compiled(Path(__file__).with_name("tables.json"))


@cache
def compiled(path: Path) -> Tables:
    """A compiled grammar, as tools/build_grammar.py writes it."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    symbols = raw["symbols"]
    words: dict[str, list[tuple[str, ...]]] = {}
    for keyword in raw["keywords"]:
        if keyword[0].isalpha():
            split = tuple(keyword.split())
            words.setdefault(split[0], []).append(split)
    return Tables(
        accept=raw["accept"],
        rules=tuple((symbols[left], size, alias) for left, size, alias in raw["rules"]),
        actions=tuple({symbols[row[at]]: row[at + 1] for at in range(0, len(row), 2)} for row in raw["actions"]),
        words={first: tuple(sorted(some, key=len, reverse=True)) for first, some in words.items()},
        follows={symbols[row[0]]: frozenset(symbols[at] for at in row[1:]) for row in raw.get("follows", ())},
    )


def run(tokens: Sequence[Token], build: Build, deepest: int, grammar: Tables | None = None) -> Part | Refusal | TooDeep:
    """Parse tokens that end with an end token; what the start symbol became, or why not. For formulas unless said."""
    grammar = grammar or tables()
    states = [0]
    parts: list[Part] = []
    at = 0
    while True:
        kind, end = _read(grammar, states, tokens, at)
        action = grammar.actions[states[-1]].get(kind)
        if kind == END and states[-1] == grammar.accept:
            return parts[-1]
        if action is None:
            return Refusal(at, _expected(grammar, states))
        if action >= 0:
            states.append(action)
            parts.append(_taken(tokens[at:end]))
            at = end
            continue
        left, size, alias = grammar.rules[-1 - action]
        made = _made(build, alias, parts[-size:])
        if made.depth > deepest:
            return TooDeep(made.start, made.end)
        del parts[-size:], states[-size:]
        parts.append(made)
        states.append(grammar.actions[states[-1]][left])


def _taken(tokens: Sequence[Token]) -> Part:
    first, last = tokens[0], tokens[-1]
    if first is last:
        return Part(first, first.start, first.end, 0)
    text = " ".join(token.text for token in tokens)
    return Part(Token(first.kind, text, first.start, last.end), first.start, last.end, 0)


def _made(build: Build, alias: str, parts: list[Part]) -> Part:
    if not alias:
        return parts[0]
    value = build(alias, parts)
    depth = max(part.depth for part in parts) + (alias not in _FLAT)
    return Part(value, parts[0].start, parts[-1].end, depth)


def _read(grammar: Tables, states: list[int], tokens: Sequence[Token], at: int) -> Reading:
    """What the token at hand is, a keyword or a name, and of how many raw tokens."""
    token = tokens[at]
    if token.kind != NAME:
        return Reading(token.kind, at + 1)
    if token.text not in grammar.words:
        return Reading(token.text if token.text in RESERVED else NAME, at + 1)
    actions = grammar.actions[states[-1]]
    possible = [one for one in _readings(grammar, tokens, at) if one.kind in actions]
    for reading in possible if len(possible) > 1 else ():
        if _goes_on(grammar, states, tokens, reading, _LOOK_AHEAD):
            return reading
    # Where no reading goes on, the keyword makes the better message.
    return possible[0] if possible else Reading(token.text if token.text in RESERVED else NAME, at + 1)


def _readings(grammar: Tables, tokens: Sequence[Token], at: int) -> list[Reading]:
    """What a token may be: for a word each keyword that starts here, the longest first, then a name."""
    token = tokens[at]
    if token.kind != NAME:
        return [Reading(token.kind, at + 1)]
    found = [
        Reading(" ".join(split), at + len(split))
        for split in grammar.words.get(token.text, ())
        if tuple(one.text for one in tokens[at : at + len(split)]) == split
    ]
    return found if token.text in RESERVED else [*found, Reading(NAME, at + 1)]


def _goes_on(grammar: Tables, states: list[int], tokens: Sequence[Token], reading: Reading, ahead: int) -> bool:
    """Whether a reading of the word at hand lets the tokens behind it be read, `ahead` of them."""
    after = _shifted(grammar, states, reading.kind)
    if after is None or ahead == 0 or reading.kind == END:
        return after is not None
    return any(_goes_on(grammar, after, tokens, one, ahead - 1) for one in _readings(grammar, tokens, reading.end))


def _shifted(grammar: Tables, states: list[int], kind: str) -> list[int] | None:
    """The states after shifting a terminal, with all reductions before it; None if it can't stand here."""
    now = list(states)
    while True:
        if kind == END and now[-1] == grammar.accept:
            return now
        action = grammar.actions[now[-1]].get(kind)
        if action is None:
            return None
        if action >= 0:
            now.append(action)
            return now
        left, size, _ = grammar.rules[-1 - action]
        del now[-size:]
        now.append(grammar.actions[now[-1]][left])


def _expected(grammar: Tables, states: list[int]) -> frozenset[str]:
    """The terminals that could stand next."""
    inner = {left for left, _, _ in grammar.rules}
    some = [kind for kind in grammar.actions[states[-1]] if kind not in inner]
    return frozenset(kind for kind in some if _shifted(grammar, states, kind) is not None)
