"""Values: windows, choices, maturity, parts and breakdowns, on data small enough to count by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from acmspec.facts.tree import Success
from acmspec.ground.calendar import Every, Length
from acmspec.ground.source import Source, Span
from acmspec.ground.windows import Rolling
from acmspec.program.aggregates import aggregate
from acmspec.program.elsewhere import Dates
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.group import Slice
from acmspec.program.judging import Judging
from acmspec.program.payment import Fixed, Term
from acmspec.program.payments import Payments
from acmspec.program.record import (
    Arithmetic,
    Column,
    DaysBetween,
    InWindow,
    IsKnown,
    Logic,
    LookBack,
    Lookup,
    Negation,
    OneOf,
    Step,
)
from acmspec.program.tree import Benchmark, Check, Choice, Left, Window
from acmspec.program.types import BooleanType, NumberType
from acmspec.spec.tree import LEFT_OUT

Run = Callable[..., Any]
HERE = Span(Source("spec.yaml", ""), 0, 0)
TRUTH = BooleanType()


def stays(build: Any, **changes: Any) -> Any:
    return build.store(
        "stays",
        build.column("id", optional=False),
        build.column("client", entity="client"),
        build.column("provider", entity="provider"),
        build.column("entry", "date"),
        build.column("exit", "date"),
        build.column("score", "decimal"),
        build.column("ok", "boolean"),
        **changes,
    )


HEADER = "id,client,provider,entry,exit,score,ok\n"


def exits(build: Any, **changes: Any) -> Any:
    return build.population("stays", build.value("stays", "exit", "date"), **changes)


def test_a_share_counts_unknown_in_the_denominator_and_says_so(build: Any, ran: Run) -> None:
    share = build.aggregate("share", build.value("stays", "ok", "boolean"), exits(build))
    rows = "1,a,P,,2025-01-01,,yes\n2,b,P,,2025-03-31,,NO\n3,c,Q,,2025-02-01,,\n4,d,Q,,2025-04-01,,1\n5,e,Q,,,,1\n"
    by = build.dimension("provider", ("stays", build.value("stays", "provider")), is_provider=True)
    done = ran(build.program(build.measure(share, (by,)), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.codes == []
    assert done.parts(share, "2025-Q1") == (1, 3)
    assert done.cell(share, "2025-Q1").n == 3
    assert done.cell(share, "2025-Q1").unjudged == 1
    assert done.parts(share, "2025-Q1", ("provider",), ("P",)) == (1, 2)
    assert done.parts(share, "2025-Q1", ("provider",), ("Q",)) == (0, 1)
    assert done.parts(share, "2025-Q2") == (1, 1)
    assert done.facts.table("stays").undated == 1
    assert [len(groups) for (_, _, by), groups in done.facts.groups.items() if by] == [2, 1, 0, 0]


def test_left_out_unknowns_leave_numerator_and_denominator(build: Any, ran: Run) -> None:
    share = build.aggregate("share", build.value("stays", "ok", "boolean"), exits(build))
    share = replace(share, judging=Judging(missing_is=LEFT_OUT))
    rows = "1,a,P,,2025-01-01,,yes\n2,b,P,,2025-03-31,,no\n3,c,Q,,2025-02-01,,\n"
    done = ran(build.program(build.measure(share), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.parts(share, "2025-Q1") == (1, 2)
    assert done.cell(share, "2025-Q1").unjudged == 1


@pytest.mark.parametrize(
    ("scores", "low", "high"),
    [
        (["3", "1", "2"], 2, 2),
        (["4", "1", "2", "3"], 2, 3),
        (["0.01", "0.02"], Fraction(1, 100), Fraction(2, 100)),
        (["5", "", "5", "7", "7"], 5, 7),
        (["-1.5"], Fraction(-3, 2), Fraction(-3, 2)),
        ([""], None, None),
    ],
)
def test_the_middles_of_a_median_are_exact(build: Any, ran: Run, scores: list[str], low: Any, high: Any) -> None:
    median = build.aggregate("median", build.value("stays", "score", "decimal"), exits(build))
    rows = "".join(f"{i},a,P,,2025-01-05,{score},\n" for i, score in enumerate(scores))
    done = ran(build.program(build.measure(median), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.parts(median, "2025-Q1") == (low, high, len([one for one in scores if one]))
    assert done.cell(median, "2025-Q1").unjudged == len([one for one in scores if not one])


@pytest.mark.parametrize(
    ("place", "scores", "value"),
    [
        ("0.9", "1 2 3 4 5 6 7 8 9 10 11", 10),  # (11 - 1) * 0.9 is a whole place
        ("0.9", "1 2", Fraction(19, 10)),
        ("0.9", "10 20 30 40", 37),
        ("0.25", "10 20 30 40", Fraction(35, 2)),
        ("0.025", "0.01 0.02 7", Fraction("0.0105")),
        ("0.5", "4 1 2 3", Fraction(5, 2)),
        ("0.99", "-1.5", Fraction(-3, 2)),
        ("0.9", "5 5 5 7", Fraction(32, 5)),
        ("0.9", "", None),
    ],
)
def test_a_percentile_lies_on_the_line_between_two_values(
    build: Any, ran: Run, place: str, scores: str, value: Any
) -> None:
    one = build.aggregate("percentile", build.value("stays", "score", "decimal"), exits(build), at=Fraction(place))
    rows = "".join(f"{i},a,P,,2025-01-05,{score},\n" for i, score in enumerate([*scores.split(), ""]))
    done = ran(build.program(build.measure(one), stores=(stays(build),)), {"stays": HEADER + rows})
    assert aggregate("percentile").finish(done.cell(one, "2025-Q1").parts, one.at).value == value


@pytest.mark.parametrize(
    ("function", "value"), [("lowest", Fraction(-1, 10)), ("highest", 3), ("range", Fraction(31, 10))]
)
def test_the_ends_of_the_order(build: Any, ran: Run, function: str, value: Any) -> None:
    of_all = build.aggregate(function, build.value("stays", "score", "decimal"), exits(build))
    nobody = build.value("stays", "ok", "boolean")
    of_none = build.aggregate(function, build.value("stays", "score", "decimal"), exits(build), where=nobody)
    rows = "1,a,P,,2025-01-05,2,no\n2,a,P,,2025-01-05,-0.1,no\n3,a,P,,2025-01-05,3,no\n4,a,P,,2025-01-05,,no\n"
    measures = (build.measure(of_all), build.measure(of_none, name="n"))
    done = ran(build.program(*measures, stores=(stays(build),)), {"stays": HEADER + rows})
    row = aggregate(function)
    assert row.finish(done.cell(of_all, "2025-Q1").parts, of_all.at).value == value
    assert row.finish(done.cell(of_none, "2025-Q1").parts, of_none.at).value is None


def test_sums_and_products_are_exact_decimals(build: Any, ran: Run) -> None:
    score = build.value("stays", "score", "decimal")
    cubed = Arithmetic("*", Arithmetic("*", score, score, NumberType()), score, NumberType())
    total = build.aggregate("sum", cubed, exits(build))
    third = build.aggregate(
        "average", Arithmetic("-", score, build.constant(Fraction(13, 20)), NumberType()), exits(build)
    )
    rows = "1,a,P,,2025-01-05,0.1,\n2,a,P,,2025-01-05,.2,\n3,a,P,,2025-01-05,+3.0000000001,\n"
    stores = (stays(build),)
    done = ran(
        build.program(build.measure(total), build.measure(third, name="n"), stores=stores), {"stays": HEADER + rows}
    )
    numbers = [Fraction("0.1"), Fraction("0.2"), Fraction("3.0000000001")]
    assert done.parts(total, "2025-Q1") == (sum(one**3 for one in numbers),)
    assert done.parts(third, "2025-Q1") == (sum(one - Fraction("0.65") for one in numbers), 3)


def test_a_number_too_large_closes_the_gate_and_is_no_crash(build: Any, ran: Run) -> None:
    score = build.value("stays", "score", "decimal")
    cubed = Arithmetic("*", Arithmetic("*", score, score, NumberType()), score, NumberType())
    total = build.aggregate("sum", cubed, exits(build))
    rows = "1,a,P,,2025-01-05,999999999999999999,\n"
    done = ran(build.program(build.measure(total), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.codes == ["ACM430", "ACM434"]
    assert not done.facts.table("stays").open
    assert done.facts.cells == {}
    huge = build.compare(Arithmetic("*", score, score, NumberType()), ">", 0)
    checked = stays(build, checks=(Check(Logic("and", (huge, build.compare(cubed, ">", score)), TRUTH), "huge"),))
    count = build.aggregate("count", None, exits(build))
    done = ran(build.program(build.measure(count), stores=(checked,)), {"stays": HEADER + rows})
    assert done.codes == ["ACM430", "ACM434"]
    assert done.facts.cells == {}


@pytest.mark.parametrize(
    ("length", "inclusive", "day", "inside"),
    [
        (Length(days=180), False, date(2025, 1, 31), False),
        (Length(days=180), True, date(2025, 1, 31), True),
        (Length(days=180), False, date(2025, 2, 1), True),
        (Length(days=180), False, date(2025, 1, 31) + timedelta(days=180), True),
        (Length(days=180), True, date(2025, 1, 31) + timedelta(days=181), False),
        (Length(months=1), False, date(2025, 2, 28), True),
        (Length(months=1), False, date(2025, 3, 1), False),
        (Length(months=2), False, date(2025, 3, 31), True),
        (Length(months=37), False, date(2028, 2, 29), True),
        (Length(months=37), False, date(2028, 3, 1), False),
    ],
)
def test_the_edges_of_a_window(build: Any, ran: Run, length: Length, inclusive: bool, day: date, inside: bool) -> None:  # noqa: PLR0917
    anchor, exit_day = build.value("stays", "entry", "date"), build.value("stays", "exit", "date")
    share = build.aggregate("share", InWindow(exit_day, inclusive, length, anchor, TRUTH), exits(build))
    one = build.program(build.measure(share, every=Every.YEAR), stores=(stays(build),), last=date(2030, 1, 1))
    done = ran(one, {"stays": f"{HEADER}1,a,P,2025-01-31,{day},,\n"}, as_of=date(2030, 1, 1))
    assert done.parts(share, str(day.year)) == (int(inside), 1)


def _in_window(build: Any, ran: Run, condition: Any, entry: date, left: date) -> bool:
    share = build.aggregate("share", condition, exits(build))
    one = build.program(build.measure(share, every=Every.YEAR), stores=(stays(build),), last=date(2030, 1, 1))
    done = ran(one, {"stays": f"{HEADER}1,a,P,{entry},{left},,\n"}, as_of=date(2030, 1, 1))
    top, bottom = done.parts(share, str(left.year))
    assert bottom == 1
    return bool(top)


@pytest.mark.parametrize(
    ("length", "inclusive", "day", "inside"),
    [
        (Length(days=180), False, date(2025, 7, 31), False),
        (Length(days=180), True, date(2025, 7, 31), True),
        (Length(days=180), False, date(2025, 7, 30), True),
        (Length(days=180), False, date(2025, 7, 31) - timedelta(days=180), True),
        (Length(days=180), True, date(2025, 7, 31) - timedelta(days=181), False),
        (Length(months=1), False, date(2025, 6, 30), True),
        (Length(months=1), False, date(2025, 6, 29), False),
        (Length(months=5), False, date(2025, 2, 28), True),
        (Length(months=17), False, date(2024, 2, 29), True),
        (Length(months=17), False, date(2024, 2, 28), False),
    ],
)
def test_the_edges_of_a_look_back(  # noqa: PLR0917
    build: Any, ran: Run, length: Length, inclusive: bool, day: date, inside: bool
) -> None:
    left = date(2025, 7, 31)
    operand, anchor = build.value("stays", "entry", "date"), build.value("stays", "exit", "date")
    assert _in_window(build, ran, LookBack(operand, inclusive, length, anchor, TRUTH), day, left) is inside


@pytest.mark.parametrize(
    ("opens", "length", "day", "inside"),
    [
        (Length(days=90), Length(days=180), date(2025, 1, 31) + timedelta(days=89), False),
        (Length(days=90), Length(days=180), date(2025, 1, 31) + timedelta(days=90), True),
        (Length(days=90), Length(days=180), date(2025, 1, 31) + timedelta(days=180), True),
        (Length(days=90), Length(days=180), date(2025, 1, 31) + timedelta(days=181), False),
        (Length(months=1), Length(months=2), date(2025, 2, 27), False),
        (Length(months=1), Length(months=2), date(2025, 2, 28), True),
        (Length(months=1), Length(months=2), date(2025, 3, 31), True),
        (Length(months=1), Length(months=2), date(2025, 4, 1), False),
    ],
)
def test_the_edges_of_a_window_that_opens_later(  # noqa: PLR0917
    build: Any, ran: Run, opens: Length, length: Length, day: date, inside: bool
) -> None:
    anchor, exit_day = build.value("stays", "entry", "date"), build.value("stays", "exit", "date")
    window = InWindow(exit_day, True, length, anchor, TRUTH, opens)
    assert _in_window(build, ran, window, date(2025, 1, 31), day) is inside


def test_a_choice_keeps_one_in_each_window_and_missing_ranks_last(build: Any, ran: Run) -> None:
    field = build.value
    keep = Choice("last", (field("stays", "client"),), (field("stays", "score", "decimal"), field("stays", "id")), HERE)
    chosen = exits(build, keep=(keep,), exclude=(Left(build.compare(field("stays", "id"), "=", "3"), "why"),))
    count = build.aggregate("count", None, chosen)
    rows = (
        "1,a,P,,2025-01-01,,\n2,a,P,,2025-01-02,1,\n"  # 2 is kept: a missing score ranks last
        "3,b,P,,2025-01-02,9,\n4,b,P,,2025-01-02,8,\n"  # 3 is kept, then excluded; 4 does not take its place
        "5,,P,,2025-01-02,9,\n"  # no client: left out
        "6,a,P,,2025-04-02,0,\n"  # another window
    )
    by = build.dimension("score", ("stays", field("stays", "score", "decimal")))
    done = ran(build.program(build.measure(count, (by,)), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.codes == []
    assert done.parts(count, "2025-Q1") == (1,)
    assert done.parts(count, "2025-Q1", ("score",), ("1",)) == (1,)
    assert done.parts(count, "2025-Q1", ("score",), ("9",)) == (0,)
    assert done.cell(count, "2025-Q1", ("score",), ("9",)).n == 0
    assert done.parts(count, "2025-Q2") == (1,)


def test_where_comes_before_the_choice(build: Any, ran: Run) -> None:
    field = build.value
    keep = Choice("first", (field("stays", "client"),), (field("stays", "exit", "date"),), HERE)
    chosen = exits(build, keep=(keep,), where=field("stays", "ok", "boolean"))
    total = build.aggregate("sum", field("stays", "score", "decimal"), chosen)
    rows = "1,a,P,,2025-01-01,1,no\n2,a,P,,2025-01-02,2,yes\n3,a,P,,2025-01-03,4,yes\n4,a,P,,2025-01-01,8,\n"
    done = ran(build.program(build.measure(total), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.parts(total, "2025-Q1") == (2,)


def test_a_tie_closes_the_gate_with_both_places(build: Any, ran: Run) -> None:
    field = build.value
    keep = Choice("first", (field("stays", "client"),), (field("stays", "exit", "date"),), HERE)
    count = build.aggregate("count", None, exits(build, keep=(keep,)))
    rows = "1,a,P,,2025-01-01,1,\n2,b,P,,2025-01-01,2,\n3,a,P,,2025-01-01,3,\n"
    done = ran(build.program(build.measure(count), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.codes == ["ACM433", "ACM430"]
    assert "line 2 and 4" in done.outcome.diagnostics[0].message
    assert not done.facts.table("stays").open
    assert done.facts.cells == {}


def returns(build: Any, *, negated: bool = False, other: bool = True, where: Any = None) -> Lookup:
    later, anchor = build.value("stays", "entry", "date"), build.value("stays", "exit", "date", 1)
    within = InWindow(later, False, Length(days=30), anchor, TRUTH)
    links = ((Column("stays", "client"), build.value("stays", "client")),)
    return Lookup("none" if negated else "any", None, "stays", "later", links, other, where or within, TRUTH)


def test_lookups_are_two_valued_and_what_they_could_not_judge_is_counted(build: Any, ran: Run) -> None:
    share = build.aggregate("share", returns(build), exits(build))
    nobody = build.aggregate("share", returns(build, negated=True), exits(build))
    rows = (
        "1,a,P,2024-12-01,2025-01-10,,\n2,a,P,2025-02-09,2025-03-01,,\n"  # day 30: returned
        "3,b,P,2024-12-01,2025-01-10,,\n4,b,P,2025-02-10,2025-03-01,,\n"  # day 31: not
        "5,c,P,2024-12-01,2025-01-10,,\n6,c,P,,2025-03-01,,\n"  # an entry that is not known
        "7,,P,2024-12-01,2025-01-10,,\n8,,P,2025-01-11,2025-03-01,,\n"  # no client: no other stay of the same
    )
    stores = (stays(build),)
    one = build.program(build.measure(share), build.measure(nobody, name="n"), stores=stores)
    done = ran(one, {"stays": HEADER + rows})
    assert done.parts(share, "2025-Q1") == (1, 8)
    assert done.parts(nobody, "2025-Q1") == (7, 8)
    assert done.cell(share, "2025-Q1").unjudged == 1
    assert done.facts.table("stays").unlinked == (("client", 2), ("provider", 0))
    leaving = replace(nobody, judging=Judging(missing_is=LEFT_OUT))
    left_out = ran(build.program(build.measure(leaving), stores=stores), {"stays": HEADER + rows})
    assert left_out.parts(leaving, "2025-Q1") == (6, 7)


def test_without_other_a_record_finds_itself(build: Any, ran: Run) -> None:
    where = build.compare(build.value("stays", "entry", "date"), "<", build.value("stays", "exit", "date", 1))
    share = build.aggregate("share", returns(build, other=False, where=where), exits(build))
    alone = build.aggregate("share", returns(build, where=where), exits(build))
    one = build.program(build.measure(share), build.measure(alone, name="n"), stores=(stays(build),))
    done = ran(one, {"stays": HEADER + "1,a,P,2024-12-01,2025-01-10,,\n"})
    assert done.parts(share, "2025-Q1") == (1, 1)
    assert done.parts(alone, "2025-Q1") == (0, 1)


def test_maturity_waits_for_the_last_day_and_the_lag(build: Any, ran: Run) -> None:
    window = Window(build.value("stays", "exit", "date"), Length(days=30), "stays")
    share = build.aggregate("share", build.value("stays", "ok", "boolean"), exits(build), windows=(window,))
    rows = "1,a,P,,2025-01-01,,1\n2,b,P,,2025-01-02,,1\n3,c,P,,2025-01-03,,\n"
    table = stays(build, lag=Length(days=10))
    one = build.program(build.measure(share), stores=(table,))
    done = ran(one, {"stays": HEADER + rows}, as_of=date(2025, 2, 11))  # complete through 1 February
    cell = done.cell(share, "2025-Q1")
    assert (cell.n, cell.immature, cell.unjudged, cell.matures) == (3, 1, 1, date(2025, 2, 12))
    assert done.parts(share, "2025-Q1") == (2, 2)
    hasty = replace(share, judging=Judging(at_once=True))
    both = build.program(build.measure(hasty), build.measure(share, name="patient"), stores=(table,))
    now = ran(both, {"stays": HEADER + rows}, as_of=date(2025, 2, 11))
    cell = now.cell(hasty, "2025-Q1")
    assert (cell.n, cell.immature, cell.unjudged, cell.matures) == (3, 0, 1, None)
    assert now.parts(hasty, "2025-Q1") == (2, 3)
    assert now.parts(share, "2025-Q1") == (2, 2)


def test_a_window_at_the_end_of_time_is_waited_for_without_a_date(build: Any, ran: Run) -> None:
    window = Window(build.value("stays", "entry", "date"), Length(months=24), "stays")
    count = build.aggregate("count", None, exits(build), windows=(window,))
    one = build.program(build.measure(count), stores=(stays(build),))
    done = ran(one, {"stays": HEADER + "1,a,P,9999-12-31,2025-01-01,,1\n"})
    cell = done.cell(count, "2025-Q1")
    assert (cell.immature, cell.matures) == (1, None)


def test_to_one_steps_never_multiply_and_a_missing_link_is_a_group(build: Any, ran: Run) -> None:
    step = Step("client", Column("stays", "client"), "clients")
    race = build.value("clients", "race", steps=(step,))
    clients = build.store("clients", build.column("client", optional=False), build.column("race"), key=("client",))
    count = build.aggregate("count", None, exits(build))
    by = build.dimension("client.race", ("stays", race))
    rows = "1,a,P,,2025-01-01,,\n2,a,P,,2025-01-02,,\n3,z,P,,2025-01-02,,\n4,,P,,2025-01-02,,\n5,b,P,,2025-01-02,,\n"
    one = build.program(build.measure(count, (by,)), stores=(stays(build), clients))
    done = ran(one, {"stays": HEADER + rows, "clients": "client,race\na,x\nb,\nc,y\n"})
    assert done.parts(count, "2025-Q1") == (5,)
    assert done.parts(count, "2025-Q1", ("client.race",), ("x",)) == (2,)
    assert done.parts(count, "2025-Q1", ("client.race",), (None,)) == (2,)
    assert dict(done.facts.table("stays").unlinked)["client"] == 2
    groups = next(groups for (_, _, by), groups in done.facts.groups.items() if by)
    assert done.parts(count, "2025-Q1", ("client.race",), (UNLINKED_GROUP,)) == (1,)
    assert groups == ((UNLINKED_GROUP,), ("x",), (None,))


def test_an_own_where_narrows_parts_but_not_n(build: Any, ran: Run) -> None:
    score = build.value("stays", "score", "decimal")
    share = build.aggregate(
        "share", build.value("stays", "ok", "boolean"), exits(build), where=build.compare(score, ">", 5)
    )
    rows = "1,a,P,,2025-01-01,6,yes\n2,b,P,,2025-01-01,5,yes\n3,c,P,,2025-01-01,,yes\n4,d,P,,2025-01-01,5,\n"
    done = ran(build.program(build.measure(share), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.parts(share, "2025-Q1") == (1, 1)
    assert (done.cell(share, "2025-Q1").n, done.cell(share, "2025-Q1").unjudged) == (4, 1)


def test_distinct_values_leave_missing_ones_out(build: Any, ran: Run) -> None:
    count = build.aggregate("count distinct", build.value("stays", "client"), exits(build))
    rows = "1,a,P,,2025-01-01,,\n2,a,P,,2025-01-01,,\n3,,P,,2025-01-01,,\n4,A,P,,2025-01-01,,\n"
    done = ran(build.program(build.measure(count), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.parts(count, "2025-Q1") == (2,)


def test_a_slice_has_its_own_window_and_the_same_groups(build: Any, ran: Run) -> None:
    count = build.aggregate("count", None, exits(build))
    before = Slice(count, Dates(date(2024, 7, 1), date(2024, 12, 31)), NumberType())
    by = build.dimension("provider", ("stays", build.value("stays", "provider")), is_provider=True)
    history = Benchmark("history", "historical", before, (), None)
    rows = "1,a,P,,2024-06-30,,\n2,a,P,,2024-07-01,,\n3,a,P,,2024-12-31,,\n4,a,Q,,2025-01-01,,\n"
    one = build.program(build.measure(count, (by,), benchmarks=(history,)), stores=(stays(build),))
    done = ran(one, {"stays": HEADER + rows})
    assert done.parts(count, "2024-07-01..2024-12-31") == (2,)
    assert done.parts(count, "2024-07-01..2024-12-31", ("provider",), ("P",)) == (2,)
    assert done.parts(count, "2025-Q1") == (1,)


def test_rolling_windows_overlap_and_reach_back(build: Any, ran: Run) -> None:
    count = build.aggregate("count", None, exits(build))
    rows = "1,a,P,,2024-04-01,,\n2,a,P,,2024-07-01,,\n3,a,P,,2025-02-01,,\n"
    one = build.program(build.measure(count, window=Rolling(12, "month")), stores=(stays(build),))
    done = ran(one, {"stays": HEADER + rows}, as_of=date(2025, 5, 15))
    assert done.parts(count, "2025-Q1") == (3,)
    assert done.parts(count, "2025-Q2") == (2,)
    assert sorted({key[1].name for key in done.facts.cells}) == ["2025-Q1", "2025-Q2"]


def test_successes_are_distinct_judged_and_linked(build: Any, ran: Run) -> None:
    share = build.aggregate("share", build.value("stays", "ok", "boolean"), exits(build))
    by = build.dimension("provider", ("stays", build.value("stays", "provider")), is_provider=True)
    term = Term("card", "rate card", "m", Every.QUARTER, Fixed(Fraction(1)), (), "client", None, HERE)
    one = build.program(build.measure(share, (by,)), stores=(stays(build),))
    one = replace(one, payments=Payments((term,), (), (), None, None))
    rows = (
        "1,b,P,,2025-01-01,,yes\n2,b,P,,2025-01-02,,yes\n3,a,P,,2025-01-02,,yes\n4,c,P,,2025-01-02,,no\n"
        "5,,P,,2025-01-02,,yes\n6,a,Q,,2025-04-02,,yes\n"
    )
    done = ran(one, {"stays": HEADER + rows})
    named = {(term, period.name): found for (term, period), found in done.facts.successes.items()}
    twice = Success("P", "b", date(2025, 1, 2), Fraction(2))
    assert named["card", "2025-Q1"] == (Success("P", "a", date(2025, 1, 2)), twice)
    assert named["card", "2025-Q2"] == (Success("Q", "a", date(2025, 4, 2)),)
    assert named["card", "2025-Q3"] == ()


def test_logic_is_kleene(build: Any, ran: Run) -> None:
    ok, known = build.value("stays", "ok", "boolean"), build.compare(build.value("stays", "id"), "!=", "")
    conditions = {
        "or": (Logic("or", (ok, known), TRUTH), 3, 0),
        "and": (Logic("and", (ok, known), TRUTH), 1, 1),
        "not": (Negation(ok, TRUTH), 1, 1),
        "not known": (IsKnown(ok, False, TRUTH), 1, 0),
        "not one of": (Negation(OneOf(build.value("stays", "provider"), ("P",), "", TRUTH), TRUTH), 1, 1),
        "one of none": (OneOf(build.value("stays", "provider"), (), "", TRUTH), 0, 1),
    }
    shares = {name: build.aggregate("share", one, exits(build)) for name, (one, _, _) in conditions.items()}
    measures = [build.measure(one, name=name) for name, one in shares.items()]
    rows = "1,a,P,,2025-01-01,,yes\n2,b,,,2025-01-01,,no\n3,c,Q,,2025-01-01,,\n"
    done = ran(build.program(*measures, stores=(stays(build),)), {"stays": HEADER + rows})
    for name, (_, successes, unknown) in conditions.items():
        assert done.parts(shares[name], "2025-Q1") == (successes, 3), name
        assert done.cell(shares[name], "2025-Q1").unjudged == unknown, name


def test_days_between_may_be_negative_and_cross_a_leap_day(build: Any, ran: Run) -> None:
    days = DaysBetween(build.value("stays", "entry", "date"), build.value("stays", "exit", "date"), NumberType())
    median = build.aggregate("median", days, exits(build))
    rows = "1,a,P,2024-02-28,2025-01-01,,\n2,a,P,2025-01-02,2025-01-01,,\n"
    done = ran(build.program(build.measure(median), stores=(stays(build),)), {"stays": HEADER + rows})
    assert done.parts(median, "2025-Q1") == (-1, 308, 2)
