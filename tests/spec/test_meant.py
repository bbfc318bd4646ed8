"""What is offered in place of a value that can't be read is one that can be, and that its author may have meant."""

import pytest

from acmspec.document.from_text import read
from acmspec.document.tree import Mapping
from acmspec.formula.from_text import parse
from acmspec.ground.calendar import MONTHS
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Source
from acmspec.spec.cycles import CYCLE, WINDOW
from acmspec.spec.shape import (
    FAULT,
    Choice,
    Chosen,
    Day,
    Desk,
    Duration,
    EveryWord,
    Factor,
    Flag,
    Identifier,
    ListOf,
    MapOf,
    Quantity,
    Shape,
    Slug,
    Text,
    Whole,
)

MONEY, PERCENT = Quantity("money"), Quantity("percent")
ANY = Quantity("percent", "number", "money", "duration")


def refused(shape: Shape, text: str) -> tuple[object, Diagnostic]:
    source = Source("spec.yaml", f"key: {text}\n")
    document = read(source).value
    assert isinstance(document, Mapping)
    desk = Desk(source, parse)
    value = shape.decode(document.entries[0].value, desk)
    (one,) = desk.found
    return value, one


@pytest.mark.parametrize(
    ("shape", "text", "close"),
    [
        (MONEY, "2000000", "$2,000,000"),
        (MONEY, "$2M", "$2,000,000"),
        (MONEY, "2.5 million", "$2,500,000"),
        (MONEY, "$1.000,50", "$1,000.50"),
        (MONEY, "$4.800.000,00", "$4,800,000"),
        (MONEY, "$400 per client", "$400"),
        (MONEY, "$400/client", "$400"),
        (WINDOW, "R12M", "rolling 12 months"),
        (CYCLE, "Q", "quarter"),
        (MONEY, "$2.5 million", "$2,500,000"),
        (MONEY, "2,000,000 USD", "USD 2,000,000"),
        (PERCENT, "60", "60%"),
        (Factor(), "1.5", "150%"),
        (Factor(), "1", "100%"),
        (Factor(), "0.95", "95%"),
        (Factor(), "1.015", "101.5%"),
        (Factor(), "150", "150%"),
        (PERCENT, "0.6", "60%"),
        (PERCENT, "0.605", "60.5%"),
        (PERCENT, "60 percent", "60%"),
        (PERCENT, "60,5%", "60.5%"),
        (ANY, '">= 60%"', "60%"),
        (Duration(), "15", "15 days"),
        (Duration(), "15d", "15 days"),
        (Duration(), "15 Days", "15 days"),
        (Day(), "7/15/2024", "2024-07-15"),
        (Day(), "15/7/2024", "2024-07-15"),
        (Day(), "July 1, 2024", "2024-07-01"),
        (Day(), "2024-7-1", "2024-07-01"),
        (EveryWord(), "quarterly", "quarter"),
        (EveryWord(), "weekly", "week"),
        (EveryWord(), "Daily", "day"),
        (EveryWord(), "semi-annually", "half year"),
        (EveryWord(), "fiscal_year", "fiscal year"),
        (CYCLE, "annually", "year"),
        (CYCLE, "year starting october", "year starting October"),
        (CYCLE, "year starting Oct", "year starting October"),
        (CYCLE, "federal fiscal year", "year starting October"),
        (WINDOW, "12 months", "rolling 12 months"),
        (WINDOW, "12-month rolling", "rolling 12 months"),
        (WINDOW, "trailing 12 months", "rolling 12 months"),
        (WINDOW, "last 4 quarters", "rolling 4 quarters"),
        (WINDOW, "rolling year", "rolling 1 year"),
        (WINDOW, "rolling 12", "rolling 12 months"),
        (WINDOW, "Rolling 12 Months", "rolling 12 months"),
        (WINDOW, "YTD", "year to date"),
        (WINDOW, "year-to-date", "year to date"),
        (WINDOW, "cumulative", "since start"),
        (Identifier(), "TraineeID", "trainee_id"),
        (Identifier(), "client.county", "county"),
        (Slug(), "Pine Job Training", "pine-job-training"),
    ],
)
def test_a_close_writing_is_offered(shape: Shape, text: str, close: str) -> None:
    value, one = refused(shape, text)
    assert value is FAULT
    assert (one.label, one.fix) == (f"write {close}", f"Write {close}, if that is what is meant.")


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (MONEY, "15%"),
        (MONEY, "$2.000.000"),
        (MONEY, "$2,000,00"),
        (ANY, "60% - 100%"),
        (Duration(), "two weeks"),
        (Day(), "7/1/2024"),
        (Day(), "2026-02-30"),
        (EveryWord(), "3 months"),
        (EveryWord(), "year starting October"),
        (CYCLE, "every 2 weeks"),
        (WINDOW, "quarter"),
        (WINDOW, "rolling 0 months"),
        (WINDOW, "rolling 1000 years"),
    ],
)
def test_what_could_mean_two_things_is_not_guessed(shape: Shape, text: str) -> None:
    _, one = refused(shape, text)
    assert one.label.startswith("expected, for example, ")


@pytest.mark.parametrize(("text", "close"), [("y", "yes"), ("1", "yes"), ("N", "no"), ("noo", "no")])
def test_yes_and_no_in_other_words(text: str, close: str) -> None:
    assert refused(Flag(), text)[1].fix == f"Write {close}."


@pytest.mark.parametrize("text", ["exit date", "Exit_Date", "exit-date", "ExitDate"])
def test_a_bad_name_stands_for_the_one_that_was_meant(text: str) -> None:
    value, one = refused(MapOf(Text()), "{" + text + ": x}")
    assert isinstance(value, tuple)
    assert [name.value for name, _ in value] == ["exit_date"]
    assert one.fix.startswith("Rename it to exit_date,")


@pytest.mark.parametrize("text", ["provider, quarter", "(provider, quarter)"])
def test_words_in_a_row_are_shown_as_a_list(text: str) -> None:
    assert refused(ListOf(Text()), text)[1].fix == "Write [provider, quarter]."


@pytest.mark.parametrize(
    ("shape", "text", "fix"),
    [
        (Day(), "07/01/2023", "Write 2023-07-01 or 2023-01-07, if that is the day that is meant."),
        (Day(), "2026-06-31", "Write 2026-06-30, if that is the day that is meant."),
        (Choice("higher", "lower"), "up", "Did you mean “higher”?"),
        (Choice("target", "historical"), "goal", "Did you mean “target”?"),
        (
            Chosen(("year", "term"), dated="settle_on"),
            "2025-05-01",
            "A day stands under another key: write “settle_on: 2025-05-01”.",
        ),
        (Choice("text", "integer", "decimal", "datetime"), "varchar(20)", "Did you mean “text”?"),
        (Choice(*MONTHS), "07-01", "Did you mean “July”?"),
        (Choice(*MONTHS), "7", "Did you mean “July”?"),
        (Whole(1, 500), "20 clients", "Write 20."),
        (Whole(1, 500), "n >= 20", "Write 20."),
    ],
)
def test_words_of_other_tools_are_known(shape: Shape, text: str, fix: str) -> None:
    _, found = refused(shape, text)
    assert found.fix == fix
