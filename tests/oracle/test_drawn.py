"""Random specs draw the whole language: every kind of formula in every form, every key of a spec with every word."""

from collections.abc import Iterator

from drawn import forms_of, keys, keys_of, kinds
from engine import checked, decoded
from hypothesis import HealthCheck, Phase, given, seed, settings
from made import Specified, specs, text

from acmspec.program.each_rows import EACH
from acmspec.program.functions import AGGREGATE_WORDS
from acmspec.program.lookup_rows import WORDS as LOOKUPS

STARTS = 120
"""How many times drawing starts anew; it ends when all was drawn."""
AT_A_TIME = 10
"""Few enough for hypothesis not to vary what it has drawn before."""

FORMS = {
    "Age", "Birthday", "CalendarPeriod", "Moment", "Truth.value True", "Truth.value False",
    *(f"Binary.operator {one}" for one in ("+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or")),
    *(f"Known.known {one}" for one in (True, False)),
    "In.choices Name", "In.choices some",
    *(f"PeriodValue.which {one}" for one in ("period start", "period end", "length of period", "contract start",
                                            "contract end", "data date")),
    *(f"PartOf.part {one}" for one in ("date", "week", "month", "quarter", "year", "fiscal year")),
    *(f"Between.unit {one}" for one in ("minute", "hour", "day", "week", "month", "year", "business day")),
    *(f"Within.{name} {one}" for name in ("inclusive", "before") for one in (True, False)),
    "Within.length Length", "Within.length Name", "Within.length Binary", "Within.length If", "Within.opens Length",
    "Within.opens Name", "Within.operand none",
    *(f"During.what {one}" for one in ("period", "span", "week", "month", "quarter", "year")),
    *(f"During.before {one}" for one in (True, False)), "During.operand none",
    *(f"{node}.window {one}" for node in ("DaysIn", "Active") for one in ("Within", "During")),
    "Lasts.length Length", "Lasts.length Name", "Lasts.anchor none", "Lasts.anchor Name",
    "Same.via none", "Same.via Name",
    *(f"SetUse.reach {one}" for one in ("", "other", "all")),
    *(f"SetUse.placed {one}" for one in ("none", "Dated", "OpenOn", "Active")),
    "SetUse.by some", "SetUse.weight Name", "SetUse.weight Binary", "SetUse.where none", "Call.distinct True",
    *(f"Call.function {one}" for one in {*AGGREGATE_WORDS, *LOOKUPS}),
    *(f"Each.function {one.name}" for one in EACH if "weighted" not in one.name),
    "Each.where none", "Each.where Binary",
    *(f"Sliced.to {one}" for one in ("Earlier", "FromTo", "SinceStart", "AllOf", "Those")), "Sliced.inner Sliced",
    *(f"Keep.choice {one}" for one in ("first", "last", "one", "apart")),
    *(f"Keep.{name} {one}" for name in ("later", "ever", "kept") for one in (True, False)),
    "When.dated FormulaText", "When.placed FormulaText", "YearStarting", "ReportingDays", "NamedPeriods", "Rolling",
    *(f"Rolling.unit {one}" for one in ("day", "week", "month", "quarter", "year")),
}  # fmt: skip
"""In which forms the parts of a formula, a choice and a metric come."""

READ_OTHERWISE = "how a file is read has tests of its own; here are files of both kinds, each whole and plain"
NOT_DRAWN = {
    "data.*.file.*": READ_OTHERWISE,
    **{f"data.*.{one}": READ_OTHERWISE for one in ("connection", "table", "corrections", "disputes")},
    "data.*.format": READ_OTHERWISE,
    **{f"data.*.format.{one}": READ_OTHERWISE for one in ("delimiter", "encoding", "header_row", "sheet")},
    **{f"data.*.format.encoding {one}": READ_OTHERWISE for one in ("UTF-16", "UTF-8", "Windows-1252")},
    "data.*.status to be developed": "a metric on it has no data to be worked out from",
    "metrics.*.use paid": "what is paid for is named by a payment, and payments are settled from results",
    **{
        f"calendars.*.weekend {day}": "one day off is as another"
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday")
    },
    **{
        f"data.*.fields.* {kind}": "the short form of a field; one type is as another"
        for kind in ("text", "integer", "decimal", "money", "datetime", "month", "quarter", "year", "fiscal quarter",
                     "fiscal year", "boolean")
    },
}  # fmt: skip
"""What no random spec holds, and why."""


def _accepted(start: int) -> Iterator[tuple[str, Specified]]:
    """Some specs that have no error."""
    found: list[Specified] = []

    @seed(start)
    @settings(max_examples=AT_A_TIME, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(specs(3))
    def drawn(one: Specified) -> None:
        found.append(one)

    drawn()
    for one in found[1:]:  # the first is always the simplest
        written = text(one.spec)
        if checked(written, one.beside)[0] is not None:
            yield written, one


def test_everything_is_drawn() -> None:
    wanted = (kinds() | FORMS | keys()) - set(NOT_DRAWN)
    for start in range(STARTS):
        for written, one in _accepted(start):
            wanted -= forms_of(decoded(written, one.beside))
            wanted -= keys_of(written)
        if not wanted:
            break
    assert sorted(wanted) == []


def test_what_is_not_drawn_exists() -> None:
    assert set(NOT_DRAWN) <= keys()
