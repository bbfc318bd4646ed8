"""`acmspec prove`: what a contract can pay at least and at most, whatever the results."""

import sys
from pathlib import Path

import click


@click.command("prove")
@click.argument("spec")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def command(spec: str, out: Path | None) -> None:
    """Say the least and the most that SPEC can pay, by term, provider and fiscal year, and what a step moves.

    Nothing is read but the spec and what lies beside it. The page is Markdown, for the file of the contract. Exit code
    0 if there are no errors, 1 if the spec has any, 2 if it can't be read or the page can't be written.
    """
    from acmspec.api import UNREADABLE, prove
    from acmspec.cli.findings import show
    from acmspec.renderers.placed import place

    done = prove(spec)
    show(done.diagnostics)
    if done.text and out is None:
        click.echo(done.text, nl=False)
    elif done.text and out is not None:
        try:
            # A folder that is not there is mistyped more often than wanted.
            place(out.parent.resolve(strict=True), [(out.name, done.text.encode())])
        except OSError as error:
            click.echo(f"“{out}” can’t be written: {error.strerror}", err=True)
            sys.exit(UNREADABLE)
        click.echo(str(out))
    sys.exit(done.exit_code)
