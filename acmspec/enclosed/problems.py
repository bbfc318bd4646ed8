"""The kinds of mistakes that are found in files a spec encloses, beside those a file format has of its own."""

from acmspec.ground.diagnostic import Problem, Severity

NOT_THERE = Problem(
    "ACM440",
    "an enclosed file can't be opened",
    "Lists, figures and holidays that the spec draws from a file are part of the contract, and are read with the spec.",
    "Check the path; it is looked for from the folder of the spec.",
    "Each schedule that this Agreement refers to must be attached to it.",
)
NO_SUCH_COLUMN = Problem(
    "ACM441",
    "a column that an enclosed file doesn't have",
    "The spec names the column of the file by its heading, letter for letter.",
    "Correct the name, or add the column to the file.",
    "Each schedule must have the columns that this Agreement refers to.",
)
NOTHING_IN_IT = Problem(
    "ACM442",
    "an enclosed file without records",
    "The file has a heading and nothing below it, so that it would mean nothing at all.",
    "Check that it is the right file, or export it again.",
    "A schedule must not be empty.",
)
TWICE_IN_FILE = Problem(
    "ACM443",
    "an enclosed file says one thing twice",
    "Each code, each day and each figure of a group and period stands in its file once; which of two holds can't be "
    "known.",
    "Remove one of the records.",
    "No entry may stand in a schedule twice.",
)
EMPTY_CELL = Problem(
    "ACM444",
    "an enclosed record without its name",
    "The record has no code, no day, or no value of a dimension, so that nothing could ever find it.",
    "Fill the cell, or remove the record.",
    "Each entry of a schedule must say what it is for.",
)
BAD_CELL = Problem(
    "ACM445",
    "an enclosed cell that can't be used",
    "Days are written YYYY-MM-DD, numbers in digits with a decimal point, periods as results name them (2025, "
    "2025-Q3, 2025-07, FY2026).",
    "Correct the cell.",
    "Each value of a schedule must be written in the form that this Agreement states.",
)
TOO_LARGE_A_FILE = Problem(
    "ACM446",
    "an enclosed file that is too large",
    "Lists, figures and holidays become schedules of the contract; a file has at most 20,000 records and 4 MiB.",
    "Enclose only what the spec needs; records of services belong under “data”.",
    "A schedule must be of a size that can be attached.",
)
GAP = Problem(
    "ACM447",
    "a figure that is not there",
    "Other groups have a figure for the period, or the group has figures for the periods around it.",
    "Add the figure to the file; until then, results that need it are missing.",
    "Where a reference figure is not available, the result that needs it is missing.",
    Severity.WARNING,
)
NOT_A_DIMENSION = Problem(
    "ACM448",
    "figures of two kinds of period",
    "A figure is of one month, quarter or year; a second kind of period would say when twice.",
    "Keep one of “month”, “quarter”, “year”, “fiscal_quarter” and “fiscal_year” under “by”.",
    "A reference figure must state the one period that it is for.",
)
OUT_OF_REACH = Problem(
    "ACM449",
    "a calendar that contradicts itself",
    "Business days are counted on the days that a calendar covers; these are the years of its holidays, unless it "
    "says otherwise with “from” and “through”.",
    "Correct the days, or name at least one day of the week that is worked.",
    "A calendar of business days must state which days it covers.",
)
PROBLEMS = (
    NOT_THERE,
    NO_SUCH_COLUMN,
    NOTHING_IN_IT,
    TWICE_IN_FILE,
    EMPTY_CELL,
    BAD_CELL,
    TOO_LARGE_A_FILE,
    GAP,
    NOT_A_DIMENSION,
    OUT_OF_REACH,
)
