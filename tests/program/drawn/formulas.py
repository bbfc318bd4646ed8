"""Formulas drawn from a seed: mostly of the sort asked for, or of any sort in any place (`wild`); text only."""

import random
from collections.abc import Callable
from dataclasses import dataclass

OF = {
    "condition": ("served", "flag", "housed", "lasting", "client.grown", "grown", "grave_one"),
    "text": ("kind", "note", "month", "client.race", "charge", "banded"),
    "entity": ("client", "mother", "provider", "officer"),
    "date": ("entered", "left", "ready", "client.born", "mother.born", "happened", "born"),
    "moment": ("came", "went", "stamped"),
    "month": ("billed", "reported"),
    "quarter": ("settled",),
    "year": ("planned_in",),
    "fiscal quarter": ("funded",),
    "fiscal year": ("budgeted",),
    "number": ("nights", "score", "weight", "grade", "provider.beds"),
    "money": ("rent", "income", "amount", "client.income_limit", "income_limit"),
    "days": ("allowed", "waited", "client.grace", "grace"),
    "months": ("promised",),
    "hours": ("worked",),
    "business days": ("due",),
}
"""Names by what they are; whether the record at hand has them is another matter."""
TABLES = {
    "stays": {
        "served", "flag", "housed", "lasting", "client", "mother", "provider", "own", "kind", "note", "month", "banded",
        "entered", "left", "ready", "came", "went", "billed", "settled", "planned_in", "funded", "budgeted", "nights",
        "score", "weight", "rent", "income", "allowed", "waited", "promised", "worked", "due",
    },
    "events": {
        "client", "officer", "happened", "stamped", "reported", "amount", "grade", "charge", "kind", "grave_one",
    },
    "clients": {"client", "race", "born", "income_limit", "grace", "grown", "of_client"},
    "homeless": {"client", "start", "end", "count"},
    "houses": {"provider", "beds"},
}  # fmt: skip
SETS = {
    "stays": "stays", "leavers": "stays", "stock": "stays", "busy": "stays", "always": "stays", "seldom": "stays",
    "events": "events", "calm": "events", "homeless": "homeless", "clients": "clients", "drawn_set": "stays",
}  # fmt: skip
LITERALS = {
    "condition": ("true", "false"),
    "text": ('"home"', '"family"', '"theft"', '"w"', '"no such"', "'it \"is\"'"),
    "entity": ('"c1"', '"North"'),
    "date": ("2025-03-31", "2024-02-29", "2025-07-01", "period start", "period end", "contract start", "data date"),
    "moment": ("2025-03-01 10:30", "2025-06-30 23:59:59", "2025-11-02T01:30"),
    "month": ("2025-02", "2025-07"),
    "quarter": ("2025-Q1", "2025-Q3"),
    "year": ("2025", "2024"),
    "fiscal quarter": ("FY2025-Q4", "FY2026-Q1"),
    "fiscal year": ("FY2025", "FY2026"),
    "number": ("0", "3", "2.5", "1000", "65%", "12.50%"),
    "money": ("$0", "$1,000.50", "USD 12", "$3"),
    "days": ("30 days", "2 weeks", "0 days", "1 day"),
    "months": ("6 months", "2 quarters", "1 year"),
    "hours": ("24 hours", "90 minutes", "30 seconds", "0.5 hours"),
    "business days": ("5 business days of county", "1 business day of county"),
}
SORTS = tuple(LITERALS)
GROUPS = ("group number", "group money", "group condition")
ORDER = ("=", "!=", "<", "<=", ">", ">=")
DATES = ("before", "on or before", "after", "on or after")
UNITS = ("day", "week", "month", "quarter", "year")
PARTS = ("day", "week", "month", "quarter", "half year", "year", "fiscal quarter", "fiscal year", "provider", "kind",
         "client", "client.race", "own", "banded")  # fmt: skip
KEYS = {"stays": ("entered", "id"), "events": ("happened", "event"), "homeless": ("start",), "clients": ("client",)}
BOUND = {"stays": "entered", "events": "happened", "homeless": "start"}
_EXTRA_DATES = {"start", "end"}


@dataclass(frozen=True)
class Seen:
    """A record in sight: its table, and its alias if it has one."""

    table: str
    alias: str = ""


class Formulas:
    """Draws formulas; `wild` is how often something of another sort stands in a place."""

    def __init__(self, seed: int, wild: float = 0.0) -> None:
        self.random = random.Random(seed)  # noqa: S311  (tests, not secrets)
        self.wild = wild
        self.aliases = 0
        self.sorts = {"own": "text", "of_client": "text", "drawn_group": "group number"}

    def one(self, *some: str) -> str:
        return self.random.choice(some)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # --- records ------------------------------------------------------------------------------------------------

    def value(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        """A value about a record; in brackets if it is more than a name or a literal."""
        if self.chance(self.wild):
            sort = self.one(*SORTS)
            if self.chance(0.1):
                return f"({self.group('group number', depth - 1)})"
        if depth <= 0 or self.chance(0.2):
            return self.atom(sort, sight)
        special: dict[str, tuple[Callable[..., str], ...]] = {
            "condition": (self.compared, self.compared, self.joined, self.negated, self.asked, self.listed, self.window,
                          self.window, self.between, self.lookup_question, self.own_span, self.found),
            "date": (self.part_date, self.birthday, self.looked_up, self.reached),
            "month": (self.part,), "quarter": (self.part,), "year": (self.part,), "fiscal year": (self.part,),
            "number": (self.sum_of, self.counted, self.negative, self.lookup_count, self.looked_up),
            "money": (self.sum_of, self.negative, self.looked_up, self.scaled),
            "days": (self.counted_time, self.days_in, self.sum_of),
            "months": (self.counted_time, self.age),
            "hours": (self.counted_time, self.sum_of),
            "business days": (self.counted_time,),
            "text": (self.looked_up,), "entity": (), "moment": (self.looked_up,), "fiscal quarter": (),
        }  # fmt: skip
        made = self.random.choice((self.conditional, *special[sort], *special[sort]))
        return f"({made(sort, sight, depth - 1)})"

    def atom(self, sort: str, sight: tuple[Seen, ...]) -> str:
        """A name of something in sight, or a literal."""
        names = []
        for seen in sight:
            known = TABLES[seen.table]
            inner = [name for name in (*OF[sort], *self.drawn_before(sort)) if name.split(".")[0] in known]
            inner += [name for name in _EXTRA_DATES & known if sort == "date"]
            names += [f"{seen.alias}.{name}" if seen.alias else name for name in sorted(inner)]
        if names and self.chance(0.8):
            return self.one(*names)
        if self.chance(self.wild / 2):
            return self.one("nobody", "stays.kind", "client.race.x", "permanent", "rate", "period", "in", "x.y")
        return self.one(*LITERALS[sort])

    def drawn_before(self, sort: str) -> tuple[str, ...]:
        """The definitions of the world that are drawn themselves, where they are of a sort."""
        here = {"own": ("own",), "of_client": ("of_client", "client.of_client")}
        return tuple(name for one, names in here.items() if self.sorts.get(one) == sort for name in names)

    def compared(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        sort = self.one(*SORTS[1:])
        sign = (
            self.one("=", "!=") if sort in {"text", "entity"} else self.one(*ORDER, *(DATES if sort == "date" else ()))
        )
        return f"{self.value(sort, sight, depth)} {sign} {self.value(sort, sight, depth)}"

    def joined(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        joint = self.one(" and ", " or ")
        return joint.join(self.value("condition", sight, depth) for _ in range(self.random.choice((2, 2, 3))))

    def negated(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        return f"not {self.value('condition', sight, depth)}"

    def asked(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        ending = self.one("is known", "is missing", "is not known", "is not missing")
        return f"{self.value(self.one(*SORTS), sight, depth)} {ending}"

    def found(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        del depth
        seen = self.random.choice(sight)
        path = f"{seen.alias}." if seen.alias else ""
        return f"{path}{self.one('client', 'client', 'mother', 'provider')} {self.one('is found', 'is not found')}"

    def listed(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        inside = self.one("in", "not in")
        if self.chance(0.5):
            return f"{self.value('text', sight, depth)} {inside} {self.one('permanent', 'grave')}"
        sort = self.one("text", "date", "number", "money", "days")
        some = ", ".join(self.one(*LITERALS[sort][:3]) for _ in range(self.random.choice((1, 2, 3))))
        return f"{self.value(sort, sight, depth)} {inside} ({some})"

    def between(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        sort = self.one("date", "number", "money", "days", "month", "moment")
        return " ".join(
            (self.value(sort, sight, depth), "between", self.value(sort, sight, 0), "and", self.value(sort, sight, 0))
        )

    def conditional(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        condition = self.value("condition", sight, depth)
        return f"if {condition} then {self.value(sort, sight, depth)} else {self.value(sort, sight, depth)}"

    # --- time ---------------------------------------------------------------------------------------------------

    def length(self, sight: tuple[Seen, ...], depth: int) -> str:
        if self.chance(0.25):
            return self.value(self.one("days", "days", "months", "business days"), sight, depth)
        number = self.one("1", "30", "90", "6", "0") if self.chance(0.9) else self.one("999999999999", "36501", "2.5")
        unit = self.one("day", "days", "weeks", "months", "quarters", "years", "business days of county")
        return f"{number} {unit if self.chance(0.95) else self.one('hours', 'minutes', 'seconds', 'business days')}"

    def anchored(self, anchor: str, sight: tuple[Seen, ...], depth: int) -> str:
        side, length = self.one("within", "on or within"), self.length(sight, depth)
        has_span = any(seen.table in {"stays", "homeless"} for seen in sight)
        some = (
            f"{side} {length} {self.one('after', 'after', 'before')} {anchor}",
            f"{side} {length} {self.one('after', 'after', 'before')} {anchor}",
            " ".join(("in", self.one("week", "month", "quarter", "year"), self.one("0", "1", "2"), "after", anchor)),
            " ".join(("in", self.one("week", "month", "quarter", "year"), self.one("0", "1", "2"), "before", anchor)),
            "in period",
            "in span" if has_span or self.chance(self.wild) else "in period",
        )
        return self.one(*some)

    def window(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        sort = "moment" if self.chance(0.15) else "date"
        operand, anchor = self.value(sort, sight, depth), self.value(sort, sight, depth)
        if self.chance(0.2):
            first, last = self.one(("1 day", "30 days"), ("0 days", "90 days"), ("1 month", "2 years"),
                                   ("1 business day of county", "9 business days of county"), ("9 days", "1 day"))  # type: ignore[arg-type]  # fmt: skip
            return f"{operand} from {first} to {last} after {anchor}"
        if sort == "moment" and self.chance(0.7):
            return f"{operand} {self.one('within', 'on or within')} {self.one('24 hours', '90 minutes')} after {anchor}"
        if self.chance(0.1):
            operand = self.value(self.one("month", "quarter", "year"), sight, depth)
        return f"{operand} {self.anchored(anchor, sight, depth)}"

    def own_span(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        if sight[0].table not in {"stays", "homeless"} and not self.chance(self.wild):
            return self.window(_, sight, depth)
        day = self.value("date", sight, depth)
        length = self.length(sight, 0)
        return self.one(
            f"open on {day}", f"active {self.anchored(day, sight, 0)}", f"lasts {length}", f"lasts {length} after {day}"
        )

    def days_in(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        if sight[0].table not in {"stays", "homeless"} and not self.chance(self.wild):
            return self.counted_time("days", sight, depth)
        return f"days {self.anchored(self.value('date', sight, depth), sight, 0)}"

    def counted_time(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        words = {
            "days": ("days", "weeks"), "months": ("months", "years"), "hours": ("hours", "minutes"),
            "business days": ("business days of county", "business days of state", "business days"),
        }  # fmt: skip
        inner = "moment" if sort == "hours" or (sort == "days" and self.chance(0.2)) else "date"
        word = self.one(*words.get(sort, ("days",)))
        return f"{word} from {self.value(inner, sight, depth)} to {self.value(inner, sight, depth)}"

    def age(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        return f"age of {self.value('date', sight, depth)} on {self.value('date', sight, depth)}"

    def birthday(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        return f"birthday {self.one('18', '0', '65', '99')} of {self.value('date', sight, depth)}"

    def part_date(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        return f"date of {self.value('moment', sight, depth)}"

    def part(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        word = "week" if self.chance(0.1) else sort
        return f"{word} of {self.value(self.one('date', 'moment', 'month'), sight, depth)}"

    # --- numbers ------------------------------------------------------------------------------------------------

    def sum_of(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        sign = self.one("+", "-", "*") if sort == "number" else self.one("+", "-")
        return f"{self.value(sort, sight, depth)} {sign} {self.value(sort, sight, depth)}"

    def scaled(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        return f"{self.one('2', '30%', '0.5')} {self.one('*', '*', '/')} {self.value(sort, sight, depth)}"

    def negative(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        return f"-{self.value(sort, sight, depth)}"

    def counted(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        return self.lookup_count("number", sight, depth)

    # --- lookups ------------------------------------------------------------------------------------------------

    def inner(self, sight: tuple[Seen, ...], depth: int, *, ordered: bool = False) -> tuple[str, Seen, str, str]:
        """A set to look into: how it is named, the record in it, its keys, its condition."""
        name = self.one("events", "events", "calm", "stays", "stock", "clients", "homeless", "always", "busy",
                        "leavers" if self.chance(0.1) else "events")  # fmt: skip
        table = SETS[name]
        self.aliases += 1
        alias = f"x{self.aliases}" if table == sight[0].table or self.chance(0.95) else ""
        seen = Seen(table, alias)
        reach = self.one("other ", "all ") if table == sight[0].table else ""
        same = self.one("client", "client", "client", "client via mother" if sight[0].table == "stays" else "client")
        if self.chance(0.1 if table == sight[0].table == "stays" else self.wild):
            same += " and provider"
        placed = ""
        if table in {"stays", "homeless"} and self.chance(0.2):
            day = self.value("date", sight, 0)
            placed = self.one(f" open on {day}", f" active {self.anchored(day, sight, 0)}")
            placed = f" dated {day}" if self.chance(self.wild) else placed
        keys = ", ".join(f"{alias}.{key}" if alias and not self.chance(self.wild) else key for key in KEYS[table])
        by = f" by {keys}" if ordered else ""
        who = f"{reach}{name}{f' as {alias}' if alias else ''} for same {same}{placed}"
        return who, seen, by, self.narrowed(seen, sight, depth)

    def narrowed(self, seen: Seen, sight: tuple[Seen, ...], depth: int) -> str:
        dated = BOUND.get(seen.table)
        more = self.value("condition", (seen, *sight), depth - 1)
        if dated is None:
            return f" where {more}" if self.chance(0.5) else ""
        field = f"{seen.alias}.{dated}" if seen.alias else dated
        outer = self.value("date", sight, 0)
        bound = self.one(f"{field} <= {outer}", f"{field} within 60 days after {outer}",
                         f"{field} within 90 days before {outer}", f"{field} in period",
                         f"{field} in quarter 1 after {outer}")  # fmt: skip
        return f" where {bound} and {more}" if self.chance(0.5) else f" where {bound}"

    def lookup_question(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        who, _, _, where = self.inner(sight, depth)
        return f"{self.one('any', 'none')}({who}{where})"

    def lookup_count(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        who, seen, _, where = self.inner(sight, depth)
        if self.chance(0.4):
            return f"count(distinct {self.atom('text', (seen,))} over {who}{where})"
        return f"count({who}{where})"

    def looked_up(self, sort: str, sight: tuple[Seen, ...], depth: int) -> str:
        one = ("the", "earliest", "latest", "nth")
        numeric = () if sort in {"text", "condition", "moment"} else ("lowest", "highest", "sum", "average")
        function = self.one(*one, *numeric)
        who, seen, by, where = self.inner(sight, depth, ordered=function in one[1:])
        given = self.one("1, ", "2, ") if function == "nth" else ""
        return f"{function}({given}{self.value(sort, (seen,), 0)} over {who}{by}{where})"

    def reached(self, _: str, sight: tuple[Seen, ...], depth: int) -> str:
        who, seen, _, where = self.inner(sight, depth)
        key = f"{seen.alias}.{KEYS[seen.table][0]}" if seen.alias else KEYS[seen.table][0]
        sort = self.one("money", "number")
        given = {"money": self.one("$4,000", "$1"), "number": self.one("3", "10")}[sort]
        return f"reaches({given}, {self.atom(sort, (seen,))} over {who} by {key}{where})"

    # --- groups -------------------------------------------------------------------------------------------------

    def group(self, sort: str, depth: int) -> str:
        """A value for a group of records."""
        if self.chance(self.wild):
            sort = self.one(*GROUPS)
            if self.chance(0.3):
                return f"({self.value(self.one(*SORTS), (Seen('stays'),), depth)})"
        if sort == "group condition":
            return f"({self.decision(depth)})"
        if depth <= 0 or self.chance(0.4):
            return self.aggregate(sort, max(depth, 1))
        some: tuple[Callable[..., str], ...] = (
            self.group_sum, self.group_choice, self.elsewhere, self.each, self.each, self.out_of, self.group_name,
            self.group_scaled,
        )  # fmt: skip
        return f"({self.random.choice(some)(sort, depth - 1)})"

    def group_name(self, sort: str, depth: int) -> str:
        del depth
        if sort == "group money":
            return self.one("total", "ceiling", "$1,000")
        drawn = ("drawn_group",) if self.sorts.get("drawn_group") == "group number" else ()
        return self.one("rate", "load", "people", "length of period", "5", "50%", "based", "narrowed", *drawn)

    def group_sum(self, sort: str, depth: int) -> str:
        if sort == "group money":
            return f"{self.group(sort, depth)} {self.one('+', '-')} {self.group(sort, depth)}"
        return f"{self.group(sort, depth)} {self.one('+', '-', '*', '/')} {self.group(sort, depth)}"

    def group_scaled(self, sort: str, depth: int) -> str:
        return f"{self.one('1000', '0.5', '-2')} * {self.group(sort, depth)}"

    def out_of(self, sort: str, depth: int) -> str:
        del sort
        return f"{self.aggregate('group number', depth)} out of {self.aggregate('group number', depth)}"

    def group_choice(self, sort: str, depth: int) -> str:
        return f"if {self.decision(depth)} then {self.group(sort, depth)} else {self.group(sort, depth)}"

    def decision(self, depth: int) -> str:
        if depth > 0 and self.chance(0.3):
            joint = self.one(" and ", " or ")
            return joint.join(f"({self.decision(depth - 1)})" for _ in range(2))
        if self.chance(0.15):
            return f"not ({self.decision(depth - 1)})"
        if self.chance(0.15):
            return f"{self.group('group number', 0)} is {self.one('known', 'missing')}"
        sort = self.one("group number", "group money")
        return f"{self.group(sort, depth - 1)} {self.one(*ORDER)} {self.group(sort, depth - 1)}"

    def elsewhere(self, sort: str, depth: int) -> str:
        name = "total" if sort == "group money" else self.one("rate", "load", "narrowed", "based")
        for _ in range(self.random.choice((1, 1, 2))):
            condition = self.value("condition", (Seen("stays"),), depth)
            name += self.one(
                f"[{self.one('1', '4', '2')} {self.one('quarters', 'years', 'months', 'weeks', 'days')} earlier]",
                "[from 2025-01-01 to 2025-03-31]", "[from contract start to contract end]", "[since start]",
                "[all providers]", "[all kind]", f"[{condition}]",
            )  # fmt: skip
        return name

    def each(self, sort: str, depth: int) -> str:
        where = f" where {self.decision(0)}" if self.chance(0.3) else ""
        parts = self.one(*PARTS)
        if sort == "group number" and self.chance(0.5):
            function = self.one("count", "share", "longest run")
            return f"{function}({self.decision(depth)} for each {parts}{where})"
        function = self.one("sum", "average", "median", "lowest", "highest", "range", "rank", "percentile")
        given = "90, " if function == "percentile" else ""
        return f"{function}({given}{self.group(sort, depth)} for each {parts}{where})"

    def aggregate(self, sort: str, depth: int) -> str:
        name = self.one(*(one for one in SETS if one != "clients" or self.chance(self.wild)))
        sight = (Seen(SETS[name]),)
        placed = ""
        if self.chance(0.25) and name not in {"leavers", "clients"}:
            day = self.value("date", sight, 0)
            if name in {"events", "calm"}:
                placed = f" dated {day}"
            else:
                placed = self.one(f" dated {day}", f" open on {day}", f" active {self.anchored(day, sight, 0)}")
        where = f" where {self.value('condition', sight, depth)}" if self.chance(0.4) else ""
        numeric = ("sum", "average", "median", "lowest", "highest", "range", "percentile")
        function = (
            self.one(*numeric)
            if sort == "group money"
            else self.one("count", "count", "share", "share", "distinct", *numeric)
        )
        if function == "count":
            return f"count({name}{placed}{where})"
        weight = ""
        if function in {"share", "average"} and self.chance(0.2):
            weight = f" weighted by {self.value('number', sight, 0)}"
        if function == "share":
            return f"share({self.value('condition', sight, depth)} over {name}{placed}{where}{weight})"
        if function == "distinct":
            sort = self.one("text", "entity", "date", "month")
            return f"count(distinct {self.value(sort, sight, 0)} over {name}{placed}{where})"
        value = self.value(
            "money" if sort == "group money" else self.one("number", "days", "hours", "months"), sight, depth
        )
        given = self.one("90, ", "2.5, ", "50, ") if function == "percentile" else ""
        return f"{function}({given}{value} over {name}{placed}{where}{weight})"
