"""What can be wrong with the database that records lie in, whichever it is; knows no driver."""

from acmspec.ground.diagnostic import Problem

NOT_REACHED = Problem(
    "ACM500",
    "the database can't be reached",
    "No connection came about, so that no record was read.",
    "Check that the address is right, that the database runs and that this computer may reach it.",
    "Records that can't be read on the Data Date count as not received.",
)
NO_PASSWORD = Problem(
    "ACM501",
    "the password is not there",
    "The spec names the variable of the environment that holds the password, and the variable is not set.",
    "Set the variable before the run; never write the password into the spec or on the command line.",
    "Passwords must be kept apart from this Agreement.",
)
NO_TABLE = Problem(
    "ACM502",
    "no such table in the database",
    "The database has no table or view of this name that the user could see.",
    "Correct the name, and write before it which part of the database the table is in, as in hsa.enrollments.",
    "The table that holds the records must be there.",
)
NOT_ALLOWED = Problem(
    "ACM503",
    "the database refuses the user",
    "The user has no right to do this: a wrong name or password, or no right to read the table.",
    "Check user and password, or ask the keeper of the database for the right to read the table.",
    "Whoever calculates results must be allowed to read the records.",
)
NO_TEXT = Problem(
    "ACM504",
    "a column of a kind that can't be read",
    "Texts, numbers, dates, times and yes-or-no values can be read exactly; other kinds mean something else in each "
    "database.",
    "Make a view in which the column is of one of these kinds.",
    "Each field must be kept as a text, a number, a date, a time or a yes-or-no value.",
)
NOT_WHOLE = Problem(
    "ACM505",
    "a table with numbers that are not exact",
    "Floating-point numbers are not exact: 0.1 is stored as something near it, so a payment could be off by a cent.",
    "Keep the column as exact decimals, or make a view that rounds it to them.",
    "Amounts must be kept as exact decimals.",
)
NO_DRIVER = Problem(
    "ACM506",
    "what reaches the database is not installed",
    "Databases are reached by a program of their own, which is not installed with acmspec unless it is asked for.",
    "Install it as the message says.",
    "Whoever calculates results must have what it takes to read the records.",
)
UNFIT = Problem(
    "ACM507",
    "a database that can't compute exactly what is asked",
    "acmspec needs PostgreSQL 14 or later with texts in UTF-8; others round, cut off or change what they are given.",
    "Use a database that meets this, or deliver the records as files.",
    "Results must be calculated exactly.",
)
LOST = Problem(
    "ACM512",
    "the database was lost on the way",
    "The connection broke off during the run, so that nothing was written.",
    "Run again; if it breaks off again, ask the keeper of the database for the reason in its log.",
    "Records that can't be read on the Data Date count as not received.",
)
NOT_READ = Problem(
    "ACM516",
    "a table that can't be read",
    "The database has the table, and reading it came to an error: a view may divide by zero, or try to write.",
    "Ask the keeper of the database to mend the view; its own log names the error.",
    "Records that can't be read on the Data Date count as not received.",
)
UNSAYABLE = Problem(
    "ACM513",
    "something the database can't say exactly",
    "Each engine has limits of its own, and near them acmspec stops rather than give a number that is nearly right.",
    "Change what the message names, or deliver the records as files: the embedded engine can say it.",
    "Results must be calculated exactly.",
)
UNKNOWN_GIVEN = Problem(
    "ACM514",
    "no such connection in the spec",
    "--connection gives another address for a database that the spec names, and the spec names none like this.",
    "Use one of the names under “connections”.",
    "Each database must be one that the data schedule names.",
)
PROBLEMS = (
    NOT_REACHED, NO_PASSWORD, NO_TABLE, NOT_ALLOWED, NO_TEXT, NOT_WHOLE, NO_DRIVER, UNFIT, LOST, NOT_READ,
    UNKNOWN_GIVEN, UNSAYABLE,
)  # fmt: skip
