"""Every state of a result has a declared payment consequence, of those that can be carried out."""

import re
from collections.abc import Iterator, Mapping

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Span
from acmspec.program.catalog import faulty
from acmspec.program.payment import AS_REPORTED, DEDUCT_MOST, NO_POINTS, SPREAD, Term
from acmspec.program.tree import Program
from acmspec.spec.tree import PaymentTerm, Spec

PROBLEM = Problem(
    "ACM393",
    "open payment consequence",
    "A result can also be undefined, too few, immature, missing or disputed. Unless the contract says what is then "
    "owed, absence pays by accident or costs in silence.",
    "Say under “on” what each of the five states leads to.",
    "This Agreement must state what is owed when a result can't be determined.",
)

_ON = pattern(r"(?:^|[{,])[ \t]*(on)[ \t]*:", re.MULTILINE)
"""The key where a line or an entry begins, which a word of a comment never does."""

CONSEQUENCES: dict[str, tuple[str, ...]] = {
    "undefined": ("nothing",),
    "too_few": ("nothing", "carry forward once"),
    "immature": ("wait",),
    "missing": ("withhold until received", "nothing"),
    "disputed": ("pay the undisputed part", "withhold until resolved"),
}
DEDUCTED: dict[str, tuple[str, ...]] = {
    **CONSEQUENCES,
    "missing": ("wait", "nothing", DEDUCT_MOST),
    "disputed": ("settle the undisputed part", "wait"),
}
"""Where a term takes: what is not known yet is neither paid nor withheld, it waits."""
SCORED: dict[str, tuple[str, ...]] = {
    "undefined": (SPREAD, NO_POINTS),
    "too_few": (SPREAD, NO_POINTS),
    "immature": ("wait", SPREAD, NO_POINTS),
    "missing": ("withhold until received", SPREAD, NO_POINTS),
    "disputed": ("withhold until resolved", AS_REPORTED),
}
"""What a measure on a scorecard leads to."""


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """All five states are declared under `on`, each with one of its consequences, where a term rests on results."""
    free = program.payments.without_results if program else frozenset[str]()
    terms = {one.written: _of(one) for one in program.payments.terms} if program else {}
    for term in spec.incentives.terms if spec.incentives else ():
        own = terms.get(term.use.name.value)
        consequences = CONSEQUENCES if own is None else own
        path = f"incentives.terms.{term.use.name.value}.on"
        if term.use.name.value in free:
            continue
        if not faulty(spec, *path.split(".")):
            yield from _open(term, path, spec, consequences)
        for state, written in term.on.items():
            known = consequences.get(state, ())
            if own is None:
                # A term with an error of its own may be of any sort.
                known = tuple(dict.fromkeys((*known, *DEDUCTED.get(state, ()), *SCORED.get(state, ()))))
            if written.value not in known:
                message = f"“{written.value}” is no consequence of the state “{state}”"
                fix = offer(written.value, known)
                yield PROBLEM.at(written.span, message, label="unknown", path=f"{path}.{state}", fix=fix)


def _of(term: Term) -> Mapping[str, tuple[str, ...]]:
    """The consequences that a term may declare."""
    if term.scored:
        return SCORED
    return DEDUCTED if term.takes else CONSEQUENCES


def _open(
    term: PaymentTerm, path: str, spec: Spec, consequences: Mapping[str, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    lacking = [one for one in consequences if one not in term.on and not faulty(spec, *path.split("."), one)]
    if not lacking:
        return
    names = ", ".join(f"“{one}”" for one in lacking)
    message = f"the term “{term.use.name.value}” doesn't say what is owed when a result is {names}"
    fix = "Add " + "; ".join(f"“{one}: {' / '.join(consequences[one])}”" for one in lacking) + "."
    yield PROBLEM.at(_key(term), message, label="open", path=path, fix=fix)


def _key(term: PaymentTerm) -> Span:
    """The word `on` before the states, or the term's name where there is none."""
    if term.on_span is None:
        return term.use.name.span
    source = term.on_span.source
    keys = list(_ON.finditer(source.text, term.use.name.span.end, term.on_span.start + 1))
    return Span(source, *keys[-1].span(1)) if keys else term.on_span
