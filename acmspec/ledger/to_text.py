"""A ledger as text: a head line, then each closing with its seal, which hashes it and the seal before it."""

from dataclasses import replace
from hashlib import sha256

from acmspec.ledger.rows import write
from acmspec.ledger.tree import Entry

VERSION = 1
"""The version of the text; it changes when a reader must."""


def head_line(contract: str) -> str:
    """The first line."""
    return f"acmspec ledger {VERSION} {contract}\n"


def genesis(contract: str) -> str:
    """What the first closing follows: the hash of the head line."""
    return sha256(head_line(contract).encode()).hexdigest()


def body(entry: Entry) -> str:
    """What the seal of a closing hashes."""
    rows = (
        entry.span, entry.made, entry.signed, *entry.origins, *entry.opened, *entry.lines, *entry.changes, *entry.held,
        *entry.paid, *entry.dues, *entry.balances, *entry.accrued,
    )  # fmt: skip
    lines = (f"closing {entry.number}", f"previous {entry.previous}", *map(write, rows))
    return "".join(f"{one}\n" for one in lines)


def sealed(entry: Entry) -> Entry:
    """The closing with its seal."""
    return replace(entry, seal=sha256(body(entry).encode()).hexdigest())


def text(entry: Entry) -> str:
    """What a sealed closing adds to the end of a ledger."""
    return f"\n{body(entry)}seal {entry.seal}\n"
