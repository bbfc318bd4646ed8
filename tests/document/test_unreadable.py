"""Text that is no YAML: each slip is told by its own code at its own place."""

import pytest

from acmspec.document.from_text import read
from acmspec.document.tree import Mapping, Scalar
from acmspec.ground.source import Source, Span


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a:\n\tb: 1\n", "ACM011", "2:1"),
        ("a:\n  b: 1\n\tc: 2\n", "ACM011", "3:1"),
        ("a: >\n  x\n\ty\nb: 1\n", "ACM011", "3:1"),
        ("a: 1\nb:2\nc: 3\n", "ACM019", "2:2"),
        ("a: 1\nb:2", "ACM019", "2:2"),
        ("a:\n  k:v\n  j: x\n", "ACM019", "2:4"),
        ("a:\n  b: 1\n   c: 2\n", "ACM020", "3:4"),
        ("a:\n   b: 1\n  c: 2\n", "ACM020", "3:3"),
        ("a: - b\n", "ACM020", "1:4"),
        ('a: "foo\nb: 1\n', "ACM021", "1:4"),
        ('a: "foo\nb: "bar"\n', "ACM021", "1:4"),
        ("a: 'foo\nb: 1\n", "ACM021", "1:4"),
        ('a: "foo" bar\n', "ACM021", "1:4"),
        ("a: [1, 2\nb: 3\n", "ACM022", "1:4"),
        ("a: {x: 1 y: 2}\n", "ACM022", "1:11"),
        ("- a: {x: 1, y:\n- b: 2\n", "ACM022", "1:6"),
        ("a: {x: 1, y:", "ACM022", "1:13"),
        ("- [x, {y: 1}, z: {q:\n- k\n", "ACM022", "1:18"),
        ("title: Foo: bar\n", "ACM023", "1:8"),
        ("- a: Foo: bar\n", "ACM023", "1:6"),
        ('a: "\\q"\n', "ACM027", "1:5"),
        ("a: 1\nfoo bar\nb: 2\n", "ACM028", "2:1"),
        ("a:\n  \u2013 b: 1\n    c: 2\n", "ACM029", "2:3"),
        ("a:\n  - b: 1\n  \u2022 b: 2\n", "ACM029", "3:3"),
        ("a:\n  - b: 1\n  -b: 2\n", "ACM029", "3:3"),
    ],
)
def test_each_slip_has_its_code_and_its_place(text: str, code: str, place: str) -> None:
    found = read(Source("spec.yaml", text))
    assert found.value is None
    (one,) = found.diagnostics
    assert (one.code, str(one.place)) == (code, f"spec.yaml:{place}")
    assert one.message[0].islower()
    assert one.cause
    assert one.fix
    assert one.problem.contract


def test_all_tabs_are_shown_at_once() -> None:
    (one,) = read(Source("spec.yaml", "a:\n\tb: 1\n\tc: 2\n")).diagnostics
    assert [str(other.span) for other in one.related] == ["spec.yaml:3:1"]


@pytest.mark.parametrize("value", [">= 5", "> 5", "*x", "*x + 1", "%5", "@x", "`q`", "| x", "&"])
def test_unquoted_values_that_yaml_refuses_are_told_and_read_on(value: str) -> None:
    found = read(Source("spec.yaml", f"a:\n  b: {value}   # why\nc: [1, {value}]\nd: 2\n"))
    assert [one.code for one in found.diagnostics] == ["ACM018", "ACM018"]
    for one in found.diagnostics:
        assert isinstance(one.place, Span)
        assert one.place.text == value
    assert isinstance(found.value, Mapping)
    inner = found.value.entries[0].value
    assert isinstance(inner, Mapping)
    scalar = inner.entries[0].value
    assert isinstance(scalar, Scalar)
    assert (scalar.text, scalar.span.text) == (value, value)


def test_a_repair_does_not_touch_the_rest() -> None:
    found = read(Source("spec.yaml", "a: >= 5\nb: [1, 2\nc: 3\n"))
    assert [one.code for one in found.diagnostics] == ["ACM018", "ACM022"]
    assert found.value is None


def test_a_blank_that_is_no_space_after_a_colon_is_told_and_read_on() -> None:
    found = read(Source("spec.yaml", "a: 1\nb:\u00a0two\n"))
    (one,) = found.diagnostics
    assert (one.code, str(one.place), one.message) == (
        "ACM015",
        "spec.yaml:2:3",
        "the blank after the colon is no space",
    )
    assert isinstance(found.value, Mapping)
    assert [entry.key.text for entry in found.value.entries] == ["a", "b"]


@pytest.mark.parametrize(("value", "fix"), [("%60", "Write 60%."), ("* provider", "Write “- provider”.")])
def test_what_a_refused_character_was_meant_for_is_offered(value: str, fix: str) -> None:
    (one,) = read(Source("spec.yaml", f"a:\n  b:\n    {value}\n")).diagnostics
    assert (one.code, one.fix) == ("ACM018", fix)
