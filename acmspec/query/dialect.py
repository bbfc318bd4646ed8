"""How one database spells what databases spell differently; everything else in the SQL is common to them.

To reach another database, subclass and override what differs. Every argument named `sql` is SQL already; every
other text is data and is quoted here, so nothing an author writes can become SQL.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from acmspec.ground.calendar import Length

BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Every character that is trimmed off the ends of a cell: what Unicode calls white space, as `str.strip` does."""

_FIRST = date.min
_LATEST = date.max
_DIGITS = 38


class UnsayableError(Exception):
    """Something that a database can't say exactly; `str()` says what."""


class Dialect:
    """DuckDB's spelling, which others share but for the methods that say otherwise."""

    @property
    def gathers_questions(self) -> bool:
        """Whether the records for which there is another one are faster found all at once than one by one."""
        return True

    def name(self, text: str) -> str:
        """A quoted name of a table or column."""
        if "\0" in text:
            raise ValueError("a name of a table or column holds a NUL character")
        return '"' + text.replace('"', '""') + '"'

    @property
    def settings(self) -> tuple[str, ...]:
        """The statements that set what the SQL relies on, for whoever runs it by hand."""
        return ()

    @property
    def table(self) -> str:
        """What stands after CREATE for a table that is made of a SELECT by hand."""
        return "TABLE"

    @property
    def sees_all_records(self) -> bool:
        """Whether a subquery sees the records of all queries that it stands in, and not only of the next."""
        return True

    @property
    def varchar(self) -> str:
        """The type of texts of any length."""
        return "VARCHAR"

    @property
    def has_codes(self) -> bool:
        """Whether texts can be kept as numbers that stand for them, which are counted by in less time and space."""
        return True

    def coded(self, sql: str, code: str) -> str:
        """A text as one of a type of texts that was made."""
        return f"CAST({sql} AS {self.name(code)})"

    def code(self, code: str, texts: Sequence[str]) -> str:
        """The statement that makes a type of texts; without any, it is one of all texts."""
        of = f"ENUM {self.texts(texts)}" if texts else self.varchar
        return f"CREATE TYPE {self.name(code)} AS {of}"

    def shown(self, sql: str) -> str:
        """A number or a date as text: 1.50, 2025-07-01."""
        return f"CAST({sql} AS {self.varchar})"

    def text(self, value: str) -> str:
        """A text literal, in the normal form cells are brought to (NFC); NUL can't stand in one, so it is joined on."""
        pieces = unicodedata.normalize("NFC", value).split("\0")
        return " || chr(0) || ".join("'" + piece.replace("'", "''") + "'" for piece in pieces)

    def texts(self, values: Iterable[str]) -> str:
        """A bracketed list of text literals."""
        return "(" + ", ".join(self.text(value) for value in values) + ")"

    def numbers(self, count: int) -> str:
        """The first step of a WITH: a table `numbers` whose column `n` goes from 0 to less than a count."""
        return f"numbers AS (SELECT CAST(range AS INTEGER) AS n FROM range({count}))"

    def day(self, value: date) -> str:
        """A date literal."""
        return f"DATE '{value.isoformat()}'"

    def moment(self, value: datetime) -> str:
        """A literal of a date and a time of day."""
        return f"TIMESTAMP '{value.isoformat(' ')}'"

    def day_of(self, sql: str) -> str:
        """The date of a date with a time of day."""
        return f"CAST({sql} AS DATE)"

    def moment_after(self, sql: str, seconds_sql: str) -> str:
        """The moment so many seconds after another; before it, if the number is negative."""
        return f"({sql} + to_seconds({seconds_sql}))"

    def microseconds_between(self, start_sql: str, end_sql: str) -> str:
        """Microseconds from one moment to another, a whole number."""
        return f"(epoch_us({end_sql}) - epoch_us({start_sql}))"

    def last_begun(self, column: str, first: str, others: Sequence[tuple[datetime, str]]) -> str:
        """What holds at a moment: the value of the last stretch that has begun, or the first; of many, by their years.

        A condition for each is planned anew wherever a day is asked for, which takes longer than to read the records.
        """
        if len(others) < self.many:
            return self.by_halves(column, first, others)
        years, starts, values = _by_year(first, others)
        place = f"LEAST(GREATEST(YEAR({column}), {years[0]}), {years[-1]}) - {years[0]}"
        held = [self.number_at(each, place) for each in values]
        ways = (
            f"WHEN {column} < {self.moment_at(each, place)} THEN {value}"
            for each, value in zip(starts, held, strict=False)
        )
        return f"CASE {' '.join(ways)} ELSE {held[-1]} END"

    @property
    def many(self) -> int:
        """From how many stretches on they are looked up by their years."""
        return 100

    def by_halves(self, column: str, first: str, others: Sequence[tuple[datetime, str]]) -> str:
        """The same, found by halves."""
        if not others:
            return first
        middle = len(others) // 2
        start, value = others[middle]
        before = self.by_halves(column, first, others[:middle])
        after = self.by_halves(column, value, others[middle + 1 :])
        return f"CASE WHEN {column} < {self.moment(start)} THEN {before} ELSE {after} END"

    def number_at(self, values: Sequence[str], place: str) -> str:
        """The whole number at a place, from 0, of some, of which one may be NULL."""
        return self._at(values, "INTEGER", place)

    def moment_at(self, values: Sequence[str], place: str) -> str:
        """The moment at a place, from 0, of some."""
        return self._at(values, "TIMESTAMP", place)

    def _at(self, values: Sequence[str], of: str, place: str) -> str:
        listed = self.text(f"[{', '.join(values)}]")
        return f"list_extract(CAST({listed} AS {of}[]), {place} + 1)"

    def part(self, part: str, sql: str) -> str:
        """The YEAR, MONTH or DAY of a date, or its WEEK as ISO 8601 numbers them, as a whole number."""
        return f"CAST(EXTRACT({part} FROM {sql}) AS INTEGER)"

    def monday(self, sql: str) -> str:
        """The Monday of the week of a date."""
        return f"({sql} - (CAST(EXTRACT(ISODOW FROM {sql}) AS INTEGER) - 1))"

    def date_of_parts(self, year_sql: str, month_sql: str, day_sql: str) -> str:
        """The date of a year, a month and a day, which exists."""
        return f"make_date({year_sql}, {month_sql}, {day_sql})"

    def number(self, value: Fraction) -> str:
        """An exact number as the narrowest decimal that holds it; ValueError if it has no finite decimal form."""
        decimals = 0
        while value.denominator != 1 and (value * 10**decimals).denominator != 1:
            decimals += 1
            if decimals > _DIGITS:
                raise ValueError(f"{value} has no decimal form of {_DIGITS} digits")
        shown = f"{Decimal(int(value * 10**decimals)).scaleb(-decimals):f}"
        digits = max(len(shown.lstrip("-").replace(".", "")), 1)
        if digits > _DIGITS:
            raise ValueError(f"{value} has no decimal form of {_DIGITS} digits")
        return f"CAST('{shown}' AS DECIMAL({digits}, {decimals}))"

    def make_room(self, decimals: int) -> None:
        """Raise `UnsayableError` if the engine would round a number of so many digits after the point."""

    def product(self, left_sql: str, right_sql: str) -> str:
        """Two numbers multiplied; the one before them makes a type that holds more than each of them does."""
        return f"(CAST(1 AS DECIMAL(19, 0)) * {left_sql} * {right_sql})"

    def later(self, sql: str, length: Length) -> str:
        """The date a length after a date: months first, clamped at the month's end, then days, then business days."""
        moved = self._shifted(sql, "+", length)
        return self._worked(moved, length, f'"upto" + {length.business}') if length.business else moved

    def earlier(self, sql: str, length: Length) -> str:
        """The date a length before a date, likewise."""
        moved = self._shifted(sql, "-", length)
        return self._worked(moved, length, f'"before" - {length.business - 1}') if length.business else moved

    def _worked(self, sql: str, length: Length, number: str) -> str:
        """The business day of a number, which is reckoned from the columns of a day of the calendar."""
        table = self.name(calendar_name(length.calendar))
        return (
            f'(SELECT MIN("worked"."day") FROM {table} AS "from" JOIN {table} AS "worked"'
            f' ON "worked"."business" = "from".{number} WHERE "from"."day" = {sql})'
        )

    def business_days(self, start_sql: str, end_sql: str, calendar: str) -> str:
        """How many business days lie after one date and through another, NULL where the calendar doesn't cover both."""
        table = self.name(calendar_name(calendar))
        upto = [f'(SELECT MIN("known") FROM {table} AS "c" WHERE "c"."day" = {sql})' for sql in (end_sql, start_sql)]
        return f"({upto[0]} - {upto[1]})"

    def days_after(self, sql: str, number_sql: str) -> str:
        """The date that many days after a date."""
        return f"({sql} + CAST({number_sql} AS INTEGER))"

    def moved_by(self, sql: str, number_sql: str, unit: str, calendar: str = "", *, back: bool = False) -> str:
        """The date so many days, months or business days after another, or before it; the moment, in microseconds."""
        number = f"CAST({number_sql} AS INTEGER)"
        match unit:
            case "microsecond":
                return f"({sql} {'-' if back else '+'} to_microseconds(CAST({number_sql} AS BIGINT)))"
            case "day":
                return f"({sql} {'-' if back else '+'} {number})"
            case "month":
                return f"CAST({sql} {'-' if back else '+'} to_months({number}) AS DATE)"
            case _:
                reckoned = f'"before" - {number} + 1' if back else f'"upto" + {number}'
                worked = self._worked(sql, Length(business=1, calendar=calendar), reckoned)
                # No business days from a day that is not worked lead to that day itself.
                return f"CASE WHEN {number} = 0 THEN {sql} ELSE {worked} END"

    @staticmethod
    def _shifted(sql: str, sign: str, length: Length) -> str:
        days = f" {sign} {length.days}" if length.days else ""
        if length.months:
            return f"(CAST({sql} {sign} INTERVAL '{length.months} months' AS DATE){days})"
        # A number of days makes a date at once, an interval makes a moment first, which takes twice the time.
        return f"({sql}{days})" if days else sql

    @property
    def never(self) -> str:
        """The last date that a calendar can hold, which stands for a day that nobody knows."""
        return self.day(_LATEST)

    def let(self, values: Iterable[str], made: str) -> str:
        """What is made of some values, each worked out once: `made` calls them v.v0, v.v1 and so on."""
        selected = ", ".join(f"{sql} AS v{index}" for index, sql in enumerate(values))
        return f"(SELECT {made} FROM (SELECT {selected}) AS v)"

    def latest_day(self, sql: str) -> str:
        """A date no later than the last one a calendar can hold."""
        return f"LEAST({sql}, {self.never})"

    def day_number(self, sql: str) -> str:
        """A date as a whole number, each day one more than the day before."""
        return f"({sql} - {self.day(_FIRST)})"

    def days_between(self, start_sql: str, end_sql: str) -> str:
        """Whole days from one date to another."""
        return f"({end_sql} - {start_sql})"

    def normal(self, sql: str) -> str:
        """A cell without outer blanks and in Unicode's composed form (NFC)."""
        # Nearly every cell is in that form already, which a pattern tells ten times faster than trimming does.
        is_plain = self.matches(sql, "[!-~]([ -~]*[!-~])?")
        return f"CASE WHEN {is_plain} THEN {sql} ELSE nfc_normalize(trim({sql}, {self.text(BLANKS)})) END"

    def is_normal(self, sql: str) -> str:
        """Whether a cell is in that form already, and not empty."""
        # Texts of plain letters are, which is told without making another text; an empty one has no last letter.
        ends = f"{sql} >= '!' AND {sql}[-1] >= '!'"
        other = f"{sql} <> '' AND {sql} = nfc_normalize(trim({sql}, {self.text(BLANKS)}))"
        return f"CASE WHEN strlen({sql}) = length({sql}) THEN {ends} ELSE {other} END"

    def apart(self, row: str, day: str, days: int) -> str:  # noqa: ARG002  (for engines that can't go by steps)
        """Of the rows of a group, each so many days behind the one kept before; "" where a query goes step by step."""
        return ""

    def gathered(self, what: str, value: str, among: str) -> str:
        """What aggregates with {value} to fill in come to, of what stands after FROM."""
        return f"(SELECT {what.format(value=value)} FROM {among})"

    def counted(self, condition: str) -> str:
        """How many rows of a group meet a condition; where it is unknown, a row does not."""
        # Twice as fast as a sum of cases; of rows for all of which it is unknown the engine says NULL.
        return f"COALESCE(COUNT_IF({condition}), 0)"

    def joined(self, numbers: str) -> str:
        """The numbers of a group as one text with commas between, in no order."""
        return f"string_agg({self.shown(numbers)}, ',')"

    def placed(self, value: str, among: str, keys: Sequence[str], way: str, position: int) -> str:
        """The value of the record at a position, from 1, in the order of some keys, of what stands after FROM."""
        return f"(SELECT {value} FROM {among} ORDER BY {self.in_order(keys, way)} LIMIT 1 OFFSET {position - 1})"

    @staticmethod
    def in_order(keys: Sequence[str], way: str) -> str:
        """An order by keys; a missing one comes last whichever end is taken, as in the choices of cohorts."""
        return ", ".join(f"CASE WHEN {key} IS NULL THEN 1 ELSE 0 END, {key} {way}" for key in keys)

    def different(self, sql: str, low: int, high: int) -> str:
        """How many different whole numbers of a range stand in a group, by a bit for each; "" if that can't be said."""
        return f"bit_count(bitstring_agg(CAST({sql} AS BIGINT), {low}, {high}))"

    def packed(self, texts: Sequence[str]) -> str:
        """Several texts as one value."""
        return f"[{', '.join(texts)}]"

    def unpacked(self, sql: str, index: int) -> str:
        """One of several texts that were made one value, counted from 0."""
        return f"{sql}[{index + 1}]"

    def fitting(self, sql: str, of: str) -> str:
        """A number as a type of numbers, NULL where it is too large for it."""
        return f"TRY_CAST({sql} AS {of})"

    def folded(self, sql: str, spellings: Iterable[str] = ()) -> str:
        """A text of which case doesn't count: the first spelling that it equals, else the text in lower case."""
        lower = self.lower(sql)
        known = [f"WHEN {self.lower(self.text(one))} THEN {self.text(one)}" for one in spellings]
        return f"CASE {lower} {' '.join(known)} ELSE {lower} END" if known else lower

    def lower(self, sql: str) -> str:
        """A text in lower case, letter by letter."""
        return f"lower({sql})"

    def matches(self, sql: str, pattern: str) -> str:
        """Whether a text matches a pattern from its first to its last character."""
        return f"regexp_full_match({sql}, {self.text(pattern)})"

    def without(self, sql: str, pattern: str) -> str:
        """A text without the first part of it that matches a pattern."""
        return f"regexp_replace({sql}, {self.text(pattern)}, '')"

    def decimals(self, sql: str) -> str:
        """How many digits stand after the point of a number's text, zeros at the end aside."""
        return f"length(rtrim(regexp_replace({sql}, '^[^.]*[.]?', ''), '0'))"

    def existing_day(self, sql: str) -> str:
        """The date a text of the form YYYY-MM-DD means, NULL if the calendar has no such day."""
        return f"TRY_CAST({sql} AS DATE)"

    def written_day(self, sql: str, form: str) -> str:  # noqa: ARG002  (others match the form)
        """The date that a text means, NULL if it has another form than YYYY-MM-DD or the calendar has no such day.

        It has the form if the date is written so. To write it costs less than to match a pattern.
        """
        day = self.existing_day(sql)
        return f"CASE WHEN strlen({sql}) = 10 AND {self.shown(day)} = {sql} THEN {day} END"

    def existing_moment(self, sql: str) -> str:
        """The moment a text of the form YYYY-MM-DD HH:MM:SS means, NULL if the calendar has no such day."""
        return f"TRY_CAST({sql} AS TIMESTAMP)"

    def plain_number(self, sql: str) -> str:
        """A decimal's text without zeros at its end."""
        shown = self.shown(sql)
        return f"CASE WHEN {shown} LIKE '%.%' THEN rtrim(rtrim({shown}, '0'), '.') ELSE {shown} END"


def sum_of_cases(condition: str) -> str:
    """How many rows of a group meet a condition, for engines that have no count of their own for it."""
    return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def _by_year(first: str, others: Sequence[tuple[datetime, str]]) -> tuple[range, list[list[str]], list[list[str]]]:
    """The years in which stretches begin and those around; by year, when each begins and what holds from there on.

    What holds before the first of a year stands before the others.
    """
    years = range(others[0][0].year - 1, others[-1][0].year + 2)
    by_year = {year: [one for one in others if one[0].year == year] for year in years}
    most, value = max(map(len, by_year.values())), first
    starts: list[list[str]] = [[] for _ in range(most)]
    values: list[list[str]] = [[] for _ in range(most + 1)]
    for year, own in by_year.items():
        values[0].append(value)
        for at in range(most):
            # Where nothing more begins in a year, the next one begins with the same.
            start, value = own[at] if at < len(own) else (datetime(year + 1, 1, 1), value)  # noqa: DTZ001  (no zone)
            starts[at].append(str(start))
            values[at + 1].append(value)
    return years, starts, values


def is_normal(text: str) -> bool:
    """Whether a text is in the normal form that cells are brought to, and not empty."""
    return text != "" and text == unicodedata.normalize("NFC", text).strip(BLANKS)


def calendar_name(calendar: str) -> str:
    """The table of a calendar; its blank keeps it apart from every table an author can name."""
    return f"calendar {calendar}"


DUCKDB = Dialect()
