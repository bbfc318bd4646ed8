"""The address of a database, taken apart: which engine, and what in it is secret; knows no engine itself."""

import re
from urllib.parse import parse_qsl, urlsplit

from acmspec.ground.node import node
from acmspec.ground.pattern import pattern

POSTGRESQL = "postgresql"
SPARK = "spark"
ENGINES = {"postgresql": POSTGRESQL, "postgres": POSTGRESQL, "spark": SPARK}
"""The engines that an address can be of, by how it starts."""
LOCAL_SPARK = "spark://local"
"""Spark's only address: the session of this process, or one of this computer."""

_SECRET = pattern(r"pass(word|file|phrase)?|pwd|sslpassword|secret|token", re.IGNORECASE)


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
    engine = ENGINES.get(parts.scheme, "") if "://" in url else ""
    if engine == SPARK and url != LOCAL_SPARK:
        engine = ""  # which cluster it is, is the matter of the session
    return Address(engine, has_secret=secret or named)
