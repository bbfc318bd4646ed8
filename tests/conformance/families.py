"""Write the cases that walk along a boundary: days of windows, truth tables, rounding, medians, fiscal years.

Expected values are worked out here from first principles (a calendar by counting days, truth tables by listing them,
rounding on whole numbers), never by the engine. `python tests/conformance/families.py` rewrites the file.
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

FILE = Path(__file__).with_name("cases") / "families.yaml"
Day = tuple[int, int, int]
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TRUTHS = ("yes", "no", "missing")


# --- a calendar of its own ------------------------------------------------------------------------------------


def is_leap(year: int) -> bool:
    """Every fourth year, but not the full centuries unless they are fourth ones themselves."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def next_day(day: Day) -> Day:
    """The day after."""
    year, month, number = day
    if number < days_in(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def day_before(day: Day) -> Day:
    """The day before."""
    year, month, number = day
    if number > 1:
        return year, month, number - 1
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return year, month, days_in(year, month)


def later(day: Day, days: int) -> Day:
    """So many days later, one day at a time."""
    for _ in range(days):
        day = next_day(day)
    return day


def months_later(day: Day, months: int) -> Day:
    """The same day so many months later, or the month's last day where it has no such day."""
    year, month, number = day
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return year, month, min(number, days_in(year, month))


def written(day: Day) -> str:
    """2025-07-01."""
    return f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}"


# --- families -------------------------------------------------------------------------------------------------


def windows() -> Iterator[str]:
    """Day 0, the days around it, and the days around the last one, for windows of days and months."""
    anchors = [(2025, 1, 31), (2024, 1, 31), (2024, 2, 29), (2025, 2, 28), (2024, 12, 31), (2025, 8, 31)]
    for anchor in anchors:
        for number, unit in ((30, "days"), (1, "month"), (12, "months")):
            last = later(anchor, number) if unit == "days" else months_later(anchor, number)
            for inclusive in (False, True):
                days = [day_before(anchor), anchor, next_day(anchor), last, next_day(last)]
                inside = ["no", "yes" if inclusive else "no", "yes", "yes", "no"]
                rows = [f"{'abcde'[at]},2025-01-01,{written(anchor)},{written(day)}" for at, day in enumerate(days)]
                word = "on or within" if inclusive else "within"
                name = f"window-{'from' if inclusive else 'after'}-{written(anchor)}-{number}-{unit}"
                month_end = unit != "days" and anchor[2] > 28
                yield record(
                    name,
                    ["within", *(["months-clamp"] if month_end else []), *(["day-0"] if unit == "days" else [])],
                    f"{number} {unit} after {written(anchor)} end on {written(last)}, day 0 "
                    f"{'counts' if inclusive else 'does not count'}",
                    f"done_on {word} {number} {unit} after due_on",
                    ["id,seen_on,due_on,done_on", *rows],
                    dict(zip("abcde", inside, strict=True)),
                )


def truth_tables() -> Iterator[str]:
    """Kleene's tables, listed: `and` is the least, `or` the greatest, in the order no, missing, yes."""
    rank = {"no": 0, "missing": 1, "yes": 2}
    name = {value: key for key, value in rank.items()}
    cell = {"yes": "yes", "no": "no", "missing": ""}
    for word, pick in (("and", min), ("or", max)):
        for one in _TRUTHS:
            for two in _TRUTHS:
                result = name[pick(rank[one], rank[two])]
                yield record(
                    f"truth-{one}-{word}-{two}",
                    ["kleene"],
                    f"{one} {word} {two} is {result}",
                    f"ok {word} urgent",
                    ["id,seen_on,ok,urgent", f"a,2025-01-01,{cell[one]},{cell[two]}"],
                    {"a": result},
                )
    for one in _TRUTHS:
        result = name[2 - rank[one]]
        yield record(
            f"truth-not-{one}", ["kleene"], f"not {one} is {result}", "not ok",
            ["id,seen_on,ok", f"a,2025-01-01,{cell[one]}"], {"a": result},
        )  # fmt: skip


def comparisons() -> Iterator[str]:
    """Each comparison of a number below, at and above another, and with either side missing."""
    holds = {"=": (0, 1, 0), "!=": (1, 0, 1), "<": (1, 0, 0), "<=": (1, 1, 0), ">": (0, 0, 1), ">=": (0, 1, 1)}
    slug = {"=": "equal", "!=": "unequal", "<": "less", "<=": "at-most", ">": "more", ">=": "at-least"}
    for sign, outcome in holds.items():
        rows = ["a,2025-01-01,1,2", "b,2025-01-01,2,2", "c,2025-01-01,3,2", "d,2025-01-01,,2", "e,2025-01-01,2,"]
        values = dict(zip("abc", ("yes" if one else "no" for one in outcome), strict=True))
        yield record(
            f"compare-{slug[sign]}", ["missing-comparisons", "comparisons"],
            f"a missing value makes {sign} missing, on either side", f"score {sign} hours",
            ["id,seen_on,score,hours", *rows], {**values, "d": "missing", "e": "missing"},
        )  # fmt: skip


def day_counts() -> Iterator[str]:
    """Days between two dates, counted one by one."""
    starts = [
        (2024, 2, 28),
        (2025, 2, 28),
        (2024, 2, 29),
        (2024, 12, 31),
        (2025, 3, 29),
        (2025, 10, 25),
        (1999, 12, 31),
    ]
    for start in starts:
        for days in (1, 2, 366):
            end = later(start, days)
            yield record(
                f"days-from-{written(start)}-{days}", ["days-from"],
                f"from {written(start)} to {written(end)} are {days} days", "days from due_on to done_on",
                ["id,seen_on,due_on,done_on", f"a,2025-01-01,{written(start)},{written(end)}"],
                {"a": str(days)}, number=True,
            )  # fmt: skip


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a quotient of whole numbers at least 0; half goes up."""
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest >= denominator)


def rounding() -> Iterator[str]:
    """Shares that end in a half, just below it and just above it, at several decimals, and negative ones."""
    for true, of, decimals in (
        (1, 8, 0), (3, 8, 0), (1, 8, 1), (1, 16, 1), (3, 16, 1), (1, 32, 2), (1, 40, 0), (3, 40, 0), (1, 3, 1),
        (2, 3, 1), (1, 6, 0), (5, 6, 2), (1, 7, 3), (39, 40, 0), (0, 7, 1), (7, 7, 1),
    ):  # fmt: skip
        scaled = half_up(true * 100 * 10**decimals, of)
        digits = f"{scaled // 10**decimals}" + (f".{scaled % 10**decimals:0{decimals}d}" if decimals else "")
        value = Fraction(scaled, 100 * 10**decimals)
        for sign, formula in (("", "share(ok over visits)"), ("-", "-share(ok over visits)")):
            if sign and not true:
                continue
            rows = [f"r{at},2025-01-02,{'yes' if at < true else 'no'}" for at in range(of)]
            unit = " points" if sign else "%"
            yield run(
                f"round-{'minus-' if sign else ''}{true}-of-{of}-to-{decimals}", ["half-up"],
                f"{sign}{true}/{of} is {sign}{digits}{unit} at {decimals} decimals, halves away from zero", formula,
                ["id,seen_on,ok", *rows], {"round": f"{decimals} decimals"},
                {"period": '"2025"', "value": f"{sign}{Fraction(true, of)}", "rounded": f"{sign}{value}",
                 "printed": f"{sign}{digits}{unit}"},
            )  # fmt: skip


def medians() -> Iterator[str]:
    """Medians of odd and even counts, with ties, decimals, negatives and missing values, from sorted lists."""
    for at, values in enumerate((
        ["3", "1", "2"], ["4", "1", "3", "2"], ["1", "2"], ["5"], ["2", "2", "9", "9"], ["0.01", "0.02"],
        ["-1", "-2", "-4"], ["-1", "2"], ["1", "", "2", ""], ["1", "10", "100", "1000", "10000", ""], ["10", "9"],
    )):  # fmt: skip
        known = sorted(Fraction(one) for one in values if one)
        middle = len(known) // 2
        value = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
        rows = [f"r{index},2025-01-02,{one}" for index, one in enumerate(values)]
        yield run(
            f"median-{at}-of-{len(known)}", ["aggregate-median"],
            f"the median of {', '.join(one or 'nothing' for one in values)} is {value}", "median(score over visits)",
            ["id,seen_on,score", *rows], {},
            {"period": '"2025"', "value": str(value), "unjudged": f'"{values.count("")}"'},
        )  # fmt: skip


def percentiles() -> Iterator[str]:
    """Type 7, on fractions: the place (n - 1) * P / 100 in the sorted list, on the straight line between two values."""
    for at, (place, values) in enumerate((
        ("25", ["1", "2", "3", "4", "5"]), ("90", ["1", "2", "3", "4", "5"]), ("25", ["40", "10", "30", "20"]),
        ("75", ["40", "10", "30", "20"]), ("50", ["9", "1", "4", "2"]), ("10", ["0", "10"]), ("99", ["7"]),
        ("95", ["-3", "-1", "", "-2"]), ("33.3", ["1", "2", "3", "4"]), ("80", ["5", "5", "5", "6", "6", "6"]),
        ("1", ["0.1", "0.2", "0.3"]), ("99.9", ["1", "1000"]),
    )):  # fmt: skip
        known = sorted(Fraction(one) for one in values if one)
        spot = (len(known) - 1) * Fraction(place) / 100
        below = int(spot)
        above = min(below + 1, len(known) - 1)
        value = known[below] + (known[above] - known[below]) * (spot - below)
        rows = [f"r{index},2025-01-02,{one}" for index, one in enumerate(values)]
        yield run(
            f"percentile-{at}-of-{len(known)}", ["percentile"],
            f"the {place}th percentile of {', '.join(one or 'nothing' for one in values)} is {value}",
            f'"percentile({place}, score over visits)"', ["id,seen_on,score", *rows], {},
            {"period": '"2025"', "value": str(value)},
        )  # fmt: skip


def fiscal_periods() -> Iterator[str]:
    """The first and last day of every kind of period, under four starts of the fiscal year, with its name."""
    months = ("January", "April", "July", "October")
    for starts in (1, 4, 7, 10):
        for every, length in (("fiscal year", 12), ("fiscal quarter", 3)):
            for into in range(0, 12, length):
                month = (starts - 1 + into) % 12 + 1
                first = (2025, month, 1)
                last = day_before(months_later(first, length))
                # A fiscal year is named by the calendar year in which it ends.
                ends = 2025 + (1 if starts > 1 and month >= starts else 0)
                name = f"FY{ends}" + ("" if length == 12 else f"-Q{into // 3 + 1}")
                label = f"fiscal-{months[(starts - 1) // 3].lower()}-{name.lower()}"
                yield period_case(label, every, starts, months, first, last, name)
    for every, length in (("month", 1), ("quarter", 3), ("year", 12)):
        for month in (1, 2, 12) if length == 1 else (1, 10) if length == 3 else (1,):
            first = (2024, month, 1)
            last = day_before(months_later(first, length))
            name = {1: f"2024-{month:02d}", 3: f"2024-Q{month // 3 + 1}", 12: "2024"}[length]
            yield period_case(f"calendar-{name.lower()}", every, 7, months, first, last, name)


def period_case(  # noqa: PLR0917  (an argument for each blank of a case)
    label: str, every: str, starts: int, months: tuple[str, ...], first: Day, last: Day, name: str
) -> str:  # fmt: skip
    """One period with a record on each side of both its edges."""
    days = [day_before(first), first, last, next_day(last)]
    rows = [f"r{at},{written(day)}" for at, day in enumerate(days)]
    return run(
        f"period-{label}", ["periods"],
        f"{name} goes from {written(first)} to {written(last)}, both days in it", "count(visits)",
        ["id,seen_on", *rows], {"every": every},
        {"period": f'"{name}"', "value": '"2"', "first": written(first), "last": written(last)},
        changes=[["from: 2025-01-01", "from: 2023-01-01"], ["to: 2025-12-31", "to: 2026-12-31"],
                 ["fiscal_year_starts: July", f"fiscal_year_starts: {months[(starts - 1) // 3]}"]]
        if starts != 7 else [["from: 2025-01-01", "from: 2023-01-01"], ["to: 2025-12-31", "to: 2026-12-31"]],
        data_date="2026-12-31",
    )  # fmt: skip


def maturity() -> Iterator[str]:
    """The day on which a look ahead can be judged: its last day, and the lag of the table looked into (10 days)."""
    for anchor, number, unit in (
        ((2025, 1, 31), 1, "month"), ((2025, 3, 15), 30, "days"), ((2025, 8, 31), 6, "months"),
        ((2025, 6, 1), 1, "day"),
    ):  # fmt: skip
        last = later(anchor, number) if unit.startswith("day") else months_later(anchor, number)
        seen = later(last, 10)
        for data_date, state in ((day_before(seen), "immature"), (seen, "value")):
            row = {"period": '"2025"', "state": state, "n": '"1"', "immature": '"1"' if state == "immature" else '"0"'}
            if state == "immature":
                row["matures"] = written(seen)
            yield run(
                f"matures-{written(anchor)}-{number}-{unit}-{state}", ["matures", "complete-through"],
                f"{number} {unit} after {written(anchor)} and 10 days of lag are over on {written(seen)}",
                "share(any(arrests for same client where arrested_on "
                f"within {number} {unit} after seen_on) over visits)",
                ["id,seen_on,client", f"a,{written(anchor)},p"], {}, row, data_date=written(data_date),
            )  # fmt: skip


# --- writing ---------------------------------------------------------------------------------------------------


def record(  # noqa: PLR0917  (an argument for each blank of a case)
    name: str, proves: list[str], tells: str, formula: str, rows: list[str], values: dict[str, str], *,
    number: bool = False,
) -> str:  # fmt: skip
    """A case about single records."""
    lines = [
        f"- id: {name}", "  kind: record", f"  proves: [{', '.join(proves)}]", f"  tells: {tells}", "  of: visits",
        f"  formula: {formula}", *(['  number: "yes"'] if number else []), f'  tables: {{visits: "{chr(92)}n"}}',
        "  values: {" + ", ".join(f'{key}: "{value}"' for key, value in values.items()) + "}",
    ]  # fmt: skip
    return "\n".join(lines).replace('"\\n"', '"' + "\\n".join(rows) + '"') + "\n"


def run(  # noqa: PLR0917  (an argument for each blank of a case)
    name: str, proves: list[str], tells: str, formula: str, rows: list[str], metric: dict[str, str],
    row: dict[str, str], *, changes: list[list[str]] | None = None, data_date: str = "",
) -> str:  # fmt: skip
    """A case about a result."""
    lines = [f"- id: {name}", "  kind: run", f"  proves: [{', '.join(proves)}]", f"  tells: {tells}"]
    lines += [f"  formula: {formula}"]
    if metric:
        lines += ["  metric: {" + ", ".join(f"{key}: {value}" for key, value in metric.items()) + "}"]
    if changes:
        lines += ["  changes: [" + ", ".join(f'["{old}", "{new}"]' for old, new in changes) + "]"]
    if data_date:
        lines += [f"  data_date: {data_date}"]
    lines += ['  tables: {visits: "' + "\\n".join(rows) + '"}']
    lines += ["  rows: [{" + ", ".join(f"{key}: {value}" for key, value in row.items()) + "}]"]
    return "\n".join(lines) + "\n"


def text() -> str:
    """The whole file."""
    families = (
        windows,
        truth_tables,
        comparisons,
        day_counts,
        rounding,
        medians,
        percentiles,
        fiscal_periods,
        maturity,
    )
    head = "# Written by families.py from first principles; change it there.\ncases:\n"
    return head + "".join(case for family in families for case in family())


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {text().count('- id: ')} cases\n")
