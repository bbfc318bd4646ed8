"""Why text is no YAML, in words an author understands, and the one repair that is safe; it builds no nodes.

YAML refuses unquoted text that begins with certain characters. For the length of one reading each such character is
replaced by a private one, so that all places stay exact and the rest of the spec can still be read.
"""

import re
from collections.abc import Sequence as Events

import yaml

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Source, Span

_REFUSED = "%@`*&!|>"
_PRIVATE = {sign: chr(0xE000 + index) for index, sign in enumerate(_REFUSED)}
RESTORED = {ord(private): sign for sign, private in _PRIVATE.items()}
"""Turns the private characters of a repaired text back into the author's."""

TABS = Problem(
    code="ACM011",
    title="a tab as indentation",
    cause="YAML shows by blanks at the start of a line what belongs together, and a tab has no fixed width.",
    fix="Replace tabs at the start of lines by spaces, two a level; editors can do it for the whole file.",
    contract="The contract's specification must show by its layout which term belongs to which.",
)
UNQUOTED = Problem(
    code="ACM018",
    title="unquoted text that YAML refuses",
    cause="Outside quotes, a value must not begin with one of the characters % @ ` * & ! | > because YAML uses them.",
    fix="Put the value in quotes, or write a formula the other way around so that it begins with a name.",
    contract="Words of the contract must be written so that no reader can take them for anything else.",
)
NO_SPACE = Problem(
    code="ACM019",
    title="no space after a colon",
    cause="Without a space after the colon, YAML takes key and value for one word.",
    fix="Put a space after the colon.",
    contract="Each term of the contract must be told apart from its name.",
)
INDENTATION = Problem(
    code="ACM020",
    title="wrong indentation",
    cause="What belongs together must start in the same column, and deeper than the key it belongs to.",
    fix="Move the line so that it starts in the same column as its neighbors.",
    contract="The contract's specification must show by its layout which term belongs to which.",
)
OPEN_QUOTE = Problem(
    code="ACM021",
    title="a quote that is not closed",
    cause="A quoted value runs to the next quote of the same kind, over line ends too.",
    fix="Close the quote at the end of the value.",
    contract="Quoted words of the contract must show where they end.",
)
OPEN_BRACKET = Problem(
    code="ACM022",
    title="a bracket that is not closed or a comma that is missing",
    cause="Between [ and ] or { and } items are separated by commas, and every bracket needs its partner.",
    fix="Add the missing comma or bracket, or write the items on lines of their own.",
    contract="A list in the contract must show where its items and the list itself end.",
)
COLON_IN_TEXT = Problem(
    code="ACM023",
    title="a colon in unquoted text",
    cause="A colon and a space make what stands before them a key, and one line cannot have two.",
    fix="Put the value in quotes.",
    contract="Words of the contract must be written so that no reader can take them for anything else.",
)
OTHER = Problem(
    code="ACM027",
    title="not YAML",
    cause="The text does not follow the rules of YAML from this place on.",
    fix="Look at this line and the one before: quotes, brackets, colons and the column it starts in.",
    contract="The contract's specification must be written so that it can be read by rule.",
)
NO_COLON = Problem(
    code="ACM028",
    title="a line without a colon",
    cause="Where keys stand, every line needs a key, a colon and a value.",
    fix="Write “key: value”, or move the line to the text it continues, deeper than its key.",
    contract="Each term of the contract must have a name.",
)
ITEM = Problem(
    code="ACM029",
    title="not the start of an item",
    cause="Word processors turn hyphens into dashes or bullets, and a hyphen without a space belongs to its word.",
    fix="Write “- ”, a hyphen and a space, before the item.",
    contract="A list in the contract must show where each of its items starts.",
)
PROBLEMS = (
    TABS, UNQUOTED, NO_SPACE, INDENTATION, OPEN_QUOTE, OPEN_BRACKET, COLON_IN_TEXT, OTHER, NO_COLON, ITEM,
)  # fmt: skip

_TAB_LINE = pattern(r"^[ ]*\t[ \t]*(?=\S)", re.MULTILINE)
_GLUED = pattern(r"\s*(?:- +)*[A-Za-z_][A-Za-z0-9_]*:(?=[^\s:/])")
_ODD_ITEM = pattern(r"[ ]*([\u2010-\u2015\u2022\u00b7\u25aa]|-(?=[A-Za-z_]\w*:\s))")
_MOST_RELATED = 5

Repair = tuple[Diagnostic, str]


def repaired(source: Source, text: str, events: Events[yaml.Event], error: yaml.YAMLError | None) -> Repair | None:
    """The report on an unquoted value that begins with a refused character, and the text with that character replaced.

    None if the text has another trouble, or none.
    """
    if any(private in source.text for private in _PRIVATE.values()):
        return None
    at = _unknown_alias(events) if error is None else _refused(text, events, error)
    if at is None:
        return None
    line = text[at:].partition("\n")[0]
    value = re.split(r"\s#" if not _in_brackets(_column(source, at)) else r"\s#|,(?=\s)|[]}]", line)[0].rstrip()
    span = Span(source, at, at + len(value))
    quoted = "'" + span.text.replace("'", "''") + "'"
    one = UNQUOTED.at(
        span,
        f"a value that begins with “{text[at]}” must be quoted",
        label="not quoted",
        fix=_instead(span.text) or f"Write {quoted}, or a formula the other way around so that it begins with a name.",
    )
    return one, text[:at] + _PRIVATE[text[at]] + text[at + 1 :]


def _instead(value: str) -> str:
    """What was surely meant by a percent sign before its number, or by a star before an item; "" for anything else."""
    percent = re.fullmatch(r"% ?([0-9][0-9.]*)", value)
    item = re.fullmatch(r"\* +([A-Za-z_][\w.]*)", value)
    if percent:
        return f"Write {percent[1]}%."
    return f"Write “- {item[1]}”." if item else ""


def _in_brackets(before: str) -> bool:
    return before.count("[") + before.count("{") > before.count("]") + before.count("}")


def _unknown_alias(events: Events[yaml.Event]) -> int | None:
    """Where text was taken for an alias although nothing of that name is anchored before it."""
    anchors: set[str] = set()
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                return offset(event, "start_mark")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            anchors.add(event.anchor)
    return None


def _refused(text: str, events: Events[yaml.Event], error: yaml.YAMLError) -> int | None:
    """Where an unquoted value begins with a refused character that the error is about."""
    problem, context = offset(error, "problem_mark"), offset(error, "context_mark")
    if text[problem : problem + 1] in tuple("%@`|>"):
        return problem
    scanned = re.match("while scanning an? (block scalar|alias|anchor|tag|directive)", _words(error, "context"))
    if scanned and text[context : context + 1] in tuple(_REFUSED):
        return context
    last = events[-1] if events else None
    if isinstance(last, yaml.NodeEvent):
        start = offset(last, "start_mark")
        if text[start : start + 1] in tuple("*&!") and "\n" not in text[start:problem]:
            return start
    return None


def offset(marked: yaml.Event | yaml.YAMLError, mark: str) -> int:
    """Where an event or an error has one of its marks, in characters; 0 if it has none."""
    place = getattr(marked, mark, None)
    return int(place.index) if place is not None else 0


def _words(error: yaml.YAMLError, part: str) -> str:
    return str(getattr(error, part, None) or "")


def diagnosed(source: Source, events: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic:
    """What is wrong where the text stops being YAML."""
    said = _words(error, "problem")
    for cause in (_tabs, _dashes, _quotes, _brackets, _missing_colon, _colons):
        one = cause(source, events, error)
        if one is not None:
            return one
    at = offset(error, "problem_mark")
    if "expected <block end>" in said or "not allowed here" in said or "did not find expected" in said:
        before = _column(source, at)
        if source.text[at : at + 2].strip() == "-" and before.strip():
            message = "a list cannot start on the line of its key"
            return INDENTATION.at(_to_line_end(source, at), message, label="start a new line here")
        message = "this line does not start in the column of anything it could belong to"
        start = at - len(before.lstrip())
        return INDENTATION.at(_to_line_end(source, start), message, label="wrong column")
    if "escape" in said:
        fix = "Use single quotes, between which \\ is only itself."
        message = "this is not an escape that YAML knows"
        return OTHER.at(Span(source, max(0, at - 1), at + 1), message, label="unknown escape", fix=fix)
    message = "this is not YAML" + (f": {said}" if said else "")
    return OTHER.at(_to_line_end(source, at), message, label="reading stops here")


def _column(source: Source, at: int) -> str:
    """What stands on the line before an offset."""
    return source.text[source.text.rfind("\n", 0, at) + 1 : at]


def _to_line_end(source: Source, at: int) -> Span:
    text = source.text
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return Span(source, at, max(at, at + len(text[at:end].rstrip())))


def _tabs(source: Source, _: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic | None:
    """Tabs in the indentation of a line the error touches."""
    at = offset(error, "problem_mark")
    first = min(at, offset(error, "context_mark") or at)
    before = source.text.rfind("\n", 0, max(0, source.text.rfind("\n", 0, first)))
    tabs = [Span(source, one.start(), one.end()) for one in _TAB_LINE.finditer(source.text)]
    touched = [one for one in tabs if before < one.end and one.start <= at]
    if not touched:
        return None
    related = tuple(Label(one, "here too") for one in tabs if one != touched[0])[:_MOST_RELATED]
    return TABS.at(touched[0], "this line is indented with a tab", label="replace by spaces", related=related)


def _dashes(source: Source, _: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic | None:
    """An item of a list that begins with another sign than a hyphen and a space, on the error's line or right above."""
    at = offset(error, "problem_mark")
    start = at - len(_column(source, at))
    for line in (start, source.text.rfind("\n", 0, max(0, start - 1)) + 1):
        match = _ODD_ITEM.match(source.text, line)
        if match and line + len(match.group()) <= len(source.text):
            span = Span(source, match.start(1), match.end(1))
            message = "an item of a list begins with a hyphen and a space"
            return ITEM.at(span, message, label="write “- ” here")
    return None


def _quotes(source: Source, events: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic | None:
    """A quote that is never closed, closed only by the next value's, or closed before the value's end."""
    at, said = offset(error, "problem_mark"), _words(error, "problem")
    if _words(error, "context") == "while scanning a quoted scalar":
        span = _to_line_end(source, offset(error, "context_mark"))
        return OPEN_QUOTE.at(span, "this quote is not closed", label="opened here")
    quoted = [one for one in events[-2:] if isinstance(one, yaml.ScalarEvent) and one.style in {"'", '"'}]
    if not quoted or not ("expected" in said or "not allowed" in said):
        return None
    start, end = offset(quoted[-1], "start_mark"), offset(quoted[-1], "end_mark")
    if "\n" in source.text[start:end]:
        return OPEN_QUOTE.at(_to_line_end(source, start), "this quote is not closed on its line", label="opened here")
    if "\n" not in source.text[end:at] and end <= at:
        message = "the quote closes before the value ends"
        fix = "Put the whole value in quotes; inside single quotes write '' for a quote."
        return OPEN_QUOTE.at(Span(source, start, end), message, label="closed too early", fix=fix)
    return None


def _brackets(source: Source, events: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic | None:
    """Trouble between brackets, told at the place where it shows, with the bracket that is open."""
    if not _words(error, "context").startswith("while parsing a flow"):
        return None
    opened = offset(error, "context_mark")
    if source.text[opened : opened + 1] not in {"[", "{"}:
        # The parser's context is then the item that it could not read, not what the item stands in.
        opened = _last_opened(events)
    bracket = source.text[opened : opened + 1]
    span = Span(source, opened, opened + 1)
    at = offset(error, "problem_mark")
    if "\n" not in source.text[opened:at]:
        span, opener = _to_line_end(source, at), span
        message = f"a comma or the end of the bracket “{bracket}” is expected here"
        return OPEN_BRACKET.at(span, message, label="not expected here", related=(Label(opener, "opened here"),))
    return OPEN_BRACKET.at(span, f"the bracket “{bracket}” is not closed", label="opened here")


def _last_opened(events: Events[yaml.Event]) -> int:
    """Where the innermost bracket that is still open begins."""
    still: list[yaml.Event] = []
    for one in events:
        if isinstance(one, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            still.append(one)
        elif isinstance(one, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            still.pop()
    return offset(still[-1], "start_mark")


def _missing_colon(source: Source, _: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic | None:
    """A line among keys that has no colon, or no space after it."""
    if "could not find expected ':'" not in _words(error, "problem"):
        return None
    at = offset(error, "context_mark")
    start = at - len(_column(source, at))
    line = _to_line_end(source, at)
    pair = re.fullmatch(r"([a-z_]+)(?: *[=:]+>? *| +)([^\s#/].*)", line.text.strip())
    fix = "Write a comment behind “#”." if line.text.strip().startswith(("//", "--", "/*")) else ""
    if pair:
        fix = f"Write “{pair[1]}: {pair[2]}”, or move the line to the text it continues, deeper than its key."
    return _glued(source, start) or NO_COLON.at(
        line, "this line has no colon, so it is not a key", label="expected “key: value”", fix=fix
    )


def _colons(source: Source, _: Events[yaml.Event], error: yaml.YAMLError) -> Diagnostic | None:
    """A second colon in a line, or a colon in a line that continues the text above it."""
    if "mapping values are not allowed" not in _words(error, "problem"):
        return None
    at = offset(error, "problem_mark")
    before = _column(source, at)
    earlier = re.match(r"\s*(?:- +)*[^\s#:][^#:]*:\s+", before)
    if earlier:
        span = _to_line_end(source, at - len(before) + earlier.end())
        fix = f'Put the value in quotes: "{span.text}".' if '"' not in span.text else ""
        return COLON_IN_TEXT.at(span, "the value has a colon in it and no quotes", label="needs quotes", fix=fix)
    above = source.text.rfind("\n", 0, max(0, at - len(before) - 1)) + 1
    return _glued(source, above)


def _glued(source: Source, start: int) -> Diagnostic | None:
    """The report on a line of the form `key:value` that starts at an offset."""
    match = _GLUED.match(source.text, start)
    if match is None or "\n" in match.group():
        return None
    key = match.group().strip().lstrip("- ")
    span = Span(source, match.end() - 1, match.end())
    return NO_SPACE.at(span, f"a space is missing after “{key}”", label="add a space after the colon")
