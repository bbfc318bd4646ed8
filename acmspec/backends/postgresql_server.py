"""Connecting to a PostgreSQL server, or saying why not; whoever asks has looked up the password."""

from typing import TYPE_CHECKING

from acmspec.backends.postgresql import PostgreSQL, Row
from acmspec.facts.databases import NO_DRIVER, NOT_ALLOWED, NOT_REACHED, UNFIT
from acmspec.facts.ports import Lost, Refused
from acmspec.ground.diagnostic import Diagnostic

if TYPE_CHECKING:
    from psycopg import Connection

_SECONDS = 10
"""How long to wait for a server that does not answer."""
_OLDEST = 140_000
_DENIED = ("password", "authentication", "no pg_hba.conf entry", "permission denied", "role ")
_NO_DRIVER_FIX = "Install it: pip install 'acmspec[postgres]'."


def connect(name: str, url: str, password: str | None, threads: int | None) -> PostgreSQL | Diagnostic:
    """A session of the database at an address; `name` is what the spec calls it."""
    try:
        import psycopg
    except ImportError:
        message = f"“{name}” is a PostgreSQL database, and psycopg is not installed"
        return NO_DRIVER.at(None, message, path=f"connections.{name}", fix=_NO_DRIVER_FIX)
    try:
        session: Connection[Row] = psycopg.connect(
            url, connect_timeout=_SECONDS, application_name="acmspec", client_encoding="UTF8", password=password
        )
    except psycopg.Error as error:
        return _refused(name, str(error), password)
    fault = _unfit(name, session)
    if fault is not None:
        session.close()
        return fault
    try:
        return PostgreSQL(session, threads=threads)
    except (Lost, Refused) as error:
        session.close()
        return _refused(name, str(error), password)


def _refused(name: str, error: str, password: str | None) -> Diagnostic:
    """Why there is no connection, in the server's own words; what is secret is not among them."""
    word = error.strip().splitlines()[-1] if error.strip() else "it does not say why"
    word = word.replace(password, "•••") if password else word
    said = f"The database says: {word[:1].upper()}{word[1:].rstrip('.')}."
    problem, what = NOT_REACHED, f"“{name}” can't be reached"
    if "FATAL" in word and any(one in word for one in _DENIED):
        problem, what = NOT_ALLOWED, f"“{name}” refuses the connection"
    return problem.at(None, what, path=f"connections.{name}", cause=f"{problem.cause} {said}")


def _unfit(name: str, session: "Connection[Row]") -> Diagnostic | None:
    """Why a database can't be used, None if it can."""
    info = session.info
    if info.server_version < _OLDEST:
        message = f"“{name}” is PostgreSQL {info.server_version // 10_000}, and 14 is the least"
    elif info.parameter_status("server_encoding") != "UTF8":
        message = f"“{name}” keeps its texts in {info.parameter_status('server_encoding')}, not in UTF-8"
    else:
        return None
    return UNFIT.at(None, message, path=f"connections.{name}")
