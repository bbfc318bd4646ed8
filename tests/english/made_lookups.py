"""Lookups made at random: questions about other records of the same thing, and values of some of them."""

from tests.english.chooser import Record, Sight
from tests.english.kinds import CONDITION, DATE, MONEY, NUMBER, TEXT, Set
from tests.english.made_conditions import Conditions
from tests.english.made_values import ORDERED

ALIASES = ["later", "before", "a", "next_one", "other", "Later", "visit", "the_arrest", "d2"]
OF_NUMBERS = ("sum", "average", "lowest", "highest")
OF_ORDERED = ("lowest", "highest")
OF_ANY = ("earliest", "latest", "nth", "the")


class Lookups(Conditions):
    """Makes lookups."""

    def question(self, sight: Sight, depth: int) -> str:
        return self.looked(sight, depth, self.one("any", "none"), "")

    def lookup(self, sight: Sight, depth: int, kind: str) -> str:
        """A value of a kind of other records."""
        if kind == NUMBER and self.chance(0.5):
            return self.looked(sight, depth, "count", self.one("", "distinct"))
        some = OF_NUMBERS if kind in {NUMBER, MONEY} else OF_ORDERED if kind in ORDERED else ()
        return self.looked(sight, depth, self.one(*some, *OF_ANY), kind)

    def reaches(self, sight: Sight, depth: int) -> str:
        """The date by which a total is reached."""
        return self.looked(sight, depth, "reaches", "")

    def looked(self, sight: Sight, depth: int, function: str, kind: str) -> str:
        own = sight[0].table
        chosen = self.random.choice([one for one in self.kinds.sets if self.shared(one, own) and not one.kept])
        table = chosen.table
        common = self.shared(chosen, own)
        shared = self.random.sample(common, min(len(common), 2 if self.chance(0.2) else 1))
        links = " and ".join(dict.fromkeys(f"{name} via {via}" if via else name for name, via in shared))
        alias = self.one(*ALIASES) if table == own or self.chance(0.5) else ""
        reach = self.one("other ", "all ") if table == own else ""
        inner = Record(table, f"{alias}." if alias else "")
        taken, by = self.taken(function, kind, inner, sight, depth)
        placed = self.placed(chosen, sight)
        where = self.where(chosen, placed, inner, sight, depth - 1)
        as_said = f" as {alias}" if alias else ""
        return f"{function}({taken}{reach}{chosen.name}{as_said} for same {links}{placed}{by}{where})"

    def shared(self, chosen: Set, own: str) -> list[tuple[str, str]]:
        """What records of two tables can have in common."""
        return [*self.kinds.names.links(chosen.table, own).values()]

    def taken(self, function: str, kind: str, inner: Record, sight: Sight, depth: int) -> tuple[str, str]:
        """What is taken of each record, and the order they stand in."""
        inside = (inner, *sight) if self.chance(0.1) else (inner,)
        if function == "reaches":
            amount, of = self.random.choice((("$4,000", MONEY), ("100", NUMBER), ("2.5", NUMBER), ("30 days", "day")))
            value = self.value(of, (inner,), 0)
            return f"{amount}, {value} over ", f" by {inner.before}{self.dates(inner.table)}"
        by = ""
        if function in {"earliest", "latest", "nth"}:
            first = [self.random.choice(self.kinds.fields[inner.table])] if self.chance(0.5) else []
            keys = dict.fromkeys((*first, *self.kinds.key(inner.table)))
            by = f" by {', '.join(f'{inner.before}{one}' for one in keys)}"
        if kind == "distinct":
            return f"distinct {self.name(self.one(TEXT, DATE), (inner,))} over ", by
        if not kind:
            return "", by
        given = f"{self.random.choice((1, 2, 12))}, " if function == "nth" else ""
        value = self.value(kind, inside, max(depth - 2, 0)) if kind != CONDITION else self.condition(inside, 0)
        return f"{given}{value} over ", by

    def dates(self, table: str) -> str:
        """A field that is a date."""
        found = [one for one in self.kinds.of(table, DATE) if one in self.kinds.fields[table]]
        return self.random.choice(found)

    def placed(self, chosen: Set, sight: Sight) -> str:
        if not self.kinds.has_span(chosen.table) or self.chance(0.75):
            return ""
        if self.chance(0.5):
            return f" open on ({self.date(sight, 0)})"
        # A choice could ask for the days of the record that looks, which can't be said of the one looked into.
        return f" active {self.own_window(sight, chosen=False)}"

    def where(self, chosen: Set, placed: str, inner: Record, sight: Sight, depth: int) -> str:
        """The condition on the records; those that stand in time need a last day."""
        if placed or chosen.bound or not chosen.dated:
            return f" where {self.condition((inner, *sight), depth)}" if self.chance(0.6) else ""
        bound = f"{inner.before}{self.dates(inner.table)} "
        bound += self.one("< ", "<= ", "within 30 days after ", "on or within 6 months after ", "in month 1 after ")
        bound += self.name(DATE, sight[:1]) or "2025-06-30"
        return f" where {bound} and {self.condition((inner, *sight), depth)}" if self.chance(0.6) else f" where {bound}"
