"""Conditions on one record made at random."""

from tests.english.chooser import Sight, quoted
from tests.english.kinds import CONDITION, DATE, DAYS, HOURS, MOMENT, MONEY, NUMBER, TEXT
from tests.english.made_values import CLOCK, LISTS, LITERALS, MONTHS, PERIOD_VALUES, WORDS, Values

EQUAL = ("=", "!=")
SIGNS = (*EQUAL, "<", "<=", ">", ">=")
WORDED = ("before", "on or before", "after", "on or after")
PERIODS = ("week", "month", "quarter", "year", "fiscal year", "fiscal quarter")


class Conditions(Values):
    """Makes conditions; `depth` bounds how deep they nest."""

    def condition(self, sight: Sight, depth: int) -> str:
        if depth > 0 and self.chance(0.35):
            joint = self.one(" and ", " or ")
            number = self.random.choice((2, 2, 2, 3, 4))
            return f"({joint.join(self.condition(sight, depth - 1) for _ in range(number))})"
        if self.chance(0.15):
            return f"not ({self.condition(sight, depth - 1)})"
        return self.leaf(sight, depth)

    def leaf(self, sight: Sight, depth: int) -> str:
        deep = 1 if depth > 0 else 0
        return self.made(
            (10, lambda: self.name(CONDITION, sight) or "true"),
            (10, lambda: f"{self.any_value(sight, depth)} is {self.one('known', 'missing')}"),
            (8, lambda: self.found(sight)),
            (10, lambda: self.texts(sight, depth)),
            (30, lambda: self.compared(sight, depth)),
            (10, lambda: self.windowed(sight, depth)),
            (6, lambda: self.own_span(sight, depth)),
            (6, lambda: self.listed(sight, depth)),
            (4, lambda: self.between(sight)),
            (2, lambda: f"not ({self.date(sight, 0)} from {self.from_to(sight)} after ({self.date(sight, 0)}))"),
            (1, lambda: self.one("true", "false")),
            (8 * deep, lambda: self.question(sight, depth)),
            (3 * deep, lambda: self.choice(CONDITION, sight, depth)),
            (3 * deep, lambda: self.lookup(sight, depth, CONDITION)),
            (5 * deep, lambda: self.alike(sight, depth)),
        )

    def question(self, sight: Sight, depth: int) -> str:
        raise NotImplementedError

    def alike(self, sight: Sight, depth: int) -> str:
        """Two conditions that are set equal, or one and its answer."""
        one = self.condition(sight, depth - 1)
        other = self.one("true", "false") if self.chance(0.2) else f"({self.condition(sight, depth - 1)})"
        return f"({one}) {self.one(*EQUAL)} {other}"

    def found(self, sight: Sight) -> str:
        way = self.way(sight)
        return f"{way} is {self.one('', 'not ')}found" if way else "false"

    def any_value(self, sight: Sight, depth: int) -> str:
        if depth > 0 and self.chance(0.2):
            return f"({self.condition(sight, depth - 1)})"
        kinds = (DATE, NUMBER, MONEY, DAYS, MOMENT, HOURS, TEXT, MONTHS, *PERIODS, *self.business_kinds())
        return self.value(self.one(*kinds), sight, depth)

    # --- comparisons --------------------------------------------------------------------------------------------

    def compared(self, sight: Sight, depth: int) -> str:
        usual = (DATE, DATE, DATE, NUMBER, NUMBER, MONEY, MONEY, DAYS, DAYS)
        kind = self.one(*usual, MONTHS, HOURS, MOMENT, *PERIODS, *self.business_kinds())
        left = self.value(kind, sight, depth)
        is_dated = kind in {DATE, MOMENT, *PERIODS}
        sign = self.one(*SIGNS, *(WORDED if is_dated else ()))
        right = self.value(kind, sight, depth) if self.chance(0.5) or kind == "week" else self.literal(kind)
        if self.chance(0.2) and sign in SIGNS:
            left, right = right, left
        return f"{left} {sign} {right}"

    def between(self, sight: Sight) -> str:
        kind = self.one(DATE, NUMBER, MONEY, DAYS)
        return f"{self.value(kind, sight, 0)} between {self.literal(kind)} and {self.value(kind, sight, 0)}"

    def listed(self, sight: Sight, depth: int) -> str:
        kind = self.one(*LISTS, *self.business_kinds())
        some = LISTS.get(kind) or [f"{number} business days{self.calendar()}" for number in (2, 5)]
        listed = ", ".join(self.random.sample(some, self.random.choice((1, 2, min(3, len(some))))))
        return f"{self.value(kind, sight, depth)} {self.one('in', 'not in')} ({listed})"

    def texts(self, sight: Sight, depth: int) -> str:
        name = self.name(TEXT, sight)
        if name is None:
            return "true"
        known = self.codes(name, sight)
        if depth > 0 and self.chance(0.15):
            name = self.lookup(sight, depth, TEXT)
        if known is None and self.chance(0.15):
            return f"{name} {self.one(*EQUAL)} {self.name(TEXT, sight)}"
        lists = [one for one, codes in self.kinds.lists.items() if known and codes <= {*known}]
        if lists and self.chance(0.3):
            return f"{name} {self.one('in', 'not in')} {self.one(*lists)}"
        some = [*(known or WORDS)]
        codes = self.random.sample(some, self.random.choice((1, 2, min(3, len(some)))))
        if len(codes) > 1 or self.chance(0.2):
            listed = ", ".join(quoted(one) for one in codes)
            return f"{name} {self.one('in', 'not in')} ({listed})"
        sign = self.one("=", "!=", "=", "<", ">=", "<=", ">")
        return f"{name} {sign} {quoted(codes[0])}" if self.chance(0.8) else f"{quoted(codes[0])} {sign} {name}"

    def codes(self, name: str, sight: Sight) -> tuple[str, ...] | None:
        """The codes that a text can be; None if it can be anything."""
        for one in sight:
            if name.startswith(one.before):
                found = self.kinds.codes.get((one.table, name.removeprefix(one.before)))
                if found is not None:
                    return found
        return None

    # --- time ---------------------------------------------------------------------------------------------------

    def windowed(self, sight: Sight, depth: int) -> str:
        moment = self.name(MOMENT, sight)
        if moment and self.chance(0.4):
            anchor, side = self.name(MOMENT, sight) or "2025-07-01 14:30", self.one("after", "before")
            clock = self.one(f"from 1 hour to {self.one('2 hours', '36 hours')} after {anchor}", "")
            within = f"{self.one('within', 'on or within')} {self.one(*CLOCK, '2 days', '1 month')} {side} {anchor}"
            return f"{moment} {clock or within}"
        kind = self.one(DATE, DATE, DATE, DATE, "month", "quarter", "year", "fiscal year", "week", "fiscal quarter")
        return self.window(sight, f"({self.value(kind, sight, depth)})")

    def own_span(self, sight: Sight, depth: int) -> str:
        if not self.kinds.has_span(sight[0].table):
            return "false"
        anchor = self.name(DATE, sight) or self.one(*PERIOD_VALUES)
        return self.made(
            (2, lambda: f"open on ({self.date(sight, depth)})"),
            (2, lambda: f"active {self.own_window(sight)}"),
            (1, lambda: f"lasts {self.length(sight)}"),
            (1, lambda: f"lasts {self.length(sight)} after {anchor}"),
        )


assert set(LISTS) <= set(LITERALS)
