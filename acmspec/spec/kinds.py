"""How the kinds on a shelf become part of the shapes: one record a kind, chosen by a word; it knows no single kind."""

from collections.abc import Callable
from typing import Any

from acmspec.document.tree import Mapping, Node, Scalar
from acmspec.ground.nearest import nearest
from acmspec.ground.node import node
from acmspec.ground.source import Located, Source, Span
from acmspec.spec.desk import FAULT, Desk
from acmspec.spec.ports import ShapedKind, ShapedLimit
from acmspec.spec.record import MISSING_KEY, Key, Record
from acmspec.spec.structure import head, mapping_of
from acmspec.spec.written import Choice, words


@node
class KindShape:
    """One use of a kind: its word under `kind`, the keys `common` to all kinds of the shelf, and the kind's own.

    `title` names the shelf in messages. `build` gets `kind`, `parameters`, `span` and the common keys' values.
    """

    title: str
    kinds: tuple[ShapedKind, ...]
    common: tuple[Key, ...]
    build: Callable[..., Any]

    def decode(self, node: Node, desk: Desk) -> Any:
        """What `build` makes of it; nothing is said of the other keys where the kind is unknown."""
        found = mapping_of(node, desk, "keys with a value each")
        if found is FAULT:
            return FAULT
        written = _kind_of(found)
        desk.enter("kind")
        kind = FAULT if written is None else self._choice().decode(written, desk)
        if written is None:
            message = f"a {self.title} has no “kind”"
            fix = f"Add “kind:” with one of: {', '.join(one.word for one in self.kinds)}."
            desk.report(MISSING_KEY, head(found), message, label="“kind” is missing", fix=fix)
        desk.leave()
        if kind is FAULT:
            desk.faulty.add(desk.path)
            return FAULT
        return self._record(next(one for one in self.kinds if one.word == kind.value)).decode(node, desk)

    def _choice(self) -> Any:
        return Choice(*(kind.word for kind in self.kinds))

    def _record(self, kind: ShapedKind) -> Record:
        own = kind.shape

        def build(kind: Located[str], span: Span, **values: Any) -> Any:
            parameters = own.build(**{key.target: values.pop(key.target) for key in own.keys}, span=span)
            return self.build(kind=kind, parameters=parameters, span=span, **values)

        return Record(own.title, build, (Key("kind", Choice(kind.word), required=True), *self.common, *own.keys))

    def schema(self) -> dict[str, object]:
        """JSON Schema: any of the kinds' records."""
        return {"anyOf": [self._record(kind).schema() for kind in self.kinds]}


def _kind_of(node: Mapping) -> Node | None:
    """What stands under `kind`, or under a key that was surely meant to be it."""
    by_key = {entry.key.text: entry.value for entry in node.entries}
    if "kind" in by_key:
        return by_key["kind"]
    close = [value for key, value in by_key.items() if nearest(key, ("kind",))]
    return close[0] if len(close) == 1 else None


@node
class LimitShape:
    """One limit: the key of its kind with the kind's own value, and the keys `common` to all limits.

    `build` gets `kind`, `parameters`, `span` and the common keys' values.
    """

    kinds: tuple[ShapedLimit, ...]
    common: tuple[Key, ...]
    build: Callable[..., Any]

    def decode(self, node: Node, desk: Desk) -> Any:
        """What `build` makes of it; without any kind's key the words there are get listed."""
        found = mapping_of(node, desk, "keys with a value each")
        if found is FAULT:
            return FAULT
        kind, key = self._kind_of(found)
        if kind is None or key is None:
            known = " or ".join(f"“{one.word}”" for one in self.kinds)
            message = f"a limit has no {known}"
            desk.report(MISSING_KEY, head(found), message, label=f"{known} is missing", fix=f"Add {known}.")
            return FAULT
        return self._record(kind, key.span).decode(node, desk)

    def _kind_of(self, node: Mapping) -> tuple[ShapedLimit | None, Scalar | None]:
        by_word = {kind.word: kind for kind in self.kinds}
        keys = [entry.key for entry in node.entries]
        for key in keys:
            if key.text in by_word:
                return by_word[key.text], key
        common = {key.name for key in self.common}
        for key in keys:
            close = "" if key.text in common else nearest(words(key), by_word)
            if close:
                return by_word[close], key
        return None, None

    def _record(self, kind: ShapedLimit, span: Span) -> Record:
        word = Located(kind.word, span)

        def build(parameters: Any, span: Span, **values: Any) -> Any:
            return self.build(kind=word, parameters=parameters, span=span, **values)

        own = Key(kind.word, kind.shape, required=True, into="parameters")
        return Record(f"a {kind.word}", build, (own, *self.common))

    def schema(self) -> dict[str, object]:
        """JSON Schema: any of the kinds' records."""
        nowhere = Span(Source("", ""), 0, 0)
        return {"anyOf": [self._record(kind, nowhere).schema() for kind in self.kinds]}
