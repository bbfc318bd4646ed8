"""A choice among records as SQL: one step of the facts after another; knows nothing of what a record is.

A step reads the table of the step before and says of each record whether it is still in ("in N"). What chance would
decide is told by "kept N": the number of a record that can't be told from this one, its own where there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from acmspec.ground.calendar import Length
from acmspec.program.tree import Choice
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER
from acmspec.spec.chosen import APART, LAST, ONE

Step = tuple[str, str]
"""The name of a step's table, and the SELECT that makes it."""
Numbered = tuple[int, Choice]
"""A choice and its number, from 1 on."""


def with_steps(steps: Sequence[Step]) -> str:
    """The WITH of some steps, of which one may read itself."""
    written = ", ".join(f'"{name}" AS ({sql})' for name, sql in steps)
    recursive = "RECURSIVE " if any(f'FROM "{name}"' in sql for name, sql in steps) else ""
    return f"WITH {recursive}{written}"


def needed_column(number: int, index: int) -> str:
    """The quoted name of the column of a value that a choice needs, its entities first."""
    return f'"k{number} entity {index}"'


def order_column(number: int, index: int) -> str:
    """The quoted name of the column of a choice's order."""
    return f'"k{number} by {index}"'


@dataclass(frozen=True, slots=True)
class ChoiceSql:
    """Writes choice number `number`, which reads `source`; `within` are the columns that keep windows apart.

    `gates` are the conditions that a record must meet since the choice before, to be chosen now.
    """

    dialect: Dialect
    number: int
    choice: Choice
    source: str
    within: tuple[str, ...]
    gates: tuple[str, ...] = ()

    def steps(self) -> Iterator[Step]:
        """The tables of the choice, the last of which is that of the step."""
        name = f"step {self.number}"
        if self.choice.choice == APART and self.choice.kept:
            rows = self.dialect.apart(f'"row {self.number}"', f'"day {self.number}"', self.choice.days)
            yield f"spaced {self.number}", self._spaced() if rows else self._with_next()
            yield f"chain {self.number}", self._kept_apart(rows) if rows else self._chain()
            yield name, self._judged(self._linked(), f'"rank {self.number}"')
        elif self.choice.choice == APART:
            yield name, self._judged(self._after_previous(), f'"rank {self.number}"')
        elif self.choice.choice == ONE or (self.choice.position == 1 and not self.choice.ever):
            yield name, self._end()
        else:
            yield name, self._placed()

    # --- what all choices need ------------------------------------------------------------------------------

    @property
    def _entities(self) -> list[str]:
        return [needed_column(self.number, index) for index in range(len(self.choice.entities))]

    @property
    def _partition(self) -> str:
        eligible = f'"eligible {self.number}"'
        return f"PARTITION BY {', '.join([*self.within, eligible, *self._entities])}"

    @property
    def _order(self) -> list[str]:
        # A missing value ranks last whichever end is kept, so its absence is the first thing to sort by.
        direction = "DESC" if self.choice.choice == LAST else "ASC"
        by = [order_column(self.number, index) for index in range(len(self.choice.by))]
        return [part for one in by for part in (f"CASE WHEN {one} IS NULL THEN 1 ELSE 0 END", f"{one} {direction}")]

    @property
    def _over(self) -> str:
        return f"OVER ({self._partition} ORDER BY {', '.join(self._order) or '1'})"

    @property
    def _exact(self) -> str:
        return f"OVER ({self._partition} ORDER BY {', '.join([*self._order, NUMBER])})"

    def _eligible(self) -> str:
        """The records of the step before, with whether each can be chosen."""
        n = self.number
        needed = [needed_column(n, index) for index in range(len(self.choice.needed))]
        eligible = " AND ".join([f'"in {n - 1}"', *self.gates, *(f"{one} IS NOT NULL" for one in needed)])
        return f'SELECT *, CASE WHEN {eligible} THEN TRUE ELSE FALSE END AS "eligible {n}" FROM "{self.source}"'

    def _judged(self, chosen: str, rank: str) -> str:
        """A choice with who could not be told from one that was chosen."""
        n = self.number
        alike = f"OVER ({self._partition}, {rank})"
        lowest, highest = f"MIN({NUMBER}) {alike}", f"MAX({NUMBER}) {alike}"
        matters = f'MAX(CASE WHEN "in {n}" THEN 1 ELSE 0 END) {alike}'
        other = f"CASE WHEN {NUMBER} = {lowest} THEN {highest} ELSE {lowest} END"
        return (
            f'SELECT *, CASE WHEN "eligible {n}" AND {matters} = 1 THEN {other} END AS "kept {n}"'
            f" FROM ({chosen}) AS j{n}"
        )

    # --- the first, the last, one of equals -----------------------------------------------------------------

    def _end(self) -> str:
        n = self.number
        ranked = (
            f'SELECT *, ROW_NUMBER() {self._exact} AS "row {n}", RANK() {self._over} AS "rank {n}",'
            f' FIRST_VALUE({NUMBER}) {self._exact} AS "first {n}" FROM ({self._eligible()}) AS e{n}'
        )
        # Equal records may stand for one another, and different ones may not; in an order, it is the other way round.
        unclear = "<>" if self.choice.choice == ONE else "="
        return (
            f'SELECT *, CASE WHEN "eligible {n}" AND "row {n}" = 1 THEN TRUE ELSE FALSE END AS "in {n}",'
            f' CASE WHEN "eligible {n}" AND "rank {n}" {unclear} 1 THEN "first {n}" END AS "kept {n}"'
            f" FROM ({ranked}) AS c{n}"
        )

    # --- a place in the order, and all behind it ------------------------------------------------------------

    def _placed(self) -> str:
        n, position = self.number, self.choice.position
        ranked = (
            f'SELECT *, ROW_NUMBER() {self._exact} AS "row {n}", RANK() {self._over} AS "rank {n}"'
            f" FROM ({self._eligible()}) AS e{n}"
        )
        edges = (position - 1, position) if self.choice.later else (position, position)
        at = [f'MAX(CASE WHEN "row {n}" = {one} THEN "rank {n}" END) OVER ({self._partition})' for one in edges]
        edged = f'SELECT *, {at[0]} AS "before {n}", {at[1]} AS "at {n}" FROM ({ranked}) AS f{n}'
        taken = ">=" if self.choice.later else "="
        alike = f'OVER ({self._partition}, "rank {n}")'
        lowest, highest = f"MIN({NUMBER}) {alike}", f"MAX({NUMBER}) {alike}"
        return (
            f'SELECT *, CASE WHEN "eligible {n}" AND "row {n}" {taken} {position} THEN TRUE ELSE FALSE END AS "in {n}",'
            f' CASE WHEN "eligible {n}" AND "rank {n}" = "at {n}" AND "before {n}" = "at {n}"'
            f' THEN CASE WHEN {NUMBER} = {lowest} THEN {highest} ELSE {lowest} END END AS "kept {n}"'
            f" FROM ({edged}) AS c{n}"
        )

    # --- apart from the one before --------------------------------------------------------------------------

    def _after_previous(self) -> str:
        n, day = self.number, order_column(self.number, 0)
        ranked = (
            f'SELECT *, LAG({day}) {self._exact} AS "previous {n}", RANK() {self._over} AS "rank {n}"'
            f" FROM ({self._eligible()}) AS e{n}"
        )
        reach = self.dialect.later(f'"previous {n}"', Length(days=self.choice.days))
        far = f'"previous {n}" IS NULL OR {day} > {reach}'
        is_in = f'CASE WHEN "eligible {n}" AND ({far}) THEN TRUE ELSE FALSE END AS "in {n}"'
        return f"SELECT *, {is_in} FROM ({ranked}) AS c{n}"

    def _spaced(self) -> str:
        """Each record with its place."""
        n = self.number
        return (
            f'SELECT *, ROW_NUMBER() {self._exact} AS "row {n}", RANK() {self._over} AS "rank {n}",'
            f' {self.dialect.day_number(order_column(n, 0))} AS "day {n}" FROM ({self._eligible()}) AS e{n}'
        )

    def _with_next(self) -> str:
        """Each record with its place and that of the first one far enough behind it."""
        n = self.number
        behind = f"RANGE BETWEEN {self.choice.days + 1} FOLLOWING AND UNBOUNDED FOLLOWING"
        following = f'MIN("row {n}") OVER ({self._partition} ORDER BY "day {n}" {behind}) AS "next {n}"'
        return f"SELECT *, {following} FROM ({self._spaced()}) AS n{n}"

    def _chain(self) -> str:
        """From the first record of each entity on, always the next one far enough behind."""
        n = self.number
        columns = [f'"row {n}"', *self.within, *self._entities, f'"next {n}"']
        first = f'SELECT {", ".join(columns)} FROM "spaced {n}" WHERE "eligible {n}" AND "row {n}" = 1'
        same = [f"s.{one} = c.{one}" for one in (*self.within, *self._entities)]
        link = " AND ".join([f's."row {n}" = c."next {n}"', f's."eligible {n}"', *same])
        following = ", ".join(f"s.{one}" for one in columns)
        return f'{first} UNION ALL SELECT {following} FROM "chain {n}" AS c JOIN "spaced {n}" AS s ON {link}'

    def _kept_apart(self, rows: str) -> str:
        """The same, as the engine says it of all records of an entity at once."""
        n, of = self.number, ", ".join([*self.within, *self._entities])
        return f'SELECT {of}, {rows} AS "row {n}" FROM "spaced {n}" WHERE "eligible {n}" GROUP BY {of}'

    def _linked(self) -> str:
        n = self.number
        same = [f"c.{one} = s.{one}" for one in (*self.within, *self._entities, f'"row {n}"')]
        is_in = f'CASE WHEN c."row {n}" IS NOT NULL THEN TRUE ELSE FALSE END AS "in {n}"'
        found = " AND ".join([f's."eligible {n}"', *same])
        return f'SELECT s.*, {is_in} FROM "spaced {n}" AS s LEFT JOIN "chain {n}" AS c ON {found}'
