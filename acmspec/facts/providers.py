"""Whether agreements and data name the same providers: a name spelt in two ways would be two of them."""

from collections.abc import Iterator, Sequence

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.ground.nearest import nearest

_SHOWN = 8

NO_RECORDS = Problem(
    "ACM437",
    "an agreement's provider has no records",
    "A provider's records are found by its name, letter for letter, and no valid record has this one, so that nothing "
    "is measured and nothing paid.",
    "Write the provider in the agreement as the data do, or ask the provider for its records.",
    "Each Provider must be named in its records as in its agreement.",
    Severity.WARNING,
)
NO_AGREEMENT = Problem(
    "ACM438",
    "a provider in the data has no agreement",
    "A provider without an agreement is measured, and is paid nothing.",
    "Correct the name in the data, or add the provider's agreement.",
    "Each Provider that has records must have an agreement to be paid.",
    Severity.WARNING,
)
PROBLEMS = (NO_RECORDS, NO_AGREEMENT)


def unmatched(
    table: str, agreed: Sequence[str], named: Sequence[str], place: DataPlace, path: str
) -> Iterator[Diagnostic]:
    """What is said of agreements without records in a table, and of its providers without an agreement.

    `agreed` are the providers whose agreements have begun, `named` those that valid records name.
    """
    strange = [one for one in named if one not in agreed]
    for provider in (one for one in agreed if one not in named):
        close = nearest(provider, strange)
        if close:
            strange.remove(close)
        message = f"“{provider}” has an agreement, and no record of “{table}” names it"
        fix = f"The data have “{_visible(close)}”: write it in one way in both." if close else ""
        yield NO_RECORDS.at(place, message, path=path, fix=fix)
    if strange and agreed:
        names = ", ".join(f"“{_visible(one)}”" for one in strange[:_SHOWN])
        more = f" and {len(strange) - _SHOWN:,} more" if len(strange) > _SHOWN else ""
        have = "has" if len(strange) == 1 else "have"
        message = f"{names}{more} {have} records in “{table}” and no agreement"
        meant = ((one, nearest(one, agreed)) for one in strange[:_SHOWN])
        pairs = ", ".join(f"“{_visible(one)}” for “{other}”" for one, other in meant if other)
        fix = f"Was one meant for the other: {pairs}? Then correct the name in the data." if pairs else ""
        yield NO_AGREEMENT.at(place, message, path=path, fix=fix)


def _visible(name: str) -> str:
    """A name with every blank that only looks like a space, and every other hidden character, made visible."""
    return "".join(one if one.isprintable() else "␣" if one.isspace() else "\ufffd" for one in name)
