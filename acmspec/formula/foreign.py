"""What to say to formulas of databases, spreadsheets and programs, by their text; it accepts and refuses none.

It is asked only where a formula was refused, and only of what stands up to the place where that was seen.
"""

import re
from collections.abc import Callable

from acmspec.formula.advice_place import BAD_CALL, UNEXPECTED
from acmspec.formula.literals import BAD_DATE
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.ground.source import Source, Span

_COUNT = "Write `count(SET)`, or `count(SET where CONDITION)`."
_DISTINCT = "Write `count(distinct FIELD over SET)`."
_SUM = "Write `sum(NUMBER over SET)`."
_AVERAGE = "Write `average(NUMBER over SET)`."
_WHERE = "Write the condition behind the set: `count(SET where CONDITION)`."
_MISSING = "Write `X is missing`, or `X is known`."
_IF = "Write `if CONDITION then A else B`."
_DIVIDE = "Write `A / B`: where there is nothing to divide by, the result is undefined, and no zero."
_EARLIER = "Write `NAME[1 year earlier]`, with the name of a metric or of a definition for groups."
_TO_DATE = "Give the metric `window: year to date`, or write `NAME[since start]`."
_STEP = "Write `client.FIELD` for a field of the client's own record, or look: `any(SET for same client where …)`."
_SPREAD = "There is no such measure; `range`, `percentile(90, …)` and `median` tell how numbers spread."
_PERCENTILE = "Write `percentile(90, NUMBER over SET)`."
_LIMITS = "There are no such calculations; write `if A > B then A else B`."
_TEXTS = 'Texts are compared whole: write `X = "a"`, or `X in ("a", "b")`.'
_LENGTH = "Texts are compared whole and have no length; `count(SET)` counts records."
_TYPES = "Each field has its type in the spec, under `type`; values are not turned into others."
_BUSINESS = "Write `business days from A to B`; a calendar of the spec says which days these are."
_DEADLINE = "Write `D within 14 days after X`, or `D within 1 month after X`."
_WEEKDAY = "Days of the week are not told apart; `business days from A to B` counts the working days of a calendar."
_ENDS = "Write `highest(NUMBER over SET)` or `lowest(NUMBER over SET)`; of two values, `if A > B then A else B`."
_PART = "Write `month of D`, `quarter of D` or `year of D`."
_PLACE = "Choose records under `keep` of a cohort: `first per client in each period by seen_on, id`."
_LISTED = "Names are under `break_down_by` of the metric; `count(distinct FIELD over SET)` counts them."
_ROUND = "Formulas are exact; the metric says how its result is rounded: `round: 1 decimal`."

_NAMES = {
    "len length": _LENGTH,
    "countrows nrow size counta countx countax cardinality": _COUNT,
    "countblank": "Write `count(SET where X is missing)`.",
    "medianx": "Write `median(NUMBER over SET)`.",
    "ratio": "Write `A out of B`, or `A / B`.",
    "yearfrac": "Write `age of BIRTH on D`, or `years from A to B`.",
    "distinctcount nunique n_distinct countdistinct count_distinct uniqueexact countunique": _DISTINCT,
    "sumx sumproduct total colsums": _SUM,
    "averagex averagea avgx colmeans": _AVERAGE,
    "calculate filter calculatetable keepfilters subset": _WHERE,
    "isblank isna isnan ifna isempty zn nz notna notnull isnotnull": _MISSING,
    "ifelse if_else case_when switch choose decode np_where": _IF,
    "divide iferror nullif safe_divide try_divide": _DIVIDE,
    "sameperiodlastyear previousyear previousmonth previousquarter parallelperiod lag lead lagged shift": _EARLIER,
    "totalytd totalqtd totalmtd datesytd datesmtd datesqtd datesinperiod ytd": _TO_DATE,
    "vlookup xlookup hlookup lookup lookupvalue related relatedtable match index merge": _STEP,
    "stddev stdev stdevp stddev_pop stddev_samp std sd var variance varp mad corr mode": _SPREAD,
    "quartile percentile_cont percentile_disc percentilex quantile ntile": _PERCENTILE,
    "greatest least abs ceil ceiling floor trunc int mod sqrt power pow log ln exp sign": _LIMITS,
    "upper lower trim left right mid substr substring concat concatenate contains search find replace startswith "
    "endswith regexp regexp_like regexp_matches str_detect grepl like containsstring instr": _TEXTS,
    "cast convert to_number to_char to_date value datevalue try_cast safe_cast as_numeric parse_date strptime": _TYPES,
    "networkdays workday workdays bdate_range": _BUSINESS,
    "edate eomonth date_add adddate dateadd add_months timedelta interval": _DEADLINE,
    "strftime format date_format year_month weeknum isoweek date_part monthname": _PART,
    "weekday dayofweek dayname isoweekday is_weekend": _WEEKDAY,
    "max maximum min minimum maxx minx maxifs minifs": _ENDS,
    "mean avg": _AVERAGE,
    "rankx": "Write `rank(NUMBER for each provider)`.",
    "row_number dense_rank topn first_value last_value firstnonblank lastnonblank": _PLACE,
    "values distinct unique listagg string_agg group_concat all allexcept summarize": _LISTED,
    "round mround roundup rounddown": _ROUND,
}  # fmt: skip
FUNCTIONS = {name: fix for names, fix in _NAMES.items() for name in names.split()}
"""What to write for functions of other languages, by their names in lower case."""

_METHODS = {
    "isin": 'Write `X in ("a", "b")`.',
    "between": "Write `X between A and B`; both ends count.",
    "isna isnull notna notnull fillna dropna": _MISSING,
    "mean": _AVERAGE,
    "sum": _SUM,
    "count size": _COUNT,
    "nunique": _DISTINCT,
    "query filter loc": _WHERE,
    "groupby group_by pivot_table value_counts agg aggregate": "Groups are under `break_down_by` of the metric.",
    "max min": "Write `highest(NUMBER over SET)`, or `lowest(NUMBER over SET)`.",
    "contains startswith endswith match": _TEXTS,
    "inc exc": _PERCENTILE,
    "na nan": _MISSING,
}
_OF_VALUES = {name: fix for names, fix in _METHODS.items() for name in names.split()}


@node
class _Habit:
    """A shape of text, the problem it is, and what is said of it; `fix` may ask for what was found.

    `outside` is a shape that is a habit only where no parenthesis is open.
    """

    shape: "re.Pattern[str]"
    problem: Problem
    message: str
    label: str
    fix: Callable[["re.Match[str]"], str]
    outside: bool = False


def _said(text: str) -> Callable[["re.Match[str]"], str]:
    return lambda _: text


def _dated(found: "re.Match[str]") -> str:
    """A date with its year first; which of the others is the month, nobody can tell."""
    parts = re.findall(r"[0-9]+", found[0])
    year = next(one for one in parts if len(one) == len("2025"))
    if parts[0] == year:
        return f"Write {year}-{parts[1]:0>2}-{parts[2]:0>2}."
    ways = [f"{year}-{one:0>2}-{two:0>2}" for one, two in (parts[:2], parts[1::-1]) if int(one) <= len(_MONTHS)]
    return f"Write the year, the month and the day: {' or '.join(dict.fromkeys(ways)) or '2025-07-01'}."


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"


def written_as_date(text: str) -> str:
    """What to write for `1/2/2025`, `FY2024/25`, `12-31-2024` and `December 31, 2024`; "" for anything else."""
    if _YEARS.fullmatch(text) or re.fullmatch("20[0-9]{2} ?/ ?[0-9]{2}", text):
        return f"Write FY20{text[-2:]}, the year in which it ends."
    if found := _DAY_IN_WORDS.fullmatch(text):
        return _in_words(found)
    found = _DATE.fullmatch(text) or _AMERICAN.fullmatch(text)
    return _dated(found) if found else ""


def of_the_calendar(name: str) -> str:
    """What to write for `Q5`, `FY25` and `January`, which look like names; "" for anything else."""
    if re.fullmatch("[Qq][0-9]", name):
        which = name[1] if name[1] in "1234" else "1"
        return f"A quarter is one of a year, from Q1 to Q4: write 2025-Q{which}, or FY2025-Q{which} for a fiscal one."
    if re.fullmatch("FY[0-9]{2}", name):
        return f"Write FY20{name[2:]}, the year in which it ends."
    if re.fullmatch(_MONTH, name, re.IGNORECASE) and name[:1].isupper():
        return f"A month is one of a year: write 2025-{_MONTHS.index(name[:3].lower()) + 1:02}."
    return ""


def _in_words(found: "re.Match[str]") -> str:
    month = _MONTHS.index(re.sub("[^a-z]", "", found[0].lower())[:3]) + 1
    year = re.search("[0-9]{4}", found[0])
    day = re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])", found[0])
    return f"Write {year[0] if year else '2025'}-{month:02}{f'-{day[0]:0>2}' if day else ''}."


def _of_fields(found: "re.Match[str]") -> str:
    table, _, field = found[0].partition("$")
    return f"Write `average({field} over {table})`, with the field first."


def _of_parts(found: "re.Match[str]") -> str:
    part = found[1].lower()
    if part in {"day", "week", "month", "quarter", "year"}:
        return f"Leave it out, and give the metric `every: {part}`."
    return f"Leave it out, and give the metric `break_down_by: [{found[1]}]`."


def _clause(found: "re.Match[str]") -> str:
    words = found[0].lower().split()
    return next((_CLAUSES[one] for one in (words[-1], words[0]) if one in _CLAUSES), "")


def _of_spreadsheets(found: "re.Match[str]") -> str:
    word = found[0].lower().removesuffix("s").removesuffix("if")
    return f"Write `{word}({'SET' if word == 'count' else 'VALUE over SET'} where CONDITION)`."


def _called_before(found: "re.Match[str]") -> str:
    """The call that stands in front, with its set and condition inside."""
    words = [one[1] for one in re.finditer(r"([a-z]+)\s*\(", found.string[: found.start()]) if one[1] in _GIVEN]
    word = words[-1] if words else "sum"
    return f"{word}({_GIVEN[word]} where CONDITION)"


_GIVEN = {
    "count": "SET",
    "share": "CONDITION over SET",
    **dict.fromkeys(("sum", "average", "median", "lowest", "highest", "range"), "NUMBER over SET"),
}
_CLAUSES = {
    "limit": _PLACE,
    "top": _PLACE,
    "by": "An order is under `keep` of a cohort; a rank is `rank(NUMBER for each provider)`.",
    "having": "Write `for each NAME where CONDITION` behind the number of each part.",
    "union": "Count each set by itself and add: `count(A) + count(B)`.",
    "join": _STEP,
}
_DATE = pattern(r"\b[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}\b|\b[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}\b")
_DAY_IN_WORDS = pattern(
    rf"\b{_MONTH} (?:[0-9]{{1,2}},? )?[0-9]{{4}}\b|\b[0-9]{{1,2}}\.? {_MONTH} [0-9]{{4}}\b", re.IGNORECASE
)
_AMERICAN = pattern("[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}")
_WITH_HYPHENS = pattern(r"\b[0-9]{2}-[0-9]{2}-[0-9]{4}\b")
_SHORT = pattern(r"\b[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}\b(?!\.)")
_ZONED = pattern(r"\b([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::[0-9.]+)?(?:Z\b|\s?[+-][0-9]{2}:?[0-9]{2})")
_QUARTER = pattern(r"\bQ[1-4][ /-]?(?:FY ?)?[0-9]{4}\b")
_YEARS = pattern(r"\bFY ?[0-9]{4}/[0-9]{2,4}\b|\bFY ?[0-9]{2}\b")
_STEPS = pattern(r"^\s*(?:var|let|def)\s+\w+\s*[=(]|\breturn\s+\w+", re.IGNORECASE)
_BEHIND = pattern(r"(?<=\))\s*(?:filter|over|where)\b", re.IGNORECASE)
_OF_QUERIES = pattern(
    r"\b(?:limit|top) [0-9]+|\border by\b|\b(?:having|union)\b|"
    r"\b(?:(?:left|right|inner|outer|full|cross) ){0,2}join\b",
    re.IGNORECASE,
)
_PATTERNS = pattern(r"\b(?:ilike|rlike|similar to|regexp|glob)\b", re.IGNORECASE)
_OTHER, _A_DATE = "another language", "a date?"
_LIST_OF = 'Write `count(SET where CONDITION)`; one of a list is `X in ("a", "b")`.'
_HABITS = (
    _Habit(pattern(r"\b(?:count|sum|average)ifs?(?=\s*\([^()]*;)", re.IGNORECASE), BAD_CALL,
           "formulas have no functions of spreadsheets", _OTHER, _of_spreadsheets),
    _Habit(_DATE, BAD_DATE, "dates are written 2025-07-01", _A_DATE, _dated),
    _Habit(_WITH_HYPHENS, BAD_DATE, "dates are written 2025-07-01", _A_DATE, _dated),
    _Habit(_SHORT, BAD_DATE, "dates are written 2025-07-01", _A_DATE,
           _said("Write the year first, with four digits, then the month and the day: 2025-07-01.")),
    _Habit(_ZONED, BAD_DATE, "a moment has no zone of its own", "in which zone?",
           lambda found: f"Write {found[1]} {found[2]}: it is one of the contract's time zone."),
    _Habit(_DAY_IN_WORDS, BAD_DATE, "dates are written in digits", _A_DATE, _in_words),
    _Habit(_QUARTER, BAD_DATE, "a quarter is written behind its year", "a quarter?",
           lambda found: f"Write {found[0][-4:]}-{found[0][:2]}, or FY{found[0][-4:]}-{found[0][:2]} if fiscal."),
    _Habit(_YEARS, BAD_DATE, "a fiscal year is called by the year it ends in", "a fiscal year?",
           lambda found: f"Write FY20{found[0][-2:]}."),
    _Habit(pattern(r"(?<=\s)--\s.*"), UNEXPECTED, "a formula has no comments", "a comment",
           _said("Put it on a YAML line of its own, behind `#`.")),
    _Habit(pattern(r"\b\w+\s*(?:%>%|\|>)|%in%"), UNEXPECTED, "steps are not chained", _OTHER, _said(_LIST_OF)),
    _Habit(pattern(r"\b[A-Za-z]\w*\$[A-Za-z]\w*"), UNEXPECTED, "a field is not written behind its table", _OTHER,
           _of_fields),
    _Habit(pattern(r"\b\w+![A-Z]+:?[A-Z]*"), UNEXPECTED, "a field is not written behind its sheet",
           "a range of cells", _said("Name the field and the set: `sum(FIELD over SET)`.")),
    _Habit(pattern(r"~(?=\s*[\w(])"), UNEXPECTED, "formulas have no “~”", _OTHER,
           _said("`not` turns a condition round.")),
    _Habit(_STEPS, UNEXPECTED, "a formula is one value without steps", _OTHER,
           _said("Give a part of it a name under `definitions`, and use the name.")),
    _Habit(pattern(r"(?<=\))\s*as \w+", re.IGNORECASE), UNEXPECTED, "a number has its name in the spec", "a name",
           _said("Leave it out: the key of the metric or definition is its name."), outside=True),
    _Habit(_BEHIND, UNEXPECTED, "conditions and sets stand inside the parentheses", "behind the parentheses",
           lambda found: f"Write `{_called_before(found)}`.", outside=True),
    _Habit(re.compile(r"(?<=\))\s*(?:(?:group|broken down|split) )?(?:by|every) (\w+)"), UNEXPECTED,
           "the metric says into which parts results fall", "of which parts?", _of_parts, outside=True),
    _Habit(_OF_QUERIES, UNEXPECTED, "a formula is one number of one set", _OTHER, _clause),
    _Habit(_PATTERNS, UNEXPECTED, "texts have no patterns", "a pattern", _said(_TEXTS)),
    _Habit(pattern(r"(?<=in)\s*\{[^}]*\}?"), UNEXPECTED, "a list stands in parentheses", "a list",
           _said('Write `in ("a", "b")`.')),
    _Habit(pattern(r"(?<=\S )(?:and|or)\s*(?:<=?|>=?|=|!=)"), UNEXPECTED,
           "each comparison names its value", "which value?",
           _said("Name it again: `X >= A and X < B`; with both ends counted, `X between A and B`.")),
    _Habit(pattern(r"\b(?:in|during) (?:19|20)[0-9]{2}(?![0-9-])"), UNEXPECTED, "a date is in no number", "a year?",
           lambda found: f"Write `year of D = {found[0][-4:]}`, with the date before it."),
)  # fmt: skip
_CALL = pattern(r"(?<![\w.])([A-Za-z_]\w*)\s*\(")
_METHOD = pattern(r"[\])\w]\.([A-Za-z_]\w*)\s*\(")
_QUOTED = pattern(r""""[^"\n]*"|'[^'\n]*'""")


def foreign(source: Source, start: int, end: int, refused: Diagnostic) -> Diagnostic | None:
    """What to say of another language's words, up to where a formula was refused; None where none is known."""
    text = _QUOTED.sub(lambda one: '"' + "x" * (len(one[0]) - 2) + '"', source.text[start:end])
    last = refused.place.end - start if isinstance(refused.place, Span) else len(text)
    for one in _HABITS:
        found = one.shape.search(text)
        if found is not None and found.start() < last and not (one.outside and _is_inside(text[: found.start()])):
            at = start + found.start() + len(found[0]) - len(found[0].lstrip())
            span = Span(source, at, start + found.end())
            return one.problem.at(span, one.message, label=one.label, fix=one.fix(found))
    for shape, table in ((_CALL, FUNCTIONS), (_METHOD, _OF_VALUES)):
        for found in shape.finditer(text, 0, max(0, last)):
            if (fix := table.get(found[1].lower())) is not None:
                span = Span(source, start + found.start(1), start + found.end(1))
                message = f"formulas have no “{source.text[span.start : span.end]}(…)”"
                return BAD_CALL.at(span, message, label="another language", fix=fix)
    return None


def _is_inside(before: str) -> bool:
    """Whether a parenthesis is open behind a text."""
    return before.count("(") > before.count(")")
