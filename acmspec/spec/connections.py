"""The shape of `connections`: databases by name, short as an address or long with where the password is kept."""

from collections.abc import Callable
from functools import partial

from acmspec.ground.source import Located, Span
from acmspec.spec.databases import Connection
from acmspec.spec.pieces import VALUE
from acmspec.spec.shape import As, Either, Key, MapOf, Record, Text, Written


def _long(span: Span, url: Located[str], password_from: str) -> "partial[Connection]":
    return partial(Connection, url=url, password_from=password_from, span=span)


def _short(url: Located[str]) -> "Callable[..., Connection]":
    return _long(url.span, url, "")


_URL = Text("an address such as postgresql://reader@db.example.gov/warehouse")
_VARIABLE = Written(
    "[A-Za-z_][A-Za-z0-9_]*", "the name of a variable of the environment", "WAREHOUSE_PASSWORD", lambda one: one.group()
)
CONNECTIONS = MapOf(
    Either(
        scalar=As(_URL, _short),
        mapping=Record(
            "a connection",
            _long,
            (Key("url", _URL, required=True), Key("password_from", As(_VARIABLE, VALUE), default="")),
        ),
    ),
    named=True,
    least=1,
)
