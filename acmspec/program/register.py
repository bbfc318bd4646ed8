"""The register of providers: which table has one record for each of them, and from when to when each is active."""

from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.program.catalog import PROVIDER, Catalog
from acmspec.program.findings import Findings
from acmspec.program.record import Column

NO_REGISTER = Problem(
    "ACM488",
    "providers that no table lists",
    "“providers” names the table that has one record for each provider, so that each of them is reported, also with no "
    "records at all.",
    "Name a table whose only key is a field with “entity: provider”.",
    "The Providers must be listed in a source that has one entry for each of them.",
)
PROBLEMS = (NO_REGISTER,)


@node
class Register:
    """A table with one record a provider: its key, and the days a provider is active from and up to, if it has any."""

    key: Column
    start: Column | None
    end: Column | None


def register_of(catalog: Catalog, findings: Findings) -> Register | None:
    """The register that a spec declares; None if it declares none, or one that can't be used (reported)."""
    named = catalog.spec.providers
    if named is None:
        return None
    table = catalog.tables.get(named.value)
    if table is None:
        if not catalog.faulty("data", named.value):
            message = f"there is no table “{named.value}”"
            lists = [one.name.value for one in catalog.keyed_by(PROVIDER)]
            fix = (
                offer(named.value, lists or (named.value,))
                if lists
                else "Declare it under “data”, with a key of entity provider."
            )
            findings.say(NO_REGISTER, named.span, message, path="providers", label="unknown", fix=fix)
        return None
    if table not in catalog.keyed_by(PROVIDER) or table.status != "available":
        if not catalog.keys_unread and not catalog.fields_unread(named.value):
            message = f"“{named.value}” is not available" if table.status != "available" else ""
            message = message or f"“{named.value}” doesn't have one record for each provider"
            findings.say(NO_REGISTER, named.span, message, path="providers", label="not a list of providers")
        return None
    start, end = (Column(named.value, one.value) for one in table.interval) if table.interval else (None, None)
    return Register(Column(named.value, table.key[0].value), start, end)


def registered(catalog: Catalog) -> Column | None:
    """The key of the register for a dimension of providers, None if there is none that can be used."""
    found = register_of(catalog, Findings())
    return None if found is None else found.key
