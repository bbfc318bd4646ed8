"""`acmspec run`: check a spec, evaluate it against its data, write every output."""

import sys
from datetime import date

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.cli.given import connection, data
from acmspec.cli.limits import TIME_IS_UP, TimeIsUp, memory, within
from acmspec.ground.diagnostic import Severity


def _folder(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter("it is empty; name a folder, or leave the option out")
    return value


@click.command("run")
@click.argument("spec")
@click.option("--out", metavar="DIR", callback=_folder, help="Where to write; out/<contract id> if not given.")
@as_of_option()
@data
@connection
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="How many threads to use at most.")
@click.option("--memory", metavar="SIZE", callback=memory, help="How much memory the engine may use (2GB).")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Stop then.")
@click.option("--allow-outside", is_flag=True, help="Let the spec name files outside its folder.")
@click.option("--detailed-exitcode", is_flag=True, help="3 if a data gate is closed, 4 if a target is missed.")
@click.option("--quiet", is_flag=True, help="Say errors only.")
@click.option("--verbose", is_flag=True, help="Say how long each stage took.")
def command(  # noqa: PLR0913, PLR0917  (one argument an option)
    spec: str,
    out: str | None,
    as_of: date | None,
    data: dict[str, str],
    connection: dict[str, str],
    threads: int | None,
    memory: str | None,
    time_limit: float | None,
    allow_outside: bool,
    detailed_exitcode: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Evaluate SPEC against its data; write results, payments, worksheet, clauses, dashboard and manifest.

    Exit code 0 if there are no errors (a missed target is a fact, not an error), 1 if there are errors or the
    data was refused, 2 if something can't be read or written. With --detailed-exitcode, 3 if the data of a table was
    refused and 4 if all is well but a target is missed.
    """
    from acmspec.api import UNREADABLE, run
    from acmspec.cli.findings import show
    from acmspec.cli.stages import Stages

    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose can't be meant both")
    stages = Stages(bar=not quiet)
    try:
        with within(time_limit):
            done = run(
                spec, out, as_of=as_of, data=data, connections=connection, threads=threads, memory=memory,
                allow_outside=allow_outside, watch=stages,
            )  # fmt: skip
    except TimeIsUp:
        show((TIME_IS_UP.at(None, f"the run was stopped after {time_limit:g} seconds"),), written=False)
        sys.exit(UNREADABLE)
    finally:
        stages.clear()
    errors = tuple(one for one in done.diagnostics if one.severity is Severity.ERROR)
    show(errors if quiet else done.diagnostics, written=bool(done.written))
    if verbose:
        sys.stderr.write(stages.times() + "\n")
    for path in () if quiet else done.written:
        click.echo(str(path))
    sys.exit(done.detailed_exit_code if detailed_exitcode else done.exit_code)
