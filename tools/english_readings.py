"""Twenty formulas of the example, each with what its English was asked: could it mean anything else?

`python -m tools.build_docs` writes them into docs/english.md with the English that acmspec makes of them.
"""

from typing import NamedTuple


class Reading(NamedTuple):
    """A formula, the table it is about one record of ("" for a group), and the review of its English."""

    formula: str
    of: str
    review: str


READINGS = (
    Reading(
        "share(permanent_home over leavers)",
        "",
        "No. The share is of Leavers, all of them, and a Leaver counts by the verb of a defined term. Who is a Leaver "
        "stands where that noun is defined.",
    ),
    Reading(
        "share(came_back over leavers where permanent_home)",
        "",
        "No. “That exit” narrows the Leavers before the comma; “for which” behind it says what counts among them.",
    ),
    Reading(
        "count(leavers where destination = 'deceased')",
        "",
        "No. The quotes hold the label of one code; the schedule of codes says which.",
    ),
    Reading(
        "median(days from entry_date to move_in_date over move_ins)",
        "",
        "One question: are both days counted? The number of days from Monday to Tuesday is 1; the definition of "
        "days says so.",
    ),
    Reading(
        "percentile(90, days_to_home over move_ins)",
        "",
        "No. Which of several methods gives a percentile stands in the note beside the measure.",
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
        "exit_date != move_in_date",
        "enrollments",
        "No. Both dates must be recorded; which of them is missing makes no difference.",
    ),
    Reading(
        "plan_date on or within 30 days after entry_date",
        "enrollments",
        "Whether the Entry Date itself counts is said: “on or within”. The clause adds which day is Day 1 and "
        "that Day 30 counts.",
    ),
    Reading(
        "any(other enrollments as later for same client where later.entry_date within 180 days after exit_date)",
        "enrollments",
        "“Other” leaves out the Stay itself, and the name “Later Stay” keeps the two Stays apart. “Another” "
        "would not have.",
    ),
    Reading(
        "count(other enrollments as earlier for same client where earlier.exit_date < entry_date) >= 2",
        "enrollments",
        "No. The brackets hold the whole condition on each Earlier Stay, so that “at least 2” is said of the number.",
    ),
    Reading(
        "if exit_date is known then exit_date else data date",
        "enrollments",
        "No. One of the two dates is meant in every case. The Data Date is a defined term.",
    ),
    Reading(
        "age of client.birth_date on entry_date >= 18 years",
        "enrollments",
        "Whole years are years completed. A birthday on 29 February falls on the month’s last day in other years.",
    ),
    Reading(
        "open on period end",
        "enrollments",
        "“Open on the night after” a day leaves out a Stay that ends on that day; “open on” alone would not have "
        "said so.",
    ),
    Reading(
        "longest run(share(permanent_home over leavers) >= 60% for each month)",
        "",
        "No. “Of those for which” is said of months, and a run is made of months that follow each other.",
    ),
    Reading(
        "if share(permanent_home over leavers) >= 65% then $500 * count(leavers where permanent_home) else $0",
        "",
        "“At least” includes 65 percent itself. The value is exact here; a metric’s rounded value is what is compared.",
    ),
)
