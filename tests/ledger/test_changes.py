"""Was, now and what is settled, over closings of lines that change at random: nothing is lost, no rule is passed."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.calendar import Length
from acmspec.ledger.accounts import Accounts, account_of, post
from acmspec.ledger.changes import NOT_RECOVERED, TOO_LATE, TOO_SMALL, Now
from acmspec.ledger.settled import settled as settled_at
from acmspec.ledger.tree import ZERO, Certified, Counts
from acmspec.program.agreed import Settling
from acmspec.settlement.tree import Line, Settlement, Step

PROVIDERS, TERMS, PERIODS = ("North", "South"), ("visit", "late"), 4
START = date(2025, 1, 31)
AMOUNTS = st.integers(min_value=-3_000, max_value=9_000).map(lambda cents: Fraction(cents, 100))
COUNTS = Counts(Fraction(1), Fraction(2), 2, 0, 0, 0)


def ends(period: int) -> date:
    return START + timedelta(days=31 * period)


@st.composite
def histories(draw):
    """For each closing, what every line through its period comes to, and whether it waits."""
    return [
        [
            Line(who, f"M{at}", term, "value" if term == "visit" else "", "", draw(AMOUNTS), (), None, ends(at),
                 term == "visit" and draw(st.booleans()))
            for at in range(closing + 1) for who in PROVIDERS for term in TERMS
        ]
        for closing in range(PERIODS)
    ]  # fmt: skip


def changes(book, lines, at, rules):
    """What is decided on lines, or on what they come to where some of them stand."""

    def settle(standing):
        known = tuple(lines(standing) if callable(lines) else lines)
        return Settlement(known, (Step(START, (), (), (), known),))

    return settled_at(book, at, rules, settle)[1]


def closed(history, rules: Settling):
    """The accounts and changes after each closing."""
    book, told = Accounts(), []
    for number, told_now in enumerate(history, 1):
        lines = told_now(()) if callable(told_now) else told_now
        counts = {(one.provider, one.term, one.period): COUNTS for one in lines if one.term == "visit"}
        through = ends(number - 2)
        at = Now(counts, {}, ends(number - 1) + timedelta(days=20), through, lambda _: 1, follow=("cap_1",))
        found = changes(book, told_now, at, rules)
        before = {key: one.certified for key, one in book.lines.items()}
        waited = {key for key, one in book.lines.items() if one.waits}
        for one in found:
            post(book, one, number)
        for one in lines:
            if one.last > through:
                key = (one.provider, one.term, one.period)
                line = Certified(*key, one.last, one.state, one.amount, one.waits, "", (), counts.get(key))
                book.lines[key] = account_of(line, number)
        told.append((found, before, waited, {(one.provider, one.term, one.period): one for one in lines}))
    return told


LONG = Length(months=120)


@given(histories())
def test_with_no_rule_against_it_all_that_is_certified_is_what_is_owed_now(history) -> None:
    for found, before, _, now in closed(history, Settling(LONG, ZERO, True, LONG)):
        assert all(one.posted == one.difference for one in found)
        settled = before | {one.key: before[one.key] + one.posted for one in found}
        assert all(settled[key] == now[key].amount for key in before)


@given(histories(), st.integers(0, 5_000).map(lambda cents: Fraction(cents, 100)), st.booleans(), st.integers(0, 120))
def test_no_rule_is_passed_and_nothing_is_lost(history, tolerance, claw_back, within) -> None:
    rules = Settling(Length(days=within), tolerance, claw_back, LONG)
    for number, (found, before, waited, now) in enumerate(closed(history, rules), 1):
        as_of = ends(number - 1) + timedelta(days=20)
        told = {one.key for one in found}
        for key, was in before.items():
            # What is not settled stays a difference, and is told again.
            assert key in told or was == now[key].amount
        for provider in PROVIDERS:
            own = [one for one in found if one.provider == provider]
            posted = sum(one.posted for one in own)
            # A deduction that waited is settled now, whatever the contract takes back.
            late = sum(one.posted for one in own if one.key in waited and one.was <= 0 and one.difference < 0)
            settles = any(one.key in waited and one.difference for one in own)
            assert claw_back or posted - late >= 0
            assert settles or posted == 0 or abs(posted) > tolerance
        for one in found:
            assert one.posted in {ZERO, one.difference}
            if one.rule == TOO_LATE:
                assert as_of > one.last + timedelta(days=within)
                assert one.key not in waited
            if one.rule in {TOO_SMALL, NOT_RECOVERED}:
                assert one.posted == 0


def lines_of(period: int, visit: int, cap: int) -> list[Line]:
    return [
        Line("North", f"M{at}", term, "", "", Fraction(amount), (), None, ends(at))
        for at in range(period + 1)
        for term, amount in (("visit", visit), ("cap_1", cap))
    ]


LIMITS_CHANGED = [lines_of(0, 100, -10), lines_of(1, 100, -30)]


def test_a_limit_that_changes_by_itself_is_settled_in_time() -> None:
    found = closed(LIMITS_CHANGED, Settling(Length(days=90), ZERO, True, LONG))[1][0]
    assert [(one.term, one.posted, one.rule) for one in found] == [("cap_1", -20, "")]


def test_a_limit_that_changes_by_itself_stands_once_its_last_date_is_over() -> None:
    found = closed(LIMITS_CHANGED, Settling(Length(days=1), ZERO, True, LONG))[1][0]
    assert [(one.term, one.posted, one.rule) for one in found] == [("cap_1", 0, TOO_LATE)]


def test_a_limit_that_follows_from_what_came_too_late_is_no_difference() -> None:
    def second(standing) -> list[Line]:
        # Where the line stands at $100, the cap takes $10, else $30.
        visit, *others = lines_of(1, 120, -10 if ("North", "visit", "M0") in standing else -30)
        return [visit, *others]

    found = closed([lines_of(0, 100, -10), second], Settling(Length(days=1), ZERO, True, LONG))[1][0]
    assert [(one.term, one.now, one.posted, one.rule) for one in found] == [("visit", 120, 0, TOO_LATE)]


def months(*amounts: int, waits: int = 0) -> list[Line]:
    return [
        Line("North", f"M{at}", "visit", "value", "", Fraction(one), (), None, ends(at), at < waits)
        for at, one in enumerate(amounts)
    ]


def moved(before: list[Line], now: list[Line], rules: Settling):
    book = Accounts()
    for one in before:
        line = Certified("North", "visit", one.period, one.last, "value", one.amount, False, "", (), COUNTS)
        book.lines[line.key] = account_of(line, 1)
    counts = dict.fromkeys(book.lines, COUNTS)
    at = Now(counts, {}, ends(3), ends(1), lambda _: 1, moving=frozenset({"visit"}))
    return [(one.period, one.difference, one.posted, one.rule) for one in changes(book, now, at, rules)]


SEVENTY = Settling(Length(days=70), ZERO, True, LONG)


def test_a_success_that_moves_to_a_period_whose_last_date_is_over_is_not_lost() -> None:
    # A hundred went from the second month to the first, whose last date is over, and fifty more came too late.
    assert moved(months(100, 300), months(250, 200, 0), SEVENTY) == [("M0", 150, 100, TOO_LATE), ("M1", -100, -100, "")]


def test_a_success_that_moves_from_a_period_whose_last_date_is_over_is_not_paid_twice() -> None:
    # A hundred went from the first month to the second, and fifty more are no longer there.
    assert moved(months(300, 100), months(150, 200, 0), SEVENTY) == [
        ("M0", -150, -100, TOO_LATE),
        ("M1", 100, 100, ""),
    ]


def test_nothing_moves_to_a_period_whose_last_date_is_over_where_nothing_is_recovered() -> None:
    rules = Settling(Length(days=70), ZERO, False, LONG)
    assert moved(months(100, 300), months(200, 200, 0), rules) == [
        ("M0", 100, 0, TOO_LATE),
        ("M1", -100, 0, NOT_RECOVERED),
    ]


def test_a_line_that_is_disputed_after_its_last_date_does_not_wait() -> None:
    book = Accounts()
    line = Certified("North", "visit", "M0", ends(0), "value", Fraction(100), False, "", (), COUNTS)
    book.lines[line.key] = account_of(line, 1)
    at = Now({line.key: COUNTS}, {}, ends(3), ends(1), lambda _: 1)
    for amount in (100, 40):
        (change,) = changes(book, months(amount, waits=1), at, SEVENTY)
        assert (change.posted, change.rule) == (0, TOO_LATE)
        post(book, change, 2)
        # Else the dispute would open what its last date has closed.
        assert not book.lines[line.key].waits
