"""The keys of `incentives` and `agreements`; which incentive kinds there are is handed in."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from acmspec.ground.source import Located, Span
from acmspec.spec.cycles import ScopeShape
from acmspec.spec.kinds import KindShape, LimitShape
from acmspec.spec.pieces import DAY, FLAG, LENGTH, MONEY, NAME, TERM, VALUE, WORDS, unknown
from acmspec.spec.ports import ShapedKind, ShapedLimit
from acmspec.spec.settling import Settling
from acmspec.spec.shape import As, Choice, Key, ListOf, MapOf, Quantity, Record, Shape, Text
from acmspec.spec.tree import Agreement, Incentives, KindUse, Limit, PaymentTerm, PhaseIn, Scope

STATES = ("undefined", "too_few", "immature", "missing", "disputed")
USUAL, AS_WRITTEN = "usual", "as written"
"""The order of limits: the usual one, or another that is meant."""
BELOW_ZERO = ("carry forward", "invoice", "zero")
"""What may become of a total below zero."""
_NOTHING: Mapping[str, Located[str]] = MappingProxyType({})


def _phase_in(span: Span, **values: Any) -> PhaseIn:
    del span
    return PhaseIn(**values)


PHASE_IN = Record(
    "phase_in",
    _phase_in,
    (
        Key("until", DAY, required=True),
        Key(
            "effect",
            As(Choice("reported without consequence"), VALUE),
            default="reported without consequence",
        ),
    ),
)


SETTLEMENT = Record(
    "settlement",
    Settling,
    (
        Key("corrections_within", LENGTH, required=True),
        Key("tolerance", MONEY),
        Key("claw_back", FLAG, required=True),
        Key("keep_rows", LENGTH, required=True),
    ),
)


def _on(span: Span, **values: Located[str] | None) -> tuple[Mapping[str, Located[str]], Span | None]:
    said = {state: words for state, words in values.items() if words is not None}
    return MappingProxyType(said), span


ON = Record("on", _on, tuple(Key(state, Text()) for state in STATES))


def _term(
    kind: Located[str],
    parameters: object,
    span: Span,
    on: tuple[Mapping[str, Located[str]], Span | None],
    **values: Any,
) -> "partial[PaymentTerm]":
    """A payment term that still lacks its name."""

    def named(name: Located[str]) -> PaymentTerm:
        return PaymentTerm(KindUse(name, kind, parameters, span), on=on[0], on_span=on[1], **values)

    return partial(named)


def _limit(kind: Located[str], parameters: object, span: Span, over: tuple[Any, ...], per: Scope) -> "partial[Limit]":
    """A limit that still lacks its name: its kind's word and its place among the limits."""

    def numbered(number: int) -> Limit:
        name = Located(f"{kind.value.replace(' ', '_')}_{number}", kind.span)
        return Limit(KindUse(name, kind, parameters, span), over, per)

    return partial(numbered)


def _numbered(limits: tuple["partial[Limit]", ...]) -> tuple[Limit, ...]:
    return tuple(limit(number) for number, limit in enumerate(limits, 1))


def incentives(terms: tuple[ShapedKind, ...], limits: tuple[ShapedLimit, ...]) -> Shape:
    """The shape of `incentives`, with the kinds on the shelves."""
    term = KindShape(
        "payment term",
        terms,
        (
            Key("per", ScopeShape(), required=True),
            Key("once_per", NAME),
            Key("on", ON, default=(_NOTHING, None)),
        ),
        _term,
    )
    limit = LimitShape(
        limits,
        (Key("over", ListOf(NAME, least=1), required=True), Key("per", ScopeShape(), required=True)),
        _limit,
    )
    return Record(
        "incentives",
        Incentives,
        (
            Key("phase_in", PHASE_IN),
            Key("terms", MapOf(term, named=True), default=()),
            Key("order", As(Choice(USUAL, AS_WRITTEN), VALUE), default=USUAL),
            Key("limits", As(ListOf(limit), _numbered), default=()),
            Key("on_negative_total", Choice(*BELOW_ZERO)),
            Key("settlement", SETTLEMENT),
        ),
    )


def _as_read(written: Located[str]) -> Located[str]:
    """A name as cells of the data are read, so that it meets theirs: without outer blanks, in composed form (NFC)."""
    return Located(normalize("NFC", written.value.strip()), written.span)


def _invoice(pairs: tuple[tuple[Located[str], str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name.value, said) for name, said in pairs)


AGREEMENT = Record(
    "an agreement",
    Agreement,
    (
        Key("provider", As(Text(), _as_read), required=True, stand_in=unknown),
        Key("number", WORDS, default=""),
        Key("term", TERM),
        Key("maximum", MONEY),
        Key("targets", MapOf(Quantity("percent", "number", "money", "duration")), default=()),
        Key("prices", MapOf(MONEY), default=()),
        Key("invoice", As(MapOf(WORDS), _invoice), default=()),
    ),
)
AGREEMENTS = ListOf(AGREEMENT)
