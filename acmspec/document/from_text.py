"""From source text to nodes with positions; YAML's own idea of values is never asked for.

Only text that is no YAML at all stops. What YAML allows and a contract must not hold (a key twice, aliases, several
documents) is reported and read on.
"""

import re
from collections.abc import Sequence as Events

import yaml

from acmspec.document.nodes import CONTROL_CHARACTER, HIDDEN, MOST_LEVELS, Builder
from acmspec.document.tree import Node
from acmspec.document.unreadable import RESTORED, diagnosed, repaired
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.source import Source, Span

MOST_CHARACTERS = 4_000_000
_MOST_REPAIRS = 20
_MOST_SHOWN = 10
_Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
_FAST: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ODD_BLANK = re.compile(
    r"^([ ]*|[ ]*(?:- +)*[A-Za-z_][A-Za-z0-9_]*:)([\u00a0\u2000-\u200a\u3000][\u00a0\u2000-\u200a\u3000 ]*)",
    re.MULTILINE,
)

TOO_LONG = Problem(
    code="ACM009",
    title="the text is too long for a spec",
    cause="A spec is written by people; a text of this length is almost surely data.",
    fix="Keep data in files of its own and name them under data and file.",
    contract="The contract's specification must be of a size that people can read.",
)
EMPTY = Problem(
    code="ACM026",
    title="the spec is empty",
    cause="The file has nothing in it but blanks and comments.",
    fix="Start with the line “acmspec: 1”, then contract, goals, data and metrics.",
    contract="The contract must state its terms.",
)
ODD_BLANK = Problem(
    code="ACM015",
    title="a blank that is no space",
    cause="Some blanks look like spaces, but YAML takes them for text; word processors and web pages hold them.",
    fix="Delete the blanks at the start of the line and type spaces.",
    contract="The contract's specification must show by its layout which term belongs to which.",
)
PROBLEMS = (TOO_LONG, EMPTY, ODD_BLANK)


def read(source: Source) -> Outcome[Node]:
    """The document of a source as nodes, and everything wrong with it as YAML; no value if it cannot be read at all."""
    if len(source.text) > MOST_CHARACTERS:
        place = Span(source, 0, 0)
        return Outcome(None, (TOO_LONG.at(place, f"the text is longer than {MOST_CHARACTERS:,} characters"),))
    hidden = tuple(_hidden(source))
    if hidden:
        return Outcome(None, hidden)
    found: list[Diagnostic] = []
    text = _with_spaces(source, found)
    for _ in range(_MOST_REPAIRS):
        events, error = _events(text)
        repair = repaired(source, text, events, error)
        if repair is None:
            break
        found.append(repair[0])
        text = repair[1]
    if error is not None:
        return Outcome(None, (*found, diagnosed(source, events, error)))
    builder = Builder(source, {} if len(found) == 0 else RESTORED)
    node = builder.build(events)
    found += builder.found
    if node is None and not found:
        found.append(EMPTY.at(Span(source, 0, 0), "the spec is empty"))
    return Outcome(node, tuple(found))


def _hidden(source: Source) -> list[Diagnostic]:
    found = []
    for match in HIDDEN.finditer(source.text):
        if match.group() == "\ufeff" and match.start() == 0:
            continue
        span = Span(source, match.start(), match.end())
        message = f"the character U+{ord(match.group()):04X} stands here, which cannot be seen"
        found.append(CONTROL_CHARACTER.at(span, message, label="cannot be seen"))
        if len(found) == _MOST_SHOWN:
            break
    return found


def _with_spaces(source: Source, found: list[Diagnostic]) -> str:
    """The text with odd blanks in indentations reported and, for this reading, replaced by as many spaces."""
    text = source.text
    if text.startswith("\ufeff"):
        text = "\n" + text[1:]  # a byte order mark; the parsers disagree about whether it counts
    odd = list(_ODD_BLANK.finditer(text))
    for match in odd[:_MOST_SHOWN]:
        span = Span(source, match.start(2), match.end(2))
        message, fix = "this line is indented with blanks that are no spaces", ""
        if match.group(1).endswith(":"):
            message, fix = "the blank after the colon is no space", "Delete the blank after the colon and type a space."
        found.append(ODD_BLANK.at(span, message, label="no spaces", fix=fix))
    return _ODD_BLANK.sub(lambda match: match.group(1) + " " * len(match.group(2)), text) if odd else text


def _events(text: str) -> tuple[Events[yaml.Event], yaml.YAMLError | None]:
    """The events of a text up to its end, its first error, or more levels than any spec has.

    The fast parser has the same exact marks; where it stops, the thorough one in Python decides and explains.
    """
    events, error = _parsed(text, _FAST)
    return (events, error) if error is None else _parsed(text, yaml.SafeLoader)


def _parsed(text: str, loader: _Loader) -> tuple[Events[yaml.Event], yaml.YAMLError | None]:
    events: list[yaml.Event] = []
    level = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            events.append(event)
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
                if level > MOST_LEVELS:
                    break
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
    except yaml.YAMLError as error:
        return events, error
    return events, None
