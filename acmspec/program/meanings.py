"""What resolving one formula needs of the rest of the spec.

A port, so that formulas, definitions and sets can need one another without importing one another.
"""

from fractions import Fraction
from typing import Protocol

from acmspec.ground.source import Span
from acmspec.program.catalog import Catalog
from acmspec.program.findings import Findings
from acmspec.program.record import Constant, Record
from acmspec.program.tree import Group, GroupConstant, Population
from acmspec.program.types import ErrorType

FAULTY: Record = Constant(False, ErrorType())
"""The record expression that stands for one already reported."""


FAULTY_GROUP: Group = GroupConstant(Fraction(0), ErrorType())
"""The group expression that stands for one already reported."""


class Meanings(Protocol):
    """The meanings of everything a formula can name, and where findings go."""

    @property
    def catalog(self) -> Catalog:
        """What the spec declares."""

    @property
    def findings(self) -> Findings:
        """Where findings go."""

    def record_definition(self, name: str, use: Span) -> Record:
        """The meaning of a definition for one record of its table, which is scope 0; error node if it has none."""

    def group_definition(self, name: str, use: Span) -> Group:
        """The meaning of a definition for a group; error node if it has none."""

    def metric(self, name: str, use: Span) -> Group:
        """The formula of a metric, judged as the metric says; error node if it has none."""

    def population(self, name: str, use: Span) -> Population | None:
        """The set of a table's or cohort's name; None if it has an error (which is then reported)."""
