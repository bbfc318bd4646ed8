"""A worked example comes out as it says: the clause prints it, and must not contradict the number."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import fixed, round_half_up
from acmspec.program.catalog import faulty
from acmspec.program.tree import Measure, Program
from acmspec.program.types import Form, NumberType
from acmspec.spec.examples import Example
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM370",
    "a worked example that does not come out",
    "The clause prints the example, so it must be what the metric makes of the counts, rounded and compared.",
    "Correct the expected result, or the counts.",
    "A worked example must follow from the measure that it explains.",
)
_PERCENT = 2


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """The counts of each example give its value and its comparisons with stated targets."""
    measures = {one.name: one for one in program.measures if one.is_metric} if program is not None else {}
    for place, example in enumerate(spec.examples):
        measure = measures.get(example.metric.value)
        if measure is not None and example.denominator and example.state is None:
            yield from _worked(example, measure, f"examples.{place}", known=_is_known(spec, place, measures))


def _is_known(spec: Spec, place: int, measures: Mapping[str, Measure]) -> bool:
    """Whether what the example is compared with could be read, so that nothing rests on a mistake told there."""
    example = spec.examples[place]
    if faulty(spec, "metrics", example.metric.value) or faulty(spec, "examples", str(place)):
        return False
    if example.provider is None:
        return True
    name, measure = example.provider.value, measures[example.metric.value]
    own = [said for one in spec.agreements if one.provider.value == name for said, _ in one.targets]
    read = any(name in dict(one.own) for one in measure.benchmarks)
    return (
        not faulty(spec, "agreements")
        and (read or example.metric.value not in {one.value for one in own})
        and (all(one.value in measures for one in own))
    )


def _worked(example: Example, measure: Measure, path: str, *, known: bool) -> Iterator[Diagnostic]:
    percent = isinstance(measure.formula.type, NumberType) and measure.formula.type.form in {Form.SHARE, Form.POINTS}
    exact = Fraction(example.numerator, example.denominator)
    value = round_half_up(exact, measure.decimals + (_PERCENT if percent else 0))
    said = fixed(value * 100, measure.decimals) + "%" if percent else fixed(value, measure.decimals)
    counts = f"{example.numerator} of {example.denominator}"
    stated = example.value
    # A value in another unit is told as such.
    if stated is not None and (stated.value.written == "percent") is percent and stated.value.value != value:
        message, fix = f"{counts} is {said}, not {stated.span.text}", f"Write {said}, or correct the counts."
        yield PROBLEM.at(stated.span, message, label=f"comes to {said}", path=f"{path}.expect.value", fix=fix)
    provider = "" if example.provider is None else example.provider.value
    levels = {one.name: one.level(provider) for one in measure.benchmarks}
    for name, word in example.expect if known else ():
        level = levels.get(name.value)
        if level is None:
            continue
        met = value >= level if measure.better == "higher" else value <= level
        right = "met" if met else "not met"
        if word.value != right:
            message = f"{counts} is {said}, so “{name.value}” is {right}"
            where = f"{path}.expect.{name.value}"
            yield PROBLEM.at(word.span, message, label=right, path=where, fix=f"Write {right}, or correct the counts.")
