"""A formula as canonical text, with as few parentheses as it needs; reading the text back gives the same formula."""

from acmspec.formula.print_values import amount, choices, length, quoted
from acmspec.formula.tree import (
    Active,
    Age,
    AllOf,
    Between,
    Binary,
    Birthday,
    CalendarPeriod,
    Call,
    Dated,
    Day,
    DaysIn,
    During,
    Each,
    Earlier,
    Formula,
    Found,
    FromTo,
    If,
    In,
    InTime,
    Known,
    Lasts,
    Literal,
    Moment,
    Name,
    Negative,
    Not,
    Number,
    OpenOn,
    OutOf,
    PartOf,
    PeriodValue,
    Same,
    SetUse,
    SinceStart,
    Sliced,
    Text,
    Those,
    Truth,
    Window,
)
from acmspec.ground.calendar import Length
from acmspec.ground.pattern import pattern

_IF, _OR, _AND, _NOT, _COMPARISON, _RATIO, _SUM, _PRODUCT, _FACTOR, _PRIMARY = range(10)
"""How tightly each form of the grammar binds."""
_BINDS = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_KEYWORDS = {
    "from": pattern(r"(?<![\w.])(days|weeks|months|years|hours|minutes|business days)$"),
    "in": pattern(r"(?<![\w.])(days|active)$"),
    "within": pattern(r"(?<![\w.])(days|active)$"),
    "on": pattern(r"(?<![\w.])(days|active)$"),
}
"""Names that would be taken for a keyword before a window that starts with the word."""


def text(formula: Formula) -> str:
    """The canonical text: one line, single blanks, double quotes unless the text has one, units in their smallest."""
    return _print(formula)[0]


def _print(formula: Formula) -> tuple[str, int]:  # noqa: C901  (one case a node)
    """The text of a formula and how tightly it binds."""
    match formula:
        case Name(parts):
            return ".".join(parts), _PRIMARY
        case Number() | Text() | Day() | Moment() | CalendarPeriod() | Truth():
            return _literal(formula), _PRIMARY
        case Binary(operator, left, right):
            return _binary(operator, left, right)
        case Not(In(operand, among)):
            return f"{_before(operand, 'not in')} not in {choices(among, text)}", _COMPARISON
        case Not(During(operand) as window) if operand is not None:
            return f"{_before(operand, 'not in')} not {_window(window, _RATIO)}", _COMPARISON
        case Not(operand):
            return f"not {_at(operand, _NOT)}", _NOT
        case Negative(operand):
            # A second minus right behind the first would read as something else to a person.
            return f"-{_at(operand, _PRIMARY if isinstance(operand, Negative) else _FACTOR)}", _FACTOR
        case Known(operand, known):
            return f"{_at(operand, _RATIO)} is {'known' if known else 'missing'}", _COMPARISON
        case Found(path):
            return f"{text(path)} is found", _COMPARISON
        case In(operand, among):
            return f"{_before(operand, 'in')} in {choices(among, text)}", _COMPARISON
        case If(condition, then, otherwise):
            return f"if {text(condition)} then {text(then)} else {text(otherwise)}", _IF
        case OutOf(numerator, denominator):
            return f"{_at(numerator, _SUM)} out of {_at(denominator, _SUM)}", _RATIO
        case Call():
            return _call(formula), _PRIMARY
        case Each():
            return _each(formula), _PRIMARY
        case Sliced(inner, to):
            return f"{text(inner)}[{_slice(to)}]", _PRIMARY
        case _:
            return _in_time(formula)


def _literal(literal: Literal) -> str:
    match literal:
        case Number(value):
            return amount(value)
        case Text(written):
            return quoted(written)
        case Day(day):
            return day.isoformat()
        case Moment(at):
            return at.isoformat(" ", "seconds" if at.second else "minutes")
        case CalendarPeriod(name):
            return name
        case Truth(truth):
            return "true" if truth else "false"


def _in_time(formula: InTime) -> tuple[str, int]:
    match formula:
        case PeriodValue(which):
            return which, _PRIMARY
        case PartOf(part, operand):
            return f"{part} of {_at(operand, _PRIMARY)}", _PRIMARY
        case Age(birth, day):
            return f"age of {_at(birth, _PRIMARY)} on {_at(day, _PRIMARY)}", _PRIMARY
        case Birthday(years, birth):
            return f"birthday {years} of {_at(birth, _PRIMARY)}", _PRIMARY
        case Between(unit, start, end):
            of = f" of {formula.calendar}" if formula.calendar else ""
            return f"{unit}s{of} from {_at(start, _PRIMARY)} to {_at(end, _PRIMARY)}", _FACTOR
        case DaysIn(window):
            return f"days {_window(window, _PRIMARY)}", _FACTOR
        case OpenOn(day):
            return f"open on {_at(day, _PRIMARY)}", _COMPARISON
        case Active(window):
            return f"active {_window(window, _PRIMARY)}", _COMPARISON
        case Lasts(long, anchor):
            after = "" if anchor is None else f" after {_at(anchor, _RATIO)}"
            return f"lasts {_length(long)}{after}", _COMPARISON
        case _:
            printed = _window(formula, _RATIO)
            held = "" if formula.operand is None else f"{_before(formula.operand, printed)} "
            return f"{held}{printed}", _COMPARISON


def _at(formula: Formula, least: int) -> str:
    """The text of a formula where something that binds at least so tightly must stand."""
    printed, binds = _print(formula)
    return printed if binds >= least else f"({printed})"


def _binary(operator: str, left: Formula, right: Formula) -> tuple[str, int]:
    binds = _BINDS.get(operator, _COMPARISON)
    # Comparisons don't chain, so both their sides bind tighter; all others take their own kind on the left.
    left_least = _RATIO if binds == _COMPARISON else binds
    return f"{_at(left, left_least)} {operator} {_at(right, binds + 1)}", binds


def _before(operand: Formula, window: str) -> str:
    """What is held against a window or list; a field called `days` before `from` would read as `days from A to B`."""
    printed = _at(operand, _RATIO)
    taken = _KEYWORDS.get(window.split(maxsplit=1)[0])
    return f"({printed})" if taken is not None and taken.search(printed) else printed


def _window(window: Window, least: int) -> str:
    """A window without what is held against it; `least` is how tightly its anchor must bind."""
    if isinstance(window, During):
        if window.anchor is None:
            return f"in {window.what}"
        side = "before" if window.before else "after"
        return f"in {window.what} {window.number} {side} {_at(window.anchor, least)}"
    anchor = _at(window.anchor, least)
    if window.opens is not None:
        return f"from {_length(window.opens)} to {_length(window.length)} after {anchor}"
    word = "on or within" if window.inclusive else "within"
    return f"{word} {_length(window.length)} {'before' if window.before else 'after'} {anchor}"


def _length(long: Length | Formula) -> str:
    if isinstance(long, Length):
        return length(long)
    return text(long) if isinstance(long, Name) else f"({text(long)})"


def _call(call: Call) -> str:
    if call.expression is None:
        return f"{call.function}({_set(call.over)})"
    distinct = "distinct " if call.distinct else ""
    if call.given is not None:
        distinct = f"{text(call.given)}, "
    return f"{call.function}({distinct}{text(call.expression)} over {_set(call.over)})"


def _each(each: Each) -> str:
    given = "" if each.given is None else f"{text(each.given)}, "
    where = "" if each.where is None else f" where {text(each.where)}"
    return f"{each.function}({given}{text(each.expression)} for each {text(each.groups)}{where})"


def _slice(to: Earlier | FromTo | SinceStart | AllOf | Those) -> str:
    match to:
        case Earlier(number, unit):
            return f"{number} {unit}{'' if number == 1 else 's'} earlier"
        case FromTo(first, last):
            return f"from {_at(first, _PRIMARY)} to {_at(last, _PRIMARY)}"
        case SinceStart():
            return "since start"
        case AllOf(name):
            return f"all {text(name)}"
        case Those(condition):
            return text(condition)


def _set(use: SetUse) -> str:
    words = [use.reach, use.name] if use.reach else [use.name]
    if use.alias:
        words += ["as", use.alias]
    if use.entities:
        words += ["for same", " and ".join(_same(one) for one in use.entities)]
    if isinstance(use.placed, Dated):
        words += ["dated", _at(use.placed.day, _PRIMARY)]
    elif use.placed is not None:
        words += [_in_time(use.placed)[0]]
    if use.by:
        words += ["by", ", ".join(text(one) for one in use.by)]
    if use.where is not None:
        words += ["where", text(use.where)]
    if use.weight is not None:
        words += ["weighted by", _at(use.weight, _RATIO)]
    return " ".join(words)


def _same(same: Same) -> str:
    return text(same.name) if same.via is None else f"{text(same.name)} via {text(same.via)}"
