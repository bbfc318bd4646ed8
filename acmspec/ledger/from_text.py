"""A ledger out of its text, held against its chain of seals each time; where one byte is another, it is refused."""

from hashlib import sha256
from typing import TypeVar

from acmspec.ground.diagnostic import DataPlace, Outcome, Problem
from acmspec.ground.node import node
from acmspec.ledger.rows import read as row
from acmspec.ledger.to_text import VERSION, head_line
from acmspec.ledger.tree import (
    Accrued,
    Balance,
    Certified,
    Change,
    Due,
    Entry,
    Held,
    Ledger,
    Made,
    Opened,
    Origin,
    Paid,
    Signed,
    Span,
)

T = TypeVar("T")

CHANGED = Problem(
    "ACM701",
    "a ledger that was changed",
    "Each closing is sealed over its own text and the seal before it, and this seal is another: somebody changed, "
    "removed or moved something, or a program changed the ends of lines.",
    "Restore the file from version control as it was after the last closing, and find out who changed it.",
    "A closing that was certified must not be changed.",
)
CUT_OFF = Problem(
    "ACM702",
    "a closing that is not in the ledger",
    "A certificate names the seal of its closing, and no closing of the ledger has it: the end was cut off, or the "
    "ledger was written anew.",
    "Compare the certificates with the ledger, and restore the file from version control.",
    "Each certified closing must be found in the ledger.",
)
NO_LEDGER = Problem(
    "ACM703",
    "not a ledger of this contract",
    "The first line of a ledger names the form of its text and the contract.",
    "Name the folder of the contract’s own ledger.",
    "Each contract must have one ledger.",
)
PROBLEMS = (CHANGED, CUT_OFF, NO_LEDGER)

_SEAL = b"\nseal "
_HEX = 64


@node
class Block:
    """The text of one closing without its seal, its seal, and the line of the file it begins on."""

    body: bytes
    seal: str
    line: int


@node
class Chain:
    """The closings of a ledger as text that fits together: each seal is the one of its text and of those before."""

    contract: str
    blocks: tuple[Block, ...]
    head: str


def verify(data: bytes, shown: str, contract: str = "") -> Outcome[Chain]:
    """Hold all of a ledger's bytes against its seals. `contract` is the one it must be of, if one is said."""
    first, end, _ = data.partition(b"\n")
    start = f"acmspec ledger {VERSION} ".encode()
    try:
        named = first.removeprefix(start).decode()
    except UnicodeDecodeError:
        named = ""
    if not first.startswith(start) or not end or not named or (contract and named != contract):
        said = f"“{shown}” is not the ledger of “{contract}”" if contract else f"“{shown}” is no ledger"
        return Outcome(None, (NO_LEDGER.at(DataPlace(shown, number=1), said),))
    seal, at, line = sha256(head_line(named).encode()).hexdigest(), len(first) + 1, 2
    blocks: list[Block] = []
    while at < len(data):
        found = _next(data, at, line, (len(blocks) + 1, seal))
        if found is None:
            said = f"closing {len(blocks) + 1} of “{shown}” is not what was sealed"
            return Outcome(None, (CHANGED.at(DataPlace(shown, number=line), said),))
        blocks.append(found)
        seal = found.seal
        at += 1 + len(found.body) + len(_SEAL) - 1 + _HEX + 1
        line = found.line + found.body.count(b"\n") + 1
    return Outcome(Chain(named, tuple(blocks), seal))


def _next(data: bytes, at: int, line: int, follows: tuple[int, str]) -> Block | None:
    """The closing that begins behind an empty line at a place; None if it or its seal is another."""
    number, previous = follows
    end = data.find(_SEAL, at + 1)
    body = data[at + 1 : end + 1]
    start = f"closing {number}\nprevious {previous}\n".encode()
    seal = sha256(body).hexdigest()
    tail = data[end + 1 : end + 1 + len(_SEAL) - 1 + _HEX + 1]
    if end < 0 or data[at : at + 1] != b"\n" or not body.startswith(start) or tail != f"seal {seal}\n".encode():
        return None
    return Block(body, seal, line + 1)


def holds(chain: Chain, head: str, shown: str) -> Outcome[int]:
    """The number of the closing that has the seal which a certificate names."""
    found = next((at for at, one in enumerate(chain.blocks, 1) if one.seal == head.strip().lower()), None)
    if found is None:
        said = f"no closing of “{shown}” has the seal “{head}”"
        return Outcome(None, (CUT_OFF.at(DataPlace(shown), said),))
    return Outcome(found)


def read(data: bytes, shown: str, contract: str = "") -> Outcome[Ledger]:
    """All closings of a ledger, once its bytes have held against its seals."""
    chain = verify(data, shown, contract)
    if chain.value is None:
        return Outcome(None, chain.diagnostics)
    entries: list[Entry] = []
    for number, block in enumerate(chain.value.blocks, 1):
        try:
            entries.append(_entry(number, block))
        except ValueError as error:
            said = f"closing {number} of “{shown}” can’t be read: {error}"
            return Outcome(None, (CHANGED.at(DataPlace(shown, number=block.line), said),))
    return Outcome(Ledger(chain.value.contract, tuple(entries), chain.value.head))


def _entry(number: int, block: Block) -> Entry:
    _, previous, *lines = _lines(block.body)
    rows = [row(one) for one in lines]

    def of(kind: type[T]) -> tuple[T, ...]:
        return tuple(one for one in rows if isinstance(one, kind))

    (span,), (made,), (signed,) = of(Span), of(Made), of(Signed)
    return Entry(
        number, previous.removeprefix("previous "), span, made, signed, of(Origin), of(Opened), of(Certified),
        of(Change), of(Held), of(Paid), of(Due), of(Balance), of(Accrued), block.seal,
    )  # fmt: skip


def _lines(body: bytes) -> list[str]:
    """The lines of a closing; a text may hold other characters that end lines elsewhere."""
    return body.decode().split("\n")[:-1]
