"""The edge of the command line: wrong usage and Ctrl-C become exit codes; it knows no command."""

import io
import signal
import sys
import threading

import click

from acmspec.cli import program

_ENDED = 143
"""What a shell reports of a program that somebody else ended."""
_INTERRUPTED = 130
"""What a shell reports of a program that was ended by Ctrl-C."""


def start() -> None:
    """Run the command line with the arguments of this process and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a path that the terminal can't show is no reason to fail
    stopped = _stopped_by_others()
    try:
        code = program.main(prog_name="acmspec", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = _ENDED if stopped.is_set() else _INTERRUPTED
    sys.exit(code)


def _stopped_by_others() -> threading.Event:
    """Makes the signal that ends a program work as Ctrl-C does, so that temporary files go; set once it came."""
    came = threading.Event()

    def stop(*_: object) -> None:
        came.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    return came
