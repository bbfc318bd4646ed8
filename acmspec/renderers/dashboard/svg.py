"""The few SVG pieces that all charts are made of: exact coordinates, text, and the closed list of marks."""

from fractions import Fraction
from html import escape

from acmspec.ground.exact import fixed
from acmspec.report.tree import Mark

_SHAPES = {
    "met": '<circle cx="8" cy="8" r="6" fill="currentColor"/>',
    "met-h": '<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "not_met": '<path d="M8 1l7 7-7 7-7-7z" fill="currentColor"/>',
    "not_met-h": '<path d="M8 2.2L13.8 8 8 13.8 2.2 8z" fill="none" stroke="currentColor" stroke-width="2"/>',
    "too_few": '<circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="1.6"'
    ' stroke-dasharray="2.1 2"/>',
    "immature": '<path d="M3.5 2.5h9L3.5 13.5h9z" fill="none" stroke="currentColor" stroke-width="1.5"'
    ' stroke-linejoin="round"/>',
    "missing": '<path d="M3 3h10v10H3z" fill="none" stroke="currentColor" stroke-width="1.7" stroke-dasharray="3 2"/>',
    "undefined": '<path d="M3 8h10" fill="none" stroke="currentColor" stroke-width="2"/>',
    "plain": '<circle cx="8" cy="8" r="2.5" fill="currentColor"/>',
}


def shape(mark: Mark) -> str:
    """The name of a mark's drawing."""
    return f"{mark.kind}-h" if mark.hollow else mark.kind


def symbols() -> str:
    """All drawings once, to be used by reference; takes no room on the page."""
    drawn = "".join(f'<symbol id="m-{name}" viewBox="0 0 16 16">{body}</symbol>' for name, body in _SHAPES.items())
    return f'<svg width="0" height="0" class="defs" aria-hidden="true">{drawn}</svg>'


def mark(one: Mark) -> str:
    """A mark beside text that says the same."""
    return f'<svg class="m {one.kind}" aria-hidden="true"><use href="#m-{shape(one)}"/></svg>'


def mark_at(one: Mark, x: Fraction, y: Fraction, size: int) -> str:
    """A mark inside a chart, centered."""
    half = Fraction(size, 2)
    place = f'x="{at(x - half)}" y="{at(y - half)}" width="{size}" height="{size}"'
    return f'<use href="#m-{shape(one)}" class="{one.kind}" {place}/>'


def at(coordinate: Fraction) -> str:
    """A coordinate with one decimal at most, the same on every machine."""
    return fixed(coordinate, 1).removesuffix(".0")


def line(x1: Fraction, y1: Fraction, x2: Fraction, y2: Fraction, kind: str) -> str:
    """A straight line."""
    return f'<path class="{kind}" d="M{at(x1)} {at(y1)}L{at(x2)} {at(y2)}"/>'


def path(points: list[tuple[Fraction, Fraction]], kind: str) -> str:
    """A line through points."""
    return f'<path class="{kind}" d="M{"L".join(f"{at(x)} {at(y)}" for x, y in points)}"/>'


def ring(x: Fraction, y: Fraction, radius: str, kind: str) -> str:
    """A circle; whether it is filled is a matter of its kind."""
    return f'<circle class="{kind}" cx="{at(x)}" cy="{at(y)}" r="{radius}"/>'


def text(words: str, x: Fraction, y: Fraction, kind: str) -> str:
    """A text, escaped."""
    return f'<text class="{kind}" x="{at(x)}" y="{at(y)}">{escape(words)}</text>'


def picture(width: int, height: int, label: str, body: str, kind: str) -> str:
    """A drawing that says in words what it shows; without a label it is hidden from readers of the text beside it."""
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="{kind}" viewBox="0 0 {width} {height}" {said}>{body}</svg>'
