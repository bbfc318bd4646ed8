"""Amounts that are a sum of money or a part of something: of a sum, or of what other terms come to; no single kind."""

from collections.abc import Sequence
from fractions import Fraction

from acmspec.english import numbers
from acmspec.english.words import humanised, quoted
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.kinds.paid import negative
from acmspec.program.payment import Amounts, Fixed, Part, Payment
from acmspec.program.ports import LEFT_OUT, MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Either, Identifier, Key, ListOf, Quantity

OF_WHAT = Problem(
    code="ACM561",
    title="a percentage of what?",
    cause="A percentage is one of a sum or of what other terms come to; an amount of money is no part of anything.",
    fix="Write percentages with “of: $10,000” or “of: [TERM]”, or amounts of money without “of”.",
    contract="An amount stated as a percentage must say of what.",
)
NOT_BEFORE = Problem(
    code="ACM562",
    title="a part of a term that is not worked out before",
    cause="Terms are worked out in their order, each for its period. A part can be taken of a term that stands before, "
    "pays for the same periods and takes nothing itself.",
    fix="Name a term that stands before this one and has the same “per”.",
    contract="An amount that follows from another must follow from one that is stated.",
)
PROBLEMS = (OF_WHAT, NOT_BEFORE)

MONEY_OR_PART = Quantity("money", "percent")
OF = Key("of", Either(scalar=Quantity("money"), sequence=ListOf(Identifier(), least=1)))


@node
class Base:
    """What percentages are a part of: nothing, a sum, or other terms."""

    sum: Located[Amount] | None
    terms: tuple[Located[str], ...]

    def unsound(self, written: Sequence[Located[Amount] | None], context: MeasureContext) -> tuple[Diagnostic, ...]:
        """What is wrong with some amounts over this base."""
        amounts = [one for one in written if one is not None]
        percent = [one for one in amounts if one.value.written == "percent"]
        found = [wrong for one in amounts for wrong in negative(one)]
        if not self.is_there:
            found += (OF_WHAT.at(one.span, "nothing says of what this is a part", label="of what?") for one in percent)
        elif not percent:
            place = self.sum.span if self.sum is not None else self.terms[0].span
            found.append(OF_WHAT.at(place, "no percentage is a part of this", label="a part of it?"))
        found += () if self.sum is None else negative(self.sum)
        return (*found, *self.named(context))

    def named(self, context: MeasureContext) -> tuple[Diagnostic, ...]:
        """What is wrong with the terms it names."""
        return tuple(wrong for one in self.terms for wrong in not_before(one, context))

    def amounts(self, context: MeasureContext) -> Amounts:
        """What the terms come to."""
        return Amounts(_parts(self.terms, context))

    @staticmethod
    def written(of: Located[Amount] | tuple[Located[str], ...] | None) -> "Base":
        """What stands under `of`."""
        return Base(None, of) if isinstance(of, tuple) else Base(of, ())

    @property
    def is_there(self) -> bool:
        """Whether percentages have something to be a part of."""
        return self.sum is not None or bool(self.terms)

    def worth(self, written: Located[Amount], context: MeasureContext) -> Payment:
        """An amount of money, or a part of the base."""
        value = written.value.value
        if written.value.written != "percent":
            return Fixed(value)
        if self.sum is not None:
            return Fixed(value * self.sum.value.value)
        return Part(value, self.amounts(context))

    def whole(self, context: MeasureContext) -> Payment:
        """All of the base."""
        return self.amounts(context) if self.sum is None else Fixed(self.sum.value.value)

    def said(self, words: TermWords) -> tuple[str, ...]:
        """What a clause says of percentages."""
        return (f"Each percentage is one {self.said_whole(words)}.",) if self.is_there else ()

    def said_whole(self, words: TermWords) -> str:
        """Of what a percentage is one."""
        if self.sum is not None:
            return f"of {words.money(self.sum.value.value)}"
        over = numbers.series(tuple(quoted(humanised(one.value).capitalize()) for one in self.terms))
        return f"of what is due under {over} for the same {words.period}, before limits"


def _parts(terms: Sequence[Located[str]], context: MeasureContext) -> tuple[str, ...]:
    """The names that terms have in the payments, where one may be several."""
    wanted = {one.value for one in terms}
    return tuple(one.name for one in context.before if one.written in wanted)


def not_before(name: Located[str], context: MeasureContext, *, same: bool = True) -> tuple[Diagnostic, ...]:
    """What is wrong with a term that is named: it stands before, has the `same` periods if it must, takes nothing."""
    found = [one for one in context.before if one.written == name.value != context.term]
    if not found:
        return (_absent(name, context, same=same),)
    if same and any(one.every != context.every for one in found):
        message = f"“{name.value}” is paid for other periods than “{context.term}”"
        return (NOT_BEFORE.at(name.span, message, label="other periods"),)
    if any(one.takes for one in found):
        message = f"“{name.value}” may itself come to less than zero"
        return (NOT_BEFORE.at(name.span, message, label="may be below zero"),)
    return ()


def _absent(name: Located[str], context: MeasureContext, *, same: bool) -> Diagnostic:
    """No term of a name stands before; it may be that of one line of a term that is several."""
    others = [one for one in context.before if one.written != context.term]
    whole = next((one.written for one in others if one.name == name.value), "")
    if whole:
        message = f"“{name.value}” is one line of the term “{whole}”"
        return NOT_BEFORE.at(name.span, message, label="a line of it", fix=f"Write “{whole}”, for all of its lines.")
    message = f"no term “{name.value}” stands before “{context.term}”"
    if name.value in context.left_out:
        return NOT_BEFORE.at(name.span, message, label=LEFT_OUT)
    fix = offer(name.value, [one.written for one in others])
    if not fix and not same:
        fix = "Name a term that stands before this one."
    return NOT_BEFORE.at(name.span, message, label="not before", fix=fix)


def said_amount(written: Located[Amount], words: TermWords) -> str:
    """An amount of money or a percentage in words."""
    return words.amount(written.value) if written.value.written == "percent" else words.money(written.value.value)


NOTHING = Fixed(Fraction(0))
