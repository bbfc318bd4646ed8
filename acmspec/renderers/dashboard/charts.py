"""The charts of the page: a measure over time, the same in a table cell, and groups as dots on one scale."""

from fractions import Fraction

import acmspec.renderers.dashboard.svg as svg  # noqa: PLR0402  (through the package it would be a circle)
from acmspec.ground.node import node
from acmspec.renderers.dashboard.axis import Axis, axis
from acmspec.report.tree import Breakdown, BreakdownRow, Point, Series

_WIDTH, _HEIGHT = 476, 204
_LEFT, _RIGHT, _TOP, _BOTTOM = Fraction(46), Fraction(384), Fraction(24), Fraction(172)
_MOST_LABELS = 6
_LETTER, _GAP = 6, 10
_NEAR = 14
_LONG = 11

_SPARK_WIDTH, _SPARK_HEIGHT = 120, 28
_DOT_WIDTH, _DOT_HEIGHT = 240, 20


# --- over time --------------------------------------------------------------------------------------------------


def series(of: Series) -> str:
    """A measure period by period: judged points joined, others hollow and apart, the target dashed and labeled."""
    values = [one.value for one in of.points if one.value is not None]
    if of.target is not None:
        values.append(of.target)
    y = axis(values, of.scale, _BOTTOM, _TOP, from_zero=False)
    x = _columns(len(of.points), _LEFT, _RIGHT)
    parts = [_frame(y, with_text=bool(values)), _time(of.points, x), _target(of, y), _joined(of.points, x, y)]
    parts += [_point(one, x[at], y, is_latest=at == of.latest) for at, one in enumerate(of.points)]
    parts += [_waiting(of.points, x), _latest(of, x, y)]
    return svg.picture(_WIDTH, _HEIGHT, _said(of), "".join(parts), "chart")


def _columns(count: int, left: Fraction, right: Fraction) -> list[Fraction]:
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * index / (count - 1) for index in range(count)]


def _frame(y: Axis, *, with_text: bool) -> str:
    """The lines of the ticks and their numbers; only the foot where there is nothing to read on a scale."""
    parts = []
    for tick in y.ticks() if with_text else (y.low,):
        place = y.place(tick)
        parts.append(svg.line(_LEFT, place, _RIGHT, place, "g"))
        parts.append(svg.text(y.text(tick), _LEFT - 7, place + 4, "e") if with_text else "")
    return "".join(parts)


def _time(points: tuple[Point, ...], x: list[Fraction]) -> str:
    """Labels under the axis, counted back from the last; every second one may go where there is little room."""
    longest = max(len(one.label) for one in points)
    most = max(1, min(_MOST_LABELS, int(_RIGHT - _LEFT) // (_LETTER * longest + _GAP)))
    every = -(-len(points) // most)
    chosen = range(len(points) - 1, -1, -every)
    return "".join(
        svg.text(points[index].label, x[index], _BOTTOM + 19, "c opt" if order % 2 else "c")
        for order, index in enumerate(chosen)
    )


def _target(of: Series, y: Axis) -> str:
    if of.target is None:
        return ""
    place = y.place(of.target)
    drawn = svg.line(_LEFT, place, _RIGHT + 5, place, "t")
    if len(of.target_label) > _LONG:
        return drawn + svg.text(f"target {of.target_label}", _RIGHT, max(place - 6, _TOP), "e b")
    # The label keeps clear of the words under the axis.
    under = min(place + 12, _BOTTOM + 2)
    labels = svg.text("target", _RIGHT + 10, under - 14, "b") + svg.text(of.target_label, _RIGHT + 10, under, "b")
    return drawn + labels


def _is_joined(one: Point) -> bool:
    return one.judged and one.value is not None and bool(one.printed)


def _joined(points: tuple[Point, ...], x: list[Fraction], y: Axis) -> str:
    """Lines through stretches of judged points; a period without a value breaks the line."""
    stretches: list[list[tuple[Fraction, Fraction]]] = [[]]
    for one, place in zip(points, x, strict=True):
        if _is_joined(one) and one.value is not None:
            stretches[-1].append((place, y.place(one.value)))
        elif stretches[-1]:
            stretches.append([])
    return "".join(svg.path(stretch, "l") for stretch in stretches if len(stretch) > 1)


def _point(one: Point, x: Fraction, y: Axis, *, is_latest: bool) -> str:
    if one.value is None:
        return svg.mark_at(one.mark, x, _BOTTOM - 7, 11)
    place = y.place(one.value)
    if is_latest and one.printed and _is_marked(one):
        return svg.mark_at(one.mark, x, place, 13)
    if _is_joined(one):
        return svg.ring(x, place, "2.4", "p")
    return svg.ring(x, place, "3.6", "h few" if one.mark.kind == "too_few" else "h")


def _is_marked(one: Point) -> bool:
    """Whether a point has a mark of its own; one that only says it is there must not look final before it is."""
    return one.judged or one.mark.kind != "plain"


def _waiting(points: tuple[Point, ...], x: list[Fraction]) -> str:
    """What the hollow points at the end are, said once above them."""
    first = next((i for i, one in enumerate(points) if not any(map(_is_joined, points[i:])) and not one.judged), None)
    if first is None:
        return ""
    kinds = {"mature" if one.mark.kind == "immature" else "final" for one in points[first:] if not one.judged}
    words = "not yet mature" if kinds == {"mature"} else "not yet final"
    middle = (x[first] + x[-1]) / 2
    return svg.text(words, min(middle, _RIGHT - 30), _TOP - 10, "c")


def _latest(of: Series, x: list[Fraction], y: Axis) -> str:
    """The value of the period the page shows, beside its point, on the side away from the target."""
    point = of.points[of.latest] if of.latest is not None else None
    if point is None or of.latest is None or point.value is None or not _is_joined(point):
        return ""
    place = y.place(point.value)
    above = of.target is None or y.place(of.target) >= place
    if place - _TOP < _NEAR:
        above = False
    elif _BOTTOM - place < _NEAR:
        above = True
    return svg.text(
        point.printed, max(_LEFT + 22, min(x[of.latest], _RIGHT - 4)), place - 11 if above else place + 21, "v"
    )


def _said(of: Series) -> str:
    shown = of.points if of.latest is None else of.points[: of.latest + 1]
    valued = [f"{one.printed} ({one.words})" for one in shown if one.printed]
    ends = f" From {valued[0]} to {valued[-1]}." if valued else ""
    target = f" Target {of.target_label}." if of.target is not None else ""
    return f"{of.title}: {of.finding}{ends}{target}"


def hint(shown: tuple[Series, ...]) -> str:
    """How to read the points of these charts, as far as they occur."""
    points = [one for each in shown for one in each.points]
    texts = []
    if any(each.target is not None for each in shown):
        texts.append("Dashed line: target.")
    if any(one.value is not None and not one.judged for one in points):
        texts.append("Hollow points, not joined: not yet final; they will move.")
    if any(one.value is not None and one.mark.kind == "too_few" for one in points):
        texts.append("Dashed rings: too few to say.")
    if any(one.mark.kind == "missing" for one in points):
        texts.append("Dashed squares at the foot: data not received.")
    if any(one.value is None and one.mark.kind == "immature" for one in points):
        texts.append("Hourglasses at the foot: too few records are mature yet.")
    return " ".join(texts)


# --- in a cell --------------------------------------------------------------------------------------------------


def sparkline(of: Series) -> str:
    """The course of a measure in a table cell, its last judged point marked as in the table."""
    values = [one.value for one in of.points if one.value is not None]
    if not values:
        return ""
    if of.target is not None:
        values.append(of.target)
    low, high = min(values), max(values)
    y = Axis(low, high if high > low else low + 1, Fraction(1), Fraction(_SPARK_HEIGHT - 6), Fraction(6), of.scale)
    x = _columns(len(of.points), Fraction(4), Fraction(_SPARK_WIDTH - 8))
    parts = []
    if of.target is not None:
        parts.append(svg.line(Fraction(2), y.place(of.target), Fraction(_SPARK_WIDTH - 2), y.place(of.target), "t"))
    parts.append(_joined(of.points, x, y))
    for one, place in zip(of.points, x, strict=True):
        if one.value is not None and not _is_joined(one):
            parts.append(svg.ring(place, y.place(one.value), "1.7", "h"))
    if of.latest is not None:
        last = of.points[of.latest]
        if last.value is not None and _is_marked(last):
            parts.append(svg.mark_at(last.mark, x[of.latest], y.place(last.value), 11))
    return svg.picture(_SPARK_WIDTH, _SPARK_HEIGHT, of.finding, "".join(parts), "spark")


# --- groups -----------------------------------------------------------------------------------------------------


@node
class Dots:
    """The groups of one breakdown on a common scale that starts at zero."""

    x: Axis
    target: Fraction | None

    @staticmethod
    def of(breakdown: Breakdown) -> "Dots":
        """The scale that holds all groups and the target."""
        values = [one.value for one in breakdown.rows if one.value is not None]
        if breakdown.target is not None:
            values.append(breakdown.target)
        start, end = Fraction(8), Fraction(_DOT_WIDTH - 12)
        return Dots(axis(values, breakdown.scale, start, end, from_zero=True), breakdown.target)

    def row(self, of: BreakdownRow) -> str:
        """One group: its mark on the track, the target crossing it."""
        middle = Fraction(_DOT_HEIGHT, 2)
        parts = [svg.line(self.x.start, middle, self.x.end, middle, "g")]
        if self.target is not None:
            place = self.x.place(self.target)
            parts.append(svg.line(place, Fraction(0), place, Fraction(_DOT_HEIGHT), "t"))
        if of.value is not None:
            parts.append(svg.mark_at(of.mark, self.x.place(of.value), middle, 15))
        return svg.picture(_DOT_WIDTH, _DOT_HEIGHT, "", "".join(parts), "dots")

    def foot(self) -> str:
        """The scale under the rows: its ends only, for the numbers stand beside the marks."""
        parts = [svg.text(self.x.text(self.x.low), self.x.start, Fraction(13), "s")]
        parts.append(svg.text(self.x.text(self.x.high), self.x.end, Fraction(13), "e"))
        return svg.picture(_DOT_WIDTH, 18, "", "".join(parts), "dots")
