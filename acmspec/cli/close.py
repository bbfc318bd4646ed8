"""`acmspec close`: certify a period into the ledger of its contract, look at what would be, or repeat what was."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.cli.limits import memory

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _pairs(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, said = value.partition("=")
        if not equals or not name or not said or not value.isprintable():
            # What stands there may be an address with a password in it, so it is not shown.
            shown = "this" if option.name == "connection" else f"“{value}”"
            raise click.BadParameter(f"{shown} is not {option.metavar}")
        if name in pairs:
            raise click.BadParameter(f"“{name}” is given twice")
        pairs[name] = said
    return pairs


def _seen(_: click.Context, __: click.Parameter, value: str) -> str:
    if not value.isprintable():
        raise click.BadParameter("it holds characters that can’t be seen")
    return value


def _given(name: str, metavar: str, text: str) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, callback=_pairs, metavar=metavar, help=text)


@click.command("close")
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("period")
@as_of_option()
@click.option("--preparer", default="", metavar="NAME", callback=_seen, help="Who prepares the closing.")
@click.option("--reviewer", default="", metavar="NAME", callback=_seen, help="Who reviews it, somebody else.")
@click.option("--certifier", default="", metavar="NAME", callback=_seen, help="Who certifies it, a third person.")
@_given("--invoice", "PROVIDER=NUMBER", "The number of a provider's invoice.")
@_given("--fund", "PROVIDER=FUND", "The fund a provider is paid from, if not the one in the spec.")
@_given("--data", "NAME=PATH", "Read a table from another file.")
@_given("--connection", "NAME=URL", "Reach a database of the spec at another address, without a password.")
@click.option("--paid", type=_FILE, help="Payments made since: provider, paid_on, amount, reference.")
@click.option(
    "--opening", type=_FILE, help="Certified before the ledger: provider, term, period, amount, waits, perhaps number."
)
@click.option("--ledger", type=_FOLDER, help="The ledger's folder; ledger/<contract id> beside the spec if not given.")
@click.option("--rows", type=_FOLDER, help="Where rows are kept, encrypted; rows in the ledger's folder if not given.")
@click.option("--key-from", default="ACMSPEC_ROWS_KEY", metavar="VARIABLE", help="Where the passphrase stands.")
@click.option("--preview", is_flag=True, help="Print what would be certified, and write nothing.")
@click.option("--replay", is_flag=True, help="Repeat a closing from its rows, and compare each line.")
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="How many threads to use at most.")
@click.option("--memory", metavar="SIZE", callback=memory, help="How much memory the engine may use (2GB).")
@click.option("--allow-outside", is_flag=True, help="Let the spec name files outside its folder.")
def command(  # noqa: PLR0913, PLR0917  (one argument an option)
    spec: Path,
    period: str,
    as_of: date | None,
    preparer: str,
    reviewer: str,
    certifier: str,
    invoice: dict[str, str],
    fund: dict[str, str],
    data: dict[str, str],
    connection: dict[str, str],
    paid: Path | None,
    opening: Path | None,
    ledger: Path | None,
    rows: Path | None,
    key_from: str,
    preview: bool,
    replay: bool,
    threads: int | None,
    memory: str | None,
    allow_outside: bool,
) -> None:
    """Certify PERIOD of SPEC into the ledger, with what earlier periods would be now; write its certificate.

    The rows it rests on are kept encrypted beside the ledger, under the passphrase in an environment variable. Exit
    code 0 if the period is closed (or is repeated alike), 1 if something stands against it, 2 if something can't be
    read or written; then nothing is certified.
    """
    from acmspec.cli.findings import show
    from acmspec.closings.close import close
    from acmspec.closings.replay import replay as repeat
    from acmspec.closings.request import Request
    from acmspec.ledger.tree import Signed

    if preview and replay:
        raise click.UsageError("--preview and --replay can't be meant both")
    request = Request(
        spec, period, Signed(preparer, reviewer, certifier), as_of, ledger, rows, data, opening, paid, invoice, fund,
        key_from, allow_outside, threads, memory, os.environ, connection,
    )  # fmt: skip
    done = repeat(request) if replay else close(request, only_look=preview)
    show(done.diagnostics, written=bool(done.written) or preview or replay)
    click.echo(done.text, nl=False)
    for path in done.written:
        click.echo(str(path))
    sys.exit(done.exit_code)
