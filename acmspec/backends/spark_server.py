"""The Spark session of a run: one of this process, or a local one made for it, or why there is none."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from acmspec.backends.spark import Spark
from acmspec.facts.databases import NO_DRIVER, NOT_REACHED, UNFIT
from acmspec.ground.diagnostic import Diagnostic

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OLDEST = (4, 1)
_NO_DRIVER_FIX = "Install it: pip install 'acmspec[spark]', and Java 17 or later."


def connect(name: str, threads: int | None, memory: str | None) -> Spark | Diagnostic:
    """A session of the Spark that this process runs already, or of one of this computer; `name` is the spec's word."""
    path = f"connections.{name}"
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        message = f"“{name}” is Spark, and pyspark is not installed"
        return NO_DRIVER.at(None, message, path=path, fix=_NO_DRIVER_FIX)
    running = SparkSession.getActiveSession()
    if running is not None:
        return over(running, threads=threads)
    try:
        session = _local(threads, memory)
    except PySparkException:
        message = f"“{name}” is Spark, which needs Java, and no Java answers"
        return NO_DRIVER.at(None, message, path=path, fix=_NO_DRIVER_FIX)
    except OSError as error:
        return NOT_REACHED.at(None, f"“{name}” can't be started: {error.strerror or error}", path=path)
    return over(session, threads=threads, owned=True)


def over(session: "SparkSession", *, threads: int | None = None, owned: bool = False) -> Spark | Diagnostic:
    """A run's own session beside one that there is."""
    version = tuple(int(one) for one in session.version.split(".")[:2])
    if version < _OLDEST:
        return UNFIT.at(None, f"this is Spark {session.version}, and 4.1 is the least", fix=_UNFIT_FIX)
    if not hasattr(session, "_jsparkSession"):
        return UNFIT.at(None, "this is a session of Spark Connect, beside which none can be made", fix=_UNFIT_FIX)
    return Spark(session, threads=threads, owned=owned)


def _local(threads: int | None, memory: str | None) -> "SparkSession":
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads or '*'}]").appName("acmspec")
    for key, value in _LOCAL.items():
        builder = builder.config(key, value)
    if memory is not None:
        builder = builder.config("spark.driver.memory", memory.upper().removesuffix("B").removesuffix("I").lower())
    with silent():
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
    return session


@contextmanager
def silent() -> Iterator[None]:
    """What starts within inherits no standard error: a log may tell values of cells."""
    kept = os.dup(_ERRORS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _ERRORS)
        yield
    finally:
        os.dup2(kept, _ERRORS)
        os.close(nowhere)
        os.close(kept)


_ERRORS = 2
"""The number of the standard error."""

_UNFIT_FIX = "Use a classic session of Spark 4.1 or later, or deliver the records as files."
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Nobody else on the network can reach a session of this computer.
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # Records come in few parts on one computer, and each part costs a task.
    "spark.sql.shuffle.partitions": "4",
}
"""How a session of this computer runs: quietly, and for itself."""
