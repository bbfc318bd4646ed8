"""What random formulas are made of: every node of a formula, every word of the grammar, every phrase of English."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest

from acmspec.english import phrases
from acmspec.english.conditions_from_phrases import CONDITIONS
from acmspec.english.elsewhere_from_phrases import DECIDED, ELSEWHERE
from acmspec.english.from_program import spoken
from acmspec.english.from_text import read
from acmspec.english.group_from_phrases import _GROUPS
from acmspec.english.lexicon import grammar, keywords
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.phrases import Block, Phrase
from acmspec.english.values_from_phrases import VALUES
from acmspec.formula import tree
from acmspec.formula.from_text import parse
from acmspec.ground.source import Source
from acmspec.program import elsewhere, record
from acmspec.program import tree as program
from acmspec.program.aggregates import AGGREGATES
from acmspec.program.each_rows import EACH
from acmspec.program.lookup_rows import LOOKUPS
from tests.english.saying import made, world

MADE = 4_000
RARE = (24_222,)
"""Further ones, in which stands what hardly any formula needs: a letter for the records that a definition tells."""
NOT_ENTERED = {"windows", "reaches", "population", "type", "body", "judging"}
"""Parts of a meaning that no formula writes."""
PACKAGE = Path(phrases.__file__).parent
PARTS = {tree.Dated, tree.Same, tree.SetUse, tree.Earlier, tree.FromTo, tree.SinceStart, tree.AllOf, tree.Those}
"""Nodes of a formula that stand inside others only."""
NOT_SAID = {
    record.Banded: "a definition with bands; in its formulas the bands are a term",
}
STRUCTURE = {"first_item", "next_item", "first_word", "next_word", "definition"}
"""Rules that put phrases in a row or before what a letter stands for, and say nothing themselves."""
READ_WITHIN = {
    "where", "definition_where", "said_condition", "said_value", "said_aggregate", "word",
    "letter_is", "letter_for_each", "letter_true_if", "letter_holds", "holding", "holding_all", "holding_that",
    "holding_crowd", "dates", "earlier", "since_start", "all_providers", "all_groups", "those", "seen", "seen_again",
    "members", "members_that", "members_which", "members_in", "parts", "parts_which", "groups",
    "placed", "dated", "placed_open", "placed_active", "link", "link_as", "path", "path_of",
    "equal", "equal_day", "ordered", "one_of", "in_list", "from_to", "in_period", "in_span", "within", "on_or_within",
    "in_calendar", "choices", "choices_longer", "row", "row_longer", "length", "length_path", "length_letter",
    "length_value", "business_length", "crowd", "crowd_named", "crowd_in",
}  # fmt: skip
"""Rules that the reader of the phrase around them reads; each is said and read back in the formulas drawn here."""


def _classes(union: UnionType) -> set[type]:
    found: set[type] = set()
    for one in get_args(union):
        found |= _classes(one) if isinstance(one, UnionType) else {one}
    return found


def _inside(one: Any) -> Iterator[Any]:
    if isinstance(one, tuple):
        for each in one:
            yield from _inside(each)
    elif is_dataclass(one):
        yield one
        for each in fields(one):
            if each.compare and each.name not in NOT_ENTERED:
                yield from _inside(getattr(one, each.name))


def _phrases(part: Any) -> Iterator[Any]:
    yield part
    for one in (part.parts if isinstance(part, Phrase) else part) if isinstance(part, Phrase | tuple) else ():
        if not isinstance(one, str | int):
            yield from _phrases(one)


def _blocks(block: Block) -> Iterator[Block]:
    yield block
    for one in block.items:
        yield from _blocks(one)


@cache
def drawn() -> tuple[Counter[Any], Counter[Any], Counter[str]]:
    """How often each node of formulas, of what they mean, and each phrase of their English occurs."""
    names = Names(world())
    nodes, meant, said = Counter[Any](), Counter[Any](), Counter[str]()
    for seed in (*range(MADE), *RARE):
        sound = made(seed, names)
        if sound is None:
            continue
        text, table, found = sound
        for one in _inside(parse(Source("f", text), 0, len(text)).value):
            nodes.update([type(one), *_variants(one)])
        meant.update(type(one) for one in _inside(found))
        english = Source("text", written(spoken(found, names, table)))
        block = phrases.parse(english, names.lexicon).value
        assert block is not None, (seed, english.text)
        assert read(english, names, table).value is not None, (seed, english.text)
        for line in _blocks(block):
            for part in _phrases(line.phrase):
                said[part.rule if isinstance(part, Phrase) else getattr(part, "kind", "")] += 1
    return nodes, meant, said


def _variants(one: Any) -> Iterator[Any]:
    """The forms of a node that are told apart by a word."""
    match one:
        case tree.Binary(operator=word) | tree.PeriodValue(which=word) | tree.PartOf(part=word):
            yield type(one), word
        case tree.Call(function=word, over=over):
            yield type(one), "count distinct" if one.distinct else word, bool(over.entities)
        case tree.Between(unit=word):
            yield type(one), word
        case tree.Each(function=word, groups=groups):
            yield type(one), word
            yield type(one), groups.parts
        case tree.Within(inclusive=inclusive, before=before, opens=None):
            yield type(one), inclusive, before
        case tree.During(what=what, before=before):
            yield type(one), what, before
        case tree.SetUse(reach=reach):
            yield type(one), reach


def test_every_node_of_a_formula_is_drawn() -> None:
    nodes, _, _ = drawn()
    assert [one.__name__ for one in _classes(tree.Formula) | PARTS if nodes[one] < 5] == []


@pytest.mark.parametrize(
    "wanted",
    [
        *((tree.Binary, one) for one in ("+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or")),
        *((tree.PeriodValue, one) for one in ("period start", "period end", "length of period", "contract start",
                                              "contract end", "data date")),
        *((tree.PartOf, one) for one in ("date", "week", "month", "quarter", "year", "fiscal year")),
        *((tree.Between, one) for one in ("minute", "hour", "day", "week", "month", "year", "business day")),
        *((tree.Within, inclusive, before) for inclusive in (True, False) for before in (True, False)),
        *((tree.During, what, before) for what in ("week", "month", "quarter", "year") for before in (True, False)),
        *((tree.During, what, False) for what in ("period", "span")),
        *((tree.SetUse, reach) for reach in ("", "other", "all")),
        *((tree.Call, row.name, True) for row in LOOKUPS),
        *((tree.Call, row.name, False) for row in AGGREGATES if not row.weighted),
        *((tree.Each, row.name) for row in EACH),
        *((tree.Each, (one,)) for one in ("day", "week", "month", "quarter", "half year", "year", "fiscal quarter",
                                          "fiscal year", "provider")),
    ],
)  # fmt: skip
def test_every_form_of_a_node_is_drawn(wanted) -> None:
    assert drawn()[0][wanted] > 0


def test_every_node_of_a_meaning_is_drawn() -> None:
    _, meant, _ = drawn()
    nodes = _classes(record.Record) | _classes(program.Group) | _classes(elsewhere.To)
    found = {one for one in nodes if not meant[one]}
    assert found <= set(NOT_SAID), found


def test_every_phrase_of_the_grammar_is_said() -> None:
    _, _, said = drawn()
    aliases = {name for _, _, name in grammar().rules} - STRUCTURE - {""}
    assert sorted(one for one in aliases if not said[one]) == []


def test_every_phrase_of_the_grammar_has_its_reader() -> None:
    readers = {*CONDITIONS, *VALUES, *_GROUPS, *ELSEWHERE, *DECIDED}
    aliases = {name for _, _, name in grammar().rules} - STRUCTURE - {""}
    assert sorted(aliases - readers - READ_WITHIN) == []
    assert sorted((readers | READ_WITHIN) - aliases) == []


def test_no_keyword_is_a_name_of_the_grammar() -> None:
    """A phrase called as its own keyword would hide the keyword from the lexer."""
    rules = (PACKAGE / "grammar.lark").read_text(encoding="utf-8")
    names = set(re.findall(r"^(\w+) *:", rules, re.MULTILINE))
    words = {one for line in rules.splitlines() if not line.startswith("//") for one in re.findall(r'"([^"]+)"', line)}
    assert names & words == set()
    assert words == set(keywords())
