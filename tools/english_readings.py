"""Twenty formulas and sets, each with what its English was asked: could it mean anything else?

`python -m tools.build_docs` writes them into docs/english.md with the English that acmspec makes of them, among the
declarations of docs/english.yaml.
"""

from typing import NamedTuple

KEEP, WHO = "keep", "who"
"""What is said of a set in place of a formula: which of several records is kept, and who is in it."""


class Reading(NamedTuple):
    """A formula, the table it is about one record of ("" for a group), and the review of its English.

    For what is said of a set, `of` is KEEP or WHO, a blank and its name, and `formula` the lines of the spec.
    """

    formula: str
    of: str
    review: str


READINGS = (
    Reading(
        "share(came_back over leavers where permanent_home)",
        "",
        "No. “That exit” narrows the Leavers before the comma; “of those for which” says what counts among them. “Is "
        "followed by a Return” is the verb of a defined term.",
    ),
    Reading(
        "1000 * count(leavers) / count(entrants)",
        "",
        "No. The brackets say what is divided; each letter is explained once, directly below.",
    ),
    Reading(
        "count(leavers where permanent_home) out of count(leavers)",
        "",
        "No. “A out of B” keeps both numbers apart; the same set is named in both.",
    ),
    Reading(
        "count(distinct provider over entrants)",
        "",
        "No. “Different values” counts a Provider once, however often it occurs.",
    ),
    Reading(
        "destination in permanent and exit_date is known",
        "enrollments",
        "No. Both conditions must hold, and a code that is not recorded is not in the list.",
    ),
    Reading(
        "not destination in permanent",
        "enrollments",
        "No. A bare “is not” would leave open what a missing Destination means; the sentence says it must be recorded.",
    ),
    Reading(
        "destination = 'street' or destination = 'shelter' or exit_date is missing",
        "enrollments",
        "No. “At least one of the following” includes that several are true; “or” stands before the last item only.",
    ),
    Reading(
        "plan_date on or within 30 days after entry_date",
        "enrollments",
        "Whether the Entry Date itself counts is said: “on or within”. The clause adds which day is Day 1 and "
        "that Day 30 counts.",
    ),
    Reading(
        "plan_date within time_limit after entry_date",
        "enrollments",
        "No. The Time Limit is a number of days of the Stay’s own. The clause adds that the Entry Date itself does not "
        "count and that the last day does.",
    ),
    Reading(
        "entry_date within 5 business days after referral_date",
        "enrollments",
        "Two questions: which days are business days, and what of a day off? The calendar is named; the clause says "
        "that all days up to the fifth business day lie in the window.",
    ),
    Reading(
        "any(other enrollments as later for same client via client where later.entry_date within 180 days after "
        "exit_date)",
        "enrollments",
        "“Other” leaves out the Stay itself, and the name “Later Stay” keeps the two Stays apart. “Another” "
        "would not have.",
    ),
    Reading(
        "any(other enrollments as family for same client via mother where family.exit_date < entry_date)",
        "enrollments",
        "It did: “the same Client as its Mother” left open whose Mother. Now the Mother of the Stay at hand is named, "
        "and the other Stay is the one whose Client she is.",
    ),
    Reading(
        "age of client.birth_date on entry_date >= 18 years",
        "enrollments",
        "Whole years are years completed. A birthday on 29 February falls on the month’s last day in other years.",
    ),
    Reading(
        "count(housed_times open on period end)",
        "",
        "No. “Open on the night after” a day leaves out what ends on that day; “open on” alone would not have said so. "
        "How Stays make up a Time in the Program stands where that noun is defined.",
    ),
    Reading(
        "share(lasts 90 days over housed_times)",
        "",
        "It did: “lasts 90 days” could be exactly 90. “At least” says that a longer time counts.",
    ),
    Reading(
        "keep: last per client in each period by exit_date, stay",
        "keep leavers",
        "No. Who is kept, out of which Stays, and what decides where dates are equal is said. Without an order a tie "
        "would be left to chance.",
    ),
    Reading(
        "when: every period\nwhere: entry_date in period and none(other enrollments as earlier for same client where "
        "earlier.entry_date < entry_date)",
        "who new_to_us",
        "No. The conditions speak of the Measurement Period themselves, so that no date has to put a Stay into one. A "
        "Stay that meets them in two Measurement Periods is in both, as the clause says.",
    ),
    Reading(
        "rank(home_rate for each provider)",
        "",
        "It did: “the rank among the groups” did not say whose. Now it is that of the group at hand. Equal groups "
        "share the better place, as the clause says.",
    ),
    Reading(
        "longest run(home_rate >= 60% for each month)",
        "",
        "No. “Of those for which” is said of months, and a run is made of months that follow each other. The Home Rate "
        "is that of each month, which the clause says.",
    ),
    Reading(
        "if home_rate >= 65% then $500 * count(leavers where permanent_home) else $0",
        "",
        "“At least” includes 65 percent itself. The value is exact here; a metric’s rounded value is what is compared.",
    ),
)
