"""`acmspec plan`: every query that a run would send, for people who want to run them by hand."""

import sys
from datetime import date

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.ground.address import ENGINES


@click.command("plan")
@click.argument("spec")
@as_of_option()
@click.option(
    "--engine",
    type=click.Choice(["duckdb", *dict.fromkeys(ENGINES.values())]),
    default="duckdb",
    show_default=True,
    help="Whose spelling of SQL.",
)
def command(spec: str, as_of: date | None, engine: str) -> None:
    """Print the SQL that SPEC comes to, in the order it is run, each query with what it is for. No data is read.

    Exit code 0 if there are no errors, 1 if the spec has any, 2 if it can't be read or no data date is stated.
    """
    from acmspec.api import plan
    from acmspec.cli.findings import show

    done = plan(spec, as_of=as_of, engine=engine)
    show(done.diagnostics)
    if done.text:
        click.echo(done.text)
    sys.exit(done.exit_code)
