"""Contracts drawn by a seed: every node of the payment core, limits within and across one another, all states."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from acmspec.ground.calendar import Every
from acmspec.ground.source import Located
from acmspec.program.agreed import Agreement, Reserve
from acmspec.program.payment import (
    AS_REPORTED,
    NO_POINTS,
    SPREAD,
    Amounts,
    Band,
    Bands,
    Beyond,
    ByProvider,
    Change,
    Compared,
    Each,
    Earned,
    End,
    FreshShare,
    Gained,
    Improved,
    Least,
    Limit,
    Most,
    Outcome,
    Part,
    Payment,
    Pooled,
    Ramp,
    Recovered,
    Repeated,
    Score,
    Scored,
    Since,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Term,
    Times,
    Together,
    Unpaid,
)
from acmspec.program.payment_parts import numbered
from acmspec.program.payments import CARRY, INVOICED, ZEROED
from acmspec.program.tree import Program
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Article, Clauses
from acmspec.results.tree import PROVISIONAL, State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    FIRST,
    LAST,
    SCORED,
    SPAN,
    against,
    card_of,
    fixed,
    gate_of,
    limit_of,
    measure_of,
    program_of,
    reserve_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

PROVIDERS = ("North & Sons", "=South", "East “*”")
QUARTERS = 6
HOW_OFTEN = (Every.QUARTER, Every.FISCAL_YEAR, None)


def outputs_of(program: Program, results) -> Outputs:
    """A run as far as a worksheet reads it."""
    return Outputs(
        program=program,
        results=results,
        settlement=settle(program, results),
        clauses=Clauses("Agency", "Made", "made-by-hand", Article(4, "Payment", (), ())),
        dashboard=None,
        spec_sha256="0" * 64,
        version="0",
    )


class Dice:
    """What is drawn of one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311  (contracts, not secrets)

    def contract(self) -> Outputs:
        """A program and what it owes."""
        dice = self._dice
        names = ("one", "two", "three")[: dice.randint(1, 3)]
        terms: list[Term] = []
        for name in names:
            # What takes may itself be less than zero, and is no base of others.
            before = [one.name for one in terms if not one.takes]
            ways = (self._advance, self._effect) if not dice.randrange(6) else (self._alone,)
            terms += dice.choice(ways)(name, before)
        names = tuple(one.name for one in terms)
        limits = [replace(self._limit(names), name=f"limit_{at}") for at in range(dice.randint(0, 3))]
        measure = measure_of(minimum=dice.choice((0, 5)), decimals=dice.choice((0, 1, 2)))
        jobs = measure_of(name="jobs", title="Jobs", decimals=dice.choice((0, 1, 2)))
        below = dice.choice(("", INVOICED, CARRY, ZEROED))
        program = program_of(
            (measure, jobs),
            negative_total=below,
            terms=terms,
            limits=limits,
            reserves=[self._reserve(names, at) for at in range(dice.randint(0, 2))],
            agreements=self._agreements(),
            maximum=dice.choice((None, self._money() * 60)),
            phase_in=dice.choice((None, None, date(2025, 9, 30))),
        )
        found, successes, others = [], [], []
        for window in windows_of(measure, QUARTERS):
            for name in PROVIDERS:
                found.append(self._result(window, name, measure))
                others.append(self._result(window, name, jobs))
                successes += [
                    (term, window, name, f"client {dice.randrange(40)}")
                    for term in names
                    for _ in range(dice.randrange(9))
                ]
        results = results_of(measure, found, successes, [(jobs, others)])
        return outputs_of(program, replace(results, data_date=date(2026, 11, 1)))

    def _result(self, window, name, measure):
        dice = self._dice
        of = dice.randrange(60)
        state = dice.choice((None, None, None, None, State.MISSING, State.IMMATURE, State.TOO_FEW))
        if state is None and of < measure.minimum:
            state = State.TOO_FEW
        flags = dice.choice(((), (), (), (), (), (PROVISIONAL,)))
        disputed = dice.choice((0, 0, 0, 0, 1, 3, None))
        above = dice.randint(0, of)
        made = result_of(window, name, above, of, state=state, flags=flags, decimals=measure.decimals,
                         disputed=disputed, in_dispute=self._in_dispute(above, of, disputed))  # fmt: skip
        return against(made, dice.choice((None, Fraction(dice.randrange(1000), 1000))))

    def _in_dispute(self, above, of, disputed):
        """How so many records in dispute count, where they all do and that is told."""
        if not disputed or disputed > of or self._dice.randrange(3) == 0:
            return None
        met = self._dice.randint(max(0, disputed - (of - above)), min(above, disputed))
        return Fraction(met), Fraction(disputed), disputed

    def _agreements(self) -> tuple[Agreement, ...]:
        maximum = self._dice.choice((None, self._money() * 20))
        later, last = date(2025, 10, 1), self._dice.choice((LAST, LAST, date(2026, 9, 30)))
        return tuple(
            Agreement(name, f"A-{at}", self._dice.choice((FIRST, FIRST, later)), last, maximum)
            for at, name in enumerate(PROVIDERS)
        )

    def _money(self) -> Fraction:
        return Fraction(self._dice.choice((0, 1, 333, 400_00, self._dice.randrange(90_000_00))), 100)

    def _taken(self, before: Sequence[str]) -> Payment:
        """What is taken, by number, by a part of other terms, or by a step table, and may be earned back."""
        dice = self._dice
        price = self._part(before) if dice.randrange(2) else self._price()
        ways = (Times(price, Successes()), self._numbered(), replace(self._bands(0), of=Outcome()), price, self._ramp())
        factors = ((Fraction(1), Fraction(dice.randrange(3), 2)), (Fraction(3), Fraction(3, 2)))
        owed = dice.choice(ways)
        owed = Repeated(owed, factors) if dice.randrange(2) else owed
        most = fixed(self._money())
        taken = Taken(Least(owed, most) if dice.randrange(2) else owed)
        if dice.randrange(2):
            return taken
        edge = Fraction(dice.randrange(1, 1000), 1000)
        back = Part(Fraction(dice.randrange(1, 1000), 1000), TakenBefore(most))
        return Bands(Outcome(), (Band(None, edge, taken, "low", SPAN), Band(edge, None, back, "high", SPAN)))

    def _part(self, before: Sequence[str]) -> Payment:
        """A part of what terms before it came to."""
        some = tuple(one for one in before if self._dice.randrange(3))
        return Part(Fraction(self._dice.randrange(-500, 2000), 1000), Amounts(some)) if some else fixed(self._money())

    def _term(self, name: str, before: Sequence[str]) -> Term:
        dice = self._dice
        on = (
            ("undefined", "nothing"),
            ("too_few", dice.choice(("nothing", "carry forward once"))),
            ("immature", dice.choice(("wait", "nothing"))),
            ("missing", "withhold until received"),
            ("disputed", dice.choice(("pay the undisputed part", "withhold until resolved"))),
        )
        if not dice.randrange(5):
            return term_of(self._since(), name=name, measure=None, on=())
        if not dice.randrange(3):
            return term_of(self._taken(before), name=name, on=on, once_per=None, takes=True)
        if not dice.randrange(5):
            return self._card(name, before)
        amount = self._payment(2) if dice.randrange(4) else self._numbered()
        if not dice.randrange(8):
            amount = self._pool()
        number = numbered(amount)
        apart = number is not None and number.each is not None
        return term_of(amount, name=name, on=on, once_per=None if apart else dice.choice((None, "client")))

    def _alone(self, name: str, before: Sequence[str]) -> list[Term]:
        return [self._term(name, before)]

    def _effect(self, name: str, _before: Sequence[str]) -> list[Term]:
        """Events fewer or more than a benchmark lets expect, by period and for all of them together."""
        dice = self._dice
        price, prior, rise = self._price(), Compared("control"), dice.choice((True, False))
        least = Fraction(dice.randrange(300), 1000)
        ways = (
            (Change(prior, least, rise), Gained(prior, rise, dice.choice((True, False)))),
            (Together(f"{name}_each"), Unpaid(f"{name}_each")),
        )
        parts = []
        for of, events in ways:
            edge, owed = Fraction(dice.randrange(1, 200), 1000), Times(price, events)
            held = dice.choice((owed, Least(owed, fixed(self._money()))))
            parts.append(Bands(of, (Band(None, edge, fixed(0), "low", SPAN), Band(edge, None, held, "high", SPAN))))
        states = ("undefined", "too_few", "immature", "missing", "disputed")
        on = tuple((state, dice.choice(("nothing", "nothing", "wait"))) for state in states)
        return [
            term_of(parts[0], name=f"{name}_each", on=on, of=name),
            term_of(parts[1], name=f"{name}_together", measure=None, on=(), of=name),
        ]

    def _advance(self, name: str, before: Sequence[str]) -> list[Term]:
        """An amount ahead, set off against other terms in stretches of time, or settled on a day."""
        dice = self._dice
        of = tuple(one for one in before if dice.randrange(3))
        most, until = dice.choice((None, self._money())), dice.choice((None, None, date(2026, 5, 15)))
        every = None if until else dice.choice(HOW_OFTEN)
        back = Recovered(f"{name}_paid", of, every, most, until)
        return [
            term_of(self._since(), name=f"{name}_paid", measure=None, on=(), of=name),
            term_of(back, name=f"{name}_recovered", measure=None, on=(), of=name, takes=True),
        ]

    def _card(self, name: str, before: Sequence[str]) -> Term:
        """The score of two measures, by bands of points and evenly, that falls in tiers or is paid in proportion."""
        dice = self._dice
        edge, most = Fraction(dice.randrange(1, 1000), 1000), Fraction(dice.randrange(40, 120))
        bands = (Band(None, edge, fixed(0), "low", SPAN), Band(edge, None, fixed(most), "high", SPAN))
        ramp = Ramp(Outcome(), End(edge / 2, most / 2, "half"), End(edge, most, "all"))
        points = [Bands(Outcome(), bands), dice.choice((ramp, Bands(Outcome(), bands)))]
        weight = Fraction(dice.randrange(1, 100), 100)
        score = Score((Scored("homes", weight, points[0]), Scored("jobs", 1 - weight, points[1])))
        at, low, high = Fraction(dice.randrange(1, 120)), self._part(before), self._part(before)
        tiers = Bands(score, (Band(None, at, low, "low", SPAN), Band(at, None, high, "high", SPAN)))
        ways = [
            (state, dice.choice((SPREAD, NO_POINTS, wait))) for state, wait in SCORED.items() if state != "disputed"
        ]
        amount = dice.choice((tiers, Times(Part(Fraction(1, 100), score), fixed(self._money()))))
        return card_of(amount, [*ways, ("disputed", dice.choice((AS_REPORTED, "withhold until resolved")))], name=name)

    def _pool(self) -> Pooled:
        """A pool by successes, equally, or as prizes, for all or for who reaches a level."""
        dice = self._dice
        prizes = tuple(sorted((self._money() for _ in range(dice.randint(0, 4))), reverse=True))
        part: Payment = Successes() if not prizes and dice.randrange(2) else fixed(1)
        if dice.randrange(2):
            edge = Fraction(dice.randrange(1, 1000), 1000)
            sides = (Band(None, edge, fixed(0), "less", SPAN), Band(edge, None, part, "enough", SPAN))
            part = Bands(Outcome(), sides)
        pool = sum(prizes, Fraction(0)) if prizes else self._money()
        return Pooled(part, pool, prizes, rise=dice.choice((True, False)))

    def _payment(self, depth: int) -> Payment:
        """An amount of money; what may be as large as anything is not multiplied by itself."""
        ways: Sequence[Callable[[], Payment]] = (
            lambda: fixed(self._money()),
            lambda: Times(self._price(), Successes()),
            self._ramp,
            self._since,
            lambda: Times(self._bands(0), FreshShare()),
            self._improved,
            lambda: Least(self._payment(depth - 1), self._payment(depth - 1)),
            lambda: Most(self._payment(depth - 1), self._payment(depth - 1)),
            lambda: self._bands(depth - 1),
            lambda: Times(self._payment(depth - 1), self._factor()),
        )
        return self._dice.choice(ways if depth else ways[:6])()

    def _improved(self) -> Improved:
        level, credited, gain = (Fraction(self._dice.randrange(1, 1000), 1000) for _ in range(3))
        table = replace(self._bands(0), of=Outcome())
        return Improved(table, fixed(level), gain / 5, credited, self._dice.choice((True, False)))

    def _numbered(self) -> Payment:
        """A price by number, for so many successes of a period or a longer stretch of time."""
        dice = self._dice
        most = {dice.choice(HOW_OFTEN): Fraction(dice.randint(1, 90)) for _ in range(dice.randint(0, 2))}
        apart = dice.choice((None, None, Each(Located("client", SPAN), ((dice.choice(HOW_OFTEN), Fraction(2)),))))
        number = Successes(tuple(most.items()), apart)
        if not dice.randrange(3):
            return Times(self._price(), number)
        above = sorted({dice.randint(1, 90) for _ in range(dice.randint(1, 3))})
        steps = ((Fraction(0), self._price()), *((Fraction(at), self._price()) for at in above))
        return Stepped(number, steps, dice.choice(HOW_OFTEN))

    def _since(self) -> Since:
        days = sorted({date(2025, self._dice.randint(6, 12), 1), FIRST, date(2026, self._dice.randint(1, 6), 1)})
        return Since(tuple((day, self._price() if self._dice.randrange(2) else fixed(self._money())) for day in days))

    def _price(self) -> ByProvider:
        own = tuple((name, self._money()) for name in PROVIDERS if self._dice.randrange(2))
        return ByProvider(Fraction(self._dice.randrange(500_000), 1000), own)

    def _factor(self) -> Payment:
        return self._dice.choice((Outcome(), FreshShare(), fixed(Fraction(self._dice.randrange(2000), 1000))))

    def _bands(self, depth: int) -> Bands:
        edges = sorted({Fraction(self._dice.randrange(1, 1000), 1000) for _ in range(self._dice.randint(1, 4))})
        pays = [self._payment(depth) if depth else fixed(self._money()) for _ in range(len(edges) + 1)]
        ends = (None, *edges, None)
        bands = [Band(ends[at], ends[at + 1], one, f"tier {at}", SPAN) for at, one in enumerate(pays)]
        self._dice.shuffle(bands)
        of = Outcome() if self._dice.randrange(4) else Times(Outcome(), FreshShare())
        return Bands(of, tuple(bands))

    def _ramp(self) -> Payment:
        if not self._dice.randrange(3):
            return self._beyond()
        low = Fraction(self._dice.randrange(900), 1000)
        high = low + Fraction(self._dice.randint(1, 99), 1000)
        return Ramp(Outcome(), End(low, self._money(), "low"), End(high, self._money(), "high"))

    def _beyond(self) -> Payment:
        """A share of a price for each point on one side of a result, up to a most."""
        point, share = (Fraction(self._dice.randrange(1, 1000), 1000) for _ in range(2))
        price = Part(share, fixed(Fraction(int(self._money()), 100)))
        far = Beyond(Outcome(), point, Fraction(1, 100), self._dice.choice((True, False)), "there")
        return Least(Times(price, far), fixed(self._money()))

    def _reserve(self, names: Sequence[str], at: int) -> Reserve:
        dice = self._dice
        parts = [(Fraction(dice.randint(1, 999), 1000), dice.randint(1, 3)) for _ in range(dice.randint(0, 2))]
        over = tuple(name for name in names if dice.randrange(2)) or tuple(names)
        share = Fraction(dice.randint(0, 1000), 1000)
        return reserve_of(share, *parts, name=f"held_{at}", over=over, every=dice.choice(HOW_OFTEN))

    def _limit(self, names: Sequence[str]) -> Limit:
        over = tuple(name for name in names if self._dice.randrange(2)) or tuple(names)
        every, apart = self._dice.choice(HOW_OFTEN), bool(self._dice.randrange(2))
        amount = fixed(self._money() * self._dice.choice((1, 5)))
        if not self._dice.randrange(4):
            lenient = self._dice.choice((("too_few", "pay"), ("missing", "nothing"), ("disputed", "pay as reported")))
            return gate_of(Fraction(self._dice.randint(1, 999), 1000), [lenient], over=over)
        if self._dice.randrange(3):
            return limit_of(Least(Earned(), amount), over=over, every=every, by_provider=apart)
        if not self._dice.randrange(3):
            return limit_of(Most(Earned(), fixed(-amount.amount)), over=over, every=every, by_provider=apart)
        bound = Most(Earned(), amount)
        return limit_of(bound, over=over, every=every, by_provider=apart, at_end=True, kind="floor")
