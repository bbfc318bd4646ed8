"""Which readable value a refused text was probably meant to be; it knows written habits, no key and no shape."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator

from acmspec.ground.calendar import MONTHS
from acmspec.ground.nearest import nearest
from acmspec.ground.pattern import pattern

_TRUTH = {"y": "yes", "1": "yes", "t": "yes", "n": "no", "0": "no", "f": "no"}
_COMMA = pattern(r"([-+]?[0-9]+),([0-9]{1,2})(\s*%)?")
_UNITS = ("days", "minutes", "decimals")
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\"'"
_CODE_LAST = pattern(r"([-+]?[0-9.,]+) ?([A-Za-z]{3})")
_MILLIONS = pattern(r"((?:[$\u20ac\u00a3] ?)?)([0-9]+(?:\.[0-9]+)?) ?(?:million|mio|m|mn)", re.IGNORECASE)
_LEFT_OVER = pattern(r"^[<>=\u2264\u2265]+ *")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMED = pattern(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_PATH = pattern(r"[a-z]\w*(?:\.[a-z]\w*)+")
_CAMEL = pattern("(?<=[a-z0-9])(?=[A-Z])")
_HABITS = {
    "daily": "day", "weekly": "week", "monthly": "month",
    "calendar month": "month", "quarterly": "quarter", "calendar quarter": "quarter",
    "semiannually": "half year", "semi-annually": "half year", "semiannual": "half year", "semi-annual": "half year",
    "half-yearly": "half year", "twice a year": "half year",
    "yearly": "year", "annually": "year", "annual": "year",
    "calendar year": "year", "fy": "fiscal year", "fiscal": "fiscal year", "fiscal yearly": "fiscal year",
    "fiscal month": "month", "federal fiscal year": "year starting October", "ffy": "year starting October",
    "ytd": "year to date", "year-to-date": "year to date",
    "fiscal year to date": "year to date", "to date": "since start", "cumulative": "since start",
    "cumulatively": "since start", "since the start": "since start", "contract to date": "since start",
    "whole term": "since start", "the period": "period", "each period": "period", "same": "period",
}  # fmt: skip
"""How people say how often, and how far back."""
_CHOSEN = {
    "up": "higher", "more": "higher", "increase": "higher", "increasing": "higher", "max": "higher",
    "greater": "higher", "down": "lower", "less": "lower", "decrease": "lower", "decreasing": "lower", "min": "lower",
    "fewer": "lower", "goal": "target", "threshold": "target", "benchmark": "target", "standard": "target",
    "baseline": "historical", "history": "historical", "previous": "historical", "fee for service": "rate card",
    "unit price": "rate card", "per unit": "rate card", "price": "rate card", "bonus": "tiered bonus",
    "tiers": "tiered bonus", "incentive": "tiered bonus", "ramp": "threshold and ramp",
    "linear": "threshold and ramp", "pay": "paid",
    "payment": "paid", "report": "reported", "monitor": "reported", "monitoring": "reported", "outcome": "lagging",
    "output": "leading", "process": "leading", "fy": "fiscal year", "fq": "fiscal quarter", "q": "quarter",
    "m": "month", "annual": "year", "annually": "year", "yearly": "year", "monthly": "month", "quarterly": "quarter",
    "timestamp": "datetime", "time": "datetime", "datetime64": "datetime", "varchar": "text", "char": "text",
    "string": "text", "str": "text", "object": "text", "category": "text", "factor": "text", "int": "integer",
    "int64": "integer", "bigint": "integer", "smallint": "integer", "whole number": "integer", "number": "decimal",
    "numeric": "decimal", "float": "decimal", "float64": "decimal", "double": "decimal", "real": "decimal",
    "currency": "money", "amount": "money", "dollars": "money", "bool": "boolean", "bit": "boolean", "flag": "boolean",
    "logical": "boolean", "yes/no": "boolean",
}  # fmt: skip
"""What other tools and other contracts call a word that is chosen from a few."""
CALLED = {
    "nullable": "optional", "dtype": "type", "datatype": "type", "data_type": "type", "pk": "key", "path": "file",
    "filename": "file", "filepath": "file", "direction": "better", "desired_direction": "better", "polarity": "better",
    "frequency": "every", "period": "every", "interval": "every", "periodicity": "every", "lookback": "window",
    "decimals": "round", "rounding": "round", "precision": "round", "min_n": "minimum", "suppress_below": "minimum",
    "breakdown": "break_down_by", "breakdowns": "break_down_by", "group_by": "break_down_by",
    "dimensions": "break_down_by", "disaggregate_by": "break_down_by", "targets": "benchmarks", "amount": "price",
    "filter": "where", "condition": "where", "codes": "values", "choices": "values", "options": "values",
    "expression": "formula", "sql": "formula", "calculation": "formula", "definition": "formula", "dax": "formula",
}  # fmt: skip
"""What other tools call a key of this language; it is meant where the key is not there."""
_CURRENCIES = {"$": "USD", "dollar": "USD", "dollars": "USD", "us$": "USD", "€": "EUR", "euro": "EUR", "£": "GBP"}
_ENDS = range(29, 32)
_ROLLING = pattern(r"(?:r|ttm|ltm|t)?-?([0-9]{1,2})m?", re.IGNORECASE)
_GROUPED_WITH_POINTS = pattern(r"([$€£]? ?)([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{2})")
_PER_SOMETHING = pattern(r"([$€£] ?[0-9][0-9,.]*) ?(?:/|per |each|a )", re.IGNORECASE)
_LOOKS_BACK = pattern(
    r"(?:the )?(?:rolling|trailing|moving|last|past|previous|prior)? ?([0-9]{0,4})[ -]?(day|week|month|quarter|year)s?"
    r"(?: rolling| trailing| moving)?"
)
_YEAR_FIRST = pattern("([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_YEAR_LAST = pattern("([0-9]{1,2})([-./])([0-9]{1,2})[-./]([0-9]{4})")


def meant(text: str, accepts: Callable[[str], bool], words: tuple[str, ...] = ()) -> str:
    """The first close writing of `text` that `accepts` takes, or "" if none does.

    `words` are words that may be offered for a misspelt one. A writing that could mean two values is not offered.
    """
    bare = _LEFT_OVER.sub("", text.strip().strip(_QUOTES)).strip()
    if bare.startswith("%"):
        bare = f"{bare[1:].strip()}%"
    for one in (*_written(bare), *filter(None, (nearest(bare, words),))):
        if one != text and accepts(one):
            return one
    return ""


def _written(text: str) -> Iterator[str]:
    yield text
    if _PATH.fullmatch(text):
        yield text.rpartition(".")[2]
    if _CAMEL.search(text):
        yield _CAMEL.sub("_", text).lower()
    yield text.lower()
    yield text.strip("${}")
    yield _TRUTH.get(text.lower(), text)
    yield _HABITS.get(text.lower(), text)
    yield _CURRENCIES.get(text.lower(), text.upper() if len(text) == len("USD") else text)
    yield _CHOSEN.get(text.lower(), text)
    yield from _looking_back(text.lower())
    yield from _number(text)
    yield from _date(text)
    yield from _left_over(text)
    yield f"rolling {text}"
    yield f"dated {text}"
    if "," not in text:  # two names are no one name
        name = re.sub("[^a-z0-9]+", "_", text.lower()).strip("_")
        yield name.replace("_", "-")
        yield name


def either(text: str) -> tuple[str, ...]:
    """The days that a date may mean of which nobody can tell which, and the last day of a month that is shorter."""
    last, first = _YEAR_LAST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    if last and max(int(last[1]), int(last[3])) <= len(MONTHS):
        return f"{last[4]}-{last[1]:0>2}-{last[3]:0>2}", f"{last[4]}-{last[3]:0>2}-{last[1]:0>2}"
    if first and 1 <= int(first[2]) <= len(MONTHS) and int(first[3]) in _ENDS and int(first[1]):
        return (f"{first[1]}-{first[2]:0>2}-{monthrange(int(first[1]), int(first[2]))[1]}",)
    return ()


def chosen(text: str, options: tuple[str, ...]) -> str:
    """The word of some that another tool or contract calls so, or that a number of a month stands for; "" for none."""
    bare = re.sub(r"\([0-9, ]*\)$", "", text.strip().lower())
    found = _CHOSEN.get(bare, "")
    month = re.fullmatch("0?([1-9]|1[0-2])(?:[-/]0?1)?", bare)
    if not found and month and set(MONTHS) <= set(options):
        found = MONTHS[int(month[1]) - 1]
    return found if found in options else ""


def _left_over(text: str) -> Iterator[str]:
    """A number among words that say nothing more, and amounts as other countries write them."""
    rolling = _ROLLING.fullmatch(text)
    if rolling and not text.isdigit():
        yield f"rolling {rolling[1]} months"
    if re.fullmatch("0\\.0*1", text):
        places = len(text.partition(".")[2])
        yield f"{places} decimal{'' if places == 1 else 's'}"
    decimals = re.fullmatch("([0-9]) ?(?:dp|dps|places|decimal places|digits|decimals places)", text)
    if decimals:
        yield f"{decimals[1]} decimal{'' if decimals[1] == '1' else 's'}"
    number = re.search("[0-9]+", text)
    if number and re.fullmatch("(?:n|at least|min|minimum)? ?[<>=≥]* ?[0-9]+(?: [a-z]+)?", text.lower()):
        yield number[0]
    points = _GROUPED_WITH_POINTS.fullmatch(text)
    if points:
        yield f"{points[1]}{points[2].replace('.', ',')}{'' if points[3] == '00' else '.' + points[3]}"
    apiece = _PER_SOMETHING.match(text)
    if apiece:
        yield apiece[1].strip()


def _looking_back(text: str) -> Iterator[str]:
    """A window of so many days or months, said otherwise; where no number stands, one is meant. A month in full."""
    head, _, name = text.rpartition(" ")
    yield from (f"{head} {month}" for month in MONTHS if len(name) > 2 and month.lower().startswith(name[:3]))  # noqa: PLR2004
    found = _LOOKS_BACK.fullmatch(text)
    if found and text != found[2]:
        number = found[1] or "1"
        yield f"rolling {number} {found[2]}{'' if number == '1' else 's'}"
    if re.fullmatch("(rolling )?[0-9]+", text):
        yield f"rolling {text.rpartition(' ')[2]} months"


def _number(text: str) -> Iterator[str]:
    """A number without its unit, with a unit written otherwise, or with a decimal comma."""
    comma = _COMMA.fullmatch(text)
    if comma:
        yield f"{comma[1]}.{comma[2]}{(comma[3] or '').strip()}"
        return
    percent = re.sub(r"\s*(percent|per cent|pct)$", "%", text, flags=re.IGNORECASE)
    yield percent
    if re.fullmatch("[0-9]{1,15}", text):
        yield f"${int(text):,}"
    code = _CODE_LAST.fullmatch(text)
    if code:
        yield f"{code[2].upper()} {code[1]}"
    million = _MILLIONS.fullmatch(text)
    if million and len(million[2].partition(".")[2]) <= len("000000"):
        whole, _, part = million[2].partition(".")
        yield f"{million[1] or '$'}{int(whole + part.ljust(6, '0')):,}"
    if re.fullmatch(r"0?\.[0-9]+", text):
        part = text.partition(".")[2].ljust(2, "0")
        yield f"{int(part[:2])}{'.' + part[2:] if part[2:] else ''}%"
    yield f"${text}"
    yield f"{text}%"
    yield from (f"{text} {unit[:-1] if text == '1' else unit}" for unit in _UNITS)
    yield re.sub(r"^([0-9]+) ?d$", r"\1 days", text)


def _date(text: str) -> Iterator[str]:
    """A date in another order; where day and month could be exchanged, none."""
    first = _YEAR_FIRST.fullmatch(text)
    if first:
        yield f"{first[1]}-{int(first[2]):02}-{int(first[3]):02}"
    named = _MONTH_NAMED.fullmatch(text)
    if named and named[1][:3].lower() in _MONTHS:
        yield f"{named[3]}-{_MONTHS.index(named[1][:3].lower()) + 1:02}-{int(named[2]):02}"
    last = _YEAR_LAST.fullmatch(text)
    if last:
        one, other = int(last[1]), int(last[3])
        months = 12
        if one > months or one == other:
            yield f"{last[4]}-{other:02}-{one:02}"
        elif other > months:
            yield f"{last[4]}-{one:02}-{other:02}"
