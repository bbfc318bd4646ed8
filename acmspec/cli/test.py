"""`acmspec test`: the worked examples of a spec, and which of its parts none of them reaches."""

import sys
from datetime import date
from pathlib import Path

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.cli.given import connection, data


@click.command("test")
@click.argument("spec")
@click.option("--history", is_flag=True, help="Evaluate the data, too, and say what they reach.")
@click.option("--strict", is_flag=True, help="Exit code 1 if there is a part that nothing reaches.")
@as_of_option("With --history: ")
@data
@connection
@click.option("--allow-outside", is_flag=True, help="Let the spec name files outside its folder.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def command(  # noqa: PLR0913, PLR0917  (one argument an option)
    spec: str,
    history: bool,
    strict: bool,
    as_of: date | None,
    data: dict[str, str],
    connection: dict[str, str],
    allow_outside: bool,
    out: Path | None,
) -> None:
    """Settle the worked examples of SPEC, and say which tiers, gates, consequences and exclusions none reaches.

    An example that comes to another value, tier or payment than it expects is an error, shown at its place with the
    arithmetic. The page is Markdown. Exit code 0 if all examples come out, 1 if one doesn't or, with --strict, if
    nothing reaches a part, 2 if something can't be read or written.
    """
    from acmspec.api import UNREADABLE
    from acmspec.cli.findings import show
    from acmspec.cli.page import hand_over
    from acmspec.ground.diagnostic import Severity
    from acmspec.testing import Request, test

    if not history and (as_of or data or connection):
        raise click.UsageError("--as-of, --data and --connection go with --history")
    done = test(Request(spec, history, strict, as_of, data, connection, allow_outside))
    show(tuple(one for one in done.diagnostics if one.severity is Severity.ERROR))
    hand_over(done.text, out, UNREADABLE)
    sys.exit(done.exit_code)
