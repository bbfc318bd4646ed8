"""Formulas of groups and of records made at random, mostly sound in the world, by a seeded source of choices."""

from tests.english.chooser import Record
from tests.english.kinds import CONDITION, DATE, DAYS, HOURS, MOMENT, MONEY, NUMBER, TEXT
from tests.english.made_lookups import Lookups
from tests.english.made_values import MONTHS

PARTS = ("day", "week", "month", "quarter", "half year", "year", "fiscal quarter", "fiscal year")
PATHS = ("provider", "place", "client.county", "where_seen", "kind", "client", "ok", "late", "wait_band", "worker.team",
         "mood", "client.joined")  # fmt: skip
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
VALUES = (DATE, MOMENT, NUMBER, MONEY, DAYS, MONTHS, HOURS, TEXT, "month", "quarter", "year", "fiscal year", "week")


class Formulas(Lookups):
    """Makes whole formulas; `depth` bounds how deep they nest."""

    def of_record(self, table: str, depth: int) -> str:
        """A condition on one record, or now and then another value of it."""
        sight = (Record(table),)
        if self.chance(0.8):
            return self.condition(sight, depth)
        return self.value(self.one(*VALUES, *self.business_kinds()), sight, depth)

    # --- values of a group --------------------------------------------------------------------------------------

    def of_group(self, depth: int) -> str:
        """A value of a group, or now and then a condition on it."""
        return self.decision(depth) if self.chance(0.1) else self.group(depth)

    def group(self, depth: int) -> str:
        deep = 1 if depth > 0 else 0
        return self.made(
            (30 * deep, lambda: self.calculated(depth)),
            (8, self.plain),
            (10 * deep, lambda: self.decided(depth)),
            (9, self.elsewhere),
            (10, self.each),
            (3, lambda: f"-{self.aggregate(depth)}"),
            (50, lambda: self.aggregate(depth)),
        )

    def plain(self) -> str:
        """A group's number that is a name, a literal or a value of the period."""
        named = (*self.kinds.group_terms, *self.kinds.metrics, *self.kinds.figures)
        return self.one(*named, "5", "1000", "50%", "$12.50", "length of period", "30 days", "2 weeks")

    def calculated(self, depth: int) -> str:
        if self.chance(0.3):
            counts = [self.count(0) for _ in range(2)]
            return f"({counts[0]} out of {counts[1]})"
        sign = self.one("+", "-", "*", "/")
        return f"({self.group(depth - 1)} {sign} {self.group(depth - 1)})"

    def decided(self, depth: int) -> str:
        one, two = self.random.choice(
            (
                (self.group(0), self.group(0)),
                ("$500 * count(done)", "$0"),
                ("home_rate", "50%"),
                ("sum(cost over visits)", "$12"),
                ("average(days from seen_on to done_on over visits)", "30 days"),
            )
        )
        return f"(if {self.decision(depth)} then {one} else {two})"

    def decision(self, depth: int) -> str:
        """A condition on a group."""
        if depth > 0 and self.chance(0.4):
            joint = self.one(" and ", " or ")
            return f"({joint.join(self.decision(depth - 1) for _ in range(self.random.choice((2, 3))))})"
        if self.chance(0.15):
            return f"not ({self.decision(depth - 1)})"
        if self.chance(0.2):
            return f"{self.group(0)} is {self.one('known', 'missing')}"
        if self.chance(0.2):
            those = f"busy[{self.condition((Record('visits'),), 1)}]"
            seen = self.one("busy[1 quarter earlier]", "busy[all providers]", "busy[since start][1 year earlier]")
            return self.one("busy", "not busy", seen, f"not {seen}", those)
        sign = self.one(*SIGNS)
        some = (("home_rate", "65%"), ("count(visits)", "20"), ("count(done)", "count(visits)"), ("subject", "50%"),
                ("sum(cost over visits)", "$4,000"), ("population", "1000"), ("count(care)", "3"),
                ("median(days from seen_on to done_on over visits)", "2 weeks"),
                ("home_rate - subject", "5%"), ("subject - home_rate", "-2.5%"),
                (self.count(0), self.count(0)))  # fmt: skip
        left, right = self.random.choice(some)
        return f"{left} {sign} {right}" if self.chance(0.7) else f"{right} {sign} {left}"

    # --- elsewhere, part by part --------------------------------------------------------------------------------

    def elsewhere(self) -> str:
        name = self.one(*(one for one in (*self.kinds.group_terms, *self.kinds.metrics) if one != "busy"))
        for _ in range(self.random.choice((1, 1, 2))):
            condition = self.condition((Record("visits"),), 1)
            moved = (
                f"[{self.random.choice((1, 2, 4))} {self.one('years', 'quarters', 'months', 'weeks', 'days')} earlier]"
            )
            days = f"[from {self.one('2024-07-01', 'contract start')} to {self.one('2025-12-31', 'contract end')}]"
            name += self.one(
                moved, days, "[since start]", "[all providers]", "[all place]", f"[{condition}]", f"[{condition}]"
            )
        return name

    def each(self) -> str:
        values = ("home_rate", "count(visits)", "count(done) / count(visits)", "load", "sum(cost over visits)", "ahead")
        value = self.aggregate(0) if self.chance(0.3) else self.one(*values)
        function = self.one("sum", "average", "median", "lowest", "highest", "range", "rank", "percentile", "count",
                            "share", "longest run")  # fmt: skip
        over = self.one(*PARTS) if function == "longest run" else self.one(*PATHS) if function == "rank" else ""
        over = over or self.one(*PARTS, *PATHS)
        where = f" where {self.decision(0)}" if self.chance(0.3) else ""
        given = self.one("90, ", "2.5, ") if function == "percentile" else ""
        if function in {"count", "share", "longest run"}:
            value = self.decision(1)
        return f"{function}({given}{value} for each {over}{where})"

    # --- aggregates ---------------------------------------------------------------------------------------------

    def members(self) -> tuple[str, str]:
        """A set, with how its records come into the period and what narrows it, and its table."""
        chosen = self.random.choice([one for one in self.kinds.sets if one.dated])
        sight = (Record(chosen.table),)
        text = chosen.name
        if not chosen.kept and self.chance(0.25):
            named = self.name(DATE, sight)
            some = [f" dated ({self.date(sight, 0)})", f" dated (birthday 1 of {named})"]
            if self.kinds.has_span(chosen.table):
                some += [
                    " open on period end",
                    f" open on ({self.date(sight, 0)})",
                    f" active {self.own_window(sight)}",
                ]
            text += self.one(*some)
        if self.chance(0.35):
            text += f" where {self.condition(sight, self.random.choice((0, 0, 1, 2)))}"
        return text, chosen.table

    def count(self, depth: int) -> str:
        if depth or self.chance(0.8):
            return f"count({self.members()[0]})"
        return self.one("count(visits)", "count(done)", "count(care)")

    def aggregate(self, depth: int) -> str:
        members, table = self.members()
        sight = (Record(table),)
        often = ("count", "count", "share", "share", "share", "average", "median")
        function = self.one(*often, "sum", "lowest", "highest", "range", "percentile", "distinct")
        weight = ""
        if function in {"share", "average"} and self.chance(0.15):
            weight = f" weighted by {self.value(self.one(NUMBER, MONEY, DAYS), sight, 0)}"
        if function == "count":
            return f"count({members})"
        if function == "share":
            return f"share({self.condition(sight, depth)} over {members}{weight})"
        if function == "distinct":
            kind = self.one(TEXT, TEXT, DATE, NUMBER, CONDITION, "month", "quarter")
            return f"count(distinct {self.value(kind, sight, 0)} over {members})"
        value = self.value(self.one(NUMBER, MONEY, DAYS, DAYS, MONTHS, HOURS, *self.business_kinds()), sight, depth)
        given = self.one("90, ", "2.5, ", "50, ") if function == "percentile" else ""
        return f"{function}({given}{value} over {members}{weight})"
