"""Results as the table that the product writes."""

from rowwise.numerals import plain, significant
from rowwise.report import Answer


def rows(answers: list[Answer]) -> list[dict[str, str]]:
    """The rows of results.csv, as far as the oracle works them out."""
    benchmarks = list(dict.fromkeys(name for one in answers for name in one["met"]))
    return [_row(one) | {f"vs_{name}": _MET[one["met"].get(name, "")] for name in benchmarks} for one in answers]


_MET = {"yes": "met", "no": "not met", "": ""}


def _row(one: Answer) -> dict[str, str]:
    return {
        "metric": one["metric"],
        "period": one["period"],
        "period_start": one["first"],
        "period_end": one["last"],
        "breakdown": "; ".join(one["by"]),
        "group": "; ".join(f"({name})" if name in {"missing", "not linked"} else name for name in one["group"]),
        "numerator": plain(one["numerator"]),
        "denominator": plain(one["denominator"]),
        "value": "" if one["value"] is None else significant(one["value"]),
        "rounded": one["printed"],
        "state": one["state"],
        "flags": "; ".join(one["flags"]),
        "immature": str(one["immature"]),
        "unjudged": str(one["unjudged"]),
        "n": str(one["n"]),
        "gaps": "; ".join(sorted(f"{why}: {count}" for why, count in one["gaps"].items())),
        "left_out": "; ".join(sorted(f"{why}: {count}" for why, count in one["left_out"].items())),
        "parts": "; ".join(f"{name}: {plain(part) or 'not known'}" for name, part in one["parts"].items()),
    }
