"""The edge of the command line: wrong usage and Ctrl-C become exit codes; it knows no command."""

import io
import sys

import click

from acmspec.cli import program

_INTERRUPTED = 130
"""What a shell reports of a program that was ended by Ctrl-C."""


def start() -> None:
    """Run the command line with the arguments of this process and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a path that the terminal can't show is no reason to fail
    try:
        code = program.main(prog_name="acmspec", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = _INTERRUPTED
    sys.exit(code)
