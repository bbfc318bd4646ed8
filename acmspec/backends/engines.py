"""A run's own engine: the embedded one, or a session of the database at an address, or why there is none."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from acmspec.backends.duckdb import DuckDB
from acmspec.facts.databases import LOST, NO_PASSWORD, UNKNOWN_GIVEN, UNSAYABLE
from acmspec.facts.ports import Backend, Lost
from acmspec.ground.address import POSTGRESQL, SPARK, taken_apart
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.program.rules import an_address_holds_no_password, an_address_is_of_an_engine
from acmspec.query.dialect import UnsayableError

if TYPE_CHECKING:
    from acmspec.backends.spark import Session


@node
class Place:
    """A database: what the spec calls it, its address, and the variable that holds its password, "" for none."""

    name: str
    url: str
    password_from: str = ""


def connect(
    place: Place | None, environment: Mapping[str, str], threads: int | None, memory: str | None
) -> Backend | Diagnostic:
    """The engine for a run, which whoever asked closes; the embedded one if no database is named."""
    if place is None:
        return DuckDB(threads=threads, memory=memory)
    password = environment.get(place.password_from) if place.password_from else None
    if place.password_from and password is None:
        message = f"“{place.name}” takes its password from {place.password_from}, which is not set"
        return NO_PASSWORD.at(None, message, path=f"connections.{place.name}")
    engine = taken_apart(place.url).engine
    if engine == SPARK:
        from acmspec.backends import spark_server

        return spark_server.connect(place.name, threads, memory)
    if engine == POSTGRESQL:
        from acmspec.backends import postgresql_server

        return postgresql_server.connect(place.name, place.url, password, threads)
    raise ValueError(f"“{place.name}” has the address of no engine")


def over(session: "Session", threads: int | None) -> Backend | Diagnostic:
    """The engine for a run over a session of Spark that somebody hands over."""
    from acmspec.backends import spark_server

    return spark_server.over(session, threads=threads)


def faults(known: Iterable[str], given: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What is wrong with addresses given for a run; what is secret in them is not shown."""
    names = tuple(known)
    for name, url in given.items():
        address = taken_apart(url)
        if name not in names:
            message = f"the spec has no connection “{name}”"
            yield UNKNOWN_GIVEN.at(None, message, fix=offer(name, names))
        elif address.has_secret:
            message = f"the address given for “{name}” holds a password, which the command line shows to everybody"
            yield an_address_holds_no_password.PROBLEM.at(None, message)
        elif not address.engine:
            message = f"the address given for “{name}” is of no database that is known"
            yield an_address_is_of_an_engine.PROBLEM.at(None, message)


@contextmanager
def stopped() -> Iterator[list[Diagnostic]]:
    """What ends a run within: a database that goes away, or one that can't say what is asked."""
    found: list[Diagnostic] = []
    try:
        yield found
    except Lost:
        found.append(LOST.at(None, "the connection to the database broke off"))
    except UnsayableError as error:
        found.append(UNSAYABLE.at(None, str(error)))
