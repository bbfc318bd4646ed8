"""How long a warm formula takes to parse and to check, beside its size: 1,000 formulas, percentiles of each."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from acmspec.api import check
from acmspec.formula.from_text import parse
from acmspec.formula.tree import Formula
from acmspec.ground.source import Source
from acmspec.program.from_formula import group_meaning
from acmspec.program.tree import Program

FORMULAS = 1_000
MOST_MILLISECONDS = 10
SPEC = Path(__file__).parent.parent / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
SETS = ("enrollments", "leavers", "move_ins", "entrants")
CONDITIONS = (
    "permanent_home",
    "came_back",
    "timely_plan",
    "client.race is known",
    'destination in ("rental", "family")',
    "exit_date on or within 90 days after entry_date",
    "days from entry_date to exit_date >= 30 days",
    'client.household = "family" and not permanent_home',
    "any(other enrollments as later for same client where later.entry_date within 6 months after exit_date)",
    "none(referrals for same client where referral_date on or before entry_date)",
)
VALUES = ("days_to_home", "days from entry_date to exit_date", "2 * days_to_home")


def formulas(chance: Random) -> Iterator[str]:
    """Formulas for groups, from a count to a page of conditions."""
    while True:
        where = f" {chance.choice(('and', 'or'))} ".join(chance.choices(CONDITIONS, k=chance.choice((1, 1, 2, 3, 8))))
        members = chance.choice(SETS)
        yield chance.choice(
            (
                f"count({members} where {where})",
                f"share({where} over {members})",
                f"median({chance.choice(VALUES)} over {members} where {where})",
                f"count({members} where {where}) out of count({members})",
                f"1000 * sum({chance.choice(VALUES)} over {members} where {where}) / count({members})",
            )
        )


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def read(written: str) -> Formula:
    """The tree of a formula that is sound."""
    found = parse(Source("formula", written), 0, len(written)).value
    if found is None:
        sys.exit(f"not a formula: {written}")
    return found


def meant(program: Program, formula: Formula) -> None:
    """The meaning of a formula, with every definition and cohort it needs worked out anew."""
    found = group_meaning(program.spec, formula)
    if found.value is None:
        sys.exit(f"not sound: {found.diagnostics[0].message}")


def at(values: list[float], percent: int) -> float:
    """A percentile by nearest rank."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def main() -> None:
    program = check(SPEC).value
    if program is None:
        sys.exit("the example is not sound")
    made = formulas(Random(20260101))  # noqa: S311  (the same formulas every time)
    written = [next(made) for _ in range(FORMULAS)]
    for one in written[:50]:
        meant(program, read(one))
    gc.disable()
    parsing = [milliseconds(lambda one=one: read(one)) for one in written]
    trees = [read(one) for one in written]
    checking = [milliseconds(lambda one=one: meant(program, one)) for one in trees]
    both = [one + other for one, other in zip(parsing, checking, strict=True)]
    sizes = [float(len(one)) for one in written]
    print(f"{FORMULAS:,} formulas      50th     95th    100th percentile")
    print(f"characters     {at(sizes, 50):8.0f} {at(sizes, 95):8.0f} {at(sizes, 100):8.0f}")
    for name, values in (("parse, ms", parsing), ("check, ms", checking), ("both, ms", both)):
        print(f"{name:14} {at(values, 50):8.2f} {at(values, 95):8.2f} {at(values, 100):8.2f}")
    print(f"both at the 95th percentile: {at(both, 95):.2f} ms (under {MOST_MILLISECONDS})")
    quarters = sorted(zip(sizes, both, strict=True))
    for at_quarter in range(4):
        some = quarters[at_quarter * FORMULAS // 4 : (at_quarter + 1) * FORMULAS // 4]
        top = at([took for _, took in some], 95)
        print(f"  {some[0][0]:5.0f} to {some[-1][0]:5.0f} characters: 95th percentile {top:6.2f} ms")


if __name__ == "__main__":
    main()
