"""Turns `bands` of a definition into the label of the band a value lies in; knows nothing of the rest of the spec.

Every known value from the first edge on has exactly one band, because each ends where the next one starts.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import ONE
from acmspec.ground.source import Span
from acmspec.program.band_labels import labels
from acmspec.program.choices_from_formula import constant_of, side_of
from acmspec.program.lookup_values import refused_quotient
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.record import Banded, Constant, Record
from acmspec.program.record_from_formula import resolve_record
from acmspec.program.relocate import is_faulty
from acmspec.program.said import type_words
from acmspec.program.scope import Scope
from acmspec.program.side_by_side import restated
from acmspec.program.types import DateType, ErrorType, Form, NumberType, TextType
from acmspec.program.typing_rules import compared
from acmspec.spec.practice import FormulaText
from acmspec.spec.tree import Bands

BAD_BANDS = Problem(
    "ACM329",
    "bands that can't be told apart",
    "Bands divide a number or a date: each starts on its edge and ends before the next one, so the edges must rise.",
    "Write the edges in order, each once, as in “from: [0, 18, 25, 62]”; labels, if any, one for each edge.",
    "Groups of a value must be complete, without overlap, and each must have one name.",
)
PROBLEMS = (BAD_BANDS,)

_Edge = Fraction | date


def banded(value: Record, bands: Bands, of: Span, scope: Scope, meanings: Meanings) -> Record:
    """The band that a value lies in; an error node where the bands can't be made (reported)."""
    if is_faulty(value) or refused_quotient(value, of, scope.path, meanings):
        return FAULTY
    kind = value.type
    if not isinstance(kind, NumberType | DateType):
        message = f"bands divide a number or a date, and this is {type_words(kind)}"
        meanings.findings.say(BAD_BANDS, of, message, path=scope.path, label="not a number or date")
        return FAULTY
    edges = _edges(bands, value, of, scope, meanings)
    if edges is None:
        return FAULTY
    names = _labels(bands, edges, kind, scope, meanings)
    return FAULTY if names is None else Banded(value, edges, names, TextType(names))


def _edges(bands: Bands, value: Record, of: Span, scope: Scope, meanings: Meanings) -> tuple[_Edge, ...] | None:
    found = [_edge(one, value, of, scope, meanings) for one in bands.edges]
    edges = [one for one in found if one is not None]
    if len(edges) < len(found):
        return None
    for before, after, written in zip(edges, edges[1:], bands.edges[1:], strict=False):
        if not before < after:  # type: ignore[operator]  # all edges are of the one kind of the value
            message = f"“{written.text}” does not lie above the edge before it"
            meanings.findings.say(BAD_BANDS, written.span, message, path=scope.path, label="not in order")
            return None
    return tuple(edges)


def _edge(written: FormulaText, value: Record, of: Span, scope: Scope, meanings: Meanings) -> _Edge | None:
    """One edge, in the unit of the value; a bare number is one of that unit."""
    if written.tree is None:
        return None
    found = resolve_record(written.tree, scope, meanings)
    if isinstance(found.type, ErrorType):
        return None
    written_out = constant_of(found)
    edge = None if written_out is None else restated(written_out, value.type)
    if edge is None or isinstance(edge.value, str | bool):
        message = f"“{written.text}” is not a number or a date that is written out"
        meanings.findings.say(BAD_BANDS, written.span, message, path=scope.path, label="not an edge")
        return None
    wrong = compared(side_of(value, of.text), side_of(_in_unit(edge, value), written.text))
    if wrong is not None:
        meanings.findings.say(
            wrong.problem, written.span, wrong.message, path=scope.path, label="wrong here", fix=wrong.fix
        )
        return None
    return edge.value


def _in_unit(edge: Constant, value: Record) -> Constant:
    """A bare number in the unit of what the bands divide, unless that is a part of something."""
    if not isinstance(edge.type, NumberType) or not isinstance(value.type, NumberType):
        return edge
    bare = edge.type.form is value.type.form is Form.NUMBER and edge.type.unit == ONE
    return replace(edge, type=value.type) if bare else edge


def _labels(
    bands: Bands, edges: tuple[_Edge, ...], kind: NumberType | DateType, scope: Scope, meanings: Meanings
) -> tuple[str, ...] | None:
    """What each band is called: by the author, one for each, or by its edges."""
    if not bands.labels:
        return labels(edges, kind)
    names = tuple(one.value for one in bands.labels)
    twice = next((one for at, one in enumerate(bands.labels) if one.value in names[:at]), None)
    if twice is not None:
        message = f"two bands are called “{twice.value}”"
        meanings.findings.say(BAD_BANDS, twice.span, message, path=scope.path, label="the second")
        return None
    if len(names) != len(edges):
        message = f"there are {len(edges)} bands and {len(names)} labels"
        meanings.findings.say(BAD_BANDS, bands.labels[-1].span, message, path=scope.path, label="one for each edge")
        return None
    return names
