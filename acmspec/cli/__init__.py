"""The command line: one small file a command, loaded when it is called; it formats and exits, and decides nothing."""

import os
import sys
from importlib import import_module

import click

_COMMANDS = ("check", "close", "explain", "formula", "ledger", "plan", "prove", "run", "simulate", "test")
_NOBODY_READS = 141
"""What a shell reports of a program that was ended by a pipe that nobody reads any more."""


class _Commands(click.Group):
    """Commands by name, each imported only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"acmspec.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101  (each command file has one)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with; if it is none, the error says what can be typed instead."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            if name.endswith((".yaml", ".yml")):
                ctx.fail(f"“{name}” is a spec, not a command: acmspec check {name}, or acmspec run {name}")
            ctx.fail(f"there is no command “{name}”; there are {_listed()}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; that nobody reads what it prints any more is neither an error in the spec nor ours."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            for stream in (sys.stdout, sys.stderr):  # or Python complains once more while it ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            sys.exit(_NOBODY_READS)


def _listed() -> str:
    *others, last = _COMMANDS
    return f"{', '.join(others)} and {last}"


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from acmspec.api import VERSION

        click.echo(f"acmspec {VERSION}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="The version.")
def program() -> None:
    """One definition makes the clause, the number, the payment and the picture."""
