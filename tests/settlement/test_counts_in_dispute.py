"""What counts can come to while records are in dispute, held against every way that each record can go."""

from fractions import Fraction
from itertools import combinations, product

import pytest

from acmspec.settlement.counts_in_dispute import ends


def every_way(met: int, of: int, doubtful: int) -> set[tuple[int, int]]:
    """Each choice of the records in dispute, and each way that each of them can go."""
    records = [True] * met + [False] * (of - met)
    found = set()
    for chosen in combinations(range(of), doubtful):
        for ways in product(("as it does", "the other way", "not at all"), repeat=doubtful):
            counts = dict(enumerate(records))
            for number, way in zip(chosen, ways, strict=True):
                if way == "not at all":
                    del counts[number]
                elif way == "the other way":
                    counts[number] = not counts[number]
            found.add((sum(counts.values()), len(counts)))
    return found


@pytest.mark.parametrize("of", range(1, 6))
@pytest.mark.parametrize("doubtful", range(1, 4))
def test_the_ends_are_ways_and_no_way_is_beyond_them(of: int, doubtful: int) -> None:
    for met in range(of + 1):
        if doubtful > of:
            continue
        ways = every_way(met, of, doubtful)
        told = [(int(above), int(below)) for above, below in ends(Fraction(met), Fraction(of), doubtful, part=True)]
        assert set(told) <= ways
        assert {min(below for _, below in told)} == {min(below for _, below in ways)}
        assert {min(above for above, _ in told), max(above for above, _ in told)} == {
            min(above for above, _ in ways),
            max(above for above, _ in ways),
        }
        shares = [Fraction(above, below) for above, below in told if below]
        possible = [Fraction(above, below) for above, below in ways if below]
        assert (min(shares), max(shares)) == (min(possible), max(possible))


def test_counts_of_other_records_move_by_themselves() -> None:
    found = set(ends(Fraction(3), Fraction(4), 1, part=False))
    assert found == {(2, 4), (3, 4), (4, 4), (2, 3), (3, 3)}
