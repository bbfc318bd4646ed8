"""Writes the example's data: participants by provider and wage records of an invented region, the same bytes every run.

Run it with `python specs/examples/workforce/generate.py [FOLDER]`. It uses one seeded generator, no clock and no
transcendental functions, so the files don't depend on the machine. The mess is meant: it is what real extracts hold.
"""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 20230715
FIRST = date(2023, 1, 2)  # participants who leave after the term begins enrolled before it
LAST = date(2026, 4, 10)  # the day of the extracts
COUNTIES = (("Millbrook", 0.45), ("Elm", 0.30), ("Stone", 0.25))
HARDER = {"none": 0.0, "justice": -0.14, "housing": -0.17, "youth": -0.08}
PAY = {"none": 7900, "justice": 6700, "housing": 6300, "youth": 5900}  # about what a quarter's work comes to
SUNDAY = 7


@dataclass(frozen=True)
class Provider:
    """One provider: how many enroll a year, who they are, and how good it is at what."""

    name: str
    a_year: int
    barriers: tuple[tuple[str, float], ...]
    work: tuple[float, float]  # share in work after exit, in 2023 and in 2026
    keeps: float  # chance that who works in a quarter works in the next
    credential: float
    quick: float


PROVIDERS = (
    Provider(
        "Bridgeway", 300, (("none", 0.22), ("justice", 0.53), ("housing", 0.15), ("youth", 1)),
        (0.76, 0.91), 0.92, 0.84, 0.78,
    ),
    Provider(
        "Harborlight", 270, (("none", 0.60), ("justice", 0.10), ("housing", 0.10), ("youth", 1)),
        (0.84, 0.85), 0.94, 0.90, 0.90,
    ),
    Provider(
        "Milltown", 220, (("none", 0.55), ("justice", 0.15), ("housing", 0.20), ("youth", 1)),
        (0.80, 0.70), 0.88, 0.74, 0.70,
    ),
    Provider(
        "Northside", 95, (("none", 0.50), ("justice", 0.20), ("housing", 0.20), ("youth", 1)),
        (0.79, 0.83), 0.92, 0.86, 0.85,
    ),
)  # fmt: skip


@dataclass
class Region:
    """Everything that happens, day by day; rows as the files hold them."""

    chance: Random
    participants: dict[str, list[list[str]]] = field(default_factory=dict)
    wages: list[list[str]] = field(default_factory=list)
    count: int = 0

    def run(self) -> None:
        """Let every day from the first to the last happen."""
        for provider in PROVIDERS:
            self.participants[provider.name] = []
        day = FIRST
        while day <= LAST:
            for provider in PROVIDERS:
                expected = 0 if day.isoweekday() == SUNDAY else provider.a_year / 313
                if self.happens(expected):
                    self.enroll(provider, day)
            day += timedelta(days=1)

    def enroll(self, provider: Provider, day: date) -> None:
        """One participant from enrollment to the last wage record."""
        self.count += 1
        who, barrier = f"P{self.count:05d}", self.one_of(provider.barriers)
        started = day + (self.days(1, 14) if self.happens(provider.quick) else self.days(15, 45))
        leaves = started + self.days(50, 170)
        reason, born = self.reason(), day - timedelta(days=18 * 365 + self.up_to(40 * 365))
        earns = reason == "done" and self.happens(provider.credential)
        credential = leaves + self.days(-10, 100) if earns else None
        gone = leaves <= LAST
        row = [
            who, provider.name, day.isoformat(), told(started), told(leaves), reason if gone else "", barrier,
            told(credential), self.one_of(COUNTIES), born.isoformat(),
        ]  # fmt: skip
        self.participants[provider.name].append(row)
        if gone and reason in {"done", "left"}:
            before, now = provider.work
            rate = before + (now - before) * (leaves - FIRST).days / (LAST - FIRST).days
            self.work(who, barrier, leaves, rate + HARDER[barrier] - (0.2 if reason == "left" else 0), provider.keeps)

    def reason(self) -> str:
        """Why somebody leaves."""
        if self.happens(0.025):
            return "health"
        if self.happens(0.005):
            return "deceased"
        return "done" if self.happens(0.84) else "left"

    def work(self, who: str, barrier: str, leaves: date, rate: float, keeps: float) -> None:
        """The wage records of the four quarters after the one of the exit."""
        works = self.happens(rate)
        for later in range(1, 5):
            quarter = quarter_after(leaves, later)
            if works:
                self.paid(who, quarter, PAY[barrier] + 90 * later)
            works = self.happens(keeps if works else 0.10)

    def paid(self, who: str, quarter: date, usual: int) -> None:
        """A quarter's wages, now and then from two employers; some employers report late, some not at all."""
        jobs = 2 if self.happens(0.11) else 1
        for _ in range(jobs):
            amount = usual * (60 + self.up_to(80)) // (100 * jobs)
            posted = quarter_after(quarter, 1) + (self.days(118, 260) if self.happens(0.02) else self.days(35, 112))
            if posted <= LAST and not self.happens(0.01):
                number = f"W{len(self.wages) + 1:06d}"
                employer = f"B{self.up_to(240) + 1:03d}"
                cents = f"{amount}.{self.up_to(100):02d}"
                self.wages.append([number, who, employer, quarter.isoformat(), cents, posted.isoformat()])

    def spoil(self) -> None:
        """Put in the slips of people and of interfaces, few enough for what the spec accepts."""
        for rows in self.participants.values():
            for number, row in enumerate(rows[7 :: len(rows) // 9]):
                spoil_participant(row, number)
            rows.extend(list(row) for row in rows[20 :: len(rows) // 8])  # the same row sent twice
        for number, row in enumerate(self.wages[30 :: len(self.wages) // 40]):
            spoil_wage(row, number)
        self.wages.extend(list(row) for row in self.wages[100 :: len(self.wages) // 50])

    def one_of(self, weighted: Sequence[tuple[str, float]]) -> str:
        """One of some things, by weight; the last takes what is left."""
        draw = self.chance.random()
        for thing, weight in weighted:
            draw -= weight
            if draw < 0:
                return thing
        return weighted[-1][0]

    def happens(self, likely: float) -> bool:
        """Whether something of a given probability happens."""
        return self.chance.random() < likely

    def up_to(self, count: int) -> int:
        """A whole number from 0 to below the count."""
        return int(self.chance.random() * count)

    def days(self, least: int, most: int) -> timedelta:
        """A length of time, both ends possible."""
        return timedelta(days=least + self.up_to(most - least + 1))


def quarter_after(day: date, number: int) -> date:
    """The first day of the quarter so many after the one of a day."""
    months = day.year * 12 + (day.month - 1) // 3 * 3 + 3 * number
    return date(months // 12, months % 12 + 1, 1)


def told(day: date | None) -> str:
    """A date, if it had happened when the extract was made."""
    return "" if day is None or day > LAST else day.isoformat()


def spoil_participant(row: list[str], number: int) -> None:
    """One slip in a provider's row, another with each number."""
    match number % 5:
        case 0:
            row[6] = ("ex-offender", "Youth", "none?")[number // 5 % 3]  # not a code, or one typed loosely
        case 1:
            row[2] = f"{row[2][5:7]}/{row[2][8:]}/{row[2][:4]}"  # a date typed another way
        case 2 if row[4]:
            row[4] = (date.fromisoformat(row[2]) - timedelta(days=3)).isoformat()  # left before coming
        case 3:
            row[1] = "Bridge Way"  # a name that no agreement has
        case _:
            row[9] = "unknown"


def spoil_wage(row: list[str], number: int) -> None:
    """One slip in a wage record, another with each number."""
    match number % 4:
        case 0:
            row[1] = f"X{number:05d}"  # somebody whom no provider has
        case 1:
            row[4] = f"-{row[4]}"  # a correction sent as a wage
        case 2:
            row[3] = f"{row[3][:4]}-13-01"  # a quarter that no year has
        case _:
            row[1] = row[1].lower()  # an identifier in small letters is nobody's


def write(path: Path, heads: str, rows: list[list[str]]) -> None:
    """Write one file with the line ends and quotes of RFC 4180's plainest reader."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads.split())
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write the files into a folder; the fifth provider has sent none."""
    region = Region(Random(SEED))
    region.run()
    region.spoil()
    folder.mkdir(parents=True, exist_ok=True)
    heads = "ParticipantID Provider Enrolled Started Exit Reason Barrier Credential County Birth"
    for provider, rows in region.participants.items():
        write(folder / f"participants_{provider}.csv", heads, rows)
    write(folder / "wages.csv", "WageID ParticipantID Employer Quarter Amount Posted", region.wages)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
