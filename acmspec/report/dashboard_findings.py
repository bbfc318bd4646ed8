"""At most three things to discuss, found in results by rules that never vary, each with its numbers."""

from fractions import Fraction

from acmspec.ground.node import node
from acmspec.program.rounding import rounded
from acmspec.program.tree import Program
from acmspec.report import dashboard_words as words
from acmspec.report.dashboard_marks import (
    Marker,
    is_settled,
    latest_judged,
    main_benchmark,
    not_heard_from,
    provider_dimension,
)
from acmspec.report.dashboard_measures import year_before
from acmspec.report.tree import Finding
from acmspec.results.tree import Comparison, MeasureResults, Result, Results, State

_MOST = 3


@node
class _Standing:
    """A measure with a value to compare: how far it is from its target, and its providers in the same period."""

    of: MeasureResults
    latest: Result
    comparison: Comparison
    distance: Fraction
    providers: tuple[tuple[str, Result], ...]

    @property
    def relative(self) -> Fraction:
        """The distance as a part of the target, so that measures of different units can be put in order."""
        against = abs(self.comparison.against or Fraction(0))
        return self.distance / against if against else self.distance

    def words(self, size: Fraction) -> str:
        """The size of a difference of this measure."""
        return words.gap(size, words.scale_of(self.of.measure.formula.type), self.of.measure.decimals)

    @property
    def title(self) -> str:
        """The measure's title."""
        return self.of.measure.title


def findings(program: Program, results: Results) -> tuple[Finding, ...]:
    """A closed gate, the widest miss, what is missing, what goes well; where there is room, a gap between providers."""
    standings = [one for one in map(_standing, results.metrics) if one is not None]
    missed = sorted((one for one in standings if not one.comparison.met), key=_weight, reverse=True)
    met = sorted((one for one in standings if one.comparison.met), key=_merit, reverse=True)
    gate = _gate(program, results)
    found = [
        gate,
        _missed(missed) if missed else None,
        _missing(program, results) if gate is None else None,
        _met(met, len(standings)) if met else None,
        _spread([one for one in standings if one not in (*missed[:1], *met[:1])]),
    ]
    chosen = [one for one in found if one is not None]
    return tuple(chosen[:_MOST])


def _weight(one: _Standing) -> tuple[bool, Fraction]:
    """A miss that chance could explain is spoken of after one that it could not."""
    return one.comparison.sure is not False, one.relative


def _merit(one: _Standing) -> tuple[bool, Fraction]:
    return bool(one.comparison.sure), one.relative


def _standing(of: MeasureResults) -> _Standing | None:
    latest, main = latest_judged(of), main_benchmark(of.measure)
    comparison = latest.comparison(main.name) if latest and main else None
    if latest is None or comparison is None or comparison.met is None or comparison.against is None:
        return None
    if not is_settled(of, latest):
        return None
    reached = latest.rounded or Fraction(0)
    against = rounded(comparison.against, of.measure.formula.type, of.measure.decimals)
    return _Standing(of, latest, comparison, abs(reached - against), _providers(of, latest))


def _providers(of: MeasureResults, latest: Result) -> tuple[tuple[str, Result], ...]:
    """The named providers with a value in the period of a result, best first."""
    dimension = provider_dimension(of.measure)
    if dimension is None:
        return ()
    found = [
        (one.group[0], one)
        for one in of.of(dimension.path)
        if one.period == latest.period and one.state is State.VALUE and one.group[0] is not None
    ]
    upward = of.measure.better == "higher"
    return tuple(sorted(found, key=lambda pair: pair[1].rounded or Fraction(0), reverse=upward))


# --- what misses its target -----------------------------------------------------------------------------------


def _missed(missed: list[_Standing]) -> Finding:
    worst, others = missed[0], missed[1:]
    side = "below" if worst.of.measure.better == "higher" else "above"
    if worst.distance:
        headline = f"{worst.title}: {worst.words(worst.distance)} {side} target."
    else:
        headline = f"{worst.title}: target missed."
    parts = [_level(worst), _range(worst)]
    if worst.comparison.sure is False:
        parts.append("The miss is small enough to be chance.")
    if others:
        named = tuple(f"{one.title} ({_by(one)})" for one in others)
        parts.append(f"Also missed: {words.listed(named)}.")
    return Finding("bad", headline, _joined(parts))


def _by(one: _Standing) -> str:
    return f"by {one.words(one.distance)}{', which could be chance' if one.comparison.sure is False else ''}"


def _level(one: _Standing) -> str:
    marker = Marker(one.of.measure)
    when = words.in_period(one.latest.period, one.of.measure.every, one.of.measure.window)
    target = marker.target(one.comparison)
    return f"{one.latest.printed} ({marker.counts(one.latest)}) {when}; the target is {target}."


def _range(one: _Standing) -> str:
    """From which provider to which, and how many of them meet their own target."""
    if len(one.providers) < 2:  # noqa: PLR2004  (one provider has nobody to differ from)
        return ""
    (best, first), (last, least) = one.providers[0], one.providers[-1]
    main = main_benchmark(one.of.measure)
    compared = [result.comparison(main.name) for _, result in one.providers] if main else []
    met = sum(1 for each in compared if each is not None and each.met)
    return (
        f"{best} reaches {first.printed}, {last} {least.printed};"
        f" {met or 'none'} of {len(one.providers)} providers with a result meet their target."
    )


def _joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


# --- what is missing ------------------------------------------------------------------------------------------


def _gate(program: Program, results: Results) -> Finding | None:
    closed = [one for one in results.tables if not one.open]
    if not closed:
        return None
    names = tuple(_many(program, one.name) for one in closed)
    texts = (
        f"{one.invalid:,} of {one.read:,} records of {name} are invalid"
        for one, name in zip(closed, names, strict=True)
    )
    headline = f"The data gate is closed for {words.listed(names)}."
    tail = "No result that rests on them is stated."
    return Finding("bad", headline, _joined([f"{'; '.join(texts)}.", tail, _consequence(program, "missing")]))


def _missing(program: Program, results: Results) -> Finding | None:
    absent = _absent(results)
    if not absent:
        return None
    measures = sum(1 for one in results.metrics if _missing_names(one))
    who = "It has" if len(absent) == 1 else "They have"
    noun = "measure" if len(results.metrics) == 1 else "measures"
    stated = f"{who} no result in {measures} of {len(results.metrics)} {noun}."
    silent = _silent(program, results, absent)
    headline = f"Data is missing from {words.listed(absent)}."
    return Finding("neutral", headline, _joined([silent, stated, _consequence(program, "missing")]))


def _absent(results: Results) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in results.metrics for name in _missing_names(one)))


def _missing_names(of: MeasureResults) -> tuple[str, ...]:
    latest = latest_judged(of)
    return not_heard_from(of, latest) if latest else ()


def _silent(program: Program, results: Results, absent: tuple[str, ...]) -> str:
    """The last stretch in which each provider sent nothing."""
    last = {
        (one.name, provider): (first, until)
        for one in results.tables
        for provider, first, until in one.silent
        if provider in absent
    }
    found = tuple(
        f"{provider} sent no {_many(program, table)} for {words.days(first, until)}"
        for (table, provider), (first, until) in last.items()
    )
    return f"{words.listed(found)}." if found else ""


def _many(program: Program, table: str) -> str:
    return next((one.many for one in program.stores if one.name == table), table)


def _consequence(program: Program, state: str) -> str:
    """What the declared consequences of a state do to payment, term by term."""
    by_effect: dict[str, list[str]] = {}
    for term in program.payments.terms:
        effect = dict(term.on).get(state)
        if effect:
            by_effect.setdefault(effect, []).append(words.title(term.name))
    if not by_effect:
        return ""
    effects = "; ".join(f"{words.listed(tuple(names))}: {effect}" for effect, names in by_effect.items())
    return f"Payment: {effects}."


# --- what goes well, and what differs -------------------------------------------------------------------------


def _met(met: list[_Standing], compared: int) -> Finding:
    best = met[0]
    if len(met) == compared > 1:
        headline = f"All {compared} measures with a target meet it."
    elif best.distance:
        headline = f"{best.title}: {best.words(best.distance)} better than target."
    else:
        headline = f"{best.title}: target met."
    lead = f"{best.title}: " if len(met) == compared > 1 else ""
    parts = [lead + _level(best), _range(best), _year(best)]
    others = tuple(one.title for one in met[1:])
    if others and len(met) != compared:
        parts.append(f"Also met: {words.listed(others)}.")
    return Finding("good", headline, _joined(parts))


def _year(one: _Standing) -> str:
    before = year_before(one.latest, one.of.measure, one.of.of())
    return f"A year earlier: {before.printed}." if before else ""


def _spread(standings: list[_Standing]) -> Finding | None:
    """The measure in which providers differ most, as a part of the target."""
    wide = [one for one in standings if len(one.providers) > 1]
    if not wide:
        return None
    widest = max(wide, key=_width)
    (best, first), (last, least) = widest.providers[0], widest.providers[-1]
    size = abs((first.rounded or Fraction(0)) - (least.rounded or Fraction(0)))
    if not size:
        return None
    marker = Marker(widest.of.measure)
    return Finding(
        "neutral",
        f"{widest.title}: {widest.words(size)} between providers.",
        f"{best} reaches {first.printed} ({marker.counts(first)}), {last} {least.printed} ({marker.counts(least)})."
        " What does the first do that others could?",
    )


def _width(one: _Standing) -> Fraction:
    against = abs(one.comparison.against or Fraction(0))
    size = abs((one.providers[0][1].rounded or Fraction(0)) - (one.providers[-1][1].rounded or Fraction(0)))
    return size / against if against else size
