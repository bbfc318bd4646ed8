"""The address of a database, taken apart: which engine, and what in it is secret; knows no engine itself."""

import re
from urllib.parse import parse_qsl, urlsplit

from acmspec.ground.node import node

POSTGRESQL = "postgresql"
ENGINES = {"postgresql": POSTGRESQL, "postgres": POSTGRESQL}
"""The engines that an address can be of, by how it starts."""

_SECRET = re.compile(r"pass(word|file|phrase)?|pwd|sslpassword|secret|token", re.IGNORECASE)


@node
class Address:
    """An address in parts: its engine, "" if it is of none, and whether a secret stands in it."""

    engine: str
    has_secret: bool


def taken_apart(url: str) -> Address:
    """The parts of an address; one that can't be taken apart is of no engine, and may hold anything."""
    try:
        parts = urlsplit(url)
        secret = parts.password is not None
    except ValueError:
        return Address("", has_secret="@" in url)
    named = any(_SECRET.fullmatch(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return Address(ENGINES.get(parts.scheme, "") if "://" in url else "", has_secret=secret or named)
