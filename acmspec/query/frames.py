"""The records an expression speaks of as they stand in a query: aliases, to-one joins, and what is no record's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from acmspec.ground.node import node
from acmspec.program.record import Column, FieldValue, Step
from acmspec.query.dialect import Dialect

RECORD = "#record"
"""The column of every table that numbers its records; no field can be called so."""

NUMBER = f'"{RECORD}"'
"""That column, quoted."""


@dataclass(slots=True)
class Frame:
    """One record in scope: its table, the alias it has in the query, and the to-one joins its fields have asked for."""

    table: str
    alias: str
    joins: dict[tuple[Step, ...], str] = field(default_factory=dict)
    asked: dict[str, str] | None = None
    """What is asked of other records for each, by its SQL, under the name of a column; None: it is asked in place."""
    limits: str = ""
    """Of which records only it matters what is asked, as a condition; "" if of all."""
    sure: Column | None = None
    """The column that none of the records lacks of which it matters."""
    carried: dict[str, str] = field(default_factory=dict)
    """What it carries of records further out, by its SQL, under the name of a column."""


Scope = tuple[Frame, ...]
"""The records in scope, the innermost first."""


@node
class Times:
    """What an expression may speak of that is no record's.

    The data date, the day each table is complete through, and the window's first and last day as SQL.
    """

    data_date: date
    through: Mapping[str, date]
    first: str = ""
    last: str = ""


class Frames:
    """Gives the records of one query their aliases and joins.

    `keys` gives each table's key columns. A to-one step is a left join on the one key column of its table,
    which is unique among valid records, so it never multiplies records. `times` may name no window: then no
    expression may speak of the period.
    """

    def __init__(self, dialect: Dialect, keys: Mapping[str, tuple[str, ...]], times: Times) -> None:
        self._dialect = dialect
        self._keys = keys
        self._times = times
        self._aliases = 0
        self._beneath = 0

    def frame(self, table: str) -> Frame:
        """A new record of a table, under an alias of its own."""
        self._aliases += 1
        return Frame(table, f"r{self._aliases}")

    def column(self, frame: Frame, name: str) -> str:
        """A column of a frame's own record."""
        return f"{self._dialect.name(frame.alias)}.{self._dialect.name(name)}"

    def source(self, frame: Frame, beside: str = "", kept: str = "") -> str:
        """What stands after FROM for a frame; to be asked for once every expression over it is written.

        `beside` is what is joined where its questions are asked, if it has any, and `kept` a column of that.
        """
        name = self._dialect.name
        own = f"{name(frame.table)} AS {name(frame.alias)}"
        if frame.carried:
            columns = ", ".join(["x.*", *(f"{sql} AS {name(as_)}" for sql, as_ in frame.carried.items())])
            own = f"(SELECT {columns} FROM {name(frame.table)} AS x) AS {name(frame.alias)}"
        if not frame.asked:
            return self._joined(own, frame, frame.joins)
        # Engines work out each mention of a question anew, so that what is asked often is asked beneath, once.
        questions = [*frame.asked, beside]
        needed = [steps for steps, alias in frame.joins.items() if any(name(alias) in one for one in questions)]
        needed = [steps for steps in frame.joins if any(one[: len(steps)] == steps for one in needed)]
        beneath = f"{self._joined(own, frame, needed)} {beside}".rstrip()
        asked = [f"{sql} AS {name(as_)}" for sql, as_ in frame.asked.items()]
        columns = ", ".join([f"{name(frame.alias)}.*", *filter(None, [kept]), *asked])
        return self._joined(f"(SELECT {columns} FROM {beneath}) AS {name(frame.alias)}", frame, frame.joins)

    def in_place(self, sql: str, frame: Frame) -> str:
        """The same with each question asked where it is answered, as it stands beneath the frame."""
        for question, answer in reversed((frame.asked or {}).items()):
            sql = sql.replace(self.column(frame, answer), question)
        return sql

    def _joined(self, own: str, frame: Frame, to: Iterable[tuple[Step, ...]]) -> str:
        name = self._dialect.name
        parts = [own]
        for steps in to:
            step, alias = steps[-1], frame.joins[steps]
            via = f"{name(frame.joins.get(steps[:-1], frame.alias))}.{name(step.via.name)}"
            parts.append(
                f"LEFT JOIN {name(step.table)} AS {name(alias)} ON {name(alias)}.{name(self.key(step))} = {via}"
            )
        return " ".join(parts)

    def asked(self, sql: str, scope: Scope) -> str:
        """A question about other records: the column that answers it if the frame has its questions asked once."""
        frame = scope[0]
        if frame.asked is None:
            return sql
        found = frame.asked.setdefault(sql, f"#asked {len(frame.asked)}")
        return f"{self._dialect.name(frame.alias)}.{self._dialect.name(found)}"

    def seen(self, sql: str, out: int, scope: Scope) -> str:
        """A value of the record that is `out` steps further out; if an engine sees one step, those between carry it."""
        if self._dialect.sees_all_records:
            return sql
        # What links a lookup is written over the records in scope, and stands beneath them, in the lookup's query.
        for frame in reversed(scope[1 - self._beneath : out]):
            column = frame.carried.setdefault(sql, f"#carried {len(frame.carried)}")
            sql = f"{self._dialect.name(frame.alias)}.{self._dialect.name(column)}"
        return sql

    def alias_of(self, record: FieldValue, scope: Scope) -> str:
        """The alias of the record that the steps of a field lead to; what joins it is asked for."""
        frame = scope[record.scope]
        alias = frame.alias
        for end in range(1, len(record.steps) + 1):
            alias = frame.joins.setdefault(record.steps[:end], f"{frame.alias}s{len(frame.joins)}")
        return alias

    @staticmethod
    def is_sure(record: FieldValue, scope: Scope) -> bool:
        """Whether a field has a value in every record of which it matters what is asked."""
        return not record.steps and record.column == scope[record.scope].sure

    def key(self, step: Step) -> str:
        """The one key column of the table that a step leads to."""
        key = self._keys[step.table]
        if len(key) != 1:
            raise ValueError(f"the step {step.name} leads to {step.table}, whose key is not one column")
        return key[0]
