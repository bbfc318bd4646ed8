"""What counts can come to while records are in dispute, held against every way that each record can go."""

from fractions import Fraction
from itertools import combinations, product

import pytest

from acmspec.settlement.counts_in_dispute import ends, ends_known


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


def every_known_way(sure: tuple[int, int], doubtful: int) -> set[tuple[int, int]]:
    """Each way that each record in dispute can go, beside those that are sure."""
    ways = product(((1, 1), (0, 1), (0, 0)), repeat=doubtful)
    return {(sure[0] + sum(one for one, _ in way), sure[1] + sum(one for _, one in way)) for way in ways}


@pytest.mark.parametrize("sure", [(0, 0), (0, 2), (1, 2), (3, 3)])
@pytest.mark.parametrize("now", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1), (2, 0, 1)])
def test_where_it_is_told_how_they_count_the_ends_are_those_of_the_records_in_dispute(
    sure: tuple[int, int], now: tuple[int, int, int]
) -> None:
    met, failed, aside = now
    ways = every_known_way(sure, met + failed + aside)
    doubtful = (Fraction(met), Fraction(met + failed))
    above, of = sure[0] + doubtful[0], sure[1] + doubtful[1]
    told = {(int(one), int(below)) for one, below in ends_known(above, of, doubtful, met + failed + aside)}
    assert {(int(above), int(of)), sure} <= told <= ways
    assert max(told) == max(ways)
    assert {min(below for _, below in told), max(below for _, below in told)} == {sure[1], sure[1] + sum(now)}
    shares = [Fraction(above, below) for above, below in told if below]
    possible = [Fraction(above, below) for above, below in ways if below]
    assert (min(shares), max(shares)) == (min(possible), max(possible))
