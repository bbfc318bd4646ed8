"""How large a meaning is with its definitions written out, as a database is sent it; knows nothing of what it means.

A formula is short, and definitions of definitions can still grow without end: each may use the one before it twice.
"""

from acmspec.ground.diagnostic import Problem
from acmspec.ground.source import Span
from acmspec.program.findings import Findings
from acmspec.program.relocate import in_order, is_meaning
from acmspec.program.tree import Population, Reach, Window

MOST_PARTS = 3_000
DEEPEST = 150

TOO_LARGE = Problem(
    "ACM345",
    "meaning that is too large",
    f"With its definitions written out, a formula has at most {MOST_PARTS:,} parts and {DEEPEST} levels, so that it "
    "can be calculated, and read by a person.",
    "Use fewer definitions inside definitions, or let the data carry the value.",
    "A condition must be short enough to be read and agreed.",
)
PROBLEMS = (TOO_LARGE,)

_Weights = dict[int, tuple[int, int]]


def is_too_large(meaning: object, span: Span, path: str, findings: Findings) -> bool:
    """Whether a meaning passes the limits; it is then reported at `span`."""
    size, depth = _weight(meaning, {})
    if is_over(size, depth):
        say_too_large(size, depth, span, path, findings)
        return True
    return False


def is_over(size: int, depth: int) -> bool:
    """Whether so many parts and levels are more than a formula can have."""
    return size > MOST_PARTS or depth > DEEPEST


def say_too_large(size: int, depth: int, span: Span, path: str, findings: Findings) -> None:
    """Report a formula that has so many parts and levels with its definitions written out."""
    far = f"{depth:,} levels" if depth > DEEPEST else f"{size:,} parts" if size < 10 * MOST_PARTS else "too many parts"
    message = f"with its definitions written out, this formula has {far}"
    findings.say(TOO_LARGE, span, message, path=path, label="too large")


def say_too_deep(name: str, span: Span, path: str, findings: Findings) -> None:
    """Report a definition whose definitions are nested so deep that they can't even be written out."""
    findings.say(TOO_LARGE, span, f"the definitions that “{name}” is made of are nested too deep", path=path)


def _weight(node: object, known: _Weights) -> tuple[int, int]:
    """How many parts and levels a node has. What is used in several places is looked at once and counted each time."""
    found = known.get(id(node))
    if found is None:
        size, depth = 1, 0
        for name in in_order(node):
            more, below = _inside(getattr(node, name), known)
            size, depth = size + more, max(depth, below)
        found = known[id(node)] = (size, depth + 1)
    return found


def _inside(value: object, known: _Weights) -> tuple[int, int]:
    if isinstance(value, tuple):
        size, depth = 0, 0
        for each in value:
            more, below = _inside(each, known)
            size, depth = size + more, max(depth, below)
        return size, depth
    # Sets and windows are weighed where they are made, and sent to the database once.
    if is_meaning(value) and not isinstance(value, Population | Reach | Window):
        return _weight(value, known)
    return 0, 0
