"""Whether worked examples come to the tier and the payment that they say; how that is shown is not known here."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.results.tree import State
from acmspec.settlement.worked import Worked, worked
from acmspec.spec.examples import Example

TIER = Problem(
    code="ACM464",
    title="a worked example in another tier",
    cause="The clause prints the example, so it must fall in the tier that the terms give it.",
    fix="Correct the expected tier, or the counts.",
    contract="A worked example must follow from the terms that it explains.",
)
PAYMENT = Problem(
    code="ACM465",
    title="a worked example that pays another amount",
    cause="The clause prints the example, so it must pay what the terms make of the counts.",
    fix="Correct the expected payment, or the counts.",
    contract="A worked example must follow from the terms that it explains.",
)
UNSETTLED = Problem(
    code="ACM466",
    title="a worked example that nothing settles",
    cause="What the example expects can't follow from its counts, whatever they are.",
    fix="Leave the expectation out, or give the example what it follows from.",
    contract="A worked example must follow from the terms that it explains.",
)
PROBLEMS = (TIER, PAYMENT, UNSETTLED)

_QUOTES = "\"'"


def check(program: Program) -> tuple[Diagnostic, ...]:
    """Everything that worked examples expect of tiers and payments, and don't get; nothing is settled for others."""
    if not any(one.tier or one.payment or one.provider or one.state or one.others for one in program.spec.examples):
        return ()
    return tuple(found for one in worked(program) for found in missed(one))


def missed(one: Worked) -> Iterator[Diagnostic]:
    """What one example expects of its provider, tier and payment that is not so."""
    example, path = one.example, f"examples.{one.place}"
    if example.provider is not None and not one.program.payments.agreements:
        known = [each.provider.value for each in one.program.spec.agreements]
        message = f"there is no agreement with “{example.provider.value}”"
        fix = offer(example.provider.value, known)
        yield UNSETTLED.at(example.provider.span, message, label="no agreement", path=f"{path}.given.provider", fix=fix)
        return
    found = tuple(_others(one, path))
    if found:
        yield from found
        return
    yield from _without_result(one, path)
    if example.tier is not None:
        yield from _tier(one, example.tier.value, path)
    if example.payment is not None:
        yield from _payment(one, path)


def _others(one: Worked, path: str) -> Iterator[Diagnostic]:
    """Providers beside that of the example that it can't be settled with."""
    example, known = one.example, [each.provider.value for each in one.program.spec.agreements]
    if example.others and example.provider is None:
        message = "the counts of others stand beside those of nobody in particular"
        fix = "Write “provider:” under “given”."
        yield UNSETTLED.at(example.others[0].span, message, label="beside whose?", path=f"{path}.others", fix=fix)
        return
    for other in example.others:
        name = "" if other.provider is None else other.provider.value
        if example.provider is not None and name == example.provider.value:
            message = f"“{name}” is the provider of the example itself"
            fix = "Name other providers under “others”."
            yield UNSETTLED.at(other.span, message, label="no other", path=f"{path}.others.{name}", fix=fix)
        elif name not in known:
            message = f"there is no agreement with “{name}”"
            fix = offer(name, known)
            yield UNSETTLED.at(other.span, message, label="no agreement", path=f"{path}.others.{name}", fix=fix)


def _without_result(one: Worked, path: str) -> Iterator[Diagnostic]:
    """A value or a comparison of a result that there is not."""
    example = one.example
    says = [example.value.span] if example.value is not None else [word.span for _, word in example.expect]
    if example.state is not None and says:
        message = f"a result that is {example.state.value} has no value, and meets nothing"
        yield UNSETTLED.at(says[0], message, label="there is no result", path=f"{path}.expect")


def _tier(one: Worked, said: str, path: str) -> Iterator[Diagnostic]:
    where, span = f"{path}.expect.tier", one.example.tier
    if span is None or any(label == said or label.startswith(f"{said}, ") for label in one.tiers):
        return
    if not one.tiers:
        why = "it has no result" if one.result.state is not State.VALUE else "no term has tiers by this metric"
        if one.against:
            why = f"“{one.against[0]}” is held against what is itself measured"
        message = f"{counts(one.example)} falls in no tier: {why}"
        yield UNSETTLED.at(span.span, message, label="no tier", path=where)
        return
    found = one.tiers[0]
    message = f"{counts(one.example)} is {one.result.printed}, which falls in “{found}”"
    fix = f"Write “{found}”, or correct the counts."
    yield TIER.at(span.span, message, label=found, path=where, cause=why_of(one) or TIER.cause, fix=fix)


def _payment(one: Worked, path: str) -> Iterator[Diagnostic]:
    where, said = f"{path}.expect.payment", one.example.payment
    if said is None:
        return
    if one.against:
        message = f"“{one.against[0]}” is held against what is itself measured, of which the counts say nothing"
        fix = "Leave “payment” out of this example."
        yield UNSETTLED.at(said.span, message, label="is not known", path=where, fix=fix)
    elif not one.lines:
        message = f"no payment term rests on “{one.measure.name}”"
        fix = ""
        if one.unshared:
            message = f"“{one.unshared[0]}” is divided among providers, and the example says nothing of the others"
            fix = "Write “others:” beside “given”, with the counts of the other providers."
        yield UNSETTLED.at(said.span, message, label="nothing is paid", path=where, fix=fix)
    elif one.payment != said.value.value:
        found = money(one.payment, one.program.currency)
        message = f"{counts(one.example)} comes to {found}, not {said.span.text.strip(_QUOTES)}"
        fix = f"Write {found}, or correct the counts."
        yield PAYMENT.at(said.span, message, label=f"comes to {found}", path=where, cause=why_of(one), fix=fix)


def why_of(one: Worked) -> str:
    """The arithmetic of a payment, a sentence a line; that an amount is itself is no step of it."""
    steps = ([step for step in line.derivation if not _says_itself(step)] for line in one.lines)
    return " ".join(f"{line.term}: {'; '.join(some)}." for line, some in zip(one.lines, steps, strict=True))


def _says_itself(step: str) -> bool:
    left, sign, right = step.partition(" = ")
    return bool(sign) and left == right


def counts(example: Example) -> str:
    """What an example states: `46 of 84`, or the state that stands for counts; with those of others beside it."""
    also = "".join(f", with {one.metric.value} {counts(one)}" for one in example.also)
    also += "".join(f", beside {one.provider.value} {counts(one)}" for one in example.others if one.provider)
    if example.state is not None:
        return f"a result that is {example.state.value}{also}"
    return f"{example.numerator:,} of {example.denominator:,}{also}"
