"""Small programs, facts and results made by hand, for tests of everything after the database."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.facts.tree import Cell, Facts, Success, TableQuality
from acmspec.ground.calendar import Every, Length, Period, period_of
from acmspec.ground.exact import Unit
from acmspec.ground.source import Located, Source, Span
from acmspec.ground.windows import Bounds, Covers, window
from acmspec.program.aggregates import Part
from acmspec.program.agreed import Agreement, Reserve
from acmspec.program.payment import SPREAD, Band, Bands, Earned, Fixed, Limit, Outcome, Term
from acmspec.program.payments import Payments
from acmspec.program.record import Column, Compare, Constant, FieldValue
from acmspec.program.tree import Aggregate, Benchmark, Dimension, GroupConstant, Measure, Population, Program, Store
from acmspec.program.types import BooleanType, DateType, Form, NumberType, TextType
from acmspec.results.tree import Comparison, InDispute, MeasureResults, Result, Results, State
from acmspec.spec.tree import Contract, Spec
from acmspec.spec.tree import Term as ContractTerm

SOURCE = Source("folder/spec.yaml", "a spec\n")
SPAN = Span(SOURCE, 0, 1)
FIRST, LAST = date(2025, 7, 1), date(2027, 6, 30)
DATA_DATE = date(2027, 12, 31)
TEXT = TextType()
SHARE = NumberType(Form.SHARE)
COUNT = NumberType(unit=Unit.of("Stay"), integral=True)
MONEY = NumberType(unit=Unit.of("USD"))
ON = tuple((state, "nothing") for state in ("undefined", "too_few", "immature", "missing", "disputed"))
PROVIDERS = ("North", "South", "East")


def field_of(name, table="stays", of=TEXT, optional=False):
    return FieldValue(0, (), Column(table, name), of, optional)


def stays(table="stays"):
    return Population(table, table, "Stay", "Stays", field_of("left", table, DateType()), None, (), ())


def aggregate_of(function="share", of=SHARE, table="stays", expression=None, where=None):
    housed = Compare("=", field_of("home", table), Constant("yes", TextType()), BooleanType())
    return Aggregate(function, expression or housed, stays(table), where, (), of)


def by_provider(roster=PROVIDERS):
    return Dimension("provider", (("stays", field_of("provider")),), True, roster, ())


def measure_of(formula=None, **changes):
    plain = Measure(
        name="homes",
        formula=formula or aggregate_of(),
        every=Every.QUARTER,
        window=Covers.PERIOD,
        breakdowns=((), (by_provider(),)),
        better="higher",
        decimals=1,
        minimum=0,
        missing_is="counted in the denominator only",
        maturity="all records",
        benchmarks=(),
        title="Homes",
        is_metric=True,
        span=SPAN,
    )
    return replace(plain, **changes)


def store_of(name="stays"):
    return Store(name, f"data/{name}.csv", "Stay", "Stays", ("id",), (), (), "error", Fraction(0), Length(), None,
                 None, None, SPAN)  # fmt: skip


def quality_of(name="stays", *, through=DATA_DATE, is_open=True, silent=()):
    return TableQuality(name, f"data/{name}.csv", "ab" * 32, 10, 9, 1, 0, 0, 0, (), through, is_open, tuple(silent))


def term_of(amount, **changes):
    plain = Term("bonus", "tiered bonus", "homes", Every.QUARTER, amount, ON, None, None, SPAN)
    return replace(plain, **changes)


SCORED = {"undefined": SPREAD, "too_few": SPREAD, "immature": "wait", "missing": "withhold until received",
          "disputed": "withhold until resolved"}  # fmt: skip


def card_of(amount, on=(), scored=("homes", "jobs"), **changes):
    """A term by the score of some measures; `on` changes what states lead to."""
    states = tuple((SCORED | dict(on)).items())
    return term_of(amount, **{"kind": "scorecard", "measure": None, "scored": scored, "on": states} | changes)


def limit_of(bound, **changes):
    plain = Limit("cap_1", "cap", ("bonus",), True, Every.FISCAL_YEAR, bound, False, "cap", None, SPAN)
    return replace(plain, **changes)


GATED = {"failed": "nothing", "undefined": "nothing", "too_few": "nothing", "immature": "wait",
         "missing": "withhold until received", "disputed": "withhold until resolved"}  # fmt: skip


def gate_of(edge, on=(), **changes):
    """A gate that is open from a result on; `on` changes what states lead to."""
    sides = (Band(None, Fraction(edge), fixed(0), "below", SPAN), Band(Fraction(edge), None, Earned(), "enough", SPAN))
    plain = {"name": "gate_1", "kind": "gate", "every": Every.QUARTER, "measure": "homes"}
    return limit_of(Bands(Outcome(), sides), **plain | changes, on=tuple((GATED | dict(on)).items()))


def reserve_of(share, *parts, on=(), **changes):
    """A reserve of a share, earned back from each result on with a weight (all of it without any)."""
    whole = sum(weight for _, weight in parts)
    back = tuple((gate_of(edge, on), Fraction(weight, whole)) for edge, weight in parts)
    plain = {"name": "held_1", "kind": "withhold", "over": ("bonus",), "every": Every.FISCAL_YEAR}
    return Reserve(**plain | changes, share=Fraction(share), back=back, text="", parameters=None, span=SPAN)


def agreements_of(*providers, maximum=None, last=LAST):
    return tuple(Agreement(one, f"A-{one}", FIRST, last, maximum) for one in providers)


def program_of(
    measures=None,
    *,
    terms=(),
    limits=(),
    agreements=None,
    maximum=None,
    phase_in=None,
    tables=("stays",),
    reserves=(),
    negative_total="",
    last=LAST,
):
    owed = agreements_of(*PROVIDERS) if agreements is None else agreements
    return Program(
        contract_id="made-by-hand",
        first=FIRST,
        last=last,
        data_date=DATA_DATE,
        fiscal_starts=7,
        currency="USD",
        stores=tuple(store_of(one) for one in tables),
        measures=tuple(measures or (measure_of(),)),
        payments=Payments(
            tuple(terms),
            tuple(limits),
            owed,
            maximum,
            phase_in,
            reserves=tuple(reserves),
            negative_total=negative_total,
        ),
        spec=spec_of(),
    )


def spec_of():
    day = Located(FIRST, SPAN)
    contract = Contract(Located("made-by-hand", SPAN), Located("Made", SPAN), Located("Agency", SPAN),
                        ContractTerm(day, Located(LAST, SPAN), SPAN), 7, "USD", None, None, SPAN)  # fmt: skip
    return Spec(SOURCE, contract, "", (), (), (), (), (), (), (), None, (), (), (), (), None, (), None, (), SPAN)


def windows_of(measure, count):
    """The first so many windows of a measure in the contract."""
    found, day = [], FIRST
    for _ in range(count):
        one = period_of(day, measure.every, 7)
        found.append(window(one, measure.every, measure.window, Bounds(one.first, one.last, 7)))
        day = date.fromordinal(one.last.toordinal() + 1)
    return tuple(found)


def cell_of(n, true=None, *, immature=0, unjudged=0, matures=None, records=None, **parts):
    judged = n - immature if records is None else records
    gathered = {Part.RECORDS: Fraction(judged)}
    if true is not None:
        gathered[Part.TRUE] = Fraction(true)
    gathered |= {Part[name.upper()]: None if value is None else Fraction(value) for name, value in parts.items()}
    return Cell(n, immature, unjudged, matures, gathered)


def facts_of(cells, *, groups=None, tables=None, successes=None, data_date=DATA_DATE):
    return Facts(data_date, cells, groups or {}, successes or {}, tuple(tables or (quality_of(),)))


def result_of(period, provider, numerator=0, denominator=0, *, state=None, flags=(), decimals=1, value=None, n=None,
              immature=0, of_shares=True, disputed=0, in_dispute=None):  # fmt: skip
    """A result with a value, unless there is nothing to divide by or a state says otherwise."""
    top, bottom = (Fraction(numerator), Fraction(denominator)) if of_shares else (None, None)
    exact = value if value is not None else (top / bottom if bottom else None)
    exact = None if exact is None else Fraction(exact)
    found = state or (State.UNDEFINED if exact is None else State.VALUE)
    kept = exact if found is State.VALUE else None
    places = decimals + 2 if of_shares else decimals
    rounded = None if kept is None else Fraction(int(kept * 10**places + Fraction(1, 2)), 10**places)
    known = found is not State.MISSING
    return Result(period, ("provider",), (provider,), top if known else None, bottom if known else None, kept, rounded,
                  "", found, flags, immature, 0, denominator if n is None else n, None, (),
                  disputed=disputed, in_dispute=None if in_dispute is None else InDispute(*in_dispute))  # fmt: skip


def against(result, level, name="control"):
    """A result held against a benchmark of some level, None for one that came to nothing."""
    known = None if level is None else Fraction(level)
    return replace(result, comparisons=(Comparison(name, known, "", None, None),))


def stated(level, own=(), name="control"):
    """A benchmark of a stated level, and that of some providers."""
    return Benchmark(name, "target", GroupConstant(Fraction(level), SHARE), tuple(own), None)


def results_of(measure, results, successes=(), others=()):
    """The results; successes are term, window, provider, entity and, if not the window's last day, their day.

    `others` are further measures, each with its results.
    """
    dated = ((term, window, (Success(*who[:2], *(who[2:] or (window.last,))),)) for term, window, *who in successes)
    found = ((measure, results), *others)
    return Results(DATA_DATE, tuple(MeasureResults(one, tuple(own)) for one, own in found), tuple(dated), ())


def fixed(amount):
    return Fixed(Fraction(amount))


__all__ = [name for name in dir() if not name.startswith("_")] + ["Period"]
