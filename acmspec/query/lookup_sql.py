"""Lookups as SQL text: whether other records exist, and what is found among them; knows no other expression."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace

from acmspec.program.lookup_rows import Find, Order, lookup_row
from acmspec.program.record import Constant, Defined, FieldValue, Lookup, Record
from acmspec.program.relocate import relocate, scopes
from acmspec.query.frames import NUMBER, RECORD, Frame, Frames, Scope
from acmspec.query.open_fields import open_fields


class LookupSql(Frames):
    """Writes lookups; what they are made of is written by `write`."""

    @abstractmethod
    def write(self, record: Record, scope: Scope, *, unknowns: bool = False) -> str:
        """The SQL of an expression; `unknowns` makes a lookup unknown if nothing matched and something might have."""

    def _lookup(self, record: Lookup, scope: Scope, unknowns: bool) -> str:
        row, search = lookup_row(record.function), self.search(record, scope, unknowns)
        if row.is_question:
            found = self.find(search, search.matches)
            if unknowns and search.may_doubt:
                found = f"CASE WHEN {found} THEN TRUE WHEN {self._maybe(search)} THEN NULL ELSE FALSE END"
            return f"(NOT {found})" if row.find is Find.ABSENCE else f"({found})"
        if row.find is Find.REACHED:
            return self._reached(record, search, scope, unknowns)
        what = _FOUND.get(row.find)
        if what is None:
            raise ValueError(f"the {row.name} of other records is a fraction and stands in a comparison only")
        sql = self._taken(record, search, scope, what, unknowns)
        if unknowns and search.may_doubt and row.never_missing:
            return f"(CASE WHEN {self._doubt(search)} THEN NULL ELSE {sql} END)"
        return sql

    def search(self, record: Lookup, scope: Scope, unknowns: bool) -> "Search":
        """The record a lookup looks for, what links it, and its condition."""
        # Named by its place, so that two lookups that are the same read the same.
        asked: dict[str, str] | None = None if self._dialect.sees_all_records else {}
        frame = Frame(record.table, f"{scope[0].alias}o", asked=asked)
        links = list(self._links(frame, record, scope, unknowns))
        where = "" if record.where is None else self.write(record.where, (frame, *scope), unknowns=unknowns)
        return Search(frame, links, where, scope, self._open(record, (frame, *scope)))

    def _open(self, record: Lookup, scope: Scope) -> str:
        """What must be so for the condition to be unknown, of the record that looks alone; "" if that can't be said."""
        found = None if record.where is None else open_fields(record.where)
        if found is None or any(one.scope == 0 or one.steps for one in found):
            return ""
        missing = [f"{self.write(one, scope)} IS NULL" for one in found if not self.is_sure(one, scope)]
        return f"({' OR '.join(missing)})" if missing else _NEVER

    def _links(self, frame: Frame, record: Lookup, scope: Scope, unknowns: bool) -> Iterator[str]:
        """The conditions that link the record that a lookup looks for to those in scope."""
        above, self._beneath = self._beneath, 1
        for column, outer in record.links:
            yield f"{self.column(frame, column.name)} = {self.write(outer, scope, unknowns=unknowns)}"
        if record.other:
            yield f"{self.column(frame, RECORD)} <> {self._looking(record, scope)}"
        self._beneath = above

    def _taken(self, record: Lookup, search: "Search", scope: Scope, what: str, unknowns: bool) -> str:
        """A scalar query over the records that match; `what` is selected of them, with {value} to fill in."""
        row, inner = lookup_row(record.function), (search.frame, *scope)
        if record.expression is not None and row.find is not Find.ONE and 0 not in scopes(record.expression):
            return self._shared(record, search, scope, what, unknowns)
        value = "" if record.expression is None else self.write(record.expression, inner, unknowns=unknowns)
        if unknowns and row.leaves_out:
            what = f"CASE WHEN COUNT(*) = COUNT({{value}}) THEN {what} END"
        keys = [self.write(one, inner) for one in record.by] or [self.column(search.frame, RECORD)]
        among = f"{self.source(search.frame)} WHERE {' AND '.join(search.matches) or 'TRUE'}"
        if row.find is Find.ONE:
            way = "DESC" if row.order is Order.BACKWARD else "ASC"
            found = self._dialect.placed(value, among, keys, way, record.position)
        else:
            found = self._dialect.gathered(what, value, among)
        return self.asked(found, scope)

    def _shared(self, record: Lookup, search: "Search", scope: Scope, what: str, unknowns: bool) -> str:
        """The same of a value of the record that looks, which all that match share.

        SQL would add up or compare those of the records that look, as no column of those that match is named.
        """
        if record.expression is None:
            raise ValueError("a value of the record that looks is written")
        value = self.write(relocate(record.expression, -1), scope, unknowns=unknowns)
        if what == _FOUND[Find.TOTAL]:
            many = self._taken(replace(record, function="count", expression=None), search, scope, "COUNT(*)", False)
            total = self._dialect.product(value, many)
            return f"(CASE WHEN {many} = 0 THEN 0 ELSE {total} END)" if unknowns else f"COALESCE({total}, 0)"
        found = self.find(search, search.matches)
        if "COUNT" in what:
            return f"(CASE WHEN {found} AND {value} IS NOT NULL THEN 1 ELSE 0 END)"
        return f"(CASE WHEN {found} THEN {value} END)"

    def _reached(self, record: Lookup, search: "Search", scope: Scope, unknowns: bool) -> str:
        """The first value of the key by which the total is reached; what is equal in the key is added at once."""
        inner = (search.frame, *scope)
        if record.expression is None or record.amount is None:
            raise ValueError("a total that is to be reached has a value and an amount")
        value, key = self.write(record.expression, inner, unknowns=unknowns), self.write(record.by[0], inner)
        matches = " AND ".join([*search.matches, f"{key} IS NOT NULL"])
        total = f"SUM({value}) OVER (ORDER BY {key} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        totals = f"SELECT {key} AS at, {total} AS total FROM {self.source(search.frame)} WHERE {matches}"
        amount = self.write(Constant(record.amount, record.expression.type), inner)
        return self.asked(f"(SELECT MIN(t.at) FROM ({totals}) AS t WHERE t.total >= {amount})", scope)

    def _fraction(self, record: Record, scope: Scope, unknowns: bool) -> tuple[str, str]:
        """A value as SQL and what it is to be divided by, "" for nothing; the first is unknown where there is none."""
        while isinstance(record, Defined):
            record = record.body
        if not isinstance(record, Lookup) or lookup_row(record.function).find is not Find.QUOTIENT:
            return self.write(record, scope, unknowns=unknowns), ""
        above, below = self.search(record, scope, unknowns), self.search(record, scope, unknowns)
        return (
            self._taken(record, above, scope, "SUM({value})", unknowns),
            self._taken(record, below, scope, "COUNT({value})", unknowns),
        )

    def _looking(self, record: Lookup, scope: Scope) -> str:
        """The number of the record that looks: where its links start, further out or over steps in a definition."""
        starts = (outer for _, outer in record.links if isinstance(outer, FieldValue))
        start = next(starts, None)
        alias = scope[0].alias if start is None else self.alias_of(start, scope)
        number = f"{self._dialect.name(alias)}.{NUMBER}"
        return self.seen(number, 0 if start is None else start.scope, scope)

    def find(self, search: "Search", conditions: list[str]) -> str:
        """Whether there is a record that fulfils all conditions."""
        told, source = " AND ".join(conditions) or "TRUE", self.source(search.frame)
        own = search.outer[0]
        if self._dialect.gathers_questions and self._is_asked_beneath(search, told):
            # Engines join two tables much faster than they answer a question about each record of one.
            number, of = self.column(own, RECORD), f"{self._dialect.name(own.table)} AS {self._dialect.name(own.alias)}"
            told = f"{own.limits} AND {told}" if own.limits else told
            return self.asked(f"{number} IN (SELECT {number} FROM {of}, {source} WHERE {told})", search.outer)
        return self.asked(f"EXISTS (SELECT 1 FROM {source} WHERE {told})", search.outer)

    def _is_asked_beneath(self, search: "Search", told: str) -> bool:
        """Whether a question is about the record of a query itself, without a step away from it."""
        own, name = search.outer[0], self._dialect.name
        is_beneath = len(search.outer) == 1 and own.asked is not None and bool(search.links)
        return is_beneath and not any(name(alias) in told for alias in own.joins.values())

    def _maybe(self, search: "Search") -> str:
        # That a value is missing is said first where it can be: it spares engines nearly all records.
        doubt = [search.open] if search.open else []
        return self.find(search, [*search.links, *doubt, f"{search.where} IS NULL"])

    def _doubt(self, search: "Search") -> str:
        """Whether nothing matches and something might have."""
        return f"(NOT {self.find(search, search.matches)} AND {self._maybe(search)})"

    def more_than_one(self, record: Lookup, scope: Scope) -> str:
        """Whether more than one record matches a lookup."""
        search, counted = self.search(record, scope, unknowns=False), replace(record, function="count")
        return f"({self._taken(counted, search, scope, 'COUNT(*)', False)} > 1)"


@dataclass(slots=True)
class Search:
    """A lookup in the making: its record, what links it, its condition, "" if it has none, and who looks."""

    frame: Frame
    links: list[str]
    where: str
    outer: Scope
    open: str

    @property
    def may_doubt(self) -> bool:
        """Whether a record may be found of which it can't be said whether it matches."""
        return bool(self.where) and self.open != _NEVER

    @property
    def matches(self) -> list[str]:
        """All that a record must fulfil."""
        return [*self.links, self.where] if self.where else self.links


_NEVER = "FALSE"
"""What must be so where nothing can be missing."""

_FOUND = {
    Find.COUNT: "COUNT(*)",
    Find.DISTINCT: "COUNT(DISTINCT {value})",
    Find.TOTAL: "COALESCE(SUM({value}), 0)",
    Find.LEAST: "MIN({value})",
    Find.MOST: "MAX({value})",
    Find.ONE: "{value}",
}
"""What is selected of the records that match; a quotient has no exact form here."""
