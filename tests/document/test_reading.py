"""From text to nodes: exact places, the author's own text, and what YAML allows but a contract must not hold."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from acmspec.document.from_text import read
from acmspec.document.tree import Mapping, Node, Scalar, Sequence
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.source import Source

SAMPLE = """# 😀 a comment
a: "é😀x"   # c
b: {x: 1, y: [1, 2 , 'q''q'], z: w}
c: >  # head
  folded 😀
  text

d: plain
  continues   # cc
e: |-
   keep
f:
g:
  - 1
  -
    - x
h: on
"""


def outcome(text: str) -> Outcome[Node]:
    return read(Source("spec.yaml", text))


def codes(text: str) -> list[str]:
    return [one.code for one in outcome(text).diagnostics]


def value(node: Node, *path: str | int) -> Node:
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            node = node.items[step]
        else:
            assert isinstance(node, Mapping)
            node = next(entry.value for entry in node.entries if entry.key.text == step)
    return node


@pytest.mark.parametrize(
    ("path", "text", "raw"),
    [
        (("a",), "é😀x", '"é😀x"'),
        (("b", "x"), "1", "1"),
        (("b", "y", 1), "2", "2"),
        (("b", "y", 2), "q'q", "'q''q'"),
        (("c",), "folded 😀 text\n", ">  # head\n  folded 😀\n  text\n\n"),
        (("d",), "plain continues", "plain\n  continues"),
        (("e",), "keep", "|-\n   keep\n"),
        (("f",), "", ""),
        (("g", 1, 0), "x", "x"),
        (("h",), "on", "on"),
    ],
)
def test_every_scalar_has_its_text_and_its_place(path: tuple[str | int, ...], text: str, raw: str) -> None:
    found = outcome(SAMPLE)
    assert found.diagnostics == ()
    assert found.value is not None
    node = value(found.value, *path)
    assert isinstance(node, Scalar)
    assert (node.text, node.span.text) == (text, raw)


def test_collections_span_from_their_first_character_to_their_last() -> None:
    root = outcome(SAMPLE).value
    assert root is not None
    assert value(root, "b").span.text == "{x: 1, y: [1, 2 , 'q''q'], z: w}"
    assert value(root, "g").span.text == "- 1\n  -\n    - x"
    assert root.span.text == SAMPLE[SAMPLE.index("a:") :].rstrip()


def test_both_parsers_give_the_same_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = outcome(SAMPLE).value
    monkeypatch.setattr("acmspec.document.from_text._FAST", yaml.SafeLoader)
    slow = outcome(SAMPLE).value
    assert fast == slow
    assert _spans(fast) == _spans(slow)


def _spans(node: Node | None) -> list[tuple[int, int]]:
    assert node is not None
    own = [(node.span.start, node.span.end)]
    children = [one.value for one in node.entries] if isinstance(node, Mapping) else getattr(node, "items", ())
    return own + [span for child in children for span in _spans(child)]


def test_yaml_values_are_never_asked_for() -> None:
    root = outcome("a: on\nb: 1:30\nc: 0x1F\nd: 2025-07-01\ne: 1_000\n").value
    assert root is not None
    assert [value(root, key).text for key in "abcde"] == ["on", "1:30", "0x1F", "2025-07-01", "1_000"]  # type: ignore[union-attr]


def test_a_key_twice_shows_both_places_and_keeps_the_first() -> None:
    found = outcome("a: 1\nb:\n  c: 2\n  c: 3\n")
    (one,) = found.diagnostics
    assert one.code == "ACM012"
    assert str(one.place) == "spec.yaml:4:3"
    assert [str(other.span) for other in one.related] == ["spec.yaml:3:3"]
    assert found.value is not None
    assert value(found.value, "b", "c").text == "2"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["a: {value: $4,800,000}\n", "a: {value: $4,800,000, b: 1}\n", "a: {\n value: $4,800,000 }\n"]
)
def test_an_amount_split_by_commas_is_told_and_put_together_again(text: str) -> None:
    found = outcome(text)
    (one,) = found.diagnostics
    assert one.code == "ACM017"
    assert '"$4,800,000"' in one.fix
    assert found.value is not None
    amount = value(found.value, "a", "value")
    assert isinstance(amount, Scalar)
    assert (amount.text, amount.span.text) == ("$4,800,000", "$4,800,000")


def test_text_split_by_a_comma_is_told_too() -> None:
    found = outcome("a: {one: exits, and stays, many: exit}\n")
    assert [one.code for one in found.diagnostics] == ["ACM017"]
    assert found.value is not None
    assert value(found.value, "a", "one").text == "exits, and stays"  # type: ignore[union-attr]


def test_a_stray_key_without_a_value_is_told() -> None:
    assert codes("a: {b, c: 1}\n") == ["ACM017"]


def test_an_empty_value_after_a_colon_is_no_stray_key() -> None:
    assert codes("a: {b: , c: 1}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x\n", ["ACM013", "ACM013"]),
        ("a: &x 1\n", ["ACM013"]),
        ("a:\n  <<: 1\n", ["ACM013"]),
        ("a: !!str 5\nb: !x [1]\n", ["ACM014", "ACM014"]),
        ("a: 1\n---\nb: 2\n", ["ACM016"]),
        ("a: {b:1}\n", ["ACM019"]),
        ("[1]: 2\n", ["ACM024"]),
        ("", ["ACM026"]),
        ("# nothing\n", ["ACM026"]),
        ("a: " + "[0, " * 60 + "]" * 60, ["ACM025"]),
        ("[" * 100_000, ["ACM025"]),
        ("a: b\x07\n", ["ACM010"]),
        ("a: \ud800\n", ["ACM010"]),
        ("a: x\u202ey\nb: x\u2028y\n", ["ACM010", "ACM010"]),
        ('a: "x\\u202ey"\nb: "\\ud800"\n"c\\0": 1\n', ["ACM010", "ACM010", "ACM010"]),
        ('a: "x\\ty\\u00e9\\n"\n', []),
        ("a:\n\u00a0\u00a0b: 1\n", ["ACM015"]),
    ],
)
def test_what_a_contract_must_not_hold_is_told(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_text_too_long_for_a_spec_is_refused() -> None:
    assert codes("a" * 4_000_001) == ["ACM009"]


def test_a_byte_order_mark_is_nothing() -> None:
    found = outcome("\ufeffa: 1\n")
    assert found.diagnostics == ()
    assert found.value is not None
    assert value(found.value, "a").span.text == "1"


@given(st.text(st.sampled_from("ab:-[]{},'\"|>&*!%@`#?\n\t \\é😀0$~="), max_size=60))
def test_no_text_whatsoever_makes_it_fall_over(text: str) -> None:
    found = outcome(text)
    assert found.value is not None or found.has_errors
    for one in found.diagnostics:
        assert one.message
        assert one.place is not None


@given(st.text(max_size=80))
def test_no_character_whatsoever_makes_it_fall_over(text: str) -> None:
    found = outcome(text)
    assert found.value is not None or found.has_errors
