"""How Spark SQL spells what databases spell differently; it sends nothing anywhere.

It relies on settings of a session, `SETTINGS`, without which Spark rounds, cuts off and gives NULL where others stop.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from acmspec.ground.calendar import Length
from acmspec.query.dialect import BLANKS, Dialect, UnsayableError, calendar_name, sum_of_cases
from acmspec.query.letters import lower_case

SETTINGS = {
    # What can't be computed is an error, never NULL; names are quoted as in the standard, and case counts in them.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.ansi.enforceReservedKeywords": "false",
    "spark.sql.caseSensitive": "true",
    # Digits after the point are kept whatever stands before it, so that a number too large is an error.
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.legacy.decimal.retainFractionDigitsOnTruncate": "true",
    # A moment is what stands there, in no zone.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    # A text means what is written: `${…}` in one would be replaced by settings and variables.
    "spark.sql.variable.substitute": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
}
"""What the SQL relies on."""

_DIGITS = 38


class SparkDialect(Dialect):
    """Spark from version 4.1 on. Texts are compared by code point, as UTF-8 is by bytes."""

    @property
    def settings(self) -> tuple[str, ...]:
        """The statements that set what the SQL relies on."""
        return tuple(f"SET {key} = {value}" for key, value in SETTINGS.items())

    @property
    def table(self) -> str:
        """A view: a table of a catalog can't be called as the tables of a plan are."""
        return "TEMPORARY VIEW"

    @property
    def sees_all_records(self) -> bool:
        """A subquery sees the records of the next query only."""
        return False

    @property
    def gathers_questions(self) -> bool:
        """No: it asks for the presence of records, and turns that into a join itself."""
        return False

    @property
    def has_codes(self) -> bool:
        """No: it keeps texts in dictionaries of its own."""
        return False

    def apart(self, row: str, day: str, days: int) -> str:
        """Such rows, of a list: Spark plans each step of a query anew, and fails where lookups stand in it."""
        listed = f"ARRAY_SORT(COLLECT_LIST(NAMED_STRUCT('row', {row}, 'day', {day})))"
        none = "NAMED_STRUCT('day', CAST(NULL AS INTEGER), 'rows', CAST(ARRAY() AS ARRAY<INTEGER>))"
        more = "NAMED_STRUCT('day', x.day, 'rows', CONCAT(a.rows, ARRAY(x.row)))"
        kept = f"CASE WHEN a.day IS NULL OR x.day > a.day + {days} THEN {more} ELSE a END"
        return f"EXPLODE(AGGREGATE({listed}, {none}, (a, x) -> {kept}, a -> a.rows))"

    @property
    def varchar(self) -> str:
        """The type of texts of any length."""
        return "STRING"

    def text(self, value: str) -> str:
        """A text literal, in which a backslash begins an escape."""
        plain = unicodedata.normalize("NFC", value)
        return "'" + "".join(_ESCAPED.get(one, one) for one in plain) + "'"

    def numbers(self, count: int) -> str:
        """The first step of a WITH: a table `numbers` whose column `n` goes from 0 to less than a count."""
        return f"numbers AS (SELECT CAST(id AS INTEGER) AS n FROM range({count}))"

    def moment(self, value: datetime) -> str:
        """A literal of a date and a time of day."""
        return f"TIMESTAMP_NTZ '{value.isoformat(' ')}'"

    def moment_after(self, sql: str, seconds_sql: str) -> str:
        """The moment so many seconds after another."""
        return f"timestampadd(SECOND, {seconds_sql}, {sql})"

    def microseconds_between(self, start_sql: str, end_sql: str) -> str:
        """Microseconds from one moment to another, a whole number."""
        return f"timestampdiff(MICROSECOND, {start_sql}, {end_sql})"

    @property
    def many(self) -> int:
        """Few: it takes seconds to plan a hundred conditions."""
        return 8

    def number_at(self, values: Sequence[str], place: str) -> str:
        """The whole number at a place, from 0, of some, of which one may be NULL."""
        return f"TRY_CAST(get({self._list(values)}, {place}) AS INTEGER)"

    def moment_at(self, values: Sequence[str], place: str) -> str:
        """The moment at a place, from 0, of some."""
        return f"get(CAST({self._list(values)} AS ARRAY<TIMESTAMP_NTZ>), {place})"

    def _list(self, values: Sequence[str]) -> str:
        return f"split({self.text(','.join(values))}, ',')"

    def gathered(self, what: str, value: str, among: str) -> str:
        """The same with the value worked out before: an aggregate may speak of one record, and of no subquery."""
        if "(" not in value:
            return super().gathered(what, value, among)
        return super().gathered(what, "t.v", f"(SELECT {value} AS v FROM {among}) AS t")

    def counted(self, condition: str) -> str:
        """The same, as a sum."""
        return sum_of_cases(condition)

    def joined(self, numbers: str) -> str:
        """The numbers of a group as one text with commas between, in no order."""
        return f"array_join(collect_list({self.shown(numbers)}), ',')"

    def placed(self, value: str, among: str, keys: Sequence[str], way: str, position: int) -> str:
        """The value of the record at a position, beside its keys: an order by what isn't selected is forgotten.

        For what is asked for each record, Spark numbers those that match, and then in the order in which they arrive.
        """
        named = [f"o{index}" for index, _ in enumerate(keys)]
        listed = "".join(f", {key} AS {name}" for key, name in zip(keys, named, strict=True))
        return f"(SELECT t.v FROM {super().placed(f'{value} AS v{listed}', among, named, way, position)} AS t)"

    def monday(self, sql: str) -> str:
        """The Monday of the week of a date."""
        return f"date_sub({sql}, weekday({sql}))"

    def make_room(self, decimals: int) -> None:
        """Raise `UnsayableError` if a number could have more digits after the point than Spark keeps: it rounds."""
        if decimals > _DIGITS:
            raise UnsayableError(
                f"a product may have {decimals} digits after the point, of which Spark keeps {_DIGITS}"
            )

    def days_after(self, sql: str, number_sql: str) -> str:
        """The date that many days after a date."""
        return f"date_add({sql}, {_whole(number_sql)})"

    def moved_by(self, sql: str, number_sql: str, unit: str, calendar: str = "", *, back: bool = False) -> str:
        """The date so many days, months or business days after another, or before it; the moment, in microseconds."""
        sign = "-" if back else ""
        match unit:
            case "microsecond":
                return f"timestampadd(MICROSECOND, {sign}CAST(round({number_sql}, 0) AS BIGINT), {sql})"
            case "day":
                return f"date_add({sql}, {sign}{_whole(number_sql)})"
            case "month":
                return f"add_months({sql}, {sign}{_whole(number_sql)})"
            case _:
                return super().moved_by(sql, f"round({number_sql}, 0)", unit, calendar, back=back)

    @staticmethod
    def _shifted(sql: str, sign: str, length: Length) -> str:
        minus = "-" if sign == "-" else ""
        moved = f"add_months({sql}, {minus}{length.months})" if length.months else sql
        return f"date_add({moved}, {minus}{length.days})" if length.days else moved

    def _worked(self, sql: str, length: Length, number: str) -> str:
        """The business day of a number, by its place: Spark joins no calendar to what stands in a subquery."""
        column, _, more = number.partition(" ")
        table = self.name(calendar_name(length.calendar))
        worked = _array(f'{table} WHERE "business" IS NOT NULL', '"day"')
        return f"get({worked}, get({_array(table, column)}, {self._place(sql, table)}) {more} - 1)"

    def business_days(self, start_sql: str, end_sql: str, calendar: str) -> str:
        """How many business days lie after one date and through another, NULL where the calendar doesn't cover both."""
        table = self.name(calendar_name(calendar))
        known = _array(table, '"known"')
        upto = [f"get({known}, {self._place(sql, table)})" for sql in (end_sql, start_sql)]
        return f"({upto[0]} - {upto[1]})"

    def _place(self, sql: str, table: str) -> str:
        """The place of a date among the days of a calendar, of which none is left out."""
        return f'datediff({sql}, (SELECT MIN("day") FROM {table}))'

    def let(self, values: Iterable[str], made: str) -> str:
        """What is made of some values, each worked out once; a subquery could stand in no condition of a join."""
        named = ", ".join(f"{sql} AS v{index}" for index, sql in enumerate(values))
        return f"get(transform(array(struct({named})), v -> {made}), 0)"

    def day_number(self, sql: str) -> str:
        """A date as a whole number, each day one more than the day before."""
        return f"datediff({sql}, {self.day(date.min)})"

    def days_between(self, start_sql: str, end_sql: str) -> str:
        """Whole days from one date to another."""
        return f"datediff({end_sql}, {start_sql})"

    def different(self, sql: str, low: int, high: int) -> str:  # noqa: ARG002  (the same in each dialect)
        """Nothing: it keeps no bits."""
        return ""

    def normal(self, sql: str) -> str:
        """A cell without outer blanks; Spark knows no Unicode form, so that cells are loaded in the composed one."""
        return f"btrim({sql}, {self.text(BLANKS)})"

    def is_normal(self, sql: str) -> str:
        """Whether a cell is in that form already, and not empty."""
        return f"({sql} <> '' AND {sql} = {self.normal(sql)})"

    def lower(self, sql: str) -> str:
        """A text in lower case, letter by letter."""
        upper, lower = lower_case()
        return f"translate({sql}, {self.text(upper)}, {self.text(lower)})"

    def matches(self, sql: str, pattern: str) -> str:
        """Whether a text matches a pattern from its first to its last character."""
        whole = self.text(rf"\A(?:{pattern})\z")
        return f"({sql} RLIKE {whole})"

    def without(self, sql: str, pattern: str) -> str:
        """A text without the part of it that matches a pattern, which stands at one place only."""
        return f"regexp_replace({sql}, {self.text(pattern)}, '')"

    def decimals(self, sql: str) -> str:
        """How many digits stand after the point of a number's text, zeros at the end aside."""
        behind = f"regexp_replace({sql}, '^[^.]*[.]?', '')"
        return f"length(regexp_replace({behind}, '0+$', ''))"

    def written_day(self, sql: str, form: str) -> str:
        """The date that a text means, NULL if it has another form than YYYY-MM-DD or the calendar has no such day."""
        return f"CASE WHEN {self.matches(sql, form)} THEN {self.existing_day(sql)} END"

    def existing_moment(self, sql: str) -> str:
        """The moment a text of the form YYYY-MM-DD HH:MM:SS means, NULL if the calendar has no such day."""
        return f"TRY_CAST({sql} AS TIMESTAMP_NTZ)"

    def plain_number(self, sql: str) -> str:
        """A decimal's text without zeros at its end."""
        shown = self.shown(sql)
        return f"CASE WHEN {shown} LIKE '%.%' THEN regexp_replace({shown}, '[.]?0+$', '') ELSE {shown} END"


def _whole(sql: str) -> str:
    """A number as a whole one, rounded as others do where they make one of it; Spark would cut it off."""
    return f"CAST(round({sql}, 0) AS INTEGER)"


def _array(source: str, column: str) -> str:
    """A column of a calendar as an array in the order of its days, which is worked out once a query."""
    both = f'array_sort(collect_list(struct("day" AS d, {column} AS c)))'
    return f"(SELECT transform({both}, one -> one.c) FROM {source})"


_ESCAPED = {"'": "\\'", "\\": "\\\\", "\0": "\\u0000"}

SPARK = SparkDialect()
