"""The data date as an option of a command; it knows no command."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click


def day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """The date of an option's text, or wrong usage if it is none."""
    if value is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        raise click.BadParameter(f"“{value}” is not a date; write year, month and day, such as 2026-06-30")
    return found


def as_of(only: str = "") -> Callable[[Any], Any]:
    """The option `--as-of DATE`; `only` says for what alone it counts, as in "For sql: "."""
    text = f"{only}how far the data goes (2026-06-30); contract.data_date if not given."
    return click.option("--as-of", metavar="DATE", callback=day, help=text[0].upper() + text[1:])
