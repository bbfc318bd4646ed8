"""A private PostgreSQL cluster and a private session of Spark for the tests, in folders that go with them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.backends.once import Known, Once

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "oracle")]

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the server's programs, which are not on the path, a folder a version."""
USER = "acmspec"
SETTINGS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=20"


def _absent(what: str) -> None:
    if os.environ.get("ACMSPEC_REQUIRE_ALL"):
        pytest.fail(f"{what} is required and absent")
    pytest.skip(f"{what} is not on this machine")


def _program(name: str) -> str | None:
    newest = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(newest[-1]) if newest else shutil.which(name)


def _served(command: list[str]) -> list[str]:
    """A command as a user who may run a server: root may not."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """How to connect to a cluster of its own, over a socket that nobody else sees."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    if initdb is None or control is None:
        _absent("PostgreSQL")
    folder = Path(mkdtemp(prefix="acmspec-pg-", dir="/tmp"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, log = folder / "data", folder / "log"
    # Without the quotation marks of a shell, which runs nothing here.
    made = [initdb, "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(_served([str(one) for one in made]), check=True, capture_output=True, cwd=folder)
    run = [control, "-D", data, "-l", log, "-w", "-t", "120"]
    start = [*run, "-o", f"-k {folder} {SETTINGS}", "start"]
    subprocess.run(_served([str(one) for one in start]), check=True, capture_output=True, cwd=folder)
    try:
        yield f"postgresql:///postgres?host={folder}&user={USER}"
    finally:
        stop = [str(one) for one in (*run, "-m", "immediate", "stop")]
        subprocess.run(_served(stop), check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(server: str) -> Iterator[Callable[[], object]]:
    """Makes backends, each a session of its own that ends with the test."""
    import psycopg

    from acmspec.backends.postgresql import PostgreSQL

    made = []

    def make() -> PostgreSQL:
        made.append(PostgreSQL(psycopg.connect(server), threads=1))
        return made[-1]

    yield make
    for one in made:
        one.close()


LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    # Of a few records, planning and compiling take longer than anything else.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.execution.usePartitionEvaluator": "true",
    # What was worked out is kept for all cases, and nobody looks at what was done.
    "spark.driver.memory": "3g",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedTasks": "1",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MetaspaceSize=256m -Xss4m -Xmn256m",
}
"""How to start Spark so that it is quick with what is small."""


@pytest.fixture(scope="session")
def spark_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """One session of Spark for all tests of a process, with a catalog of its own."""
    if find_spec("pyspark") is None:
        _absent("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        _absent("Java")
    from pyspark.sql import SparkSession

    from acmspec.backends.spark_server import silent

    folder = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master("local[2]").appName("acmspec tests")
    for key, value in {**LOCAL, "spark.sql.warehouse.dir": str(folder), "spark.local.dir": str(folder)}.items():
        builder = builder.config(key, value)
    with silent():
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def known(spark_session: object) -> Known:
    """What is worked out in that session, for all tests."""
    return Known(spark_session)


@pytest.fixture
def once(known: Known) -> Iterator[Callable[[], object]]:
    """Makes backends that share what they worked out."""
    made = []

    def make() -> Once:
        made.append(Once(known))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def spark(spark_session: object) -> Iterator[Callable[[], object]]:
    """Makes backends, each a session of its own that ends with the test."""
    from acmspec.backends.spark import Spark

    made = []

    def make() -> Spark:
        made.append(Spark(spark_session, threads=1))
        return made[-1]

    yield make
    for one in made:
        one.close()
