"""Hands over the page that a command wrote: to the terminal, or to a file; knows nothing of what the page says."""

import sys
from pathlib import Path

import click


def hand_over(text: str, out: Path | None, unreadable: int) -> None:
    """Print the page, or write it to `out` and print where; nothing for no text.

    Where the file can't be written, the reason is said and the command ends with the exit code `unreadable`.
    """
    from acmspec.renderers.placed import place

    if not text:
        return
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        # A folder that is not there is mistyped more often than wanted.
        place(out.parent.resolve(strict=True), [(out.name, text.encode())])
    except OSError as error:
        click.echo(f"“{out}” can’t be written: {error.strerror}", err=True)
        sys.exit(unreadable)
    click.echo(str(out))
