"""How long a ledger of 10,000 closings takes to verify and to read, beside hashing its bytes alone; changes found."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import TypeVar

from acmspec.ledger.from_text import read, verify
from acmspec.ledger.to_text import genesis, head_line, sealed, text
from acmspec.ledger.tree import Certified, Counts, Entry, Made, Signed, Span

CLOSINGS, LINES, CHANGES = 10_000, 4, 1_000
DAY = date(2025, 3, 31)
T = TypeVar("T")


def book() -> bytes:
    """A ledger of closings of some lines each."""
    line = Certified(
        "North", "home_payment", "2025-Q1", DAY, "value", Fraction(480_000, 100), False,
        "$400.00 for each success; 12 successes", ("Exits: 54.8% (46 of 84)", "$400.00 × 12 = $4,800.00"),
        Counts(Fraction(46), Fraction(84), 90, 0, 0, 0),
    )  # fmt: skip
    lines = tuple(replace(line, provider=f"Provider {at}") for at in range(LINES))
    made = Made("USD", "0.1.0", "ab" * 32, "cd" * 32, DAY)
    plain = Entry(1, "", Span("2025-Q1", DAY, DAY, DAY), made, Signed("Pat", "Rae", "Cyd"), lines=lines)
    parts, previous = [head_line("c-1")], genesis("c-1")
    for number in range(1, CLOSINGS + 1):
        one = sealed(replace(plain, number=number, previous=previous))
        parts.append(text(one))
        previous = one.seal
    return "".join(parts).encode()


def timed(what: str, work: Callable[[], T]) -> T:
    """Do some work and print how much time of the processor it took."""
    start = time.process_time()
    found = work()
    print(f"{what:<34}{time.process_time() - start:8.2f} s")
    return found


def found_changes(data: bytes) -> int:
    """How many of a thousand changes of one byte each are found."""
    chance, found = random.Random(1), 0  # noqa: S311  (which bytes are changed is no secret)
    changed = bytearray(data)
    for _ in range(CHANGES):
        at = chance.randrange(len(data))
        kept = changed[at]
        changed[at] = kept ^ chance.randrange(1, 256)
        found += verify(bytes(changed), "ledger.txt", "c-1").value is None
        changed[at] = kept
    return found


def main() -> None:
    data = book()
    print(f"{CLOSINGS:,} closings, {len(data):,} bytes")
    timed("hash of the bytes alone", lambda: sha256(data).hexdigest())
    timed("acmspec ledger verify", lambda: verify(data, "ledger.txt", "c-1"))
    timed("all closings read", lambda: read(data, "ledger.txt", "c-1"))
    found = timed(f"{CHANGES:,} changes of one byte", lambda: found_changes(data))
    print(f"{found:,} of {CHANGES:,} changes found")


if __name__ == "__main__":
    main()
