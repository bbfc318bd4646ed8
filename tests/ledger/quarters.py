"""A contract that is closed quarter by quarter in memory: each closing from the results that are known by then."""

from dataclasses import replace
from datetime import timedelta

from acmspec.ground.calendar import Length
from acmspec.ledger.asked import Asked
from acmspec.ledger.from_settlement import close
from acmspec.ledger.tree import Entry, Ledger, Signed
from acmspec.program.agreed import Settling
from acmspec.settlement.from_results import settle
from tests.settlement.made import results_of, windows_of

SIGNED = Signed("Pat", "Rae", "Cyd")
DAYS_AFTER = 20
NEVER = Length(months=600)


def rules(within: int = 100, tolerance=0, *, claw_back: bool = True) -> Settling:
    """With `within` 100 days a quarter is settled at its own closing for the last time, with 200 at the next one."""
    return Settling(Length(days=within), tolerance, claw_back, NEVER)


class Quarters:
    """The ledger of a program whose terms rest on one measure."""

    def __init__(self, program, measure, settling) -> None:
        self.program = replace(program, payments=replace(program.payments, settling=settling))
        self.measure = measure
        self.entries: list[Entry] = []

    def close(self, results, opened=(), at=None, others=()) -> Entry:
        """Close the next quarter, or the one `at` a place, some days after it is over."""
        place = len(self.entries) if at is None else at
        period = windows_of(self.measure, place + 1)[-1]
        day = period.last + timedelta(days=DAYS_AFTER)
        found = replace(results_of(self.measure, results, others=others), data_date=day)
        asked = Asked(period.name, day, "1", "a" * 64, "b" * 64, SIGNED, opened=tuple(opened))
        head = self.entries[-1].seal if self.entries else "0" * 64
        ledger = Ledger("made-by-hand", tuple(self.entries), head)
        done = close(self.program, found, settle(self.program, found), ledger, asked)
        assert done.value is not None, [one.message for one in done.diagnostics]
        self.entries.append(done.value)
        return done.value


def amounts(entry, provider="North"):
    """What a closing certifies for its own period, line by line."""
    return [(one.term, str(one.amount)) for one in entry.lines if one.provider == provider]


def told(entry, provider="North"):
    """What earlier lines were and are now, and what is settled of it under which rule."""
    return [
        (one.period, one.term, str(one.was), str(one.now), str(one.posted), one.rule)
        for one in entry.changes
        if one.provider == provider
    ]


def due(entry, provider="North"):
    """What follows from a closing."""
    return sum(one.amount for one in entry.dues if one.provider == provider)


def certified(entry, provider="North"):
    """What was certified in all."""
    return {one.provider: one.certified for one in entry.balances}[provider]
