"""Diagnostics as text for people: the line, carets under the place, cause, fix and contract language; it finds nothing.

Widths are those of a terminal with a fixed font: wide characters take two cells, combining ones none.
"""

from collections.abc import Iterable
from unicodedata import category, combining, east_asian_width

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Severity
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Span

MOST_CELLS = 110
_BEFORE = 40
_MOST_CHARACTERS = 1_000
_TAB = 4
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;34"}
_FRAME, _BOLD, _DIM = "36", "1", "2"


def pretty(diagnostic: Diagnostic, *, color: bool) -> str:
    """One finding as lines of text without a last line end; `color` adds terminal colors and nothing else."""
    ink = _Ink(color, _COLORS[diagnostic.severity])
    head = ink.strong(f"{diagnostic.severity.value}[{diagnostic.code}]")
    lines = [f"{head}{ink.bold(': ' + visible(diagnostic.message))}"]
    gutter = _gutter(diagnostic)
    lines += _where(diagnostic, ink, gutter)
    lines += _excerpt(diagnostic, ink, gutter)
    for other in diagnostic.related:
        lines.append(f"{' ' * gutter}{ink.frame(':::')} {visible(str(other.span))}")
        lines += _source_lines(other.span, other.text, ink, gutter, before=False)
    for name, said in (("cause", diagnostic.cause), ("fix", diagnostic.fix), ("contract", diagnostic.problem.contract)):
        if said:
            lines.append(f"{' ' * gutter} {ink.frame('=')} {ink.bold(name + ':')} {visible(said)}")
    return "\n".join(lines)


def alike(diagnostics: Iterable[Diagnostic]) -> tuple[tuple[Diagnostic, ...], ...]:
    """The findings in their order, those of one kind in one column of one data file together with the first of them."""
    groups: dict[object, list[Diagnostic]] = {}
    for at, one in enumerate(diagnostics):
        place = one.place
        if isinstance(place, DataPlace) and place.number is not None and not one.related:
            # Where no column says what is meant, the message does: a check, or the records that share a key.
            what = place.column or one.message
            groups.setdefault((one.code, one.path, place.file, what), []).append(one)
        else:
            groups[at] = [one]
    return tuple(tuple(group) for group in groups.values())


def also(others: Iterable[Diagnostic]) -> str:
    """The line below a finding that names the further places it was made at, each with its value."""
    places = (one.place for one in others)
    said = (
        f"{place.unit} {place.number}" + (f" “{visible(place.value)}”" if place.value else "")
        for place in places
        if isinstance(place, DataPlace)
    )
    return f"  = also: {', '.join(said)}"


def summary(diagnostics: Iterable[Diagnostic], *, written: bool) -> str:
    """The closing line: how many errors and warnings, in which files, and if nothing was written because of them."""
    found = tuple(diagnostics)
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    files = tuple(dict.fromkeys(name for one in found if (name := _file(one))))
    counted = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    end = " Nothing was written." if errors and not written else ""
    return f"{counted}{_in_files(files)}.{end}"


def visible(text: str) -> str:
    """The text with every character that cannot be seen made visible, such as `␀` or `<U+202E>`."""
    return "".join(_seen(one) for one in text)


@node
class _Ink:
    """Terminal colors, or none."""

    on: bool
    severity: str

    def strong(self, text: str) -> str:
        return self._with(self.severity, text)

    def frame(self, text: str) -> str:
        return self._with(_FRAME, text)

    def bold(self, text: str) -> str:
        return self._with(_BOLD, text)

    def dim(self, text: str) -> str:
        return self._with(_DIM, text)

    def _with(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text


def _seen(one: str) -> str:
    if one.isprintable():
        return one
    point = ord(one)
    if point < 0x20:  # noqa: PLR2004  (where the control characters end)
        return chr(0x2400 + point)
    if point == 0x7F:  # noqa: PLR2004  (delete)
        return "␡"
    return " " if category(one) == "Zs" else f"<U+{point:04X}>"


def _cells(text: str) -> int:
    """How many cells a visible text takes in a terminal."""
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _laid_out(line: str) -> list[str]:
    """What is shown for each character of a line: tabs become blanks up to the next stop."""
    shown: list[str] = []
    at = 0
    for one in line:
        shown.append(" " * (_TAB - at % _TAB) if one == "\t" else _seen(one))
        at += _cells(shown[-1])
    return shown


def _gutter(diagnostic: Diagnostic) -> int:
    """How many cells the largest line number of a finding takes."""
    spans = [one.span for one in diagnostic.related]
    if isinstance(diagnostic.place, Span):
        spans.append(diagnostic.place)
    return max((len(str(span.source.position(span.start)[0])) for span in spans), default=1)


def _where(diagnostic: Diagnostic, ink: _Ink, gutter: int) -> list[str]:
    place = diagnostic.place
    if place is None and not diagnostic.path:
        return []
    said = "" if place is None else visible(str(place))
    if isinstance(place, DataPlace) and place.column:
        said += f", column “{visible(place.column)}”"
    path = f"({visible(diagnostic.path)})" if diagnostic.path else ""
    return [f"{' ' * gutter}{ink.frame('-->')} {'   '.join(one for one in (said, ink.dim(path)) if one)}"]


def _excerpt(diagnostic: Diagnostic, ink: _Ink, gutter: int) -> list[str]:
    place = diagnostic.place
    if isinstance(place, Span):
        return _source_lines(place, diagnostic.label, ink, gutter, before=True)
    if isinstance(place, DataPlace) and place.value:
        return _marked(place.value, (0, len(place.value)), diagnostic.label, _Margin("", gutter, ink))
    return [_Margin("", gutter, ink).text(ink.strong(visible(diagnostic.label)))] if diagnostic.label else []


@node
class _Margin:
    """What stands before a line: its number, if it has one, right-aligned."""

    number: str
    width: int
    ink: _Ink

    def text(self, line: str) -> str:
        return f"{self.ink.frame(f'{self.number:>{self.width}} |')} {line}".rstrip()


def _source_lines(span: Span, label: str, ink: _Ink, gutter: int, *, before: bool) -> list[str]:
    """The line a span starts in, the one before it if asked for, and carets under what it covers."""
    source = span.source
    number, column = source.position(span.start)
    last, _ = source.position(max(span.start, span.end - 1))
    line = _hidden(source.line(number))
    lines = []
    if before and number > 1:
        above = _hidden(source.line(number - 1))
        cut = "".join(_window(_laid_out(above[:_MOST_CHARACTERS]), 0)[1])
        lines.append(_Margin(str(number - 1), gutter, ink).text(cut))
    end = len(line) if last > number else min(len(line), column - 1 + span.end - span.start)
    said = f"{label} (to line {last})" if last > number and label else label
    return lines + _marked(line, (column - 1, end), said, _Margin(str(number), gutter, ink))


def _hidden(line: str) -> str:
    """A line with the passwords of addresses covered, character by character."""
    return _PASSWORD.sub(lambda found: found[1] + "•" * len(found[2]), line) if "://" in line else line


_PASSWORD = pattern(r"""(://[^/@:"']*:|password=)([^@&"']+)(?=@|&|"|'|$)""")


def _marked(line: str, marked: tuple[int, int], label: str, margin: _Margin) -> list[str]:
    """A line, and under it carets below the `marked` range of characters with the label behind them."""
    start, end = marked
    cut = max(0, start - _MOST_CHARACTERS)  # a line of a million characters is not laid out for a hundred of them
    line, start, end = line[cut : start + _MOST_CHARACTERS], start - cut, end - cut
    laid_out = _laid_out(line)
    left, shown, lead = _window(laid_out, start)
    blank = _cells(lead) + sum(_cells(one) for one in laid_out[left:start])
    room = max(1, sum(_cells(one) for one in shown) - blank)
    carets = max(1, min(room, sum(_cells(one) for one in laid_out[start:end])))
    mark = margin.ink.strong(("^" * carets + " " + visible(label)).rstrip())
    under = _Margin("", margin.width, margin.ink)
    return [margin.text("".join(shown)), under.text(" " * blank + mark)]


def _window(laid_out: list[str], start: int) -> tuple[int, list[str], str]:
    """The part of a line that is shown around a character: where it begins, its pieces, what leads them."""
    if sum(_cells(one) for one in laid_out) <= MOST_CELLS:
        return 0, laid_out, ""
    left, cells = start, 0
    while left > 0 and cells < (_BEFORE if start > _BEFORE else MOST_CELLS):
        left -= 1
        cells += _cells(laid_out[left])
    right = left
    cells = 0
    while right < len(laid_out) and cells < MOST_CELLS:
        cells += _cells(laid_out[right])
        right += 1
    lead = "…" if left > 0 else ""
    return left, [lead, *laid_out[left:right], "…" if right < len(laid_out) else ""], lead


def _file(one: Diagnostic) -> str:
    if isinstance(one.place, Span):
        return one.place.source.name
    return one.place.file if one.place is not None else ""


def _in_files(files: tuple[str, ...]) -> str:
    few = 3
    if not files:
        return ""
    if len(files) > few:
        return f" in {len(files)} files"
    names = [visible(one) for one in files]
    return " in " + (names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1])


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
