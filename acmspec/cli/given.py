"""What is read instead of a table's own file or a database's own address, as options; it knows no command."""

import click


def _pairs(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals or not name or not given:
            # What stands there may be an address with a password in it, so it is not shown.
            shown = f"“{value}”" if option.name == "data" else "this"
            raise click.BadParameter(f"{shown} is not {option.metavar}, such as {_SUCH_AS[option.name or '']}")
        if name in pairs:
            raise click.BadParameter(f"“{name}” is given twice")
        pairs[name] = given
    return pairs


_SUCH_AS = {
    "data": "enrollments=extract.csv",
    "connection": "warehouse=postgresql://reader@db.example.gov/warehouse",
}


data = click.option(
    "--data", multiple=True, callback=_pairs, metavar="NAME=PATH", help="Read a table from another file."
)
connection = click.option(
    "--connection",
    multiple=True,
    callback=_pairs,
    metavar="NAME=URL",
    help="Reach a database of the spec at another address, without a password.",
)
