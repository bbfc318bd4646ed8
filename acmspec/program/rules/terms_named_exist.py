"""Payment terms that limits and agreements name exist."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import faulty
from acmspec.program.payment import ByProvider, Payment
from acmspec.program.payment_parts import nodes
from acmspec.program.tree import Program
from acmspec.spec.ports import lines_of, parts_of
from acmspec.spec.practice import Name
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM388",
    "unknown payment term",
    "The incentives have no term of this name.",
    "Correct the name, or add the term under “incentives”.",
    "Each payment term referred to must be one that this Agreement states.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every term named in a limit or a price is declared; groups on a card are priced one by one."""
    terms = [one.use for one in spec.incentives.terms] if spec.incentives else []
    known = [one.name.value for one in terms]
    priced = [line for one in terms for line in lines_of(one.name.value, one.parameters)]
    wholes = {f"{one.name.value}_{word}": one.name.value for one in terms for word, _ in parts_of(one.parameters)}
    for names, named in ((known, _limited(spec)), (priced, _priced(spec))):
        for name, path in named:
            if name.value not in names and not faulty(spec, "incentives", "terms", name.value):
                offered = names if names is known else _with_a_price(names, program)
                message, fix = f"there is no payment term “{name.value}”", offer(name.value, offered)
                whole = wholes.get(name.value)
                if name.value in known:
                    message = f"“{name.value}” has a price for each group, each on a line of its own"
                elif whole is not None and names is known:
                    message = f"“{name.value}” is one line of the term “{whole}”"
                    fix = f"Write “{whole}”, for all of its lines."
                yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=fix)


def _with_a_price(lines: list[str], program: Program | None) -> list[str]:
    """The lines for which an agreement may set a price, as far as that is known."""
    amounts = {one.name: one.amount for one in program.payments.terms} if program is not None else {}
    return [one for one in lines if one not in amounts or _has_a_price(amounts[one])]


def _has_a_price(amount: Payment) -> bool:
    return any(isinstance(one, ByProvider) for one in nodes(amount))


def _limited(spec: Spec) -> Iterator[tuple[Name, str]]:
    for index, limit in enumerate(spec.incentives.limits if spec.incentives else ()):
        for name in limit.over:
            yield name, f"incentives.limits.{index}.over"


def _priced(spec: Spec) -> Iterator[tuple[Name, str]]:
    for index, agreement in enumerate(spec.agreements):
        for name, _ in agreement.prices:
            yield name, f"agreements.{index}.prices"
