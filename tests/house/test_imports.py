"""Imports run one way, and each library is known in one place."""

import subprocess
import sys
from collections.abc import Iterator

from tests.house.sources import FILES, MODULES, PACKAGE, imported, module_name

ALLOWED = {
    "click": {"cli"},
    "yaml": {"document"},
    "cryptography": {"vault/sealed.py"},
    "_duckdb": {"backends/duckdb.py"},
    "duckdb": {"backends/duckdb.py"},
    "psycopg": {"backends/postgresql.py", "backends/postgresql_server.py"},
    "pyspark": {"backends/spark.py", "backends/spark_server.py", "backends/spark_tables.py"},
    "py4j": {"backends/spark.py"},
    "pandas": {"renderers/frames.py"},
    "python_calamine": {"sources/excel.py"},
    "xlsxwriter": {"renderers/worksheet/book.py", "renderers/worksheet/library.py"},
    "jinja2": {"renderers"},
    "markupsafe": {"renderers"},
}
"""Which room, or file, may import a library; whatever is not here may not be imported at all."""


def test_only_its_room_imports_a_library() -> None:
    strays = []
    for file in FILES:
        place = file.relative_to(PACKAGE).as_posix()
        for name in imported(file):
            library = name.split(".")[0]
            if library == "acmspec" or library in sys.stdlib_module_names:
                continue
            rooms = ALLOWED.get(library, set())
            if not any(place == room or place.startswith(f"{room}/") for room in rooms):
                strays.append((place, library))
    assert strays == []


def test_imports_inside_functions_and_for_types_alone_count() -> None:
    types_alone, in_function = set(imported(PACKAGE / "pipeline.py")), set(imported(PACKAGE / "__init__.py"))
    assert "acmspec.program.tree" in types_alone
    assert "acmspec.api" in in_function


def test_there_is_no_circle_of_imports_also_inside_functions_and_for_types_alone() -> None:
    graph = {name: sorted({one for one in imported(file) if one in MODULES}) for name, file in MODULES.items()}
    graph = {name: [one for one in ones if one != name] for name, ones in graph.items()}
    assert list(circles(graph)) == []


def circles(graph: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each import that leads back to a module on the way to it."""
    done: set[str] = set()

    def walk(way: list[str]) -> Iterator[list[str]]:
        for following in graph[way[-1]]:
            if following in way:
                yield [*way[way.index(following) :], following]
            elif following not in done:
                yield from walk([*way, following])
        done.add(way[-1])

    for start in graph:
        if start not in done:
            yield from walk([start])


def test_the_search_for_circles_finds_one() -> None:
    assert list(circles({"a": ["b"], "b": ["c"], "c": ["a"]})) == [["a", "b", "c", "a"]]
    assert list(circles({"a": ["b", "c"], "b": ["c"], "c": []})) == []


def test_nothing_inside_imports_the_public_face() -> None:
    faces = {"acmspec.__main__"}
    assert [module_name(file) for file in FILES if faces & set(imported(file)) and file.name != "__main__.py"] == []


def test_checking_loads_no_engine_and_no_renderer() -> None:
    program = (
        "import sys, acmspec; acmspec.check('specs/examples/rapid_rehousing/spec.yaml');"
        "print(*sorted({'_duckdb', 'duckdb', 'docx', 'jinja2', 'lxml', 'lark', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"
