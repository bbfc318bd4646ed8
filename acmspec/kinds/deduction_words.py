"""What a clause says of a deduction: what it is for, how much, how it grows, ends and is earned back; no sums."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.ground.calendar import Every
from acmspec.ground.source import Located
from acmspec.kinds.bases import said_amount
from acmspec.kinds.conditions import asked
from acmspec.kinds.counted import numbered
from acmspec.kinds.deductions import Deducting, Level
from acmspec.kinds.tier_words import tier_range
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run


def said(of: Deducting, words: TermWords) -> tuple[Paragraph | Grid, ...]:
    """The paragraphs, and the table of tiers or steps."""
    texts = [_amount(of, words), *of.base.said(words), *_counting(of, words), *_rows(of, words)]
    if of.most is not None:
        texts.append(f"No more than {said_amount(of.most, words)} may be deducted for one {words.period}.")
    if of.earn_back is not None:
        texts.append(_back(of.earn_back, words))
    paragraph = Paragraph((Run(" ".join(texts)),), (), words.anchor)
    return (paragraph, *_tables(of, words))


def _amount(of: Deducting, words: TermWords) -> str:
    if of.bands:
        return (
            f"For each {words.period}, the Agency must deduct an amount from what it owes the Provider. "
            f"The result for “{words.measure}”, as rounded, decides the amount by the table below."
        )
    much = said_amount(of.amount, words) if of.amount is not None else ""
    if of.standard is not None:
        return (
            f"The result for “{words.measure}”, as rounded, must be {_level(of.standard, words)}. "
            f"For each {words.period} in which it is not, the Agency must deduct {much} from what it owes the Provider."
        )
    each = "the amount in the table below" if of.steps else much
    return (
        f"For each {words.period}, the Agency must deduct {each} for each event from what it owes the Provider. "
        f"An event is {words.one}."
    )


def _counting(of: Deducting, words: TermWords) -> Iterator[str]:
    if of.allowance is not None:
        many = "event" if of.allowance.value == 1 else f"{of.allowance.value:,} events"
        yield f"Nothing is deducted for the first {many} {_in(of.counted, words)}."


def _rows(of: Deducting, words: TermWords) -> Iterator[str]:
    """What a row of periods changes, and what a row is."""
    if of.cure is not None:
        first = f"the first {words.period}" if of.cure.value == 1 else f"the first {of.cure.value:,}"
        yield f"The Provider may cure what is missed: nothing is deducted for {first} of a row."
    for one in of.in_a_row:
        factor = words.amount(one.amount.value)
        first = numbers.ordinal(one.first.value)
        yield f"From the {first} {words.period} of a row on, {factor} of the amount is deducted."
    if of.cure is not None or of.in_a_row:
        yield (
            f"A row starts with a {words.period} for which there is something to deduct. "
            "One for which there is nothing to deduct ends it. "
            f"A {words.period} without a result neither counts nor ends a row."
        )


def _back(back: Level, words: TermWords) -> str:
    share = numbers.exact_percent(back.share)
    return (
        f"If the result for “{words.measure}” is {_level(back, words)}, nothing is deducted. "
        f"The Agency must then pay back {share} of what this payment term took for the {words.period} before, "
        "as far as nothing else has given it back."
    )


def _level(level: Level, words: TermWords) -> str:
    return asked(level.condition(Located("", level.span)), words)


def _tables(of: Deducting, words: TermWords) -> Iterator[Grid]:
    if of.bands:
        rows = tuple((tier_range(one, words), said_amount(one.pay, words)) for one in of.bands)
        yield Grid(("Result", "Deduction"), rows, (1,))
    if of.steps and of.amount is not None:
        first = 1 if of.allowance is None else of.allowance.value + 1
        starts = [(first, of.amount), *((one.first.value, one.amount) for one in of.steps)]
        ends = [*(one.first.value - 1 for one in of.steps), None]
        told = zip(starts, ends, strict=True)
        rows = tuple((numbered(start, end), said_amount(amount, words)) for (start, amount), end in told)
        yield Grid((f"Events {_in(of.counted, words)}", "Deduction for each"), rows, (1,))


def _in(stretch: Located[str] | None, words: TermWords) -> str:
    if stretch is None or stretch.value == "period":
        return f"in one {words.period}"
    return (
        "over the whole Contract Term" if stretch.value == "term" else f"in one {numbers.period(Every(stretch.value))}"
    )
