"""How long and with how much memory a command may work; it knows no command."""

import re
import signal
import threading
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager

import click

from acmspec.ground.diagnostic import Problem
from acmspec.ground.pattern import pattern

TIME_IS_UP = Problem(
    code="ACM546",
    title="the time is up",
    cause="The run took longer than --time-limit allows, and was stopped; the outputs of an earlier run are untouched.",
    fix="Raise --time-limit, or look with --verbose where the time goes.",
    contract="A report that was not finished in time was not delivered.",
)
PROBLEMS = (TIME_IS_UP,)

_MEMORY = pattern(r"([1-9][0-9]{0,6}(?:\.[0-9]+)?) ?([KMGT]i?B)", re.IGNORECASE)


class TimeIsUp(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """The time that was allowed is over."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Stops what is inside once the seconds are over, as Ctrl-C would if nobody ignored it, and raises `TimeIsUp`."""
    over = threading.Event()

    def stop() -> None:
        over.set()
        # As the command line takes the signal that ends a program; the one of Ctrl-C may be ignored, as under nohup.
        interrupt_main(signal.SIGTERM)

    timer = threading.Timer(seconds, stop) if seconds is not None else None
    try:
        if timer is not None:
            timer.daemon = True
            timer.start()
        yield
    except KeyboardInterrupt:
        if over.is_set():
            raise TimeIsUp from None
        raise
    finally:
        if timer is not None:
            timer.cancel()


def memory(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """An amount of memory as engines write it, or wrong usage."""
    if value is None:
        return None
    found = _MEMORY.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter(f"“{value}” is not an amount of memory; write it as 2GB or 512MB")
    return f"{found[1]}{found[2]}"
