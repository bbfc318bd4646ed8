"""From results to what is owed: every term, provider and period a line, then what limits and maxima change; pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from heapq import merge
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from acmspec.facts.tree import Success
from acmspec.program.payment import Term
from acmspec.program.payment_parts import looks_back, of_cohorts, recovered
from acmspec.program.tree import Program
from acmspec.results.tree import Results
from acmspec.settlement.advances import AdvanceDesk
from acmspec.settlement.bases import Key
from acmspec.settlement.carried import Carried
from acmspec.settlement.cohorts import CohortDesk
from acmspec.settlement.fees import fees
from acmspec.settlement.limits import Ledger
from acmspec.settlement.pools import divided
from acmspec.settlement.scorecards import ScoreDesk
from acmspec.settlement.standing import Standing, stood
from acmspec.settlement.terms import Days, TermDesk
from acmspec.settlement.tree import Due, Line, Settlement, Step

_NONE: Standing = MappingProxyType({})


def settle(program: Program, results: Results, bases: Collection[str] = (), standing: Standing = _NONE) -> Settlement:
    """All payment lines: by the end of the period, then terms and limits, then agreements in the author's order.

    `bases` are terms that others are worked out from and that are not settled themselves, `standing` the lines that
    stand at other amounts than they would come to, and that all later lines rest on so.

    What a term takes back of an earlier line depends on what limits left of that line. As a line never depends on a
    later one, each time more periods from the first on come out as they are, until all do.
    """
    looking = frozenset(one.name for one in program.payments.terms if looks_back(one.amount))
    left: dict[Key, Fraction] = {}
    while True:
        dues = _Dues(program, results, left, standing)
        found = _settled(dues, bases)
        again = {
            (due.line.term, due.line.provider, due.period.last): amount
            for step in found.steps
            for due, amount in zip(step.dues, step.left, strict=True)
            if due.line.term in looking and amount != due.line.amount
        }
        if again == left:
            return found
        left = again


def _settled(of: "_Dues", bases: Collection[str]) -> Settlement:
    """The same, where limits have left so much of earlier lines."""
    found = (_dated(due) for due in of.all if due.line.term not in bases)
    dues = sorted(found, key=lambda due: (due.period.last, due.term, due.agreement))
    ledger, carried, steps = Ledger(of.program, of.results, of.standing), Carried(of.program, of.standing), list[Step]()
    for day, group in groupby(dues, key=lambda due: due.period.last):
        together = tuple(group)
        changes = tuple(ledger.settle(together))
        net = tuple(ledger.net[due.agreement, due.term] for due in together)
        totals = tuple(carried.settle(together, changes))
        known = (*(of.known(due) for due in together), *ledger.known, *carried.known)
        steps.append(Step(day, together, (*changes, *totals), net, known))
    lines = (line for step in steps for line in (*(due.line for due in step.dues), *step.changes))
    return Settlement(tuple(lines), tuple(steps))


def _dated(due: Due) -> Due:
    """A line that says itself when its period ends and whether more may come of it."""
    return replace(due, line=replace(due.line, last=due.period.last, waits=due.waits))


class _Dues:
    """The lines of all terms: `all` at the amounts at which they stand, `known` as each would be by itself."""

    def __init__(self, program: Program, results: Results, left: Mapping[Key, Fraction], standing: Standing) -> None:
        self.program = program
        self.results = results
        self.standing = standing
        self._left = left
        self._each = _told_apart(results)
        self._found: dict[Key, Due] = {}
        self._known: dict[Key, Due] = {}
        for _, run in groupby(enumerate(program.payments.terms), key=lambda one: _shared(one[1])):
            known = self._of_terms(tuple(run))
            self._known |= known
            self._found |= {key: stood(due, standing) for key, due in known.items()}

    @property
    def all(self) -> Iterable[Due]:
        """The lines, term by term."""
        return self._found.values()

    def known(self, due: Due) -> Line:
        """What a line would be."""
        return _dated(self._known[_key(due)]).line

    def _of_terms(self, parts: Sequence[tuple[int, Term]]) -> Mapping[Key, Due]:
        """The lines of a term, or of several that share whom they paid for; those before it count as they stand."""
        program, results = self.program, self.results
        providers = dict.fromkeys(agreement.provider for agreement in program.payments.agreements)
        (place, one), *_ = parts
        if one.scored:
            desks = (ScoreDesk(program, place, one, provider, self._found) for provider in providers)
            return _keyed(due for each in desks for due in each.dues(results))
        back = recovered(one.amount)
        if back is not None:
            agreed = range(len(program.payments.agreements))
            accounts = (AdvanceDesk(program, place, one, back, at, self._found, self.standing) for at in agreed)
            return _keyed(due for each in accounts for due in each.dues(results.data_date))
        of_all = of_cohorts(one.amount)
        if of_all is not None:
            of = next(each for each in program.payments.terms if each.name == of_all.of)
            agreed = range(len(program.payments.agreements))
            cohorts = (CohortDesk(program, place, one, of, at, self._found, self.standing) for at in agreed)
            return _keyed(due for each in cohorts for due in each.dues(results))
        if one.measure is None:
            return _keyed(fees(program, place, one, results.data_date, self._found))
        together = (self._together(parts, provider) for provider in providers)
        return divided(one, _keyed(due for lines in together for due in lines), program.currency)

    def _together(self, parts: Sequence[tuple[int, Term]], provider: str) -> Iterator[Due]:
        """A provider's lines of terms that share whom they paid for: period by period, the earlier term first."""
        paid: set[str] = set()
        desks = (
            TermDesk(
                self.program, place, one, self.program.measure(str(one.measure)), provider,
                self._successes(one, provider), self._found, self._left, self.standing, paid,
            )
            for place, one in parts
        )  # fmt: skip
        return merge(*(desk.dues(self.results) for desk in desks), key=lambda due: (due.period.last, due.term))

    def _successes(self, term: Term, provider: str) -> Mapping[Days, tuple[Success, ...]]:
        found = self._each.get((term.name, provider), {})
        return {days: tuple(some) for days, some in found.items()}


def _shared(one: Term) -> str:
    """What terms are called under which nobody is paid for twice: all of them, or the one itself."""
    return one.of if one.together and one.once_per else one.name


def _told_apart(results: Results) -> dict[tuple[str, str], dict[Days, list[Success]]]:
    """The successes that are told apart, by term and provider, then by window."""
    found: dict[tuple[str, str], dict[Days, list[Success]]] = {}
    for term, window, together in results.successes:
        for provider, own in groupby(together, key=attrgetter("provider")):
            windows = found.setdefault((term, provider), {})
            windows.setdefault((window.first, window.last), []).extend(own)
    return found


def _keyed(dues: Iterable[Due]) -> dict[Key, Due]:
    return {_key(one): one for one in dues}


def _key(due: Due) -> Key:
    return due.line.term, due.line.provider, due.period.last
