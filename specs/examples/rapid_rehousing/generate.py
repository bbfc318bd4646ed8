"""Writes the example's data: households, referrals and stays of an invented county, the same bytes on every run.

Run it with `python specs/examples/rapid_rehousing/generate.py [FOLDER]`. It uses one seeded generator, no clock and
no transcendental functions, so the files don't depend on the machine. The mess is meant: it is what real extracts hold.
"""

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 20230701
FIRST = date(2022, 3, 1)  # stays from before the baseline year end in it
LAST = date(2026, 4, 20)  # the day of the extract, a few days past the data date of the spec
BASELINE = date(2022, 7, 1)
DISTRICTS = (("Harbor", 0.34), ("North", 0.28), ("Valley", 0.23), ("East", 0.15))
RACES = (("White", 0.36), ("Black", 0.27), ("Latino", 0.22), ("Asian", 0.07), ("Native", 0.04), ("99", 0.03), ("", 1))
PERMANENT = (("rental", 0.48), ("subsidy", 0.30), ("family", 0.22))
ELSEWHERE = (("friends", 0.42), ("shelter", 0.31), ("street", 0.27))
HARDER = {"Native": -0.09, "Black": -0.05}  # a gap in results that the breakdown by race should show


@dataclass(frozen=True)
class Provider:
    """One provider: how many new households a year, and how good it is at what."""

    name: str
    a_year: int
    permanent: tuple[float, float]  # share of exits to a permanent home, in 2022 and in 2026
    comes_back: float
    wait: int  # days from entry to move-in, about
    contact: tuple[float, float]  # share of referrals contacted in three days, in 2022 and in 2026
    plan: float
    blank: float = 0.05  # share of exits without a destination
    opens: date = FIRST
    drop: tuple[date, float] | None = None  # from this day on, so much worse
    silent_from: date | None = None


PROVIDERS = (
    Provider("Cedar Street", 1000, (0.57, 0.75), 0.10, 32, (0.78, 0.93), 0.84),
    Provider("First Door", 830, (0.68, 0.69), 0.07, 26, (0.90, 0.91), 0.88),
    Provider("Harvest House", 690, (0.65, 0.65), 0.12, 35, (0.84, 0.82), 0.81, drop=(date(2025, 1, 1), 0.14)),
    Provider("Juniper Place", 580, (0.59, 0.62), 0.13, 48, (0.80, 0.84), 0.72),
    Provider("Keystone", 530, (0.70, 0.70), 0.11, 30, (0.86, 0.87), 0.83, blank=0.14),
    Provider("Lantern", 450, (0.63, 0.66), 0.15, 38, (0.81, 0.80), 0.70, silent_from=date(2025, 7, 1)),
    Provider("Open Gate", 340, (0.69, 0.74), 0.08, 24, (0.92, 0.95), 0.90, opens=date(2024, 1, 1)),
    Provider("Riverbend", 15, (0.60, 0.60), 0.12, 40, (0.75, 0.75), 0.75),
)


@dataclass
class Stay:
    """One stay; a missing date or destination is empty in the file."""

    client: int
    referral: int | None
    provider: Provider
    entry: date
    move_in: date | None
    plan: date | None
    exit: date | None
    destination: str
    loaded: date


@dataclass
class County:
    """Everything that happens, day by day. `arrivals` are households already known to come again, and where to."""

    chance: Random
    clients: list[list[str]] = field(default_factory=list)
    hardship: list[float] = field(default_factory=list)
    referrals: list[list[str]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    arrivals: dict[date, list[tuple[int, Provider]]] = field(default_factory=lambda: defaultdict(list))

    def run(self) -> None:
        """Let every day from the first to the last happen."""
        day = FIRST
        while day <= LAST:
            for provider in PROVIDERS:
                for _ in range(self.new_households(provider, day)):
                    self.arrive(self.new_client(day), provider, day)
            while self.arrivals[day]:
                client, provider = self.arrivals[day].pop(0)
                self.arrive(client, provider, day)
            day += timedelta(days=1)

    def new_households(self, provider: Provider, day: date) -> int:
        """How many households a provider sees for the first time on a day: more in winter, none on Sundays."""
        if day < provider.opens or day.isoweekday() == 7:  # noqa: PLR2004  (Sunday)
            return 0
        season = 1.15 if day.month in {11, 12, 1, 2} else 0.925
        expected = provider.a_year * season / 313
        return int(expected) + (self.happens(expected - int(expected)))

    def new_client(self, day: date) -> int:
        """A household nobody has seen before; its number."""
        race, district = self.one_of(RACES), self.one_of(DISTRICTS)
        household = "family" if self.happens(0.62) else "adult"
        born = day - timedelta(days=19 * 365 + self.up_to(45 * 365))
        self.clients.append([client_id(len(self.clients)), race, district, household, born.isoformat()])
        self.hardship.append(HARDER.get(race, 0.0) + (0.03 if household == "family" else -0.04))
        return len(self.clients) - 1

    def arrive(self, client: int, provider: Provider, day: date) -> None:
        """A household comes to a provider: mostly referred; some referrals lead to nothing."""
        referral = None if self.happens(0.22) else self.refer(client, provider, day - self.days(2, 24))
        if referral is not None and self.happens(0.05):
            return
        self.stays.append(self.stay(client, referral, provider, day))

    def refer(self, client: int, provider: Provider, day: date) -> int:
        """A referral by coordinated entry; its number."""
        contact = day + self.days(0, 3)
        if not self.happens(ramp(provider.contact, day)):
            contact += self.days(4, 17)
        never = self.happens(0.03) or contact > LAST or stopped(provider, contact)
        score = "" if self.happens(0.01) else str(5 + self.up_to(7) + self.up_to(6))
        number = len(self.referrals)
        written = "" if never else contact.isoformat()
        self.referrals.append(
            [referral_id(number), client_id(client), provider.name, day.isoformat(), written, score],
        )
        return number

    def stay(self, client: int, referral: int | None, provider: Provider, day: date) -> Stay:
        """One stay from entry to exit, with what follows from it."""
        move_in = day + self.days(4, provider.wait * 2) if self.happens(0.86) else None
        plan = None if self.happens(0.04) else day + self.days(0, 29)
        if plan is not None and not self.happens(provider.plan):
            plan += timedelta(days=30)
        leaves = (move_in or day) + self.days(25, 110) + self.days(0, 150)
        destination = self.leave(client, provider, leaves) if leaves <= LAST else ""
        if self.happens(0.012):  # enrolled elsewhere while still here: the stays overlap
            self.arrivals[day + self.days(3, 30)].append((client, self.other(provider, day)))
        late = self.happens(0.04)
        return Stay(
            client=client,
            referral=referral,
            provider=provider,
            entry=day,
            move_in=seen(move_in if move_in is None or move_in <= leaves else None, provider),
            plan=seen(plan if plan is None or plan <= leaves else None, provider),
            exit=seen(leaves, provider),
            destination=destination if seen(leaves, provider) else "",
            loaded=day + (self.days(25, 120) if late else self.days(0, 9)),
        )

    def leave(self, client: int, provider: Provider, day: date) -> str:
        """Where a stay ends, and whether and where the household comes again."""
        if self.happens(0.007):
            return "deceased"
        if self.happens(0.018):
            self.arrivals[day].append((client, self.other(provider, day)))
            return "transfer"
        likely = ramp(provider.permanent, day) + self.hardship[client]
        if provider.drop and day >= provider.drop[0]:
            likely -= provider.drop[1]
        housed = self.happens(likely)
        if self.happens(provider.comes_back if housed else 0.24):
            again = self.other(provider, day) if self.happens(0.35) else provider
            self.arrivals[day + self.gap()].append((client, again))
        if self.happens(provider.blank):
            return "99" if self.happens(0.6) else ""
        return self.one_of(PERMANENT if housed else ELSEWHERE)

    def gap(self) -> timedelta:
        """Days from an exit to the next entry; the days that decide (0, 1, 180, 181) are all there."""
        if self.happens(0.06):
            return timedelta(days=(0, 1, 180, 181)[self.up_to(4)])
        return self.days(2, 178) if self.happens(0.84) else self.days(182, 400)

    def other(self, provider: Provider, day: date) -> Provider:
        """Another provider that is open on a day, larger ones more often."""
        choices = [one for one in PROVIDERS if one is not provider and one.opens <= day]
        total = sum(one.a_year for one in choices)
        return self.one_of(tuple((one, one.a_year / total) for one in choices))

    def one_of(self, weighted: tuple) -> object:
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


def ramp(ends: tuple[float, float], day: date) -> float:
    """A rate that moves evenly from the first to the last day."""
    return ends[0] + (ends[1] - ends[0]) * max(0, (day - BASELINE).days) / (LAST - BASELINE).days


def stopped(provider: Provider, day: date) -> bool:
    """Whether a provider no longer reported on a day."""
    return provider.silent_from is not None and day >= provider.silent_from


def seen(day: date | None, provider: Provider) -> date | None:
    """A date, if it had happened and was reported when the extract was made."""
    return None if day is None or day > LAST or stopped(provider, day) else day


def client_id(number: int) -> str:
    """The identifier of a household."""
    return f"C{number + 1:05d}"


def referral_id(number: int) -> str:
    """The identifier of a referral."""
    return f"R{number + 1:05d}"


def stay_rows(county: County) -> list[list[str]]:
    """The rows of the stays that were loaded when the extract was made."""
    told = [one for one in county.stays if one.loaded <= LAST and not stopped(one.provider, one.entry)]
    return [
        [
            f"E{number:05d}",
            client_id(one.client),
            "" if one.referral is None else referral_id(one.referral),
            one.provider.name,
            *("" if day is None else day.isoformat() for day in (one.entry, one.move_in, one.plan, one.exit)),
            one.destination,
            one.loaded.isoformat(),
        ]
        for number, one in enumerate(told, 1)
    ]


def spoil(county: County, stays: list[list[str]]) -> None:
    """Put in the slips of the keyboard and of the interface, few enough for what the spec accepts."""
    left = [row for row in stays if row[7]]
    for number, row in enumerate(left[40 :: len(left) // 48]):
        kind = number % 6
        if kind == 0:
            row[7] = f"{row[7][:4]}-02-30"  # a day that no calendar has
        elif kind == 1:
            row[4] = f"{row[4][8:]}/{row[4][5:7]}/{row[4][:4]}"  # a date typed another way
        elif kind == 2:  # noqa: PLR2004
            row[8] = ("Rental", "rentl", "hotel")[number // 6 % 3]  # not a category
        elif kind == 3:  # noqa: PLR2004
            row[7] = (date.fromisoformat(row[4]) - timedelta(days=9)).isoformat()  # left before coming
        elif kind == 4:  # noqa: PLR2004
            row[1] = ""  # nobody
        else:
            row[1] = f"X{number:05d}"  # a household that the client table doesn't know
    stays.extend(list(row) for row in stays[300 :: len(stays) // 30])  # the same row sent twice
    for number, row in enumerate(county.clients[75 :: len(county.clients) // 12]):
        row[4] = ("1985-13-02", "unknown")[number % 2]
    for row in county.clients[150 :: len(county.clients) // 6]:
        row[3] = "couple"
    for number, row in enumerate(county.referrals[90 :: len(county.referrals) // 16]):
        row[5] = ("twelve", "-1", "99")[number % 3]


def write(path: Path, heads: str, rows: list[list[str]]) -> None:
    """Write one file with the line ends and quotes of RFC 4180's plainest reader."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads.split())
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write the three files into a folder."""
    county = County(Random(SEED))
    county.run()
    stays = stay_rows(county)
    spoil(county, stays)
    folder.mkdir(parents=True, exist_ok=True)
    heads = "EnrollmentID ClientID ReferralID Provider Entry MoveIn Plan Exit Dest Loaded"
    write(folder / "enrollments.csv", heads, stays)
    write(folder / "clients.csv", "ClientID Race District Household Birth", county.clients)
    write(folder / "referrals.csv", "ReferralID ClientID Provider Referred Contact Score", county.referrals)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
