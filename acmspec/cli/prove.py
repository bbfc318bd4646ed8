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
    from acmspec.cli.page import hand_over

    done = prove(spec)
    show(done.diagnostics)
    hand_over(done.text, out, UNREADABLE)
    sys.exit(done.exit_code)
