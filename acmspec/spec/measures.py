"""The keys of goals, definitions, cohorts, metrics and worked cases; which benchmark kinds there are is handed in."""

from functools import partial
from typing import Any

from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Problem
from acmspec.ground.source import Located, Span
from acmspec.ground.windows import Coverage, Covers
from acmspec.spec.cycles import CYCLE, WINDOW
from acmspec.spec.definitions import unread
from acmspec.spec.examples import Example
from acmspec.spec.keeping import KEEP
from acmspec.spec.kinds import KindShape
from acmspec.spec.pieces import NAME, NOUN, PATH_OR_PATHS, VALUE, WORDS, unknown, unknown_words
from acmspec.spec.placing import WhenShape
from acmspec.spec.ports import ShapedKind
from acmspec.spec.shape import (
    As,
    Choice,
    FormulaShape,
    Key,
    ListOf,
    MapOf,
    Quantity,
    Record,
    Text,
    Whole,
    Written,
)
from acmspec.spec.tree import MISSING_IS, Cohort, Exclusion, Goal, KindUse, Metric

MOST_METRICS = 5

TOO_MANY_METRICS = Problem(
    code="ACM109",
    title="more than five metrics",
    cause="A spec has at most five metrics: with more, nobody can look at all of them closely at every meeting.",
    fix="Keep the five that decide, and name the others under roadmap, to be looked into in their turn.",
    contract="The Parties must measure the Services by no more than five metrics.",
)
PROBLEMS = (TOO_MANY_METRICS,)


def _goal(span: Span, **values: Any) -> "partial[Goal]":
    del span
    return partial(Goal, **values)


GOALS = MapOf(
    Record(
        "a goal",
        _goal,
        (Key("statement", Text(), required=True, stand_in=unknown), Key("population", Text())),
    ),
    named=True,
    least=1,
)


EXCLUSION = Record(
    "an exclusion",
    Exclusion,
    (
        Key("when", FormulaShape(), required=True, stand_in=unread),
        Key("because", WORDS, required=True, stand_in=unknown_words),
    ),
)

COHORTS = MapOf(
    Record(
        "a cohort",
        lambda **values: partial(Cohort, **values),
        (
            Key("noun", NOUN),
            Key("from", NAME, required=True, into="source"),
            Key("when", WhenShape()),
            Key("span", ListOf(NAME, least=2, most=2), into="interval"),
            Key("where", FormulaShape()),
            Key("keep", KEEP, default=()),
            Key("exclude", ListOf(EXCLUSION), default=()),
        ),
    ),
    named=True,
)


ROUND = Written("[0-9] decimals?", "a number of decimals", "1 decimal", lambda match: int(match.group()[0]))


def _metric(
    span: Span,
    use: Located[str] | None,
    decimals: Located[int] | None,
    window: Located[Coverage] | None,
    **values: Any,
) -> "partial[Metric]":
    return partial(
        Metric,
        span=span,
        use=use or Located("reported", span),
        decimals=decimals or Located(1, span),
        window=window or Located(Covers.PERIOD, span),
        **values,
    )


def _quarter(span: Span) -> Located[Every]:
    return Located(Every.QUARTER, span)


def metrics(benchmarks: tuple[ShapedKind, ...]) -> MapOf:
    """The shape of `metrics`, with the benchmark kinds on the shelf."""
    used = KindShape("benchmark", benchmarks, (), lambda **values: partial(KindUse, **values))
    return MapOf(_metric_shape(used), named=True, least=1, most=MOST_METRICS, problem=TOO_MANY_METRICS)


def _metric_shape(benchmark: KindShape) -> Record:
    return Record(
        "a metric",
        _metric,
        (
            Key("name", Text(), required=True, into="title", stand_in=unknown),
            Key(
                "kind",
                Choice("leading", "lagging"),
                required=True,
                stand_in=lambda span: Located("lagging", span),
            ),
            Key("use", Choice("paid", "reported", "review")),
            Key("goal", NAME, required=True),
            Key("question", WORDS, default=""),
            Key("formula", FormulaShape(), required=True, stand_in=unread),
            Key("every", CYCLE, required=True, stand_in=_quarter),
            Key("window", WINDOW),
            Key("better", As(Choice("higher", "lower"), VALUE), required=True, stand_in=lambda _: "higher"),
            Key("round", ROUND, into="decimals"),
            Key("minimum", As(Whole(), VALUE), default=0),
            Key("missing_is", As(Choice(*MISSING_IS), VALUE), default=MISSING_IS[0]),
            Key("maturity", As(Choice("all records", "each record", "judge now"), VALUE), default="all records"),
            Key("exceptions", ListOf(EXCLUSION), default=()),
            Key("parts", MapOf(FormulaShape(), least=1), default=()),
            Key("break_down_by", ListOf(PATH_OR_PATHS), default=()),
            Key("benchmarks", MapOf(benchmark, named=True), default=()),
        ),
    )


def _given(span: Span, **values: Any) -> dict[str, Any]:
    del span
    return values


_EXPECTED = (
    Key("value", Quantity("percent", "number", "money", "duration")),
    Key("tier", Text()),
    Key("payment", Quantity("money")),
)


def _example(  # noqa: PLR0913, PLR0917  (a value a key)
    span: Span,
    metric: Located[str],
    given: dict[str, Any],
    also: tuple[tuple[Located[str], dict[str, Any]], ...],
    others: tuple[tuple[Located[str], dict[str, Any]], ...],
    expect: tuple[tuple[Located[str], Any], ...],
) -> Example:
    own = {name.value: found for name, found in expect if name.value in {key.name for key in _EXPECTED}}
    met = tuple((name, found) for name, found in expect if name.value not in own)
    stated: dict[str, Any] = {key.name: own.get(key.name) for key in _EXPECTED}
    beside = tuple(Example(name, value=None, expect=(), span=name.span, **counts) for name, counts in also)
    sharing = tuple(
        Example(metric, value=None, expect=(), span=name.span, provider=name, **counts) for name, counts in others
    )
    return Example(metric=metric, expect=met, span=span, also=beside, others=sharing, **given, **stated)


_COUNTS = (
    Key("numerator", As(Whole(), VALUE), required=True, default=0, unless="state"),
    Key("denominator", As(Whole(), VALUE), required=True, default=0, unless="state"),
    Key("state", Choice("immature", "missing")),
    Key("disputed", As(Whole(), VALUE), default=0),
)
EXAMPLE = Record(
    "a worked case",
    _example,
    (
        Key("metric", NAME, required=True),
        Key(
            "given",
            Record(
                "given",
                _given,
                (Key("provider", Text()), *_COUNTS),
                elsewhere=tuple(
                    (word, f"Write “{word}” beside “given”, as a key of the worked case.")
                    for word in ("others", "with", "expect", "metric")
                ),
            ),
            required=True,
        ),
        Key("with", MapOf(Record("counts of another metric", _given, _COUNTS)), default=(), into="also"),
        Key("others", MapOf(Record("counts of another provider", _given, _COUNTS), names=None), default=()),
        Key("expect", MapOf(Choice("met", "not met"), keys=_EXPECTED, least=1), required=True),
    ),
)
EXAMPLES = ListOf(EXAMPLE)
