"""How the work is done, from what the author wrote: referral, roadmap, meetings, roles, follow-up, commitments."""

from itertools import zip_longest

from acmspec.english.groups import Announcer
from acmspec.english.numbers import length, ordinal
from acmspec.english.words import Vocabulary
from acmspec.program.tree import Group, Program
from acmspec.report import dashboard_words as words
from acmspec.report.dashboard_marks import Marker, latest_judged
from acmspec.report.tree import Entry, Goal, Grid, Practice
from acmspec.results.tree import MeasureResults, Results
from acmspec.spec.practice import CaseReviews, FollowUp, Meeting, Referral, ReferralCheck, ReferralStep, Topic
from acmspec.spec.tree import Spec


def goals(program: Program) -> tuple[Goal, ...]:
    """The goals, in the author's order, with the measures that serve each."""
    spec = program.spec
    return tuple(
        Goal(
            statement=one.statement.value,
            population=one.population.value if one.population else "",
            measures=tuple(each.title.value for each in spec.metrics if each.goal.value == one.name.value),
        )
        for one in spec.goals
    )


def practice(program: Program, results: Results) -> tuple[Practice, ...]:
    """The parts of the practice that the spec declares."""
    spec = program.spec
    parts = (
        _referral(program, spec.referral, results) if spec.referral else None,
        Practice("Roadmap: what we look into", tuple(_topic(spec, one) for one in spec.roadmap)),
        _meetings(spec),
        _responsibilities(spec),
        _follow_up(spec.follow_up) if spec.follow_up else None,
        _commitments(spec),
    )
    return tuple(one for one in parts if one is not None and one.blocks)


def _definition(spec: Spec, check: ReferralCheck, meant: Group | None) -> str:
    """What a check is, in English where a line holds it."""
    said = None if meant is None else Announcer(Vocabulary(spec)).group(meant)
    if said is None or said.items:
        return " ".join(check.formula.text.split())
    return words.sentence(said.text)


def _referral(program: Program, referral: Referral, results: Results) -> Practice:
    spec = program.spec
    texts = [
        f"Who is referred: {referral.criteria}." if referral.criteria else "",
        f"Matched by: {referral.matched_by}." if referral.matched_by else "",
    ]
    blocks: list[str | Grid | Entry] = [text.replace("..", ".") for text in texts if text]
    if referral.steps:
        rows = tuple(_step(spec, one) for one in referral.steps)
        blocks.append(Grid(("Step", "Counted in", "Dated by"), rows, (), "From referral to outcome"))
    if referral.checks:
        found = {one.measure.name: one for one in results.checks}
        checks = tuple(
            (one.title, *_outcome(found.get(f"referral.checks.{index}")), _definition(spec, one, meant))
            for index, (one, meant) in enumerate(zip_longest(referral.checks, program.referral_checks))
        )
        heads = ("Check", "Result", "Counted", "Period", "What it is")
        blocks.append(Grid(heads, checks, (1, 2), "How matching is checked"))
    return Practice("Referral", tuple(blocks))


def _outcome(check: MeasureResults | None) -> tuple[str, str, str]:
    """What a check comes to in the latest period that is judged, of how many, and when."""
    latest = latest_judged(check) if check is not None else None
    if check is None or latest is None:
        return "planned" if check is None else "no period yet", "", ""
    marker = Marker(check.measure)
    mark = marker.mark(latest)
    period = words.period(latest.period, check.measure.every, check.measure.window)
    return mark.value or mark.note, marker.counts(latest), period


def _step(spec: Spec, step: ReferralStep) -> tuple[str, str, str]:
    vocabulary = Vocabulary(spec)
    date = vocabulary.phrase_of(vocabulary.base(step.set.value), step.date.value)
    return step.title, _set_name(spec, step.set.value), date


def _set_name(spec: Spec, name: str) -> str:
    nouns = {one.name.value: one.noun.many for one in spec.data}
    nouns |= {one.name.value: one.noun.many for one in spec.cohorts if one.noun}
    return nouns.get(name) or words.title(name)


def _topic(spec: Spec, topic: Topic) -> Entry:
    titles = {one.name.value: one.title.value for one in spec.metrics}
    looks = words.listed(tuple(titles.get(one.value, words.title(one.value)) for one in topic.looks_at), 5)
    by = words.listed(tuple(words.inside(Vocabulary(spec).end_of(one.value)) for one in topic.by), 5)
    texts = [
        f"Practice: {topic.practice}." if topic.practice else "",
        f"Looks at: {looks}{f', by {by}' if by else ''}." if looks else "",
        f"When: {topic.when.value}." if topic.when else "",
    ]
    return Entry(topic.title, " ".join(text for text in texts if text), topic.questions)


def _meetings(spec: Spec) -> Practice:
    blocks: list[str | Grid | Entry] = []
    if spec.cadence:
        heads = ("Meeting", "How often", "Length", "Pre-read", "Purpose")
        blocks.append(Grid(heads, tuple(map(_meeting, spec.cadence)), (), "When we meet"))
    if spec.attendees:
        heads = ("Role", "For", "Seniority", "Meetings", "Attendance")
        rows = tuple(
            (
                one.role,
                words.sentence(one.organisation),
                words.sentence(one.seniority),
                ", ".join(words.title(each.value) for each in one.meetings),
                "Required" if one.required else "Optional",
            )
            for one in spec.attendees
        )
        blocks.append(Grid(heads, rows, (), "Who is in the room"))
    return Practice("Meetings", tuple(blocks))


def _meeting(one: Meeting) -> tuple[str, ...]:
    week = f", {ordinal(one.week.value)} week" if one.week else ""
    pre_read = f"{length(one.pre_read)} before" if one.pre_read else ""
    often = f"Every {one.every.value.value}{week}"
    return words.title(one.name.value), often, f"{one.minutes} minutes", pre_read, one.purpose


def _responsibilities(spec: Spec) -> Practice:
    rows = tuple((words.title(task), who) for task, who in spec.responsibilities)
    return Practice("Responsibilities", (Grid(("For", "Who"), rows, (), "Who answers for what"),) if rows else ())


def _follow_up(follow_up: FollowUp) -> Practice:
    blocks: list[str | Grid | Entry] = []
    if follow_up.agenda_minutes:
        blocks.append(f"{follow_up.agenda_minutes} minutes of every agenda go to the actions agreed before.")
    if follow_up.case_reviews:
        blocks.append(_reviews(follow_up.case_reviews))
    if follow_up.working_groups:
        rows = tuple(
            (one.name, one.lead, words.title(one.reports_to.value) if one.reports_to else "")
            for one in follow_up.working_groups
        )
        blocks.append(Grid(("Working group", "Lead", "Reports to"), rows, (), "Working groups"))
    return Practice("Follow-up", tuple(blocks))


def _reviews(reviews: CaseReviews) -> str:
    cases = words.few(reviews.per_provider, "case", "cases")
    chosen = f", chosen as {reviews.choose}" if reviews.choose else ""
    return f"Case reviews: {cases} per provider every {reviews.every.value}{chosen}."


def _commitments(spec: Spec) -> Practice:
    rows = tuple((one.what, one.owner) for one in spec.commitments)
    grid = Grid(("The agency will", "Owner"), rows, (), "What the agency owes")
    return Practice("Commitments of the agency", (grid,) if rows else ())
