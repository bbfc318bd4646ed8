"""A program of eight providers and five measures over three years, with every state, built by hand from a seed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from acmspec.facts.tree import TableQuality
from acmspec.ground.calendar import Every, Length, Period, periods
from acmspec.ground.exact import Amount, Unit, fixed, round_half_up
from acmspec.ground.source import Located, Source, Span
from acmspec.ground.windows import Bounds, Coverage, Covers, Rolling, window
from acmspec.program.agreed import Agreement as Owed
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.payment import Fixed, Limit, Term
from acmspec.program.payments import Payments
from acmspec.program.record import Column, FieldValue
from acmspec.program.tree import Aggregate, Benchmark, Dimension, GroupConstant, Measure, Population, Program, Store
from acmspec.program.types import Form, NumberType, TextType
from acmspec.report.dashboard import dashboard
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Article, Clauses, Dashboard
from acmspec.results.tree import PROVISIONAL, Comparison, MeasureResults, Result, Results, State
from acmspec.settlement.tree import Line, Settlement
from acmspec.spec import practice as said
from acmspec.spec import tree as spec
from acmspec.spec.deliveries import Files
from acmspec.spec.ports import Shelves

PROVIDERS = (
    "Cedar Street", "First Door", "Harvest House", "Juniper Place",
    "Keystone", "Lantern", "Open Gate", "Riverbend",
)  # fmt: skip
FIRST, LAST, DATA_DATE = date(2023, 7, 1), date(2026, 6, 30), date(2026, 4, 15)
NO_KINDS = Shelves((), (), ())
SHARE, DAYS = NumberType(Form.SHARE), NumberType(unit=Unit.of("day"))
Z_SQUARED = Fraction("3.841458820694124")
Group = tuple[str | None, ...]


def span() -> Span:
    return Span(Source("spec.yaml", "acmspec: 1\n"), 0, 0)


def located(value: object) -> Located:
    return Located(value, span())


@dataclass(frozen=True)
class Plan:
    """What one measure of the sample is like: its rate, how many records a provider has a period, when it matures."""

    name: str
    title: str
    kind: str
    every: Every
    covers: Coverage
    better: str
    target: Fraction
    rate: Fraction
    size: int
    matures_after: int
    groups: tuple[str, ...]


PLANS = (
    Plan("permanent_exits", "Exits to a permanent home", "lagging", Every.QUARTER, Rolling(12, "month"), "higher",
         Fraction(60, 100), Fraction(56, 100), 90, 0, ("race", "county")),
    Plan("returns", "Returns within six months", "lagging", Every.QUARTER, Covers.PERIOD, "lower", Fraction(12, 100),
         Fraction(14, 100), 38, 6, ("race",)),
    Plan("days_to_move_in", "Days from referral to move-in", "leading", Every.MONTH, Covers.PERIOD, "lower",
         Fraction(45), Fraction(47), 16, 0, ("county",)),
    Plan("first_contact", "First contact within three days", "leading", Every.MONTH, Covers.PERIOD, "higher",
         Fraction(85, 100), Fraction(90, 100), 28, 0, ("county",)),
    Plan("timely_plans", "Housing plans within thirty days", "leading", Every.MONTH, Covers.PERIOD, "higher",
         Fraction(80, 100), Fraction(78, 100), 24, 1, ()),
)  # fmt: skip

GROUPS = {
    "race": ("asian", "black", "latino", "native", "white", None),
    "county": ("Eastbank", "Millrace", "Northside", "Old Harbor", "Southgate"),
}
LABELS = {"asian": "Asian", "black": "Black", "latino": "Hispanic or Latino", "native": "Native", "white": "White"}


# --- the meaning ----------------------------------------------------------------------------------------------


def dimension(name: str) -> Dimension:
    column = Column("enrollments" if name == "provider" else "clients", name)
    value = FieldValue(0, (), column, TextType(), optional=False)
    is_provider = name == "provider"
    path = name if is_provider else f"client.{name}"
    return Dimension(path, (("enrollments", value),), is_provider, PROVIDERS if is_provider else (), ())


def measure(plan: Plan) -> Measure:
    of = DAYS if plan.name == "days_to_move_in" else SHARE
    entry = FieldValue(0, (), Column("enrollments", "entry_date"), TextType(), optional=False)
    leavers = Population("leavers", "enrollments", "Leaver", "Leavers", entry, None, (), ())
    formula = Aggregate("median" if of is DAYS else "share", None, leavers, None, (), of)
    own = (("Cedar Street", Fraction(62, 100)),) if plan.name == "permanent_exits" else ()
    baseline = Slice(formula, Dates(date(2022, 7, 1), date(2023, 6, 30)), of)
    return Measure(
        name=plan.name,
        formula=formula,
        every=plan.every,
        window=plan.covers,
        breakdowns=((), (dimension("provider"),), *((dimension(one),) for one in plan.groups)),
        better=plan.better,
        decimals=1,
        minimum=20 if plan.every is Every.QUARTER else 10,
        missing_is="counted in the denominator only",
        maturity="all records",
        benchmarks=(
            Benchmark("target", "target", GroupConstant(plan.target, of), own, None),
            Benchmark("baseline", "historical", baseline, (), None),
        ),
        title=plan.title,
        is_metric=True,
        span=span(),
    )


def program() -> Program:
    on = (
        ("undefined", "nothing"), ("too_few", "carry forward once"), ("immature", "wait"),
        ("missing", "withhold until received"), ("disputed", "pay the undisputed part"),
    )  # fmt: skip
    terms = tuple(
        Term(name, kind, metric, Every.QUARTER, Fixed(Fraction(0)), on, None, None, span())
        for name, kind, metric in (
            ("home_payment", "rate card", "permanent_exits"),
            ("staying_bonus", "tiered bonus", "returns"),
        )
    )
    cap = Limit(
        "cap_1", "cap", ("home_payment",), True, Every.QUARTER, Fixed(Fraction(0)), False, "$9,000", None, span()
    )
    agreements = tuple(Owed(one, f"RRH-{at}", FIRST, LAST, Fraction(600_000)) for at, one in enumerate(PROVIDERS, 1))
    return Program(
        contract_id="larkspur-rapid-rehousing",
        first=FIRST,
        last=LAST,
        data_date=DATA_DATE,
        fiscal_starts=7,
        currency="USD",
        stores=(store("enrollments", "Stay", "Stays"), store("clients", "Client", "Clients")),
        measures=tuple(measure(one) for one in PLANS),
        payments=Payments(terms, (cap,), agreements, Fraction(4_800_000), None),
        spec=written(),
    )


def store(name: str, one: str, many: str) -> Store:
    shown = f"data/{name}.csv"
    accepted, lag = Fraction(1, 100), Length(days=15)
    return Store(name, shown, one, many, (), (), (), "error", accepted, lag, None, None, None, span())


# --- what the author wrote ------------------------------------------------------------------------------------


def written() -> spec.Spec:
    return spec.Spec(
        source=Source("spec.yaml", "acmspec: 1\n"),
        contract=spec.Contract(
            located("larkspur-rapid-rehousing"), located("Rapid Re-Housing Services"),
            located("Larkspur County Department of Housing"), spec.Term(located(FIRST), located(LAST), span()),
            7, "USD", located(Amount(Fraction(4_800_000), "money", Unit.of("USD"))), None, span(),
        ),
        motivation="Families leave our shelters for homes, and too many are back within half a year.",
        goals=(
            spec.Goal(located("stable_housing"), located("Households leave for a permanent home and keep it."),
                      located("Households in Larkspur County without a home of their own")),
            spec.Goal(located("quick_help"), located("Households wait days, not months, for a front door."), None),
        ),
        data=(
            table("enrollments", "Stay", "Stays", ("provider", "entry_date")),
            table("clients", "Client", "Clients", ("race", "county")),
        ),
        lists=(),
        definitions=(),
        cohorts=(),
        metrics=tuple(metric(one) for one in PLANS),
        agreements=(),
        referral=said.Referral(
            "Households with a need score of 8 or more", "The Coordinated Entry team, every Tuesday",
            (said.ReferralStep("Enrolled", located("enrollments"), located("entry_date")),),
            (said.ReferralCheck("Referred households that meet the criteria",
                                said.FormulaText(None, "share(in_need over referrals)", span())),), span(),
        ),
        roadmap=(
            said.Topic("Hand-off from shelter to provider", "First contact after referral",
                       ("Where do households wait longest?", "Are referrals to small providers lost?"),
                       (located("first_contact"),), (located("provider"), located("client.county")),
                       located("2026-Q2"), span()),
        ),
        cadence=(
            said.Meeting(located("provider_meeting"), located(Every.MONTH), located(3), 90, Length(days=5),
                         "Agree on actions", span()),
        ),
        attendees=(
            said.Attendee("Program director", "agency", "executive", "", (located("provider_meeting"),), True, span()),
        ),
        responsibilities=(("analysis", "Data analyst"), ("directs_analysis", "Program director")),
        follow_up=said.FollowUp(
            30, said.CaseReviews(5, Every.QUARTER, "outliers and random"),
            (said.WorkingGroup("Landlord engagement", "Contract manager", located("provider_meeting")),), span(),
        ),
        commitments=(said.Commitment("Answer eligibility questions within 2 business days", "Program director"),),
        incentives=None,
        examples=(),
        span=span(),
    )  # fmt: skip


def table(name: str, one: str, many: str, fields: tuple[str, ...]) -> spec.Table:
    return spec.Table(
        located(name), Files(f"data/{name}.csv", (), span()), spec.Noun(one, many), (), None, None,
        "", "available", None, "",
        Length(days=15), None, None, "", None, "error", None, tuple(column(one) for one in fields), (), Fraction(0),
        span(),
    )  # fmt: skip


def column(name: str) -> spec.Field:
    values = tuple(LABELS.items()) if name == "race" else None
    phrase = {"county": "District"}.get(name, "")
    return spec.Field(located(name), name, "text", None, False, False, phrase, (), values, span())


def metric(plan: Plan) -> spec.Metric:
    goal = "stable_housing" if plan.kind == "lagging" else "quick_help"
    return spec.Metric(
        located(plan.name), located(plan.title), located(plan.kind), located("paid"), located(goal),
        "Which ways of working help, and for whom?", said.FormulaText(None, "", span()), located(plan.every),
        located(plan.covers),
        plan.better, located(1), 20, "counted in the denominator only", "all records", (), (), span(),
    )  # fmt: skip


# --- what was measured ----------------------------------------------------------------------------------------


def results(of: Program) -> Results:
    random = Random(20260415)  # noqa: S311  (a sample, not a secret)
    measures = tuple(
        MeasureResults(one, tuple(every_result(one, plan, random)))
        for one, plan in zip(of.measures, PLANS, strict=True)
    )
    silent = (("Lantern", date(2026, 1, 1), date(2026, 3, 31)),)
    tables = (
        TableQuality("enrollments", "data/enrollments.csv", "0" * 64, 20_014, 19_951, 31, 12, 20, 44,
                     (("referral", 118),), date(2026, 3, 31), True, silent),
        TableQuality("clients", "data/clients.csv", "0" * 64, 9_310, 9_306, 4, 0, 0, 0,
                     (), date(2026, 3, 31), True, ()),
    )  # fmt: skip
    return Results(DATA_DATE, measures, (), tables)


def every_result(of: Measure, plan: Plan, random: Random) -> list[Result]:
    found = []
    for at, when in enumerate(periods(plan.every, FIRST, DATA_DATE, 7)):
        days = window(when, plan.every, plan.covers, Bounds(FIRST, DATA_DATE, 7))
        rate = plan.rate + Fraction(random.randint(-30, 30), 1000) * plan.target + Fraction(at, 900) * plan.target
        found.append(one_result(of, plan, days, (), (), rate=rate, n=plan.size * 7))
        for breakdown in of.breakdowns[1:]:
            path = breakdown[0].path
            groups = PROVIDERS if path == "provider" else GROUPS[path.rpartition(".")[2]]
            for place, group in enumerate(groups):
                own = rate + Fraction(random.randint(-100, 120), 1000) * plan.target
                size = plan.size * (1 + (place * 5) % 4) // 2
                found.append(one_result(of, plan, days, (path,), (group,), rate=own, n=max(size, 1)))
    return found


def one_result(
    of: Measure, plan: Plan, window: Period, path: tuple[str, ...], group: Group, *, rate: Fraction, n: int
) -> Result:
    if group == ("Riverbend",):
        n = 7
    state = state_of(of, plan, window, group, n)
    top = Fraction(min(n, max(0, int(rate * n)))) if of.formula.type is SHARE else None
    value = top / n if top is not None else round_half_up(rate, 0) + Fraction(n % 2, 2)
    rounded = round_half_up(value, 3 if top is not None else 1)
    counted = top is not None and state is not State.MISSING
    is_value = state is State.VALUE
    return Result(
        period=window,
        breakdown=path,
        group=group,
        numerator=top if counted else None,
        denominator=Fraction(n) if counted else None,
        value=value if is_value else None,
        rounded=rounded if is_value else None,
        printed=printed(rounded, share=top is not None) if is_value else "",
        state=state,
        flags=flags(window, path),
        immature=n if state is State.IMMATURE else 0,
        unjudged=0,
        n=0 if state is State.UNDEFINED else n,
        matures=date(2026, 9, 30) if state is State.IMMATURE else None,
        comparisons=tuple(
            comparison(of, one, plan, group, rounded=rounded if is_value else None, top=top, n=n)
            for one in of.benchmarks
        ),
    )


def flags(window: Period, path: tuple[str, ...]) -> tuple[str, ...]:
    incomplete = window.last > date(2026, 3, 31)
    somebody_silent = path != ("provider",) and window.last >= date(2026, 1, 31)
    return (PROVISIONAL,) if incomplete or somebody_silent else ()


def state_of(of: Measure, plan: Plan, window: Period, group: Group, n: int) -> State:
    if group == ("Lantern",) and window.last >= date(2026, 1, 31):
        return State.MISSING
    if plan.matures_after and window.last > date(2026, 3, 15 if plan.matures_after == 1 else 1):
        return State.IMMATURE
    if plan.matures_after > 1 and window.last > date(2025, 9, 30):
        return State.IMMATURE
    if group == ("Open Gate",) and (window.last < date(2024, 1, 1) or plan.name == "timely_plans"):
        return State.UNDEFINED
    if group == ("Juniper Place",) and plan.name == "returns" and window.last > date(2025, 6, 30):
        return State.IMMATURE
    return State.TOO_FEW if n < of.minimum else State.VALUE


def printed(value: Fraction, *, share: bool) -> str:
    return f"{fixed(value * 100, 1)}%" if share else f"{fixed(value, 1)} days"


def comparison(
    of: Measure, against: Benchmark, plan: Plan, group: Group, *, rounded: Fraction | None, top: Fraction | None, n: int
) -> Comparison:
    mark = plan.target if against.name == "target" else plan.rate * Fraction(19, 20)
    mark = dict(against.own).get(group[0] if group else None, mark)
    text = printed(mark, share=top is not None)
    text = text.replace(".0", "") if against.name == "target" else text
    if rounded is None:
        return Comparison(against.name, mark, text, None, None)
    met = rounded >= mark if of.better == "higher" else rounded <= mark
    sure = None if top is None else (top / n - mark) ** 2 > Z_SQUARED * mark * (1 - mark) / n
    return Comparison(against.name, mark, text, met, sure)


# --- what is owed ---------------------------------------------------------------------------------------------


def settlement(of: Results) -> Settlement:
    lines = []
    for term, name in (("home_payment", "permanent_exits"), ("staying_bonus", "returns")):
        measured = next(one for one in of.measures if one.measure.name == name)
        for one in measured.of("provider"):
            amount = Fraction(400) * (one.numerator or 0) / 4 if one.state is State.VALUE else Fraction(0)
            amount = round_half_up(amount, 2)
            lines.append(Line(one.group[0], one.period.name, term, one.state.value, "", amount, ()))
            if term == "home_payment" and amount > 9_000:
                lines.append(Line(one.group[0], one.period.name, "cap_1", "", "cap", Fraction(9_000) - amount, ()))
    return Settlement(tuple(lines))


@dataclass(frozen=True)
class Sample:
    """One run to draw."""

    program: Program
    results: Results
    settlement: Settlement

    def dashboard(self) -> Dashboard:
        return dashboard(self.program, self.results, self.settlement, NO_KINDS)

    def outputs(self) -> Outputs:
        clauses = Clauses("", "", "", Article(4, "", (), ()))
        return Outputs(self.program, self.results, self.settlement, clauses, self.dashboard(), "4f1c9a2b" * 8, "0.1.0")

    def with_results(self, change: Callable[[Result], Result]) -> "Sample":
        measures = tuple(replace(one, results=tuple(map(change, one.results))) for one in self.results.measures)
        return replace(self, results=replace(self.results, measures=measures))


@pytest.fixture(scope="session")
def sample() -> Sample:
    meaning = program()
    measured = results(meaning)
    return Sample(meaning, measured, settlement(measured))
