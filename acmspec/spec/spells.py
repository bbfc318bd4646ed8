"""The keys of `spells`: sets whose stays are merged, the entity they are of, the gap they bridge, the days left out."""

from functools import partial
from typing import Any

from acmspec.ground.source import Located, Span
from acmspec.spec.merged import Spells
from acmspec.spec.pieces import NAME, NOUN
from acmspec.spec.shape import Choice, Duration, Key, ListOf, MapOf, Record
from acmspec.spec.tree import Noun


def _spells(span: Span, noun: Noun, date: Located[str] | None, **values: Any) -> "partial[Spells]":
    dated = date or Located("start", span)
    return partial(Spells, span=span, noun=(noun.one, noun.many), date=dated, **values)


SPELLS = MapOf(
    Record(
        "spells",
        _spells,
        (
            Key("noun", NOUN, required=True, stand_in=lambda _: Noun("…", "…")),
            Key("merge", ListOf(NAME, least=1), required=True),
            Key("per", NAME, required=True),
            Key("gap", Duration()),
            Key("without", ListOf(NAME, least=1), default=()),
            Key("date", Choice("start", "end")),
        ),
    ),
    named=True,
)
