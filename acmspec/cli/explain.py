"""`acmspec explain`: from an amount down to the records that it rests on."""

import sys
from datetime import date
from pathlib import Path

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.cli.given import connection, data


@click.command("explain")
@click.argument("spec")
@click.argument("provider")
@click.argument("metric")
@click.argument("period")
@as_of_option()
@data
@connection
@click.option("--allow-outside", is_flag=True, help="Let the spec name files outside its folder.")
@click.option("--for-provider", is_flag=True, help="Leave out what other providers came to.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def command(  # noqa: PLR0913, PLR0917  (one argument an option)
    spec: str,
    provider: str,
    metric: str,
    period: str,
    as_of: date | None,
    data: dict[str, str],
    connection: dict[str, str],
    allow_outside: bool,
    for_provider: bool,
    out: Path | None,
) -> None:
    """Say what PROVIDER is paid for its result of METRIC in PERIOD (2025-Q2), and what became of each record.

    In place of METRIC stands the name of a payment term that rests on no result, such as a fee or an advance.
    The page is Markdown: the result, the arithmetic of each payment with its clause, the tiers beside it, limits, and
    the provider's own records: counted, not counted, and why. Exit code as for a run; 2 also for an unknown name.
    """
    from acmspec.api import UNREADABLE
    from acmspec.cli.findings import show
    from acmspec.cli.page import hand_over
    from acmspec.explaining import Request, UnknownError, explain
    from acmspec.ground.diagnostic import Severity

    try:
        asked = Request(spec, provider, metric, period, for_provider, as_of, data, connection, allow_outside)
        done = explain(asked)
    except UnknownError as error:
        raise click.UsageError(str(error)) from error
    show(tuple(one for one in done.diagnostics if one.severity is Severity.ERROR))
    hand_over(done.text, out, UNREADABLE)
    sys.exit(done.exit_code)
