"""From a document to a spec: the top of the table of shapes; what names and formulas mean is not its matter."""

from dataclasses import replace
from datetime import date
from typing import Any

from acmspec.document.tree import Mapping, Node
from acmspec.formula.from_text import parse
from acmspec.ground.calendar import MONTHS
from acmspec.ground.diagnostic import Diagnostic, Outcome
from acmspec.ground.source import Located, Source, Span
from acmspec.spec.connections import CONNECTIONS
from acmspec.spec.definitions import DEFINITIONS
from acmspec.spec.desk import FAULT, Desk
from acmspec.spec.incentives import AGREEMENTS, incentives
from acmspec.spec.measures import COHORTS, EXAMPLES, GOALS, metrics
from acmspec.spec.meetings import ATTENDEES, CADENCE, COMMITMENTS, FOLLOW_UP, REFERRAL, RESPONSIBILITIES, ROADMAP
from acmspec.spec.misplaced import put_back
from acmspec.spec.pieces import DAY, MONEY, NAME, TERM, VALUE, WORDS, unknown
from acmspec.spec.ports import ShapedKind, ShapedLimit, Shelves
from acmspec.spec.reference import CALENDARS, FIGURES, LISTS
from acmspec.spec.shape import As, Choice, Key, MapOf, Record, Slug, Text, Whole, Written
from acmspec.spec.spells import SPELLS
from acmspec.spec.tables import DATA
from acmspec.spec.tree import Contract, Spec, Term

VERSION = 1
Shelf = Shelves[ShapedKind, ShapedKind, ShapedLimit, ShapedLimit]


def _month(name: Located[str]) -> int:
    return MONTHS.index(name.value) + 1


def _unknown_term(span: Span) -> Term:
    return Term(Located(date(2000, 1, 1), span), Located(date(2000, 12, 31), span), span)


TIMEZONE = Written(
    "[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*", "a time zone", "America/New_York", lambda match: match.group()
)

CONTRACT = Record(
    "the contract",
    Contract,
    (
        Key("id", Slug(), required=True, stand_in=unknown),
        Key("title", Text(), required=True, stand_in=unknown),
        Key("agency", Text(), required=True, stand_in=unknown),
        Key("term", TERM, required=True, stand_in=_unknown_term),
        Key("fiscal_year_starts", As(Choice(*MONTHS), _month), default=1),
        Key(
            "currency",
            As(Written("[A-Z]{3}", "the three letters of a currency", "USD", lambda match: match.group()), VALUE),
            default="USD",
        ),
        Key("maximum", MONEY),
        Key("data_date", DAY),
        Key("timezone", TIMEZONE),
    ),
)


def _unknown_contract(span: Span) -> Contract:
    name = unknown(span)
    return Contract(name, name, name, _unknown_term(span), 1, "USD", None, None, span)


def _none(_: Span) -> tuple[()]:
    return ()


def root(shelves: Shelf, source: Source) -> Record:
    """The shape of a whole spec with the kinds on the shelves."""

    def build(acmspec: Located[int], span: Span, **sections: Any) -> Spec:
        del acmspec
        return Spec(source=source, span=span, **sections)

    return Record(
        "the spec",
        build,
        (
            Key("acmspec", Whole(VERSION, VERSION), required=True, stand_in=lambda span: Located(VERSION, span)),
            Key("contract", CONTRACT, required=True, stand_in=_unknown_contract),
            Key("motivation", WORDS, default=""),
            Key("goals", GOALS, required=True, stand_in=_none),
            Key("connections", CONNECTIONS, default=()),
            Key("data", DATA, required=True, stand_in=_none),
            Key("lists", LISTS, default=()),
            Key("figures", FIGURES, default=()),
            Key("calendars", CALENDARS, default=()),
            Key("providers", NAME),
            Key("definitions", DEFINITIONS, default=()),
            Key("cohorts", COHORTS, default=()),
            Key("spells", SPELLS, default=()),
            Key("metrics", metrics(shelves.benchmarks), required=True, stand_in=_none),
            Key("agreements", AGREEMENTS, default=()),
            Key("referral", REFERRAL),
            Key("roadmap", ROADMAP, default=()),
            Key("cadence", CADENCE, default=()),
            Key("attendees", ATTENDEES, default=()),
            Key("responsibilities", RESPONSIBILITIES, default=()),
            Key("follow_up", FOLLOW_UP),
            Key("commitments", COMMITMENTS, default=()),
            Key("incentives", incentives(shelves.terms, (*shelves.limits, *shelves.reserves))),
            Key("examples", EXAMPLES, default=()),
        ),
    )


def decode(node: Node, source: Source, shelves: Shelf) -> Outcome[Spec]:
    """What the author wrote, key by key, and every mistake in its shape and in its formulas' syntax.

    Faulty parts are absent or stood in for, and their paths are in `Spec.faulty`. There is no value only if the
    document as a whole is something other than keys and values.
    """
    desk = Desk(source, parse)
    shape = root(shelves, source)
    slips: tuple[Diagnostic, ...] = ()
    if isinstance(node, Mapping):
        named = frozenset(key.name for key in shape.keys if isinstance(key.shape, MapOf))
        node, slips = put_back(node, tuple(key.name for key in shape.keys), named)
    spec = shape.decode(node, desk)
    found = tuple(sorted((*slips, *desk.found), key=_place))
    if spec is FAULT:
        return Outcome(None, found)
    faulty = frozenset(path for path in desk.faulty if path)
    return Outcome(replace(spec, faulty=faulty), found)


def _place(one: Any) -> int:
    return one.place.start if isinstance(one.place, Span) else 0
