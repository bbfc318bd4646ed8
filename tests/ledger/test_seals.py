"""A ledger's text: each byte is sealed, the end by the head, and what is read is what was written."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from acmspec.ledger.from_text import CHANGED, CUT_OFF, NO_LEDGER, holds, read, verify
from acmspec.ledger.to_text import genesis, head_line, sealed, text
from acmspec.ledger.tree import (
    Accrued,
    Balance,
    Certified,
    Change,
    Counts,
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
    Why,
)

DAY, LATER = date(2025, 3, 31), date(2032, 4, 30)
HALF = Fraction(1, 2)
LINE = Certified("North", "visit", "2025-Q1", DAY, "value", Fraction(4567, 100), True, "12 × “$3.80”", ("a", "b"),
                 Counts(Fraction(12), Fraction(1, 3), 14, 1, 2, None))  # fmt: skip
FULL = Entry(
    1,
    genesis("c-1"),
    Span("2025-Q1", date(2025, 1, 1), DAY, date(2025, 4, 30)),
    Made("USD", "0.1.0", "ab" * 32, "cd" * 32, LATER),
    Signed("Pat", "Rae\u2028X", "Cyd \\ “C”"),
    (Origin("visits", "records", "data/visits.csv", "ef" * 32, 12),),
    (Opened("North", "visit", "2024-Q4", DAY, Fraction(-1, 100), True),),
    (LINE, replace(LINE, provider="South", counts=None, state="", derivation=())),
    (Change(1, "North", "visit", "2024-Q4", DAY, Fraction(5), Fraction(7), HALF, "value", False,
            (Why("late records", 3), Why("matured", None)), "within the tolerance", LINE.counts),),
    (Held("North", Fraction(-3), "held back"),),
    (Paid("North", DAY, Fraction(4567, 100), "W-1"),),
    (Due("North", "FY2025", (("fund", "2210"), ("invoice", "7")), HALF, HALF, Fraction(0), Fraction(1)),),
    (Balance("North", Fraction(1), HALF, HALF),),
    (Accrued("North", "visit", "2025-Q1", "waits", Fraction(0), None),),
)  # fmt: skip
SMALL = replace(FULL, origins=(), opened=(), changes=(), held=(), paid=(), dues=(), balances=(), accrued=())


def book(count: int, entry: Entry = SMALL) -> bytes:
    parts, previous = [head_line("c-1")], genesis("c-1")
    for number in range(1, count + 1):
        one = sealed(replace(entry, number=number, previous=previous))
        parts.append(text(one))
        previous = one.seal
    return "".join(parts).encode()


def codes(outcome) -> list[str]:
    return [one.code for one in outcome.diagnostics]


def test_what_is_read_is_what_was_written() -> None:
    one = sealed(FULL)
    found = read((head_line("c-1") + text(one)).encode(), "ledger.txt", "c-1")
    assert found.value == Ledger("c-1", (one,), one.seal)
    assert found.diagnostics == ()


def test_an_empty_ledger_has_a_head() -> None:
    found = read(head_line("c-1").encode(), "ledger.txt", "c-1")
    assert found.value == Ledger("c-1", (), genesis("c-1"))


def test_a_change_of_any_byte_is_found() -> None:
    data = bytearray(book(20))
    assert verify(bytes(data), "x", "c-1").value is not None
    passed = []
    for at in range(len(data)):
        kept = data[at]
        data[at] = kept ^ (1 + at % 255)
        found = verify(bytes(data), "x", "c-1")
        if found.value is not None:
            passed.append(at)
        data[at] = kept
    assert len(data) > 15_000
    assert passed == []


def test_a_byte_removed_or_added_anywhere_is_found() -> None:
    data = book(3)
    assert [at for at in range(len(data)) if verify(data[:at] + data[at + 1 :], "x", "c-1").value is not None] == []
    added = [at for at in range(len(data) + 1) if verify(data[:at] + b"\n" + data[at:], "x", "c-1").value is not None]
    assert added == []


def test_ends_of_lines_that_a_program_changed_are_found() -> None:
    found = verify(book(2).replace(b"\n", b"\r\n"), "x", "c-1")
    assert codes(found) in ([CHANGED.code], [NO_LEDGER.code])


def test_random_changes_of_a_long_ledger_are_found() -> None:
    data, chance = book(1_000), Random(5)  # noqa: S311  (which bytes are changed is no secret)
    for _ in range(50):
        at = chance.randrange(len(data))
        other = data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]
        assert codes(verify(other, "x", "c-1")) in ([CHANGED.code], [NO_LEDGER.code])


def test_closings_moved_or_taken_from_the_middle_are_found() -> None:
    data = book(4)
    blocks = data.split(b"\nclosing ")
    moved = b"\nclosing ".join([blocks[0], blocks[2], blocks[1], *blocks[3:]])
    gone = b"\nclosing ".join([blocks[0], *blocks[2:]])
    assert [codes(verify(one, "x")) for one in (moved, gone)] == [[CHANGED.code]] * 2


def test_the_message_says_where() -> None:
    data = book(3)
    at = data.index(b"closing 2")
    line = data[:at].count(b"\n")
    (found,) = verify(data.replace(b"closing 2", b"closing 7"), "ledger.txt").diagnostics
    assert found.message == "closing 2 of “ledger.txt” is not what was sealed"
    assert str(found.place) == f"ledger.txt:{line}"


def test_a_cut_off_end_is_told_by_the_seal_of_a_certificate() -> None:
    whole, short = book(5), book(4)
    assert whole.startswith(short)
    chain, cut = verify(whole, "x").value, verify(short, "x").value
    assert chain is not None
    assert cut is not None
    assert holds(chain, chain.head, "x").value == 5
    assert holds(chain, cut.head.upper(), "x").value == 4
    assert codes(holds(cut, chain.head, "x")) == [CUT_OFF.code]


def test_a_ledger_written_anew_has_another_head() -> None:
    whole, other = verify(book(3), "x").value, verify(book(3, replace(SMALL, lines=(LINE,))), "x").value
    assert whole is not None
    assert other is not None
    assert codes(holds(other, whole.head, "x")) == [CUT_OFF.code]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"acmspec ledger 2 c-1\n", b"acmspec ledger 1 c-2\n", b"acmspec ledger 1 \xff\n"]
)
def test_another_text_is_no_ledger_of_the_contract(data) -> None:
    assert codes(verify(data, "x", "c-1")) == [NO_LEDGER.code]


def test_a_sealed_text_that_nobody_could_have_written_is_told() -> None:
    body = f"closing 1\nprevious {genesis('c-1')}\nline {{}}\n"
    from hashlib import sha256

    data = f"{head_line('c-1')}\n{body}seal {sha256(body.encode()).hexdigest()}\n".encode()
    assert verify(data, "x").value is not None
    (found,) = read(data, "x").diagnostics
    assert found.code == CHANGED.code
    assert "can’t be read" in found.message


def test_an_amount_between_two_cents_is_never_written() -> None:
    with pytest.raises(ValueError, match="whole cents"):
        sealed(replace(SMALL, lines=(replace(LINE, amount=Fraction(1, 3)),)))
