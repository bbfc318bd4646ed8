"""The sentences that say which days a measure looks at for each of its periods; knows nothing of what is measured."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import quoted
from acmspec.ground.calendar import Cycle, Every, NamedPeriods, ReportingDays, YearStarting
from acmspec.ground.windows import Coverage, Covers, Rolling


def measurement_period(every: Cycle, covers: Coverage) -> Iterator[str]:
    """What the Measurement Period is, and what its words mean."""
    noun = numbers.period(every)
    is_a_day = every is Every.DAY or isinstance(every, ReportingDays)
    end = f"each {noun}" if is_a_day else f"the last day of each {noun}"
    match covers:
        case Covers.PERIOD:
            yield f"The Measurement Period is each {noun}."
        case Covers.YEAR_TO_DATE:
            year = _year(every)
            yield f"The Measurement Period ends on {end}. It starts on the first day of the {year} that holds this day."
        case Covers.SINCE_START:
            yield f"The Measurement Period starts on the first day of the Contract Term and ends on {end}."
        case Rolling(number, unit):
            verb = "ends" if number == 1 else "end"
            yield f"The Measurement Period is the {numbers.counted(number, unit, f'{unit}s')} that {verb} on {end}."
    yield from _meant(every)


def _year(every: Cycle) -> str:
    if every is Every.YEAR or isinstance(every, YearStarting):
        return numbers.period(every)
    return numbers.period(Every.FISCAL_YEAR)


def _meant(every: Cycle) -> Iterator[str]:
    """What a reader could not know from the words alone."""
    match every:
        case Every.WEEK:
            yield "A calendar week starts on a Monday and ends on a Sunday."
        case Every.HALF_YEAR:
            yield "A calendar half-year is January through June or July through December."
        case ReportingDays(days):
            yield f"The reporting days are {numbers.series(tuple(numbers.day(one) for one in days))}."
        case NamedPeriods(periods):
            named = (f"{quoted(one.name)}, {numbers.day(one.first)} through {numbers.day(one.last)}" for one in periods)
            yield f"The reporting periods are: {'; '.join(named)}."
