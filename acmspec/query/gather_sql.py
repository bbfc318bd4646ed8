"""What is measured of one aggregate over narrow facts: exact parts and counts as SQL, and its successes."""

from collections.abc import Iterator

from acmspec.program.aggregates import Part, Takes, aggregate
from acmspec.program.gap import Gap
from acmspec.program.judging import Judging
from acmspec.program.tree import Aggregate, Left
from acmspec.query.decimals import most_decimals
from acmspec.query.dialect import Dialect
from acmspec.query.fact_columns import (
    CHOSEN,
    DATED,
    INCLUDED,
    NEVER,
    NONE,
    WINDOW,
    AggregateColumns,
    aggregate_columns,
    dimension_column,
    entity_column,
    without_same,
)
from acmspec.query.frames import NUMBER
from acmspec.query.gap_sql import AggregateGaps
from acmspec.query.population_sql import Ask, unjudged
from acmspec.query.stages_sql import left_column
from acmspec.spec.tree import IN_BOTH, LEFT_OUT

_PLACED = (Part.BELOW, Part.ABOVE)
_APART = (*_PLACED, Part.DISTINCT)


class GatherSql:
    """Writes what is asked of one aggregate over the narrow facts of one ask."""

    def __init__(self, dialect: Dialect, facts: str, ask: Ask, one: Aggregate) -> None:
        self._dialect = dialect
        self._facts = dialect.name(facts)
        self._ask = ask
        self._aggregate = one
        self._judging = one.judging or Judging()
        index = ask.aggregates.index(unjudged(one))
        self._same = dict(ask.same)
        self._names = without_same(aggregate_columns(index, one), self._same)
        self._gaps = self._counted(index)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts gathered."""
        return aggregate(self._aggregate.function).parts

    def counts(self) -> tuple[str, str, str, str, str]:
        """Members, immature and unjudged ones, the latest date waited for, unreached ones; each adds up or is fixed."""
        immature, unjudged, matures, unreached = self._state()
        return self._sum(self._included), immature, unjudged, matures, unreached

    def additive(self) -> dict[Part, str]:
        """The parts that add up from group to group, each a count, sum, least or greatest of records."""
        return {part: self._part(part) for part in self.parts if part not in _APART}

    @property
    def is_ranked(self) -> bool:
        """Whether a part is a value at a place in the order of values."""
        return any(part in _PLACED for part in self.parts)

    @property
    def is_distinct(self) -> bool:
        """Whether its part is how many different values there are."""
        return Part.DISTINCT in self.parts

    def valued(self) -> tuple[str, str]:
        """The value whose order or difference matters, and the condition under which a record is judged and has one."""
        value = self._names.value
        return value, f"{self._judged()} AND {value} IS NOT NULL"

    def distinct(self) -> str:
        """How many different values there are."""
        return self._part(Part.DISTINCT)

    def placed(self) -> dict[Part, str]:
        """The values at places in the order, out of how often each stands `"before"` and `"upto"` it, `"of"` all."""
        return {part: self._part(part) for part in self.parts if part in _PLACED}

    def gaps(self) -> dict[Gap, str]:
        """How many records have each gap; those of groups say of which breakdown."""
        return {gap: self._sum(condition) for gap, condition in self._gaps.items()}

    def left(self) -> tuple[tuple[Left, str], ...]:
        """How many records each reason left out."""
        leaving = self._ask.population.leaving
        return tuple(zip(leaving, map(self._sum, self._left_out(len(leaving))), strict=True))

    def successes(self, provider: str, entity: int) -> str:
        """The SELECT of who succeeded: provider, entity, last day and amount; the windows in which these are the same.

        Windows overlap, so that most successes stand in several: they come once, with all of these.
        """
        known = [one.path for one in self._ask.dimensions]
        who = [dimension_column(known.index(provider)), entity_column(entity)]
        condition = " AND ".join([self._judged(), self._success(), *(f"{one} IS NOT NULL" for one in who)])
        listed = ", ".join(who)
        amount = f"SUM({self._names.value})" if self._takes is Takes.NUMBER else "COUNT(*)"
        each = (
            f'SELECT "{WINDOW}", {listed}, MAX("{DATED}") AS "last", {amount} AS "amount" FROM {self._facts}'
            f' WHERE {condition} GROUP BY "{WINDOW}", {listed}'
        )
        windows = self._dialect.joined(f'"{WINDOW}"')
        return (
            f'SELECT {listed}, "last", "amount", {windows} FROM ({each}) AS s'
            f' GROUP BY {listed}, "last", "amount" ORDER BY {listed}, "last"'
        )

    def records(self) -> str:
        """The SELECT of the records of an ask's only window, one by one: the columns are those of `RecordRows`."""
        names = self._names
        conditions = (
            self._included,
            self._judged(),
            self._success(),
            "FALSE" if names.unreached is None else names.unreached,
            *self._left_out(len(self._ask.population.leaving)),
            *self._gaps.values(),
        )
        flags = ", ".join(f"CASE WHEN {one} THEN 1 ELSE 0 END" for one in conditions)
        matures = "NULL" if self._judging.at_once else names.matures
        return (
            f"SELECT {NUMBER}, {dimension_column(0)}, {entity_column(0) if self._ask.entities else 'NULL'}, {matures},"
            f" {flags} FROM {self._facts} ORDER BY {NUMBER}"
        )

    @property
    def _included(self) -> str:
        """Whether a record is measured here at all: in the set, and in the slice if there is one."""
        within = self._names.within
        return f'"{INCLUDED}"' if within is None else f'"{INCLUDED}" AND {within}'

    @property
    def _takes(self) -> Takes:
        return aggregate(self._aggregate.function).takes

    def _success(self) -> str:
        match self._takes:
            case Takes.CONDITION:
                return self._true()
            case Takes.NOTHING:
                return "TRUE"
            case _:
                return f"{self._names.value} IS NOT NULL"

    def _state(self) -> list[str]:
        names = self._names
        immature, matures, unreached = NONE, NEVER, NONE
        if not self._judging.at_once and names.unreached not in {None, "FALSE"}:
            unreached = self._sum(f"{self._included} AND {names.unreached}")
        if not self._judging.at_once and names.matures != NEVER:
            waits = f"{self._included} AND {names.matures} IS NOT NULL"
            immature, matures = self._sum(waits), f"MAX(CASE WHEN {self._included} THEN {names.matures} END)"
        unknown = self._unknown(names)
        unjudged = NONE if unknown == "FALSE" else self._sum(f"{self._included} AND ({unknown})")
        return [immature, unjudged, matures, unreached]

    def _unknown(self, names: AggregateColumns) -> str:
        value = f"{names.value3} IS NULL" if self._takes in {Takes.CONDITION, Takes.NUMBER} else None
        if value is not None and names.weight is not None:
            value = f"({value} OR {names.weight} IS NULL)"
        if names.where3 is None:
            return value or "FALSE"
        return f"{names.where3} IS NULL OR ({names.where3} AND {value})" if value else f"{names.where3} IS NULL"

    def _counted(self, index: int) -> dict[Gap, str]:
        """For each gap, the condition under which it counts."""
        asked, names = self._ask.gaps, self._names
        within = [] if names.within is None else [names.within]
        found: dict[Gap, list[str]] = {}

        def count(gap: Gap, *conditions: str) -> None:
            if "FALSE" not in conditions:
                found.setdefault(gap, []).append(" AND ".join(conditions))

        of_set = [(one.told.gap, self._told(one.name)) for one in asked.where]
        of_set += [(one.gap, one.name) for one in asked.keep]
        for gap, name in of_set:
            count(gap, *within, name)
        for one in asked.exclude:
            count(one.told.gap, self._included, self._told(one.name))
        for group in asked.groups:
            nowhere = f"{dimension_column(group.dimension)} IS NULL"
            for one in group.columns:
                count(one.told.gap, self._included, nowhere, self._told(one.name))
        own = asked.aggregates[index] if asked.aggregates else AggregateGaps((), ())
        lacks = f"{names.where3} AND {names.value3} IS NULL" if names.where3 else f"{names.value3} IS NULL"
        light = f"{names.where3} AND {names.weight} IS NULL" if names.where3 else f"{names.weight} IS NULL"
        for columns, is_open in ((own.where, f"{names.where3} IS NULL"), (own.value, lacks), (own.weight, light)):
            for one in columns:
                count(one.told.gap, self._included, self._told(one.name), *([] if one.told.always else [is_open]))
        return {gap: " OR ".join(f"({one})" for one in conditions) for gap, conditions in found.items()}

    def _told(self, name: str) -> str:
        """What stands in place of a column of gaps."""
        return self._same.get(name, name)

    def _left_out(self, count: int) -> Iterator[str]:
        """For each exclusion, the condition under which it is what left a record out: the first true reason counts."""
        columns = [left_column(number) for number in range(count)]
        for number, name in enumerate(columns):
            within = [] if self._names.within is None else [self._names.within]
            # A column of an earlier stage says already that the record came so far.
            early = number < count - len(self._ask.population.exclude)
            chosen = [] if early else [f'"{CHOSEN}"']
            yield " AND ".join([*chosen, *within, name, *(f"NOT {before}" for before in columns[:number])])

    def _judged(self) -> str:
        conditions = [self._included]
        if not self._judging.at_once:
            conditions += [f"{self._names.matures} IS NULL"] if self._names.matures != NEVER else []
            conditions += [f"NOT {self._names.unreached}"] if self._names.unreached not in {None, "FALSE"} else []
        if self._names.where is not None:
            conditions.append(self._names.where)
        # What is left out leaves numerator and denominator alike, or a share could pass 1: `none` over lookups
        # that can't be judged is true, and unknown.
        if self._judging.missing_is == LEFT_OUT and self._takes is Takes.CONDITION:
            conditions.append(f"{self._names.value3} IS NOT NULL")
        return " AND ".join(conditions)

    def _true(self) -> str:
        names = self._names
        return f"({names.value} OR {names.value3} IS NULL)" if self._judging.missing_is == IN_BOTH else names.value

    @property
    def _weighed(self) -> str:
        """Whether a record has a weight, and beside it the number that is weighted, if it is one."""
        weight = f"{self._names.weight} IS NOT NULL"
        return f"{weight} AND {self._names.value} IS NOT NULL" if self._takes is Takes.NUMBER else weight

    def _part(self, part: Part) -> str:  # noqa: C901  (a case for each part)
        judged, value = self._judged(), self._names.value
        match part:
            case Part.RECORDS:
                return self._sum(judged)
            case Part.KNOWN:
                return self._sum(f"{judged} AND {value} IS NOT NULL")
            case Part.TRUE:
                return self._sum(f"{judged} AND {self._true()}")
            case Part.DISTINCT:
                return f"COUNT(DISTINCT CASE WHEN {judged} THEN {value} END)"
            case Part.TOTAL:
                return f"SUM(CASE WHEN {judged} THEN {value} END)"
            case Part.LOWEST:
                return f"MIN(CASE WHEN {judged} THEN {value} END)"
            case Part.HIGHEST:
                return f"MAX(CASE WHEN {judged} THEN {value} END)"
            case Part.BELOW:
                return self._around("{before} <= {place} AND {place} < {upto}")
            case Part.ABOVE:
                return self._around("{before} < {place} + {whole} AND {place} + {whole} <= {upto}")
            case Part.WEIGHED | Part.WEIGHT | Part.WEIGHT_TRUE | Part.PRODUCT:
                return self._weight_part(part)

    def _weight_part(self, part: Part) -> str:
        judged, weight = self._judged(), self._names.weight
        match part:
            case Part.WEIGHED:
                return self._sum(f"{judged} AND {self._weighed}")
            case Part.WEIGHT_TRUE:
                return f"SUM(CASE WHEN {judged} AND {self._true()} THEN {weight} END)"
            case Part.PRODUCT:
                self._dialect.make_room(self._product_decimals)
                product = self._dialect.product(self._names.value, f"{weight}")
                return f"SUM(CASE WHEN {judged} THEN {product} END)"
            case _:
                return f"SUM(CASE WHEN {judged} AND {self._weighed} THEN {weight} END)"

    @property
    def _product_decimals(self) -> int:
        """The most digits after the point of a value times its weight."""
        pair = (self._aggregate.expression, self._aggregate.weight)
        return sum(most_decimals(one) for one in pair if one is not None)

    def _around(self, condition: str) -> str:
        """The value at a rank; the place is multiplied out, so that whole numbers decide which value it is."""
        at = self._aggregate.at
        before, upto = (f'{at.denominator} * "{end}"' for end in ("before", "upto"))
        is_it = condition.format(before=before, upto=upto, place=f'{at.numerator} * ("of" - 1)', whole=at.denominator)
        return f'MAX(CASE WHEN {is_it} THEN "value" END)'

    def _sum(self, condition: str) -> str:
        return self._dialect.counted(condition)
