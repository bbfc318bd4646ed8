"""What makes the text of a cell valid, and its value, in SQL; one row a type. Knows nothing of files and messages."""

from acmspec.facts.cells_in_time import DATE, moment, period, shown_time
from acmspec.facts.problems import (
    NO_SUCH_TIME,
    NOT_A_BOOLEAN,
    NOT_A_DATE,
    NOT_A_DATETIME,
    NOT_A_DECIMAL,
    NOT_A_FISCAL_QUARTER,
    NOT_A_FISCAL_YEAR,
    NOT_A_MONTH,
    NOT_A_QUARTER,
    NOT_A_VALUE,
    NOT_A_YEAR,
    NOT_AN_INTEGER,
    NOT_MONEY,
    OFFSET_WITHOUT_ZONE,
)
from acmspec.ground.currency import SIGNS
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.program.tree import StoredColumn
from acmspec.program.types import DatetimeType, NumberType, PeriodType, TextType
from acmspec.query.dialect import Dialect, is_normal

_INTEGER = "[+-]?[0-9]{1,18}"
_DECIMAL = "[+-]?([0-9]{1,18}([.][0-9]{1,10})?|[.][0-9]{1,10})"
_MONEY = "([+-]?SIGN?|SIGN[+-])([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})([.][0-9]{1,10})?"
_UNSIGNED = "[+-]?([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})([.][0-9]{1,10})?"
_DIGITS = 18
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")

RULES: dict[str, Problem] = {
    "text": NOT_A_VALUE,
    "integer": NOT_AN_INTEGER,
    "decimal": NOT_A_DECIMAL,
    "money": NOT_MONEY,
    "date": NOT_A_DATE,
    "datetime": NOT_A_DATETIME,
    "month": NOT_A_MONTH,
    "quarter": NOT_A_QUARTER,
    "year": NOT_A_YEAR,
    "fiscal quarter": NOT_A_FISCAL_QUARTER,
    "fiscal year": NOT_A_FISCAL_YEAR,
    "boolean": NOT_A_BOOLEAN,
}
"""What is wrong with a cell that is there and not of its column's type."""


@node
class CellSql:
    """Writes what becomes of the cells of one column. `text` is SQL for the cell's text brought to normal form."""

    dialect: Dialect
    column: StoredColumn

    def known(self, text: str) -> str:
        """The text, NULL if it is empty or one of the codes for missing."""
        codes = dict.fromkeys(["", *(code.strip() for code in self.column.missing)])
        if self._folded is not None:
            listed = ", ".join(self.dialect.folded(self.dialect.text(code)) for code in codes)
            return f"CASE WHEN {self.dialect.folded(text)} NOT IN ({listed}) THEN {text} END"
        return f"CASE WHEN {text} NOT IN {self.dialect.texts(codes)} THEN {text} END"

    @property
    def is_listed(self) -> bool:
        """Whether the column has values that a cell must be to the letter, each as cells are in normal form."""
        values = self.column.values
        return values is not None and self._folded is None and all(map(is_normal, values))

    @property
    def has_decimals(self) -> bool:
        """Whether the column's decimals must be counted before its type is known."""
        return self.column.type in {"decimal", "money"}

    def decimals(self, text: str) -> str:
        """The most decimals any valid cell has: an aggregate."""
        pattern = _DECIMAL if self.column.type == "decimal" else self._money
        valid = self.dialect.matches(text, pattern)
        return f"MAX(CASE WHEN {valid} THEN {self.dialect.decimals(text)} ELSE 0 END)"

    def type(self, decimals: int) -> str:
        """The engine's type of the column's values; exact for every number that is valid."""
        match self.column.type:
            case "integer":
                return f"DECIMAL({_DIGITS}, 0)"
            case "decimal" | "money":
                return f"DECIMAL({_DIGITS + decimals}, {decimals})"
            case "datetime":
                return "TIMESTAMP"
            case "date" | "month" | "quarter" | "year" | "fiscal quarter" | "fiscal year":
                return "DATE"
            case "boolean":
                return "BOOLEAN"
            case _:
                return self.dialect.varchar

    @property
    def is_moment(self) -> bool:
        """Whether the column's cells are moments, which have a time that is shown and one that is meant."""
        return self.column.type == "datetime"

    def shown(self, text: str) -> str:
        """The day and time that stand in a cell of moments, NULL if it has none."""
        return shown_time(self.dialect, text)

    @property
    def zone(self) -> str:
        """The time zone of moments, "" if there is none."""
        return self.column.of.zone if isinstance(self.column.of, DatetimeType) else ""

    def faults(self, text: str, value: str, shown: str) -> tuple[tuple[Problem, str], ...]:
        """What can be wrong with a cell that is there, and whether it is; `shown` is a column of moments only."""
        if self.column.type == "text" and self.column.values is None:
            return ()
        rule, bad = RULES[self.column.type], f"{text} IS NOT NULL AND {value} IS NULL"
        if not self.is_moment:
            return ((rule, f"({bad})"),)
        other = NO_SUCH_TIME if self.zone else OFFSET_WITHOUT_ZONE
        return (rule, f"({bad} AND {shown} IS NULL)"), (other, f"({bad} AND {shown} IS NOT NULL)")

    def value(self, text: str, decimals: int, shown: str = "") -> str:
        """The value of a cell, NULL if it is missing or not valid; `shown` is a column of moments only."""
        matches = self.dialect.matches
        match self.column.type:
            case "integer":
                return f"CASE WHEN {matches(text, _INTEGER)} THEN CAST({text} AS {self.type(0)}) END"
            case "decimal":
                return f"CASE WHEN {matches(text, _DECIMAL)} THEN CAST({text} AS {self.type(decimals)}) END"
            case "money":
                unsigned = f"replace({text}, '{self._sign}', '')" if self._sign else text
                plain = f"replace({unsigned}, ',', '')"
                return f"CASE WHEN {matches(text, self._money)} THEN CAST({plain} AS {self.type(decimals)}) END"
            case "date":
                return self.dialect.written_day(text, DATE)
            case "datetime":
                return moment(self.dialect, text, shown, self.zone)
            case "month" | "quarter" | "year" | "fiscal quarter" | "fiscal year":
                return period(self.dialect, text, _period(self.column))
            case "boolean":
                yes, no = self.dialect.texts(_YES), self.dialect.texts(_NO)
                return f"CASE WHEN lower({text}) IN {yes} THEN TRUE WHEN lower({text}) IN {no} THEN FALSE END"
            case _:
                return self._text(text)

    @property
    def _sign(self) -> str:
        """The sign that may stand in a cell of money, that of the contract's currency; "" if it has none."""
        of = self.column.of
        return SIGNS.get(of.unit.factors[0][0], "") if isinstance(of, NumberType) and of.unit.factors else ""

    @property
    def _money(self) -> str:
        """What a cell of money looks like. Another currency's sign would be read as if it were this one."""
        return _MONEY.replace("SIGN", f"[{self._sign}]") if self._sign else _UNSIGNED

    def _text(self, text: str) -> str:
        values = self.column.values
        if self._folded is not None:
            text = self.dialect.folded(text, self._folded.spellings)
        if values is None:
            return text
        return f"CASE WHEN {text} IN {self.dialect.texts(values)} THEN {text} END" if values else "NULL"

    @property
    def _folded(self) -> TextType | None:
        """What the column means where case doesn't count in it, else None."""
        return self.column.of if isinstance(self.column.of, TextType) and self.column.of.folded else None


def _period(column: StoredColumn) -> PeriodType:
    if not isinstance(column.of, PeriodType):
        raise TypeError(f"the column {column.name} is of type {column.type} and does not say which")
    return column.of
