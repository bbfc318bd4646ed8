"""Formulas made at random that are mostly sound in world.yaml, by a seeded source of choices."""

import random
from dataclasses import dataclass

DATES = {
    "visits": ["seen_on", "done_on", "due_on", "client.born_on", "worker.hired_on", "worker.mentor.hired_on"],
    "people": ["born_on", "sponsor.born_on"],
    "arrests": ["arrested_on", "client.born_on", "worker.hired_on"],
    "workers": ["hired_on", "mentor.hired_on"],
}
TEXTS = {
    "visits": ["kind", "place", "client.county", "worker.team", "where_seen", "client.sponsor.county"],
    "people": ["county", "sponsor.county"],
    "arrests": ["charge", "place", "client.county"],
    "workers": ["team", "mentor.team"],
}
NUMBERS = {"visits": ["score", "hours"], "people": [], "arrests": [], "workers": []}
MONEY = {"visits": ["cost", "budget", "client.income"], "people": ["income"], "arrests": ["fine", "client.income"],
         "workers": []}  # fmt: skip
DAYS = {"visits": ["wait"], "people": [], "arrests": [], "workers": []}
FLAGS = {
    "visits": ["ok", "urgent", "at_home", "late", "followed", "client.adult", "worker.seasoned"],
    "people": ["adult", "sponsor.adult"],
    "arrests": ["serious", "client.adult", "worker.seasoned", "worker.mentor.seasoned"],
    "workers": ["seasoned", "mentor.seasoned"],
}
WAYS = {"visits": ["client", "worker", "client.sponsor", "worker.mentor"], "people": ["sponsor"],
        "arrests": ["client", "worker"], "workers": ["mentor"]}  # fmt: skip
LINKS = {"visits": ["client", "worker"], "people": ["client"], "arrests": ["client", "worker"], "workers": ["worker"]}
KEYS = {"visits": ["seen_on", "id"], "arrests": ["arrested_on", "arrest"], "people": ["client"],
        "workers": ["hired_on", "worker"]}  # fmt: skip
SETS = {"visits": "visits", "arrests": "arrests", "done": "visits", "homes": "visits", "firsts": "visits"}
ALIASES = ["later", "before", "a", "next_one", "other", "Later", "visit", "the_arrest", "d2"]
WORDS = ["x", "home", "North Side", "and", "it’s “open”", "is recorded", "a;b", "(a)", "two  blanks", "é"]


@dataclass(frozen=True)
class Record:
    """A record in sight: its table, and what stands before its names."""

    table: str
    before: str = ""


class Formulas:
    """Makes formulas; `depth` bounds how deep they nest."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  (tests, not secrets)

    def one(self, *some: str) -> str:
        return self.random.choice(some)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # --- names ----------------------------------------------------------------------------------------------

    def name(self, kinds: dict[str, list[str]], sight: tuple[Record, ...]) -> str | None:
        record = sight[0] if len(sight) == 1 or self.chance(0.6) else self.random.choice(sight)
        found = kinds[record.table]
        return f"{record.before}{self.random.choice(found)}" if found else None

    # --- conditions -----------------------------------------------------------------------------------------

    def condition(self, sight: tuple[Record, ...], depth: int) -> str:
        if depth > 0 and self.chance(0.35):
            joint = self.one(" and ", " or ")
            return (
                f"({joint.join(self.condition(sight, depth - 1) for _ in range(self.random.choice((2, 2, 2, 3, 4))))})"
            )
        if self.chance(0.15):
            return f"not ({self.condition(sight, depth - 1)})"
        return self.leaf(sight, depth)

    def leaf(self, sight: tuple[Record, ...], depth: int) -> str:
        kind = self.random.randrange(16 if depth > 0 else 9)
        if kind >= 12:
            return self.rarer(kind, sight, depth)
        if kind == 0:
            return self.name(FLAGS, sight) or "true"
        if kind == 1:
            return f"{self.any_value(sight, depth)} is {self.one('known', 'missing')}"
        if kind == 2:
            name = self.name(WAYS, sight)
            return f"{name} is {self.one('', 'not ')}found" if name else "false"
        if kind == 3:
            return self.texts(sight)
        if kind in {4, 5}:
            sign = self.one("=", "!=", "<", "<=", ">", ">=")
            return f"{self.date(sight, depth)} {sign} {self.date(sight, depth)}"
        if kind == 6:
            return self.window(sight, depth)
        if kind in {7, 8}:
            return self.amounts(sight, depth)
        if kind == 9:
            sign = self.one("=", "!=")
            return f"({self.condition(sight, depth - 1)}) {sign} ({self.condition(sight, depth - 1)})"
        return self.lookup(sight, depth, self.one("any", "none"), "")

    def texts(self, sight: tuple[Record, ...]) -> str:
        name = self.name(TEXTS, sight)
        if name is None:
            return "true"
        if name.endswith("kind"):
            if self.chance(0.3):
                return f"{name} {self.one('in', 'not in')} safe"
            codes = self.random.sample(["home", "family", "shelter"], self.random.choice((1, 2, 3)))
        else:
            codes = self.random.sample(WORDS, self.random.choice((1, 2, 3)))
        if len(codes) > 1 or self.chance(0.2):
            listed = ", ".join(quoted(one) for one in codes)
            return f"{name} {self.one('in', 'not in')} ({listed})"
        sign = self.one("=", "!=", "=", "<", ">=")
        return f"{name} {sign} {quoted(codes[0])}" if self.chance(0.8) else f"{quoted(codes[0])} {sign} {name}"

    def rarer(self, kind: int, sight: tuple[Record, ...], depth: int) -> str:
        if kind == 12:
            return self.span(sight, depth)
        if kind == 15:
            return self.times(sight)
        return self.listed(sight, depth) if kind == 13 else self.choice(sight, depth, self.condition)

    def times(self, sight: tuple[Record, ...]) -> str:
        one, two = (self.name(DATES, sight) for _ in range(2))
        sign = self.one("=", "!=", "<", ">=")
        some = [
            f"age of {one} on {two} {sign} 18 years",
            f"months from {one} to {two} {sign} 6 months",
            f"years from {one} to {two} {sign} years from {two} to {one}",
            f"weeks from {one} to {two} {sign} 2 weeks",
            f"weeks from {one} to {two} {sign} days from {one} to {two}",
            f"birthday 18 of {one} {sign} {two}",
            f"month of {one} {sign} 2025-07",
            f"quarter of {one} {sign} quarter of {two}",
            f"fiscal year of {one} {sign} FY2026",
            f"year of {one} in (2024, 2025)",
            f"{one} in period",
            f"{one} in {self.one('week', 'month', 'quarter', 'year')} 2 {self.one('after', 'before')} {two}",
            f"year of (month of {one}) {sign} 2025",
        ]
        at = sight[0].before
        if sight[0].table == "visits":
            some += [f"{one} in span", f"{one} within (2 days + {at}wait) after {two}", f"{at}score in (-3, 2.5)"]
        if sight[0].table == "arrests":
            some += [
                f"hours from {at}booked_at to {at}freed_at {sign} 4 hours",
                f"minutes from {at}booked_at to {at}freed_at {sign} hours from {at}freed_at to {at}booked_at",
                f"{at}booked_at {sign} 2025-07-01 14:30",
                f"date of {at}booked_at {sign} {one}",
                f"days from {at}booked_at to {one} {sign} 3 days",
                f"{at}freed_at within 36 hours after {at}booked_at",
                f"{at}report {sign} 2025-07",
                f"{at}report in period",
                f"{at}report within 6 months after {one}",
                f"days from {at}report to {one} {sign} 3 days",
                f"{at}booked_at is missing",
            ]
        return self.one(*some)

    def listed(self, sight: tuple[Record, ...], depth: int) -> str:
        value, some = self.random.choice(
            (
                (self.date, ("2024-02-29", "2025-07-01", "1999-12-31")),
                (self.number, ("1", "2.5", "1000", "12345.75")),
                (self.money, ("$5", "$1,200.50", "$0.01")),
            )
        )
        listed = ", ".join(self.random.sample(some, self.random.choice((1, 2, 3))))
        return f"{value(sight, depth)} {self.one('in', 'not in')} ({listed})"

    def window(self, sight: tuple[Record, ...], depth: int) -> str:
        day, anchor = self.date(sight, depth), self.date(sight, depth)
        length = f"{self.random.choice((1, 2, 14, 90))} {self.one('days', 'weeks', 'months', 'years')}"
        if self.chance(0.2):
            return f"({day}) from 30 days to 90 days after ({anchor})"
        return f"{day} {self.one('within', 'on or within')} {length} {self.one('after', 'before')} {anchor}"

    def amounts(self, sight: tuple[Record, ...], depth: int) -> str:
        sign = self.one("=", "!=", "<", "<=", ">", ">=")
        left, right = self.random.choice(
            (
                (self.number(sight, depth), str(self.random.choice((0, 1, 8, 2.5, 1000, 12345.75)))),
                (self.money(sight, depth), self.one("$5", "$1,200.50", "$0.01", "$4,000")),
                (self.days(sight, depth), f"{self.random.choice((0, 1, 30, 1.5))} days"),
                (self.money(sight, depth), self.money(sight, depth)),
            )
        )
        return f"{left} {sign} {right}" if self.chance(0.8) else f"{right} {sign} {left}"

    # --- values ---------------------------------------------------------------------------------------------

    def any_value(self, sight: tuple[Record, ...], depth: int) -> str:
        made = self.random.choice((self.date, self.number, self.money, self.days))
        if depth > 0 and self.chance(0.2):
            return f"({self.condition(sight, depth - 1)})"
        return made(sight, depth)

    def date(self, sight: tuple[Record, ...], depth: int) -> str:
        if self.chance(0.15):
            return self.one("2024-02-29", "2025-07-01", "1999-12-31")
        if self.chance(0.08):
            return self.one("period start", "period end", "contract start", "contract end", "data date")
        if depth > 0 and self.chance(0.15):
            return self.lookup(sight, depth, self.one("lowest", "highest", "earliest", "latest", "the"), "date")
        if depth > 0 and self.chance(0.1):
            return self.choice(sight, depth, self.date)
        return self.name(DATES, sight) or "2025-01-31"

    def number(self, sight: tuple[Record, ...], depth: int) -> str:
        if depth > 0 and self.chance(0.3):
            if self.chance(0.5):
                return self.lookup(sight, depth, "count", self.one("", "distinct"))
            return self.lookup(sight, depth, self.one("sum", "lowest", "latest", "nth"), "number")
        return self.sum(self.name(NUMBERS, sight) or "5", lambda: self.number(sight, 0), "3")

    def money(self, sight: tuple[Record, ...], depth: int) -> str:
        if depth > 0 and self.chance(0.3):
            return self.lookup(sight, depth, self.one("sum", "average", "highest", "earliest", "the"), "money")
        return self.sum(self.name(MONEY, sight) or "$7", lambda: self.money(sight, 0), "2")

    def days(self, sight: tuple[Record, ...], depth: int) -> str:
        between = f"days from ({self.date(sight, depth)}) to ({self.date(sight, depth)})"
        if self.chance(0.15) and sight[0].table == "visits":
            return f"days {self.own_window(sight)}"
        if self.chance(0.1):
            return "length of period"
        if depth > 0 and self.chance(0.1):
            return self.choice(sight, depth, self.days)
        name = self.name(DAYS, sight) if self.chance(0.4) else None
        return self.sum(name or between, lambda: self.days(sight, 0), "4")

    def choice(self, sight: tuple[Record, ...], depth: int, made) -> str:
        condition = self.condition(sight, depth - 1)
        return f"(if {condition} then {made(sight, depth - 1)} else {made(sight, depth - 1)})"

    def own_window(self, sight: tuple[Record, ...]) -> str:
        if self.chance(0.3):
            return "in period"
        length = f"{self.random.choice((1, 2, 14))} {self.one('days', 'months')}"
        anchor = self.name(DATES, sight)
        return f"{self.one('within', 'on or within')} {length} {self.one('after', 'before')} {anchor}"

    def span(self, sight: tuple[Record, ...], depth: int) -> str:
        if sight[0].table != "visits":
            return "false"
        kind = self.random.randrange(4)
        if kind == 0:
            return f"open on ({self.date(sight, depth)})"
        if kind == 1:
            return f"active {self.own_window(sight)}"
        if kind == 2:
            return f"lasts {self.one('90 days', '2 months')}"
        return f"lasts 30 days after {self.name(DATES, sight)}"

    def sum(self, first: str, more, factor: str) -> str:
        if self.chance(0.12):
            return f"({first} {self.one('+', '-')} {more()})"
        if self.chance(0.08):
            return f"({factor} * {first})"
        return f"-({first})" if self.chance(0.06) else first

    # --- other records --------------------------------------------------------------------------------------

    def lookup(self, sight: tuple[Record, ...], depth: int, function: str, value: str) -> str:
        own = sight[0].table
        tables = [one for one in LINKS if set(LINKS[one]) & set(LINKS[own])]
        table = self.random.choice(tables)
        same = [one for one in LINKS[table] if one in LINKS[own]]
        links = " and ".join(self.random.sample(same, self.random.choice((1, len(same)))))
        if "people" in {own, table}:
            links = "client via sponsor" if own == "people" and self.chance(0.5) else "client"
            links = "sponsor" if table == "people" and own != "people" and self.chance(0.3) else links
        alias = self.one(*ALIASES) if table == own or self.chance(0.5) else ""
        reach = self.one("other ", "all ") if table == own else ""
        inner = Record(table, f"{alias}." if alias else "")
        name = self.one("done", "homes") if table == "visits" and self.chance(0.2) else table
        where = self.inner_condition(inner, sight, depth - 1)
        by = ""
        if function in {"earliest", "latest", "nth"}:
            by = f" by {', '.join(f'{inner.before}{key}' for key in KEYS[table])}"
        taken = ""
        if table == "visits" and function in {"lowest", "earliest"} and value == "date" and self.chance(0.3):
            function, value, by = "reaches", "", f" by {inner.before}seen_on"
            amount, added = self.random.choice((("$4,000", "cost"), ("100", "hours"), ("2.5", "score")))
            taken = f"{amount}, {inner.before}{added} over "
        made = {"date": self.date, "number": self.number, "money": self.money}
        if value in made:
            taken = f"{made[value]((inner,), depth - 2)} over "
        if value == "distinct":
            taken = f"distinct {self.name(TEXTS, (inner,))} over "
        given = f"{self.random.choice((1, 2, 12))}, " if function == "nth" else ""
        alias_said = f" as {alias}" if alias else ""
        return f"{function}({given}{taken}{reach}{name}{alias_said} for same {links}{by}{where})"

    def inner_condition(self, inner: Record, sight: tuple[Record, ...], depth: int) -> str:
        bounds = {"visits": "seen_on", "arrests": "arrested_on"}
        dated = bounds.get(inner.table)
        if dated is None:
            return f" where {self.condition((inner, *sight), depth)}" if self.chance(0.6) else ""
        bound = f"{inner.before}{dated} {self.one('<', '<=', 'within 30 days after', 'on or within 6 months after')} "
        bound += self.name(DATES, sight[:1]) or "2025-06-30"
        return f" where {bound} and {self.condition((inner, *sight), depth)}" if self.chance(0.6) else f" where {bound}"

    # --- groups ---------------------------------------------------------------------------------------------

    def group(self, depth: int) -> str:
        if depth > 0 and self.chance(0.3):
            sign = self.one("+", "-", "*", "/", " out of ")
            return f"({self.group(depth - 1)} {sign} {self.group(depth - 1)})"
        if self.chance(0.1):
            return self.one("home_rate", "load", "5", "1000", "50%", "subject", "length of period")
        if depth > 0 and self.chance(0.12):
            return f"(if {self.decision(depth)} then {self.group(0)} else {self.group(0)})"
        if self.chance(0.1):
            return self.elsewhere()
        if self.chance(0.1):
            return self.each()
        return f"-{self.aggregate(depth)}" if self.chance(0.05) else self.aggregate(depth)

    def decision(self, depth: int) -> str:
        if depth > 0 and self.chance(0.4):
            joint = self.one(" and ", " or ")
            return f"({joint.join(self.decision(depth - 1) for _ in range(self.random.choice((2, 3))))})"
        if self.chance(0.15):
            return f"not ({self.decision(depth - 1)})"
        if self.chance(0.2):
            return f"{self.group(0)} is {self.one('known', 'missing')}"
        sign = self.one("=", "!=", "<", "<=", ">", ">=")
        some = (("home_rate", "65%"), ("count(visits)", "20"), ("count(done)", "count(visits)"), ("subject", "50%"))
        left, right = self.random.choice(some)
        return f"{left} {sign} {right}" if self.chance(0.7) else f"{right} {sign} {left}"

    def elsewhere(self) -> str:
        name = self.one("home_rate", "load", "subject")
        for _ in range(self.random.choice((1, 1, 2))):
            condition = self.condition((Record("visits"),), 1)
            some = ("[1 year earlier]", "[4 quarters earlier]", "[since start]", "[all providers]", "[all place]")
            name += self.one(*some, "[from 2024-07-01 to 2025-06-30]", f"[{condition}]")
        return name

    def each(self) -> str:
        value = self.one("home_rate", "count(visits)", "count(done) / count(visits)", "load", "sum(cost over visits)")
        over = self.one(
            "month", "quarter", "day", "fiscal year", "provider", "place", "client.county", "where_seen", "kind"
        )
        where = f" where {self.decision(0)}" if self.chance(0.3) else ""
        if self.chance(0.5):
            function = self.one("count", "share", "longest run")
            return f"{function}({self.decision(1)} for each {over}{where})"
        given = ""
        function = self.one("sum", "average", "median", "lowest", "highest", "range", "rank", "percentile")
        if function == "percentile":
            given = "90, "
        return f"{function}({given}{value} for each {over}{where})"

    def aggregate(self, depth: int) -> str:
        name = self.one(*SETS)
        sight = (Record(SETS[name]),)
        if name in {"visits", "homes"} and self.chance(0.15):
            name += self.one(
                " open on period end", f" active {self.own_window(sight)}", f" dated {self.name(DATES, sight)}"
            )
        where = f" where {self.condition(sight, self.random.choice((0, 0, 1, 2)))}" if self.chance(0.4) else ""
        often = ("count", "count", "share", "share", "share", "average", "median")
        function = self.one(*often, "sum", "lowest", "highest", "range", "percentile", "distinct")
        if function == "count":
            return f"count({name}{where})"
        if function == "share":
            weight = f" weighted by {self.number(sight, 0)}" if self.chance(0.15) and name != "arrests" else ""
            return f"share({self.condition(sight, depth)} over {name}{where}{weight})"
        if function == "distinct":
            return f"count(distinct {self.name(TEXTS, sight)} over {name}{where})"
        value = self.random.choice((self.number, self.money, self.days))(sight, depth)
        given = self.one("90, ", "2.5, ", "50, ") if function == "percentile" else ""
        return f"{function}({given}{value} over {name}{where})"


def quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
