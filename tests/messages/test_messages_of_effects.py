"""What is said of a mistake in an effect names how it is written right, at the place where that is to be done."""

import pytest

from acmspec.api import check_text
from tests.program.small import changed
from tests.program.test_rules import EFFECT

OF_TARGET = EFFECT.format("target")
NO_BENCHMARK = (
    ("    benchmarks:\n      target:\n        kind: target\n        value: 65%\n  visits", "  visits"),
    ("    targets:\n      exits: 60%\n", ""),
    ("      target: met\n", ""),
)


def more(text=OF_TARGET):
    return ("    bonus:\n", f"    more:\n{text}    bonus:\n")


@pytest.mark.parametrize(
    ("changes", "code", "place", "path", "fix"),
    [
        ((more(f"{OF_TARGET}      pooled: 7.5%\n"),), "ACM105", "7.5%", "incentives.terms.more.pooled",
         "Write {at_least: 7.5%}."),
        ((more(EFFECT.format("60%")),), "ACM104", "60%", "incentives.terms.more.comparator",
         ("Write the name of a benchmark of the metric; a level is one, such as “baseline: {kind: target, value: 60%}” "
         "under its “benchmarks”.")),
        ((more(f"{OF_TARGET}      wibble: 3\n"),), "ACM101", "wibble", "incentives.terms.more.wibble",
         ("Correct the key's name, move it to where it belongs, or remove it. "
          "Not written here yet: “once_per”, “pooled”.")),
        ((("      card: $90\n", "      xyz: $90\n"),), "ACM388", "xyz", "agreements.0.prices", "Known here: “card”."),
        ((more(), ("      exits: 60%\n", "      exits: 0%\n")), "ACM467", "0%", "agreements.0.targets.exits",
         "Print the metric with more decimals (“round”), or hold it against a level above zero."),
        ((more(), ("      exits: 60%\n", "      exits: 97%\n")), "ACM463", "97%", "agreements.0.targets.exits",
         "Agree on a lower target, or write a change below 10%."),
        ((more(), *NO_BENCHMARK), "ACM462", "target", "incentives.terms.more",
         "Add it under “benchmarks” of “exits”, such as target: {kind: target, value: 60%}."),
        ((("      numerator: 13\n", "      numerator: 13\n      others: {}\n"),), "ACM101", "others",
         "examples.0.given.others", "Write “others” beside “given”, as a key of the worked case."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_fix(changes, code, place, path, fix) -> None:
    found = [one for one in check_text(changed(*changes), "spec.yaml").diagnostics if one.code == code]
    assert [(one.place.text, one.path, one.fix) for one in found] == [(place, path, fix)]


def test_a_metric_without_any_benchmark_is_told_once() -> None:
    found = check_text(changed(more(), *NO_BENCHMARK), "spec.yaml").diagnostics
    assert [one.code for one in found] == ["ACM462"]
