"""A date typed as an option of a command; it knows no command."""

from datetime import date

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
