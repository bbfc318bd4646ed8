"""The farthest that two counts can come to while records are in dispute; knows nothing of terms or results."""

from collections.abc import Iterator
from fractions import Fraction

_ZERO = Fraction(0)


def ends(above: Fraction, of: Fraction, doubtful: int, *, part: bool) -> Iterator[tuple[Fraction, Fraction]]:
    """Numerators and denominators, where each doubtful record counts as it does, the other way, or not at all.

    Which records are doubtful is not told. Where the numerator is a `part` of the denominator, one that counts the
    other way leaves the denominator as it is. Else each count may move by itself.
    """
    if part and doubtful <= of:
        met, failed = min(Fraction(doubtful), above), min(Fraction(doubtful), of - above)
        yield from ((above, of), (above - met, of), (above + failed, of))
        yield from ((above - met, of - doubtful), (above - (doubtful - failed), of - doubtful))
        return
    for left in (of, max(_ZERO, of - doubtful)):
        for found in (above - doubtful, above, above + doubtful):
            yield max(_ZERO, min(found, left)), left


def ends_known(
    above: Fraction, of: Fraction, doubtful: tuple[Fraction, Fraction], records: int
) -> Iterator[tuple[Fraction, Fraction]]:
    """The same where it is told how the records in dispute count: each is a success, is none, or does not count.

    `doubtful` are the numerator and denominator of so many `records` by themselves, some of which may not count now.
    The numerator is a part of the denominator.
    """
    sure, left = above - doubtful[0], of - doubtful[1]
    yield from ((above, of), (sure, left), (sure, left + records), (sure + records, left + records))
