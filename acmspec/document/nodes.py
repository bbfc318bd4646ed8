"""Building nodes out of YAML events, and what YAML allows but a contract must not hold; it reads no text itself."""

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence as Events
from dataclasses import dataclass, field

import yaml

from acmspec.document.tree import Entry, Mapping, Node, Scalar, Sequence
from acmspec.document.unreadable import NO_SPACE, offset
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Source, Span

MOST_LEVELS = 40
HIDDEN = pattern(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"  # what YAML refuses
    "|[\u2028\u2029]"  # line ends to YAML, but not to editors
    "|[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"  # without width, or turning the order of what is shown
)
"""A character that nobody can see, whether it stands in the text or is written as an escape."""

CONTROL_CHARACTER = Problem(
    code="ACM010",
    title="a character that cannot be seen",
    cause="Control characters have no meaning in a spec, and nobody can see them.",
    fix="Delete the character; typing the line anew helps.",
    contract="The contract's specification must consist of characters that can be seen and printed.",
)
DUPLICATE_KEY = Problem(
    code="ACM012",
    title="a key twice",
    cause="The same key stands twice in one place, and nothing says which of the two is meant.",
    fix="Remove one of the two, or rename it.",
    contract="No term of the contract may be stated twice.",
)
ANCHOR = Problem(
    code="ACM013",
    title="anchors, aliases and merge keys",
    cause="With anchors (&), aliases (*) and merge keys (<<) a line would mean what stands somewhere else.",
    fix="Write the value out where it is needed, or name a definition or a list and use its name.",
    contract="Each term of the contract must say in its own place what it means.",
)
TAG = Problem(
    code="ACM014",
    title="a YAML tag",
    cause="Tags (!) tell a program how to read a value; acmspec reads each value by the key it stands under.",
    fix="Remove the tag; put the value in quotes if it is text that begins with “!”.",
    contract="Each term of the contract must be written in plain words.",
)
SEVERAL_DOCUMENTS = Problem(
    code="ACM016",
    title="several documents in one file",
    cause="A line “---” begins another document, and a spec is one.",
    fix="Remove the line, or move what follows into a file of its own.",
    contract="The contract's specification must be one document.",
)
COMMA_SPLIT = Problem(
    code="ACM017",
    title="a comma splits a value",
    cause="Between { and } a comma ends a value, so YAML takes what follows for a key of its own, without a value.",
    fix="Put the value in quotes, or write the keys on lines of their own.",
    contract="Amounts and texts of the contract must be written so that no reader can cut them apart.",
)
CURLY = Problem(
    code="ACM030",
    title="curly quotes around a value",
    cause="Word processors make quotes curly; only straight ones hold a text together, and these are part of it.",
    fix="Use straight quotes, or none.",
    contract="A text of the contract must not begin or end with quotes that are not meant.",
)
BAD_KEY = Problem(
    code="ACM024",
    title="not a key",
    cause="A key is one word or text; a list, a set of keys or nothing at all cannot be one.",
    fix="Write a name before the colon.",
    contract="Each term of the contract must have a name.",
)
TOO_DEEP = Problem(
    code="ACM025",
    title="too many levels",
    cause=f"Lists and keys are nested more than {MOST_LEVELS} levels deep; no spec needs that.",
    fix="Look for brackets that are not closed.",
    contract="The contract's specification must be of a shape that people can read.",
)
PROBLEMS = (CONTROL_CHARACTER, DUPLICATE_KEY, ANCHOR, TAG, SEVERAL_DOCUMENTS, COMMA_SPLIT, CURLY, BAD_KEY, TOO_DEEP)

_GLUED = pattern(r"([A-Za-z_][A-Za-z0-9_]*):(\S.*)", re.DOTALL)
_CURLY = pattern(r"[“”„«‘’‚]([^“”„«»‘’‚]*)[“”»‘’]")
"""A text in the quotes of a word processor, with none inside."""
_PLAIN = pattern(r"[\w$€£.-][\w %$€£.,/+*<>=()-]*")
_QUOTES = "“”„«»‘’‚"
_PROPERTY = pattern(r"[&!]\S*\s*")


@dataclass(slots=True)
class _Open:
    """A list or a set of keys that is being read."""

    start: int
    flow: bool
    keyed: bool
    nodes: list[Node] = field(default_factory=list)


class Builder:
    """Builds one document; `found` holds what was reported.

    `restored` turns the stand-in characters of a repaired text back into the author's.
    """

    __slots__ = ("_aliased", "_open", "_restored", "_source", "found")

    def __init__(self, source: Source, restored: Table[int, str]) -> None:
        self.found: list[Diagnostic] = []
        self._source = source
        self._restored = restored
        self._open: list[_Open] = []
        self._aliased = False

    def build(self, events: Events[yaml.Event]) -> Node | None:
        """The root of the first document; none if it is empty, has aliases or is nested too deep."""
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._several(event)
                    break
            elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                node = self._node(event)
                if node is not None and self._open:
                    self._open[-1].nodes.append(node)
                elif node is not None:
                    root = node
                if len(self._open) > MOST_LEVELS:
                    self._report(TOO_DEEP, offset(event, "start_mark"), offset(event, "end_mark"), "too many levels")
                    return None
        if self._aliased or (isinstance(root, Scalar) and root.is_null):
            return None
        return root

    def _several(self, event: yaml.DocumentStartEvent) -> None:
        start = offset(event, "start_mark")
        self._report(SEVERAL_DOCUMENTS, start, start + 3, "a second document begins here", label="second document")

    def _report(  # noqa: PLR0913  (a problem, a range, and what to say of it)
        self,
        problem: Problem,
        start: int,
        end: int,
        message: str,
        *,
        label: str = "",
        fix: str = "",
        related: tuple[Label, ...] = (),
    ) -> None:
        span = Span(self._source, start, end)
        self.found.append(problem.at(span, message, label=label, fix=fix, related=related))

    def _node(self, event: yaml.Event) -> Node | None:
        """The node that an event completes, if it completes one."""
        if isinstance(event, yaml.AliasEvent):
            self._aliased = True
            start, end = offset(event, "start_mark"), offset(event, "end_mark")
            self._report(ANCHOR, start, end, "aliases have no place in a spec", label="an alias")
            return Scalar("", "", Span(self._source, start, end))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self._properties(event)
            keyed = isinstance(event, yaml.MappingStartEvent)
            self._open.append(_Open(offset(event, "start_mark"), bool(event.flow_style), keyed))
            return None
        return self._close(event)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = self._properties(event), offset(event, "end_mark")
        text = event.value.translate(self._restored)
        if hidden := HIDDEN.search(text) if event.style == '"' else None:
            message = f"an escape stands for the character U+{ord(hidden.group()):04X} here, which cannot be seen"
            self._report(CONTROL_CHARACTER, min(start, end), end, message, label="cannot be seen")
            text = HIDDEN.sub("\ufffd", text)
        if not event.style and (quoted := _CURLY.fullmatch(text)):
            inner = quoted[1].strip()
            is_plain = _PLAIN.fullmatch(inner) and not Scalar(inner, "", Span(self._source, start, end)).is_null
            fix = f"Write {inner} without quotes." if is_plain else f'Write "{inner}", with straight quotes.'
            self._report(CURLY, start, end, f"the quotes around “{inner}” are curly", label="curly quotes", fix=fix)
            return Scalar(inner, "" if is_plain else '"', Span(self._source, start + 1, end - 1))
        return Scalar(text, event.style or "", Span(self._source, min(start, end), end))

    def _properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> int:
        """Report an anchor and a tag before a node; where the node itself starts."""
        at = offset(event, "start_mark")
        if event.anchor is None and event.tag is None:
            return at
        while written := _PROPERTY.match(self._source.text, at):
            end = at + len(written.group().rstrip())
            if written.group()[0] == "&":
                self._report(ANCHOR, at, end, "anchors have no place in a spec", label="an anchor")
            else:
                self._report(TAG, at, end, "tags have no place in a spec", label="a tag")
            at = written.end()
        return at

    def _close(self, event: yaml.Event) -> Node:
        frame = self._open.pop()
        last = frame.nodes[-1].span.end if frame.nodes else offset(event, "end_mark")
        span = Span(self._source, frame.start, offset(event, "end_mark") if frame.flow else last)
        if not frame.keyed:
            return Sequence(tuple(frame.nodes), span, frame.flow)
        pairs = list(zip(frame.nodes[::2], frame.nodes[1::2], strict=True))
        entries = self._keyed(self._unsplit(pairs) if frame.flow else pairs)
        return Mapping(tuple(entries), span, frame.flow)

    def _keyed(self, pairs: list[tuple[Node, Node]]) -> list[Entry]:
        """The entries whose keys are sound; the first of each key."""
        first: dict[str, Scalar] = {}
        entries = []
        for key, value in pairs:
            if not isinstance(key, Scalar) or (key.is_null and key.text == ""):
                end = max(key.span.end, key.span.start + 1)
                self._report(BAD_KEY, key.span.start, end, "this is not a key", label="expected a name")
            elif key.text == "<<" and not key.style:
                self._aliased = True
                self._report(ANCHOR, key.span.start, key.span.end, "merge keys have no place in a spec")
            elif key.text in first:
                before = Label(first[key.text].span, "it stands here first")
                message = f"the key “{key.text}” stands twice in one place"
                self._report(
                    DUPLICATE_KEY, key.span.start, key.span.end, message, label="the second time", related=(before,)
                )
            else:
                first[key.text] = key
                entries.append(Entry(key, value))
        return entries

    def _unsplit(self, pairs: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
        """The pairs of a flow mapping with values that commas have split put together again."""
        whole: list[tuple[Node, Node]] = []
        pieces: list[Scalar] = []
        for key, value in pairs:
            if isinstance(key, Scalar) and self._is_stray(key, value):
                glued = _GLUED.fullmatch(key.text)
                if glued and not key.style:
                    whole.append(self._unglued(key, glued))
                else:
                    pieces.append(key)
                    self._joined(whole, pieces)
                continue
            if pieces:
                self._say_split(whole, pieces)
                pieces = []
            whole.append((key, value))
        if pieces:
            self._say_split(whole, pieces)
        return whole

    def _is_stray(self, key: Scalar, value: Node) -> bool:
        """Whether a key of a flow mapping has not even a colon."""
        empty = isinstance(value, Scalar) and value.is_null and value.span.start == value.span.end
        return empty and ":" not in self._source.text[key.span.end : value.span.start + 1].partition(",")[0]

    def _joined(self, whole: list[tuple[Node, Node]], pieces: list[Scalar]) -> None:
        """Put a piece back onto the value before it, if that is unquoted text."""
        if whole and isinstance(before := whole[-1][1], Scalar) and not before.style and not before.is_null:
            span = before.span.to(pieces[-1].span)
            whole[-1] = (whole[-1][0], Scalar(" ".join(span.text.split()), "", span))

    def _say_split(self, whole: list[tuple[Node, Node]], pieces: list[Scalar]) -> None:
        value = whole[-1][1] if whole else None
        if isinstance(value, Scalar) and not value.style and value.span.end == pieces[-1].span.end:
            fix = f'Put the value in quotes: "{value.text.strip(_QUOTES)}".'
            message = f"a comma splits “{value.text}”"
            self._report(COMMA_SPLIT, value.span.start, value.span.end, message, label="needs quotes", fix=fix)
            return
        for piece in pieces:
            message = f"“{piece.text}” has no colon and no value"
            self._report(COMMA_SPLIT, piece.span.start, piece.span.end, message, label="a key without a value")

    def _unglued(self, key: Scalar, match: re.Match[str]) -> tuple[Node, Node]:
        """The key and value of `{key:value}`."""
        start, end = key.span.start, key.span.end
        middle = start + len(match.group(1))
        message = f"a space is missing after “{match.group(1)}:”"
        self._report(NO_SPACE, middle, middle + 1, message, label="add a space after the colon")
        name = Scalar(match.group(1), "", Span(self._source, start, middle))
        return name, Scalar(match.group(2), "", Span(self._source, middle + 1, end))
