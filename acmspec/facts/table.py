"""One table on its way from text to valid records: what is known of it so far, and how findings about it are said."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from acmspec.facts.reading import Reading
from acmspec.facts.tree import Correction, DataFile, Dispute, Tally
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.ground.node import node
from acmspec.program.tree import Store, StoredColumn

SHOWN = 20
"""How many findings of one rule are shown; the rest are counted."""

MASK = "•••"
_LONGEST = 60


@node
class Pointing:
    """A finding about records whose places are not looked up yet; `say` makes it of the places, in the same order."""

    records: tuple[int, ...]
    say: Callable[..., Diagnostic]


Finding = Diagnostic | Pointing


@node
class Noted:
    """What was noted of a table by some moment."""

    invalid: tuple[Finding, ...]
    certain: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    disputes: tuple[Dispute, ...]


@dataclass(slots=True)
class Table:
    """A table being validated. `invalid` are findings whose severity hangs on how many records are accepted."""

    store: Store
    reading: Reading
    invalid: list[Finding] = field(default_factory=list)
    certain: list[Finding] = field(default_factory=list)
    invalid_records: int = 0
    duplicates: int = 0
    not_received: int = 0
    closed: bool = False
    tallies: list[Tally] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    beside: list[tuple[str, DataFile]] = field(default_factory=list)
    """The files about its records that were read, with what each is for."""

    @property
    def known(self) -> int:
        """How many records were received by the data date; one that came later changes nothing about the past."""
        return self.reading.count - self.not_received

    @property
    def used(self) -> int:
        """How many records remain."""
        return self.known - self.invalid_records - self.duplicates

    @property
    def over(self) -> bool:
        """Whether more records are invalid than the spec accepts."""
        return self.invalid_records > self.store.accept_invalid * self.known

    @property
    def noted(self) -> "Noted":
        """What was noted of it so far."""
        return Noted(tuple(self.invalid), tuple(self.certain), tuple(self.tallies), self.disputes)

    def forget(self, since: "Noted") -> None:
        """Take back what was noted since."""
        self.invalid, self.certain, self.tallies = list(since.invalid), list(since.certain), list(since.tallies)
        self.disputes = since.disputes

    def findings(self) -> Iterator[Diagnostic]:
        """All findings; unusable records are warnings as long as no more are unusable than accepted.

        The file is gone through once for the places of all of them.
        """
        pointing = [one for one in (*self.invalid, *self.certain) if isinstance(one, Pointing)]
        wanted = sorted({record for one in pointing for record in one.records})
        places = dict(zip(wanted, self.reading.places(wanted), strict=True))

        def said(one: Finding) -> Diagnostic:
            return one.say(*(places[record] for record in one.records)) if isinstance(one, Pointing) else one

        yield from self.reading.faults
        yield from self.reading.findings
        for one in self.invalid:
            yield said(one) if self.over else _warning(said(one))
        for one in self.certain:
            yield said(one)

    def more(self, problem: Problem, hidden: int, column: str, path: str) -> Iterable[Diagnostic]:
        """The finding that says how many were not shown; none if all were."""
        if hidden > 0:
            which = f" in column “{column}”" if column else ""
            message = f"{hidden:,} more of these{which}: {problem.title}"
            yield problem.at(DataPlace(self.reading.shown, column=column), message, path=path)

    def path(self, column: StoredColumn | None = None) -> str:
        """The place in the spec that a finding belongs to."""
        return f"data.{self.store.name}" + (f".fields.{column.name}" if column else "")


def shown(value: object, column: StoredColumn) -> str:
    """A cell's text for a message: masked if private, shortened, on one line."""
    if value is None:
        return ""
    if column.private:
        return MASK
    text = "".join(one if one.isprintable() else "␣" if one.isspace() else "\ufffd" for one in str(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _warning(one: Diagnostic) -> Diagnostic:
    return replace(one, problem=replace(one.problem, severity=Severity.WARNING))
