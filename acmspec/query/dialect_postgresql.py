"""How PostgreSQL spells what databases spell differently; it sends nothing anywhere."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from acmspec.query.dialect import BLANKS, Dialect, UnsayableError, sum_of_cases
from acmspec.query.letters import lower_case

_LONGEST_NAME = 63
"""Bytes: a longer name is cut off in silence."""
_SHORTENED = 40


class PostgresDialect(Dialect):
    """PostgreSQL from version 14 on, in a database that keeps texts in UTF-8.

    Texts are compared by code point wherever they come from: literals and loaded columns carry the collation "C".
    """

    @property
    def gathers_questions(self) -> bool:
        """No: a list of records that does not fit in its working memory is gone through once a record."""
        return False

    @property
    def has_codes(self) -> bool:
        """No: its own are compared by their place, and can't be made for a run alone."""
        return False

    def name(self, text: str) -> str:
        """A quoted name; one that is too long for the engine is told from others by its hash."""
        if len(text.encode()) > _LONGEST_NAME:
            text = f"{text[:_SHORTENED].encode()[:_SHORTENED].decode(errors='ignore')}#{_hash(text)}"
        return super().name(text)

    def text(self, value: str) -> str:
        """A text literal; `UnsayableError` for NUL, which no text of the engine can hold."""
        if "\0" in value:
            raise UnsayableError("a text holds a NUL character, which PostgreSQL can't keep")
        plain = unicodedata.normalize("NFC", value)
        # With a backslash in it, what it means hangs on a setting of the server.
        start = "E'" if "\\" in plain else "'"
        return start + plain.replace("\\", "\\\\").replace("'", "''") + '\' COLLATE "C"'

    def moment_after(self, sql: str, seconds_sql: str) -> str:
        """The moment so many seconds after another."""
        return f"({sql} + ({seconds_sql}) * INTERVAL '1 second')"

    def microseconds_between(self, start_sql: str, end_sql: str) -> str:
        """Microseconds from one moment to another; EXTRACT gives an exact number."""
        return f"CAST(EXTRACT(EPOCH FROM ({end_sql} - {start_sql})) * 1000000 AS BIGINT)"

    def last_begun(self, column: str, first: str, others: Sequence[tuple[datetime, str]]) -> str:
        """The same, always by halves: it plans conditions fast, and takes lists apart for each record."""
        return self.by_halves(column, first, others)

    def moved_by(self, sql: str, number_sql: str, unit: str, calendar: str = "", *, back: bool = False) -> str:
        """The date so many days, months or business days after another, or before it; the moment, in microseconds."""
        sign = "-" if back else "+"
        match unit:
            case "microsecond":
                # The number is below 2**53, for it counts no more than a hundred years.
                return f"({sql} {sign} CAST({number_sql} AS BIGINT) * INTERVAL '1 microsecond')"
            case "month":
                return f"CAST({sql} {sign} make_interval(months => CAST({number_sql} AS INTEGER)) AS DATE)"
            case _:
                return super().moved_by(sql, number_sql, unit, calendar, back=back)

    def numbers(self, count: int) -> str:
        """The first step of a WITH: a table `numbers` whose column `n` goes from 0 to less than a count."""
        return f"numbers AS (SELECT n FROM generate_series(0, {count - 1}) AS n)"

    def counted(self, condition: str) -> str:
        """The same, as a sum."""
        return sum_of_cases(condition)

    def different(self, sql: str, low: int, high: int) -> str:  # noqa: ARG002  (the same in each dialect)
        """Nothing: it keeps no bits."""
        return ""

    def normal(self, sql: str) -> str:
        """A cell without outer blanks and in Unicode's composed form (NFC)."""
        is_plain = self.matches(sql, "[!-~]([ -~]*[!-~])?")
        return f"CASE WHEN {is_plain} THEN {sql} ELSE normalize(btrim({sql}, {self.text(BLANKS)}), NFC) END"

    def is_normal(self, sql: str) -> str:
        """Whether a cell is in that form already, and not empty."""
        return f"({sql} <> {self.text('')} AND {sql} = {self.normal(sql)})"

    def lower(self, sql: str) -> str:
        """A text in lower case, letter by letter, whatever the server's locale says."""
        upper, lower = lower_case()
        return f"translate({sql}, {self.text(upper)}, {self.text(lower)})"

    def matches(self, sql: str, pattern: str) -> str:
        """Whether a text matches a pattern from its first to its last character."""
        return f"({sql} ~ {self.text(f'^(?:{pattern})$')})"

    def existing_day(self, sql: str) -> str:
        """The date a text of the form YYYY-MM-DD means, NULL if the calendar has no such day."""
        year, month, day = (f"CAST(substr({sql}, {start}, {size}) AS INTEGER)" for start, size in _PARTS)
        found = f"make_date({year}, {month}, 1) + ({day} - 1)"
        return (
            f"CASE WHEN {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 31"
            f" THEN CASE WHEN EXTRACT(MONTH FROM {found}) = {month} THEN {found} END END"
        )

    def written_day(self, sql: str, form: str) -> str:
        """The date that a text means, NULL if it has another form than YYYY-MM-DD or the calendar has no such day."""
        return f"CASE WHEN {self.matches(sql, form)} THEN {self.existing_day(sql)} END"

    def existing_moment(self, sql: str) -> str:
        """The moment a text of the form YYYY-MM-DD HH:MM:SS means, NULL if the calendar has no such day."""
        return f"CASE WHEN {self.existing_day(sql)} IS NOT NULL THEN CAST({sql} AS TIMESTAMP) END"


_PARTS = ((1, 4), (6, 2), (9, 2))
"""Where year, month and day stand in a date: the first character and how many there are."""


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:20]


POSTGRESQL = PostgresDialect()
