"""`acmspec ledger`: show the closings of a ledger, or hold it against its seals and against a certificate."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acmspec.closings.request import Done

_PLACE = click.Path(path_type=Path)


@click.group("ledger")
def command() -> None:
    """Show or verify what was certified."""


@command.command("verify")
@click.argument("ledger", type=_PLACE)
@click.option("--head", metavar="SEAL", help="The seal printed on a certificate, which the ledger must hold.")
def verify(ledger: Path, head: str | None) -> None:
    """Hold each byte of LEDGER, a file or its folder, against the seals of its closings.

    What was cut off at the end can be told only with a seal from a certificate: --head. Exit code 0 if all is as it was
    sealed, 1 if not, 2 if the file can't be read.
    """
    from acmspec.closings.looked import verified

    _finish(verified(ledger, head))


@command.command("show")
@click.argument("ledger", type=_PLACE)
@click.argument("number", type=click.IntRange(min=1), required=False)
def show_closing(ledger: Path, number: int | None) -> None:
    """List the closings of LEDGER, or print the certificate of the one with a NUMBER; it is verified first."""
    from acmspec.closings.looked import shown

    _finish(shown(ledger, number))


def _finish(done: "Done") -> None:
    from acmspec.cli.findings import show

    show(done.diagnostics)
    click.echo(done.text, nl=False)
    sys.exit(done.exit_code)
