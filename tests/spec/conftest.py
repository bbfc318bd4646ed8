"""What the tests of the spec share: the full spec, decoding, and how a node looks to JSON Schema."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acmspec.document.from_text import read
from acmspec.document.tree import Mapping, Node, Scalar
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.source import Source
from acmspec.kinds import KINDS
from acmspec.spec.from_document import decode
from acmspec.spec.tree import Spec

_TRUTHS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@pytest.fixture(scope="session")
def every_key() -> str:
    """A sound spec in which every key of the language stands at least once."""
    return (Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def decoded() -> Callable[[str], Outcome[Spec]]:
    """Text to spec, with the diagnostics of both stages."""

    def run(text: str) -> Outcome[Spec]:
        source = Source("spec.yaml", text)
        node = read(source)
        if node.value is None:
            return Outcome(None, node.diagnostics)
        spec = decode(node.value, source, KINDS)
        return Outcome(spec.value, node.diagnostics + spec.diagnostics)

    return run


@pytest.fixture(scope="session")
def instance() -> Callable[[Node], Any]:
    """What JSON Schema sees of a node, by the rule that the schema's description states."""
    return _instance


def _instance(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {entry.key.text: _instance(entry.value) for entry in node.entries}
    if not isinstance(node, Scalar):
        return [_instance(item) for item in node.items]
    text = node.text.rstrip("\n") if node.style in {"|", ">"} else node.text
    if node.style:
        return text
    if node.is_null:
        return None
    if text.lower() in _TRUTHS:
        return _TRUTHS[text.lower()]
    if re.fullmatch(r"[-+]?[0-9]{1,15}", text):
        return int(text)
    if re.fullmatch(r"[-+]?[0-9]{1,15}\.[0-9]{1,10}", text):
        return float(text)
    return text
