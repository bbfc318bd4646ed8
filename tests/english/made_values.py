"""Values of one record made at random, kind by kind: names, literals, and everything that is worked out."""

from tests.english.chooser import Chooser, Sight, quoted
from tests.english.kinds import CONDITION, DATE, DAYS, HOURS, MOMENT, MONEY, NUMBER, TEXT

WORDS = ["x", "home", "North Side", "and", "it’s “open”", "is recorded", "a;b", "(a)", "two  blanks", "é"]
MONTHS = "months"
PERIOD_VALUES = ("period start", "period end", "contract start", "contract end", "data date")
ORDERED = (DATE, MOMENT, NUMBER, MONEY, DAYS, MONTHS, HOURS, "month", "quarter", "year", "fiscal year")
LITERALS = {
    DATE: ("2024-02-29", "2025-07-01", "1999-12-31"),
    MOMENT: ("2025-07-01 14:30", "2024-02-29 00:00:07"),
    NUMBER: ("0", "1", "8", "2.5", "1000", "12345.75", "65%"),
    MONEY: ("$5", "$1,200.50", "$0.01", "$4,000", "USD 12"),
    DAYS: ("0 days", "1 day", "30 days", "1.5 days", "2 weeks"),
    MONTHS: ("6 months", "1 quarter", "18 years", "1 month", "2 quarters"),
    HOURS: ("4 hours", "90 minutes", "1 second", "36 hours", "0.5 hours"),
    "month": ("2025-07", "2024-12"),
    "quarter": ("2025-Q3", "2024-Q1"),
    "year": ("2025", "2024"),
    "fiscal year": ("FY2026", "FY2024", "2025"),
    "fiscal quarter": ("FY2026-Q1", "FY2025-Q4"),
}
LENGTHS = ("1 day", "14 days", "90 days", "2 weeks", "1 month", "6 months", "2 quarters", "1 year", "18 years")
CLOCK = ("36 hours", "1 hour", "90 minutes", "30 seconds")
LISTS = {
    DATE: LITERALS[DATE],
    NUMBER: ("1", "2.5", "1000", "-3", "12345.75"),
    MONEY: ("$5", "$1,200.50", "$0.01"),
    DAYS: ("1 day", "30 days", "2 weeks"),
    MOMENT: LITERALS[MOMENT],
    "month": LITERALS["month"],
    "quarter": LITERALS["quarter"],
    "year": LITERALS["year"],
    "fiscal year": ("FY2026", "FY2024"),
    "fiscal quarter": LITERALS["fiscal quarter"],
    MONTHS: LITERALS[MONTHS],
}


class Values(Chooser):
    """Makes values; `depth` bounds how deep they nest."""

    def condition(self, sight: Sight, depth: int) -> str:
        raise NotImplementedError

    def lookup(self, sight: Sight, depth: int, kind: str) -> str:
        raise NotImplementedError

    def value(self, kind: str, sight: Sight, depth: int) -> str:
        """A value of a kind; it closes itself."""
        if depth > 0 and self.chance(0.1):
            return self.choice(kind, sight, depth)
        if depth > 0 and self.chance(0.15) and (kind in ORDERED or kind == TEXT):
            return self.lookup(sight, depth, kind)
        made = {
            DATE: self.date, MOMENT: self.moment, NUMBER: self.number, MONEY: self.money, DAYS: self.days,
            MONTHS: self.months, HOURS: self.hours, TEXT: self.text, CONDITION: self.condition,
        }.get(kind)  # fmt: skip
        if made is not None:
            return made(sight, depth)
        if kind.startswith("business"):
            return self.business(kind, sight)
        return self.part_of_calendar(kind, sight, depth)

    def choice(self, kind: str, sight: Sight, depth: int) -> str:
        condition = self.condition(sight, depth - 1)
        if kind == TEXT:
            one, two = self.one('"yes, sir"', '"no"'), self.one('"no"', '"perhaps"')
            return f"(if {condition} then {one} else {two})"
        return f"(if {condition} then {self.value(kind, sight, depth - 1)} else {self.value(kind, sight, depth - 1)})"

    def literal(self, kind: str) -> str:
        if kind.startswith("business"):
            return f"{self.one('1 business day', '10 business days')}{self.calendar()}"
        return self.one(*LITERALS[kind])

    def text(self, sight: Sight, _: int) -> str:
        return self.name(TEXT, sight) or quoted("x")

    # --- time -------------------------------------------------------------------------------------------------

    def date(self, sight: Sight, depth: int) -> str:
        named = self.name(DATE, sight) or "2025-01-31"
        return self.made(
            (70, lambda: named),
            (15, lambda: self.one(*LITERALS[DATE])),
            (8, lambda: self.one(*PERIOD_VALUES)),
            (4, lambda: f"(birthday {self.random.choice((1, 18, 65))} of {named})"),
            (4, lambda: f"(date of {self.name(MOMENT, sight)})" if self.name(MOMENT, sight) else named),
            (4 if depth else 0, lambda: self.reaches(sight, depth)),
        )

    def reaches(self, sight: Sight, depth: int) -> str:
        raise NotImplementedError

    def moment(self, sight: Sight, _: int) -> str:
        return self.name(MOMENT, sight) or self.one(*LITERALS[MOMENT])

    def part_of_calendar(self, kind: str, sight: Sight, depth: int) -> str:
        """A week, month, quarter or year: a field's, or that of a day or of a shorter one."""
        named = self.name(kind, sight)
        if kind == "fiscal quarter":
            return named or self.one(*LITERALS[kind])
        shorter = {"quarter": ["month"], "year": ["month", "quarter"], "fiscal year": ["fiscal quarter"]}.get(kind, [])
        inner = self.random.choice([DATE, DATE, MOMENT, *shorter])
        if inner == DATE or not depth:
            of = f"({kind} of ({self.date(sight, 0)}))"
        else:
            of = f"({kind} of {self.value(inner, sight, 0)})"
        return named if named and self.chance(0.4) else of

    def days(self, sight: Sight, depth: int) -> str:
        between = f"({self.one('days', 'days', 'weeks')} from ({self.date(sight, depth)}) to ({self.date(sight, 0)}))"
        own = f"(days {self.own_window(sight)})" if self.kinds.has_span(sight[0].table) else between
        found = self.made(
            (5, lambda: between),
            (3, lambda: self.name(DAYS, sight) or between),
            (2, lambda: own),
            (1, lambda: "length of period"),
            (1, lambda: f"(days from {self.moment(sight, 0)} to {self.moment(sight, 0)})"),
        )
        return self.sum(found, lambda: self.days(sight, 0), DAYS)

    def months(self, sight: Sight, _: int) -> str:
        one, two = (f"({self.date(sight, 0)})" for _ in range(2))
        found = self.made(
            (3, lambda: f"({self.one('months', 'years')} from {one} to {two})"),
            (2, lambda: f"(age of {one} on {two})"),
            (1, lambda: self.name(MONTHS, sight) or f"(years from {one} to {two})"),
            (1, lambda: f"(months from {self.moment(sight, 0)} to {self.moment(sight, 0)})"),
        )
        return self.sum(found, lambda: self.one(*LITERALS[MONTHS]), MONTHS)

    def hours(self, sight: Sight, _: int) -> str:
        one, two = (self.moment(sight, 0) for _ in range(2))
        between = f"({self.one('hours', 'minutes')} from {one} to {two})"
        return self.sum(self.name(HOURS, sight) or between if self.chance(0.4) else between, lambda: "2 hours", HOURS)

    def business(self, kind: str, sight: Sight) -> str:
        one, two = (f"({self.date(sight, 0)})" for _ in range(2))
        calendar = kind.partition(" of ")[2]
        of = "" if len(self.kinds.calendars) == 1 and self.chance(0.5) else f" of {calendar}"
        between = f"(business days{of} from {one} to {two})"
        return self.name(kind, sight) or between if self.chance(0.3) else between

    # --- numbers ----------------------------------------------------------------------------------------------

    def number(self, sight: Sight, depth: int) -> str:
        if depth > 0 and self.chance(0.3):
            return self.lookup(sight, depth, NUMBER)
        return self.sum(self.name(NUMBER, sight) or "5", lambda: self.number(sight, 0), NUMBER)

    def money(self, sight: Sight, depth: int) -> str:
        if depth > 0 and self.chance(0.3):
            return self.lookup(sight, depth, MONEY)
        return self.sum(self.name(MONEY, sight) or "$7", lambda: self.money(sight, 0), MONEY)

    def sum(self, first: str, more, kind: str) -> str:
        if self.chance(0.12):
            return f"({first} {self.one('+', '-')} {more()})"
        if self.chance(0.08):
            factor = self.one("2", "3", "0.5", "30%") if kind in {MONEY, NUMBER} else "2"
            return f"({factor} * {first})"
        return f"(-{first})" if self.chance(0.06) else first

    # --- windows ----------------------------------------------------------------------------------------------

    def length(self, sight: Sight, *, chosen: bool = True) -> str:
        """A length of time that is written out, or a value, which may be a choice."""
        named = self.name(self.one(DAYS, MONTHS, *self.business_kinds()), sight)
        if named and self.chance(0.2):
            return self.one(named, f"(2 * {named})", f"({named} + {named})")
        if chosen and self.chance(0.05):
            return f"({self.choice(DAYS, sight, 1)})"
        business = f"{self.random.choice((1, 10))} business day{self.calendar()}"
        return self.made(
            (8, lambda: self.one(*LENGTHS)), (1, lambda: business.replace("10 business day", "10 business days"))
        )

    def business_kinds(self) -> list[str]:
        return [f"business day of {one}" for one in self.kinds.calendars]

    def own_window(self, sight: Sight, *, chosen: bool = True) -> str:
        """What a record's own span is held against."""
        anchor = self.name(DATE, sight) or self.one(*PERIOD_VALUES)
        anchor = f"(birthday 18 of {anchor})" if self.chance(0.1) else anchor
        side = self.one("after", "before")
        return self.made(
            (3, lambda: "in period"),
            (4, lambda: f"{self.one('within', 'on or within')} {self.length(sight, chosen=chosen)} {side} {anchor}"),
            (1, lambda: f"in {self.one('week', 'month', 'quarter', 'year')} {self.one('1', '2')} {side} {anchor}"),
            (1 if len(sight) > 1 else 0, lambda: "in span"),
        )

    def window(self, sight: Sight, operand: str) -> str:
        """What a date is held against."""
        anchor = f"({self.date(sight, 0)})"
        side = self.one("after", "before")
        return self.made(
            (6, lambda: f"{operand} {self.one('within', 'on or within')} {self.length(sight)} {side} {anchor}"),
            (2, lambda: f"{operand} from {self.from_to(sight)} after {anchor}"),
            (2, lambda: f"{operand} in {self.one('period', 'period', 'span')}"),
            (2, lambda: f"{operand} in {self.one('week', 'month', 'quarter', 'year')} 2 {side} {anchor}"),
        )

    def from_to(self, sight: Sight) -> str:
        named = self.name(DAYS, sight)
        if named and self.chance(0.4):
            return f"{named} to (2 * {named})"
        calendar = self.calendar()
        some = (
            "30 days to 90 days",
            "1 day to 2 weeks",
            "0 days to 1 day",
            "1 month to 1 year",
            "1 quarter to 6 months",
        )
        return self.one(*some, f"1 business day{calendar} to 5 business days{calendar}")
