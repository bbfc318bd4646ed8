"""The lines of one payment term for one provider, period after period; limits come later and are not known here.

A success that is paid once counts as paid as soon as a line that rests on it came to more than zero: not while the line
waits, not in the phase-in, not in a tier of zero; and whatever limits take from that line later. Counts that are
carried forward join the next period only, whatever becomes of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from acmspec.facts.tree import Success
from acmspec.ground.calendar import Cycle, Period, period_of
from acmspec.ground.exact import total
from acmspec.ground.node import node
from acmspec.program.counting import counts_records, is_extreme, is_made_of_counts
from acmspec.program.exposed_lines import most_taken
from acmspec.program.paid_periods import agreement_at, stretch_of
from acmspec.program.payment import DEDUCT_MOST, Term
from acmspec.program.payment_parts import bases, is_without_money, numbered, repeated, stretches, told_apart
from acmspec.program.rounding import rounded
from acmspec.program.tree import Measure, Program
from acmspec.results.printed import money, plain, printed
from acmspec.results.tree import DISPUTED, PROVISIONAL, Result, Results, State
from acmspec.settlement.bases import Key, bases_of
from acmspec.settlement.derivation import NOTHING_FOLLOWS, arithmetic, phrases, rounding
from acmspec.settlement.evaluate import Environment, evaluate, followed
from acmspec.settlement.own_results import held_against, lacks_prior, not_final, own_results
from acmspec.settlement.persons import summed
from acmspec.settlement.remembered import Account, Counts, together, ways
from acmspec.settlement.split import to_the_cent
from acmspec.settlement.standing import Standing, Stands
from acmspec.settlement.tree import PART_UNKNOWN, PHASE_IN, Counted, Due, Line

NOTHING = "nothing"
WAIT = "wait"
WITHHOLD = {"withhold until received": "received", "withhold until resolved": "resolved"}
CARRY = "carry forward once"
UNDISPUTED = "pay the undisputed part"
DEDUCTED = "settle the undisputed part"
UNTOLD = "it can't be told which part is not, withheld until resolved"
IN_DISPUTE = "records are in dispute"
BELOW_ZERO = "below zero: nothing is due"
_KNOWN = {State.VALUE, State.TOO_FEW, State.UNDEFINED}
_ZERO = Fraction(0)

Days = tuple[date, date]
"""The first and last day of a window."""


@node
class TermDesk:
    """One term and provider. `successes` are those that are paid once, by the window's first and last day.

    `worked_out` gives the lines of terms before this one, by term, provider and the period's last day, `left` what
    limits left of lines of this one. A line of a period that stands at another amount is told as it would be by what
    is known now, and remembered as it stands. `paid` is who was paid for, where terms share that.
    """

    program: Program
    place: int
    term: Term
    measure: Measure
    provider: str
    successes: Mapping[Days, tuple[Success, ...]]
    worked_out: Mapping[Key, Due] = MappingProxyType({})
    left: Mapping[Key, Fraction] = MappingProxyType({})
    standing: Standing = MappingProxyType({})
    paid: set[str] | None = None

    def dues(self, results: Results) -> Iterator[Due]:
        """A line for each whole period inside the contract and one of the provider's agreements."""
        account = Account(paid=set() if self.paid is None else self.paid)
        for result in own_results(results, self.measure, self.provider):
            period = period_of(result.period.last, self.measure.every, self.program.fiscal_starts)
            agreement = None if period is None else agreement_at(self.program, self.provider, period)
            if period is not None and agreement is not None:
                account.since = self._since(agreement)
                account.day, account.last = period.first, period.last
                account.compared = held_against(result, self.measure)
                account.bases = bases_of(self.term, self.provider, period, self.worked_out)
                yield self._due_of(result, period, account, agreement)

    def _due_of(self, result: Result, period: Period, account: Account, agreement: int) -> Due:
        stands = self.standing.get((self.provider, self.term.name, result.period.name))
        if stands is None:
            line, waits = self._line(result, period, account)
            amount, more = line.amount, waits
        else:
            line, waits = self._line(result, period, account.apart())
            self._remember(stands, result, period, account)
            amount, more = stands.amount, waits and not stands.is_final
        left = self.left.get((self.term.name, self.provider, period.last), amount)
        account.taken = max(_ZERO, -left)
        account.waiting = account.waiting or (period.name if more else "")
        return Due(agreement, self.place, period, line, waits)

    def _remember(self, stands: Stands, result: Result, period: Period, account: Account) -> None:
        """Remember a line as it stands. Whose successes it paid for stands nowhere, and is told by those of now."""
        before, rested = dict(account.counted), stands.rested
        self._line(result if rested is None else rested.instead_of(result), period, account)
        paid = stands.paid if rested is None else rested.paid
        if paid is not None:
            for every in stretches(self.term.amount):
                scope = self._scope(every, account)
                account.counted[scope] = before.get(scope, _ZERO) + paid

    def _since(self, agreement: int) -> date:
        """The first day whose successes are paid; a rolling window may look back before it."""
        program = self.program
        until = program.payments.phase_in_until
        first = max(program.first, program.payments.agreements[agreement].first)
        return first if until is None else max(first, until + timedelta(days=1))

    def _line(self, result: Result, period: Period, account: Account) -> tuple[Line, bool]:
        paid = self.program.payments
        carried, account.carried = account.carried, None
        if paid.is_phase_in(period.last):
            self._reach(result, account)
            counted = self._own_counts(result, account.since).counted(PHASE_IN)
            said = f"phase-in until {paid.phase_in_until}: reported without consequence"
            return self._zero(result, said, counted), False
        if PROVISIONAL in result.flags and result.state is not State.MISSING:
            counted = self._own_counts(result, account.since).counted(PROVISIONAL)
            return self._zero(result, f"waits until the data is complete through {result.period.last}", counted), True
        counts = self._joined(result, carried, account)
        on = dict(self.term.on)
        awaited = self._awaited(result, account)
        if counts.state is State.VALUE and awaited:
            return self._zero(result, f"waits for {awaited}", counts.counted(PROVISIONAL), counts.state), True
        if counts.state is State.VALUE and lacks_prior(result, self.term.amount):
            counts = replace(counts, state=State.MISSING)
        if DISPUTED in not_final(result, self.term.amount)[1]:
            # What becomes of the result itself then follows from records that are not its own.
            counts = replace(counts, disputed=None, in_dispute=None)
        if counts.state is State.VALUE and counts.disputed == 0:
            return self._paid(result, counts, account), False
        if counts.state is State.VALUE and on[DISPUTED] in {UNDISPUTED, DEDUCTED}:
            return self._undisputed(result, counts, account), True
        key = DISPUTED if counts.state is State.VALUE else counts.state.value
        if on[key] == NOTHING:
            self._reach(result, account)
        return self._consequence(result, counts, on[key], account)

    def _awaited(self, result: Result, account: Account) -> str:
        """What a line with a result waits for: what it is a part of, is held against, or must not come before."""
        base = next((one for one in account.bases if one.waits), None)
        prior, flags = not_final(result, self.term.amount)
        if base is not None:
            return f"“{base.term}”"
        if PROVISIONAL in flags:
            return f"“{prior}”, which is not final"
        if self._only_first and account.waiting and not self._is_reached(account):
            return f"{account.waiting}: only the first of the term is paid"
        return ""

    @property
    def _only_first(self) -> bool:
        """Whether only the first success of the term is paid."""
        number = numbered(self.term.amount)
        return number is not None and number.first

    def _reach(self, result: Result, account: Account) -> None:
        """Remember a success for which nothing is due, where only the first one is paid."""
        if self._only_first and result.state is State.VALUE:
            scope = self._scope(None, account)
            account.counted[scope] = account.counted.get(scope, _ZERO) + 1

    def _is_reached(self, account: Account) -> bool:
        return bool(account.counted.get(self._scope(None, account)))

    def _joined(self, result: Result, carried: Counts | None, account: Account) -> Counts:
        """The period's own counts with those carried forward to it, rounded and judged against the minimum anew."""
        own = self._own_counts(result, account.since)
        if carried is None or own.state not in _KNOWN or None in (own.numerator, own.denominator):
            return own
        numerator = (own.numerator or _ZERO) + (carried.numerator or _ZERO)
        denominator = (own.denominator or _ZERO) + (carried.denominator or _ZERO)
        n, measure = own.n + carried.n, self.measure
        value, state = None, State.UNDEFINED
        if denominator:
            judged = denominator if counts_records(measure.formula) else n
            state = State.TOO_FEW if judged < measure.minimum else State.VALUE
            value = rounded(numerator / denominator, measure.formula.type, measure.decimals)
        entities, payable = own.entities | carried.entities, own.payable | carried.payable
        disputed = None if None in (own.disputed, carried.disputed) else (own.disputed or 0) + (carried.disputed or 0)
        joined = (carried.numerator or _ZERO, carried.denominator or _ZERO)
        amounts, named = summed((*own.amounts, *carried.amounts)), own.named + carried.named
        both = (account.carried_from, disputed)
        return Counts(
            *(numerator, denominator, n, entities, payable, value, state, *both),
            carried=joined,
            amounts=amounts,
            named=named,
            in_dispute=together(own, carried),
        )

    def _undisputed(self, result: Result, counts: Counts, account: Account) -> Line:
        """What is due whatever becomes of the records in dispute, each of which may count otherwise or not at all."""
        if counts.disputed is None or not is_made_of_counts(self.measure.formula):
            return self._zero(
                result, f"{self._why(result, counts)}: {UNTOLD}", counts.counted(PART_UNKNOWN), counts.state
            )
        found = list(ways(counts, self.measure))
        if any(one.state is not State.VALUE for one in found):
            said = f"{self._why(result, counts)}: without them, too few may be left"
            return self._zero(result, said, counts.counted(PART_UNKNOWN), counts.state)
        amounts = [evaluate(self.term.amount, self._environment(one, account)) for one in found]
        if min(amounts) < 0 < max(amounts):
            said = f"{self._why(result, counts)}: it may be owed by either side"
            return self._zero(result, said, counts.counted(PART_UNKNOWN), counts.state)
        if len({followed(self.term.amount, self._environment(one, account)) for one in found}) > 1:
            said = f"{self._why(result, counts)}: what follows may depend on them, withheld until resolved"
            return self._zero(result, said, counts.counted(PART_UNKNOWN), counts.state)
        least = found[min(range(len(found)), key=lambda at: abs(amounts[at]))]
        records = "record" if counts.disputed == 1 else "records"
        verb = "" if is_without_money(self.term.amount) else "deducted " if self.term.takes else "due "
        prefix = f"{verb}whatever becomes of {counts.disputed} {records} in dispute: "
        line = self._paid(result, least, account, prefix)
        if self.term.once_per and line.amount:
            # Whose success is in dispute is not told, so that none is paid a second time meanwhile.
            account.paid |= counts.payable
        return line

    def _paid(self, result: Result, counts: Counts, account: Account, prefix: str = "") -> Line:
        at = self._environment(counts, account)
        exact, currency = evaluate(self.term.amount, at), self.program.currency
        due = self._due(counts, account)
        fresh = counts.payable - account.paid if self.term.once_per else frozenset(one for one in due if due[one] > 0)
        # A sum over wrong or corrected data may be negative; only a term that is there to take does so.
        takes = self.term.takes
        amount = to_the_cent(exact) if takes else max(_ZERO, to_the_cent(exact))
        again = repeated(self.term.amount)
        if again is not None:
            account.in_a_row = account.in_a_row + 1 if evaluate(again.of, at) > 0 else 0
        number = numbered(self.term.amount)
        paid_now = at.successes if number is None else evaluate(number, at)
        counting = stretches(self.term.amount)
        for every in counting:
            scope = self._scope(every, account)
            account.counted[scope] = account.counted.get(scope, _ZERO) + max(_ZERO, paid_now)
        # A success counts as paid once a line that rests on it came to more than zero, whatever limits take later, and
        # so does one beyond the highest number that is paid.
        if self.term.once_per and (amount or paid_now < at.successes):
            account.paid |= counts.payable
        if number is not None and number.each is not None and amount:
            account.persons.post(due, (self._scope(every, account) for every, _ in number.each.most))
        said = phrases(self.term.amount, at, currency)
        steps: tuple[str, ...] = (
            self._result_said(counts),
            *said,
            f"{arithmetic(self.term.amount, at, currency)} = {rounding(exact, to_the_cent(exact), currency)}",
        )
        if exact < 0 and not takes:
            steps += (BELOW_ZERO,)
        joined = f"; with the counts of {counts.joined}" if counts.joined else ""
        below = f"; {BELOW_ZERO}" if exact < 0 and not takes else ""
        basis = prefix + "; ".join(said) + joined + below
        each = tuple((whose, amount, due[whose]) for whose, amount in counts.amounts if whose in due)
        counted = replace(counts.counted(DISPUTED if prefix else counts.state.value, at), fresh=fresh, each=each)
        if counting:
            counted = replace(counted, paid=max(_ZERO, paid_now))
        return Line(
            self.provider, result.period.name, self.term.name, counts.state.value, basis, amount, steps, counted
        )

    def _environment(self, counts: Counts, account: Account) -> Environment:
        successes = counts.numerator if counts.numerator is not None else counts.value or _ZERO
        if is_extreme(self.measure.formula):
            successes = Fraction(1)  # the lowest or highest of all events is one of them
        fresh = successes
        if self.term.once_per:
            successes, fresh = Fraction(len(counts.entities)), Fraction(len(counts.payable - account.paid))
            fresh = max(_ZERO, fresh - counts.doubtful)
        elif told_apart(self.term):
            fresh = max(_ZERO, sum(self._due(counts, account).values(), _ZERO) - counts.doubtful)
        return Environment(
            provider=self.provider,
            outcome=counts.value or _ZERO,
            successes=fresh,
            of_successes=successes,
            once=self.term.once_per is not None,
            day=account.day,
            compared=account.compared,
            amounts=tuple((one.term, one.amount) for one in account.bases),
            takes=self.term.takes,
            in_a_row=account.in_a_row,
            taken=account.taken,
            base=counts.denominator or Fraction(1),
            unnamed=successes - counts.named if told_apart(self.term) and not self.term.once_per else _ZERO,
            before=tuple(
                (every, account.counted.get(self._scope(every, account), _ZERO))
                for every in stretches(self.term.amount)
            ),
        )

    def _due(self, counts: Counts, account: Account) -> dict[str, Fraction]:
        """How much is paid for each whose successes are told apart; nothing where each is paid once, or none is."""
        number = numbered(self.term.amount)
        if number is None or number.each is None:
            return {}
        most = ((self._scope(every, account), at_most) for every, at_most in number.each.most)
        return account.persons.due(counts.amounts, most)

    def _scope(self, every: Cycle | None, account: Account) -> tuple[Cycle | None, str]:
        """The stretch of time that the period at hand counts in."""
        return every, stretch_of(self.program, every, account.last).name

    def _result_said(self, counts: Counts) -> str:
        measure = self.measure
        text = printed(counts.value or _ZERO, measure.formula.type, measure.decimals, self.program.currency)
        of = ""
        if counts.numerator is not None and counts.denominator is not None:
            of = f" ({plain(counts.numerator)} of {plain(counts.denominator)})"
        joined = f", with the counts carried forward from {counts.joined}" if counts.joined else ""
        return f"{measure.title}: {text}{of}{joined}"

    def _consequence(self, result: Result, counts: Counts, what: str, account: Account) -> tuple[Line, bool]:
        """The line of a state other than a value, by its declared consequence; none pays anything now."""
        why = self._why(result, counts)
        if what == DEDUCT_MOST:
            return self._most_taken(result, counts, why, account), True
        if what == CARRY:
            said, waits = self._carry(result, why, account), False
        elif what == WAIT:
            until = "" if result.matures is None else f" for data as of {result.matures}"
            said, waits = f"{why}: waits{until}", True
        elif what in WITHHOLD:
            said, waits = f"{why}: withheld until {WITHHOLD[what]}", True
        elif what == NOTHING:
            led = NOTHING_FOLLOWS if is_without_money(self.term.amount) else "nothing is due"
            said, waits = f"{why}: {led}", False
        else:
            raise ValueError(f"no consequence {what!r} of {counts.state}")
        if counts.joined:
            said += f"; with the counts of {counts.joined}"
        standing = DISPUTED if counts.state is State.VALUE else counts.state.value
        return self._zero(result, said, counts.counted(standing), counts.state), waits

    def _most_taken(self, result: Result, counts: Counts, why: str, account: Account) -> Line:
        """What can be taken at most, until there is a result; what it is a part of must be known."""
        base = next((one for one in account.bases if one.waits), None)
        if base is not None:
            return self._zero(result, f"waits for “{base.term}”", counts.counted(PROVISIONAL), counts.state)
        # A term without a line in the period came to nothing in it.
        of = dict.fromkeys(bases(self.term.amount), _ZERO) | {one.term: one.amount for one in account.bases}
        most = most_taken(self.term, self.measure, self.provider, account.day, of.items())
        said = f"{why}: the most that can be deducted for one period, {money(most, self.program.currency)}"
        return replace(self._zero(result, said, counts.counted(counts.state.value), counts.state), amount=-most)

    def _carry(self, result: Result, why: str, account: Account) -> str:
        if self.program.overlaps(self.measure):
            return f"{why}: nothing is added to the next period, whose window already holds these records"
        if result.numerator is None or result.denominator is None:
            return f"{why}: nothing is due, and there are no counts to carry forward"
        # The period's own counts only: what was carried to it has been carried once.
        account.carried = self._own_counts(result, account.since)
        account.carried_from = result.period.name
        return f"{why}: carried forward once to the next period"

    def _own_counts(self, result: Result, since: date) -> Counts:
        found = self.successes.get((result.period.first, result.period.last), ())
        paid, number = [one for one in found if one.last >= since], numbered(self.term.amount)
        # There may be very many, so that nothing is asked of them that the term does not go by.
        once, each = self.term.once_per is not None, number is not None and number.each is not None
        return Counts(
            result.numerator,
            result.denominator,
            result.n,
            frozenset([one.entity for one in found] if once else ()),
            frozenset([one.entity for one in paid] if once else ()),
            result.rounded,
            result.state,
            disputed=result.disputed,
            amounts=summed((one.entity, one.amount) for one in paid) if each else (),
            named=total(one.amount for one in found) if each else _ZERO,
            in_dispute=result.in_dispute,
        )

    def _why(self, result: Result, counts: Counts) -> str:
        match counts.state:
            case State.UNDEFINED:
                return "nobody to measure"
            case State.TOO_FEW:
                judged = counts.denominator if counts_records(self.measure.formula) else Fraction(counts.n)
                return f"{plain(judged or _ZERO)} of the {self.measure.minimum} records needed"
            case State.IMMATURE:
                return f"{result.immature} {'record' if result.immature == 1 else 'records'} not yet mature"
            case State.MISSING:
                of = f" of “{not_final(result, self.term.amount)[0]}”" if result.state is not State.MISSING else ""
                return f"data{of} not received"
            case State.VALUE:
                return IN_DISPUTE

    def _zero(self, result: Result, basis: str, counted: Counted, state: State | None = None) -> Line:
        said = (state or result.state).value
        return Line(self.provider, result.period.name, self.term.name, said, basis, _ZERO, (basis,), counted)
