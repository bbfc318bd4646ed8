"""What a clause says of the payment for an effect, so that a court needs nothing else; it works nothing out."""

from acmspec.english.words import humanised, quoted
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located
from acmspec.kinds.effect_keys import ALL, EACH, Effect
from acmspec.kinds.effect_proof import least_level, said_share
from acmspec.report.ports import TermWords

_PARTS = "A part of an event is paid as that part."


def said(of: Effect, words: TermWords) -> tuple[str, ...]:
    """What is paid for a period, what its change is and is held against, and how many events that is."""
    rise, period = words.better == "higher", words.period
    noun, side = ("increase", "above") if rise else ("reduction", "below")
    event, events = ("additional event", "additional events") if rise else ("event avoided", "events avoided")
    price, least = words.money(of.price.value.value), _percent(of.at_least)
    most = "" if of.most is None else f"The amount is no more than {words.money(of.most.value.value)}. "
    less = "" if of.pooled is None else f", except as stated under {quoted(_part(words, ALL))}"
    owed = (
        f"If the {noun} for a {period} is at least {least}, the Agency must pay the Provider {price} for each {event}. "
        f"{most}If the {noun} is less, no payment is due{less}. An event is {words.one}."
    )
    prior = quoted(humanised(of.comparator.value).capitalize())
    number = "the difference times the denominator of the result" if words.is_rate else "the difference"
    change = (
        f"The comparator is what the result is compared with under {prior}, as rounded. "
        f"The difference is how far the result for “{words.measure}”, as rounded, is {side} the comparator. "
        f"The {noun} is the difference divided by the comparator. It is not rounded. "
        f"The number of {events} is {number}. {_PARTS}"
    )
    least_prior = least_level(of.at_least.value.value, words.width)
    level = f" of at least {words.result(least_prior)}" if least_prior else " above zero"
    return (owed, change, f"Without a comparator{level}, no {noun} can be told and no payment is due.")


def said_pooled(of: Effect, words: TermWords) -> tuple[str, ...]:
    """What is paid in the end, if all periods together changed enough."""
    if of.pooled is None:
        return ()
    own, period = words.of(of.metric.value), words.period
    rise, price = own.better == "higher", words.money(of.price.value.value)
    noun, events = ("increase", "additional events") if rise else ("reduction", "events avoided")
    event, worse = ("additional event", "less") if rise else ("event avoided", "more")
    most = of.pooled.most
    limit = "" if most is None else f"The amount is no more than {words.money(most.value.value)}. "
    unpaid = f"{period}s for which {quoted(_part(words, EACH))} came to nothing before all limits"
    owed = (
        f"This is worked out once, when the last {period} of the Provider’s agreement is over. If the {noun} of all "
        f"{period}s together is at least {_percent(of.pooled.at_least)}, the Agency must pay the Provider "
        f"{price} for each {event} in the {unpaid}. {limit}If the {noun} of all is less, no payment is due."
    )
    times = " times the denominator of the result" if own.is_rate else ""
    change = (
        f"For each {period}, the comparator and the difference are those of {quoted(_part(words, EACH))}. "
        f"The expected number is the comparator{times}. The number of {events} is the difference{times}. "
        f"It is below zero where the result is {worse} than the comparator. The {noun} of all {period}s "
        f"together is the sum of the numbers of {events} divided by the sum of the expected numbers. It is not rounded."
    )
    count = (
        f"The sum of the numbers of {events} in the {unpaid} is paid for. If it is below zero, no payment is due. "
        f"A {period} without a result, from whose comparator no {noun} can be told, or in a phase-in is left out."
    )
    return (owed, change, count)


def _percent(share: Located[Amount]) -> str:
    return f"{said_share(share.value.value).removesuffix('%')} percent"


def _part(words: TermWords, part: str) -> str:
    """The title of a part of the term."""
    name = words.anchor.rpartition(".")[2].removesuffix(f"_{EACH}").removesuffix(f"_{ALL}")
    return humanised(f"{name}_{part}").capitalize()
