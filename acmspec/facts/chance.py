"""What chance would decide, several records for the only one or a tie in a choice, and how that is said of a table."""

from collections.abc import Sequence
from functools import partial

from acmspec.facts.problems import NOT_THE_ONLY, TIE
from acmspec.facts.table import SHOWN, Pointing, Table
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.program.tree import Choice, Population
from acmspec.query.tree import NarrowFacts
from acmspec.spec.chosen import ONE


def several_of_spells(measured: str, looked_into: str, count: int) -> Diagnostic:
    """What is said of several records of a table that fit one that was made of others."""
    message = f"several records of “{looked_into}” fit {count:,} of “{measured}”, each of which may have one only"
    return NOT_THE_ONLY.at(None, message, path=f"data.{looked_into}")


def tie_of_spells(population: Population, count: int) -> Diagnostic:
    """What is said of a tie among records that were made of others."""
    message = (
        f"{count:,} of “{population.table}” are equal to another in everything that “{population.name}” chooses by"
    )
    return TIE.at(None, message, path=f"cohorts.{population.name}.keep")


def report_several(table: Table, looked_into: str, numbers: Sequence[int]) -> None:
    """Report records that may find one only and find several."""
    for number in numbers[:SHOWN]:
        table.certain.append(Pointing((number,), partial(_say_several, looked_into)))
    table.certain.extend(table.more(NOT_THE_ONLY, len(numbers) - SHOWN, "", f"data.{looked_into}"))


def _say_several(looked_into: str, place: DataPlace) -> Diagnostic:
    message = f"several records of “{looked_into}” fit the one on {place.unit} {place.number}, which may have one only"
    return NOT_THE_ONLY.at(place, message, path=f"data.{looked_into}")


def report_ties(table: Table, facts: NarrowFacts, choice: Choice, ties: Sequence[tuple[int, int, int]]) -> None:
    """Report records among which a choice is a tie."""
    path = f"cohorts.{facts.population.name}.keep"
    few = ties[:SHOWN]
    for index, kept, other in few:
        say = partial(_say_tie, facts.windows.periods[index].name, facts.population.name, path, choice)
        table.certain.append(Pointing((kept, other), say))
    table.certain.extend(table.more(TIE, len(ties) - len(few), "", path))


def _say_tie(  # noqa: PLR0913, PLR0917  (one argument a part of the message)
    window: str, cohort: str, path: str, choice: Choice, kept: DataPlace, other: DataPlace
) -> Diagnostic:
    where = "" if choice.ever else f"in {window}, "
    records = f"{where}the records on {kept.unit} {kept.number} and {_other(kept, other)}"
    if choice.choice == ONE:
        same = " and ".join(one.column.name for one in choice.entities)
        message = f"{records} have the same {same} and differ otherwise, and “{cohort}” keeps one of such records"
        fix = "Say which of them counts, as in “last per … in each period by …”."
        return TIE.at(kept, message, path=path, fix=fix)
    return TIE.at(kept, f"{records} are equal in everything that “{cohort}” chooses by", path=path)


def _other(kept: DataPlace, other: DataPlace) -> str:
    return str(other.number) if other.file == kept.file else other.beside(kept)
