"""A small program built by hand, so that the clauses are tested apart from the rooms before them."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from acmspec.ground.calendar import Every, Length
from acmspec.ground.exact import ONE, Amount, Unit
from acmspec.ground.source import Located, Source, Span
from acmspec.ground.windows import Covers, Rolling
from acmspec.program import payment as pay
from acmspec.program import tree as p
from acmspec.program.agreed import Agreement
from acmspec.program.payments import Payments
from acmspec.program.record import Column, Compare, Constant, Defined, FieldValue, InWindow, IsKnown, Lookup, OneOf
from acmspec.program.types import BooleanType, DateType, Form, NumberType, TextType
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec import practice as w
from acmspec.spec import tree as s
from acmspec.spec.deliveries import Delivery, Files
from acmspec.spec.ports import Shelves

SOURCE = Source("spec.yaml", "acmspec: 1\n")
SPAN = Span(SOURCE, 0, 1)
BOOLEAN, TEXT, DATE = BooleanType(), TextType(), DateType()
SHARE = NumberType(Form.SHARE)
MONEY = NumberType(unit=Unit.of("USD"))


def at(value: Any) -> Any:
    return Located(value, SPAN)


def names(*found: Any) -> Any:
    return tuple(at(one) for one in found)


def formula(text: Any) -> Any:
    return w.FormulaText(None, text, SPAN)


def spec_field(name: Any, kind: Any = "text", **more: Any) -> Any:
    defaults = {
        "column": name, "entity": None, "optional": False, "private": False, "phrase": "", "missing": ("",),
        "values": None,
    }  # fmt: skip
    return s.Field(name=at(name), type=kind, span=SPAN, **(defaults | more))


def table(name: Any, one: Any, many: Any, fields: Any, **more: Any) -> Any:
    defaults = {
        "key": names(fields[0].name.value), "date": None, "interval": None, "owner": "Data Office",
        "status": "available", "available_from": None, "refresh": "monthly", "lag": Length(days=15),
        "complete_through": None, "received": None, "reliability": "high", "sharing": None, "duplicates": "error",
        "reporting": None, "checks": (), "accept_invalid": Fraction(0),
    }  # fmt: skip
    return s.Table(
        name=at(name), files=Files(f"data/{name}.csv", (Delivery(at(f"data/{name}.csv")),), SPAN),
        noun=s.Noun(one, many), fields=fields, span=SPAN,
        **(defaults | more),
    )  # fmt: skip


STAYS = table(
    "stays",
    "Stay",
    "Stays",
    (
        spec_field("stay_id"),
        spec_field("client_id", entity=at("client")),
        spec_field("provider", entity=at("provider")),
        spec_field("entry_date", "date"),
        spec_field("exit_date", "date", optional=True, phrase="Exit Date"),
        spec_field("destination", optional=True, values=(("rental", "Rental, no subsidy"), ("deceased", "Deceased"))),
    ),
    received=at("entry_date"),
    sharing=s.Sharing("DUA-1", "client consent", at(date(2028, 1, 1)), provider_may_see=True),
    checks=(formula("exit_date >= entry_date"),),
    accept_invalid=Fraction(1, 100),
)
CLIENTS = table(
    "clients",
    "Client",
    "Clients",
    (spec_field("client_id", entity=at("client")), spec_field("race"), spec_field("birth", "date", private=True)),
)

ENTRY = FieldValue(0, (), Column("stays", "entry_date"), DATE, optional=False)
EXIT = FieldValue(0, (), Column("stays", "exit_date"), DATE, optional=True)
CLIENT = FieldValue(0, (), Column("stays", "client_id"), TEXT, optional=False)
STAY_ID = FieldValue(0, (), Column("stays", "stay_id"), TEXT, optional=False)
PROVIDER = FieldValue(0, (), Column("stays", "provider"), TEXT, optional=False)
DESTINATION = FieldValue(0, (), Column("stays", "destination"), TEXT, optional=True)
HOME = Defined("permanent_home", 0, OneOf(DESTINATION, ("rental",), "permanent", BOOLEAN), BOOLEAN)
LATER = Lookup(
    "any",
    None,
    "stays",
    "later",
    ((Column("stays", "client_id"), CLIENT),),
    other=True,
    where=InWindow(ENTRY, inclusive=False, length=Length(days=180), anchor=replace(EXIT, scope=1), type=BOOLEAN),
    type=BOOLEAN,
)
RETURN = Defined("came_back", 0, LATER, BOOLEAN)
DIED = Compare("=", DESTINATION, Constant("deceased", TEXT), BOOLEAN)

LEAVERS = p.Population(
    "leavers",
    "stays",
    "Leaver",
    "Leavers",
    EXIT,
    IsKnown(EXIT, known=True, type=BOOLEAN),
    (p.Choice("last", (CLIENT,), (EXIT, STAY_ID), SPAN),),
    (p.Left(DIED, "the Client died"),),
)
PROVIDERS = p.Dimension("provider", (("stays", PROVIDER),), is_provider=True, roster=("Bridge",), order=())


def number(value: Any, decimals: Any = 0) -> Any:
    return at(Amount(Fraction(value), "percent", ONE, decimals))


def dollars(value: Any) -> Any:
    return at(Amount(Fraction(value), "money", Unit.of("USD")))


@dataclass(frozen=True)
class Kind:
    """A kind that says its word, for tests of what stands around it."""

    word: str
    shape: object = None
    priced: bool = True
    at_end: bool = False

    def clause(self, parameters: Any, words: Any, over: Any = "", scope: Any = "") -> Any:
        if over:
            return f"Payments under {over} must be no more than {words.money(Fraction(parameters))} {scope}."
        if self.word == "target":
            return f"The result must be at least {words.amount(parameters)}."
        said = f"For each {words.period}, the Agency must pay for each {words.success}."
        return (Paragraph((Run(said),), (), words.anchor), Grid(("Result", "Amount"), (("All", "$5"),), (1,)))


def measure(name: Any, formula_of: Any, title: Any, **more: Any) -> Any:
    defaults = {
        "every": Every.QUARTER, "window": Covers.PERIOD, "breakdowns": ((), (PROVIDERS,)), "better": "higher",
        "decimals": 1, "minimum": 20, "missing_is": "counted in the denominator only",
        "maturity": "all records", "benchmarks": (),
        "is_metric": True,
    }  # fmt: skip
    return p.Measure(name=name, formula=formula_of, title=title, span=SPAN, **(defaults | more))


def metric(name: Any, title: Any, use: Any, benchmarks: Any = ()) -> Any:
    return s.Metric(
        name=at(name), title=at(title), kind=at("lagging"), use=at(use), goal=at("stable"), question="What works?",
        formula=formula("share(x over y)"), every=at(Every.QUARTER), window=at(Covers.PERIOD), better="higher",
        decimals=at(1), minimum=20, missing_is="", maturity="all records", break_down_by=(), benchmarks=benchmarks,
        span=SPAN,
    )  # fmt: skip


def use(name: Any, kind: Any, parameters: Any) -> Any:
    return s.KindUse(at(name), at(kind), parameters, SPAN)


TARGET = use("target", "target", Amount(Fraction(55, 100), "percent"))
BONUS = use("exit_bonus", "bonus", None)
CAP = use("cap", "cap", 48000)
ON = {
    "undefined": "nothing", "too_few": "carry forward once", "immature": "wait", "missing": "withhold until received",
    "disputed": "pay the undisputed part",
}  # fmt: skip

SPEC = s.Spec(
    source=SOURCE,
    contract=s.Contract(
        at("harbor-rrh"), at("Rapid Re-Housing"), at("Harbor County"),
        s.Term(at(date(2025, 7, 1)), at(date(2028, 6, 30)), SPAN), 7, "USD", dollars(4_800_000), None, SPAN,
    ),
    motivation="Families leave shelter for homes that do not last",
    goals=(s.Goal(at("stable"), at("Families keep their home."), at("Families without a home")),),
    data=(STAYS, CLIENTS),
    lists=(s.CodeList(at("permanent"), names("rental")),),
    definitions=(
        s.Definition(
            at("permanent_home"), at("stays"), "Permanent Home", formula("destination in permanent"),
            s.Says("exits to a Permanent Home", "exit to a Permanent Home", "does not exit to a Permanent Home",
                   "do not exit to a Permanent Home"), SPAN,
        ),
        s.Definition(at("came_back"), at("stays"), "Return", formula("any(…)"), None, SPAN),
        s.Definition(at("spare"), at("stays"), "", formula("exit_date is known"), None, SPAN),
    ),
    cohorts=(
        s.Cohort(at("leavers"), s.Noun("Leaver", "Leavers"), at("stays"), None, None,
                 (s.Keep("last", names("client"), names("exit_date"), SPAN),),
                 (s.Exclusion(formula("x"), "the Client died", SPAN),), SPAN),
    ),
    metrics=(metric("exits", "Exits to permanent housing", "paid", (TARGET,)), metric("returns", "Returns", "review")),
    agreements=(
        s.Agreement(at("Bridge"), "RRH-1", None, dollars(600_000), ((at("exits"), number(Fraction(62, 100))),),
                    ((at("exit_bonus"), dollars(15)),), (("fund", "2210"),), SPAN),
    ),
    referral=w.Referral(
        "Families scored 8 or more", "The entry team, weekly",
        (w.ReferralStep("Left", at("leavers"), at("exit_date")),),
        (w.ReferralCheck("In need", formula("share(score >= 8 over referrals)")),), SPAN,
    ),
    roadmap=(
        w.Topic("Hand-off", "First contact", ("Where do families wait?", "Who waits?"), names("exits"),
                names("provider", "client.race"), at("2026-Q1"), SPAN),
    ),
    cadence=(w.Meeting(at("provider_meeting"), at(Every.MONTH), at(3), 90, Length(days=5), "Review results", SPAN),),
    attendees=(w.Attendee("Analyst", "agency", "staff", "data", names("provider_meeting"), required=True, span=SPAN),),
    responsibilities=(("analysis", "Data analyst"), ("snacks", "Host")),
    follow_up=w.FollowUp(
        30, w.CaseReviews(5, Every.QUARTER, "outliers"),
        (w.WorkingGroup("Landlords", "Manager", at("provider_meeting")),),
        SPAN,
    ),
    commitments=(w.Commitment("Answer within 2 days", "Program director"),),
    incentives=s.Incentives(
        s.PhaseIn(at(date(2025, 12, 31)), "reported without consequence"),
        (s.PaymentTerm(BONUS, s.Scope(True, Every.QUARTER, SPAN), at("client"), {}, None),),
        "usual",
        (s.Limit(CAP, names("exit_bonus"), s.Scope(True, Every.FISCAL_YEAR, SPAN)),), SPAN,
    ),
    examples=(s.Example(at("exits"), 46, 84, number(Fraction(548, 1000), 1), ((at("target"), at("not met")),), SPAN),),
    span=SPAN,
)  # fmt: skip

EXITS = p.Aggregate("share", HOME, LEAVERS, None, (), SHARE)
RETURNS = p.Aggregate("share", RETURN, LEAVERS, HOME, (p.Window(EXIT, Length(days=180), "stays"),), SHARE)
BENCHMARK = p.Benchmark(
    "target", "target", p.GroupConstant(Fraction(55, 100), SHARE), (("Bridge", Fraction(62, 100)),), None
)


def stored(of: Any) -> Any:
    columns = tuple(
        p.StoredColumn(f.name.value, f.column, f.type, f.optional, f.private, f.missing, None, "") for f in of.fields
    )
    return p.Store(
        of.name.value, of.files.text, of.noun.one, of.noun.many, tuple(k.value for k in of.key), columns,
        (p.Check(Compare(">=", EXIT, ENTRY, BOOLEAN), "exit_date >= entry_date"),) if of is STAYS else (),
        of.duplicates, of.accept_invalid, of.lag, None, None,
        p.Roll(Column("stays", "provider"), Column("stays", "entry_date"), Every.MONTH) if of is STAYS else None, SPAN,
    )  # fmt: skip


PROGRAM = p.Program(
    contract_id="harbor-rrh", first=date(2025, 7, 1), last=date(2028, 6, 30), data_date=None, fiscal_starts=7,
    currency="USD", stores=(stored(STAYS), stored(CLIENTS)),
    measures=(
        measure("exits", EXITS, "Exits to permanent housing", window=Rolling(12, "month"), benchmarks=(BENCHMARK,)),
        measure("returns", RETURNS, "Returns", better="lower"),
    ),
    payments=Payments(
        (pay.Term("exit_bonus", "bonus", "exits", Every.QUARTER, pay.Fixed(Fraction(5)), tuple(ON.items()), "client",
                  None, SPAN),),
        (pay.Limit("cap", "cap", ("exit_bonus",), True, Every.FISCAL_YEAR, pay.Earned(), False, "", 48000, SPAN),),
        (Agreement("Bridge", "RRH-1", date(2025, 7, 1), date(2028, 6, 30), Fraction(600_000)),),
        Fraction(4_800_000), date(2025, 12, 31),
    ),
    spec=SPEC, referral_checks=(EXITS,),
)  # fmt: skip
KINDS = Shelves((Kind("target"),), (Kind("bonus"),), (Kind("cap"),))


@dataclass(frozen=True)
class Hand:
    """What the tests build on."""

    program: p.Program = PROGRAM
    kinds: Shelves = KINDS
    records: dict = field(
        default_factory=lambda: {
            "entry": ENTRY,
            "exit": EXIT,
            "client": CLIENT,
            "destination": DESTINATION,
            "home": HOME,
            "later": LATER,
            "return": RETURN,
            "died": DIED,
        }
    )
    leavers: p.Population = LEAVERS


@pytest.fixture(scope="session")
def hand() -> Any:
    return Hand()
