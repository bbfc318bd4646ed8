"""`acmspec run`: check a spec, evaluate it against its data, write every output."""

import sys
from datetime import date

import click

from acmspec.cli.days import day


def _data(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not name or not path:
            raise click.BadParameter(f"“{value}” is not NAME=PATH, such as enrollments=extract.csv")
        if name in pairs:
            raise click.BadParameter(f"“{name}” is given twice")
        pairs[name] = path
    return pairs


def _folder(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter("it is empty; name a folder, or leave the option out")
    return value


@click.command("run")
@click.argument("spec")
@click.option("--out", metavar="DIR", callback=_folder, help="Where to write; out/<contract id> if not given.")
@click.option(
    "--as-of",
    metavar="DATE",
    callback=day,
    help="How far the data goes (2026-06-30); contract.data_date if not given.",
)
@click.option("--data", multiple=True, callback=_data, metavar="NAME=PATH", help="Read a table from another file.")
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="How many threads to use at most.")
def command(spec: str, out: str | None, as_of: date | None, data: dict[str, str], threads: int | None) -> None:
    """Evaluate SPEC against its data; write results, payments, clauses, dashboard and manifest.

    Exit code 0 if there are no errors (a missed target is a fact, not an error), 1 if there are errors or the
    data was refused, 2 if something can't be read.
    """
    from acmspec.api import run
    from acmspec.cli.findings import show

    done = run(spec, out, as_of=as_of, data=data, threads=threads)
    show(done.diagnostics, written=bool(done.written))
    for path in done.written:
        click.echo(str(path))
    sys.exit(done.exit_code)
