"""How large definitions are with those they name written out, told from their words before any is understood.

What is too large is taken out here, so that nothing behind has to walk through it: a chain of definitions of which each
uses the one before it twice is short to write and has no end to read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace

from acmspec.formula.tree import Binary, Formula, Name, SetUse
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.findings import Findings
from acmspec.program.sizes import TOO_LARGE, is_over, say_too_large
from acmspec.spec.practice import FormulaText
from acmspec.spec.tree import Cohort, Definition, Spec

_FLAT = frozenset({"and", "or"})
_ENOUGH = 1_000_000_000
"""No size is counted beyond this."""


@node
class _Written:
    """One definition or cohort as it stands: its parts, its levels, and what it names, how often and how deep."""

    size: int
    depth: int
    names: Mapping[str, tuple[int, int]]


def in_order(spec: Spec) -> tuple[str, ...]:
    """The definitions and cohorts, `definitions.NAME` and `cohorts.NAME`, each behind those it needs.

    Those that go in a circle stand in the author's order, since a circle is told from where it is entered first.
    """
    written = _all_written(spec)
    needs = {name: frozenset(one.names).intersection(written) for name, one in written.items()}
    behind = _without_ends(needs)
    around = _without_ends(_turned(behind))
    order = tuple(_behind_their_needs(written))
    free = (name for name in order if name not in behind)
    return (
        *free,
        *(name for name in written if name in around),
        *(one for one in order if one in behind.keys() - around),
    )


_Needs = Mapping[str, frozenset[str]]


def _without_ends(needs: _Needs) -> _Needs:
    """What is left when whatever needs nothing is taken away, again and again: circles, and what leads to them."""
    users = _turned(needs)
    open_needs = {name: len(some) for name, some in needs.items()}
    todo = [name for name, count in open_needs.items() if not count]
    gone: set[str] = set()
    while todo:
        one = todo.pop()
        gone.add(one)
        for user in users[one]:
            open_needs[user] -= 1
            if not open_needs[user]:
                todo.append(user)
    return {name: some - gone for name, some in needs.items() if name not in gone}


def _turned(needs: _Needs) -> _Needs:
    """Who needs each."""
    users: dict[str, set[str]] = {name: set() for name in needs}
    for name, some in needs.items():
        for one in some:
            users[one].add(name)
    return {name: frozenset(some) for name, some in users.items()}


@node
class Oversized:
    """A definition that is too large, the first of its chain: where it stands, how large it is, what it is made of."""

    path: str
    span: Span
    size: int
    depth: int
    needs: frozenset[str]


def bounded(spec: Spec) -> tuple[Spec, tuple[Oversized, ...]]:
    """The spec without the definitions that are too large, and the first of each chain of these."""
    written = {name: one for name, one in _all_written(spec).items() if name.startswith("definitions.")}
    weights: dict[str, tuple[int, int]] = {}
    over: set[str] = set()
    first: list[Oversized] = []
    for name in _behind_their_needs(written):
        size, depth = weights[name] = _weight(written[name], weights)
        if is_over(size, depth):
            if over.isdisjoint(written[name].names):
                span = next(one.formula.span for one in spec.definitions if name == _key(one))
                first.append(Oversized(f"{name}.formula", span, size, depth, _needs(name, written)))
            over.add(name)
    left = tuple(replace(one, formula=_unread(one.formula)) if _key(one) in over else one for one in spec.definitions)
    faulty = spec.faulty | {f"{name}.formula" for name in over}
    return replace(spec, definitions=left, faulty=faulty), tuple(first)


def say_oversized(found: Iterable[Oversized], findings: Findings) -> None:
    """Report them, but for those that rest on a definition whose meaning was found too large already."""
    said = {one.path for one in findings.diagnostics if one.problem is TOO_LARGE}
    for one in found:
        if said.isdisjoint(one.needs):
            say_too_large(one.size, one.depth, one.span, one.path, findings)


def _key(definition: Definition) -> str:
    return f"definitions.{definition.name.value}"


def _needs(name: str, written: Mapping[str, _Written]) -> frozenset[str]:
    """The paths of all that a definition is made of."""
    found: set[str] = set()
    todo = [name]
    while todo:
        more = [one for one in written[todo.pop()].names if one in written and one not in found]
        found.update(more)
        todo += more
    return frozenset(f"{one}.formula" for one in found)


def _unread(formula: FormulaText) -> FormulaText:
    return FormulaText(None, formula.text, formula.span)


def _weight(one: _Written, weights: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    size, depth = one.size, one.depth
    for name, (times, at) in one.names.items():
        more, below = weights.get(name, (0, 0))
        size, depth = min(size + times * more, _ENOUGH), max(depth, at + below)
    return size, depth


def _behind_their_needs(written: Mapping[str, _Written]) -> Iterator[str]:
    """Every name behind those it needs; a way that leads back to where it came from is not followed."""
    begun: set[str] = set()
    for first in written:
        todo: list[tuple[str, Iterator[str]]] = []
        if first not in begun:
            begun.add(first)
            todo.append((first, iter(written[first].names)))
        while todo:
            name, needs = todo[-1]
            need = next((one for one in needs if one in written and one not in begun), None)
            if need is None:
                todo.pop()
                yield name
            else:
                begun.add(need)
                todo.append((need, iter(written[need].names)))


# --- what stands in one ------------------------------------------------------------------------------------


def _all_written(spec: Spec) -> dict[str, _Written]:
    found: dict[str, _Written] = {}
    for definition in spec.definitions:
        found.setdefault(_key(definition), _written(_formulas_of(definition)))
    for cohort in spec.cohorts:
        one = _written(_formulas_of_cohort(cohort))
        names = {f"cohorts.{cohort.source.value}": (1, 1), **one.names}
        found.setdefault(f"cohorts.{cohort.name.value}", replace(one, names=names))
    return found


def _formulas_of(definition: Definition) -> Iterator[Formula]:
    if definition.formula.tree is not None:
        yield definition.formula.tree


def _formulas_of_cohort(cohort: Cohort) -> Iterator[Formula]:
    placed = (cohort.when.dated, cohort.when.placed) if cohort.when is not None else ()
    for one in (*placed, cohort.where, *(left.when for left in cohort.exclude)):
        if one is not None and one.tree is not None:
            yield one.tree


def _written(formulas: Iterable[Formula]) -> _Written:
    """Counts the parts and levels of formulas; `a and b and c` is one level."""
    size = depth = 0
    times: Counter[str] = Counter()
    deepest: dict[str, int] = {}
    todo: list[tuple[object, int]] = [(one, 1) for one in formulas]
    while todo:
        value, at = todo.pop()
        size, depth = size + 1, max(depth, at)
        for name in _named(value):
            times[name] += 1
            deepest[name] = max(at, deepest.get(name, 0))
        todo += [(one, at + (not _continues(value, one))) for one in _below(value)]
    return _Written(size, depth, {name: (count, deepest[name]) for name, count in times.items()})


def _named(value: object) -> Iterator[str]:
    """What a name may stand for: a definition, also at the end of a path; a set."""
    if isinstance(value, Name):
        yield f"definitions.{value.parts[-1]}"
    elif isinstance(value, SetUse):
        yield f"cohorts.{value.name}"


def _continues(value: object, inner: object) -> bool:
    """Whether a part goes on with what it is a part of, as in `a and b and c`."""
    if not isinstance(value, Binary) or not isinstance(inner, Binary):
        return False
    return value.operator == inner.operator and value.operator in _FLAT


def _below(value: object) -> Iterator[object]:
    """The parts directly inside; what stands in a list written in place is one part with it."""
    for each in fields(value):  # type: ignore[arg-type]  # every part of a formula is a dataclass
        inner = getattr(value, each.name)
        if each.name == "choices":
            continue
        for one in inner if isinstance(inner, tuple) else (inner,):
            if type(one).__module__ == Name.__module__:
                yield one
