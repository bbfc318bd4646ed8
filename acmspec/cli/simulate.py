"""`acmspec simulate`: what a contract would have paid for the past, and what it can be expected to pay."""

import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.cli.days import day
from acmspec.cli.given import connection, data

_PERCENT, _MOST = 100, 2000


def _pairs(values: tuple[str, ...], such_as: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in values]
    if any(not name or not value for name, _, value in pairs):
        raise click.BadParameter(f"write the metric, = and its value, such as {such_as}")
    return {name: value for name, _, value in pairs}


def _rates(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, Fraction]:
    found = {}
    for name, value in _pairs(values, "returns=12.5%").items():
        try:
            rate = Fraction(value.removesuffix("%")) / _PERCENT if value.endswith("%") else None
        except ValueError:
            rate = None
        if rate is None or not 0 <= rate <= 1:
            raise click.BadParameter(f"“{value}” is not a percentage from 0% to 100%, such as 12.5%")
        found[name] = rate
    return found


def _cases(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    found = _pairs(values, "returns=40")
    for value in found.values():
        if (
            not (value.isascii() and value.isdigit())
            or not 1 <= int(value[:6]) <= _MOST
            or len(value) > len(str(_MOST))
        ):
            raise click.BadParameter(f"“{value}” is not a number of records from 1 to {_MOST:,}")
    return {name: int(value) for name, value in found.items()}


@click.command("simulate")
@click.argument("spec")
@click.option("--since", metavar="DATE", callback=day, help="Apply the contract from this day on (2022-07-01).")
@click.option("--rate", multiple=True, callback=_rates, metavar="METRIC=65%", help="Assume this true rate.")
@click.option(
    "--caseload", multiple=True, callback=_cases, metavar="METRIC=40", help="Assume so many records a period."
)
@as_of_option()
@data
@connection
@click.option("--allow-outside", is_flag=True, help="Let the spec name files outside its folder.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def command(  # noqa: PLR0913, PLR0917  (one argument an option)
    spec: str,
    since: date | None,
    rate: dict[str, Fraction],
    caseload: dict[str, int],
    as_of: date | None,
    data: dict[str, str],
    connection: dict[str, str],
    allow_outside: bool,
    out: Path | None,
) -> None:
    """Say what SPEC would have paid for the past, how likely each tier is, and what it can be expected to pay.

    Chances are worked out exactly, and nothing is drawn, so that the page is the same each time. It is Markdown. Exit
    code 0 if there are no errors, 1 if the spec has any, 2 if something can't be read or written.
    """
    from acmspec.api import UNREADABLE
    from acmspec.cli.findings import show
    from acmspec.cli.page import hand_over
    from acmspec.ground.diagnostic import Severity
    from acmspec.simulating import Request, UnknownError, simulate

    try:
        done = simulate(Request(spec, since, rate, caseload, as_of, data, connection, allow_outside))
    except UnknownError as error:
        raise click.UsageError(str(error)) from error
    show(tuple(one for one in done.diagnostics if one.severity is Severity.ERROR))
    hand_over(done.text, out, UNREADABLE)
    sys.exit(done.exit_code)
