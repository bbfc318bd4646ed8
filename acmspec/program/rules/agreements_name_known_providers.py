"""Agreements name providers that the data can name."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import PROVIDER, faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Field, Spec

PROBLEM = Problem(
    "ACM321",
    "agreement with an unknown provider",
    "The data list the values of the provider field, and this provider is not among them, so it would never have a "
    "record.",
    "Write the provider as the data do, or add it to the field's “values”.",
    "Each Provider must be named as its records name it.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Where a provider field declares its values, every agreement's provider is one of them."""
    for field in _provider_fields(spec):
        known = [code for code, _ in field.values or ()]
        for index, one in enumerate(spec.agreements):
            if one.provider.value not in known:
                name, path = one.provider.value, f"agreements.{index}.provider"
                related = (Label(field.name.span, "its values are declared here"),)
                message = f"“{name}” is not one of the values of “{field.name.value}”"
                fix = offer(name, known)
                yield PROBLEM.at(one.provider.span, message, label="unknown", path=path, fix=fix, related=related)


def _provider_fields(spec: Spec) -> Iterator[Field]:
    """The provider fields that say which values they can have."""
    for table in spec.data:
        for field in table.fields:
            unread = faulty(spec, "data", table.name.value, "fields", field.name.value)
            if field.entity is not None and field.entity.value == PROVIDER and field.values is not None and not unread:
                yield field
