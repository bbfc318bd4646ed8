"""`acmspec check`: everything wrong with one spec or several; nothing is evaluated and nothing written."""

import sys

import click


@click.command("check")
@click.argument("specs", nargs=-1, required=True, metavar="SPEC…")
@click.option("--allow-outside", is_flag=True, help="Let a spec name lists and other files outside its folder.")
def command(specs: tuple[str, ...], allow_outside: bool) -> None:
    """Say everything wrong with each SPEC: its shape, its names, types and units, its payment terms.

    Exit code 0 if there are no errors, 1 if there are, 2 if a file can't be read.
    """
    from acmspec.api import CLEAN, FOUND_ERRORS, UNREADABLE, check, is_unreadable
    from acmspec.cli.findings import show

    code = CLEAN
    for path in specs:
        outcome = check(path, allow_outside=allow_outside)
        show(outcome.diagnostics)
        if is_unreadable(outcome):
            code = UNREADABLE
        elif outcome.has_errors:
            code = max(code, FOUND_ERRORS)
        else:
            click.echo(f"{path}: no errors")
    sys.exit(code)
