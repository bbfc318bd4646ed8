"""Writes the example's data: street requests of an invented city and what became of them, the same bytes on every run.

Run it with `python specs/examples/road_repair/generate.py [FOLDER]`. It uses one seeded generator, no clock and no
transcendental functions, so the files don't depend on the machine. The mess is meant: it is what real extracts hold.
"""

import csv
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

SEED = 20241001
FIRST = date(2024, 6, 1)  # requests from before the contract fill the first backlog
LAST = date(2026, 7, 20)  # the day of the extract, a few days past the data date of the spec
HEADS = {
    "requests.csv": "RequestID SegmentID LevelID Contractor ReportedAt MadeSafeAt CompletedOn Channel Loaded",
    "segments.csv": "SegmentID District RoadClass LengthFt",
    "levels.csv": "LevelID Damage BusinessDays Urgent",
    "inspections.csv": "InspectionID RequestID Contractor InspectedOn Passed",
    "holidays.csv": "Day Holiday",
    "miles.csv": "Contractor Year Miles",
}
LEVELS = (
    ("P1", "Pothole in a travel lane", 2, "yes", 0.24),
    ("P2", "Pothole elsewhere", 10, "no", 0.34),
    ("S1", "Stop or signal sign down", 1, "yes", 0.07),
    ("S2", "Other sign", 15, "no", 0.13),
    ("D1", "Blocked drain, water on the road", 3, "yes", 0.08),
    ("D2", "Blocked drain", 20, "no", 0.14),
)
HOLIDAYS = (
    ("2024-06-19", "Juneteenth"), ("2024-07-04", "Independence Day"), ("2024-09-02", "Labor Day"),
    ("2024-11-11", "Veterans Day"), ("2024-11-28", "Thanksgiving"), ("2024-11-29", "Day after Thanksgiving"),
    ("2024-12-25", "Christmas"), ("2025-01-01", "New Year"), ("2025-01-20", "Martin Luther King Day"),
    ("2025-05-26", "Memorial Day"), ("2025-06-19", "Juneteenth"), ("2025-07-04", "Independence Day"),
    ("2025-09-01", "Labor Day"), ("2025-11-11", "Veterans Day"), ("2025-11-27", "Thanksgiving"),
    ("2025-11-28", "Day after Thanksgiving"), ("2025-12-25", "Christmas"), ("2026-01-01", "New Year"),
    ("2026-01-19", "Martin Luther King Day"), ("2026-05-25", "Memorial Day"), ("2026-06-19", "Juneteenth"),
    ("2026-07-03", "Independence Day"), ("2026-09-07", "Labor Day"), ("2026-11-11", "Veterans Day"),
    ("2026-11-26", "Thanksgiving"), ("2026-11-27", "Day after Thanksgiving"), ("2026-12-25", "Christmas"),
    ("2027-01-01", "New Year"), ("2027-01-18", "Martin Luther King Day"), ("2027-05-31", "Memorial Day"),
    ("2027-06-18", "Juneteenth"), ("2027-07-05", "Independence Day"), ("2027-09-06", "Labor Day"),
)  # fmt: skip
OFF = {date.fromisoformat(day) for day, _ in HOLIDAYS}
DISTRICTS = ("Mill", "Orchard", "Rail", "Terrace")
CLASSES = (("arterial", 0.18), ("collector", 0.27), ("local", 1))
WINTER = {12: 1.2, 1: 1.6, 2: 1.9, 3: 1.7, 4: 1.2}  # frost opens the road


@dataclass(frozen=True)
class Contractor:
    """One contractor: requests a day, how many repairs its crews finish a working day, and how well."""

    name: str
    district: str
    a_day: float
    crews: tuple[float, float]  # repairs a working day, on the first and on the last day
    hours: float  # to make an urgent place safe, about
    sound: tuple[float, float]  # share of repairs that hold, on the first and on the last day
    miles: tuple[str, str, str]
    strike: tuple[date, date] | None = None
    silent: tuple[date, date] | None = None


CONTRACTORS = (
    Contractor("Alder Paving", "Mill", 4.6, (5.8, 9.4), 9.0, (0.86, 0.93), ("112.4", "112.4", "113.1")),
    Contractor("Basalt Works", "Orchard", 3.9, (6.9, 7.4), 7.0, (0.94, 0.94), ("96.0", "97.2", "97.2")),
    Contractor(
        "Causeway Crews", "Rail", 5.2, (8.6, 8.8), 11.0, (0.90, 0.85), ("131.9", "131.9", "131.9"),
        strike=(date(2025, 8, 11), date(2025, 9, 5)),
    ),
    Contractor(
        "Dovetail Streets", "Terrace", 2.1, (3.5, 3.6), 8.0, (0.91, 0.92), ("58.3", "60.8", "60.8"),
        silent=(date(2026, 4, 1), date(2026, 5, 1)),
    ),
)  # fmt: skip


@dataclass
class Request:
    """One request; a moment that has not come is empty in the file."""

    number: int
    segment: int
    level: int
    contractor: Contractor
    reported: datetime
    safe: datetime | None
    ready: date  # the first day a crew can go: marked out, parts at hand
    loaded: date
    completed: date | None = None


@dataclass
class City:
    """Everything that happens, day by day."""

    chance: Random
    segments: list[list[str]] = field(default_factory=list)
    streets: dict[str, list[int]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    again: list[tuple[date, int, int, Contractor]] = field(default_factory=list)
    open: dict[str, list[Request]] = field(default_factory=dict)
    inspections: list[list[str]] = field(default_factory=list)

    def run(self) -> None:
        """Build the streets and let every day from the first to the last happen."""
        for contractor in CONTRACTORS:
            self.build(contractor)
        day = FIRST
        while day <= LAST:
            for contractor in CONTRACTORS:
                self.report(contractor, day)
                self.work(contractor, day)
            day += timedelta(days=1)

    def build(self, contractor: Contractor) -> None:
        """The street segments of a contractor's district."""
        self.open[contractor.name] = []
        self.streets[contractor.name] = []
        for _ in range(900):
            self.streets[contractor.name].append(len(self.segments))
            length = str(180 + 10 * self.up_to(140))
            self.segments.append([segment_id(len(self.segments)), contractor.district, self.one_of(CLASSES), length])

    def report(self, contractor: Contractor, day: date) -> None:
        """The requests of a day: new ones, and places where an earlier repair did not hold."""
        expected = contractor.a_day * WINTER.get(day.month, 0.75) * (0.5 if day.isoweekday() > 5 else 1)  # noqa: PLR2004
        for _ in range(int(expected) + self.happens(expected - int(expected))):
            streets = self.streets[contractor.name]
            self.add(contractor, day, streets[self.up_to(len(streets))], self.level())
        due = [one for one in self.again if one[0] == day and one[3] is contractor]
        for one in due:
            self.add(contractor, day, one[1], one[2])
        self.again = [one for one in self.again if one not in due]

    def add(self, contractor: Contractor, day: date, segment: int, level: int) -> None:
        """One request at some minute of a day; an urgent place is made safe first, mostly."""
        reported = datetime(day.year, day.month, day.day, 6 + self.up_to(16), self.up_to(60))  # noqa: DTZ001
        urgent = LEVELS[level][3] == "yes"
        safe = None
        if urgent and not self.happens(0.02):
            minutes = int(contractor.hours * 60 * (0.2 + self.chance.random() + self.chance.random() ** 4 * 3))
            safe = reported + timedelta(minutes=minutes + (720 if on_strike(contractor, day) else 0))
        ready = day + timedelta(days=self.up_to(2) if urgent else 2 + self.up_to(9))
        if self.happens(0.04):  # waits for a utility, or for a part
            ready += timedelta(days=15 + self.up_to(45))
        loaded = day + timedelta(days=20 + self.up_to(60) if self.happens(0.03) else self.up_to(4))
        request = Request(len(self.requests), segment, level, contractor, reported, safe, ready, loaded)
        self.requests.append(request)
        self.open[contractor.name].append(request)

    def work(self, contractor: Contractor, day: date) -> None:
        """What a contractor's crews finish on a day; nothing on weekends, holidays and in a strike."""
        if day.isoweekday() > 5 or day in OFF or on_strike(contractor, day):  # noqa: PLR2004
            return
        able = ramp(contractor.crews, day) * (1.3 if day.month in WINTER else 1)
        waiting = self.open[contractor.name]
        ready = [one for one in waiting if one.ready <= day]
        ready.sort(key=lambda one: (LEVELS[one.level][3] != "yes", one.ready, one.number))
        done = ready[: int(able) + self.happens(able - int(able))]
        for request in done:
            self.finish(request, day)
        self.open[contractor.name] = [one for one in waiting if one.completed is None]

    def finish(self, request: Request, day: date) -> None:
        """One repair that is finished; it may not hold, and may be inspected."""
        request.completed = day
        sound = self.happens(ramp(request.contractor.sound, day))
        if not sound and self.happens(0.8):
            gap = (0, 1, 90, 91)[self.up_to(4)] if self.happens(0.12) else 3 + self.up_to(110)
            self.again.append((day + timedelta(days=max(gap, 1)), request.segment, request.level, request.contractor))
        if self.happens(0.3):
            looked = day + timedelta(days=2 + self.up_to(18))
            if looked <= LAST:
                self.inspections.append(
                    [
                        f"N{len(self.inspections) + 1:05d}",
                        request_id(request.number),
                        request.contractor.name,
                        looked.isoformat(),
                        "" if self.happens(0.01) else "yes" if sound or self.happens(0.2) else "no",
                    ],
                )

    def level(self) -> int:
        """Which damage a request reports."""
        return self.one_of(tuple((number, one[4]) for number, one in enumerate(LEVELS)))

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


def ramp(ends: tuple[float, float], day: date) -> float:
    """A rate that moves evenly from the first to the last day."""
    return ends[0] + (ends[1] - ends[0]) * (day - FIRST).days / (LAST - FIRST).days


def on_strike(contractor: Contractor, day: date) -> bool:
    """Whether a contractor's crews did not work on a day."""
    return contractor.strike is not None and contractor.strike[0] <= day <= contractor.strike[1]


def segment_id(number: int) -> str:
    """The identifier of a street segment."""
    return f"S{number + 1:04d}"


def request_id(number: int) -> str:
    """The identifier of a request."""
    return f"Q{number + 1:05d}"


def silent(contractor: Contractor, day: date) -> bool:
    """Whether a contractor's requests of a day never reached the city's system."""
    return contractor.silent is not None and contractor.silent[0] <= day < contractor.silent[1]


def moment(one: datetime | None) -> str:
    """A moment to the minute, if it had come when the extract was made."""
    return "" if one is None or one.date() > LAST else one.strftime("%Y-%m-%d %H:%M")


def request_rows(city: City) -> list[list[str]]:
    """The rows of the requests that were loaded when the extract was made."""
    return [
        [
            request_id(one.number),
            segment_id(one.segment),
            LEVELS[one.level][0],
            one.contractor.name,
            moment(one.reported),
            moment(one.safe),
            "" if one.completed is None else one.completed.isoformat(),
            ("phone", "app", "crew")[one.number * 7 % 3],
            one.loaded.isoformat(),
        ]
        for one in city.requests
        if one.loaded <= LAST and not silent(one.contractor, one.reported.date())
    ]


def spoil(city: City, rows: list[list[str]]) -> None:
    """Put in the slips of the keyboard and of the interface, few enough for what the spec accepts."""
    done = [row for row in rows if row[6]]
    for number, row in enumerate(done[60 :: len(done) // 40]):
        kind = number % 5
        if kind == 0:
            row[6] = f"{row[6][:4]}-02-30"  # a day that no calendar has
        elif kind == 1:
            row[4] = row[4].replace(" ", " 25:")[:16]  # an hour that no clock has
        elif kind == 2:  # noqa: PLR2004
            row[2] = ("p1", "P3", "SIGN")[number // 5 % 3]  # no such level
        elif kind == 3:  # noqa: PLR2004
            row[6] = (date.fromisoformat(row[4][:10]) - timedelta(days=3)).isoformat()  # done before it was reported
        else:
            row[1] = f"S9{number:03d}"  # a segment that the register doesn't know
    for evening, safe in (("2025-03-08", "2025-03-09 02:20"), ("2025-11-01", "2025-11-02 01:30")):
        row = next(row for row in rows if row[4].startswith(evening) and row[5])
        row[5] = safe  # an hour that clocks skip, and one that they show twice
    rows.extend(list(row) for row in rows[210 :: len(rows) // 18])  # the same row sent twice
    for row in city.segments[33 :: len(city.segments) // 5]:
        row[3] = "n/a"
    for number, row in enumerate(city.inspections[25 :: len(city.inspections) // 9]):
        row[4] = ("Y", "NO", "pass")[number % 3]


def write(path: Path, rows: list[list[str]]) -> None:
    """Write one file with the line ends and quotes of RFC 4180's plainest reader."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS[path.name].split())
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write the six files into a folder."""
    city = City(Random(SEED))
    city.run()
    requests = request_rows(city)
    spoil(city, requests)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "requests.csv", requests)
    write(folder / "segments.csv", city.segments)
    write(folder / "levels.csv", [[one[0], one[1], str(one[2]), one[3]] for one in LEVELS])
    write(folder / "inspections.csv", city.inspections)
    write(folder / "holidays.csv", [list(one) for one in HOLIDAYS])
    years = ("FY2025", "FY2026", "FY2027")
    miles = [[one.name, year, one.miles[place]] for one in CONTRACTORS for place, year in enumerate(years)]
    write(folder / "miles.csv", miles)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
