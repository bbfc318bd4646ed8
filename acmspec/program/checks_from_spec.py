"""Turns the checks of the referral into what they mean, and into small measures, calculated beside the metrics."""

from acmspec.ground.node import node
from acmspec.ground.windows import Covers
from acmspec.program.definitions import Definitions
from acmspec.program.dimensions import tables_of
from acmspec.program.group_from_formula import resolve_group
from acmspec.program.judged import judged
from acmspec.program.judging import Judging
from acmspec.program.measures_from_spec import is_planned
from acmspec.program.relocate import is_faulty
from acmspec.program.tree import Group, Measure
from acmspec.spec.practice import ReferralCheck
from acmspec.spec.tree import DENOMINATOR_ONLY, Metric, Spec


@node
class Checks:
    """What all checks mean, in the author's order, and those that can be calculated."""

    meanings: tuple[Group, ...]
    measures: tuple[Measure, ...]


def checks_of(spec: Spec, names: Definitions) -> Checks:
    """The checks of the referral; what is wrong with them is reported as in every formula.

    They are calculated in the periods of the first metric, all records together, each when it can be judged.
    """
    meanings, measures = [], []
    for index, one in enumerate(spec.referral.checks if spec.referral else ()):
        if one.formula.tree is None:
            continue
        path = f"referral.checks.{index}"
        meaning = resolve_group(one.formula.tree, f"{path}.formula", names)
        meanings.append(meaning)
        planned = is_planned(meaning, one.title, one.formula, f"{path}.formula", names)
        if spec.metrics and not planned and not is_faulty(meaning) and tables_of(meaning):
            measures.append(_measure(one, path, judged(meaning, Judging()), spec.metrics[0]))
    return Checks(tuple(meanings), tuple(measures))


def _measure(check: ReferralCheck, path: str, formula: Group, first: Metric) -> Measure:
    return Measure(
        name=path,
        formula=formula,
        every=first.every.value,
        window=Covers.PERIOD,
        breakdowns=((),),
        better="higher",
        decimals=1,
        minimum=0,
        missing_is=DENOMINATOR_ONLY,
        maturity="all records",
        benchmarks=(),
        title=check.title,
        is_metric=False,
        span=check.formula.span,
    )
