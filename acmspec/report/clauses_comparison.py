"""What a result is compared with, how it is rounded first, and worked cases; pairs around a target are computed."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.ground.exact import round_half_up
from acmspec.program.counting import counts_records
from acmspec.program.rounding import is_percentage, places
from acmspec.program.tree import Benchmark, GroupConstant, Measure
from acmspec.report.clauses_draft import Draft, counting, para, refer, title
from acmspec.report.tree import Paragraph
from acmspec.spec.examples import Example
from acmspec.spec.tree import Metric


def comparison(draft: Draft, measure: Measure, found: Metric) -> Iterator[Paragraph]:
    """One paragraph a benchmark, then what equal and better mean."""
    kinds = {kind.word: kind for kind in draft.kinds.benchmarks}
    for benchmark, use in zip(measure.benchmarks, found.benchmarks, strict=True):
        anchor = f"metrics.{measure.name}.benchmarks.{benchmark.name}"
        words = draft.term_words(measure, anchor)
        text = f"{quoted(title(use.name.value))}: {kinds[use.kind.value].clause(use.parameters, words)}"
        head = "Target and comparison"
        if benchmark.own:
            text += " An agreement may set another target for its Provider, as stated in section "
            yield refer(text, "agreements", ".", head=head, anchor=anchor)
        else:
            yield para(text, head=head, anchor=anchor)
    side = "no lower than" if measure.better == "higher" else "no higher than"
    anchor = f"metrics.{measure.name}.better"
    if measure.benchmarks:
        text = f"A {measure.better} result is better. A result that is {side} what it is compared with meets it."
        yield para(text, head="Meeting it", anchor=anchor)
    else:
        yield para(f"A {measure.better} result is better.", head="Target and comparison", anchor=anchor)


def rounding(draft: Draft, measure: Measure, anchor: str) -> Paragraph:
    """How a result is rounded, with a pair of values around the first fixed target."""
    of = " of a percentage" if is_percentage(measure.formula.type) and measure.decimals else ""
    text = (
        "The result is computed exactly and then rounded once. "
        f"It is rounded half up, to {numbers.places(measure.decimals)}{of}. The rounded result is compared and stated."
    )
    pair = next((found for one in measure.benchmarks if (found := around(measure, one))), None)
    if pair:
        good, bad = (f"{draft.result(one, measure, 1)} becomes {draft.result(one, measure)}" for one in pair)
        text += f" For example, {good} and meets the target. A result of {bad} and does not meet it."
    return para(text, head="Rounding", anchor=f"{anchor}.round")


def around(measure: Measure, benchmark: Benchmark) -> tuple[Fraction, Fraction] | None:
    """A value that just meets a fixed target when rounded and one that just does not; None if there is no such pair.

    Both are exact values of the measure, one decimal finer than the rounded result.
    """
    if not isinstance(benchmark.value, GroupConstant):
        return None
    target, decimals = benchmark.value.value, places(measure.formula.type, measure.decimals)
    step = Fraction(1, 10**decimals)
    lowest = -(-target // step) * step if measure.better == "higher" else target // step * step
    tenth = step / 10
    ends = (-5, -6) if measure.better == "higher" else (4, 5)
    good, bad = (lowest + end * tenth for end in ends)
    meets = [_meets(measure, round_half_up(one, decimals), target) for one in (good, bad)]
    sound = min(good, bad) >= 0 and not (is_percentage(measure.formula.type) and max(good, bad) > 1)
    return (good, bad) if sound and meets == [True, False] else None


def _meets(measure: Measure, value: Fraction, target: Fraction) -> bool:
    return value >= target if measure.better == "higher" else value <= target


def examples(draft: Draft, measure: Measure) -> Iterator[Paragraph]:
    """The worked cases of a metric, whose expected results a rule of the checker has held to the counts."""
    for at, one in enumerate(draft.program.spec.examples):
        if one.metric.value == measure.name:
            yield para(_example(draft, measure, one), head="Worked example", anchor=f"examples.{at}")


def _example(draft: Draft, measure: Measure, one: Example) -> str:
    text = _given(draft, measure, one)
    for other in one.also:
        of = next(each for each in draft.program.measures if each.name == other.metric.value)
        text += f" For {quoted(of.title)}: {_given(draft, of, other)}"
    for other in one.others:
        text += f" {_beside(draft, measure, other)}"
    for name, said in one.expect:
        verb = {"met": "meets", "not met": "does not meet"}.get(said.value, said.value)
        text += f" This {verb} {quoted(title(name.value))}."
    if one.tier is not None:
        text += f" The tier is {quoted(one.tier.value)}."
    return text if one.payment is None else f"{text} {_paid(draft, one, one.payment.value.value)}"


def _paid(draft: Draft, one: Example, amount: Fraction) -> str:
    """What is due, and what that leaves open."""
    if not amount:
        later = " until that changes" if one.state is not None else ""
        return f"Nothing is due under the terms for this measure for the period{later}."
    whose = f" for {one.provider.value}" if one.others and one.provider is not None else ""
    said = f"The terms for this measure then come to {draft.money(amount)}{whose} for the period"
    return f"{said}, if nothing was paid before."


_STATES = {"immature": "is not yet mature", "missing": "is missing"}


def _beside(draft: Draft, measure: Measure, one: Example) -> str:
    """What the counts of another provider are."""
    whose = "" if one.provider is None else one.provider.value
    if one.state is not None:
        return f"Beside it, the result of {whose} {_STATES[one.state.value]}."
    said = _counted(draft, measure, one)
    if one.disputed:
        said += f", and {one.disputed:,} of the records {'is' if one.disputed == 1 else 'are'} in dispute"
    return f"Beside it, for {whose}, {said}."


def _counted(draft: Draft, measure: Measure, one: Example) -> str:
    """How many of how many count."""
    nouns = draft.nouns(measure)
    many = nouns.one if one.denominator == 1 else nouns.many
    verb = counting(measure).one_counts if one.numerator == 1 else counting(measure).many_count
    return f"{one.numerator:,} of {one.denominator:,} {many} {verb}"


def _given(draft: Draft, measure: Measure, one: Example) -> str:
    """Whose counts they are, how many, and what they make."""
    whose = "" if one.provider is None else f"For {one.provider.value}: "
    if one.state is not None:
        return f"{whose}If the result {_STATES[one.state.value]}, it has no value."
    if not one.denominator:
        return f"{whose}If there are no {draft.nouns(measure).many}, the result is undefined."
    text = f"{whose}If {_counted(draft, measure, one)}, "
    if one.disputed:
        text += f"and {one.disputed:,} of the records {'is' if one.disputed == 1 else 'are'} in dispute, "
    if one.value:
        return f"{text}the result is {draft.result(one.value.value.value, measure)}."
    too_few = counts_records(measure.formula) and one.denominator < measure.minimum
    return f"{text}{'these are too few for a result' if too_few else 'the result follows from these numbers'}."
