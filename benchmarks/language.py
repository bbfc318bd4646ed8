"""How long a warm formula takes to parse and to check, beside its size: 1,000 formulas, percentiles and the slowest."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from acmspec.api import check
from acmspec.formula.from_text import parse
from acmspec.formula.tree import Formula
from acmspec.ground.source import Source
from acmspec.program.from_formula import group_meaning
from acmspec.program.tree import Program

FORMULAS = 1_000
MOST_MILLISECONDS = 10
SLOWEST = 5
SHOWN = 160
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
    (
        "1 <= count(other enrollments as later for same client where later.entry_date within 6 months after exit_date "
        "and any(other enrollments as two for same client where two.exit_date within 90 days before later.entry_date))"
    ),
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
                f"average(share({where} over {members}) for each month)",
                f"if share({where} over {members}) >= 65% then 1 else 0",
                f"1000 * sum({chance.choice(VALUES)} over {members} where {where}) / count({members})",
            )
        )


class Took(NamedTuple):
    """How long one call took in milliseconds: by the clock, and of the processor.

    The clock also counts what other programs do meanwhile, so that a crowded machine shows in it alone.
    """

    clock: float
    processor: float


def took(work: Callable[[], object]) -> Took:
    """How long one call takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    ends = time.process_time(), time.perf_counter()
    return Took((ends[1] - clock) * 1000, (ends[0] - processor) * 1000)


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


def show(name: str, values: list[float], decimals: int = 2) -> None:
    """A line of percentiles."""
    print(f"{name:24}", *(f"{at(values, percent):8.{decimals}f}" for percent in (50, 95, 100)))


def main() -> None:
    program = check(SPEC).value
    if program is None:
        sys.exit("the example is not sound")
    made = formulas(Random(20260101))  # noqa: S311  (the same formulas every time)
    written = [next(made) for _ in range(FORMULAS)]
    for one in written[:50]:
        meant(program, read(one))
    gc.disable()
    parsing = [took(lambda one=one: read(one)) for one in written]
    trees = [read(one) for one in written]
    checking = [took(lambda one=one: meant(program, one)) for one in trees]
    both = [Took(*map(sum, zip(one, other, strict=True))) for one, other in zip(parsing, checking, strict=True)]
    sizes = [float(len(one)) for one in written]
    print(f"{FORMULAS:,} formulas                50th     95th    100th percentile")
    show("characters", sizes, 0)
    for name, values in (("parse", parsing), ("check", checking), ("both", both)):
        show(f"{name}, ms by the clock", [one.clock for one in values])
        show(f"{name}, ms of processor", [one.processor for one in values])
    print(f"both at the 95th percentile: {at([one.clock for one in both], 95):.2f} ms (under {MOST_MILLISECONDS})")
    quarters = sorted(zip(sizes, both, strict=True))
    for at_quarter in range(4):
        some = quarters[at_quarter * FORMULAS // 4 : (at_quarter + 1) * FORMULAS // 4]
        show(f"  {some[0][0]:.0f} to {some[-1][0]:.0f} characters", [each.processor for _, each in some])
    print("the slowest:")
    for each, text in sorted(zip(both, written, strict=True), key=lambda one: -one[0].processor)[:SLOWEST]:
        print(f"  {each.processor:.2f} ms: {text if len(text) <= SHOWN else text[:SHOWN] + ' …'}")


if __name__ == "__main__":
    main()
