"""`acmspec formula`: one formula, read among a spec's declarations and shown in the way asked for."""

import sys
from datetime import date

import click

from acmspec.cli.days import as_of as as_of_option
from acmspec.ground.calendar import Every


class _OfText(click.Command):
    """A command whose argument may begin with a minus, which is read as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As any command does; it says what to write where the formula was taken for options."""
        try:
            return super().parse_args(ctx, list(args))
        except click.NoSuchOption as error:
            text = next((one for one in args if one.startswith(error.option_name) and not one.startswith("--")), "")
            if not text:
                raise
            usage = f'acmspec formula --in SPEC -- "{text}"'
            raise click.UsageError(f"“{text}” begins like an option: write `--` before the formula: {usage}") from error


@click.command("formula", cls=_OfText)
@click.argument("text", metavar="TEXT")
@click.option("--in", "spec", required=True, metavar="SPEC", help="The spec whose names the formula uses.")
@click.option(
    "--to",
    type=click.Choice(["english", "canonical", "tree", "sql", "type"]),
    default="english",
    show_default=True,
    help="How to show it.",
)
@click.option(
    "--from",
    "written",
    type=click.Choice(["formula", "english"]),
    default="formula",
    show_default=True,
    help="What TEXT is: a formula, or its English.",
)
@click.option("--lenient", is_flag=True, help="With --from english: any wording that has a meaning.")
@click.option("--of", metavar="SET", help="Read it as a formula about one record of this table or cohort.")
@as_of_option("For sql: ")
@click.option(
    "--every",
    type=click.Choice([one.value for one in Every]),
    default="quarter",
    show_default=True,
    help="For sql: which period, the latest.",
)
def command(  # noqa: PLR0913, PLR0917  (one argument an option)
    text: str, spec: str, to: str, written: str, lenient: bool, of: str | None, as_of: date | None, every: str
) -> None:
    """Show what the formula TEXT means in SPEC: in English, as canonical text, tree, SQL or type.

    TEXT may be the English of a formula (--from english), over several lines as it is printed. `-` reads it from
    standard input.

    Exit code 0 if there are no errors, 1 if there are any in the formula or the spec, 2 if the spec can't be read.
    """
    from acmspec.api import formula
    from acmspec.cli.findings import show

    if lenient and written != "english":
        raise click.UsageError("--lenient goes with --from english")
    given = sys.stdin.read() if text == "-" else text
    read_as = "lenient" if lenient else written
    done = formula(given, spec, to, of=of, as_of=as_of, every=every, written=read_as)
    show(done.diagnostics)
    if done.text:
        click.echo(done.text)
    sys.exit(done.exit_code)
