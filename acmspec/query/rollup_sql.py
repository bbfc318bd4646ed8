"""The grouped queries over narrow facts, each from the smallest that holds it; knows no aggregate's meaning.

What adds up (numbers of records, sums, ends of an order) is gathered once in the finest breakdowns that somebody wants,
and every coarser one is added up from these; so is how often each value stands, from which medians and percentiles
come. Different values don't add up where one stands in several groups: only these are counted in each breakdown anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.program.aggregates import VALUES, Part
from acmspec.program.tree import Aggregate
from acmspec.query.dialect import Dialect
from acmspec.query.fact_columns import NEVER, NONE, WINDOW, dimension_column
from acmspec.query.gather_sql import GatherSql
from acmspec.query.population_sql import Ask
from acmspec.query.scales import scale
from acmspec.query.tree import Beside, Gather, Reading

Paths = tuple[str, ...]
"""The paths of a breakdown; empty for all records."""

_Valued = tuple[str, str]
"""A value of the records, and the condition under which one is looked at, as SQL over the facts."""

_ENDS = ("MIN", "MAX")
_MANY = 3
"""In so many breakdowns it pays to sort out first which values stand in one group only."""


@node
class Asked:
    """One aggregate wanted in one breakdown."""

    one: Aggregate
    paths: Paths


@dataclass(slots=True)
class _Level:
    """One breakdown in the making: its finer one, if any, what it carries, and whether one rests on it."""

    paths: Paths
    parent: Paths | None
    carried: dict[str, None] = field(default_factory=dict)
    is_parent: bool = False


class Rollup:
    """Plans the queries over the narrow facts of one ask."""

    def __init__(self, dialect: Dialect, facts: str, ask: Ask, asked: Sequence[Asked]) -> None:
        self._dialect = dialect
        self._facts = facts
        self._ask = ask
        self._known = [one.path for one in ask.dimensions]
        self._asked: dict[Paths, dict[Aggregate, GatherSql]] = {}
        for each in asked:
            of = self._asked.setdefault(each.paths, {})
            of.setdefault(each.one, GatherSql(dialect, facts, ask, each.one))
        self._names: dict[str, str] = {}
        self._main = self._levels({paths: _sums(of.values()) for paths, of in self._asked.items()})
        ranked = self._by_value(lambda one: one.is_ranked)
        self._valued = {
            key: (f"{facts} values {at}", self._levels(dict.fromkeys(of, ()))) for at, (key, of) in enumerate(ranked)
        }
        distinct = self._by_value(lambda one: one.is_distinct)
        self._different = {key: (f"{facts} different {at}", of) for at, (key, of) in enumerate(distinct)}

    def _by_value(self, wanted: Callable[[GatherSql], bool]) -> Iterable[tuple[_Valued, list[Paths]]]:
        """In which breakdowns a value of some records is looked at."""
        found: dict[_Valued, dict[Paths, None]] = {}
        for paths, of in self._asked.items():
            for one in of.values():
                if wanted(one):
                    found.setdefault(one.valued(), {})[paths] = None
        return [(key, list(of)) for key, of in found.items()]

    def tables(self) -> Iterator[tuple[str, str]]:
        """The tables that others are added up from, in order: name and SELECT."""
        for level in self._main.values():
            if level.is_parent:
                yield self._table(self._facts, level.paths), self._summed(level)
        for key, (name, levels) in self._valued.items():
            for level in levels.values():
                if level.is_parent:
                    yield self._table(name, level.paths), self._counted(key, name, levels, level)
        for key, (name, breakdowns) in self._different.items():
            if len(breakdowns) >= _MANY:
                yield from self._sorted_out(key, name, breakdowns)

    def gathers(self) -> Iterator[Gather]:
        """One query a breakdown, in the order asked, with those that stand beside it."""
        for paths, of in self._asked.items():
            level = self._main[paths]
            carried = list(level.carried)
            beside: list[Beside] = []
            at = 1 + len(paths) + len(carried)
            apart: dict[tuple[Aggregate, Part], int] = {}
            for sql, parts in self._apart(paths, of):
                beside.append(Beside(sql, len(parts)))
                for key in parts:
                    apart[key] = at
                    at += 1
            places = {sql: 1 + len(paths) + index for index, sql in enumerate(carried)}
            readings = tuple(_reading(one, sql, places, apart, paths) for one, sql in of.items())
            columns = [*self._groups(paths), *(self._name(sql) for sql in carried)]
            ordered = f"ORDER BY {', '.join(self._groups(paths))}"
            if level.is_parent:
                sql = f"SELECT {', '.join(columns)} FROM {self._named(self._facts, paths)} {ordered}"
            else:
                sql = f"{self._summed(level)} {ordered}"
            yield Gather(self._ask.windows, paths, sql, readings, tuple(beside))

    # --- levels ---------------------------------------------------------------------------------------------

    def _levels(self, wanted: Mapping[Paths, Iterable[str]]) -> dict[Paths, _Level]:
        """The breakdowns, finest first; each knows the smallest that holds it and carries what rests on it."""
        found: dict[Paths, _Level] = {}
        for paths in sorted(wanted, key=lambda one: -len(one)):
            holding = [one for one in found.values() if set(one.paths) >= set(paths)]
            least = min(holding, key=lambda one: len(one.paths), default=None)
            found[paths] = _Level(paths, None if least is None else least.paths, dict.fromkeys(wanted[paths]))
        for level in reversed(found.values()):
            if level.parent is not None:
                parent = found[level.parent]
                parent.is_parent = True
                parent.carried.update(level.carried)
        return found

    def _summed(self, level: _Level) -> str:
        groups = self._groups(level.paths)
        source = self._dialect.name(self._facts) if level.parent is None else self._named(self._facts, level.parent)
        sums = [
            f"{self._again(sql) if level.parent is not None else sql} AS {self._name(sql)}" for sql in level.carried
        ]
        return f"SELECT {', '.join([*groups, *sums])} FROM {source} GROUP BY {', '.join(groups)}"

    def _again(self, sql: str) -> str:
        """What was counted or summed, summed again; the least of the least is the least."""
        function = sql.partition("(")[0]
        return f"{function if function in _ENDS else 'SUM'}({self._name(sql)})"

    def _name(self, sql: str) -> str:
        return self._names.setdefault(sql, f'"m{len(self._names)}"')

    def _table(self, name: str, paths: Paths) -> str:
        return " ".join([name, "by", *(f"d{self._known.index(path)}" for path in paths)])

    def _named(self, name: str, paths: Paths) -> str:
        return self._dialect.name(self._table(name, paths))

    def _groups(self, paths: Paths) -> list[str]:
        return [f'"{WINDOW}"', *(dimension_column(self._known.index(path)) for path in paths)]

    # --- what does not add up -------------------------------------------------------------------------------

    def _apart(
        self, paths: Paths, of: dict[Aggregate, GatherSql]
    ) -> Iterator[tuple[str, list[tuple[Aggregate, Part]]]]:
        groups = self._groups(paths)
        by = ", ".join(groups)
        for key, (name, breakdowns) in self._different.items():
            counted = {one: each for one, each in of.items() if each.is_distinct and each.valued() == key}
            if counted and len(breakdowns) < _MANY:
                different = next(iter(counted.values())).distinct()
                yield (
                    f"SELECT {by}, {different} FROM {self._dialect.name(self._facts)} GROUP BY {by}",
                    [(one, Part.DISTINCT) for one in counted],
                )
            elif counted:
                yield self._sorted(name, groups), [(one, Part.DISTINCT) for one in counted]
        for key, (name, levels) in self._valued.items():
            placed = {
                (one, part): sql
                for one, each in of.items()
                if each.is_ranked and each.valued() == key
                for part, sql in each.placed().items()
            }
            if placed:
                level = levels[paths]
                rows = self._named(name, paths) if level.is_parent else f"({self._counted(key, name, levels, level)})"
                ranked = (
                    f'SELECT {by}, "value", "upto" - "times" AS "before", "upto", "of" FROM (SELECT {by}, "value",'
                    f' "times", SUM("times") OVER (PARTITION BY {by} ORDER BY "value") AS "upto",'
                    f' SUM("times") OVER (PARTITION BY {by}) AS "of" FROM {rows} AS v) AS u'
                )
                columns = ", ".join([*groups, *placed.values()])
                yield f"SELECT {columns} FROM ({ranked}) AS r GROUP BY {by}", list(placed)

    def _sorted(self, name: str, groups: list[str]) -> str:
        """How many different values stand in each group, of those that were sorted out."""
        by = ", ".join(groups)
        once, more = (self._dialect.name(f"{name} {which}") for which in ("once", "more"))
        counted = (
            f'SELECT {by}, "times" FROM {once}'
            f' UNION ALL SELECT {by}, COUNT(DISTINCT "value") AS "times" FROM {more} GROUP BY {by}'
        )
        return f'SELECT {by}, SUM("times") FROM ({counted}) AS c GROUP BY {by}'

    def _sorted_out(self, key: _Valued, name: str, breakdowns: list[Paths]) -> Iterator[tuple[str, str]]:
        """Values that stand in one group of the finest kind, counted there, and those that stand in several.

        One that a single record has stands in its group; mostly that are nearly all, and the others only are grouped.
        """
        value, condition = key
        paths = tuple(one for one in self._known if any(one in breakdown for breakdown in breakdowns))
        by, of = ", ".join(self._groups(paths)), f'"{WINDOW}", "value"'
        again, every, several = (self._dialect.name(f"{name}{one}") for one in (" again", "", " several"))
        facts = f"{self._dialect.name(self._facts)} WHERE {condition}"
        several_times = "HAVING COUNT(*) > 1"
        values = f'SELECT {by}, {value} AS "value" FROM {facts}'
        yield f"{name} again", f"SELECT {of} FROM ({values}) AS v GROUP BY {of} {several_times}"
        grouped = f'SELECT {by}, "value", COUNT(*) AS "records" FROM ({values}) AS e'
        yield name, f'{grouped} WHERE EXISTS ({_same(again)}) GROUP BY {by}, "value"'
        yield f"{name} several", f"SELECT {of} FROM {every} GROUP BY {of} {several_times}"
        counted = (
            f'SELECT {by}, COUNT(*) AS "times" FROM {facts} GROUP BY {by}'
            f' UNION ALL SELECT {by}, -"records" AS "times" FROM {every}'
            f' UNION ALL SELECT {by}, 1 AS "times" FROM {every} AS e WHERE NOT EXISTS ({_same(several)})'
        )
        yield f"{name} once", f'SELECT {by}, SUM("times") AS "times" FROM ({counted}) AS c GROUP BY {by}'
        yield f"{name} more", f"SELECT * FROM {every} AS e WHERE EXISTS ({_same(several)})"

    def _counted(self, key: _Valued, name: str, levels: dict[Paths, _Level], level: _Level) -> str:
        """How often each value stands in each group."""
        value, condition = key
        by = ", ".join(self._groups(level.paths))
        if level.parent is not None:
            source = self._named(name, levels[level.parent].paths)
            return f'SELECT {by}, "value", SUM("times") AS "times" FROM {source} GROUP BY {by}, "value"'
        source = f"{self._dialect.name(self._facts)} WHERE {condition}"
        return f'SELECT {by}, {value} AS "value", COUNT(*) AS "times" FROM {source} GROUP BY {by}, {value}'


def _same(table: str) -> str:
    """The rows of a table with the window and value at hand."""
    return f'SELECT 1 FROM {table} AS r WHERE r."{WINDOW}" = e."{WINDOW}" AND r."value" = e."value"'


def _sums(of: Iterable[GatherSql]) -> list[str]:
    """Everything that adds up of some aggregates, each once; what is fixed is not asked for."""
    found = [sql for one in of for sql in (*one.counts(), *one.additive().values(), *one.gaps().values())]
    found += [sql for one in of for _, sql in one.left()]
    return [sql for sql in dict.fromkeys(found) if sql not in {NONE, NEVER}]


def _reading(
    one: Aggregate, sql: GatherSql, places: dict[str, int], apart: dict[tuple[Aggregate, Part], int], paths: Paths
) -> Reading:
    n, immature, unjudged, matures, unreached = (places.get(each) for each in sql.counts())
    additive = sql.additive()
    parts = tuple(
        (part, places[additive[part]] if part in additive else apart[one, part], by)
        for part, by in zip(sql.parts, scales(one, sql.parts), strict=True)
    )
    gaps = tuple((gap, places[each]) for gap, each in sql.gaps().items() if not gap.by or gap.by in paths)
    left = tuple((each, places[counted]) for each, counted in sql.left())
    return Reading(one, n, immature, unjudged, matures, unreached, parts, gaps, left)


def scales(one: Aggregate, parts: tuple[Part, ...]) -> tuple[Fraction, ...]:
    """By what each part is multiplied where SQL keeps it: as the values it is of, or the weights, or both."""
    value = Fraction(1) if one.expression is None else scale(one.expression.type)
    weight = Fraction(1) if one.weight is None else scale(one.weight.type)
    by = dict.fromkeys(VALUES, value) | dict.fromkeys((Part.WEIGHT, Part.WEIGHT_TRUE), weight)
    by[Part.PRODUCT] = value * weight
    return tuple(by.get(part, Fraction(1)) for part in parts)
