"""Which values may be compared, added, multiplied and divided, and what comes of it; knows nothing of names."""

import re
from fractions import Fraction

from acmspec.formula.foreign import of_the_calendar, written_as_date
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import ONE, Amount, Unit, significant
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.program.said import counted, is_count, is_currency, is_money, type_words
from acmspec.program.types import (
    BooleanType,
    DatetimeType,
    DateType,
    ErrorType,
    Form,
    NumberType,
    PeriodType,
    TextType,
    Type,
)
from acmspec.program.units import is_time

WRONG_UNIT = Problem(
    "ACM310",
    "numbers of different units",
    "Numbers can be set side by side only if they count the same thing: shares with percentages, money with money, "
    "days with days.",
    "Write the number in the unit of what it is compared with.",
    "Every threshold in this Agreement must be stated in the unit of the figure it applies to.",
)
DIFFERENT_KINDS = Problem(
    "ACM311",
    "values that can't be compared",
    "A text, a date, a number and a condition are never equal to, less or more than one another.",
    "Compare the value with one of its own kind.",
    "A value must be compared only with a value of the same kind.",
)
BAD_ARITHMETIC = Problem(
    "ACM312",
    "arithmetic without a meaning",
    "Numbers are calculated with whose result is in a unit that people can read; squared money and a sum of conditions "
    "are none.",
    "Multiply an amount by a plain number, a share or a count; add and subtract amounts of one unit.",
    "Amounts must be added only to amounts of the same unit, and multiplied only by plain numbers, shares or counts.",
)
DATE_ARITHMETIC = Problem(
    "ACM313",
    "arithmetic on dates",
    "Dates are not numbers: months have different lengths, and contracts count days in more than one way.",
    "Write “days from A to B” for the days between two dates, or “D within 14 days after X” for a deadline.",
    "Periods of time must be counted from one named date to another.",
)
DAY_AND_MOMENT = Problem(
    "ACM324",
    "a date and a moment side by side",
    "A date is a whole day and a moment a point in it, so that neither is before or after the other on that day.",
    "Write “date of X” for the day of the moment X.",
    "A time of day must be compared with a time of day, and a date with a date.",
)
PROBLEMS = (WRONG_UNIT, DIFFERENT_KINDS, BAD_ARITHMETIC, DATE_ARITHMETIC, DAY_AND_MOMENT)

_QUOTED_NUMBER = pattern("[\"'][0-9]+(\\.[0-9]+)?[\"']")
_DIGITS_OF_A_DATE = pattern("((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_NAMED_PERIOD = pattern("(?:FY)?(?:19|20)[0-9]{2}(?:-(?:Q[1-4]|0[1-9]|1[0-2]))?")
_A_YEAR = pattern("(?:19|20)[0-9]{2}")
_SHORT_DATE = pattern(r"([0-9]{4})-([1-9]|1[0-2])-([1-9]|[12][0-9]|3[01])")

WHOLE_RATIO_LIMIT = 2
"""From here on a whole number beside a ratio is a percentage without its sign: 95 where 95% was meant."""


@node
class Side:
    """One side of an operator: its type, its text in the spec, the amount where it is a literal.

    `scaled` is whether it is a product with a literal number, as in `1000 * sum(…)`.
    """

    type: Type
    text: str
    literal: Amount | None = None
    scaled: bool = False


@node
class Mismatch:
    """Why two sides don't go together, and what to write instead; `at` is 0 for the left side, 1 for the right."""

    problem: Problem
    message: str
    fix: str = ""
    at: int = 1


def compared(left: Side, right: Side) -> Mismatch | None:
    """Why two sides can't be compared with `=` or `<`, or None if they can."""
    one, two = left.type, right.type
    if isinstance(one, ErrorType) or isinstance(two, ErrorType):
        return None
    if isinstance(one, NumberType) and isinstance(two, NumberType):
        at = 0 if left.literal is not None and right.literal is None else 1
        return _numbers(*((left, right) if at else (right, left)), at)
    if type(one) is type(two) and not isinstance(one, PeriodType):
        return None
    if isinstance(one, PeriodType) or isinstance(two, PeriodType):
        return _periods(left, right)
    if {type(one), type(two)} == {DateType, DatetimeType}:
        at = 0 if isinstance(one, DatetimeType) else 1
        text = (left, right)[at].text
        fix = f"Write “date of {text}”." if not text[:1].isdigit() else f"Write {text[:10]} alone for the whole day."
        return Mismatch(DAY_AND_MOMENT, f"{type_words(one)} can't be compared with {type_words(two)}", fix, at)
    fix = _of_nothing(left, right) or _beside_a_date(left, right) or _of_one_kind(left, right)
    return Mismatch(DIFFERENT_KINDS, f"{type_words(one)} can't be compared with {type_words(two)}", fix)


def _of_one_kind(left: Side, right: Side) -> str:
    """What to write for quotes where none belong, none where some do, and a condition that is compared with `1`."""
    one, two, bare = left.type, right.type, right.text.strip().strip("\"'")
    if isinstance(one, DateType | DatetimeType) and isinstance(two, TextType):
        if meant := written_as_date(bare):
            return meant
        kind = "date" if isinstance(one, DateType) else "datetime"
        declared = f"If “{bare}” holds such values, declare it with “type: {kind}”."
        return declared if bare == right.text.strip() else f"Write the date without quotes: {bare}."
    if isinstance(one, BooleanType) and isinstance(two, TextType | NumberType):
        return f"Write “{left.text}”, or “not {left.text}”: a condition is true or false without quotes."
    if isinstance(one, NumberType) and _QUOTED_NUMBER.fullmatch(right.text):
        return f"Write the number without quotes: {bare}."
    if isinstance(one, TextType) and right.literal is not None and right.literal.written == "number":
        return f'Write a code in quotes: “"{bare}"”; if “{left.text}” holds numbers, give it “type: integer”.'
    return ""


_NOTHING = frozenset({"", "null", "n/a", "na", "nan", "none", "nil", "blank", "(blank)", "missing"})


def _of_nothing(left: Side, right: Side) -> str:
    """What to write for `score = ""`, by which people ask whether there is a value."""
    for side, other in ((left, right), (right, left)):
        if other.text.strip("\"'").lower() in _NOTHING and other.text[:1] in {'"', "'"}:
            return f"Write “{side.text} is missing”, or “{side.text} is known”."
    return ""


def _beside_a_date(left: Side, right: Side) -> str:
    """What to write for `2025-1-2`, which is a subtraction, `20250102`, `2025` and `18 years` beside a date."""
    for side, other in ((left, right), (right, left)):
        if not isinstance(side.type, DateType | DatetimeType):
            continue
        if found := _SHORT_DATE.fullmatch(other.text):
            year, month, day = found.groups()
            return f"Write a date with two digits for month and day: {year}-{month:0>2}-{day:0>2}."
        if meant := written_as_date(other.text):
            return meant
        if found := _DIGITS_OF_A_DATE.fullmatch(other.text):
            return f"Write a date with its hyphens: {'-'.join(found.groups())}."
        if _A_YEAR.fullmatch(other.text):
            return f"Write “year of {side.text}”, which is compared with a year."
        if other.literal is not None and other.literal.written == "duration":
            unit = counted(other.literal.said) if other.literal.said else "days"
            return f"Write “{unit} from {side.text} to D” for the time up to a day, or “D within {other.text} after X”."
    return ""


def _periods(left: Side, right: Side) -> Mismatch | None:
    """Why a month, quarter or year can't stand beside another value."""
    one, two = left.type, right.type
    if one == two:
        return None
    at = 0 if isinstance(two, PeriodType) and not isinstance(one, PeriodType) else 1
    period, other, side = (two, one, left) if at == 0 else (one, two, right)
    word = period.every.value if isinstance(period, PeriodType) else ""
    fix = ""
    if isinstance(other, DateType | DatetimeType):
        fix = f"Write “{word} of {side.text}”."
    elif isinstance(other, TextType):
        bare = side.text.strip("\"'")
        meant = bare if _NAMED_PERIOD.fullmatch(bare) else _EXAMPLES.get(word, "2025-W07")
        if word == "month" and (said := of_the_calendar(bare)):
            return Mismatch(DIFFERENT_KINDS, f"{type_words(one)} can't be compared with {type_words(two)}", said, at)
        fix = f"Write the {word} without quotes: {meant}."
    elif isinstance(other, NumberType) and word in _EXAMPLES:
        fix = f"A {word} is one of a year: write it as in {_EXAMPLES[word]}."
    elif isinstance(other, PeriodType):
        fix = f"Bring both to one kind, as in “year of {side.text}”."
    return Mismatch(DIFFERENT_KINDS, f"{type_words(one)} can't be compared with {type_words(two)}", fix, at)


_EXAMPLES = {
    "month": "2025-07",
    "quarter": "2025-Q3",
    "year": "2025",
    "fiscal year": "FY2026",
    "fiscal quarter": "FY2026-Q1",
}


def _numbers(value: Side, other: Side, at: int) -> Mismatch | None:
    """Whether `other` (the literal, if there is one) fits `value`."""
    one, two = value.type, other.type
    if not isinstance(one, NumberType) or not isinstance(two, NumberType):
        return None
    if fits(one, two, other.literal):
        return None
    fix = offered(one, other.literal) if other.literal is not None else ""
    wrong = f"{other.text}, {type_words(two)}" if other.literal is not None else type_words(two)
    return Mismatch(WRONG_UNIT, f"{type_words(one)} can't be compared with {wrong}", fix, at)


def fits(one: NumberType, two: NumberType, literal: Amount | None) -> bool:
    """Whether a number of type `two`, perhaps a literal, can stand beside one of type `one`."""
    parts = (Form.SHARE, Form.RATIO)
    if one.form in parts and two.form in parts:
        return True
    if one.form is Form.POINTS and two.form is Form.SHARE and literal is not None:
        return True
    if one.form is Form.RATIO and two == NumberType(integral=two.integral):
        return literal is None or literal.decimals > 0 or abs(literal.value) < WHOLE_RATIO_LIMIT
    if one.form is not two.form:
        return False
    return one.unit == two.unit or (is_count(one.unit) and is_count(two.unit) and ONE in (one.unit, two.unit))


def offered(wanted: NumberType, literal: Amount) -> str:
    """A sentence that offers the literal in the unit wanted; "" if nothing can be offered."""
    if literal.written != "number":
        if literal.written == "money" and is_money(wanted.unit):
            amount = _money(wanted.unit, _plain(literal.value, literal.decimals))
            return f"Write {amount} if that is meant: no currency is turned into another."
        if (unit := _time(wanted.unit)) and (other := _time(literal.unit)):
            why = f"{counted(other)} are never turned into {counted(unit)}, because they differ in length"
            return f"Write the length in {counted(unit)}; {why}."
        if wanted.unit == ONE and wanted.form is Form.NUMBER and literal.written == "duration" and literal.said:
            unit = counted(literal.said)
            return f"Write the number alone, without “{unit}”; a field whose numbers are {unit} has “unit: {unit}”."
        if wanted.unit == ONE and wanted.form is Form.NUMBER and literal.written == "percent":
            return "Write a plain number without the percent sign."
        return ""
    digits = _plain(literal.value, literal.decimals)
    if wanted.form is Form.RATIO:
        times = f"{digits}.0 for {digits} times as much, such as an average number a day"
        return f"Write {times}, or {digits}% of it." if literal.value > 1 else f"Write {digits}%, or {digits}.0."
    if wanted.form is not Form.NUMBER:
        return f"Write {digits}% for that share." if abs(literal.value) > 1 else _as_percent(literal)
    if is_money(wanted.unit):
        return f"Write {_money(wanted.unit, digits)}."
    unit = _time(wanted.unit)
    return f"Write {digits} {unit if digits == '1' else counted(unit)}." if unit else ""


def _time(unit: Unit) -> str:
    """The dimension of a length of time."""
    dimension, power = unit.factors[0] if len(unit.factors) == 1 else ("", 0)
    return dimension if power == 1 and is_time(dimension) else ""


def _money(unit: Unit, digits: str) -> str:
    code = next(dimension for dimension, _ in unit.factors if is_currency(dimension))
    return f"${digits}" if code == "USD" else f"{code} {digits}"


def _as_percent(literal: Amount) -> str:
    return f"Write {_plain(literal.value * 100, max(0, literal.decimals - 2))}% for that share."


def _plain(value: Fraction, decimals: int) -> str:
    whole, part = divmod(abs(value) * 10**decimals, 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" + (f".{int(part):0{decimals}d}" if decimals else "")


# --- arithmetic -------------------------------------------------------------------------------------------


def calculated(operator: str, left: Side, right: Side) -> Type | Mismatch:
    """The type of `left operator right` for `+ - * /`, or why there is none. A division of like units is a ratio."""
    one, two = left.type, right.type
    if isinstance(one, ErrorType) or isinstance(two, ErrorType):
        return ErrorType()
    in_time = DateType | DatetimeType
    if isinstance(one, in_time) or isinstance(two, in_time):
        unit = "hours" if isinstance(one, DatetimeType) else "days"
        fix = f"Write “{unit} from {right.text} to {left.text}”." if operator == "-" and one == two else ""
        at = 0 if isinstance(one, in_time) else 1
        length, day = ((left, right)[1 - at], (left, right)[at])
        if length.literal is not None and length.literal.written == "duration":
            where = "after" if operator == "+" else "before"
            fix = f"Compare as in “D on or within {length.text} {where} {day.text}”."
        return Mismatch(DATE_ARITHMETIC, f"{type_words((one, two)[at])} can't be used in arithmetic", fix, at)
    for at, side in enumerate((left, right)):
        if not isinstance(side.type, NumberType):
            fix = "Join conditions by “and” or “or”; “if CONDITION then 1 else 0” makes a number of one."
            if not isinstance(side.type, BooleanType):
                fix = "Texts are compared whole and not put together." if isinstance(side.type, TextType) else ""
            return Mismatch(BAD_ARITHMETIC, f"{type_words(side.type)} can't be used in arithmetic", fix, at)
    if not isinstance(one, NumberType) or not isinstance(two, NumberType):
        return ErrorType()
    match operator:
        case "+" | "-":
            return _added(operator, left, right, one, two)
        case "*":
            return _multiplied(one, two)
        case _:
            return _divided(left, one, two)


def _added(operator: str, left: Side, right: Side, one: NumberType, two: NumberType) -> Type | Mismatch:
    shares = (Form.SHARE, Form.RATIO, Form.POINTS)
    if one.form in shares and two.form in shares:
        whole = left.literal is not None and left.literal.value == 1
        return NumberType(_form_of_sum(operator, whole, one.form, two.form))
    if one.form in shares or two.form in shares:
        return _ratio_and_number(operator, left, right, one, two)
    if one.unit == two.unit:
        return NumberType(Form.NUMBER, one.unit, one.integral and two.integral)
    if is_count(one.unit) and is_count(two.unit):
        return NumberType(Form.NUMBER, one.unit if two.unit == ONE else two.unit if one.unit == ONE else ONE)
    word = "added to" if operator == "+" else "subtracted from"
    first, second = (one, two) if operator == "+" else (two, one)
    fix = offered(one, right.literal) if right.literal else offered(two, left.literal) if left.literal else ""
    fix = fix or "Add and subtract what is in one unit; “/” makes so much of the one for each of the other."
    return Mismatch(
        WRONG_UNIT, f"{type_words(first)} can't be {word} {type_words(second)}", fix, 0 if left.literal else 1
    )


def _form_of_sum(operator: str, whole: bool, one: Form, two: Form) -> Form:
    if operator == "-" and whole and two is Form.SHARE:
        return Form.SHARE
    if operator == "-" and one is two is Form.SHARE:
        return Form.POINTS
    return Form.POINTS if one is two is Form.POINTS else Form.RATIO


def _ratio_and_number(operator: str, left: Side, right: Side, one: NumberType, two: NumberType) -> Type | Mismatch:
    """`1 - share` is the share of the rest; a ratio and a bare number make a ratio; anything else has no meaning."""
    part, other, literal = (two, one, left.literal) if two.form is not Form.NUMBER else (one, two, right.literal)
    if other.unit == ONE and part.form is Form.RATIO:
        return NumberType(Form.RATIO)
    if operator == "-" and part is two and literal is not None and literal.value == 1 and other.unit == ONE:
        return NumberType(part.form)
    divided = re.search(r"[^(]+ / [^)]+", (left, right)[part is two].text) is not None
    fix = "Put what is divided in parentheses: “(A - B) / C”." if literal is None and divided else ""
    if literal is None and (fixed := _so_much_more(operator, left, right)):
        fix = fixed
    fix = offered(part, literal) if literal is not None else fix
    message = f"{type_words(one)} and {type_words(two)} can't be added or subtracted"
    return Mismatch(WRONG_UNIT, message, fix, 0 if part is two else 1)


def _so_much_more(operator: str, left: Side, right: Side) -> str:
    """What to write for `budget + 10%`; "" for anything else."""
    if right.literal is None or right.literal.written != "percent":
        return ""
    percent = right.literal.value * (1 if operator == "+" else -1) * 100 + 100
    return f"Write “{left.text} * {significant(percent)}%” for so much {'more' if operator == '+' else 'less'}."


def _multiplied(one: NumberType, two: NumberType) -> Type | Mismatch:
    if one.form is not Form.NUMBER and two.form is not Form.NUMBER:
        return NumberType(Form.SHARE if one.form is two.form is Form.SHARE else Form.RATIO)
    unit = one.unit * two.unit
    if is_money(unit) or any(is_time(dimension) for dimension, _ in unit.factors):
        # a price times a count is money: what is counted goes, unless the price was per that very thing
        unit = Unit(tuple((d, p) for d, p in unit.factors if p < 0 or is_currency(d) or is_time(d)))
    if sum(power for dimension, power in unit.factors if not is_count(Unit.of(dimension)) and power > 0) > 1:
        return Mismatch(BAD_ARITHMETIC, f"{type_words(one)} can't be multiplied by {type_words(two)}")
    return NumberType(Form.NUMBER, unit, one.integral and two.integral)


def _divided(left: Side, one: NumberType, two: NumberType) -> Type | Mismatch:
    if one.form is not Form.NUMBER and two.form is not Form.NUMBER:
        return NumberType(Form.RATIO)
    if one.form is not Form.NUMBER and two.unit == ONE:
        return NumberType(Form.RATIO if one.form is not Form.POINTS else Form.POINTS)
    unit = one.unit / two.unit
    if unit == ONE and one.form is two.form is Form.NUMBER:
        # 1000 * A / B is a rate in its own right, not a proportion that could be compared with a percentage
        return NumberType(Form.NUMBER) if left.scaled else NumberType(Form.RATIO)
    if not is_money(unit) and sum(abs(p) for d, p in unit.factors if is_currency(d)) > 1:
        return Mismatch(BAD_ARITHMETIC, f"{type_words(one)} can't be divided by {type_words(two)}")
    return NumberType(Form.NUMBER, unit)
