"""The edge of the command line: wrong usage, Ctrl-C and a closed pipe become exit codes; it knows no command."""

import io
import os
import sys

import click

from acmspec.cli import program

_INTERRUPTED, _NOBODY_READS = 130, 141
"""What a shell reports of a program that was ended by Ctrl-C, or by a pipe that nobody reads any more."""


def start() -> None:
    """Run the command line with the arguments of this process and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a path that the terminal can't show is no reason to fail
    try:
        code = program.main(prog_name="acmspec", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = _INTERRUPTED
    except BrokenPipeError:
        # Python would complain about the pipe once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _NOBODY_READS
    sys.exit(code)
