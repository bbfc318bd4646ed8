"""The whole plan of a run as text: every query in its order, with what it is for; it runs none of them."""

from collections.abc import Iterator
from datetime import date

from acmspec.program.tree import Program, Store
from acmspec.query.dialect import Dialect
from acmspec.query.from_program import plan
from acmspec.query.tree import Gather, NarrowFacts, Plan, Reading


def plan_text(program: Program, data_date: date, dialect: Dialect) -> str:
    """The SQL of a run as of a data date, spelt for one engine, with comments that say what each query is for.

    The tables it reads are those of the spec, with valid records only, whose columns are listed first.
    """
    asked = plan(program, data_date, dialect)
    return "\n\n".join(
        [
            f"-- What “{program.contract_id}” asks of its data, with data to {data_date}.",
            *(["\n".join(f"{one};" for one in dialect.settings)] if dialect.settings else []),
            *(_read(one, dialect) for one in program.stores),
            *_made(asked, dialect),
            *(_gathered(one) for one in asked.gathers),
            *(f"-- who succeeded, once each, for the payment “{one.term}”\n{one.sql};" for one in asked.collects),
        ]
    )


def _read(store: Store, dialect: Dialect) -> str:
    columns = [f"--   {dialect.name('#record')}: the place of the record in its source"]
    columns += [f"--   {dialect.name(one.name)}: {one.type}, column “{one.column}”" for one in store.columns]
    head = f"-- Table {dialect.name(store.name)}: the valid records of “{store.file}” received by the data date."
    return "\n".join([head, *columns])


def _made(asked: Plan, dialect: Dialect) -> Iterator[str]:
    def table(name: str, sql: str, why: str) -> str:
        return f"-- {why}\nCREATE {dialect.table} {dialect.name(name)} AS\n{sql};"

    for name, sql in asked.calendars:
        yield table(name, sql, "days, so that dates are met by equality")
    for name, sql in asked.spells:
        yield table(name, sql, f"the spells “{name}”")
    for name, sql in asked.codes:
        why = "texts of groups, kept as numbers; where there are more than 10,000, kept as texts"
        yield f"-- {why}\nCREATE TYPE {dialect.name(name)} AS ENUM ({sql});"
    for one in asked.facts:
        yield table(one.name, one.sql, _facts(one))
    for name, sql in asked.rollups:
        yield table(name, sql, "read more than once by the queries below")


def _facts(one: NarrowFacts) -> str:
    first, last = one.windows.periods[0], one.windows.periods[-1]
    of = f"a row for each record of “{one.population.name}” and window it is in"
    count = len(one.windows.periods)
    return f"{of}; windows 0 to {count - 1}: {first.first} to {first.last} … {last.first} to {last.last}"


def _gathered(one: Gather) -> str:
    by = ", ".join(one.dimensions) or "all records"
    lines = [f"-- by {by}", *(f"--   {_said(each)}" for each in one.readings), f"{one.sql};"]
    for beside in one.beside:
        lines += ["-- beside it", f"{beside.sql};"]
    return "\n".join(lines)


def _said(reading: Reading) -> str:
    """Which columns of the rows, counted from 1, an aggregate is read from."""
    parts = ", ".join(f"{part.value} in column {at + 1}" for part, at, _ in reading.parts)
    return f"{reading.aggregate.function} over {reading.aggregate.population.name}: {parts}"
