"""The working practice an author describes: referral, roadmap, meetings, attendees, follow-up, commitments."""

from dataclasses import field

from acmspec.formula.tree import Formula
from acmspec.ground.calendar import Every, Length
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span

Name = Located[str]


@node
class FormulaText:
    """A formula and the raw text it was read from. `tree` is None if it does not parse (already reported)."""

    tree: Formula | None
    text: str
    span: Span = field(compare=False, repr=False)


@node
class ReferralStep:
    """One step from referral to outcome: a set and the field that dates it."""

    title: str
    set: Name
    date: Name


@node
class ReferralCheck:
    """A named formula that says whether matching works."""

    title: str
    formula: FormulaText


@node
class Referral:
    """How clients are matched and referred, and how that is checked."""

    criteria: str
    matched_by: str
    steps: tuple[ReferralStep, ...]
    checks: tuple[ReferralCheck, ...]
    span: Span = field(compare=False, repr=False)


@node
class Topic:
    """A topic for in-depth analysis: its practice, its questions, the metrics and slices to look at, when."""

    title: str
    practice: str
    questions: tuple[str, ...]
    looks_at: tuple[Name, ...]
    by: tuple[Name, ...]
    when: Located[str] | None
    span: Span = field(compare=False, repr=False)


@node
class Meeting:
    """A regular meeting. `minutes` is its length; `week` the week of the month it is in; `pre_read` in days before."""

    name: Name
    every: Located[Every]
    week: Located[int] | None
    minutes: int
    pre_read: Length | None
    purpose: str
    span: Span = field(compare=False, repr=False)


@node
class Attendee:
    """A role that comes to meetings, for whom it speaks and whether it must come."""

    role: str
    organisation: str
    seniority: str
    team: str
    meetings: tuple[Name, ...]
    required: bool
    span: Span = field(compare=False, repr=False)


@node
class CaseReviews:
    """How many cases are pulled for each provider, how often, and how they are chosen."""

    per_provider: int
    every: Every
    choose: str


@node
class WorkingGroup:
    """A working group, who leads it and the meeting it reports to."""

    name: str
    lead: str
    reports_to: Name | None


@node
class FollowUp:
    """How follow-up is ensured."""

    agenda_minutes: int | None
    case_reviews: CaseReviews | None
    working_groups: tuple[WorkingGroup, ...]
    span: Span = field(compare=False, repr=False)


@node
class Commitment:
    """What the agency owes, and who answers for it."""

    what: str
    owner: str
