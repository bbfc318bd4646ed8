"""What to say to phrases that people write for others of the language; each is a row and changes nothing accepted.

A row is a pattern of words around the place where reading broke off, and how the language says it. In a pattern `a|b`
is one of two words, `#` a number, `@percent` a percentage, `@unit` a unit of time, `@part` a part of the calendar,
`@text` a text in quotes, `@date` a date, `@money` a sum of money, `@period` a month, quarter or year that is written
out, `$` the end, `_` anything; reading broke off at one of them, or right behind; at `^` if one is marked. `{1}` in
what is said is the word at that place of the pattern, counted from 0.
"""

from acmspec.formula.advice_place import A_NUMBER, UNEXPECTED, Place
from acmspec.formula.lexer import END
from acmspec.ground.diagnostic import Diagnostic

_PARTS = frozenset({"week", "month", "quarter", "year"})
_UNITS = frozenset({"day", *_PARTS, "hour", "minute", "second"})
_OWN_DAY = "Write `open on D`, as in `open on period end`, or `active in period` for a stretch of days."
_PERIOD_ENDS = "Write `period start` or `period end`."
_BUSINESS = "Write `business days from A to B`; a calendar of the spec says which days these are."
_BACK = "Write `within {2} {3} before X`, with the date it is counted back from."
_AHEAD = "Write `within {2} {3} after X`, with the date it is counted from."
_ORDER = (
    "Write `on or before D` for a last day, `for each NAME` for parts; an order stands before `where`: "
    "`latest(V over SET for same client by KEY where …)`."
)
_TO_DATE = "Write `[since start]` for all days of the contract so far; in a metric `window: year to date` says it."
_WITH_UNITS = "Write `from {1} {4} to {3} {4} after X`: each number has its unit."
_TO_COMPARE = "Write `=` to compare with a value; what is yes or no stands alone, as in `where permanent_home`."
_WHOLE = 'Texts are compared whole: write `X = "a"`, or `X in ("a", "b")`.'
_HAS = "Write `X is known` for a value; of other records, `any(SET for same ENTITY where CONDITION)`."
_WHICH_DAYS = "The metric says which days count: leave them out, or ask for a date: `where D between A and B`."
_HOURS = "Times of day are not told apart: `hours from A to B` counts, `date of X` is the day."
_WEEKDAYS = "Days of the week are not told apart; `business days from A to B` counts the working days of a calendar."
_IN_PERIOD = "Write `in period`: it is the one that the metric reports on."

_ROWS = (
    # --- records held against time
    ("=|!= @part #", "Write `in {1} {2} after X` in place of `{0} {1} {2}`."),
    ("in @period", "Write `month of D = 2025-03`, `quarter of D = 2025-Q1` or `fiscal year of D = FY2025`."),
    ("is # @unit after|before", "Write `within {1} {2} {3} X`; for that day, `from {1} {2} to {1} {2} after X`."),
    ("within a|an @unit", "Write `within 1 {2} after X`."),
    ("within # @unit of the", "Write `within {1} {2} after X`, without `the`."),
    ("within the first # @unit", "Write `within {3} {4} after X`."),
    ("<|<= # @unit ^after|before", "Write `within {1} {2} {3} X` behind the date."),
    (">|>= # @unit ^after", "Write `{2} from X to D > {1} {2}`."),
    ("less|fewer|sooner|earlier than # @unit after", "Write `within {2} {3} after X`."),
    ("the ^same @part as", "Write `{2} of A = {2} of B`."),
    ("in the ^@part after|before", "Write `in {2} 1 {3} X`."),
    ("in the ^following|next @part", "Write `in {3} 1 after X`."),
    ("in the ^previous|prior|preceding @part", "Write `in {3} 1 before X`."),
    (") ^. days|hours|minutes|weeks|months|years", "Write `{2} from A to B`."),
    ("_ . date|week|month|quarter|year ^(", "Write `{2} of {0}`."),
    ("in ^@date", "Write `= {1}` for that day, `between {1} and D` for all days up to another."),
    ("date|timestamp|datetime ^@date", "Write {1} alone: a date has no word before it."),
    ("on|is weekend|weekends|weekday|weekdays|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday", _WEEKDAYS),
    ("case _ when", "Write `if CONDITION then A else B`."),
    ("first|last ^_ $", "Choose records under `keep` of a cohort: `{0} per client in each period by DATE, id`."),
    ("in same @part", "Write `{2} of A = {2} of B`."),
    ("in last|past|previous|prior # @unit", _BACK),
    ("within last|past|previous|prior # @unit", _BACK),
    ("in|within next|following|coming # @unit", _AHEAD),
    ("within the ^last|past|previous|prior|preceding # @unit", "Write `within {3} {4} before X`, with its date."),
    ("within # @unit prior|preceding|previous|earlier", "Write `within {1} {2} before X`."),
    ("between # and # @unit after", _WITH_UNITS),
    ("from # to # @unit", _WITH_UNITS),
    ("on day # after", "Write `from {2} days to {2} days after X`."),
    ("more|later|longer than # @unit after", "Write `days from X to D > {2} {3}`."),
    ("at least # @unit after", "Write `days from X to D >= {2} {3}`."),
    ("no|not later than", "Write `on or before D`, or `on or within 30 days after X`."),
    ("no|not more|longer than", "Write `on or within 30 days after X`, or compare with `<=`."),
    ("in ^# @unit after", "Write `within {1} {2} after X`; for that day, `from {1} {2} to {1} {2} after X`."),
    ("in ^# @unit before", "Write `within {1} {2} before X`."),
    ("_ ^# @unit after|before", "Write `{0} within {1} {2} {3} X`; for that day, `from {1} {2} to {1} {2} after X`."),
    # --- English around a comparison
    ("is not in", 'Leave `is` out: `X not in LIST`, or `X not in ("a", "b")`.'),
    ("is in", 'Leave `is` out: `X in LIST`, or `X in ("a", "b")`.'),
    ("is not within|after|before|between|on", "Write `not (…)` around it, without `is`: `not (X {2} …)`."),
    ("is within|after|before|between", "Leave `is` out: `X {1} …`."),
    ("is on or", "Leave `is` out: `X on or …`."),
    ("is on|at", "Write `=`, as in `X = 2025-07-01`."),
    ("was|were|are ^_", _TO_COMPARE),
    ("^was|were|are|has|have|had", _TO_COMPARE),
    ("_ ^exists", "Write `X is known`; of other records, `any(SET for same ENTITY where CONDITION)`."),
    ("exists ^_", "Write `X is known`; of other records, `any(SET for same ENTITY where CONDITION)`."),
    ("not =|!=", "Write `!=`."),
    ("and|or after|before ^_", "Name the date again: `D after A and D before B`."),
    ("from _ ^until|till|til _", "Write `days from A to B`."),
    ("^not @text", "Write `!= {1}`."),
    ("^x|X #", "Write `*` to multiply."),
    ("starts|begins|ends|starting|beginning|ending with", _WHOLE),
    ("both ^_", "Leave `both` out: `A and B`."),
    ("either ^_", "Leave `either` out: `A or B`."),
    ("neither ^_", "Write `not (A or B)`."),
    ("^nor", "Write `not (A or B)`."),
    ("^xor", "Write `(A or B) and not (A and B)`."),
    ("^unless|except", "Write `and not …`."),
    ("^but not", "Write `and not …`."),
    ("^but", "Write `and …`."),
    ("is unknown|unrecorded", "Write `is missing`."),
    ("is not unknown|unrecorded", "Write `is known`."),
    # --- the period
    ("in this|current|present ^period|quarter|month|year", _IN_PERIOD),
    ("in the ^reporting|current|measurement|present", _IN_PERIOD),
    ("in period ^start|end", "Write `= period {2}` for that day, `in period` for all days."),
    ("within period|span", "Write `in {1}`."),
    ("in fiscal ^year|quarter", "Write `fiscal {2} of D = FY2025`, with the date before it."),
    ("between _ ^to|through|- _", "Write `between {1} and {3}`: both ends count."),
    ("from # ^to|through #", "Write `between {1} and {3}`: both ends count."),
    ("^to _", "Write `days from A to B` for a number of days, `D between A and B` for a date between two others."),
    # --- money
    ("US|USD ^@money", "Write `{1}`, without `{0}`."),
    # --- comparisons
    ("lasts more|at|over|longer|no|less|under", "`lasts 90 days` is at least so long; for less, `not lasts 90 days`."),
    ("=|!= between ^_", "Leave `{0}` out: `X between A and B`."),
    ("^less|fewer|smaller|lower than or equal", "Write `<=`."),
    ("^greater|more|larger|higher than or equal", "Write `>=`."),
    ("^not greater|larger|higher|over|above than _", "Write `<= {3}`."),
    ("^not less|fewer|smaller|lower than _", "Write `>= {3}`."),
    ("^up to _", "Write `<= {2}`."),
    ("^over|above #|@money|@percent", "Write `> {1}`."),
    ("^under|below #|@money|@percent", "Write `< {1}`."),
    ("^of #|@money|@percent or", "Write `>= {1}` for so much or more, and `<= {1}` for so much or less."),
    ("^#|@money|@percent or more|above|over|greater", "Write `>= {0}`."),
    ("^#|@money|@percent or less|below|under|fewer", "Write `<= {0}`."),
    ("and ^/ or", "Write `or`: it is true also where both are."),
    ("other than _", "Write `!= {2}`."),
    ("_ ^except @text", "Write `!= {2}`."),
    ("_ ^among|amongst", 'Write `in ("a", "b")`, or `in LIST`.'),
    ("_ ^one|any|either of", 'Write `in ("a", "b")`, or `in LIST`.'),
    # --- whether there is a value
    ("is recorded|filled|present|given|entered|there|populated|available", "Write `is known`."),
    ("is not recorded|filled|present|given|entered|there|populated|available", "Write `is missing`."),
    ("is absent|unset|undefined|void|nothing", "Write `is missing`."),
    ("_ ^missing|known $", "Write `{0} is {1}`."),
    ("_ ^missing|known and|or|)", "Write `{0} is {1}`."),
    ("is true|yes", "Leave `is {1}` out: what is yes or no stands alone, as in `where permanent_home`."),
    ("is false|no", "Write `not` before it: what is yes or no stands alone, as in `where not permanent_home`."),
    ("has|have|had ^_", _HAS),
    ("^no _ for", "Write `none({1} for same ENTITY where CONDITION)`."),
    ("no ^_ for", "Write `none({1} for same ENTITY where CONDITION)`."),
    (
        "previous|prior|earlier|past|later|next ^_ for",
        "Write `other {1} as before for same …`, with `before.DATE < DATE` in its condition.",
    ),
    ("is greater|more|larger|higher|above|over than", "Write `>`, without `is`."),
    ("is less|fewer|smaller|lower|under than", "Write `<`, without `is`."),
    ("is at least", "Write `>=`, without `is`."),
    ("is at most", "Write `<=`, without `is`."),
    ("is equal to", "Write `=`, without `is`."),
    ("greater|more|larger|higher ^than _", "Write `> {2}`."),
    ("less|fewer|smaller|lower ^than _", "Write `< {2}`."),
    ("^greater|more|larger|higher than _", "Write `> {2}`."),
    ("^less|fewer|smaller|lower than _", "Write `< {2}`."),
    ("^at least _", "Write `>= {2}`."),
    ("^at most _", "Write `<= {2}`."),
    ("^equal to _", "Write `= {2}`."),
    ("not between", "Put `not` before it: `not (X between A and B)`."),
    ("not like", 'Write `X != "a"`, or `X not in ("a", "b")`.'),
    ("in @text", "Write `= {1}`; one of several is `in ({1}, …)`."),
    # --- a record's own span
    ("open at|during|as|in", _OWN_DAY),
    ("is open|active|opened", "Leave `is` out: `open on period end`, `active in period`."),
    ("active on|at", "Write `active in period`, or `open on D` for one day."),
    ("active this|the|all|each|every|)", "Write `active in period`."),
    ("^on @date", "Write `= {1}`, or `on or before {1}`, `on or after {1}`."),
    # --- values of time
    ("hour|minute|time|weekday ^of", _HOURS),
    ("^am|pm|AM|PM", "Write the time of day from 00:00 to 23:59, as in 2025-03-01 17:30."),
    ("from ^@date to", _WHICH_DAYS),
    ("start|beginning|end of period|the", _PERIOD_ENDS),
    ("start|beginning|end of contract|term", "Write `contract start` or `contract end`."),
    ("start|beginning|end of @part", "The period's are `period start` and `period end`; a date's is `{2} of D`."),
    ("@part start|end", _PERIOD_ENDS),
    ("length of the|this|each|a", "Write `length of period`."),
    ("days of period|the", "Write `length of period`, or `days in period` for the days of a record's span."),
    ("workdays|weekdays|businessdays|workingdays from _ to _", _BUSINESS),
    ("within # businessdays|workdays|weekdays", "Write `within {1} business days after X`."),
    ("calendar days|months", "Leave `calendar` out: days and months are those of the calendar."),
    ("years|months old", "Leave `old` out: `age of BIRTH on D` is a number of years."),
    ("# st|nd|rd|th birthday", "Write `birthday {0} of BIRTH`."),
    ("birthday ^of", "Write how many years: `birthday 18 of BIRTH`."),
    ("birthday # years|year", "Leave `{2}` out: `birthday {1} of BIRTH`."),
    # --- choices
    ("elif|elseif|elsif", "Write `else if`, as in `if A then X else if B then Y else Z`."),
    ("minutes|hours|days|weeks|months|years ^_ to", "Write `{0} from A to B`."),
    # --- the same of whom
    ("via _ .", "Write the field alone, as in `for same client via mother`."),
    ("for the same", "Leave `the` out: `for same client`."),
    ("same _ as", "The set's other name stands before: `SET as later for same {1}`."),
    ("same _ ,", "Join them with `and`: `for same {1} and provider`; a condition follows `where`."),
    # --- elsewhere
    ("[ last|previous|prior|preceding ^@part", "Write `[1 {2} earlier]`."),
    ("[ last|previous|prior|preceding ^period", "Write `[1 quarter earlier]`, with the period that is meant."),
    ("[ # @unit ^ago|before|back|prior", "Write `[{1} {2} earlier]`."),
    ("[ @unit ^earlier|ago", "Write `[1 {1} earlier]`."),
    ("[ @part ^to date", _TO_DATE),
    ("# @unit ^ago", "There is no clock: write `{1} from X to data date > {0} {1}`, or name the day."),
    ("[ since ^_", "Write `[since start]`, or `[from D to D]` with both days."),
    ("[ from _ ^]", "Write `[from D to D]`, with the last day, too."),
    ("rolling # @unit", "The metric says which days: `window: rolling {1} {2}`."),
    # --- part by part
    ("desc|asc|descending|ascending", "Leave it out: 1 is the highest, or the best where the number is a metric."),
    ("for every|all", "Write `for each`, as in `average(NUMBER for each month)`."),
    ("by|per|each @part|provider", "Write `for each {1}`, as in `average(NUMBER for each {1})`."),
    ("^per # , #", "Write `{1}{3} * A / B`, with what it is per as B."),
    ("^per #", "Write `{1} * A / B`, with what it is per as B."),
    ("@percent ^of", "Write `{0} * X`: a share of a number is a product."),
    ("^per _", "Write `/` to divide by a number, or `for each {1}` for each of its parts."),
    ("group by", "Write `average(NUMBER for each NAME)`, or divide the results by the metric's `break_down_by`."),
    ("longest streak|row|sequence|stretch", "Write `longest run(CONDITION for each month)`."),
)  # fmt: skip
_LOOSE = (
    ("in ^#", "A list stands in parentheses: `in (1, 2)`; all from one to another are `X between A and B`."),
    ("_ ^@unit after|before", "Leave `{1}` out: the field says so itself, by `unit: {1}`."),
    ("^dollars|dollar|euros|euro|usd|cents", "Money has its sign or code before the number, as in $100 or EUR 100."),
    ("working|work|office days", _BUSINESS),
    ("from _ to _ $", "Write `D between A and B` for two days, `D from 30 days to 90 days after X` for a window."),
    ("by _", _ORDER),
)
"""Patterns that a misspelt word, or a window without its length, may make, too; so these are looked for before."""

_Rows = tuple[tuple[str, str], ...]


def phrase(place: Place, rows: _Rows = _ROWS) -> Diagnostic | None:
    """The first row whose pattern stands where reading broke off."""
    for written, said in rows:
        pattern = written.split()
        marked = next((index for index, one in enumerate(pattern) if one.startswith("^")), None)
        starts = range(-len(pattern), 1) if marked is None else (-marked,)
        for start in starts:
            if place.at + start >= 0 and all(_is(place, start + at, one) for at, one in enumerate(pattern)):
                words = [place.text(start + at) for at in range(len(pattern))]
                last = start + len(pattern) - 1
                span = place.span(start, last if words[-1] else last - 1)
                message = f"formulas don't say “{span.text}”"
                return UNEXPECTED.at(span, message, label="said otherwise", fix=said.format(*words))
    return None


def loose_phrase(place: Place) -> Diagnostic | None:
    """The same of the looser rows."""
    return phrase(place, _LOOSE)


def _is(place: Place, step: int, wanted: str) -> bool:
    token, wanted = place.token(step), wanted.removeprefix("^")
    if wanted in {"_", "$"}:
        return (token.kind == END) is (wanted == "$")
    return any(_fits(token.kind, token.text, one) for one in wanted.split("|"))


def _fits(kind: str, text: str, wanted: str) -> bool:
    match wanted:
        case "#":
            return kind == A_NUMBER
        case "@text":
            return kind == "A_TEXT"
        case "@unit":
            return text.removesuffix("s") in _UNITS
        case "@part":
            return text in _PARTS
        case "@percent":
            return kind == "A_PERCENT"
        case "@money":
            return kind == "A_MONEY"
        case "@date":
            return kind == "A_DATE"
        case "@period":
            return kind == "A_PERIOD"
        case _:
            return text == wanted
