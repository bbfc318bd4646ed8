"""Where reading enclosed files lays down what it finds, and the columns it asks of a sheet; knows no content."""

from acmspec.enclosed.ports import Files, Row, Sheet
from acmspec.enclosed.problems import EMPTY_CELL, NO_SUCH_COLUMN, NOT_THERE, NOTHING_IN_IT, TWICE_IN_FILE
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.source import Located
from acmspec.spec.enclosures import Enclosure

SHOWN = 20
"""How many findings of one kind are told of one file; the rest are counted."""


class Desk:
    """The findings, the enclosures and the faulty parts of one spec. Each file is read once."""

    __slots__ = ("_files", "_read", "enclosures", "faulty", "found")

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, Sheet | None] = {}
        self.found: list[Diagnostic] = []
        self.enclosures: list[Enclosure] = []
        self.faulty: set[str] = set()

    def say(self, one: Diagnostic) -> None:
        """Lay down a finding; the part of the spec it belongs to is faulty."""
        self.found.append(one)
        self.faulty.add(".".join(one.path.split(".")[:2]))

    def sheet(self, file: Located[str], path: str) -> Sheet | None:
        """The sheet of a file, which has records; None if there is none (reported where the file is first named)."""
        if file.value in self._read:
            found = self._read[file.value]
            if found is None:
                self.faulty.add(path)
        else:
            found = self._read[file.value] = self._opened(file, path)
        if found is not None:
            self.enclosures.append(Enclosure(path, found.shown, found.sha256, len(found.rows)))
        return found

    def _opened(self, file: Located[str], path: str) -> Sheet | None:
        place = f"{path}.file"
        try:
            found = self._files.read(file.value)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            message = f"“{file.value}” can't be opened: {why[:1].lower() + why[1:]}"
            self.say(NOT_THERE.at(file.span, message, label="can't be opened", path=place))
            return None
        if isinstance(found, Diagnostic):
            self.say(found.problem.at(found.place, found.message, path=place, cause=found.cause, fix=found.fix))
            return None
        if not found.rows:
            self.say(NOTHING_IN_IT.at(DataPlace(found.shown), f"“{found.shown}” has no records", path=place))
            return None
        return found

    def column(self, sheet: Sheet, name: Located[str], path: str) -> int | None:
        """Which cell of each row a column is; None if there is none or more than one (reported)."""
        twins = [index for index, one in enumerate(sheet.columns) if one == name.value]
        if len(twins) == 1:
            return twins[0]
        count = f"{len(twins)} columns" if twins else "no column"
        message = f"“{sheet.shown}” has {count} “{name.value}”"
        fix = "" if twins else offer(name.value, sheet.columns)
        self.say(NO_SUCH_COLUMN.at(name.span, message, label="not one column", path=path, fix=fix))
        return None


class Rows:
    """Reports what is wrong in the rows of one sheet, each kind of mistake a bounded number of times."""

    def __init__(self, desk: Desk, sheet: Sheet, path: str) -> None:
        self._desk = desk
        self._sheet = sheet
        self._path = path
        self._told: dict[Problem, int] = {}

    def say(self, problem: Problem, row: Row, column: str, value: str, message: str, fix: str = "") -> None:  # noqa: PLR0913, PLR0917  (what a cell's finding is made of)
        """Report one cell."""
        count = self._told[problem] = self._told.get(problem, 0) + 1
        if count <= SHOWN:
            place = DataPlace(self._sheet.shown, "line", row.line, column, value)
            self._desk.say(problem.at(place, message, path=self._path, fix=fix))
        else:
            self._desk.faulty.add(self._path)

    def empty(self, row: Row, column: str) -> None:
        """Report a cell that must not be empty."""
        self.say(EMPTY_CELL, row, column, "", f"the record on line {row.line} has no value in column “{column}”")

    def twice(self, row: Row, column: str, value: str, first: int, fix: str = "") -> None:
        """Report a value that stood on another line before."""
        self.say(TWICE_IN_FILE, row, column, value, f"“{value}” stands on line {first} already", fix)

    def finish(self) -> None:
        """Say how many more there were of each kind."""
        for problem, count in self._told.items():
            if count > SHOWN:
                message = f"{count - SHOWN:,} more of these: {problem.title}"
                self._desk.say(problem.at(DataPlace(self._sheet.shown), message, path=self._path))
