"""The keys of the working practice: referral, roadmap, cadence, attendees, responsibilities, follow-up, commitments."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from acmspec.ground.source import Located, Span
from acmspec.spec.pieces import EVERY, FLAG, LENGTH, NAME, NAMES, NUMBER, PATHS, VALUE, WORDS, unknown_words
from acmspec.spec.practice import (
    Attendee,
    CaseReviews,
    Commitment,
    FollowUp,
    FormulaText,
    Meeting,
    Referral,
    ReferralCheck,
    ReferralStep,
    Topic,
    WorkingGroup,
)
from acmspec.spec.shape import As, EveryWord, FormulaShape, Key, ListOf, MapOf, Record, Text, Whole, Written


def _placeless(build: Callable[..., Any]) -> Callable[..., Any]:
    """A build of a thing that keeps no place of its own."""
    return lambda span, **values: build(**values) if span else None


def _words(name: str, into: str = "") -> Key:
    """A required key for words, which the rest can be checked without."""
    return Key(name, WORDS, required=True, into=into, stand_in=unknown_words)


def _unread(span: Span) -> FormulaText:
    return FormulaText(None, "", span)


STEP = Record(
    "a step",
    _placeless(ReferralStep),
    (_words("step", "title"), Key("set", NAME, required=True), Key("date", NAME, required=True)),
)
CHECK = Record(
    "a check",
    _placeless(ReferralCheck),
    (_words("name", "title"), Key("formula", FormulaShape(), required=True, stand_in=_unread)),
)
REFERRAL = Record(
    "referral",
    Referral,
    (
        _words("criteria"),
        _words("matched_by"),
        Key("steps", ListOf(STEP), default=()),
        Key("checks", ListOf(CHECK), default=()),
    ),
)

ROADMAP = ListOf(
    Record(
        "a topic",
        Topic,
        (
            _words("topic", "title"),
            Key("practice", WORDS, default=""),
            Key("questions", ListOf(WORDS), default=()),
            Key("looks_at", NAMES, default=()),
            Key("by", PATHS, default=()),
            Key("when", Text()),
        ),
    )
)


def _minutes(match: re.Match[str]) -> int:
    number, _, unit = match.group().partition(" ")
    return int(number) * (60 if unit.startswith("hour") else 1)


MINUTES = As(Written("[1-9][0-9]{0,2} (minutes?|hours?)", "a number of minutes", "90 minutes", _minutes), VALUE)

CADENCE = MapOf(
    Record(
        "a meeting",
        lambda **values: partial(Meeting, **values),
        (
            Key("every", EveryWord(), required=True),
            Key("week", Whole(1, 5)),
            Key("length", MINUTES, required=True, into="minutes", stand_in=lambda _: 60),
            Key("pre_read", LENGTH),
            _words("purpose"),
        ),
    ),
    named=True,
)

ATTENDEES = ListOf(
    Record(
        "an attendee",
        Attendee,
        (
            _words("role"),
            _words("organisation"),
            Key("seniority", WORDS, default=""),
            Key("team", WORDS, default=""),
            Key("meetings", NAMES, default=()),
            Key("required", FLAG, default=False),
        ),
    )
)


def _plain(pairs: tuple[tuple[Located[str], str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name.value, said) for name, said in pairs)


RESPONSIBILITIES = As(MapOf(WORDS), _plain)

FOLLOW_UP = Record(
    "follow_up",
    FollowUp,
    (
        Key("agenda_minutes", NUMBER),
        Key(
            "case_reviews",
            Record(
                "case_reviews",
                _placeless(CaseReviews),
                (
                    Key("per_provider", NUMBER, required=True),
                    Key("every", EVERY, required=True),
                    _words("choose"),
                ),
            ),
        ),
        Key(
            "working_groups",
            ListOf(
                Record(
                    "a working group",
                    _placeless(WorkingGroup),
                    (_words("name"), _words("lead"), Key("reports_to", NAME)),
                )
            ),
            default=(),
        ),
    ),
)

COMMITMENTS = ListOf(Record("a commitment", _placeless(Commitment), (_words("what"), _words("owner"))))
