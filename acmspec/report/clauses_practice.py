"""How the parties work together: referral, meetings, roadmap, follow-up, duties and the Agency's own promises."""

from collections.abc import Iterator

from acmspec.english import numbers
from acmspec.english.words import humanised, quoted
from acmspec.report.clauses_draft import Draft, bare, capital, owner, para, rows, sentence, title
from acmspec.report.paragraphs import paragraph
from acmspec.report.tree import Grid, Paragraph, Section
from acmspec.spec.practice import Attendee, Meeting, Topic

_DUTIES = {
    "analysis": "analyze the data",
    "materials": "prepare the materials of the meetings",
    "directs_analysis": "direct the analysis",
    "practice_implications": "work out what the results mean for practice",
}


def practice(draft: Draft) -> Iterator[Section]:
    """The sections on the working practice, those the spec says something of."""
    sections = (
        ("Referral", "referral", _referral(draft)),
        ("Meetings and attendance", "cadence", _meetings(draft)),
        ("Performance roadmap", "roadmap", _roadmap(draft)),
        ("Continuous improvement and follow-up", "follow_up", _follow_up(draft)),
    )
    for heading, anchor, blocks in sections:
        made = tuple(blocks)
        if made:
            yield Section(heading, made, anchor)


# --- referral -------------------------------------------------------------------------------------------------


def _referral(draft: Draft) -> Iterator[Paragraph | Grid]:
    found = draft.program.spec.referral
    if found is None:
        return
    if found.criteria:
        text = f"The following may be referred: {sentence(found.criteria)}"
        yield para(text, head="Criteria", anchor="referral.criteria")
    if found.matched_by:
        text = f"Matching is done by the following: {sentence(found.matched_by)}"
        yield para(text, head="Matching", anchor="referral.matched_by")
    if found.steps:
        steps = tuple(_step(draft, one.title, one.set.value, one.date.value) for one in found.steps)
        text = "The way from referral to outcome has the following steps, in this order:"
        yield para(text, head="Steps", anchor="referral.steps", items=rows(steps))
    for at, (check, meant) in enumerate(zip(found.checks, draft.program.referral_checks, strict=True)):
        said = draft.say.group(meant).after(f"The Agency checks the matching by {quoted(check.title)}: ")
        yield paragraph(said, head="Check of matching", anchor=f"referral.checks.{at}")


def _step(draft: Draft, name: str, of: str, by: str) -> str:
    cohort = draft.words.cohort(of)
    table = draft.words.base(of)
    many = cohort.noun.many if cohort and cohort.noun else table.noun.many
    return f"{quoted(name)}: the {many}, by their {draft.words.phrase_of(table, by)}"


# --- meetings -------------------------------------------------------------------------------------------------


def _meetings(draft: Draft) -> Iterator[Paragraph | Grid]:
    spec = draft.program.spec
    for one in spec.cadence:
        yield para(_meeting(one), head=title(one.name.value), anchor=f"cadence.{one.name.value}")
    if spec.attendees:
        text = "Each role that the schedule of attendees marks as required must attend. The other roles may attend."
        yield para(text, head="Attendance", anchor="attendees")
        yield Grid(
            ("Role", "Party", "Seniority", "Meetings", "Attendance"),
            tuple(_attendee(one) for one in spec.attendees),
            caption="Schedule of attendees",
            anchor="attendees",
        )


def _meeting(one: Meeting) -> str:
    text = f"The parties must meet once in each {numbers.period(one.every.value)}"
    text += f", in the {numbers.ordinal(one.week.value)} week of the month. " if one.week else ". "
    text += f"The meeting takes {numbers.counted(one.minutes, 'minute', 'minutes')}."
    if one.pre_read:
        text += f" The Agency must send the materials at least {numbers.length(one.pre_read)} before it."
    if one.purpose:
        text += f" Its purpose: {sentence(one.purpose)}"
    return text


def _attendee(one: Attendee) -> tuple[str, ...]:
    role = f"{one.role} ({one.team} team)" if one.team else one.role
    meetings = ", ".join(title(meeting.value) for meeting in one.meetings)
    return role, capital(one.organisation), capital(one.seniority), meetings, "Required" if one.required else "Optional"


# --- roadmap --------------------------------------------------------------------------------------------------


def _roadmap(draft: Draft) -> Iterator[Paragraph]:
    if draft.program.spec.roadmap:
        text = "The parties must examine the topics of this section in depth."
        yield para(text, head="Topics", anchor="roadmap")
    for at, one in enumerate(draft.program.spec.roadmap):
        questions = tuple(" ".join(question.split()) for question in one.questions)
        items = tuple(para(question) for question in questions)
        yield para(_topic(draft, one), head=bare(one.title), anchor=f"roadmap.{at}", items=items)


def _topic(draft: Draft, one: Topic) -> str:
    parts = []
    if one.when:
        parts.append(f"The time for this topic is {one.when.value}.")
    if one.practice:
        parts.append(f"The practice examined: {sentence(one.practice)}")
    if one.looks_at:
        titles = {found.name.value: found.title.value for found in draft.program.spec.metrics}
        looks = numbers.series(tuple(quoted(titles.get(name.value, name.value)) for name in one.looks_at))
        parts.append(f"The parties look at {looks}.")
    if one.by:
        by = numbers.series(tuple(_path(draft, name.value) for name in one.by))
        parts.append(f"They compare groups by {by}.")
    if one.questions:
        parts.append("The questions are:")
    return " ".join(parts)


def _path(draft: Draft, path: str) -> str:
    """A dotted path of the spec as words: `client.race` is `Race of the Client`."""
    steps = path.split(".")[:-1]
    return "".join([draft.words.end_of(path), *(f" of the {draft.words.entity(step)}" for step in reversed(steps))])


# --- follow-up ------------------------------------------------------------------------------------------------


def _follow_up(draft: Draft) -> Iterator[Paragraph]:
    spec = draft.program.spec
    found = spec.follow_up
    if found and found.agenda_minutes:
        minutes = numbers.counted(found.agenda_minutes, "minute", "minutes")
        text = f"Each meeting must keep {minutes} of its agenda for follow-up on actions agreed before."
        yield para(text, head="Agenda", anchor="follow_up.agenda_minutes")
    if found and found.case_reviews:
        reviews = found.case_reviews
        cases = numbers.counted(reviews.per_provider, "case", "cases")
        text = f"In each {numbers.period(reviews.every)}, the parties must review {cases} of each Provider."
        text += f" The choice of cases: {sentence(reviews.choose)}"
        yield para(text, head="Case reviews", anchor="follow_up.case_reviews")
    for at, group in enumerate(found.working_groups if found else ()):
        text = f"{owner(group.lead)} leads this working group."
        if group.reports_to:
            text += f" It reports to the meeting {quoted(title(group.reports_to.value))}."
        head = f"Working group “{bare(group.name)}”"
        yield para(text, head=head, anchor=f"follow_up.working_groups.{at}")
    for duty, role in spec.responsibilities:
        text = f"{owner(role)} must {_DUTIES.get(duty, f'answer for: {humanised(duty).lower()}')}."
        yield para(text, head="Responsibility", anchor=f"responsibilities.{duty}")
    for at, one in enumerate(spec.commitments):
        text = f"The Agency must do the following: {sentence(one.what)}"
        if one.owner:
            text += f" {owner(one.owner)} answers for it."
        yield para(text, head="Commitment of the Agency", anchor=f"commitments.{at}")
