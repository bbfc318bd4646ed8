"""What the parts of the language about groups need of the one that reads them; they don't know one another."""

from typing import Protocol

from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Problem
from acmspec.ground.source import Span
from acmspec.program.meanings import Meanings
from acmspec.program.tree import Group


class GroupReader(Protocol):
    """Reads group formulas at one place of the spec."""

    path: str
    meanings: Meanings

    def read(self, formula: Formula) -> Group:
        """A number for a group; error node if it is none (reported)."""

    def condition(self, formula: Formula) -> Group:
        """A condition about a group; error node if it is none (reported)."""

    def any(self, formula: Formula) -> Group:
        """A number or a condition."""

    def say(self, problem: Problem, span: Span, message: str, *, label: str = "", fix: str = "") -> None:
        """Report at the formula's place in the spec."""
