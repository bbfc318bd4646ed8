"""Spells as SQL: the stays of an entity cut by the days to leave out, then joined where they overlap or lie near.

Spans are half open; one that is still open ends after the last day there is, until the spell is told. Names of steps
start with a line, as no table of an author does.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from acmspec.program.population import Spells, Stays
from acmspec.program.spell_tables import COUNT, END, START
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER, Times
from acmspec.query.record_sql import RecordSql

_SO_FAR = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
_IN_ORDER = "PARTITION BY e ORDER BY s, t, id"


def spells_table(dialect: Dialect, spells: Spells, keys: Mapping[str, tuple[str, ...]], times: Times) -> str:
    """The SELECT of a table of spells."""
    open_end = dialect.day(date.max)
    stays = _stays(dialect, spells.merge, keys, times)
    steps = [("_stays", f"SELECT ROW_NUMBER() OVER (ORDER BY e, s, t) AS id, e, s, t FROM ({stays}) AS a")]
    steps += (
        _cut(dialect, spells.without, keys, times)
        if spells.without
        else [("_pieces", "SELECT id, e, s, t FROM _stays")]
    )
    before = f"MAX(t) OVER ({_IN_ORDER} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    steps.append(("_lined", f"SELECT *, {before} AS before FROM _pieces"))
    far = f"l.before IS NULL OR {dialect.days_between('l.before', 'l.s')} > {spells.gap}"
    if spells.without:
        far += " OR EXISTS (SELECT 1 FROM _cuts AS c WHERE c.e = l.e AND c.s < l.s AND c.t > l.before)"
    steps.append(("_begun", f"SELECT l.*, CASE WHEN {far} THEN 1 ELSE 0 END AS begins FROM _lined AS l"))
    steps.append(("_told", f"SELECT *, SUM(begins) OVER ({_IN_ORDER} {_SO_FAR}) AS spell FROM _begun"))
    name = dialect.name
    end = f"CASE WHEN MAX(t) = {open_end} THEN NULL ELSE MAX(t) END"
    columns = [f"e AS {name(spells.entity)}", f"MIN(s) AS {name(START)}", f"{end} AS {name(END)}"]
    columns.append(f"CAST(COUNT(DISTINCT id) AS DECIMAL(18, 0)) AS {name(COUNT)}")
    number = f"ROW_NUMBER() OVER (ORDER BY e, MIN(s)) AS {NUMBER}"
    written = ", ".join(f"{step} AS ({sql})" for step, sql in steps)
    return f"WITH {written} SELECT {number}, {', '.join(columns)} FROM _told GROUP BY e, spell"


def _stays(dialect: Dialect, some: Sequence[Stays], keys: Mapping[str, tuple[str, ...]], times: Times) -> str:
    """All stays with an entity and a start, and no end before it: whose, from when on, up to when."""
    found = []
    for one in some:
        writer = RecordSql(dialect, keys, times)
        frame = writer.frame(one.table)
        entity, start, end = (writer.write(each, (frame,)) for each in (one.entity, one.start, one.end))
        conditions = [f"{entity} IS NOT NULL", f"{start} IS NOT NULL", f"({end} IS NULL OR {end} >= {start})"]
        if one.where is not None:
            conditions.append(writer.write(one.where, (frame,)))
        until = f"COALESCE({end}, {dialect.day(date.max)})"
        source = writer.source(frame)
        found.append(f"SELECT {entity} AS e, {start} AS s, {until} AS t FROM {source} WHERE {' AND '.join(conditions)}")
    return " UNION ALL ".join(found)


def _cut(
    dialect: Dialect, without: Sequence[Stays], keys: Mapping[str, tuple[str, ...]], times: Times
) -> list[tuple[str, str]]:
    """The pieces of the stays between the days to leave out; a day of these begins no piece."""
    order = "PARTITION BY e ORDER BY s, t"
    before = f"MAX(t) OVER ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    lined = f"SELECT e, s, t, {before} AS before FROM ({_stays(dialect, without, keys, times)}) AS a WHERE s < t"
    begun = f"SELECT *, CASE WHEN before IS NULL OR s > before THEN 1 ELSE 0 END AS begins FROM ({lined}) AS b"
    told = f"SELECT *, SUM(begins) OVER ({order} {_SO_FAR}) AS cut FROM ({begun}) AS c"
    starts = (
        "SELECT id, e, s AS c, t FROM _stays"
        " UNION ALL SELECT p.id, p.e, c.t, p.t FROM _stays AS p"
        " JOIN _cuts AS c ON c.e = p.e AND c.t > p.s AND c.t < p.t"
    )
    ends = "SELECT MIN(c.s) FROM _cuts AS c WHERE c.e = b.e AND c.s >= b.c"
    inside = "SELECT 1 FROM _cuts AS c WHERE c.e = b.e AND c.s <= b.c AND b.c < c.t"
    pieces = f"SELECT id, e, c AS s, LEAST(t, COALESCE(({ends}), t)) AS t FROM _begins AS b"
    return [
        ("_cuts", f"SELECT e, MIN(s) AS s, MAX(t) AS t FROM ({told}) AS d GROUP BY e, cut"),
        ("_begins", starts),
        ("_pieces", f"{pieces} WHERE NOT EXISTS ({inside})"),
    ]
