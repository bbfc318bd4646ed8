"""Nothing an author or a data file says can become SQL, and nothing about threads or order changes a result."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from acmspec.program.record import OneOf
from acmspec.program.tree import Choice
from acmspec.program.types import BooleanType

Run = Callable[..., Any]
NASTY = [
    "'",
    "';--",
    "') OR TRUE --",
    '"',
    "\\",
    "\\'",
    "''",
    "$$",
    "%",
    "é",
    "日本",
    "a\0b",
    "/* */",
    "{x}",
    "?",
    ":a",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_text_literal_means_its_characters(build: Any, ran: Run, text: str) -> None:
    table = build.store("t", build.column("id", optional=False), build.column("day", "date"), build.column("what"))
    over = build.population("t", build.value("t", "day", "date"))
    what = build.value("t", "what")
    same = build.aggregate("share", build.compare(what, "=", text), over)
    among = build.aggregate("share", OneOf(what, (text, "z"), "", BooleanType()), over)
    one = build.program(build.measure(same), build.measure(among, name="n"), stores=(table,))
    cell = text.replace("\0", " ").replace('"', '""')
    done = ran(one, {"t": f'id,day,what\n1,2025-01-01,"{cell}"\n2,2025-01-01,other\n'})
    expected = 0 if "\0" in text else 1
    assert done.parts(same, "2025-Q1") == (expected, 2)
    assert done.parts(among, "2025-Q1") == (expected, 2)


@pytest.mark.parametrize("text", [one for one in NASTY if "\0" not in one])
def test_values_and_missing_codes_are_quoted(build: Any, ran: Run, text: str) -> None:
    kinds = build.column("what", values=(text,), optional=False)
    gaps = build.column("gap", missing=(text,))
    table = build.store("t", build.column("id", optional=False), build.column("day", "date"), kinds, gaps)
    count = build.aggregate(
        "count distinct", build.value("t", "gap"), build.population("t", build.value("t", "day", "date"))
    )
    cell = text.replace('"', '""')
    content = f'id,day,what,gap\n1,2025-01-01,"{cell}","{cell}"\n2,2025-01-01,"{cell}",there\n'
    done = ran(build.program(build.measure(count), stores=(table,)), {"t": content})
    assert done.codes == []
    assert done.parts(count, "2025-Q1") == (1,)


@pytest.mark.parametrize(
    "name", ['a "b"', "a'b", "select", "with space", "ünï", "a,b", "x\ny", "c0", "#record", "A;--"]
)
def test_a_column_of_the_file_may_be_called_anything(build: Any, ran: Run, name: str) -> None:
    table = build.store("t", build.column("id", column=name, optional=False), build.column("day", "date"))
    count = build.aggregate(
        "count distinct", build.value("t", "id"), build.population("t", build.value("t", "day", "date"))
    )
    quoted = name.replace('"', '""')
    done = ran(
        build.program(build.measure(count), stores=(table,)), {"t": f'"{quoted}",day\n1,2025-01-01\n2,2025-01-01\n'}
    )
    assert done.codes == []
    assert done.parts(count, "2025-Q1") == (2,)


def test_table_and_field_names_of_sql_words_are_names(build: Any, ran: Run) -> None:
    table = build.store("select", build.column("from", optional=False), build.column("group", "date"), key=("from",))
    over = build.population("select", build.value("select", "group", "date"))
    count = build.aggregate("count distinct", build.value("select", "from"), over)
    done = ran(build.program(build.measure(count), stores=(table,)), {"select": "from,group\n1,2025-01-01\n"})
    assert done.parts(count, "2025-Q1") == (1,)


def test_columns_that_differ_in_case_only_are_two_columns_of_a_csv_file(build: Any, ran: Run) -> None:
    table = build.store("t", build.column("id", optional=False), build.column("day", "date", column="Day"))
    count = build.aggregate("count", None, build.population("t", build.value("t", "day", "date")))
    done = ran(build.program(build.measure(count), stores=(table,)), {"t": "id,day,Day\n1,x,2025-01-01\n"})
    assert done.codes == []
    assert done.parts(count, "2025-Q1") == (1,)


def test_order_of_rows_and_number_of_threads_never_matter(build: Any, ran: Run) -> None:
    chance = random.Random(7)  # noqa: S311  (not for secrets)
    rows = [
        f"{i},c{chance.randrange(300)},{chance.choice('PQR')},"
        f"2025-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d},"
        f"{chance.randrange(1000) / 100 if chance.random() < 0.9 else ''}\n"
        for i in range(2_000)
    ]
    table = build.store(
        "t", build.column("id", optional=False), build.column("client"), build.column("provider"),
        build.column("day", "date"), build.column("score", "decimal"),
    )  # fmt: skip
    field = build.value
    by = (field("t", "score", "decimal"), field("t", "id"))
    keep = Choice("first", (field("t", "client"),), by, build.measure(None).span)
    over = build.population("t", field("t", "day", "date"), keep=(keep,))
    dimension = build.dimension("provider", ("t", field("t", "provider")), is_provider=True)
    score = field("t", "score", "decimal")
    measures = [
        build.measure(build.aggregate(function, score, over), (dimension,), name=function)
        for function in ("average", "median", "sum", "count distinct")
    ]
    one = build.program(*measures, stores=(table,))
    seen = []
    for threads in (1, 2):
        for shuffled in (False, True):
            lines = chance.sample(rows, len(rows)) if shuffled else rows
            done = ran(one, {"t": "id,client,provider,day,score\n" + "".join(lines)}, threads=threads)
            assert done.codes == []
            seen.append((list(done.facts.cells.items()), list(done.facts.groups.items())))
    assert len(seen[0][0]) == 4 * 4 * 4
    assert all(each == seen[0] for each in seen[1:])
