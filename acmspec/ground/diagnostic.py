"""Problems as values: what is wrong, where, why, and what to do; knows nothing of who finds them.

A `Problem` is a kind of mistake, written once beside the code that finds it. A `Diagnostic` is one
occurrence. A stage returns an `Outcome`: its value, or none, and all it found.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Generic, TypeVar

from acmspec.ground.node import node
from acmspec.ground.source import Span

T = TypeVar("T")


class Severity(Enum):
    """How bad a finding is: an error stops, a warning doesn't, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@node
class Problem:
    """A kind of mistake a user can make.

    `code` is stable (`ACM` and three digits). `title` names the mistake in a few words, `cause` says why
    it is one, `fix` what to do, `contract` says the same in one sentence of contract language.
    """

    code: str
    title: str
    cause: str
    fix: str
    contract: str
    severity: Severity = Severity.ERROR

    def at(  # noqa: PLR0913  (one keyword a part of the message)
        self,
        span: "Span | DataPlace | None",
        message: str,
        *,
        label: str = "",
        path: str = "",
        cause: str = "",
        fix: str = "",
        related: tuple["Label", ...] = (),
    ) -> "Diagnostic":
        """One occurrence of the problem; `cause` and `fix` replace the general ones where they say more."""
        return Diagnostic(
            problem=self,
            message=message,
            place=span,
            label=label,
            path=path,
            cause=cause or self.cause,
            fix=fix or self.fix,
            related=related,
        )


@node
class DataPlace:
    """A cell, or a row, of a data file.

    `unit` is "line" (physical line, CSV) or "row" (1-based record, Parquet); `number` is None for the
    file as a whole. `value` is the cell's text, already masked if its field is private.
    """

    file: str
    unit: str = "line"
    number: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        if self.number is None:
            return self.file
        return f"{self.file}:{self.number}" if self.unit == "line" else f"{self.file}, row {self.number}"

    def beside(self, other: "DataPlace") -> str:
        """The place as one says it next to another: `line 7`, and in another file `line 7 of “b.csv”`."""
        said = f"{self.unit} {self.number}"
        return said if self.file == other.file else f"{said} of “{self.file}”"


@node
class Label:
    """A second place that belongs to a message, with what to say about it."""

    span: Span
    text: str


@node
class Diagnostic:
    """One finding. `path` is the place in the spec as keys joined by dots, such as `metrics.returns.formula`."""

    problem: Problem
    message: str
    place: Span | DataPlace | None
    label: str
    path: str
    cause: str
    fix: str
    related: tuple[Label, ...] = ()

    @property
    def code(self) -> str:
        """The stable code of the kind of mistake."""
        return self.problem.code

    @property
    def severity(self) -> Severity:
        """How bad the finding is."""
        return self.problem.severity


@node
class Outcome(Generic[T]):
    """What a stage made (`None` where nothing sound could be made) and everything it found."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error."""
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings is an error."""
    return any(one.severity is Severity.ERROR for one in diagnostics)
