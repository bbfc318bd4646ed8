"""The kinds of mistakes that are found in data, beside those a file format has of its own."""

from acmspec.ground.diagnostic import Problem, Severity

NOT_OPENED = Problem(
    "ACM400",
    "the data file can't be opened",
    "The file is not there, or may not be read, or has a format that is not known.",
    "Check the path under “file:”, or give another one: --data TABLE=PATH.",
    "A data file that was not delivered counts as not received.",
)
NO_COLUMN = Problem(
    "ACM410",
    "a column is missing",
    "A field of the spec has no column of its own, so its values can't be read.",
    "Add the column to the extract, or correct “column:” in the spec.",
    "Each data file must have every column that the data schedule names.",
)
TWO_COLUMNS = Problem(
    "ACM411",
    "two columns have one name",
    "A field of the spec fits two columns, and they may differ.",
    "Rename or leave out one of the columns.",
    "No two columns of a data file may have the same name.",
)
NOT_A_DATE = Problem(
    "ACM420",
    "not a date",
    "A date is written YYYY-MM-DD and is a day that exists; other orders of day and month can't be told apart.",
    "Write the year, the month and the day, as in 2025-07-01.",
    "Dates must be written as year, month and day (2025-07-01).",
)
NOT_AN_INTEGER = Problem(
    "ACM421",
    "not a whole number",
    "A whole number has digits only, at most 18, and may have a sign.",
    "Write digits only, without commas, decimals or units.",
    "Whole numbers must be written in digits only.",
)
NOT_A_DECIMAL = Problem(
    "ACM422",
    "not a number",
    "A number has digits and at most one point, with at most 18 digits before it and 10 after it.",
    "Write digits and a point only, without commas, units or exponent.",
    "Numbers must be written in digits with a decimal point.",
)
NOT_MONEY = Problem(
    "ACM423",
    "not a sum of money",
    "A sum of money has digits, commas between thousands or none, decimals after a point, and before them perhaps the "
    "sign of the contract's currency ($, € or £), no other.",
    "Write it as 1234.50, or as $1,234.50 where the contract's currency is USD.",
    "Sums of money must be written as 1234.50 or $1,234.50.",
)
NOT_A_BOOLEAN = Problem(
    "ACM424",
    "not yes or no",
    "The field is one that is yes or no.",
    "Write yes, no, true, false, 1 or 0.",
    "A yes-or-no field must hold yes or no.",
)
NOT_A_VALUE = Problem(
    "ACM425",
    "not one of the values",
    "The spec lists the values of this field, and this is none of them; upper and lower case count.",
    "Correct the cell, or add the value to “values:” in the spec if it is a real one.",
    "The field must hold one of the values that the data schedule lists.",
)
NOT_A_DATETIME = Problem(
    "ACM470",
    "not a date with a time of day",
    "A moment is a day that exists and a time of day from 00:00 to 23:59, with or without seconds.",
    "Write 2025-07-01 14:30 or 2025-07-01T14:30:00; a column of days alone is of “type: date”.",
    "Moments must be written as year, month, day, hour and minute (2025-07-01 14:30).",
)
OFFSET_WITHOUT_ZONE = Problem(
    "ACM471",
    "a time with an offset, and the contract has no time zone",
    "An offset such as Z or -05:00 says how far the clock was from UTC; on which day that was here can't be told "
    "without a time zone.",
    "Add “timezone:” to the contract, such as America/New_York, or deliver local times without offset.",
    "Times given with an offset from UTC are converted to the time zone of this Agreement.",
)
NO_SUCH_TIME = Problem(
    "ACM472",
    "a time that no clock showed",
    "On that day clocks were put forward past this time, so it was never there.",
    "Correct the time, or deliver it with its offset from UTC; if there are many of these, “timezone:” may be wrong.",
    "A time must be one that clocks in the time zone of this Agreement show.",
)
NOT_A_MONTH = Problem(
    "ACM473",
    "not a month",
    "A month is written YYYY-MM.",
    "Write the year and the month, as in 2025-07.",
    "Months must be written as year and month (2025-07).",
)
NOT_A_QUARTER = Problem(
    "ACM474",
    "not a quarter",
    "A quarter of the calendar year is written 2025-Q3 or 2025Q3.",
    "Write the year and the quarter, as in 2025-Q3.",
    "Quarters must be written as year and quarter (2025-Q3).",
)
NOT_A_YEAR = Problem(
    "ACM475",
    "not a year",
    "A calendar year has four digits.",
    "Write the year, as in 2025; a fiscal year is of “type: fiscal year”.",
    "Years must be written in four digits.",
)
NOT_A_FISCAL_QUARTER = Problem(
    "ACM476",
    "not a fiscal quarter",
    "A fiscal quarter is written FY2026-Q1 or 2026Q1, with the year in which the fiscal year ends.",
    "Write the fiscal year and the quarter, as in FY2026-Q1.",
    "Fiscal quarters must be written as fiscal year and quarter (FY2026-Q1).",
)
NOT_A_FISCAL_YEAR = Problem(
    "ACM477",
    "not a fiscal year",
    "A fiscal year is written FY2026 or 2026, by the calendar year in which it ends.",
    "Write the year in which it ends, as in FY2026.",
    "Fiscal years must be named by the calendar year in which they end (FY2026).",
)
NO_VALUE = Problem(
    "ACM426",
    "a required value is missing",
    "The field is not optional, so that every record must have a value.",
    "Fill the cell, or declare the field “optional: true” if it may be missing.",
    "Each record must have a value in every required field.",
)
NO_KEY = Problem(
    "ACM427",
    "the key is missing",
    "A record without its key can't be told from others or corrected later.",
    "Fill the key.",
    "Each record must have its key.",
)
CHECK_FAILED = Problem(
    "ACM428",
    "a check fails",
    "The spec says what must hold for every record, and for this one it does not.",
    "Correct the record at its source.",
    "Each record must pass the checks of the data schedule.",
)
GATE_CLOSED = Problem(
    "ACM430",
    "the data gate is closed",
    "More of the records are unusable than the spec accepts, so that no result rests on this table.",
    "Correct the records listed above, or raise “accept: invalid_records:” if the parties agree to it.",
    "If more records are unusable than accepted, the data counts as not received.",
)
CONFLICTING_KEY = Problem(
    "ACM431",
    "two records have one key and differ",
    "Which of the two is right can't be known.",
    "Correct or remove one of the records, or name a key that tells them apart.",
    "No two records may have the same key.",
)
DUPLICATE_RECORD = Problem(
    "ACM432",
    "a record stands twice",
    "The same record twice is counted twice unless the spec says otherwise.",
    "Remove one, or say “duplicates: drop exact” in the spec.",
    "No record may be delivered twice.",
)
TIE = Problem(
    "ACM433",
    "the choice of a record is a tie",
    "Two records are equal in everything that “keep” goes by, so that which one is measured would be chance.",
    "Add a field to “by” that tells the records apart, such as the key.",
    "The order in which records are chosen must leave no tie.",
)
TOO_LARGE = Problem(
    "ACM434",
    "a number is too large",
    "A product or sum has more than 38 digits, or more than the engine computes exactly.",
    "Look for a cell that is far too large, or compute with fewer factors.",
    "Sums and products must stay within 38 digits.",
)
SILENT = Problem(
    "ACM435",
    "a provider did not report",
    "The spec requires records of every provider in each period, and there is none.",
    "Ask the provider for its records; until then its results are missing.",
    "A provider that sends no records for a period counts as not having reported.",
    Severity.WARNING,
)
NOT_THE_ONLY = Problem(
    "ACM436",
    "more than one record where “the” expects one",
    "“the(…)” takes a value of the only record that fits, and which of several counts would be chance.",
    "Correct the data, narrow the lookup, or choose one: “latest(… by …)”.",
    "Where a value is taken from another record, no more than one record may fit.",
)
CALENDAR_ENDS = Problem(
    "ACM486",
    "a calendar that doesn't cover a record",
    "The record asks for business days that the calendar's holidays say nothing of, and a day of which nobody says "
    "that it is a holiday may be one.",
    "Add the holidays of the years that are missing to the file, or say “through” which day the calendar is complete.",
    "Business days are counted only on days for which the holidays are known.",
)
OTHERS_RECORD = Problem(
    "ACM538",
    "a record of another provider",
    "The spec says whose file this is, and the record names another provider: it may stand in that one’s file, too.",
    "Correct the name, or move the record to the file of its provider.",
    "The file of a Provider must hold the records of that Provider only.",
)
NO_RECORDS = Problem(
    "ACM439",
    "a file without records",
    "The file has a header and nothing below it, so that all that is measured in it is nothing.",
    "If there were records, export the file again; if there are none yet, this is only to be known.",
    "A data file without records must be one for which there were none.",
    Severity.WARNING,
)
PROBLEMS = (
    NOT_OPENED,
    NO_COLUMN,
    TWO_COLUMNS,
    NOT_A_DATE,
    NOT_AN_INTEGER,
    NOT_A_DECIMAL,
    NOT_MONEY,
    NOT_A_BOOLEAN,
    NOT_A_VALUE,
    NOT_A_DATETIME,
    OFFSET_WITHOUT_ZONE,
    NO_SUCH_TIME,
    NOT_A_MONTH,
    NOT_A_QUARTER,
    NOT_A_YEAR,
    NOT_A_FISCAL_QUARTER,
    NOT_A_FISCAL_YEAR,
    NO_VALUE,
    NO_KEY,
    CHECK_FAILED,
    GATE_CLOSED,
    CONFLICTING_KEY,
    DUPLICATE_RECORD,
    TIE,
    TOO_LARGE,
    SILENT,
    NOT_THE_ONLY,
    CALENDAR_ENDS,
    OTHERS_RECORD,
    NO_RECORDS,
)
