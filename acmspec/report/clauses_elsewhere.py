"""What a reader must know of values worked out part by part, elsewhere or by choice; nothing of their sentences."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.program.elsewhere import Dates, Earlier, SinceStart
from acmspec.program.group import ForEach, GroupIf, MetricUse, Slice
from acmspec.program.judging import Judging
from acmspec.program.relocate import parts
from acmspec.program.tree import Dimension, Group
from acmspec.report.clauses_draft import Draft
from acmspec.spec.tree import IN_BOTH, LEFT_OUT

_TOGETHER = {
    LEFT_OUT: "is left out",
    IN_BOTH: "counts as one for which it is true",
}


def notes(draft: Draft, formula: Group) -> Iterator[str]:
    """The sentences, each once."""
    yield from dict.fromkeys(_notes(draft, formula))


def _notes(draft: Draft, formula: Group) -> Iterator[str]:
    titles = {one.name: one.title for one in draft.program.measures}
    for node in parts(formula):
        match node:
            case ForEach():
                yield from _each(node)
            case Slice(to=Dates() | Earlier() | SinceStart()):
                yield "A value for other days takes these days in place of the Measurement Period."
            case GroupIf():
                yield "If it cannot be told whether the condition is true, the result is “undefined”."
            case MetricUse(name):
                title = quoted(titles.get(name, name))
                yield (
                    f"The exact result of the measure {title} is worked out as its own section says. "
                    "It is not rounded, and it counts here even if it is “too few” there."
                )
            case _:
                pass


def _each(node: ForEach) -> Iterator[str]:
    if isinstance(node.over, Dimension):
        one = "group"
        yield "Records that belong to none of these groups are not part of it."
    else:
        one = numbers.period(node.over)
        yield f"Each {one} is looked at as a whole. One that has not begun by the Data Date is not looked at."
    match node.function:
        case "count" | "share":
            judging = node.judging or Judging()
            end = _TOGETHER.get(judging.missing_is, "counts as one for which it is not true")
            yield f"A {one} for which it cannot be told whether the condition is true {end}."
        case "longest run":
            yield f"A {one} for which it cannot be told whether the condition is true ends the run."
            if node.where is not None:
                yield f"A {one} that is left out beforehand does not end it."
        case "rank":
            yield "Groups with the same value share the better place, and the places behind it stay free."
            yield "A group without a value has no place and takes none. For several groups together there is no place."
        case _:
            yield f"A {one} without a value has no part in it."
