"""The names of functions a formula may call, and the words people bring from SQL and spreadsheets."""

import re
from fractions import Fraction

from acmspec.formula.foreign import FUNCTIONS
from acmspec.formula.tree import Call
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import Amount, significant
from acmspec.ground.nearest import offer
from acmspec.program.aggregates import AGGREGATES
from acmspec.program.findings import Findings
from acmspec.program.lookup_rows import WORDS as LOOKUPS

AGGREGATE_WORDS = tuple(dict.fromkeys(row.name.split()[0] for row in AGGREGATES))

WRONG_LEVEL = Problem(
    "ACM330",
    "wrong level",
    "Some formulas are about one record (a field, a condition); others are about a group of records (count, share, "
    "sum). Each has its place.",
    "Put formulas about one record inside the brackets of an aggregate, and aggregates outside of them.",
    "A figure about a group must be calculated over the records of the group.",
)
UNKNOWN_FUNCTION = Problem(
    "ACM331",
    "unknown function",
    "The language has a small closed list of functions.",
    "Use one of: " + ", ".join(dict.fromkeys((*AGGREGATE_WORDS, *LOOKUPS))) + ".",
    "A figure must be calculated in one of the ways this Agreement names.",
)
PROBLEMS = (WRONG_LEVEL, UNKNOWN_FUNCTION)

_FOREIGN = {
    "year": "Write “year of D”.",
    "quarter": "Write “quarter of D”.",
    "month": "Write “month of D”.",
    "week": "Write “week of D”.",
    "date": "Write “date of X” for the day of a moment.",
    "age": "Write “age of BIRTH on D”.",
    "days": "Write “days from A to B”.",
    "hours": "Write “hours from A to B”.",
    "avg": "Write “average(… over …)”.",
    "mean": "Write “average(… over …)”.",
    "countif": "Write “count(SET where CONDITION)”, or “share(CONDITION over SET)” for a proportion.",
    "countifs": "Write “count(SET where CONDITION)”, or “share(CONDITION over SET)” for a proportion.",
    "sumif": "Write “sum(VALUE over SET where CONDITION)”.",
    "sumifs": "Write “sum(VALUE over SET where CONDITION)”.",
    "averageif": "Write “average(VALUE over SET where CONDITION)”.",
    "percent": "Write “share(CONDITION over SET)”.",
    "percentage": "Write “share(CONDITION over SET)”.",
    "rate": "Write “share(CONDITION over SET)”.",
    "ratio": "Write “A out of B”, or “A / B”.",
    "proportion": "Write “share(CONDITION over SET)”.",
    "total": "Write “sum(VALUE over SET)”.",
    "number": "Write “count(SET)”.",
    "max": "Write “highest(… over …)”.",
    "maximum": "Write “highest(… over …)”.",
    "min": "Write “lowest(… over …)”.",
    "minimum": "Write “lowest(… over …)”.",
    "quantile": "Write “percentile(90, … over …)”.",
    "unique": "Write “count(distinct FIELD over SET)”.",
    "datediff": "Write “days from A to B”.",
    "exists": "Write “any(SET for same ENTITY where CONDITION)”.",
    "isnull": "Write “X is missing”.",
    "missing": "Write “X is missing”.",
    "known": "Write “X is known”.",
    **dict.fromkeys(("all", "every"), "Write “none(SET for same ENTITY where not (CONDITION))”: none that misses it."),
    "rank": "Write “rank(NUMBER for each provider)”.",
    "longest": "Write “longest run(CONDITION for each month)”.",
    "longest_run": "Write “longest run(CONDITION for each month)”.",
    "streak": "Write “longest run(CONDITION for each month)”.",
    "consecutive": "Write “longest run(CONDITION for each month)”.",
    "first": "Write “earliest(VALUE over SET for same ENTITY by FIELD …)”, or choose under “keep” of a cohort.",
    "last": "Write “latest(VALUE over SET for same ENTITY by FIELD …)”, or choose under “keep” of a cohort.",
    "coalesce": "Say what a missing value means with “X is known” or “X is missing”.",
}


def meant_by(function: str) -> str:
    """What to write for a word that people bring from elsewhere; "" for one that is not known."""
    word = function.lower()
    if re.fullmatch("p[0-9]{2}", word):
        return f"Write “percentile({word[1:]}, NUMBER over SET)”."
    return _FOREIGN.get(word, re.sub("`([^`]*)`", r"“\1”", FUNCTIONS.get(word, "")))


def is_lookup(call: Call) -> bool:
    """Whether a call looks into other records of the same thing; `for same` tells it from an aggregate of its word."""
    return call.function in LOOKUPS and (bool(call.over.entities) or call.function not in AGGREGATE_WORDS)


def say_unknown_function(call: Call, path: str, findings: Findings) -> bool:
    """Report a function the language doesn't have, with the right word offered; False if it has it."""
    if call.function in AGGREGATE_WORDS or call.function in LOOKUPS:
        return False
    word = call.function.lower()
    fix = meant_by(word)
    if word in AGGREGATE_WORDS or word in LOOKUPS:
        fix = f"Write “{word}” in lower case."
    findings.say(
        UNKNOWN_FUNCTION,
        call.function_span,
        f"there is no function “{call.function}”",
        path=path,
        label="unknown",
        fix=fix or offer(call.function, (*AGGREGATE_WORDS, *LOOKUPS)),
    )
    return True


_HUNDRED = 100


def place_of(given: Amount | None) -> Fraction | None:
    """The place in the order of values, from 0 to 1, that a percentile's number says; None if it says none.

    Percentiles are numbers from 1 up to 100: who writes 0.9 or 90% means 90.
    """
    if given is None or given.written != "number" or not 1 <= given.value < _HUNDRED:
        return None
    return given.value / _HUNDRED


def place_fix(given: Amount | None) -> str:
    """What to write where `place_of` has none: the number that was surely meant, 90 where none can be told."""
    if given is not None and given.written in {"number", "percent"} and given.value in {0, 1, _HUNDRED}:
        return "Write “lowest(VALUE over SET)” for the least of all, and “highest(VALUE over SET)” for the greatest."
    is_share = given is not None and given.written in {"number", "percent"} and 0 < given.value < 1
    meant = given.value * _HUNDRED if given is not None and is_share else Fraction(0)
    right = significant(meant) if meant >= 1 else "90"
    return f"Write {right}: 90 stands for the value that nine in ten don't pass."
