"""What makes the text of a cell valid, and its value, in SQL; one row a type. Knows nothing of files and messages."""

from acmspec.facts.problems import (
    NOT_A_BOOLEAN,
    NOT_A_DATE,
    NOT_A_DECIMAL,
    NOT_A_VALUE,
    NOT_AN_INTEGER,
    NOT_MONEY,
)
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.program.tree import StoredColumn
from acmspec.query.dialect import Dialect

_YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9])"
_DATE = _YEAR + "-[0-9][0-9]-[0-9][0-9]"
_INTEGER = "[+-]?[0-9]{1,18}"
_DECIMAL = "[+-]?([0-9]{1,18}([.][0-9]{1,10})?|[.][0-9]{1,10})"
_MONEY = "([+-]?[$]?|[$][+-])([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})([.][0-9]{1,10})?"
_DIGITS = 18
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")

RULES: dict[str, Problem] = {
    "text": NOT_A_VALUE,
    "integer": NOT_AN_INTEGER,
    "decimal": NOT_A_DECIMAL,
    "money": NOT_MONEY,
    "date": NOT_A_DATE,
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
        return f"CASE WHEN {text} NOT IN {self.dialect.texts(codes)} THEN {text} END"

    @property
    def has_decimals(self) -> bool:
        """Whether the column's decimals must be counted before its type is known."""
        return self.column.type in {"decimal", "money"}

    def decimals(self, text: str) -> str:
        """The most decimals any valid cell has: an aggregate."""
        pattern = _DECIMAL if self.column.type == "decimal" else _MONEY
        valid = self.dialect.matches(text, pattern)
        return f"MAX(CASE WHEN {valid} THEN {self.dialect.decimals(text)} ELSE 0 END)"

    def type(self, decimals: int) -> str:
        """The engine's type of the column's values; exact for every number that is valid."""
        match self.column.type:
            case "integer":
                return f"DECIMAL({_DIGITS}, 0)"
            case "decimal" | "money":
                return f"DECIMAL({_DIGITS + decimals}, {decimals})"
            case "date":
                return "DATE"
            case "boolean":
                return "BOOLEAN"
            case _:
                return "VARCHAR"

    def value(self, text: str, decimals: int) -> str:
        """The value of a cell, NULL if it is missing or not valid."""
        matches = self.dialect.matches
        match self.column.type:
            case "integer":
                return f"CASE WHEN {matches(text, _INTEGER)} THEN CAST({text} AS {self.type(0)}) END"
            case "decimal":
                return f"CASE WHEN {matches(text, _DECIMAL)} THEN CAST({text} AS {self.type(decimals)}) END"
            case "money":
                plain = f"replace(replace({text}, '$', ''), ',', '')"
                return f"CASE WHEN {matches(text, _MONEY)} THEN CAST({plain} AS {self.type(decimals)}) END"
            case "date":
                return f"CASE WHEN {matches(text, _DATE)} THEN {self.dialect.existing_day(text)} END"
            case "boolean":
                yes, no = self.dialect.texts(_YES), self.dialect.texts(_NO)
                return f"CASE WHEN lower({text}) IN {yes} THEN TRUE WHEN lower({text}) IN {no} THEN FALSE END"
            case _:
                values = self.column.values
                if values is None:
                    return text
                return f"CASE WHEN {text} IN {self.dialect.texts(values)} THEN {text} END" if values else "NULL"
